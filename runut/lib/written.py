"""Indonesian words that others write: where a number belongs, beside one, or over a column."""

import re

# In place of a number.
NO_NUMBER = (
    "nihil", "tidak ada", "belum ada", "belum diisi", "belum disi", "kosong", "tidak tersedia", "belum tersedia",
    "tidak ada data", "belum ada data", "data belum ada", "data tidak tersedia", "data belum tersedia", "t.a.d", "tad",
)  # fmt: skip
NOT_MEASURED = ("tidak diukur",)
AWAITED = ("menunggu rilis", "belum rilis", "belum dirilis")
# Between the ends of a range, as patterns.
UNTIL = ("-", "–", "—", r"s\.?/?d\.?", "sampai(?: dengan)?", "hingga")
# Before a bound.
BOUNDS = {
    "<": "<", ">": ">", "≤": "≤", "≥": "≥", "<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥",
    "kurang dari": "<", "di bawah": "<", "lebih dari": ">", "di atas": ">",
    "maks": "≤", "maks.": "≤", "maksimal": "≤", "maksimum": "≤", "paling banyak": "≤", "paling lama": "≤",
    "paling lambat": "≤", "paling tinggi": "≤", "tidak lebih dari": "≤", "selambat-lambatnya": "≤",
    "min": "≥", "min.": "≥", "minimal": "≥", "minimum": "≥", "paling sedikit": "≥", "paling rendah": "≥",
    "tidak kurang dari": "≥", "sekurang-kurangnya": "≥", "setidaknya": "≥",
}  # fmt: skip
# What a number is spelled out with: 1 (satu) dokumen.
SPELLED = frozenset(
    {
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
        "belas", "puluh", "seratus", "ratus", "seribu", "ribu", "juta", "miliar", "koma", "persen",
    }
)  # fmt: skip
POWERS = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12}
# What is written in several ways, and how it is read.
SAME = (
    (re.compile(r"(?<=[0-9])\s*persen\b", re.IGNORECASE), "%"),
    (re.compile(r"(?<=[0-9])\s*‰"), "/1000"),
    (re.compile(r"\b(rp\.?\s*[0-9][0-9.,]*)\s*m\b\.?", re.IGNORECASE), r"\1 miliar"),
    (re.compile(r"\b(rp\.?\s*[0-9][0-9.,]*)\s*t\b\.?", re.IGNORECASE), r"\1 triliun"),
    (re.compile(r"\b(rp\.?)\s*([-−–(])(?=[0-9])", re.IGNORECASE), r"\2\1"),
    (re.compile(r"antara (.+) dan (.+)", re.IGNORECASE), r"\1-\2"),
    # How a spreadsheet shows no money.
    (re.compile(r"rp\.?\s*[-−–]", re.IGNORECASE), "-"),
)
# Opinions of the BPK, from the lowest to the highest: their letters, and what else they are called.
OPINIONS = (
    ("tmp", "tidak memberikan pendapat", "tidak menyatakan pendapat", "menolak memberikan pendapat", "disclaimer"),
    ("tw", "tidak wajar", "adverse"),
    ("wdp", "wajar dengan pengecualian"),
    (
        "wtp dpp", "wajar tanpa pengecualian dengan paragraf penjelasan", "wtp dengan paragraf penjelasan",
        "wajar tanpa pengecualian dengan paragraf penjelas", "wtp dengan paragraf penjelas",
    ),
    ("wtp", "wajar tanpa pengecualian"),
)  # fmt: skip
# Classes that everybody orders alike, from the lowest to the highest: PermenPANRB 88/2021 in letters and in words,
# PermenPANRB 6/2022 of a person and of what was to be done, PP 46/2011.
CLASSES = (
    ("d", "c", "cc", "b", "bb", "a", "aa"),
    ("sangat kurang", "kurang", "cukup", "baik", "sangat baik", "memuaskan", "sangat memuaskan"),
    ("sangat kurang", "kurang", "butuh perbaikan", "baik", "sangat baik"),
    ("di bawah ekspektasi", "sesuai ekspektasi", "di atas ekspektasi"),
    ("buruk", "kurang", "cukup", "baik", "sangat baik"),
)
# Units of measure of what is counted one by one.
COUNTED = frozenset(
    {
        "kasus", "orang", "jiwa", "dokumen", "berkas", "laporan", "desa", "kelurahan", "kegiatan", "unit", "usaha",
        "paket", "buah", "kali", "lembar", "rumah", "lembaga", "perkara", "temuan", "aduan", "pengaduan", "peserta",
        "pegawai", "sekolah", "ekor", "titik", "kelompok", "layanan", "surat", "rekomendasi",
    }
)  # fmt: skip
# A row that sums up the others and is no indicator itself; "rata-rata lama sekolah" is one.
SUMS_UP = re.compile(
    r"(?:(?:nilai |capaian |jumlah )?(?:rata[- ]?rata|rerata)(?: (?:capaian|kinerja|total|keseluruhan).*)?|jumlah|total"
    r"|total capaian.*|jumlah capaian.*)[ :.]*"
)
# A label beside a figure: whether it says that the target was reached.
REACHED = {"tercapai": True, "belum tercapai": False, "tidak tercapai": False}
PERCENT = frozenset({"%", "persen", "persentase", "percent"})
# What is counted by how much it grew, or against a plan, may well be above a hundred.
_GROWS = re.compile(
    r"pertumbuhan|peningkatan|kenaikan|penurunan|laju|perubahan|selisih|deviasi|surplus|rasio|capaian|realisasi|serapan"
    r"|inflasi|penerimaan|pendapatan",
    re.IGNORECASE,
)


