"""A form as a workbook, with the columns of its edition, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from runut.collection.models import Sheet
from runut.collection.queries.papers import paper_columns, paper_rows
from runut.collection.queries.rows import Row
from runut.collection.rules import CHECKED, KINDS
from runut.lib.workbooks import Column, write_workbook

# What the columns that come back are called. The key is hidden: which line, and its revision when it went out.
ACTUAL, NOTE, KEY = "Realisasi", "Keterangan", "Kunci"


def sheet_workbook(sheet: Sheet, rows: Sequence[Row]) -> tuple[str, bytes]:
    """The file's name and bytes. A paper of the office: Indonesian whoever asks for it."""
    with translation.override("id"):
        period = sheet.period
        above = [f"{_('Data kinerja')} {period.name}", period.office.name, sheet.subject, state_words(sheet)]
        columns = [Column(head, KINDS[code].width, open=KINDS[code].open) for code, head in paper_columns(sheet)]
        cells = [[*line, _key(row)] for line, row in zip(paper_rows(sheet, rows), rows, strict=True)]
        content = write_workbook(_("Data kinerja"), above, [*columns, Column(KEY, 12, hidden=True)], cells)
    quarter = f"-tw{period.quarter}" if period.quarter else ""
    return f"data-kinerja-{period.year}{quarter}-{slugify(sheet.subject)[:40]}.xlsx", content


def state_words(sheet: Sheet) -> str:
    """Data that nobody has validated yet say so wherever they go."""
    if sheet.state in CHECKED:
        return str(sheet.get_state_display())
    return _("BELUM DIVALIDASI (%(state)s)") % {"state": sheet.get_state_display()}


def _key(row: Row) -> str:
    return f"{row.line.pk}-{row.line.rev}"
