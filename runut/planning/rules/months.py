"""The months in which an indicator is measured (bulan ukur), as they are written and read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runut.lib.dates import MONTHS, month_number
from runut.lib.errors import Refused

_BETWEEN = re.compile(r"[,;/]|\s+dan\s+")


def read_months(text: str) -> list[int]:
    """1 to 12 in their order, of names or numbers with commas between; Refused names what is no month."""
    found = set()
    for part in _BETWEEN.split(text):
        word = part.strip().rstrip(".")
        if not word:
            continue
        month = month_number(word)
        if month is None or not 1 <= month <= 12:
            sentence = _("“%(word)s” bukan nama bulan. Tulis misalnya: Juni, Desember.")
            raise Refused(sentence % {"word": word}, code="months")
        found.add(month)
    return sorted(found)


def written_months(months: Sequence[int]) -> str:
    """Juni, Desember; in the reader's language."""
    names = MONTHS["en" if get_language() == "en" else "id"]
    return ", ".join(names[month - 1] for month in months)


def is_measured_in(months: Sequence[int], quarter: int) -> bool:
    """Whether a quarter has one of them; a year has all (0), and no months leave it open."""
    return not months or quarter == 0 or any((month + 2) // 3 == quarter for month in months)
