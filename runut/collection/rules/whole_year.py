"""A year's value out of its quarters.

Of a quotient the components are put together and not its results: 1 of 2 and 98 of 98 are 99 of 100, not the mean of
50 and 100 per cent. Where the dictionary adds up or takes a mean, that is the sum of the numerators over the sum of the
denominators; the last quarter, or what was released, stands for itself, with its components.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from runut.collection.rules.averages import gather
from runut.collection.rules.components import NO_PARTS, Parts, Worked, realised
from runut.lib.dates import short_quarter
from runut.lib.errors import Refused
from runut.lib.numbers import format_number
from runut.lib.reading import fits

# How a dictionary combines quarters by putting their components together.
TOGETHER = ("cumulative", "average")


class Combined(Worked, Protocol):
    """How the dictionary makes a year of it."""

    @property
    def is_quotient(self) -> bool: ...
    @property
    def aggregation(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Quarterly:
    """What was measured in a quarter, with its components as far as they are known."""

    quarter: int
    amount: Decimal
    parts: Parts = NO_PARTS


@dataclass(frozen=True, slots=True)
class WholeYear:
    """The year's value. words: how it came about of several quarters. reason: why there is none where quarters are.

    quarters: those that it is made of.
    """

    amount: Decimal | None
    parts: Parts = NO_PARTS
    words: str = ""
    reason: str = ""
    quarters: tuple[int, ...] = ()


def whole_year(measured: Sequence[Quarterly], version: Combined, terms: Mapping[str, object]) -> WholeYear:
    """The year's value from its quarters in order. terms: the office's own words."""
    if not version.is_quotient or version.aggregation not in TOGETHER or not measured:
        used = measured if version.aggregation in TOGETHER else measured[-1:]
        amount = gather([each.amount for each in measured], version.aggregation)
        words = _joined(used, amount, version.aggregation, terms)
        parts = _kept(used[0], version) if len(used) == 1 else NO_PARTS
        return WholeYear(amount, parts, words, quarters=tuple(each.quarter for each in used))
    if lacking := [each.quarter for each in measured if not each.parts.are_known]:
        sentence = _("%(quarters)s belum punya pembilang dan penyebut, jadi nilai setahun tidak dihitung.")
        return WholeYear(None, reason=sentence % {"quarters": named_quarters(lacking, terms)})
    tops = [each.parts.numerator for each in measured if each.parts.numerator is not None]
    bottoms = [each.parts.denominator for each in measured if each.parts.denominator is not None]
    parts = Parts(sum(tops, Decimal(0)), sum(bottoms, Decimal(0)))
    try:
        amount = _checked(parts, version)
    except Refused as refusal:
        return WholeYear(None, reason=refusal.sentence)
    words = _("%(quarters)s: %(over)s %(tops)s dibagi %(under)s %(bottoms)s, dikali %(factor)s = %(result)s.") % {
        "over": version.numerator, "tops": _added(tops), "under": version.denominator, "bottoms": _added(bottoms),
        "factor": format_number(version.multiplier), "result": format_number(amount),
        "quarters": named_quarters([each.quarter for each in measured], terms),
    }  # fmt: skip
    return WholeYear(amount, parts, words, quarters=tuple(each.quarter for each in measured))


def _kept(last: Quarterly, version: Combined) -> Parts:
    """The components of a quarter that stands for the year, while the year's definition makes its value of them."""
    parts = last.parts
    if not version.is_quotient or not parts.are_known or parts.denominator == 0:
        return NO_PARTS
    return parts if realised(parts, version) == last.amount else NO_PARTS


def _joined(used: Sequence[Quarterly], amount: Decimal | None, aggregation: str, terms: Mapping[str, object]) -> str:
    """How several results became one; "" where one stands for itself."""
    if len(used) < 2:
        return ""
    sentence = _("%(quarters)s dirata-ratakan: (%(sum)s) dibagi %(n)s = %(result)s.")
    if aggregation == "cumulative":
        sentence = _("%(quarters)s dijumlahkan: %(sum)s = %(result)s.")
    return sentence % {
        "quarters": named_quarters([each.quarter for each in used], terms), "n": len(used),
        "sum": " + ".join(format_number(each.amount) for each in used), "result": format_number(amount),
    }  # fmt: skip


def _checked(parts: Parts, version: Worked) -> Decimal | None:
    if parts.denominator == 0:
        raise Refused(_("Jumlah penyebutnya nol, jadi nilai setahun tidak dihitung."))
    if any(each is not None and not fits(each) for each in (parts.numerator, parts.denominator)):
        raise Refused(_("Hasil hitungnya terlalu besar. Periksa pembilang dan penyebutnya."))
    return realised(parts, version)


def _added(numbers: Sequence[Decimal]) -> str:
    """(45 + 50 = 95); a single number stands for itself."""
    if len(numbers) == 1:
        return format_number(numbers[0])
    return f"({' + '.join(map(format_number, numbers))} = {format_number(sum(numbers, Decimal(0)))})"


def named_quarters(quarters: Sequence[int], terms: Mapping[str, object]) -> str:
    """TW I, TW III."""
    return ", ".join(short_quarter(quarter, terms) for quarter in quarters)
