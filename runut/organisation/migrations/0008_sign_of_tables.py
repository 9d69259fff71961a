from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0007_joined_rows")]

    operations = [migrations.AddField("staged", "sign", models.CharField(blank=True, db_default="", max_length=5))]
