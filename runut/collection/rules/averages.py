"""What is worked out of several figures: a year out of its quarters, a mean, efficiency, a ratio out of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from runut.collection.rules.achievement import Achievement
from runut.collection.rules.formulas import HUNDRED, WIDE
from runut.lib.errors import Refused
from runut.lib.numbers import round_half_up

Thrift = Literal["efficient", "enough", "wasteful"]

# Achievement less absorption, in points of percentage.
THRIFT_FROM = Decimal(5)


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


@dataclass(frozen=True, slots=True)
class Mean:
    """percent: two decimals, None when nothing has a percentage. counted of total were averaged.

    below: how many of them missed their target, which a mean with one large number in it would hide.
    """

    percent: Decimal | None
    counted: int
    total: int
    below: int

    @property
    def words(self) -> str:
        return _("%(counted)s dari %(total)s indikator dihitung") % {"counted": self.counted, "total": self.total}


def mean(achievements: Iterable[Achievement]) -> Mean:
    """The mean of those that have a percentage. What has none is counted in `total` only."""
    every = list(achievements)
    found = [each.percent for each in every if each.percent is not None]
    percent = round_half_up(WIDE.divide(sum(found, Decimal(0)), Decimal(len(found))), 2) if found else None
    return Mean(percent, len(found), len(every), sum(one < HUNDRED for one in found))


def average(achievements: Iterable[Achievement]) -> Decimal | None:
    """The mean of those that have a percentage, two decimals; None when none has."""
    return mean(achievements).percent


def count_reached(levels: Iterable[str]) -> tuple[int, int]:
    """How many reached their target (achieved or exceeded), and of how many that can be told."""
    counted = [level for level in levels if level not in ("", "none")]
    return sum(level in ("exceeded", "achieved") for level in counted), len(counted)


def ratio(numerator: Decimal, denominator: Decimal, times: Decimal = HUNDRED) -> Decimal:
    """A value out of its parts: numerator ÷ denominator × times, six decimals. Refused when nothing is divided by."""
    if denominator == 0:
        raise Refused(_("Penyebut nol, jadi tidak dapat dihitung. Periksa lagi penyebutnya."), code="denominator")
    return round_half_up(WIDE.divide(WIDE.multiply(numerator, times), denominator), 6)


def absorption(spent: Decimal, ceiling: Decimal) -> Decimal | None:
    """Budget spent in per cent of its ceiling (serapan), two decimals; None without a ceiling."""
    return None if ceiling <= 0 else round_half_up(WIDE.divide(WIDE.multiply(spent, HUNDRED), ceiling), 2)


def efficiency(achieved: Decimal | None, absorbed: Decimal | None) -> tuple[Decimal, Thrift] | None:
    """Achievement less absorption in points, and its class: above 5 efficient, below −5 wasteful, enough between."""
    if achieved is None or absorbed is None:
        return None
    points = achieved - absorbed
    if points > THRIFT_FROM:
        return points, "efficient"
    return points, "wasteful" if points < -THRIFT_FROM else "enough"
