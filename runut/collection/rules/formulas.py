"""The formulas by which a number is held against its target. Each gives a percentage, and in sentences how it came out.

| method | formula | for |
|---|---|---|
| positive | R ÷ T × 100 | more is better |
| negative | (2T − R) ÷ T × 100, also written (1 + (1 − R ÷ T)) × 100 | less is better |
| inverse | T ÷ R × 100 | less is better, as some offices count it |
| reduction | (T − R) ÷ T × 100 | how much of a burden is gone |
| (a range) | inside 100; above R ÷ upper end × 100; below R ÷ lower end × 100 | a target from … to … |
| maximum | at most T: 100; above it as negative | a limit that is kept or not |

Where less is better, below a range counts as in it.
Source: PermenPANRB 53/2014 (measurement) and the forms that agencies publish. Numbers are decimals, never floats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.lib.numbers import format_percent

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


# Put together when they are read: most pages show many numbers, and no sentences.
Words = Callable[[], str]


def no_words() -> str:
    """There is nothing to work out."""
    return ""


@dataclass(frozen=True, slots=True)
class Counted:
    """percent: as the formula gives it, neither rounded nor bounded; None with the `reason` why there is none.

    words: how it came about, as whole sentences with the numbers in them.
    """

    percent: Decimal | None
    words: Words = no_words
    reason: str = ""


Shown = Callable[[Decimal], str]
# How the value is written, and what it is held against: "target 84", "batas atas 90".
Operands = Callable[[], Mapping[str, str]]


def count(method: str, value: Decimal, goal: Goal, shown: Shown) -> Counted:
    """One value against its goal. `shown` writes an operand; `method` is one of `METHODS`."""
    if goal.is_range:
        return _range(method, value, goal, shown)
    if goal.bound:
        return _bound(method, value, goal, shown)

    def operands() -> dict[str, str]:
        return {"value": shown(value), "aim": _("target %(number)s") % {"number": shown(goal.low)}}

    return METHODS[method](value, goal.low, operands)


def _more() -> str:
    return _("Indikator positif: makin tinggi makin baik.")


def _less() -> str:
    return _("Indikator negatif: makin rendah makin baik.")


def _near_is_better() -> str:
    return _("Makin dekat dengan target makin baik.")


def _positive(value: Decimal, target: Decimal, operands: Operands, direction: Words = _more) -> Counted:
    if target == 0:
        return _no_promise(value)
    sentence = gettext_noop("Realisasi %(value)s dibagi %(aim)s, dikali 100 = %(percent)s.")
    return _divided(value, target, sentence, operands, direction)


def _negative(value: Decimal, target: Decimal, operands: Operands, direction: Words = _less) -> Counted:
    if target == 0:
        return _nothing_wanted(value)
    sentence = gettext_noop(
        "Dua kali %(aim)s dikurangi realisasi %(value)s, lalu dibagi %(aim)s dan dikali 100 = %(percent)s."
    )
    return _divided(WIDE.subtract(2 * target, value), target, sentence, operands, direction)


def _inverse(value: Decimal, target: Decimal, operands: Operands) -> Counted:
    if value == 0 and target == 0:
        return _nothing_wanted(value)
    if value == 0:
        return Counted(None, reason=_("Realisasi nol, jadi target tidak dapat dibagi realisasi."))
    sentence = gettext_noop("%(Aim)s dibagi realisasi %(value)s, dikali 100 = %(percent)s.")
    return _divided(target, value, sentence, operands, _less)


def _reduction(value: Decimal, target: Decimal, operands: Operands) -> Counted:
    if target == 0:
        return _nothing_wanted(value)
    sentence = gettext_noop("%(Aim)s dikurangi realisasi %(value)s, lalu dibagi %(aim)s dan dikali 100 = %(percent)s.")
    return _divided(WIDE.subtract(target, value), target, sentence, operands, _less)


def _maximum(value: Decimal, target: Decimal, operands: Operands) -> Counted:
    if value <= target:
        return _as_hundred(_("Realisasi %(value)s tidak melebihi %(aim)s, jadi capaiannya %(percent)s."), operands())
    return _after(_("Realisasi melebihi batasnya."), _negative(value, target, operands))


def _near(value: Decimal, target: Decimal, operands: Operands) -> Counted:
    """Missed above counts like missed below: what matters is how near the target is."""
    if target == 0:
        return _nothing_wanted(value)
    missed = _negative if value > target else _positive
    return missed(value, target, operands, _near_is_better)


METHODS: dict[str, Callable[[Decimal, Decimal, Operands], Counted]] = {
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
LESS_IS_BETTER = ("negative", "inverse", "reduction", "maximum")


def _range(method: str, value: Decimal, goal: Goal, shown: Shown) -> Counted:
    """Where less is better, below the range is as good as in it, and above it counts down from its upper end."""
    told = {"value": shown(value), "low": shown(goal.low), "high": shown(goal.high)}
    if goal.low <= value <= goal.high:
        inside = _("Realisasi %(value)s ada di dalam rentang target %(low)s–%(high)s, jadi capaiannya %(percent)s.")
        return _as_hundred(inside, told)
    if value < goal.low and method not in ("positive", *NEAR):
        below = _("Realisasi %(value)s di bawah rentang target %(low)s–%(high)s, jadi capaiannya %(percent)s.")
        return _after("", _as_hundred(below, told), _less())
    if value > goal.high:
        end, aim = goal.high, _("batas atas %(number)s")
        where = _("Realisasi di atas rentang target %(low)s–%(high)s, jadi dihitung dari batas atasnya.")
    else:
        end, aim = goal.low, _("batas bawah %(number)s")
        where = _("Realisasi di bawah rentang target %(low)s–%(high)s, jadi dihitung dari batas bawahnya.")
    if end == 0 and method == "positive":
        return Counted(None, reason=_("Ujung rentang target nol, jadi persentase capaian tidak dapat dihitung."))
    counted = METHODS[method](value, end, lambda: {"value": told["value"], "aim": aim % {"number": shown(end)}})
    return _after(where % told, counted)


def _bound(method: str, value: Decimal, goal: Goal, shown: Shown) -> Counted:
    """An upper bound is kept or counted down from; a lower bound counts as a target to reach."""
    told = {"value": shown(value), "bound": goal.bound, "number": shown(goal.high)}
    if goal.bound not in ("<", "≤"):
        aim = _("batas bawah %(number)s") % told
        return _positive(value, goal.low, lambda: {"value": told["value"], "aim": aim})
    if goal.kept(value):
        kept = _("Realisasi %(value)s memenuhi target %(bound)s %(number)s, jadi capaiannya %(percent)s.")
        return _as_hundred(kept, told)
    broken = _("Realisasi %(value)s tidak memenuhi target %(bound)s %(number)s.") % told
    how = METHODS["negative" if method in ("positive", "maximum", *NEAR) else method]
    operands = {"value": told["value"], "aim": _("batas %(number)s") % told}
    return _after(broken, how(value, goal.high, lambda: operands))


def _divided(part: Decimal, whole: Decimal, sentence: str, operands: Operands, direction: Words) -> Counted:
    """The sentence, with its result, and in which direction better lies."""
    if whole < 0:
        return Counted(None, reason=_("Target negatif, jadi persentase capaian tidak dapat dihitung."))
    percent = WIDE.divide(WIDE.multiply(part, HUNDRED), whole)

    def words() -> str:
        told = operands()
        first = told["aim"]
        told = {**told, "Aim": first[:1].upper() + first[1:], "percent": format_percent(percent)}
        return f"{_(sentence) % told} {direction()}"

    return Counted(percent, words)


def _as_hundred(sentence: str, told: Mapping[str, str]) -> Counted:
    words = sentence % {**told, "percent": format_percent(HUNDRED)}
    return Counted(HUNDRED, lambda: words)


def _after(before: str, counted: Counted, after: str = "") -> Counted:
    """With sentences before and after its own, where there is a percentage."""
    if counted.percent is None:
        return counted
    return Counted(counted.percent, lambda: " ".join(filter(None, (before, counted.words(), after))), counted.reason)


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
        reached = _as_hundred(_("Target nol dan realisasi nol, jadi capaiannya %(percent)s."), {})
        return Counted(HUNDRED, reached.words, _("Target nol dan realisasi nol: tercapai."))
    return Counted(None, reason=_("Target nol sedangkan realisasi tidak nol, jadi tidak dapat dihitung."))
