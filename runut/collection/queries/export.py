"""A form as a workbook, with the columns of its edition, in their order; and all forms of a period as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import MappingProxyType

from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from runut.collection.models import Basis, Figure, Line, Period, Sheet
from runut.collection.queries.acts import acts_of_form, acts_of_run
from runut.collection.queries.as_signed import as_signed, since_of
from runut.collection.queries.columns import KEY, accepts, incoming_columns, key_of, with_parts
from runut.collection.queries.editions import headings, layout_of_period
from runut.collection.queries.incoming_period import Form, forms_of
from runut.collection.queries.papers import paper_columns, paper_row, printed, stated
from runut.collection.queries.rows import Row, rows_of_stream
from runut.collection.rules import CHECKED, EDITABLE, KINDS, why_closed
from runut.collection.rules.acts import judged_words
from runut.lib import imports, workbooks
from runut.lib.dates import date_time, local_day, short_date
from runut.lib.workbooks import Cell, write_workbook
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.planning.models import IndicatorVersion, ValueType

# So many lines are held at once while a period is written.
AT_ONCE = 1000
# So many are named of those whose forms are locked.
MOST_NAMED = 20

Heads = Sequence[tuple[str, str]]

_WIDTHS = {code: kind.width for code, kind in KINDS.items()} | {
    "whose": 28, "state": 30, "numerator": 14, "denominator": 14,
}  # fmt: skip
# What a realised value may be worked out from.
PARTS = ("numerator", "denominator")
_TYPED = frozenset(code for code, kind in KINDS.items() if kind.open) | {*PARTS}
_KEY = workbooks.Column(KEY, 12, hidden=True)


def sheet_workbook(sheet: Sheet, rows: Sequence[Row], *, may_edit: bool = True) -> tuple[str, bytes]:
    """The file's name and bytes. A paper of the office: Indonesian whoever asks for it.

    Once handed in it says what its print says: the numbers of then, and how many of them no longer hold. may_edit:
    whether whoever takes it out fills it in; everybody else finds it locked, and why.
    """
    with translation.override("id"):
        period = sheet.period
        told = as_signed(sheet, rows)
        rows, repaired = [row for row, _later in told], sum(later is not None for _row, later in told)
        above = [f"{_('Data kinerja')} {period.name}", period.office.name, sheet.subject, state_words(sheet)]
        above += [_repaired_since(repaired)] if repaired else []
        heads = paper_columns(sheet)
        heads = with_parts(heads) if any(row.version.is_quotient for row in rows) else heads
        codes = [code for code, _heading in heads]
        closed = why_closed(sheet.state, acts_of_form(sheet), may_edit=may_edit and sheet.state in EDITABLE)
        lines = (_line(codes, paper_row(codes, no, row), row, shut=closed) for no, row in enumerate(rows, start=1))
        advice = closed or _advice(codes)
        notes = _notes(above[0], [closed] if closed else [_advice(codes)])
        columns = [*_printed(heads), _KEY]
        content = write_workbook(_("Data kinerja"), above, columns, lines, advice=advice, notes=lambda: notes)
    return f"data-kinerja-{_when(period)}-{slugify(sheet.subject)[:40]}.xlsx", content


def sheet_incoming(sheet: Sheet) -> tuple[imports.Column, ...]:
    """What is read of it when it comes back."""
    with translation.override("id"):
        return incoming_columns(paper_columns(sheet))


def period_workbook(period: Period, actor: Actor, *, to_pass_on: bool = False) -> tuple[str, bytes]:
    """Every form of a period that the person may see as one table, form by form. `period` comes with office and run.

    Open is what the person may fill in; to_pass_on: what is still to be filled in by anybody. The rest is locked, and
    the notes say why.
    """
    with translation.override("id"):
        zone = calendar_of(period.office).zone
        at = _("Diunduh %(at)s") % {"at": date_time(timezone.now(), zone)}
        title = period.run.title if period.run else ""
        above = [f"{_('Data kinerja')} {period.name}", period.office.name, title, at]
        heads = period_headings(period)
        forms = forms_of(period, actor, of_all=to_pass_on)
        shut = {form.pk: form.shut for form in forms.values() if form.shut}
        rows, acts = rows_of_period_forms(period, actor, heads), acts_of_run(period.run)
        lines = period_lines(rows, heads, zone, shut, acts)
        codes = [code for code, _heading in heads]
        all_shut = _("Tidak ada baris yang dapat Anda isi. Sebabnya ada di lembar Petunjuk.")
        advice = _advice(codes) if len(shut) < len(forms) or not forms else all_shut
        notes = _notes(above[0], [advice, *_reasons(forms.values())])
        content = write_workbook(
            _("Data kinerja"), above, period_columns(heads), lines, filters=True, advice=advice, notes=lambda: notes
        )
    return f"data-kinerja-{_when(period)}-{period.office.slug}.xlsx", content


def period_incoming(period: Period) -> tuple[imports.Column, ...]:
    """What is read of it when it comes back. One query."""
    with translation.override("id"):
        return incoming_columns(period_headings(period))


def period_columns(heads: Heads) -> list[workbooks.Column]:
    return [*_printed(heads), _KEY]


def period_headings(period: Period) -> list[tuple[str, str]]:
    """The form's columns with whose form it is before them and how far it is behind them. Two queries."""
    whose = _("Unit") if period.basis == Basis.UNIT else _("Pegawai")
    shown = headings(layout_of_period(period), period.office, period.basis, period.quarter)
    named = Figure.objects.filter(period=period).exclude(indicator__numerator="").exclude(indicator__denominator="")
    shown = with_parts(shown) if named.filter(indicator__value_type=ValueType.NUMBER).exists() else shown
    return [("whose", whose), *shown, ("state", _("Keadaan formulir"))]