def is_percentage(unit: str) -> bool:
    return unit.strip().casefold() in PERCENT


def is_share(indicator: str, unit: str) -> bool:
    """Whether an indicator of this name and unit of measure is a share of a whole."""
    return is_percentage(unit) and not _GROWS.search(indicator)


# What columns are called that tell rows of the same indicator apart: when it was, and whose it is.
PERIODS = frozenset(
    {
        "tahun", "year", "periode", "period", "triwulan", "tribulan", "tw", "semester", "bulan", "quarter", "month",
        "tahun anggaran",
    }
)  # fmt: skip
# A period that the heading of a column names, in small letters.
PERIOD_NAMED = re.compile(
    r"\b(?:(?P<part>tw|triwulan|tribulan|semester|smt)\.?[ -]?(?P<no>iv|iii|ii|i|[1-4])\b"
    r"|(?:tahun )?(?P<year>(?:19|20)[0-9]{2})\b"
    r"|(?P<month>januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b)"
)
OWNERS = frozenset(
    {
        "instansi", "agency", "kantor", "opd", "skpd", "perangkat daerah", "unit kerja", "satuan kerja", "satker",
        "kecamatan", "dinas", "bidang", "seksi", "nip", "nama pegawai", "pegawai",
    }
)  # fmt: skip
# What the columns of a national record of people's results (e-Kinerja, SKP) are called in exports, the likeliest first.
RECORD_HEADINGS = {
    "nip": (
        "NIP Pegawai", "NIP/NIPPPK", "NIP / NI PPPK", "NIP ASN", "NIP Baru", "NIPPPK", "NI PPPK", "Nomor Induk Pegawai",
    ),
    "name": ("Nama Pegawai", "Nama Lengkap", "Nama ASN", "Pegawai"),
    "code": ("Kode IKI", "Kode indikator kinerja"),
    "result": (
        "Rencana hasil kerja", "Rencana hasil kerja (RHK)", "RHK", "Rencana kinerja", "Uraian hasil kerja",
    ),
    "indicator": ("Indikator kinerja individu (IKI)", "IKI", "Indikator kinerja", "Indikator"),
    "actual": ("Realisasi kinerja", "Nilai realisasi", "Capaian kinerja"),
    "reference": (
        "Nomor referensi", "No referensi", "Referensi", "ID referensi", "ID", "ID SKP", "ID kinerja", "ID e-Kinerja",
        "Kode referensi",
    ),
    "period": ("Periode penilaian", "Periode kinerja", "Triwulan"),
    "month": ("Bulan penilaian", "Bulan kinerja"),
    "year": ("Tahun penilaian", "Tahun kinerja"),
}  # fmt: skip
# What the columns are called that say on which signed paper a figure stands.
PAPER_HEADINGS = {
    "number": ("No. dokumen", "Nomor dokumen", "Sumber", "Nomor"),
    "signed_on": ("Tanggal dokumen", "Tanggal"),
}
