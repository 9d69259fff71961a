"""The verdict on a printed achievement: worked out anew by the one calculation and held against what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Context, Decimal
from typing import Literal

from django.utils.translation import gettext as _

from runut.collection.rules.achievement import Achievement, State, achievement
from runut.collection.rules.formulas import HUNDRED, WIDE
from runut.collection.rules.table.printed import Read
from runut.lib.numbers import format_number, round_half_up
from runut.lib.reading import BLANKS, Quantity, names_whole
from runut.lib.written import is_percentage
from runut.planning.rules import Scale, is_level

Verdict = Literal["agrees", "truncated", "capped", "wrong", "not_computable", "no_figure"]

# Bounds that agencies set on what they print.
CAPS = tuple(map(Decimal, (100, 110, 120, 125, 150, 200)))
MOST_PLACES = 10
# Near 100 both formulas give nearly the same; with so many decimals it is no chance that only one fits.
TELLING_PLACES = 2

# What a spreadsheet writes for yes and no is no predicate.
_TRUTHS = ("TRUE", "FALSE", "BENAR", "SALAH")
# Wide enough for any number that is read, with its places.
_WIDE = Context(prec=120)


@dataclass(slots=True)
class Checked:
    """What is to be said of a row. computed: two decimals, or None. cap: the bound that explains the figure."""

    read: Read
    found: Achievement
    verdict: Verdict
    cap: Decimal | None = None
    method: str = "positive"
    slips: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def row(self) -> int:
        return self.read.printed.no

    @property
    def state(self) -> State:
        return self.found.state

    @property
    def computed(self) -> Decimal | None:
        return self.found.percent

    @property
    def label(self) -> str:
        """The verdict in a word."""
        words = {
            "agrees": _("Sesuai"),
            "truncated": _("Dipotong"),
            "capped": _("Dibatasi"),
            "wrong": _("Tidak cocok"),
            "not_computable": _("Tidak dapat dihitung"),
            "no_figure": _("Tanpa angka capaian"),
        }
        return words[self.verdict]

    @property
    def explanation(self) -> str:
        group = self.read.printed.group
        return " ".join([f"{group}:", *self.notes] if group else self.notes)

    def slip(self, code: str, sentence: str) -> None:
        self.slips.append(code)
        self.notes.append(sentence)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a printed row is counted: nothing but what the table itself says."""

    polarity: str
    value_type: str
    decimals: int = 0
    method: str = ""
    cap: Decimal | None = None
    scale: Sequence[str] = ()
    own_scale: Scale | None = None


def check(read: Read, direction: str = "") -> Checked:
    """One row by itself: its achievement and the verdict on the printed figure. direction: what other rows tell."""
    method = read.printed.polarity or direction or "positive"
    found = achieved(read, method)
    if found.raw is None or found.percent is None:
        checked = Checked(read, found, "not_computable", method=method)
        checked.notes.append(found.how)
        return checked
    if read.figure is None:
        checked = Checked(read, found, "no_figure", method=method)
        printed = str(read.printed.figure).strip()
        sentence = _("Capaian yang tertulis, “%(figure)s”, bukan satu angka. %(derivation)s")
        if printed in BLANKS:
            sentence = _("Tabel tidak mencantumkan angka capaian. %(derivation)s")
        checked.notes.append(sentence % {"derivation": found.derivation, "figure": printed})
        return checked
    verdict, cap = verdict_of(found, read.figure)
    if (
        verdict == "wrong"
        and method == "positive"
        and not read.printed.polarity
        and read.figure.places >= TELLING_PLACES
    ):
        turned = achieved(read, "negative")
        if turned.raw is not None and turned.raw >= 0 and verdict_of(turned, read.figure)[0] in ("agrees", "truncated"):
            found, method, verdict = turned, "negative", verdict_of(turned, read.figure)[0]
    checked = Checked(read, found, verdict, cap, method)
    checked.notes.append(_sentence(checked, read.figure.low))
    return checked


def call_wrong(checked: Checked) -> None:
    """The bound that seemed to explain the figure is not the table's."""
    assert checked.read.figure is not None
    checked.verdict, checked.cap = "wrong", None
    checked.notes[0] = _sentence(checked, checked.read.figure.low)


