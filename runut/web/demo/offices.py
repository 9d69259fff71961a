"""The five demonstration offices, one per source SOP, and the secretariats above them. All invented."""

from __future__ import annotations

from runut.web.demo import kecamatan
from runut.web.demo.spec import IndicatorSpec, JobSpec, KegiatanSpec, OfficeSpec, ProgramSpec, UnitSpec

_COLLECT_BY_UNIT = {"kepala": ("camat",), "sekretaris": ("sekcam",), "staf": ("pengolah",)}

NGORO = OfficeSpec(
    key="ngoro", instansi="majapura", name="Kecamatan Contoh Ngoro", short="Kec. Contoh Ngoro", kind="kecamatan",
    code="7.01.0.00.0.00.06.0000", number_code="416-306", place="Ngoro", zone="Asia/Jakarta",
    address="Jalan Kebun Raya Nomor 6",
    units=kecamatan.UNITS, jobs=kecamatan.jobs("Camat Ngoro"), tujuan=kecamatan.TUJUAN,
    programs=kecamatan.PROGRAMS, sasaran=kecamatan.SASARAN,
    kegiatan=kecamatan.KEGIATAN, indicators=kecamatan.INDICATORS,
    sops={
        "pengumpulan-unit": _COLLECT_BY_UNIT,
        "ngoro": {"kepala": ("camat",), "perencana": ("sungram",), "sekretaris": ("sekcam",), "staf": ("pengolah",)},
    },
)  # fmt: skip

KEMLAGI = OfficeSpec(
    key="kemlagi", instansi="majapura", name="Kecamatan Contoh Kemlagi", short="Kec. Contoh Kemlagi",
    kind="kecamatan", code="7.01.0.00.0.00.15.0000", number_code="416-315", place="Kemlagi", zone="Asia/Jakarta",
    address="Jalan Raya Melati Nomor 15", terms={"triwulan": "Tribulan"},
    units=kecamatan.UNITS, jobs=kecamatan.jobs("Camat Kemlagi"), tujuan=kecamatan.TUJUAN,
    programs=kecamatan.PROGRAMS, sasaran=kecamatan.SASARAN,
    kegiatan=kecamatan.KEGIATAN, indicators=kecamatan.INDICATORS,
    sops={
        "kemlagi": {
            "kepala": ("camat",), "sekretaris": ("sekcam",), "staf": ("pengolah",), "perencana": ("sungram",),
            "kepala_unit": ("umpeg", "sungram", "kasi_pem", "kasi_pmd", "kasi_trantib", "kasi_pel"),
        },
    },
)  # fmt: skip


def _individuals(jobs: tuple[JobSpec, ...]) -> tuple[IndicatorSpec, ...]:
    people = [job for job in jobs if job.kind != "admin"]
    return tuple(row for no, job in enumerate(people, 1) for row in kecamatan.individual(job.code, f"IKI-{no:02d}"))


_KINTOM_JOBS = kecamatan.jobs("Camat Kintom", staff=2)

KINTOM = OfficeSpec(
    key="kintom", instansi="telukbaru", name="Kecamatan Contoh Kintom", short="Kec. Contoh Kintom",
    kind="kecamatan", code="7.01.0.00.0.00.03.0000", number_code="100.3", place="Kintom", zone="Asia/Makassar",
    address="Jalan Pantai Nomor 3",
    units=kecamatan.UNITS, jobs=_KINTOM_JOBS, tujuan=kecamatan.TUJUAN,
    programs=kecamatan.PROGRAMS, sasaran=kecamatan.SASARAN, kegiatan=kecamatan.KEGIATAN,
    indicators=_individuals(_KINTOM_JOBS),
    sops={
        "pengumpulan-pegawai": {**_COLLECT_BY_UNIT, "staf": ("adm_umum",)},
        "kintom": {
            "kepala": ("camat",), "sekretaris": ("sekcam",), "perencana": ("sungram",), "pelaksana": ("pengolah",),
            "kepala_seksi": ("kasi_pem", "kasi_pmd", "kasi_trantib", "kasi_pel"),
        },
    },
)  # fmt: skip

