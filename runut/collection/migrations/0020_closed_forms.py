"""Why a form was closed whose filler had left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0019_nil_reason")]

    operations = [
        migrations.AddField("delivery", "closed_for", models.CharField(blank=True, db_default="", max_length=300))
    ]
