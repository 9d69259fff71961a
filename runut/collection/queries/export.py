"""A form as a workbook, with the columns of the official form, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from runut.collection.models import Basis, Measure, Sheet
from runut.collection.queries.rows import Row
from runut.collection.rules import CHECKED
from runut.lib.workbooks import Cell, Column, write_workbook

# What the columns that come back are called. The key is hidden: which line, and its revision when it went out.
ACTUAL, NOTE, KEY = "Realisasi", "Keterangan", "Kunci"


def sheet_workbook(sheet: Sheet, rows: Sequence[Row]) -> tuple[str, bytes]:
    """The file's name and bytes. A paper of the office: Indonesian whoever asks for it."""
    with translation.override("id"):
        period = sheet.period
        above = [f"{_('Data kinerja')} {period.name}", period.office.name, sheet.subject, _state(sheet)]
        by_unit = period.basis == Basis.UNIT
        columns = _unit_columns(sheet) if by_unit else _person_columns()
        cells = [(_unit_row if by_unit else _person_row)(no, row) for no, row in enumerate(rows, start=1)]
        content = write_workbook(_("Data kinerja"), above, columns, cells)
    quarter = f"-tw{period.quarter}" if period.quarter else ""
    return f"data-kinerja-{period.year}{quarter}-{slugify(sheet.subject)[:40]}.xlsx", content


def _state(sheet: Sheet) -> str:
    """Data that nobody has validated yet say so wherever they go."""
    if sheet.state in CHECKED:
        return str(sheet.get_state_display())
    return _("BELUM DIVALIDASI (%(state)s)") % {"state": sheet.get_state_display()}


def _unit_columns(sheet: Sheet) -> list[Column]:
    word = str(sheet.period.office.terms.get("triwulan") or "Triwulan") if sheet.period.quarter else _("Tahun")
    return [
        Column(_("No."), 5),
        Column(_("Sasaran"), 34),
        Column(_("Indikator Kinerja"), 44),
        Column(_("Target Tahunan"), 16),
        Column(_("Target %(period)s") % {"period": word}, 16),
        Column(f"{ACTUAL} {word}", 16, open=True),
        Column(NOTE, 34, open=True),
        Column(KEY, 12, hidden=True),
    ]


def _person_columns() -> list[Column]:
    return [
        Column(_("No."), 5),
        Column(_("Indikator Kinerja"), 44),
        Column(_("Target"), 16),
        Column(ACTUAL, 16, open=True),
        Column(_("Capaian (%)"), 16),
        Column(NOTE, 34, open=True),
        Column(KEY, 12, hidden=True),
    ]


def _unit_row(no: int, row: Row) -> list[Cell]:
    figure, sasaran = row.figure, row.version.indicator.sasaran
    return [
        no, sasaran.text if sasaran else "", _named(row), _amount(figure.annual_target, figure.annual_target_text),
        _amount(figure.target, figure.target_text), _actual(row), row.line.note, _key(row),
    ]  # fmt: skip


def _person_row(no: int, row: Row) -> list[Cell]:
    found = row.standing
    achieved = found.percent if found.percent is not None else found.label
    target = _amount(row.figure.target, row.figure.target_text)
    return [no, _named(row), target, _actual(row), achieved, row.line.note, _key(row)]


def _key(row: Row) -> str:
    return f"{row.line.pk}-{row.line.rev}"


def _named(row: Row) -> str:
    return f"{row.version.name} ({row.version.unit_of_measure})"


def _actual(row: Row) -> Cell:
    said = row.value if row.corrected and row.value is not None else row.line
    if said.measure == Measure.NOT_FILLED:
        return None
    if said.measure != Measure.MEASURED:
        return str(Measure(said.measure).label)
    return _amount(said.amount, said.text)


def _amount(amount: Decimal | None, text: str) -> Cell:
    """A number without the zeros of its column, or the words."""
    if text or amount is None:
        return text or None
    plain = f"{amount.normalize():f}"
    return Decimal(plain)
