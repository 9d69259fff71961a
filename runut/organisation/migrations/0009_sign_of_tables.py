from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0008_leaves")]

    operations = [migrations.AddField("staged", "sign", models.CharField(blank=True, db_default="", max_length=5))]
