"""The one calculation of an achievement (capaian): a realised value against its target.

In: a value, what its cell says (`measure`), a target and how the indicator counts. Out: a percentage, or the
reason why there is none. The percentage shown is never below 0 and never above the indicator's cap; `raw` keeps what
the formula gave (`formulas`). The level is read off the percentage as shown, rounded half up to two decimals, so that
a page and its word always agree; a target is reached from 100 per cent.

A predicate is held against its target by rank. Only an office's own scale makes a percentage of it; by an order that
everybody knows (`ordinals`), or when it is the target itself, it is reached or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, Protocol

from django.utils.translation import gettext as _

from runut.collection.rules.formulas import HUNDRED, LESS_IS_BETTER, WIDE, Goal, Words, count, no_words
from runut.lib.errors import Refused
from runut.lib.numbers import format_number, format_percent, round_half_up
from runut.lib.reading import read_quantity, written_places
from runut.planning.rules import OfOffice, Scale, known_ranks, no_scale, same_predicate, word_for

State = Literal[
    "computed", "reached", "not_reached", "not_filled", "not_measured", "awaiting_release", "nil", "not_computable"
]
Level = Literal["exceeded", "achieved", "nearly", "low", "critical", "none"]

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


class Counted(Protocol):
    """How an indicator counts, as its version says. `scale` runs from the lowest predicate to the highest.

    own_scale: by which its percentage is called, where that is not its office's.
    method: one of `formulas.METHODS`, or empty for what the polarity says.
    """

    @property
    def polarity(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def value_type(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def cap(self) -> Decimal | None: ...
    @property
    def scale(self) -> Sequence[str]: ...
    @property
    def own_scale(self) -> Scale | None: ...


@dataclass(frozen=True, slots=True)
class Achievement:
    """percent: as shown, two decimals, or None with a `reason`. raw: before cap and floor, not rounded.

    predicate: what the percentage is called, "" without one or where neither indicator nor office has a scale.
    """

    percent: Decimal | None
    state: State
    reason: str
    level: Level
    raw: Decimal | None = None
    predicate: str = ""
    words: Words = field(default=no_words, compare=False, repr=False)

    @property
    def label(self) -> str:
        """The level in a word, or the state where there is no percentage."""
        return _words()[self.level if self.state == "computed" else self.state]

    @property
    def derivation(self) -> str:
        """How it came about, in sentences; "" where there is nothing to work out."""
        return self.words()

    @property
    def how(self) -> str:
        """How it came about, or why there is none, in sentences."""
        return self.derivation or self.reason


def _words() -> dict[str, str]:
    return {
        "exceeded": _("Melampaui"),
        "achieved": _("Tercapai"),
        "nearly": _("Hampir tercapai"),
        "low": _("Kurang"),
        "critical": _("Kritis"),
        "reached": _("Tercapai"),
        "not_reached": _("Belum tercapai"),
        "not_filled": _("Belum diisi"),
        "not_measured": _("Tidak diukur"),
        "awaiting_release": _("Menunggu rilis"),
        "nil": _("Nihil"),
        "not_computable": _("Tidak dapat dihitung"),
    }


def achievement(
    value: Decimal | None,
    text: str,
    measure: str,
    target: Decimal | None,
    target_text: str,
    version: Counted,
    of_office: OfOffice = no_scale,
) -> Achievement:
    """The achievement of one value, and what it is called.

    `text` and `target_text` are predicates of an ordinal indicator; of a number, `target_text` is a target that is
    not one number: a range (70–75, also written backwards) or a bound (≤ 5). of_office: the scale of the office.
    """
    found = _counted(value, text, measure, target, target_text, version)
    word = word_for(found.percent, version.own_scale, of_office)
    return replace(found, predicate=word) if word else found


def _counted(
    value: Decimal | None, text: str, measure: str, target: Decimal | None, target_text: str, version: Counted
) -> Achievement:
    if measure == "not_measured":
        return _without("not_measured", _("Indikator ini tidak diukur pada periode ini."))
    if measure == "awaiting_release":
        return _without("awaiting_release", _("Angkanya belum dirilis oleh penerbitnya."))
    if measure == "nil":
        return _without("nil", _("Dilaporkan nihil: tidak ada yang dapat diukur pada periode ini."))
    ordinal = version.value_type == "ordinal"
    if measure != "measured" or (not text if ordinal else value is None):
        return _without("not_filled", _("Realisasi belum diisi."))
    if ordinal:
        return _of_ranks(text, target_text, version)
    assert value is not None
    goal = goal_of(target, target_text)
    if goal is None:
        return _without("not_computable", _("Target belum ditetapkan, jadi capaian tidak dapat dihitung."))
    return _of_numbers(value, goal, version)


def goal_of(target: Decimal | None, target_text: str) -> Goal | None:
    """A target as the formulas take it; None when there is none, or none that is a number."""
    if target is not None:
        return Goal.of(target)
    try:
        found = read_quantity(target_text)
    except Refused:
        return None
    return Goal(found.low, found.high, found.bound) if found else None


def uncounted(reason: str) -> Achievement:
    """No percentage, for a reason that lies outside of target and formula."""
    return _without("not_computable", reason)


def level_of(percent: Decimal) -> Level:
    """The class of a percentage, decided on what is shown: rounded half up to two decimals."""
    shown = round_half_up(percent, 2)
    return next((level for bound, level in CLASSES if shown >= bound), "critical")


def _without(state: State, reason: str) -> Achievement:
    return Achievement(None, state, reason, "none")


def _of_numbers(value: Decimal, goal: Goal, version: Counted) -> Achievement:
    counted = count(version.method or version.polarity, value, goal, lambda number: _operand(number, version.decimals))
    if counted.percent is None:
        return _without("not_computable", counted.reason)
    if counted.reason:
        reached = _two(counted.percent)
        return Achievement(reached, "computed", counted.reason, "achieved", counted.percent, words=counted.words)
    return _bounded(counted.percent, counted.words, version.cap)


def _of_ranks(text: str, target_text: str, version: Counted) -> Achievement:
    if not target_text:
        return _without("not_computable", _("Target belum ditetapkan, jadi capaian tidak dapat dihitung."))
    place, goal = (_place(each, version.scale) for each in (text, target_text))
    if place is None or goal is None:
        return _in_known_order(text, target_text, (version.method or version.polarity) in LESS_IS_BETTER)
    percent = WIDE.divide(WIDE.multiply(Decimal(place), HUNDRED), Decimal(goal))
    sentence = _(
        "Predikat “%(text)s” peringkat %(place)s, target “%(target)s” peringkat %(goal)s. Peringkat realisasi dibagi "
        "peringkat target, dikali 100 = %(percent)s."
    )
    words = {"text": text, "place": place, "target": target_text, "goal": goal, "percent": format_percent(percent)}
    told = sentence % words
    return _bounded(percent, lambda: told, version.cap)


def _place(predicate: str, scale: Sequence[str]) -> int | None:
    """The rank of a predicate in an office's own scale, from 1; None where it is not in it."""
    named = next((name for name in scale if same_predicate(name, predicate)), None)
    return None if named is None else scale.index(named) + 1


