"""A form as a workbook, with the columns of the official form, in their order; and all forms of a period as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from runut.collection.models import Line, Period, Sheet
from runut.collection.queries.columns import KEY, Column, accepts, columns_of_all, key_of
from runut.collection.queries.papers import paper_columns, paper_rows
from runut.collection.queries.rows import Row
from runut.collection.rules import CHECKED, EDITABLE, KINDS
from runut.lib import workbooks
from runut.lib.dates import date_time
from runut.lib.workbooks import write_workbook
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of

# So many lines are held at once while a period is written.
AT_ONCE = 2000


def sheet_workbook(sheet: Sheet, rows: Sequence[Row]) -> tuple[str, bytes]:
    """The file's name and bytes. A paper of the office: Indonesian whoever asks for it."""
    with translation.override("id"):
        period = sheet.period
        above = [f"{_('Data kinerja')} {period.name}", period.office.name, sheet.subject, state_words(sheet)]
        columns = [
            workbooks.Column(head, KINDS[code].width, open=KINDS[code].open) for code, head in paper_columns(sheet)
        ]
        lines = (
            workbooks.Line([*cells, key_of(row.line.pk, row.line.rev)], _is_shut(row.line, sheet), accepts(row.version))
            for cells, row in zip(paper_rows(sheet, rows), rows, strict=True)
        )
        content = write_workbook(_("Data kinerja"), above, [*columns, workbooks.Column(KEY, 12, hidden=True)], lines)
    return f"data-kinerja-{_when(period)}-{slugify(sheet.subject)[:40]}.xlsx", content


def period_workbook(period: Period, actor: Actor) -> tuple[str, bytes]:
    """Every form of a period that the person may see as one table, form by form. `period` comes with office and run.

    Rows of forms that lie with somebody who checks them are locked, those that are still to be filled are open.
    """
    with translation.override("id"):
        zone = calendar_of(period.office).zone
        at = _("Diunduh %(at)s") % {"at": date_time(timezone.now(), zone)}
        title = period.run.title if period.run else ""
        above = [f"{_('Data kinerja')} {period.name}", period.office.name, title, at]
        columns = columns_of_all(period)
        lines = _numbered(lines_of_period(period, actor))
        rows = (_line(columns, no, line, line.sheet) for no, line in lines)
        content = write_workbook(_("Data kinerja"), above, [one.printed for one in columns], rows, filters=True)
    return f"data-kinerja-{_when(period)}-{period.office.slug}.xlsx", content


def lines_of_period(period: Period, actor: Actor) -> QuerySet[Line]:
    """The lines of a period's forms that the person may see, form by form."""
    rows = Line.objects.filter(sheet__in=Sheet.objects.of_run_visible_to(period.run_id, actor))
    return rows.select_related(
        "sheet__unit", "sheet__pegawai", "figure__indicator__indicator__sasaran"
    ).order_by("sheet__unit__code", "sheet__pegawai__name", "sheet", "figure__no", "pk")  # fmt: skip


def _numbered(lines: QuerySet[Line]) -> Iterator[tuple[int, Line]]:
    """Each form counts its lines from 1, as the paper form does."""
    sheet, no = 0, 0
    for line in lines.iterator(chunk_size=AT_ONCE):
        no = no + 1 if line.sheet_id == sheet else 1
        sheet = line.sheet_id
        yield no, line


def _line(columns: Iterable[Column], no: int, line: Line, sheet: Sheet) -> workbooks.Line:
    return workbooks.Line(
        [one.cell(no, line) for one in columns], _is_shut(line, sheet), accepts(line.figure.indicator)
    )


def _is_shut(line: Line, sheet: Sheet) -> bool:
    return sheet.state not in EDITABLE or not line.editable


def _when(period: Period) -> str:
    return f"{period.year}-tw{period.quarter}" if period.quarter else str(period.year)


def state_words(sheet: Sheet) -> str:
    """Data that nobody has validated yet say so wherever they go."""
    if sheet.state in CHECKED:
        return str(sheet.get_state_display())
    return _("BELUM DIVALIDASI (%(state)s)") % {"state": sheet.get_state_display()}
