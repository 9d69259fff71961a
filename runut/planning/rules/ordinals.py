"""Predicates that have an order of their own in every office: opinions, grades of accountability, levels, classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from runut.lib.reading import BLANKS, refuse_error
from runut.lib.written import CLASSES, OPINIONS, REACHED
from runut.planning.rules.scales import SHIPPED

_SHORT = {long: names[0] for names in OPINIONS for long in names}
# A word before an opinion or a class that says what it is.
_LED = re.compile(r"(?:opini|predikat|kategori|nilai|peringkat) (?P<rest>.+)")
_WITH_BRACKETS = re.compile(r"(?P<head>[^()]+) \((?P<inner>[^()]+)\)")
_LEVEL = re.compile(r"(?:level|lv\.?|tingkat) ?(?P<no>[0-9](?:[.,][0-9]+)?|iv|v|i{1,3}) ?(?P<plus>plus|\+)?")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


class _Order(NamedTuple):
    """ranks: of each name. turns: whether it runs the other way where less is better, as of a risk."""

    ranks: dict[str, Decimal]
    turns: bool = False


def _order(*names: str, turns: bool = False) -> _Order:
    """From the lowest to the highest."""
    return _Order({name: Decimal(place) for place, name in enumerate(names, start=1)}, turns)


_ORDERS = (
    # Of opinions, disclaimer and adverse have one rank.
    _Order({names[0]: Decimal(max(place, 2)) for place, names in enumerate(OPINIONS, start=1)}),
    *(_order(*names) for names in CLASSES),
    *(
        _order(*(each.name.casefold() for each in reversed(scale.classes)), turns=scale.code == "permendagri_86_2017")
        for scale in SHIPPED
    ),
    _Order({word: Decimal(2 if is_reached else 1) for word, is_reached in REACHED.items()}),
)
_KNOWN = frozenset(name for order in _ORDERS for name in order.ranks)


def read_predicate(text: str, scale: Sequence[str]) -> str | None:
    """The predicate of the scale that is meant, however it is written; without a scale what is written.

    Empty for a blank; None for what is not in the scale. Refused for the error of a spreadsheet.
    """
    text = " ".join(text.split())
    if text in BLANKS:
        return ""
    refuse_error(text)
    alike = [name for name in scale if name.casefold() == text.casefold()]
    alike = alike or [name for name in scale if same_predicate(name, text)]
    return (alike[0] if alike else None) if scale else text


def same_predicate(one: str, other: str) -> bool:
    """Whether both name the same: WTP is Wajar Tanpa Pengecualian, and BB is BB (Sangat Baik)."""
    return not set(_forms(one)).isdisjoint(_forms(other))


def known_ranks(text: str, target: str, less_is_better: bool = False) -> tuple[Decimal, Decimal] | None:
    """The ranks of both in an order that holds them, the higher the better; None when no known order holds both."""
    for order in _ORDERS:
        first, second = (
            next((order.ranks[form] for form in _forms(each) if form in order.ranks), None) for each in (text, target)
        )
        if first is not None and second is not None:
            return (-first, -second) if order.turns and less_is_better else (first, second)
    return _levels(text, target)


def is_level(predicate: str) -> bool:
    return _LEVEL.fullmatch(_forms(predicate)[0]) is not None


def _levels(text: str, target: str) -> tuple[Decimal, Decimal] | None:
    """Of two levels; one of them may be the bare number."""
    if not (is_level(text) or is_level(target)):
        return None
    first, second = (
        _LEVEL.fullmatch(form if form[:1].isalpha() else f"level {form}")
        for form in (_forms(text)[0], _forms(target)[0])
    )
    return (_level(first), _level(second)) if first and second else None


def _forms(predicate: str) -> list[str]:
    """What it is called: in small letters, with single spaces, an opinion by its letters; and so what stands in
    brackets and before them, where that is known."""
    text = " ".join(predicate.split()).casefold()
    brackets = _WITH_BRACKETS.fullmatch(text)
    parts = [_named(brackets[part]) for part in ("head", "inner")] if brackets else []
    return [_named(text), *(part for part in parts if part in _KNOWN)]


def _named(text: str) -> str:
    led = _LED.fullmatch(text)
    bare = " ".join(re.sub(r"[-–—.,]", " ", led["rest"] if led else text).split())
    bare = _SHORT.get(bare, bare)
    return bare if bare in _KNOWN else text


def _level(match: re.Match[str]) -> Decimal:
    number = _ROMAN.get(match["no"], match["no"]).replace(",", ".")
    return Decimal(number) + (Decimal("0.5") if match["plus"] else 0)