def _in_known_order(text: str, target_text: str, less_is_better: bool) -> Achievement:
    """Reached or not, without a percentage."""
    words = {"text": text, "target": target_text}
    if same_predicate(text, target_text):
        how = _("Predikat “%(text)s” sama dengan target “%(target)s”, jadi target tercapai.") % words
        return Achievement(None, "reached", _("Predikat sama dengan target."), "achieved", words=lambda: how)
    ranks = known_ranks(text, target_text, less_is_better)
    if ranks is None:
        return _without("not_computable", _("Urutan predikat belum ditetapkan, jadi capaian tidak dapat dihitung."))
    turned = ranks[0] < 0
    if ranks[0] >= ranks[1]:
        how = _("Predikat “%(text)s” setingkat atau di atas target “%(target)s”, jadi target tercapai.")
        low = _("Predikat “%(text)s” di bawah target “%(target)s”; makin rendah makin baik, jadi target tercapai.")
        told = (low if turned else how) % words
        return Achievement(None, "reached", _("Predikat memenuhi target."), "achieved", words=lambda: told)
    how = _("Predikat “%(text)s” di bawah target “%(target)s”, jadi target belum tercapai.")
    high = _("Predikat “%(text)s” di atas target “%(target)s”; makin rendah makin baik, jadi target belum tercapai.")
    told = (high if turned else how) % words
    return Achievement(None, "not_reached", _("Predikat belum memenuhi target."), "low", words=lambda: told)


def _bounded(raw: Decimal, words: Words, cap: Decimal | None) -> Achievement:
    bounded, reason = raw, ""
    if raw < 0:
        bounded, reason = Decimal(0), _("Hasil hitungan di bawah nol ditampilkan sebagai 0.")
    elif cap is not None and raw > cap:
        bounded, reason = cap, _("Dibatasi paling tinggi %(cap)s.") % {"cap": format_number(cap)}
    percent = _two(bounded)
    told = (lambda: f"{words()} {reason}") if reason else words
    return Achievement(percent, "computed", reason, level_of(percent), raw, words=told)


def _two(percent: Decimal) -> Decimal:
    return round_half_up(percent, 2)


def _operand(value: Decimal, decimals: int) -> str:
    """With the indicator's decimals, or more where the number has more: no digit of it is hidden."""
    return format_number(value, max(decimals, written_places(value.normalize(WIDE))))
