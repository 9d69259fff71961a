"""The table of what was opened to the public."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('publication', '0002_frozen')]

    initial = True

    dependencies = [
        ('documents', '0001_tables'),
        ('organisation', '0001_tables'),
        ('sop', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='organisation.office')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='documents.document')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='sop.task')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField(default=0)),
                ('no', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('information_class', models.CharField(choices=[('berkala', 'Informasi berkala'), ('setiap_saat', 'Informasi setiap saat')], default='berkala', max_length=20, verbose_name='golongan informasi')),
                ('title', models.CharField(max_length=250, verbose_name='judul')),
                ('signed_as', models.JSONField(default=list)),
                ('rows', models.JSONField()),
                ('data_hash', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('published_title', models.CharField(max_length=200)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='publication.release')),
                ('supersede_reason', models.TextField(blank=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdraw_reason', models.TextField(blank=True)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'no'), name='release_version_once')],
            },
        ),
    ]
