"""What was reached, held against the share of the money that was spent on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Efficiency = Literal["efficient", "fair", "inefficient"]
# Percentage points between achievement and absorption within which the two keep step.
IN_STEP = Decimal(5)


def efficiency(achieved: Decimal | None, absorbed: Decimal | None) -> Efficiency | None:
    """Both in per cent. None where either is not known, or where more was spent than was given: that is first an error
    of the budget (a change that was not recorded)."""
    if achieved is None or absorbed is None or absorbed > 100:
        return None
    ahead = achieved - absorbed
    if abs(ahead) <= IN_STEP:
        return "fair"
    return "efficient" if ahead > 0 else "inefficient"
