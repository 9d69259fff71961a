"""A realised value that is worked out from two numbers: its numerator, its denominator and the dictionary's factor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from runut.collection.rules.formulas import WIDE
from runut.lib.errors import Refused
from runut.lib.numbers import format_number, round_half_up, typed_number
from runut.lib.reading import Sign, fits, read_number

# Between the two where both are typed into one cell.
BETWEEN = ("/", "÷")


class Worked(Protocol):
    """What the dictionary says of it; both names are "" where a value is no quotient."""

    @property
    def numerator(self) -> str: ...
    @property
    def denominator(self) -> str: ...
    @property
    def multiplier(self) -> Decimal: ...
    @property
    def decimals(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Both components as far as they are known."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def are_known(self) -> bool:
        return self.numerator is not None and self.denominator is not None

    @property
    def is_empty(self) -> bool:
        return self.numerator is None and self.denominator is None


# What is no quotient, and a quotient of which nothing is known yet.
NO_PARTS = Parts()


def read_parts(numerator: str, denominator: str, sign: Sign = "comma") -> Parts:
    """Both as typed; "45/60" in the first says both. Refused says what is wrong with one of them."""
    for mark in BETWEEN:
        if mark in numerator and not denominator.strip():
            numerator, _mark, denominator = numerator.partition(mark)
    found = Parts(read_number(numerator.strip(), sign), read_number(denominator.strip(), sign))
    if any(each is not None and not fits(each) for each in (found.numerator, found.denominator)):
        raise Refused(_("Angka ini terlalu panjang: paling banyak 18 angka, dan 6 angka di belakang koma."))
    if found.denominator == 0:
        raise Refused(_("Penyebut tidak dapat nol. Bila tidak ada kejadian, laporkan nihil."))
    return found


def realised(parts: Parts, version: Worked) -> Decimal | None:
    """The value, rounded as the dictionary says; None until both are known. The one calculation."""
    if parts.numerator is None or parts.denominator is None:
        return None
    whole = WIDE.divide(WIDE.multiply(parts.numerator, version.multiplier), parts.denominator)
    amount = round_half_up(whole, min(version.decimals, 6))
    if not fits(amount):
        raise Refused(_("Hasil hitungnya terlalu besar. Periksa pembilang dan penyebutnya."))
    return amount


def worked_out(parts: Parts, version: Worked) -> str:
    """How the value came about, in words; "" unless both components are known."""
    if not parts.are_known:
        return ""
    return _("%(over)s %(a)s dibagi %(under)s %(b)s, dikali %(factor)s = %(result)s.") % {
        "over": version.numerator, "a": format_number(parts.numerator),
        "under": version.denominator, "b": format_number(parts.denominator),
        "factor": format_number(version.multiplier), "result": format_number(realised(parts, version)),
    }  # fmt: skip


def typed_parts(parts: Parts) -> str:
    """Both in one cell, as they are typed there."""
    return "" if parts.is_empty else f"{typed_number(parts.numerator)}/{typed_number(parts.denominator)}"
