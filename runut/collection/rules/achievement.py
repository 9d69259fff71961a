"""The one calculation of an achievement (capaian): a realised value against its target.

In: a value, what its cell says (`measure`), a target and how the indicator counts. Out: a percentage, or the
reason why there is none. Formulas: positive R ÷ T × 100, negative (2T − R) ÷ T × 100. The percentage shown is
never below 0 and never above the indicator's cap; `raw` keeps what the formula gave. The level is read off the
percentage as shown, rounded half up to two decimals, so that a page and its word always agree; a target is reached
from 100 per cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Literal, Protocol

from django.utils.translation import gettext as _

from runut.lib.numbers import format_number, round_half_up

State = Literal["computed", "not_filled", "not_measured", "awaiting_release", "not_computable"]
Level = Literal["exceeded", "achieved", "nearly", "low", "critical", "none"]

HUNDRED = Decimal(100)
# Half-open classes from the top; each holds its lower bound, and below the last one is critical.
EXCEEDED_FROM = Decimal(110)
ACHIEVED_FROM = HUNDRED
NEARLY_FROM = Decimal(90)
LOW_FROM = Decimal(75)
CLASSES: tuple[tuple[Decimal, Level], ...] = (
    (EXCEEDED_FROM, "exceeded"),
    (ACHIEVED_FROM, "achieved"),
    (NEARLY_FROM, "nearly"),
    (LOW_FROM, "low"),
)

_WIDE = Context(prec=60)


class Counted(Protocol):
    """How an indicator counts, as its version says. `scale` runs from the lowest predicate to the highest."""

    @property
    def polarity(self) -> str: ...
    @property
    def value_type(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def cap(self) -> Decimal | None: ...
    @property
    def scale(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Achievement:
    """percent: as shown, two decimals, or None with a `reason`. raw: before cap and floor, not rounded."""

    percent: Decimal | None
    state: State
    reason: str
    level: Level
    derivation: str
    raw: Decimal | None = None

    @property
    def label(self) -> str:
        """The level in a word, or the state where there is no percentage."""
        return _words()[self.level if self.state == "computed" else self.state]


def _words() -> dict[str, str]:
    return {
        "exceeded": _("Melampaui"),
        "achieved": _("Tercapai"),
        "nearly": _("Hampir tercapai"),
        "low": _("Kurang"),
        "critical": _("Kritis"),
        "not_filled": _("Belum diisi"),
        "not_measured": _("Tidak diukur"),
        "awaiting_release": _("Menunggu rilis"),
        "not_computable": _("Tidak dapat dihitung"),
    }


def achievement(
    value: Decimal | None,
    text: str,
    measure: str,
    target: Decimal | None,
    target_text: str,
    version: Counted,
) -> Achievement:
    """The achievement of one value. `text` and `target_text` are predicates of an ordinal indicator."""
    if measure == "not_measured":
        return _without("not_measured", _("Indikator ini tidak diukur pada periode ini."))
    if measure == "awaiting_release":
        return _without("awaiting_release", _("Angkanya belum dirilis oleh penerbitnya."))
    ordinal = version.value_type == "ordinal"
    if measure != "measured" or (not text if ordinal else value is None):
        return _without("not_filled", _("Realisasi belum diisi."))
    if ordinal:
        return _of_ranks(text, target_text, version)
    assert value is not None
    if target is None:
        return _without("not_computable", _("Target belum ditetapkan, jadi capaian tidak dapat dihitung."))
    return _of_numbers(value, target, version)


def average(achievements: Iterable[Achievement]) -> Decimal | None:
    """The mean of those that have a percentage, two decimals; None when none has."""
    found = [each.percent for each in achievements if each.percent is not None]
    if not found:
        return None
    return round_half_up(_WIDE.divide(sum(found, Decimal(0)), Decimal(len(found))), 2)


def gather(amounts: Sequence[Decimal], aggregation: str) -> Decimal | None:
    """The year's value from its quarters in order: their sum, their mean, or the last of them."""
    if not amounts:
        return None
    if aggregation == "cumulative":
        return sum(amounts, Decimal(0))
    if aggregation == "average":
        return round_half_up(_WIDE.divide(sum(amounts, Decimal(0)), Decimal(len(amounts))), 6)
    return amounts[-1]