SIDOARJO = OfficeSpec(
    key="sidoarjo", instansi="deltasari", name="Dinas Perindustrian dan Perdagangan Contoh Sidoarjo",
    short="Disperindag Contoh", kind="dinas", code="3.30.3.31.0.00.01.0000", number_code="438.5.20",
    place="Sidoarjo", zone="Asia/Jakarta", address="Jalan Tambak Nomor 20",
    units=(
        UnitSpec("SEK", "Sekretariat"),
        UnitSpec("UMPEG", "Subbagian Umum dan Kepegawaian", supplies=True, under="SEK"),
        UnitSpec("RENKEU", "Subbagian Perencanaan dan Keuangan", supplies=True, under="SEK"),
        UnitSpec("IND", "Bidang Perindustrian", supplies=True),
        UnitSpec("DAG", "Bidang Perdagangan", supplies=True),
        UnitSpec("METRO", "Bidang Kemetrologian", supplies=True),
    ),
    jobs=(
        JobSpec("kadis", "Kepala Dinas Perindustrian dan Perdagangan", "Kepala Dinas", "pimpinan", "SEK", "", heads_office=True, rank="Pembina Utama Muda"),
        JobSpec("sekdis", "Sekretaris Dinas", "Sekretaris", "administrator", "SEK", "kadis", heads_unit=True, rank="Pembina Tingkat I"),
        JobSpec("umpeg", "Kasubag Umum dan Kepegawaian", "Kasubag Umpeg", "pengawas", "UMPEG", "sekdis", heads_unit=True),
        JobSpec("renkeu", "Kasubag Perencanaan dan Keuangan", "Kasubag Renkeu", "pengawas", "RENKEU", "sekdis", heads_unit=True),
        JobSpec("kabid_ind", "Kepala Bidang Perindustrian", "Kabid Perindustrian", "administrator", "IND", "kadis", heads_unit=True, rank="Pembina"),
        JobSpec("kabid_dag", "Kepala Bidang Perdagangan", "Kabid Perdagangan", "administrator", "DAG", "kadis", heads_unit=True, rank="Pembina"),
        JobSpec("kabid_metro", "Kepala Bidang Kemetrologian", "Kabid Metrologi", "administrator", "METRO", "kadis", heads_unit=True, rank="Pembina"),
        JobSpec("pengolah", "Pengolah Data Pelaporan", "Pengolah Data", "pelaksana", "RENKEU", "renkeu", rank="Pengatur"),
        JobSpec("pembina_ikm", "Pembina Industri Kecil", "Pembina IKM", "fungsional", "IND", "kabid_ind", people=2, rank="Penata"),
        JobSpec("pengawas_dag", "Pengawas Perdagangan", "Pengawas Perdagangan", "fungsional", "DAG", "kabid_dag", people=2, rank="Penata"),
        JobSpec("penera", "Penera", "Penera", "fungsional", "METRO", "kabid_metro", rank="Penata Muda"),
        JobSpec("admin", "Admin Runut", "Admin", "admin", "UMPEG", "", people=0),
    ),
    tujuan="Terwujudnya industri dan perdagangan yang berdaya saing",
    programs=(
        ProgramSpec("3.31.02", "Program Perencanaan dan Pembangunan Industri", 1),
        ProgramSpec("3.30.04", "Program Stabilisasi Harga Barang Kebutuhan Pokok dan Barang Penting", 2),
        ProgramSpec("3.30.06", "Program Standardisasi dan Perlindungan Konsumen", 2),
        ProgramSpec("3.30.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", 3),
    ),
    sasaran=(
        "Meningkatnya daya saing industri kecil dan menengah",
        "Meningkatnya kelancaran perdagangan dalam negeri",
        "Meningkatnya akuntabilitas kinerja dinas",
    ),
    kegiatan=(
        KegiatanSpec("3.31.02.2.01", "Penyusunan dan evaluasi rencana pembangunan industri", "IND", "kabid_ind", 310_000_000, (11, 35, 58)),
        KegiatanSpec("3.30.04.2.01", "Menjamin ketersediaan barang kebutuhan pokok", "DAG", "kabid_dag", 275_500_000, (16, 44, 73)),
        KegiatanSpec("3.30.06.2.01", "Pelaksanaan metrologi legal", "METRO", "kabid_metro", 190_000_000, (8, 30, 52)),
        KegiatanSpec("3.30.01.2.01", "Perencanaan, penganggaran, dan evaluasi kinerja perangkat daerah", "RENKEU", "renkeu", 64_200_000, (21, 50, 77)),
        KegiatanSpec("3.30.01.2.05", "Administrasi kepegawaian perangkat daerah", "UMPEG", "umpeg", 41_800_000, (24, 51, 79)),
    ),
    indicators=(
        IndicatorSpec("IKU-01", "Pertumbuhan industri kecil dan menengah", "%", "IND", adds_up=True, annual="4", targets=("1", "1", "1", "1"), actuals=("0.85", "1.1", "1.05", "1.2"), kegiatan="3.31.02.2.01"),
        IndicatorSpec("IKU-02", "Industri kecil yang naik kelas", "usaha", "IND", adds_up=True, annual="60", targets=("10", "15", "15", "20"), actuals=("12", "14", "16", "21"), kegiatan="3.31.02.2.01"),
        IndicatorSpec("IKU-03", "Koefisien keragaman harga bahan pokok", "%", "DAG", negative=True, annual="9", targets=("9", "9", "9", "9"), actuals=("8.4", "9.9", "7.6", "8.1"), sasaran=2, kegiatan="3.30.04.2.01"),
        IndicatorSpec("IKU-04", "Alat ukur, takar, timbang bertanda tera sah", "%", "METRO", annual="80", targets=("20", "40", "60", "80"), actuals=("19.2", "41.5", "61.3", "80.4"), sasaran=2, kegiatan="3.30.06.2.01"),
        IndicatorSpec("IKU-05", "Nilai SAKIP dinas", "nilai", "RENKEU", annual="81.5", targets=("", "", "", "81.5"), actuals=("", "", "", "80.92"), sasaran=3, kegiatan="3.30.01.2.01"),
        IndicatorSpec("IKK-01", "Peningkatan kompetensi pegawai", "jam/orang", "UMPEG", adds_up=True, annual="24", targets=("6", "6", "6", "6"), actuals=("6", "5", "7", "4"), sasaran=3, kegiatan="3.30.01.2.05"),
        IndicatorSpec("IKK-02", "Laporan keuangan disusun tepat waktu", "%", "RENKEU", annual="100", targets=("100", "100", "100", "100"), actuals=("100", "100", "100", "100"), sasaran=3, kegiatan="3.30.01.2.01"),
    ),
    sops={
        "pengumpulan-unit": {"kepala": ("kadis",), "sekretaris": ("sekdis",), "staf": ("pengolah",)},
        "sidoarjo": {"kepala": ("kadis",), "perencana": ("renkeu",), "sekretaris": ("sekdis",), "staf": ("pengolah",)},
    },
)  # fmt: skip

