"""Words that are read in names of indicators and never shown."""

# With these a sasaran begins, not an indicator.
GOAL_WORDS = frozenset(
    {
        "meningkatnya", "menurunnya", "terwujudnya", "tercapainya", "terlaksananya", "terciptanya", "terpenuhinya",
        "terselenggaranya", "optimalnya", "berkurangnya", "membaiknya", "menguatnya", "tersedianya",
    }
)  # fmt: skip