def level_of(percent: Decimal) -> Level:
    """The class of a percentage, decided on what is shown: rounded half up to two decimals."""
    shown = round_half_up(percent, 2)
    return next((level for bound, level in CLASSES if shown >= bound), "critical")


def count_reached(levels: Iterable[str]) -> tuple[int, int]:
    """How many reached their target (achieved or exceeded), and of how many that have a percentage."""
    counted = [level for level in levels if level not in ("", "none")]
    return sum(level in ("exceeded", "achieved") for level in counted), len(counted)


def _without(state: State, reason: str) -> Achievement:
    return Achievement(None, state, reason, "none", "")


def _of_numbers(value: Decimal, target: Decimal, version: Counted) -> Achievement:
    if target == 0 and value == 0:
        reason = _("Target nol dan realisasi nol: tercapai.")
        return Achievement(Decimal("100.00"), "computed", reason, "achieved", "0 = 0", HUNDRED)
    if target == 0:
        return _without("not_computable", _("Target nol sedangkan realisasi tidak nol, jadi tidak dapat dihitung."))
    if target < 0:
        return _without("not_computable", _("Target negatif, jadi persentase capaian tidak dapat dihitung."))
    shown, goal = _operand(value, version.decimals), _operand(target, version.decimals)
    if version.polarity == "negative":
        raw = _percent(_WIDE.subtract(2 * target, value), target)
        formula = f"(2 × {goal} − {shown}) ÷ {goal} × 100"
    else:
        raw = _percent(value, target)
        formula = f"{shown} ÷ {goal} × 100"
    return _bounded(raw, formula, version.cap)


def _of_ranks(text: str, target_text: str, version: Counted) -> Achievement:
    if not target_text:
        return _without("not_computable", _("Target belum ditetapkan, jadi capaian tidak dapat dihitung."))
    ranks = {_plain(name): place for place, name in enumerate(version.scale, start=1)}
    place, goal = ranks.get(_plain(text)), ranks.get(_plain(target_text))
    if place is None or goal is None:
        if _plain(text) == _plain(target_text):
            same = _("Predikat sama dengan target.")
            return Achievement(Decimal("100.00"), "computed", same, "achieved", f"{text} = {target_text}", HUNDRED)
        return _without("not_computable", _("Urutan predikat belum ditetapkan, jadi capaian tidak dapat dihitung."))
    formula = _("%(text)s (peringkat %(place)s) ÷ %(target)s (peringkat %(goal)s) × 100") % {
        "text": text, "place": place, "target": target_text, "goal": goal,
    }  # fmt: skip
    return _bounded(_percent(Decimal(place), Decimal(goal)), formula, version.cap)


def _bounded(raw: Decimal, formula: str, cap: Decimal | None) -> Achievement:
    bounded, reason = raw, ""
    if raw < 0:
        bounded, reason = Decimal(0), _("Hasil hitungan di bawah nol ditampilkan sebagai 0.")
    elif cap is not None and raw > cap:
        bounded, reason = cap, _("Dibatasi paling tinggi %(cap)s.") % {"cap": format_number(cap)}
    percent = round_half_up(bounded, 2)
    derivation = f"{formula} = {format_number(raw, 2)}"
    if reason:
        derivation += f" → {format_number(percent, 2)}"
    return Achievement(percent, "computed", reason, level_of(percent), derivation, raw)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return _WIDE.divide(_WIDE.multiply(part, HUNDRED), whole)


def _operand(value: Decimal, decimals: int) -> str:
    """With the indicator's decimals, or more where the number has more: no digit of it is hidden."""
    exponent = value.normalize(_WIDE).as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return format_number(value, max(decimals, own))


def _plain(predicate: str) -> str:
    return " ".join(predicate.split()).casefold()
