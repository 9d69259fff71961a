"""The tables of documents, their signatures and what was recorded about them."""

import django.db.models.deletion
from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('documents', '0005_letterheads_so_far')]

    initial = True

    dependencies = [
        ('organisation', '0001_tables'),
        ('sop', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='organisation.office')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='sop.run')),
                ('kind', models.CharField(choices=[('recap', 'Rekapitulasi data kinerja'), ('correction', 'Laporan perbaikan data kinerja'), ('report', 'Laporan kinerja (LKjIP)')], max_length=20, verbose_name='jenis')),
                ('no', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('title', models.CharField(max_length=250, verbose_name='judul')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField(default=0)),
                ('basis', models.CharField(choices=[('unit', 'Unit kerja'), ('pegawai', 'Pegawai')], max_length=20, verbose_name='dasar')),
                ('content', models.JSONField()),
                ('data_hash', models.CharField(max_length=64)),
                ('letterhead', models.JSONField(default=dict)),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='nomor')),
                ('state', models.CharField(choices=[('draft', 'Konsep'), ('signed', 'Ditandatangani'), ('superseded', 'Digantikan')], default='draft', max_length=20)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='documents.document')),
                ('supersede_reason', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('made_title', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['office', '-made_at'], name='document_of_office')],
                'constraints': [models.UniqueConstraint(fields=('run', 'kind', 'no'), name='document_version_once')],
            },
        ),
        migrations.CreateModel(
            name='ReportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_draft', to='sop.run')),
                ('chapters', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.document')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='sop.task')),
                ('data_hash', models.CharField(max_length=64)),
                ('method', models.CharField(choices=[('internal', 'Persetujuan dalam sistem (bukan TTE tersertifikasi)')], default='internal', max_length=20)),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('name', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=200)),
                ('rank', models.CharField(blank=True, max_length=60)),
                ('nip', models.CharField(max_length=18)),
                ('at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoke_reason', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_entries', to='organisation.office')),
                ('register', models.CharField(choices=[('agenda', 'Buku agenda'), ('surat', 'Surat keluar')], max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('seq', models.PositiveIntegerField(verbose_name='nomor urut')),
                ('number', models.CharField(max_length=80, verbose_name='nomor')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('subject', models.CharField(max_length=200, verbose_name='perihal')),
                ('recipient', models.CharField(max_length=200, verbose_name='penerima')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('is_backdated', models.BooleanField(default=False, verbose_name='tanggal mundur')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_entries', to='documents.document')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sop.task')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'register', 'year', 'seq'), name='register_seq_once'), models.UniqueConstraint(fields=('office', 'register', 'year', 'number'), name='register_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='documents.document')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sop.task')),
                ('amount', models.PositiveSmallIntegerField(verbose_name='jumlah')),
                ('meant_for', models.CharField(max_length=200, verbose_name='untuk')),
            ],
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='documents.document')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sop.task')),
                ('recipient', models.CharField(max_length=200, verbose_name='penerima')),
                ('way', models.CharField(max_length=80, verbose_name='cara kirim')),
                ('sent_on', models.DateField(verbose_name='tanggal kirim')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='tanggal terima')),
                ('received_by', models.CharField(blank=True, max_length=150, verbose_name='diterima oleh')),
            ],
        ),
        migrations.CreateModel(
            name='ArchiveItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='archived', to='documents.document')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sop.task')),
                ('classification', models.CharField(max_length=40, verbose_name='kode klasifikasi')),
                ('retention_years', models.PositiveSmallIntegerField(verbose_name='retensi (tahun)')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='tempat arsip fisik')),
                ('day', models.DateField(verbose_name='tanggal arsip')),
            ],
        ),
        migrations.CreateModel(
            name='HandUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_ups', to='documents.document')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hand_up', to='sop.task')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('recipient_title', models.CharField(max_length=200)),
                ('text', models.TextField(verbose_name='ringkasan')),
            ],
        ),
    ]