def achieved(read: Read, method: str) -> Achievement:
    """What the one calculation makes of the row."""
    target, actual = read.target, read.actual
    printed = read.printed
    ordinal = read.measure == "measured" and (
        _is_predicate(read) if target is None and actual is None else _is_level_and_number(read)
    )
    places = max((one.places for one in (target, actual) if one), default=0)
    way = _Way(method, "ordinal" if ordinal else "number", places)
    if ordinal:
        return achievement(None, str(printed.actual), "measured", None, str(printed.target), way)
    value = actual.low if actual and actual.is_exact else None
    if read.measure == "measured" and value is None:
        reason = _("Realisasi “%(text)s” bukan satu angka, jadi tidak dapat dihitung.") % {"text": printed.actual}
        return Achievement(None, "not_computable", reason, "none")
    if read.measure == "measured" and target is None and str(printed.target).strip() not in BLANKS:
        reason = _("Target “%(text)s” bukan angka, jadi tidak dapat dihitung.") % {"text": printed.target}
        return Achievement(None, "not_computable", reason, "none")
    if target and actual and target.unit and actual.unit and target.unit.casefold() != actual.unit.casefold():
        words = {"target": target.unit, "actual": actual.unit}
        reason = _("Satuan target (%(target)s) dan realisasi (%(actual)s) berbeda, jadi tidak dapat dihitung.") % words
        return Achievement(None, "not_computable", reason, "none")
    if value is not None and actual and target:
        value = _of_same_whole(value, actual, target, printed.unit)
    goal = target.low if target and target.is_exact else None
    range_or_bound = target.echo if target is not None and goal is None else ""
    return achievement(value, "", read.measure, goal, range_or_bound, way)


def _is_level_and_number(read: Read) -> bool:
    """Level 3 beside a bare 3."""
    target, actual = str(read.printed.target), str(read.printed.actual)
    if read.target is None and read.actual is not None:
        return read.actual.is_number and is_level(target)
    return read.actual is None and read.target is not None and read.target.is_number and is_level(actual)


def _of_same_whole(value: Decimal, actual: Quantity, target: Quantity, unit: str) -> Decimal:
    """The realised value as a part of the whole that the target names: 15/1000 beside 12/100 is 1,5.

    Where only one of both names a whole, the unit of measure may name it for the other, or be per cent: 45/50 is 90%.
    """
    if actual.per in (1, target.per) or (target.per == 1 and names_whole(unit, actual.per)):
        return value
    whole = HUNDRED if target.per == 1 and (target.percent or is_percentage(unit)) else target.per
    return WIDE.divide(WIDE.multiply(value, whole), actual.per)


def _is_predicate(read: Read) -> bool:
    """Whether words stand there, and not a number that could not be read."""
    words = (str(read.printed.actual), str(read.printed.target))
    return not read.problems and all(word[:1].isalpha() and word not in _TRUTHS for word in words)


def verdict_of(found: Achievement, figure: Quantity) -> tuple[Verdict, Decimal | None]:
    """agrees before truncated before capped before wrong."""
    assert found.raw is not None
    places = min(figure.places, MOST_PLACES)
    printed = round_half_up(figure.low, places)
    raws = [found.raw] if found.raw >= 0 else [found.raw, Decimal(0)]
    if any(round_half_up(raw, places) == printed for raw in raws):
        return "agrees", None
    if any(truncated(raw, places) == printed for raw in raws):
        return "truncated", None
    if printed in CAPS and found.raw > printed:
        return "capped", printed
    return "wrong", None


def truncated(value: Decimal, places: int) -> Decimal:
    """With the further digits simply left off."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN, context=_WIDE)


def _sentence(checked: Checked, figure: Decimal) -> str:
    words = {
        "derivation": checked.found.derivation, "figure": format_number(figure), "cap": format_number(checked.cap),
    }  # fmt: skip
    sentences = {
        "agrees": _("Sesuai. %(derivation)s"),
        "truncated": _("Tertulis %(figure)s: angka di belakangnya dipotong, tidak dibulatkan. %(derivation)s"),
        "capped": _("Tertulis %(figure)s, yaitu dibatasi paling tinggi %(cap)s. %(derivation)s"),
        "wrong": _("Tidak cocok: tertulis %(figure)s. %(derivation)s"),
    }
    return sentences[checked.verdict] % words


def hundredths(raw: Decimal, figure: Quantity) -> bool:
    """Whether the figure is the percentage written as a fraction: 1.0074 for 100.74, 0.9 for 90."""
    places = min(figure.places, MOST_PLACES)
    part = WIDE.divide(raw, HUNDRED)
    if figure.low == 0 or figure.low not in (round_half_up(part, places), truncated(part, places)):
        return False
    return places >= 1 or part == figure.low
