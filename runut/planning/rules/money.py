"""What was spent of what was given."""

from __future__ import annotations

from decimal import Decimal

from runut.lib.numbers import round_half_up


def absorption(ceiling: Decimal | None, spent: Decimal | None) -> Decimal | None:
    """Spent as a percentage of the ceiling (serapan), two decimals; None where there is no ceiling or nothing known."""
    if not ceiling or spent is None:
        return None
    return round_half_up(spent / ceiling * 100, 2)
