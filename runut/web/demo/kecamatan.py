"""The shape of a kecamatan: its units, positions and what it measures."""

from __future__ import annotations

from runut.web.demo.spec import IndicatorSpec, JobSpec, KegiatanSpec, ProgramSpec, UnitSpec

UNITS = (
    UnitSpec("SEK", "Sekretariat Kecamatan"),
    UnitSpec("UMPEG", "Subbagian Umum dan Kepegawaian", supplies=True, under="SEK"),
    UnitSpec("SUNGRAM", "Subbagian Penyusunan Program dan Keuangan", supplies=True, under="SEK"),
    UnitSpec("PEM", "Seksi Pemerintahan", supplies=True),
    UnitSpec("PMD", "Seksi Pemberdayaan Masyarakat dan Desa", supplies=True),
    UnitSpec("TRANTIB", "Seksi Ketenteraman dan Ketertiban Umum", supplies=True),
    UnitSpec("PEL", "Seksi Pelayanan", supplies=True),
)


def jobs(head: str, *, staff: int = 1) -> tuple[JobSpec, ...]:
    """The positions of a kecamatan whose head is called so; `staff` people in each section."""
    return (
        JobSpec("camat", head, "Camat", "administrator", "SEK", "", heads_office=True, rank="Pembina Tingkat I"),
        JobSpec("sekcam", "Sekretaris Kecamatan", "Sekcam", "administrator", "SEK", "camat", heads_unit=True, rank="Pembina"),
        JobSpec("umpeg", "Kasubag Umum dan Kepegawaian", "Kasubag Umpeg", "pengawas", "UMPEG", "sekcam", heads_unit=True),
        JobSpec("sungram", "Kasubag Penyusunan Program dan Keuangan", "Kasubag Sungram", "pengawas", "SUNGRAM", "sekcam", heads_unit=True),
        JobSpec("kasi_pem", "Kasi Pemerintahan", "Kasi Pemerintahan", "pengawas", "PEM", "camat", heads_unit=True),
        JobSpec("kasi_pmd", "Kasi Pemberdayaan Masyarakat dan Desa", "Kasi PMD", "pengawas", "PMD", "camat", heads_unit=True),
        JobSpec("kasi_trantib", "Kasi Ketenteraman dan Ketertiban Umum", "Kasi Trantib", "pengawas", "TRANTIB", "camat", heads_unit=True),
        JobSpec("kasi_pel", "Kasi Pelayanan", "Kasi Pelayanan", "pengawas", "PEL", "camat", heads_unit=True),
        JobSpec("pengolah", "Pengolah Data Pelaporan", "Pengolah Data", "pelaksana", "SUNGRAM", "sungram", rank="Pengatur"),
        JobSpec("adm_umum", "Pengadministrasi Kepegawaian", "Staf Umpeg", "pelaksana", "UMPEG", "umpeg", rank="Pengatur"),
        JobSpec("pel_pem", "Pengelola Pemerintahan Desa", "Staf Pemerintahan", "pelaksana", "PEM", "kasi_pem", people=staff, rank="Penata Muda"),
        JobSpec("pel_trantib", "Pengelola Ketertiban", "Staf Trantib", "pelaksana", "TRANTIB", "kasi_trantib", people=staff, rank="Pengatur Tingkat I"),
        JobSpec("pel_pel", "Pengelola Pelayanan", "Staf Pelayanan", "pelaksana", "PEL", "kasi_pel", people=staff, rank="Penata Muda"),
        JobSpec("admin", "Admin Runut", "Admin", "admin", "UMPEG", "", people=0),
    )  # fmt: skip


SASARAN = (
    "Meningkatnya kualitas pelayanan publik kecamatan",
    "Meningkatnya tata kelola pemerintahan desa",
    "Meningkatnya akuntabilitas kinerja kecamatan",
)

TUJUAN = "Terwujudnya pelayanan dan pemerintahan kecamatan yang baik"

