"""What reporting a form nil wrote in the notes of its lines."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0018_made_of_months")]

    operations = [migrations.AddField("line", "nil_reason", models.TextField(blank=True, default=""), preserve_default=False)]
