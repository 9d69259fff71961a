"""The scale of predicates that an office goes by; what was taken up stands."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0003_staged_tables'),
        ('planning', '0003_plans_and_activities'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeScale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField(verbose_name='berlaku mulai')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nama')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
                ('classes', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scales', to='organisation.office')),
            ],
            options={
                'indexes': [models.Index(fields=['office', '-start'], name='scale_of_office')],
            },
        ),
        triggers.append_only("planning_officescale"),
    ]
