"""What was spent of what was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from runut.lib.numbers import round_half_up
from runut.planning.rules.codes import parent_code


@dataclass(frozen=True, slots=True)
class Summed:
    """Amounts by code. found: its own, else the sum of what lies under it. differing: that sum, where both are known
    and are not the same."""

    found: Mapping[str, Decimal]
    differing: Mapping[str, Decimal]


def summed(codes: Iterable[str], own: Mapping[str, Decimal]) -> Summed:
    """The amounts of a tree of codes, from the deepest up, so that what lies under a code is known before it."""
    found, differing = dict(own), dict[str, Decimal]()
    below = defaultdict[str, list[Decimal]](list)
    for code in sorted(codes, key=len, reverse=True):
        under = sum(below[code], Decimal(0)) if below[code] else None
        if under is not None and code not in found:
            found[code] = under
        elif under is not None and under != found[code]:
            differing[code] = under
        if code in found:
            below[parent_code(code)].append(found[code])
    return Summed(found, differing)


def absorption(ceiling: Decimal | None, spent: Decimal | None) -> Decimal | None:
    """Spent as a percentage of the ceiling (serapan), two decimals; None where there is no ceiling or nothing known."""
    if not ceiling or spent is None:
        return None
    return round_half_up(spent / ceiling * 100, 2)


def overspent(amounts: Mapping[int, Decimal]) -> tuple[Decimal, Decimal] | None:
    """Spent and ceiling where more was spent than was given. amounts: 0 the ceiling, 1 to 4 spent until then."""
    spent = max((amount for quarter, amount in amounts.items() if quarter), default=Decimal(0))
    ceiling = amounts.get(0)
    return (spent, ceiling) if ceiling is not None and spent > ceiling else None
