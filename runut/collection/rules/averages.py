"""What is worked out of several figures: a year out of its quarters, a mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.collection.rules.achievement import Achievement
from runut.collection.rules.formulas import WIDE
from runut.lib.numbers import format_percent, round_half_up

# So many addends of a mean are named; of more, their sum.
MOST_ADDENDS = 12


def gather(amounts: Sequence[Decimal], aggregation: str) -> Decimal | None:
    """The year's value from its quarters in order: their sum, their mean, or the last of them.

    `last` also serves what an outside body releases once a year (`release`): the released value is the only one.
    """
    if not amounts:
        return None
    if aggregation == "cumulative":
        return sum(amounts, Decimal(0))
    if aggregation == "average":
        return round_half_up(WIDE.divide(sum(amounts, Decimal(0)), Decimal(len(amounts))), 6)
    return amounts[-1]


def average(achievements: Iterable[Achievement]) -> Decimal | None:
    """The mean of those that have a percentage, two decimals; None when none has."""
    found = [each.percent for each in achievements if each.percent is not None]
    return round_half_up(WIDE.divide(sum(found, Decimal(0)), Decimal(len(found))), 2) if found else None


def average_told(achievements: Sequence[Achievement], unmeasured: int = 0) -> str:
    """How such a mean came about, in sentences; "" when there is none. unmeasured: how many are in no form."""
    mean = average(achievements)
    if mean is None:
        return ""
    counted = [each.percent for each in achievements if each.percent is not None]
    amount = " + ".join(map(format_percent, counted))
    if len(counted) > MOST_ADDENDS:
        amount = format_percent(sum(counted, Decimal(0)))
    words = {"n": len(counted), "sum": amount, "mean": format_percent(mean)}
    told = _("Rata-rata %(n)s capaian: jumlah %(sum)s dibagi %(n)s = %(mean)s.") % words
    if left := len(achievements) - len(counted):
        told += " " + _("Yang tanpa persentase tidak ikut: %(n)s.") % {"n": left}
    if unmeasured:
        told += " " + _("Tidak ada di formulir periode ini, jadi tidak diukur: %(n)s.") % {"n": unmeasured}
    return told


def is_below(level: str) -> bool:
    """Whether an achievement of this class has missed its target."""
    return level in ("nearly", "low", "critical")


def count_reached(levels: Iterable[str]) -> tuple[int, int]:
    """How many reached their target (achieved or exceeded), and of how many that can be told."""
    counted = [level for level in levels if level not in ("", "none")]
    return sum(level in ("exceeded", "achieved") for level in counted), len(counted)
