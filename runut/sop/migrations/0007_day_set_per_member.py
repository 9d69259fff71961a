from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sop', '0006_lanes_revision'),
    ]

    operations = [
        migrations.AddField(
            model_name='runscope',
            name='own_dues',
            field=models.JSONField(default=dict),
        ),
    ]
