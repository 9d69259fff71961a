"""The formulas by which a number is held against its target. Each gives a percentage as it comes out, and its words.

| method | formula | for |
|---|---|---|
| positive | R ÷ T × 100 | more is better |
| negative | (2T − R) ÷ T × 100, also written (1 + (1 − R ÷ T)) × 100 | less is better |
| inverse | T ÷ R × 100 | less is better, as some offices count it |
| reduction | (T − R) ÷ T × 100 | how much of a burden is gone |
| (a range) | inside 100; above R ÷ upper end × 100; below R ÷ lower end × 100 | a target from … to … |
| maximum | at most T: 100; above it as negative | a limit that is kept or not |
| stable | (T − |R − T|) ÷ T × 100 | the nearer to the target the better |
| range | inside 100; outside as stable to the nearer end | best from … to … |

Where less is better, below a range counts as in it. Where only nearness counts, a target missed by a tenth is 90,
whether above or below.
Source: PermenPANRB 53/2014 (measurement) and the forms that agencies publish. Numbers are decimals, never floats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal

from django.utils.translation import gettext as _

HUNDRED = Decimal(100)
WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: one number, a range from low to high, or a bound (< ≤ > ≥)."""

    low: Decimal
    high: Decimal
    bound: str = ""

    @classmethod
    def of(cls, number: Decimal) -> Goal:
        return cls(number, number)

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def kept(self, value: Decimal) -> bool:
        """Whether a bound holds."""
        return {"<": value < self.high, "≤": value <= self.high, ">": value > self.low, "≥": value >= self.low}[
            self.bound
        ]


@dataclass(frozen=True, slots=True)
class Counted:
    """percent: as the formula gives it, neither rounded nor bounded; None with the `reason` why there is none.

    words: the formula with the numbers in it.
    """

    percent: Decimal | None
    words: str = ""
    reason: str = ""


Shown = Callable[[Decimal], str]


def count(method: str, value: Decimal, goal: Goal, shown: Shown) -> Counted:
    """One value against its goal. `shown` writes an operand; `method` is one of `METHODS`."""
    if goal.is_range:
        return _range(method, value, goal, shown)
    if goal.bound:
        return _bound(method, value, goal, shown)
    return METHODS[method](value, goal.low, shown)


def _positive(value: Decimal, target: Decimal, shown: Shown) -> Counted:
    if target == 0:
        return _no_promise(value)
    return _divided(value, target, f"{shown(value)} ÷ {shown(target)} × 100")


def _negative(value: Decimal, target: Decimal, shown: Shown) -> Counted:
    if target == 0:
        return _nothing_wanted(value)
    words = f"(2 × {shown(target)} − {shown(value)}) ÷ {shown(target)} × 100"
    return _divided(WIDE.subtract(2 * target, value), target, words)


def _inverse(value: Decimal, target: Decimal, shown: Shown) -> Counted:
    if value == 0 and target == 0:
        return _nothing_wanted(value)
    if value == 0:
        return Counted(None, reason=_("Realisasi nol, jadi target ÷ realisasi tidak dapat dihitung."))
    return _divided(target, value, f"{shown(target)} ÷ {shown(value)} × 100")


def _reduction(value: Decimal, target: Decimal, shown: Shown) -> Counted:
    if target == 0:
        return _nothing_wanted(value)
    words = f"({shown(target)} − {shown(value)}) ÷ {shown(target)} × 100"
    return _divided(WIDE.subtract(target, value), target, words)


def _maximum(value: Decimal, target: Decimal, shown: Shown) -> Counted:
    if value <= target:
        return Counted(HUNDRED, f"{shown(value)} ≤ {shown(target)}")
    return _negative(value, target, shown)


def _near(value: Decimal, target: Decimal, shown: Shown) -> Counted:
    """Missed above counts like missed below: what matters is how near the target is."""
    if target == 0:
        return _nothing_wanted(value)
    return _negative(value, target, shown) if value > target else _positive(value, target, shown)


METHODS: dict[str, Callable[[Decimal, Decimal, Shown], Counted]] = {
    "positive": _positive,
    "negative": _negative,
    "inverse": _inverse,
    "reduction": _reduction,
    "maximum": _maximum,
    "stable": _near,
    "range": _near,
}
# Of these, missing above is as bad as missing below.
NEAR = ("stable", "range")


def _range(method: str, value: Decimal, goal: Goal, shown: Shown) -> Counted:
    """Where less is better, below the range is as good as in it, and above it counts down from its upper end."""
    if goal.low <= value <= goal.high:
        return Counted(HUNDRED, f"{shown(goal.low)} ≤ {shown(value)} ≤ {shown(goal.high)}")
    if method in NEAR:
        return _near(value, goal.low if value < goal.low else goal.high, shown)
    if method != "positive":
        below = Counted(HUNDRED, f"{shown(value)} ≤ {shown(goal.high)}")
        return below if value < goal.low else METHODS[method](value, goal.high, shown)
    end = goal.high if value > goal.high else goal.low
    if end == 0:
        return Counted(None, reason=_("Ujung rentang target nol, jadi persentase capaian tidak dapat dihitung."))
    return _divided(value, end, f"{shown(value)} ÷ {shown(end)} × 100")


def _bound(method: str, value: Decimal, goal: Goal, shown: Shown) -> Counted:
    """An upper bound is kept or counted down from; a lower bound counts as a target to reach."""
    if goal.bound in ("<", "≤"):
        if goal.kept(value):
            return Counted(HUNDRED, f"{shown(value)} {goal.bound} {shown(goal.high)}")
        return METHODS["negative" if method in ("positive", "maximum", *NEAR) else method](value, goal.high, shown)
    return _positive(value, goal.low, shown)


def _divided(part: Decimal, whole: Decimal, words: str) -> Counted:
    if whole < 0:
        return Counted(None, reason=_("Target negatif, jadi persentase capaian tidak dapat dihitung."))
    return Counted(WIDE.divide(WIDE.multiply(part, HUNDRED), whole), words)


def _no_promise(value: Decimal) -> Counted:
    """Nothing was promised where more is better: neither 0 nor 100 would be true."""
    if value == 0:
        return Counted(
            None, reason=_("Target dan realisasi nol: tidak ada yang dijanjikan, jadi tidak dapat dihitung.")
        )
    return Counted(None, reason=_("Target nol sedangkan realisasi tidak nol, jadi tidak dapat dihitung."))


def _nothing_wanted(value: Decimal) -> Counted:
    """Nothing was to happen: it did not, or no percentage tells by how much it did."""
    if value == 0:
        return Counted(HUNDRED, "0 = 0", _("Target nol dan realisasi nol: tercapai."))
    return Counted(None, reason=_("Target nol sedangkan realisasi tidak nol, jadi tidak dapat dihitung."))
