"""Words that are read in names and tables of indicators, whatever the reader's language."""

# With these a sasaran begins, not an indicator.
GOAL_WORDS = frozenset(
    {
        "meningkatnya", "menurunnya", "terwujudnya", "tercapainya", "terlaksananya", "terciptanya", "terpenuhinya",
        "terselenggaranya", "optimalnya", "berkurangnya", "membaiknya", "menguatnya", "tersedianya",
    }
)  # fmt: skip

# Whose value says how good a place or a service is: it is not made of parts that could be added.
INDEX_WORDS = frozenset({"indeks", "index", "skor", "rating"})

# In a table: how the direction is written, and how quarters become a year; the first of each is what is written out.
DIRECTIONS = {
    "naik": "positive", "turun": "negative", "rentang": "range", "stabil": "stable", "positif": "positive",
    "negatif": "negative", "": "positive",
}  # fmt: skip
COMBINED = {
    "akumulasi": "cumulative", "nilai akhir": "last", "rata-rata": "average", "rilis resmi": "release",
    "kumulatif": "cumulative", "posisi": "last", "rilis": "release", "": "last",
}  # fmt: skip
# What a value is; "ordinal" and "yes_no" are words, all others numbers.
VALUES = {
    "angka": "number", "persen": "percent", "indeks": "index", "rasio": "ratio", "rupiah": "rupiah", "waktu": "time",
    "predikat": "ordinal", "ya/tidak": "yes_no", "%": "percent", "ordinal": "ordinal", "ya-tidak": "yes_no",
}  # fmt: skip
CASCADED = {"cp": "map", "c": "direct", "n": "none", "peta": "map", "non-peta": "direct", "non-cascading": "none"}
