"""The tables of orders, meetings and what they decided."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('correction', '0002_append_only')]

    initial = True

    dependencies = [
        ('collection', '0001_tables'),
        ('organisation', '0001_tables'),
        ('sop', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='organisation.office')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='collection.figure')),
                ('value', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.value')),
                ('what', models.TextField(verbose_name='apa yang keliru')),
                ('proposed', models.CharField(blank=True, max_length=60, verbose_name='angka yang benar')),
                ('stage', models.CharField(choices=[('perencanaan', 'Perencanaan'), ('pelaksanaan', 'Pelaksanaan'), ('monev', 'Monitoring dan evaluasi'), ('pelaporan', 'Pelaporan')], default='pelaporan', max_length=20, verbose_name='tahap')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('reported_title', models.CharField(max_length=200)),
                ('reported_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Menunggu keputusan'), ('accepted', 'Diperbaiki'), ('declined', 'Tidak diperbaiki')], default='open', max_length=20)),
                ('decline_reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_title', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'state', '-reported_at'], name='report_of_office')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='organisation.office')),
                ('year', models.PositiveSmallIntegerField()),
                ('no', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='sop.run')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='collection.period')),
                ('origin', models.CharField(choices=[('submitted', 'Sudah diajukan'), ('validated', 'Tervalidasi, belum ditandatangani'), ('signed', 'Sudah ditandatangani'), ('published', 'Sudah terbit')], max_length=20)),
                ('stage', models.CharField(choices=[('perencanaan', 'Perencanaan'), ('pelaksanaan', 'Pelaksanaan'), ('monev', 'Monitoring dan evaluasi'), ('pelaporan', 'Pelaporan')], default='pelaporan', max_length=20)),
                ('reason', models.TextField(verbose_name='alasan')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('opened_at', models.DateTimeField()),
                ('holds_source', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('close_reason', models.TextField(blank=True, verbose_name='alasan ditutup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'no'), name='correction_no_once'), models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('run',), name='one_open_case_per_run')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='correction.correction')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correction_items', to='collection.figure')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='correction.errorreport')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.value')),
                ('what', models.TextField(verbose_name='apa yang keliru')),
                ('field', models.CharField(default='realisasi', max_length=40, verbose_name='kolom')),
                ('repairer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('due_on', models.DateField(null=True, verbose_name='paling lambat')),
                ('needed_evidence', models.CharField(blank=True, max_length=300, verbose_name='bukti yang diperlukan')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.line')),
                ('decision', models.CharField(blank=True, choices=[('', 'Belum diputuskan'), ('new', 'Pakai angka baru'), ('old', 'Tetap angka lama'), ('other', 'Angka lain'), ('deferred', 'Ditunda')], default='', max_length=10)),
                ('decision_basis', models.TextField(blank=True, verbose_name='dasar putusan')),
                ('decided', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.value')),
                ('suspected_cause', models.TextField(blank=True, verbose_name='dugaan penyebab')),
                ('open', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('correction', 'figure'), name='item_once_per_case'), models.UniqueConstraint(condition=models.Q(('open', True)), fields=('figure',), name='figure_in_one_open_case')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='order', to='sop.task')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='sop.run')),
                ('number', models.CharField(max_length=80, verbose_name='nomor')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('subject', models.CharField(max_length=200, verbose_name='hal')),
                ('text', models.TextField(verbose_name='isi perintah')),
                ('decree', models.CharField(blank=True, max_length=80, verbose_name='nomor SK tim')),
                ('addressed_to', models.CharField(blank=True, max_length=300, verbose_name='kepada')),
                ('back_dated_reason', models.TextField(blank=True, verbose_name='alasan tanggal mundur')),
            ],
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='correction.order')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('title', models.CharField(max_length=200, verbose_name='jabatan')),
                ('role', models.CharField(max_length=80, verbose_name='peran')),
            ],
        ),
        migrations.CreateModel(
            name='Analysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='sop.run')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='collection.figure')),
                ('text', models.TextField(blank=True, verbose_name='analisis')),
                ('follow_up', models.TextField(blank=True, verbose_name='tindak lanjut')),
                ('flagged', models.BooleanField(default=False, verbose_name='keliru')),
                ('what', models.TextField(blank=True, verbose_name='apa yang keliru')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'figure'), name='analysis_once')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='meeting', to='sop.task')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='sop.run')),
                ('held_at', models.DateTimeField(verbose_name='waktu')),
                ('place', models.CharField(max_length=120, verbose_name='tempat')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('minutes', models.TextField(verbose_name='notula')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_draft', to='sop.task')),
                ('typed', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
            ],
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='correction.meeting')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('title', models.CharField(max_length=200)),
                ('present', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resolutions', to='correction.meeting')),
                ('no', models.PositiveSmallIntegerField()),
                ('text', models.TextField(verbose_name='putusan')),
                ('owner', models.CharField(blank=True, max_length=150, verbose_name='penanggung jawab')),
                ('due_on', models.DateField(null=True, verbose_name='paling lambat')),
            ],
        ),
        migrations.CreateModel(
            name='ItemDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='correction.meeting')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='correction.correctionitem')),
                ('decision', models.CharField(choices=[('', 'Belum diputuskan'), ('new', 'Pakai angka baru'), ('old', 'Tetap angka lama'), ('other', 'Angka lain'), ('deferred', 'Ditunda')], max_length=10)),
                ('basis', models.TextField(blank=True, verbose_name='dasar')),
                ('proposed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.value')),
                ('value', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.value')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'item'), name='decision_once_per_meeting')],
            },
        ),
    ]
