"""Words that are read in names and tables of indicators, whatever the reader's language."""

# With these a sasaran begins, not an indicator.
GOAL_WORDS = frozenset(
    {
        "meningkatnya", "menurunnya", "terwujudnya", "tercapainya", "terlaksananya", "terciptanya", "terpenuhinya",
        "terselenggaranya", "optimalnya", "berkurangnya", "membaiknya", "menguatnya", "tersedianya",
    }
)  # fmt: skip

# In a table: how the direction is written, and how quarters become a year; the first of each is what is written out.
DIRECTIONS = {"naik": "positive", "turun": "negative", "positif": "positive", "negatif": "negative", "": "positive"}
COMBINED = {
    "akumulasi": "cumulative", "nilai akhir": "last", "rata-rata": "average", "rilis resmi": "release",
    "kumulatif": "cumulative", "posisi": "last", "rilis": "release", "": "last",
}  # fmt: skip