PROGRAMS = (
    ProgramSpec("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", 3),
    ProgramSpec("7.01.02", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik", 1),
    ProgramSpec("7.01.03", "Program Pemberdayaan Masyarakat Desa dan Kelurahan", 2),
    ProgramSpec("7.01.04", "Program Koordinasi Ketenteraman dan Ketertiban Umum", 1),
    ProgramSpec("7.01.06", "Program Pembinaan dan Pengawasan Pemerintahan Desa", 2),
)

KEGIATAN = (
    KegiatanSpec("7.01.02.2.02", "Penyelenggaraan urusan pemerintahan yang tidak dilaksanakan unit kerja lain", "PEL", "kasi_pel", 42_500_000, (12, 38, 61)),
    KegiatanSpec("7.01.03.2.01", "Koordinasi kegiatan pemberdayaan desa", "PMD", "kasi_pmd", 68_000_000, (18, 47, 78)),
    KegiatanSpec("7.01.04.2.01", "Koordinasi upaya penyelenggaraan ketenteraman dan ketertiban umum", "TRANTIB", "kasi_trantib", 37_250_000, (9, 31, 55)),
    KegiatanSpec("7.01.06.2.01", "Fasilitasi, rekomendasi dan koordinasi pembinaan pemerintahan desa", "PEM", "kasi_pem", 55_000_000, (15, 44, 70)),
    KegiatanSpec("7.01.01.2.01", "Perencanaan, penganggaran, dan evaluasi kinerja perangkat daerah", "SUNGRAM", "sungram", 29_400_000, (20, 49, 76)),
    KegiatanSpec("7.01.01.2.05", "Administrasi kepegawaian perangkat daerah", "UMPEG", "umpeg", 18_750_000, (22, 52, 80)),
)  # fmt: skip

# Targets and results are of the size that kecamatan publish: satisfaction indices, shares of villages, complaints.
INDICATORS = (
    IndicatorSpec("IKU-01", "Indeks Kepuasan Masyarakat (IKM)", "indeks", "PEL", annual="85", targets=("84", "84.25", "84.5", "85"), actuals=("83.2", "84.1", "84.75", "86"), kegiatan="7.01.02.2.02"),
    IndicatorSpec("IKU-02", "Persentase penyelesaian pengaduan masyarakat", "%", "PEL", annual="100", targets=("100", "100", "100", "100"), actuals=("100", "96.3", "100", "100"), kegiatan="7.01.02.2.02"),
    IndicatorSpec("IKU-03", "Persentase desa dengan status minimal Berkembang", "%", "PMD", annual="70", targets=("65", "66", "68", "70"), actuals=("63.16", "66.67", "66.7", "70"), sasaran=2, kegiatan="7.01.03.2.01"),
    IndicatorSpec("IKU-04", "Persentase desa dengan laporan pertanggungjawaban baik", "%", "PEM", annual="55.56", targets=("", "44.44", "50", "55.56"), actuals=("", "44.44", "50", "55.56"), sasaran=2, kegiatan="7.01.06.2.01"),
    IndicatorSpec("IKU-05", "Gangguan ketenteraman dan ketertiban yang ditangani lebih dari 1x24 jam", "kasus", "TRANTIB", negative=True, adds_up=True, annual="12", targets=("3", "3", "3", "3"), actuals=("4", "3", "2", "3"), sasaran=1, kegiatan="7.01.04.2.01"),
    IndicatorSpec("IKU-06", "Nilai SAKIP kecamatan", "nilai", "SUNGRAM", annual="85.47", targets=("", "", "", "85.47"), actuals=("", "", "", "85.09"), sasaran=3, kegiatan="7.01.01.2.01"),
    IndicatorSpec("IKK-01", "Persentase ketercapaian kinerja kecamatan", "%", "SUNGRAM", annual="90", targets=("85", "87", "90", "90"), actuals=("83", "86", "91.89", "92"), sasaran=3, kegiatan="7.01.01.2.01"),
    IndicatorSpec("IKK-02", "Ketepatan waktu kehadiran pegawai", "%", "UMPEG", annual="90", targets=("90", "90", "90", "90"), actuals=("92", "91.4", "90.8", "92"), sasaran=3, kegiatan="7.01.01.2.05"),
)  # fmt: skip


def individual(job: str, prefix: str) -> tuple[IndicatorSpec, ...]:
    """What everybody in a position is measured by: three figures."""
    return (
        IndicatorSpec(f"{prefix}-1", "Jumlah dokumen layanan yang diselesaikan", "dokumen", job=job, adds_up=True, annual="480", targets=("120", "120", "120", "120"), actuals=("118", "124", "121", "126")),
        IndicatorSpec(f"{prefix}-2", "Persentase layanan selesai tepat waktu", "%", job=job, annual="95", targets=("95", "95", "95", "95"), actuals=("92.1", "94.1", "95.6", "96")),
        IndicatorSpec(f"{prefix}-3", "Berkas yang dikembalikan karena keliru", "berkas", job=job, negative=True, adds_up=True, annual="20", targets=("5", "5", "5", "5"), actuals=("4", "6", "3", "5")),
    )  # fmt: skip
