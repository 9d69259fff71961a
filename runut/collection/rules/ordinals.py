"""Predicates that have an order of their own in every office: opinions, grades of accountability, levels."""

from __future__ import annotations

import re
from decimal import Decimal

# From the lowest to the highest; what stands together has one rank.
_ORDERS: tuple[tuple[frozenset[str], ...], ...] = (
    # Opinions of the BPK: disclaimer and adverse, qualified, unqualified.
    (frozenset({"tmp", "tw"}), frozenset({"wdp"}), frozenset({"wtp dpp", "wtp-dpp"}), frozenset({"wtp"})),
    # PermenPANRB 88/2021.
    tuple(frozenset({name}) for name in ("d", "c", "cc", "b", "bb", "a", "aa")),
)
_LEVEL = re.compile(r"(?:level|lv\.?|tingkat)\s*(?P<no>[0-9]+(?:[.,][0-9]+)?)\s*(?P<plus>plus|\+)?")


def plain(predicate: str) -> str:
    """A predicate as it is compared: one space between words, no capitals."""
    return " ".join(predicate.split()).casefold()


def known_ranks(text: str, target: str) -> tuple[Decimal, Decimal] | None:
    """The ranks of both in an order that holds them; None when no known order holds both."""
    text, target = plain(text), plain(target)
    for order in _ORDERS:
        ranks = {name: Decimal(place) for place, names in enumerate(order, start=1) for name in names}
        if text in ranks and target in ranks:
            return ranks[text], ranks[target]
    first, second = _LEVEL.fullmatch(text), _LEVEL.fullmatch(target)
    return (_level(first), _level(second)) if first and second else None


def _level(match: re.Match[str]) -> Decimal:
    return Decimal(match["no"].replace(",", ".")) + (Decimal("0.5") if match["plus"] else 0)
