from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0005_tables_of_before")]

    operations = [
        migrations.AddField(
            model_name="office",
            name="coordinates",
            field=models.BooleanField(default=False, verbose_name="kantor pengampu"),
        ),
    ]