def rows_of_period_forms(period: Period, actor: Actor, heads: Heads) -> Iterator[Row]:
    """The rows of a period's forms that the person may see, form by form, not all held at once."""
    # Named by the run itself too: PostgreSQL takes a subquery into account only after eight joins.
    sheets = Sheet.objects.of_run_visible_to(period.run_id, actor)
    lines = Line.objects.filter(sheet__run=period.run_id, sheet__in=sheets)
    ordered = lines.select_related(
        "sheet__unit", "sheet__pegawai", "figure__indicator__indicator__sasaran"
    ).order_by("sheet__unit__code", "sheet__pegawai__name", "sheet", "figure__no", "pk")  # fmt: skip
    codes = [code for code, _heading in heads]
    return rows_of_stream(ordered.iterator(chunk_size=AT_ONCE), period, codes, AT_ONCE)


def period_lines(
    rows: Iterable[Row], heads: Heads, zone: str, shut: Mapping[int, str] = MappingProxyType({}),
    acts: Collection[str] = (),
) -> Iterator[workbooks.Line]:  # fmt: skip
    """Each form counts its lines from 1, as on paper. A number that was repaired since says so. zone: of the office.
    shut: why forms are locked. acts: those by which the procedure judges them.

    A query for each batch in which there is one.
    """
    codes = [code for code, _heading in heads]
    left, sheet, no = iter(rows), 0, 0
    while batch := list(islice(left, AT_ONCE)):
        since = since_of([row.value for row in batch if row.corrected and row.value is not None])
        for row in batch:
            no = no + 1 if row.line.sheet_id == sheet else 1
            sheet = row.line.sheet_id
            cells = [row.line.sheet.subject, *paper_row(codes[1:-1], no, row), _row_state(row, acts, since, zone)]
            yield _line(codes, cells, row, shut=shut.get(sheet, ""))


def _printed(columns: Heads) -> list[workbooks.Column]:
    """What is typed in is open; what a spreadsheet can hold against what the line accepts is an answer."""
    return [
        workbooks.Column(
            heading,
            _WIDTHS[code],
            open=code in _TYPED,
            answer=code == "actual",
            text=code == "note",
        )
        for code, heading in columns
    ]


def _repaired_since(count: int) -> str:
    return _(
        "%(count)s angka di tabel ini sudah diperbaiki sesudah formulir ini diajukan. "
        "Angka yang berlaku disebut di cetakan formulir ini."
    ) % {"count": count}


