"""The table of the log."""

from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('audit', '0002_append_only')]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stream', models.CharField(max_length=64)),
                ('seq', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('event', models.CharField(max_length=64)),
                ('instansi_id', models.BigIntegerField(null=True)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=200)),
                ('actor_title', models.CharField(blank=True, max_length=200)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('subject_label', models.CharField(blank=True, max_length=300)),
                ('payload', models.JSONField(default=dict)),
                ('payload_hash', models.CharField(max_length=64)),
                ('refused', models.BooleanField(default=False)),
                ('prev_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'id'], name='entry_of_subject'), models.Index(fields=['at'], name='entry_by_time')],
                'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='entry_once_per_stream'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='entry_seq_from_one')],
            },
        ),
    ]
