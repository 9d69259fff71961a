"""The tables of plans, indicators and their targets."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

from runut.lib.table_making import Tables


class Migration(Tables):
    # The last step of the history before the first release: a database that stands there has these tables.
    replaces = [('planning', '0008_whole_dictionary')]

    initial = True

    dependencies = [
        ('organisation', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='organisation.office')),
                ('kind', models.CharField(choices=[('renstra', 'Renstra'), ('renja', 'Renja'), ('pk', 'Perjanjian Kinerja'), ('rencana_aksi', 'Rencana Aksi'), ('dpa', 'DPA')], max_length=20, verbose_name='jenis')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='sampai tahun')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('start', models.DateField(verbose_name='mulai berlaku')),
                ('end', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='alasan perubahan')),
                ('snapshot', models.JSONField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'kind', 'year', 'version'), name='plan_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Tujuan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tujuan_set', to='planning.plan')),
                ('no', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('text', models.CharField(max_length=300, verbose_name='tujuan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'no'), name='tujuan_no_once')],
            },
        ),
        migrations.CreateModel(
            name='Sasaran',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sasaran_set', to='planning.plan')),
                ('tujuan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sasaran_set', to='planning.tujuan')),
                ('no', models.PositiveSmallIntegerField(verbose_name='nomor')),
                ('text', models.CharField(max_length=300, verbose_name='sasaran')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'no'), name='sasaran_no_once')],
            },
        ),
        migrations.CreateModel(
            name='Kegiatan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kegiatan_set', to='organisation.office')),
                ('code', models.CharField(max_length=20, verbose_name='kode')),
                ('level', models.CharField(choices=[('program', 'Program'), ('kegiatan', 'Kegiatan'), ('sub_kegiatan', 'Sub kegiatan')], default='kegiatan', max_length=20, verbose_name='tingkat')),
                ('nomenclature', models.CharField(blank=True, max_length=20, verbose_name='nomenklatur')),
                ('name', models.CharField(max_length=250, verbose_name='nama')),
                ('sasaran', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='planning.sasaran')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='kegiatan_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Stakeholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('kegiatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stakeholders', to='planning.kegiatan')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stakes', to='organisation.pegawai')),
                ('start', models.DateField(verbose_name='mulai')),
                ('end', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('decree_number', models.CharField(blank=True, max_length=80, verbose_name='nomor SK')),
            ],
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('kegiatan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='planning.kegiatan')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('quarter', models.PositiveSmallIntegerField(default=0, verbose_name='triwulan')),
                ('no', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=20, verbose_name='rupiah')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kegiatan', 'year', 'quarter', 'no'), name='budget_version_once'), models.CheckConstraint(condition=models.Q(('quarter__lte', 4)), name='budget_quarter_0_to_4'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='budget_not_below_zero')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='organisation.office')),
                ('code', models.CharField(max_length=40, verbose_name='kode')),
                ('level', models.CharField(choices=[('tujuan', 'Tujuan'), ('sasaran', 'Sasaran'), ('program', 'Program'), ('kegiatan', 'Kegiatan'), ('sub_kegiatan', 'Sub kegiatan'), ('individu', 'Individu')], max_length=20, verbose_name='tingkat')),
                ('tujuan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='planning.tujuan')),
                ('sasaran', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='planning.sasaran')),
                ('kegiatan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='planning.kegiatan')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='organisation.unit')),
                ('pegawai', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='organisation.pegawai')),
                ('serves', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='served_by', to='planning.indicator')),
                ('jabatan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='organisation.jabatan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'code'), name='indicator_code_once')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='planning.indicator')),
                ('no', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('name', models.CharField(max_length=300, verbose_name='nama indikator')),
                ('unit_of_measure', models.CharField(max_length=60, verbose_name='satuan')),
                ('polarity', models.CharField(choices=[('positive', 'Makin tinggi makin baik'), ('negative', 'Makin rendah makin baik'), ('range', 'Paling baik di dalam rentang target'), ('stable', 'Makin dekat target makin baik')], default='positive', max_length=20, verbose_name='arah')),
                ('method', models.CharField(blank=True, choices=[(None, 'Menurut arahnya'), ('inverse', 'Target ÷ realisasi'), ('reduction', 'Penurunan dari target'), ('maximum', 'Paling banyak sebesar target')], max_length=20, verbose_name='cara menghitung capaian')),
                ('value_type', models.CharField(choices=[('number', 'Angka'), ('ordinal', 'Predikat')], default='number', max_length=20, verbose_name='jenis nilai')),
                ('value_kind', models.CharField(blank=True, choices=[(None, 'Menurut jenis nilai'), ('percent', 'Persen'), ('index', 'Indeks'), ('ratio', 'Rasio'), ('rupiah', 'Rupiah'), ('time', 'Waktu'), ('yes_no', 'Ya atau tidak')], max_length=20, verbose_name='rincian jenis nilai')),
                ('aggregation', models.CharField(choices=[('cumulative', 'Akumulasi'), ('last', 'Nilai akhir'), ('average', 'Rata-rata'), ('release', 'Rilis resmi')], default='last', max_length=20, verbose_name='penggabungan')),
                ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='angka desimal')),
                ('cap', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='batas atas capaian')),
                ('scale', models.JSONField(blank=True, default=list, verbose_name='urutan predikat')),
                ('predicate_scale', models.JSONField(blank=True, default=dict, verbose_name='skala predikat')),
                ('kind', models.CharField(choices=[('iku', 'IKU (utama)'), ('ikk', 'IKK (kunci)'), ('ikd', 'IKD (daerah)'), ('iki', 'IKI (individu)'), ('spm', 'SPM'), ('program', 'Indikator program atau kegiatan')], default='iku', max_length=20, verbose_name='macam')),
                ('why', models.TextField(blank=True, verbose_name='alasan pemilihan')),
                ('definition', models.TextField(blank=True, verbose_name='definisi operasional')),
                ('formula', models.TextField(blank=True, verbose_name='cara menghitung')),
                ('numerator', models.CharField(blank=True, max_length=200, verbose_name='pembilang')),
                ('denominator', models.CharField(blank=True, max_length=200, verbose_name='penyebut')),
                ('numerator_unit', models.CharField(blank=True, max_length=60, verbose_name='satuan pembilang')),
                ('denominator_unit', models.CharField(blank=True, max_length=60, verbose_name='satuan penyebut')),
                ('multiplier', models.DecimalField(decimal_places=4, default=Decimal('100'), max_digits=12, verbose_name='pengali')),
                ('frequency', models.CharField(choices=[('bulanan', 'Setiap bulan'), ('triwulanan', 'Setiap triwulan'), ('semesteran', 'Setiap semester'), ('tahunan', 'Setahun sekali')], default='triwulanan', max_length=20, verbose_name='frekuensi pengukuran')),
                ('months', models.JSONField(blank=True, default=list, verbose_name='bulan ukur')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='sumber data')),
                ('producer', models.CharField(blank=True, max_length=200, verbose_name='produsen data')),
                ('keeper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='unit penanggung jawab')),
                ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='unit penyedia data')),
                ('contact', models.CharField(blank=True, max_length=150, verbose_name='narahubung')),
                ('baseline_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='tahun data dasar')),
                ('baseline', models.CharField(blank=True, max_length=60, verbose_name='data dasar')),
                ('evidence_needed', models.CharField(blank=True, max_length=300, verbose_name='bukti dukung wajib')),
                ('cascading', models.CharField(blank=True, choices=[(None, 'Belum ditetapkan'), ('map', 'CP: cascading peta'), ('direct', 'C: cascading nonpeta'), ('none', 'N: noncascading')], max_length=20, verbose_name='jenis cascading')),
                ('links', models.CharField(blank=True, max_length=120, verbose_name='tautan SDGs, SPM, IKK')),
                ('publishable', models.BooleanField(default=True, verbose_name='boleh dipublikasikan')),
                ('revision_reason', models.CharField(blank=True, max_length=300, verbose_name='alasan perubahan')),
                ('notes', models.TextField(blank=True, verbose_name='keterangan')),
                ('start', models.DateField(verbose_name='mulai berlaku')),
                ('end', models.DateField(blank=True, null=True, verbose_name='sampai')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('indicator', 'no'), name='indicator_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='planning.indicator')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('quarter', models.PositiveSmallIntegerField(default=0, verbose_name='triwulan')),
                ('no', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('amount', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='target')),
                ('text', models.CharField(blank=True, max_length=60, verbose_name='target predikat')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('indicator', 'year', 'quarter', 'no'), name='target_version_once'), models.CheckConstraint(condition=models.Q(('quarter__lte', 4)), name='target_quarter_0_to_4')],
            },
        ),
        migrations.CreateModel(
            name='Registered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registered_set', to='organisation.office')),
                ('kind', models.CharField(choices=[('renstra', 'Renstra'), ('cascading', 'Pohon kinerja (cascading)'), ('iku', 'SK IKU'), ('renja', 'Renja'), ('dpa', 'DPA'), ('pk', 'Perjanjian Kinerja'), ('rencana_aksi', 'Rencana Aksi'), ('sk_tim', 'SK Tim SAKIP'), ('pk_individu', 'PK individu'), ('iki', 'IKI'), ('rencana_aksi_individu', 'Rencana Aksi individu'), ('lain', 'Dokumen lain')], max_length=30, verbose_name='jenis')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='sampai tahun')),
                ('pegawai', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='nomor')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='tanggal')),
                ('file', models.FileField(blank=True, upload_to='plans/%Y/', verbose_name='berkas')),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='tautan')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'year', 'kind'], name='registered_of_year')],
            },
        ),
        migrations.CreateModel(
            name='OfficeScale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instansi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.instansi')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scales', to='organisation.office')),
                ('start', models.DateField(verbose_name='berlaku mulai')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nama')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='dasar')),
                ('classes', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.pegawai')),
            ],
            options={
                'indexes': [models.Index(fields=['office', '-start'], name='scale_of_office')],
            },
        ),
    ]
