"""What the rules know about words, laws and offices. Keep it small; each row once stood in a real SOP."""

# pattern in the printed text -> the right word
SPELLING = {
    r"\bstandart\b": "standar",
    r"\brealiasi\b": "realisasi",
    r"\bmenganalis\b": "menganalisis",
    r"\bmasing2\b": "masing-masing",
    r"\byg\b": "yang",
    r"\bmerevies\b": "mereviu",
    r"\bmereview\b": "mereviu",
    r"\breview\b": "reviu",
    r"\bmenteri pab\b": "Menteri PAN",
    r"\bmutu buku\b": "mutu baku",
    r"\bpencatatan dan pendapatan\b": "pencatatan dan pendataan",
}

# words for one and the same thing, the first is the one to use
TERMS = (
    ("LKjIP", "LAKIP", "LkJIP", "LKJiP", "Lakip"),
    ("Perjanjian Kinerja", "Penetapan Kinerja"),
)

# nomenclature of jabatan: printed -> full
JOBS = {r"\bsusunan program\b": "Penyusunan Program"}

# kind, number, year -> what is in force instead
REPLACED = {
    ("PP", 79, 2005): "PP 12/2017",
    ("PP", 8, 2008): "Permendagri 86/2017",
    ("PP", 46, 2011): "PP 30/2019",
    ("Perpres", 81, 2010): "rencana induk reformasi birokrasi yang berlaku sesudah 2025",
    ("Permendagri", 54, 2010): "Permendagri 86/2017",
    ("PermenPANRB", 29, 2010): "PermenPANRB 53/2014",
    ("PermenPANRB", 25, 2012): "PermenPANRB 88/2021",
    ("PermenPANRB", 20, 2013): "PermenPANRB 88/2021",
    ("PermenPANRB", 8, 2021): "PermenPANRB 6/2022",
    ("KepmenPAN", 135, 2004): "PermenPANRB 88/2021",
}

# a law that changes another
AMENDS = {("PP", 72, 2019): ("PP", 18, 2016)}

# words of which one must stand in the title
TITLES = {
    ("UU", 30, 2014): ("administrasi pemerintahan",),
    ("UU", 23, 2014): ("pemerintahan daerah",),
    ("PP", 60, 2008): ("pengendalian intern",),
    ("PP", 8, 2006): ("pelaporan keuangan dan kinerja",),
    ("Perpres", 29, 2014): ("sistem akuntabilitas kinerja", "sakip"),
    ("PermenPANRB", 53, 2014): ("perjanjian kinerja",),
    ("PermenPANRB", 19, 2018): ("peta proses bisnis",),
}

# kinds of office, and jabatan that only one kind has
OFFICE_KINDS = ("inspektorat", "kecamatan", "dinas", "badan")
LANES_OF = {"evlap": "inspektorat"}

# words that say nothing about what an SOP is for
STOP_WORDS = {
    "dalam",
    "dapat",
    "dari",
    "dengan",
    "kemampuan",
    "mekanisme",
    "memahami",
    "memiliki",
    "mengenai",
    "menguasai",
    "pada",
    "pemahaman",
    "pengumpulan",
    "penyusunan",
    "prosedur",
    "tentang",
    "terkait",
    "untuk",
    "yang",
}

# qualifications that fit every SOP about data kinerja
COMMON_SKILLS = {
    "data",
    "indikator",
    "kinerja",
    "komputer",
    "laporan",
    "pelaporan",
    "sakip",
}

ABILITY = (
    r"\b(?:mampu|memahami|mengerti|menguasai|memiliki|mengetahui|dapat|berpendidikan|pendidikan|kemampuan"
    r"|pernah|terampil)"
)
VAGUE = {"dokumen", "berkas", "data", "-"}
NOT_VERBS = {
    "bersama",
    "berikut",
    "berita",
    "berkas",
    "berdasarkan",
    "bertanda",
    "mekanisme",
    "melalui",
    "menengah",
    "mengenai",
    "menit",
    "menjadi",
    "menteri",
    "menurut",
    "merupakan",
}
SECTIONS = {
    "legal_basis": "dasar hukum",
    "qualifications": "kualifikasi pelaksana",
    "related": "keterkaitan",
    "equipment": "peralatan",
    "warnings": "peringatan",
    "records": "pencatatan dan pendataan",
}