def _advice(codes: Sequence[str]) -> str:
    said = _("Sel berlatar kuning boleh diisi; sel lain terkunci. Angka ditulis tanpa tanda %.")
    if "numerator" not in codes:
        return said
    parts = _("Di baris yang Pembilang dan Penyebutnya kuning, isi keduanya; Realisasinya dihitung sendiri.")
    return f"{said} {parts}"


def _notes(title: str, said: Sequence[str]) -> list[str]:
    """How the workbook is used: what may be filled in, or why not, and how it comes back."""
    return [
        title, *said,
        _("Baris yang sudah dinyatakan sesuai terkunci, juga di formulir yang dikembalikan."),
        _("Kolom Kunci tersembunyi: dengan itu baris dikenali saat diunggah lagi. Jangan mengubahnya."),
        _("Simpan sebagai .xlsx, lalu pilih Impor Excel. Anda melihat dahulu perubahannya sebelum tersimpan."),
    ]  # fmt: skip


def _reasons(forms: Iterable[Form]) -> list[str]:
    """Why forms are locked, with whose they are: a line for each reason."""
    found: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if form.shut:
            found[form.shut].append(form.subject)
    said = []
    for why, names in sorted(found.items()):
        rest = len(names) - MOST_NAMED
        more = [_("dan %(n)s lainnya") % {"n": rest}] if rest > 0 else []
        words = {"why": why, "names": ", ".join([*sorted(names)[:MOST_NAMED], *more])}
        said.append(_("Terkunci (%(why)s): %(names)s.") % words)
    return said


def _line(codes: Sequence[str], cells: Sequence[Cell], row: Row, *, shut: str) -> workbooks.Line:
    """What is worked out is not typed, and two numbers are asked only of what is made of them. shut: why it is locked;
    "" where it is not for the form's sake."""
    line = row.line
    locked = bool(shut) or line.sheet.state not in EDITABLE or not line.editable
    idle = ("actual",) if row.version.is_quotient else PARTS
    closed = [place for place, code in enumerate(codes) if code in idle]
    asks = {place: _asked(row.version, code) for place, code in enumerate(codes) if code in PARTS and code not in idle}
    return workbooks.Line([*cells, key_of(line.pk, line.rev)], locked, accepts(row.version), closed, asks)


def _asked(version: IndicatorVersion, code: str) -> str:
    """Which number goes into a cell beside the realised value."""
    names = {
        "numerator": (version.numerator, version.numerator_unit),
        "denominator": (version.denominator, version.denominator_unit),
    }
    name, unit = names[code]
    what = f"{name} ({unit})" if unit else name
    if code == "denominator":
        return _("Isi angkanya, bukan nol: %(what)s. Realisasi dihitung sendiri.") % {"what": what}
    return _("Isi angkanya: %(what)s. Realisasi dihitung sendiri.") % {"what": what}


def _when(period: Period) -> str:
    return f"{period.year}-tw{period.quarter}" if period.quarter else str(period.year)


def _row_state(row: Row, acts: Collection[str], since: Mapping[int, datetime], zone: str) -> str:
    """How far the form is; and where another number holds now than it says, since when, and what it says."""
    state = _state(row.line.sheet, acts)
    if not row.corrected or row.value is None:
        return state
    words = {"day": short_date(local_day(since[row.value.pk], zone)), "was": printed("actual", stated(row.line))}
    return f"{state}. {_('Realisasi diperbaiki %(day)s, semula %(was)s.') % words}"


def _state(sheet: Sheet, acts: Collection[str]) -> str:
    """acts: those of the procedure."""
    if sheet.state in CHECKED:
        return sheet.state_label
    return _("%(state)s, belum %(acts)s") % {"state": sheet.state_label, "acts": judged_words(acts)}


def state_words(sheet: Sheet) -> str:
    """Data that nobody has judged yet say so wherever they go. At most two queries."""
    if sheet.state in CHECKED:
        return sheet.state_label
    words = _("Belum %(acts)s") % {"acts": judged_words(acts_of_run(sheet.run))}
    return f"{words.upper()} ({sheet.state_label})"
