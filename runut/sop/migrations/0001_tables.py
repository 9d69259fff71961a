"""The tables of procedures and their runs."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('sop', '0007_day_set_per_member')]

    initial = True

    dependencies = [
        ('organisation', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sops', to='organisation.office')),
                ('code', models.SlugField(max_length=60, verbose_name='kode')),
                ('title', models.CharField(max_length=200, verbose_name='nama SOP')),
                ('category', models.CharField(max_length=20, verbose_name='golongan')),
                ('lanes_revision', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='sop_code_once')],
            },
        ),
        migrations.CreateModel(
            name='SopVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='sop.sop')),
                ('no', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('state', models.CharField(choices=[('draft', 'Draf'), ('in_force', 'Berlaku'), ('retired', 'Tidak berlaku')], default='draft', max_length=20, verbose_name='status')),
                ('definition', models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('source', models.TextField(blank=True)),
                ('effective_from', models.DateField(blank=True, null=True, verbose_name='mulai berlaku')),
                ('effective_to', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('ratified_at', models.DateTimeField(blank=True, null=True)),
                ('ratified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('ratified_title', models.CharField(blank=True, max_length=200)),
                ('revision_reason', models.TextField(blank=True, verbose_name='alasan perubahan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sop', 'no'), name='sop_version_once'), models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('sop',), name='one_version_in_force')],
            },
        ),
        migrations.CreateModel(
            name='LaneBinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('sop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bindings', to='sop.sop')),
                ('slot', models.CharField(max_length=40, verbose_name='peran')),
                ('jabatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lane_bindings', to='organisation.jabatan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sop', 'slot', 'jabatan'), name='lane_binding_once')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='organisation.office')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='sop.sopversion')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('state', models.CharField(choices=[('running', 'Berjalan'), ('held', 'Dijeda'), ('done', 'Selesai'), ('cancelled', 'Dibatalkan')], default='running', max_length=20, verbose_name='status')),
                ('rev', models.PositiveIntegerField(default=0)),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='sop.run')),
                ('started_at', models.DateTimeField()),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('stop_reason', models.TextField(blank=True, verbose_name='alasan')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'state', '-started_at'], name='run_of_office')],
            },
        ),
        migrations.CreateModel(
            name='RunScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scopes', to='sop.run')),
                ('each', models.CharField(max_length=20)),
                ('members', models.JSONField(default=list)),
                ('due_at', models.DateTimeField(null=True)),
                ('own_dues', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'each'), name='scope_once')],
            },
        ),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='sop.run')),
                ('region', models.CharField(max_length=40)),
                ('member', models.CharField(max_length=24)),
                ('pegawai', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('state', models.CharField(choices=[('open', 'Berjalan'), ('done', 'Selesai'), ('dropped', 'Dikeluarkan')], default='open', max_length=20)),
                ('round', models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'region', 'member'), name='branch_once'), models.CheckConstraint(condition=models.Q(('pegawai__isnull', True), ('unit__isnull', True), _connector='XOR'), name='branch_of_one_subject')],
            },
        ),
        migrations.CreateModel(
            name='Join',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joins', to='sop.run')),
                ('region', models.CharField(max_length=40)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('total', models.PositiveIntegerField(default=0)),
                ('pending', models.PositiveIntegerField(default=0)),
                ('waiting', models.JSONField(default=list)),
                ('fired', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'region', 'round'), name='join_once'), models.CheckConstraint(condition=models.Q(('pending__lte', models.F('total'))), name='join_not_overfull')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='sop.run')),
                ('branch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='sop.branch')),
                ('step', models.CharField(max_length=40)),
                ('slot', models.PositiveSmallIntegerField(default=0)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('work', models.CharField(max_length=20)),
                ('printed_no', models.CharField(max_length=10)),
                ('text', models.CharField(max_length=300)),
                ('lane', models.CharField(max_length=40)),
                ('jabatan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='organisation.jabatan')),
                ('pegawai', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='organisation.pegawai')),
                ('state', models.CharField(choices=[('open', 'Perlu dikerjakan'), ('done', 'Selesai'), ('returned', 'Dikembalikan'), ('covered', 'Dikerjakan rekan'), ('superseded', 'Digantikan'), ('cancelled', 'Dibatalkan')], default='open', max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('counted_from', models.DateTimeField()),
                ('counted_minutes', models.IntegerField(null=True)),
                ('left_minutes', models.IntegerField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks_done', to='organisation.pegawai')),
                ('done_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.assignment')),
                ('done_title', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(blank=True, max_length=40)),
                ('reason', models.TextField(blank=True)),
                ('late_reason', models.TextField(blank=True)),
                ('form', models.JSONField(blank=True, default=dict)),
                ('opened_by_return', models.BooleanField(default=False)),
                ('return_reason', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['jabatan', 'due_at', 'id'], name='task_open_of_jabatan'), models.Index(condition=models.Q(('state', 'open')), fields=['pegawai', 'due_at', 'id'], name='task_open_of_pegawai'), models.Index(fields=['run', 'state'], name='task_of_run'), models.Index(fields=['run', 'branch'], name='task_of_member'), models.Index(fields=['done_by', '-done_at'], name='task_done_by')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('branch__isnull', True), ('state', 'open')), fields=('run', 'step', 'slot'), name='one_open_task_per_step'), models.UniqueConstraint(condition=models.Q(('branch__isnull', False), ('state', 'open')), fields=('run', 'branch', 'step', 'slot'), name='one_open_task_per_member')],
            },
        ),
        migrations.CreateModel(
            name='Paraf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parafs', to='sop.task')),
                ('data_hash', models.CharField(max_length=64)),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('name', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('void_reason', models.CharField(blank=True, max_length=300)),
                ('asked_again', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('asked_again', True)), fields=['task'], name='paraf_asked_again')],
                'constraints': [models.CheckConstraint(condition=models.Q(('asked_again', False), ('voided_at__isnull', False), _connector='OR'), name='paraf_asked_when_void')],
            },
        ),
        migrations.CreateModel(
            name='TaskFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='sop.task')),
                ('name', models.CharField(max_length=200)),
                ('file', models.FileField(upload_to='task/%Y/%m/')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
            ],
        ),
        migrations.CreateModel(
            name='Command',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('verb', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('result', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ClockState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='clock_state', to='organisation.office')),
                ('revision', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='sop.task')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('mail', models.CharField(choices=[('none', 'Tanpa surel'), ('waiting', 'Surel menunggu dikirim'), ('sent', 'Surel terkirim'), ('failed', 'Surel gagal terkirim')], default='none', max_length=10)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['task', '-at'], name='reminder_of_task'), models.Index(fields=['to', '-at'], name='reminder_of_pegawai')],
            },
        ),
    ]
