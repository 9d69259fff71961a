from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0016_staged_values")]

    operations = [migrations.AddField("line", "needs_evidence", models.BooleanField(default=False))]
