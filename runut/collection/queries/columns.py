"""Which columns a form has as a table, in the order of the official form: the one place that says so.

The workbook of one form, that of a whole period, and what is read when either comes back are made from these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.collection.models import Basis, Line, Measure, Period
from runut.collection.rules import CHECKED, achievement
from runut.lib import imports
from runut.lib.workbooks import NUMBER, Accepted, Cell
from runut.lib.workbooks import Column as Printed
from runut.planning.models import IndicatorVersion, ValueType

# What the columns that come back are called. The key is hidden: which line, and its revision when it went out.
INDICATOR, ACTUAL, NOTE, KEY = "Indikator Kinerja", "Realisasi", "Keterangan", "Kunci"
# So many letters of a list a spreadsheet keeps.
LONGEST_LIST = 255

INCOMING = (
    imports.Column("key", KEY, required=True, filled=False),
    imports.Column("actual", ACTUAL, required=True, form="number", begins=True, filled=False),
    imports.Column("note", NOTE, required=True, form="prose", filled=False),
    imports.Column("indicator", INDICATOR),
)
# By these the right sheet of a workbook is known.
WANTED = (KEY, NOTE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what stands in it. cell: of a line that comes with its figure, indicator version and sheet."""

    printed: Printed
    cell: Callable[[int, Line], Cell]

    @property
    def heading(self) -> str:
        return self.printed.heading


def columns_of(period: Period) -> list[Column]:
    """The columns of the period's form. `period` comes with its office."""
    return _of_unit(period) if period.basis == Basis.UNIT else _of_person()


def columns_of_all(period: Period) -> list[Column]:
    """The same with whose form it is before them and how far it is behind them; the key stays last."""
    *shown, key = columns_of(period)
    whose = _("Unit") if period.basis == Basis.UNIT else _("Pegawai")
    recipient = Column(Printed(whose, 28), lambda _no, line: line.sheet.subject)
    state = Column(Printed(_("Keadaan formulir"), 16), lambda _no, line: _state(line))
    return [recipient, *shown, state, key]


def accepts(version: IndicatorVersion) -> Accepted:
    """What a spreadsheet lets somebody type as the realised value; None where it cannot say it."""
    if version.value_type != ValueType.ORDINAL:
        return NUMBER
    scale = tuple(version.scale)
    fits = len(",".join(scale)) <= LONGEST_LIST and not any("," in word for word in scale)
    return scale if scale and fits else None


def named(name: str, unit_of_measure: str) -> str:
    """An indicator as the form calls it."""
    return f"{name} ({unit_of_measure})"


def key_of(pk: int, rev: int) -> str:
    """A line's key. It begins with a letter, so that no spreadsheet takes it for a date."""
    return f"b{pk}-{rev}"


def _of_unit(period: Period) -> list[Column]:
    word = str(period.office.terms.get("triwulan") or "Triwulan") if period.quarter else _("Tahun")
    return [
        Column(Printed(_("No."), 5), lambda no, _line: no),
        Column(Printed(_("Sasaran"), 34), _sasaran),
        Column(Printed(INDICATOR, 44), _indicator),
        Column(
            Printed(_("Target Tahunan"), 16),
            lambda _no, line: _amount(line.figure.annual_target, line.figure.annual_target_text),
        ),
        Column(Printed(_("Target %(period)s") % {"period": word}, 16), _target),
        replace(_ACTUAL, printed=replace(_ACTUAL.printed, heading=f"{ACTUAL} {word}")),
        _NOTE,
        _KEY,
    ]


def _of_person() -> list[Column]:
    return [
        Column(Printed(_("No."), 5), lambda no, _line: no),
        Column(Printed(INDICATOR, 44), _indicator),
        Column(Printed(_("Target"), 16), _target),
        _ACTUAL,
        Column(Printed(_("Capaian (%)"), 16), _achieved),
        _NOTE,
        _KEY,
    ]


def _sasaran(_no: int, line: Line) -> Cell:
    sasaran = line.figure.indicator.indicator.sasaran
    return sasaran.text if sasaran else ""


def _indicator(_no: int, line: Line) -> Cell:
    version = line.figure.indicator
    return named(version.name, version.unit_of_measure)


def _target(_no: int, line: Line) -> Cell:
    return _amount(line.figure.target, line.figure.target_text)


def _actual(_no: int, line: Line) -> Cell:
    if line.measure == Measure.NOT_FILLED:
        return None
    if line.measure != Measure.MEASURED:
        return str(Measure(line.measure).label)
    return _amount(line.amount, line.text)


def _achieved(_no: int, line: Line) -> Cell:
    figure = line.figure
    found = achievement(line.amount, line.text, line.measure, figure.target, figure.target_text, figure.indicator)
    return found.percent if found.percent is not None else found.label


def _state(line: Line) -> str:
    state = str(line.sheet.get_state_display())
    return state if line.sheet.state in CHECKED else _("%(state)s, belum divalidasi") % {"state": state}


def _amount(amount: Decimal | None, text: str) -> Cell:
    """A number without the zeros of its column, or the words."""
    if text or amount is None:
        return text or None
    plain = f"{amount.normalize():f}"
    return Decimal(plain)


_ACTUAL = Column(Printed(ACTUAL, 16, answer=True), _actual)
_NOTE = Column(Printed(NOTE, 34, open=True), lambda _no, line: line.note)
_KEY = Column(Printed(KEY, 12, hidden=True), lambda _no, line: key_of(line.pk, line.rev))