_INSPEKTORAT_JOBS = (
    JobSpec("inspektur", "Inspektur", "Inspektur", "pimpinan", "SEK", "", heads_office=True, rank="Pembina Utama Muda"),
    JobSpec("sekretaris", "Sekretaris Inspektorat", "Sekretaris", "administrator", "SEK", "inspektur", heads_unit=True, rank="Pembina Tingkat I"),
    JobSpec("umpeg", "Kasubag Umum dan Kepegawaian", "Kasubag Umpeg", "pengawas", "UMPEG", "sekretaris", heads_unit=True),
    JobSpec("evlap", "Kasubag Evaluasi dan Pelaporan", "Kasubag Evlap", "pengawas", "EVLAP", "sekretaris", heads_unit=True),
    JobSpec("kepegawaian", "Staf Kepegawaian", "Staf Kepegawaian", "pelaksana", "UMPEG", "umpeg", rank="Pengatur Tingkat I"),
    JobSpec("irban1", "Inspektur Pembantu I", "Irban I", "administrator", "IRBAN1", "inspektur", heads_unit=True, rank="Pembina"),
    JobSpec("irban2", "Inspektur Pembantu II", "Irban II", "administrator", "IRBAN2", "inspektur", heads_unit=True, rank="Pembina"),
    JobSpec("auditor1", "Auditor Ahli Muda", "Auditor", "fungsional", "IRBAN1", "irban1", people=3, rank="Penata"),
    JobSpec("auditor2", "PPUPD Ahli Muda", "PPUPD", "fungsional", "IRBAN2", "irban2", people=3, rank="Penata"),
    JobSpec("admin", "Admin Runut", "Admin", "admin", "UMPEG", "", people=0),
)  # fmt: skip

INSPEKTORAT = OfficeSpec(
    key="inspektorat", instansi="majapura", name="Inspektorat Contoh Kabupaten Majapura", short="Inspektorat Contoh",
    kind="inspektorat", code="6.01.0.00.0.00.01.0000", number_code="416-060", place="Majapura",
    zone="Asia/Jakarta", address="Jalan Wijaya Nomor 19", coordinates=True,
    units=(
        UnitSpec("SEK", "Sekretariat Inspektorat"),
        UnitSpec("UMPEG", "Subbagian Umum dan Kepegawaian", under="SEK"),
        UnitSpec("EVLAP", "Subbagian Evaluasi dan Pelaporan", under="SEK"),
        UnitSpec("IRBAN1", "Inspektur Pembantu Wilayah I"),
        UnitSpec("IRBAN2", "Inspektur Pembantu Wilayah II"),
    ),
    jobs=_INSPEKTORAT_JOBS,
    tujuan="Terwujudnya pengawasan internal yang dipercaya",
    programs=(ProgramSpec("6.01.02", "Program Penyelenggaraan Pengawasan"),),
    sasaran=("Meningkatnya efektivitas pengawasan internal",),
    kegiatan=(KegiatanSpec("6.01.02.2.01", "Penyelenggaraan pengawasan internal", "IRBAN1", "irban1", 226_000_000, (17, 46, 71)),),
    indicators=_individuals(_INSPEKTORAT_JOBS),
    sops={"inspektorat": {"kepala": ("inspektur",), "staf": ("kepegawaian",)}},
)  # fmt: skip

OFFICES = (NGORO, SIDOARJO, KEMLAGI, KINTOM, INSPEKTORAT)


def secretariat(instansi: str) -> OfficeSpec:
    """The office above: its Sekda is the direct superior of the heads of offices."""
    return OfficeSpec(
        key=f"setda-{instansi}", instansi=instansi, name="Sekretariat Daerah Contoh", short="Setda Contoh",
        kind="sekretariat", code="4.01.0.00.0.00.01.0000", number_code="400", place="Pusat", zone="Asia/Jakarta", coordinates=True,
        units=(UnitSpec("SETDA", "Sekretariat Daerah"),),
        jobs=(JobSpec("sekda", "Sekretaris Daerah", "Sekda", "pimpinan", "SETDA", "", heads_office=True, rank="Pembina Utama Madya"),),
        sasaran=(), kegiatan=(), indicators=(), sops={},
    )  # fmt: skip
