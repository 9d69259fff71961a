"""The tables of offices, their people, and what people hold."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('organisation', '0009_sign_of_tables')]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Instansi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
            ],
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('short_name', models.CharField(max_length=60, verbose_name='nama singkat')),
                ('kind', models.CharField(choices=[('kecamatan', 'Kecamatan'), ('dinas', 'Dinas'), ('badan', 'Badan'), ('inspektorat', 'Inspektorat'), ('sekretariat', 'Sekretariat')], max_length=20, verbose_name='jenis')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='alamat')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telepon')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='tempat')),
                ('number_code', models.CharField(blank=True, max_length=40, verbose_name='kode nomor surat')),
                ('terms', models.JSONField(blank=True, default=dict, verbose_name='istilah')),
                ('duties_policy', models.CharField(choices=[('warn', 'Ingatkan'), ('block', 'Tolak')], default='warn', max_length=10, verbose_name='rangkap wewenang')),
                ('coordinates', models.BooleanField(default=False, verbose_name='kantor pengampu')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('instansi', 'code'), name='office_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisation.office')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('supplies_data', models.BooleanField(default=False, verbose_name='penyuplai data')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='ditutup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='unit_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Jabatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jabatan_set', to='organisation.office')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jabatan_set', to='organisation.unit')),
                ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subordinates', to='organisation.jabatan')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='nama singkat')),
                ('kind', models.CharField(choices=[('pimpinan', 'Pimpinan tinggi'), ('administrator', 'Administrator'), ('pengawas', 'Pengawas'), ('pelaksana', 'Pelaksana'), ('fungsional', 'Fungsional'), ('admin', 'Admin sistem')], max_length=20, verbose_name='jenis')),
                ('heads_office', models.BooleanField(default=False, verbose_name='pimpinan kantor')),
                ('heads_unit', models.BooleanField(default=False, verbose_name='kepala unit')),
                ('single_holder', models.BooleanField(default=True, verbose_name='satu pemangku')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='dihapus')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='jabatan_code_once'), models.UniqueConstraint(condition=models.Q(('heads_office', True)), fields=('office',), name='one_head_of_office')],
            },
        ),
        migrations.CreateModel(
            name='WorkCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='calendar', to='organisation.office')),
                ('zone', models.CharField(default='Asia/Jakarta', max_length=40, verbose_name='zona waktu')),
                ('hours', models.JSONField(verbose_name='jam kerja')),
                ('ramadan_hours', models.JSONField(verbose_name='jam kerja Ramadan')),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holidays', to='organisation.office')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('kind', models.CharField(choices=[('nasional', 'Libur nasional'), ('cuti_bersama', 'Cuti bersama'), ('daerah', 'Libur daerah'), ('pemilu', 'Hari pemungutan suara')], max_length=20, verbose_name='jenis')),
                ('source', models.CharField(max_length=200, verbose_name='dasar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('office__isnull', True)), fields=('instansi', 'day'), name='holiday_once'), models.UniqueConstraint(condition=models.Q(('office__isnull', False)), fields=('office', 'day'), name='office_holiday_once')],
            },
        ),
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(verbose_name='sampai')),
                ('source', models.CharField(max_length=200, verbose_name='dasar')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='season_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Pegawai',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pegawai_set', to='organisation.office')),
                ('nip', models.CharField(max_length=18, unique=True, verbose_name='NIP')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('title_front', models.CharField(blank=True, max_length=40, verbose_name='gelar depan')),
                ('title_back', models.CharField(blank=True, max_length=60, verbose_name='gelar belakang')),
                ('rank', models.CharField(blank=True, max_length=60, verbose_name='pangkat')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='surel')),
                ('whatsapp', models.CharField(blank=True, max_length=20, verbose_name='nomor WhatsApp')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='berhenti')),
            ],
            options={
                'verbose_name': 'pegawai',
                'verbose_name_plural': 'pegawai',
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisation.pegawai')),
                ('jabatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisation.jabatan')),
                ('kind', models.CharField(choices=[('definitif', 'Definitif'), ('plt', 'Plt.'), ('plh', 'Plh.')], default='definitif', max_length=10, verbose_name='jenis')),
                ('exclusive', models.BooleanField(default=True, editable=False)),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('end_cause', models.CharField(blank=True, choices=[('moved', 'Pindah tugas'), ('retired', 'Pensiun'), ('resigned', 'Berhenti'), ('died', 'Meninggal dunia')], db_default='', max_length=10, verbose_name='sebab berakhir')),
                ('decree_number', models.CharField(blank=True, max_length=80, verbose_name='nomor SK')),
            ],
            options={
                'indexes': [models.Index(fields=['pegawai', 'start'], name='assignment_of_pegawai'), models.Index(fields=['jabatan', 'start'], name='assignment_of_jabatan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='assignment_ends_after_start'), models.CheckConstraint(condition=models.Q(('kind', 'definitif'), models.Q(('decree_number', ''), _negated=True), _connector='OR'), name='acting_needs_decree')],
            },
        ),
        migrations.CreateModel(
            name='Supervision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervisions', to='organisation.pegawai')),
                ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervises', to='organisation.pegawai')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('reason', models.CharField(max_length=200, verbose_name='dasar')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('superior__isnull', True), models.Q(('superior', models.F('pegawai')), _negated=True), _connector='OR'), name='nobody_is_own_superior'), models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='supervision_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='organisation.pegawai')),
                ('kind', models.CharField(choices=[('annual', 'Cuti tahunan'), ('long', 'Cuti besar'), ('sick', 'Cuti sakit'), ('maternity', 'Cuti melahirkan'), ('important', 'Cuti karena alasan penting'), ('unpaid', 'Cuti di luar tanggungan negara')], max_length=10, verbose_name='jenis cuti')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(verbose_name='sampai')),
                ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='nomor surat cuti')),
            ],
            options={
                'indexes': [models.Index(fields=['pegawai', 'start'], name='leave_of_pegawai')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='leave_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Staged',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.office')),
                ('kind', models.CharField(max_length=30, verbose_name='jenis')),
                ('about', models.BigIntegerField(null=True)),
                ('name', models.CharField(max_length=200, verbose_name='berkas')),
                ('file', models.FileField(blank=True, upload_to='imports/%Y/%m/')),
                ('sign', models.CharField(blank=True, db_default='', max_length=5)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('reading', 'Sedang dibaca'), ('ready', 'Menunggu keputusan'), ('bringing', 'Sedang disimpan'), ('done', 'Sudah diimpor'), ('refused', 'Tidak dapat diimpor'), ('thrown', 'Dibuang')], default='reading', max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('seen', models.PositiveIntegerField(default=0)),
                ('read_to', models.PositiveIntegerField(default=0)),
                ('brought_to', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('problem', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('applied_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StagedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('staged', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='organisation.staged')),
                ('no', models.PositiveIntegerField()),
                ('label', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('new', 'Baru'), ('changed', 'Berubah'), ('joined', 'Digabung'), ('same', 'Tetap'), ('rejected', 'Ditolak')], max_length=10)),
                ('words', models.TextField(blank=True)),
                ('cells', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('staged', 'no'), name='staged_row_once')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('login', models.CharField(max_length=150, unique=True, verbose_name='nama masuk')),
                ('pegawai', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='user', to='organisation.pegawai')),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=False)),
                ('language', models.CharField(default='id', max_length=5, verbose_name='bahasa')),
                ('text_size', models.PositiveSmallIntegerField(choices=[(100, 'Biasa'), (115, 'Besar'), (130, 'Sangat besar')], default=100, verbose_name='ukuran huruf')),
                ('high_contrast', models.BooleanField(default=False, verbose_name='kontras tinggi')),
            ],
        ),
        migrations.CreateModel(
            name='ActivationCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to=settings.AUTH_USER_MODEL)),
                ('code_hash', models.CharField(max_length=128)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
