"""What a run's document would say now, read from the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from runut.collection.models import Basis, Measure, Period, Sheet, Value
from runut.collection.queries import Row, gaps_of, hash_of_rows, left_out_of, rows_of_run
from runut.collection.rules import HANDED_IN, Column
from runut.correction.models import CorrectionItem
from runut.correction.queries import correction_of, decision_on, decisions_of
from runut.documents.queries.year import year_of
from runut.documents.rules.content import About, Content, FigureRow, Gathered, SheetMark, correction, recap
from runut.documents.rules.report import report
from runut.lib.dates import period_words
from runut.lib.numbers import format_change, format_number, format_percent
from runut.organisation.models import Assignment
from runut.organisation.queries import local_day
from runut.sop.models import Run
from runut.sop.queries import definition_of


def period_of(run: Run) -> Period | None:
    """The period whose figures a run collects or corrects."""
    own = Period.objects.filter(run=run).select_related("office").first()
    return own or Period.objects.filter(sheets__run=run).select_related("office").order_by("pk").first()


def gathered_content(run: Run) -> Content:
    """The recap or the correction report of a run, from live data. Refused while nothing was prepared."""
    with translation.override("id"):
        gathered = gather(run)
        if definition_of(run.version).category != "correction":
            return recap(gathered)
        case = correction_of(run)
        return correction(gathered, case.code if case else "", case.reason if case else "")


def report_content(run: Run, chapters: dict[str, str]) -> Content:
    """The report of the run's year with these texts, from live data."""
    with translation.override("id"):
        return report(gather(run, with_year=True), chapters)


def gather(run: Run, *, with_year: bool = False) -> Gathered:
    """Rows of what was handed in, sheet by sheet; who is missing. A constant number of queries."""
    period = period_of(run)
    about = _about(run, period)
    rows = rows_of_run(run, beside=False)
    sheets = {row.line.sheet_id: row.line.sheet for row in rows}
    handed_in = [row for row in rows if row.line.sheet.state in HANDED_IN and row.value is not None]
    every = [*sheets.values(), *_without_lines(run, sheets)]
    year_rows, periods, scale = year_of(period) if with_year and period else ((), (), "")
    return Gathered(
        about=about,
        rows=_figure_rows(run, handed_in),
        sheets=_marks(handed_in),
        missing=tuple(sheet.subject for sheet in every if sheet.state not in HANDED_IN),
        year_rows=year_rows,
        periods=periods,
        scale=scale,
        gaps=_gaps(run) if with_year else (),
        columns=_composed(rows),
        left_out=left_out_of(run, {sheet.subject for sheet in every}),
        decides=any(step.work == "meet" for step in definition_of(run.version).steps),
    )


def _composed(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of the form that the office composed, which all sheets of a run have. One query; none without."""
    edition = rows[0].line.sheet.edition if rows else None
    return edition.layout if edition is not None else ()


def _gaps(run: Run) -> tuple[str, ...]:
    """Which quarters the year goes without, and why, as the report prints it."""
    found = []
    for quarter, reason in gaps_of(run):
        told = _("Data %(name)s belum ada: %(reason)s")
        if quarter.state != "missing":
            told = _("Data %(name)s belum lengkap: %(reason)s")
        found.append(told % {"name": quarter.name, "reason": reason or "–"})
    return tuple(found)


def _about(run: Run, period: Period | None) -> About:
    terms = run.office.terms
    year = period.year if period else local_day(run.office, run.started_at).year
    quarter = period.quarter if period else 0
    return About(
        office=run.office.name,
        period=period_words(year, quarter, terms),
        year=year,
        quarter=quarter,
        basis="pegawai" if period and period.basis == Basis.PEGAWAI else "unit",
        report_word=terms.get("lkjip", "LKjIP"),
        quarter_word=terms.get("triwulan", "Triwulan"),
    )


def _without_lines(run: Run, known: Collection[int]) -> list[Sheet]:
    """The sheets of which no line was read."""
    return list(Sheet.objects.filter(run=run).exclude(pk__in=known).select_related("unit", "pegawai").order_by("pk"))


def _marks(rows: Iterable[Row]) -> list[SheetMark]:
    by_sheet: dict[int, list[Row]] = {}
    for row in rows:
        by_sheet.setdefault(row.line.sheet_id, []).append(row)
    return [
        SheetMark(lines[0].line.sheet.member, lines[0].line.sheet.subject, hash_of_rows(lines))
        for lines in by_sheet.values()
    ]


def _figure_rows(run: Run, rows: Collection[Row]) -> list[FigureRow]:
    units = _units_of({row.figure.pegawai_id for row in rows if row.figure.pegawai_id}, run)
    items = decisions_of(run)
    return [_figure_row(row, units, items.get(row.figure.pk)) for row in rows]


def _figure_row(row: Row, units: dict[int, str], item: CorrectionItem | None) -> FigureRow:
    value, figure, version = row.value, row.figure, row.version
    assert value is not None, "only handed-in figures are gathered"
    before = row.before or (item.before if item else None)
    decision = _decision(item, value) if item else ""
    return FigureRow(
        figure=figure.pk,
        value=value.pk,
        member=row.line.sheet.member,
        subject=row.line.sheet.subject,
        unit=figure.unit.name if figure.unit else units.get(figure.pegawai_id or 0, ""),
        indicator=version.name,
        measure=version.unit_of_measure,
        target=amount_words(value.target, value.target_text),
        annual_target=amount_words(figure.annual_target, figure.annual_target_text),
        actual=value_words(value),
        achievement=format_percent(row.achievement.percent)
        if row.achievement.percent is not None
        else row.achievement.label,
        sasaran=version.indicator.sasaran.text if version.indicator.sasaran else "",
        percent=str(row.achievement.percent) if row.achievement.percent is not None else "",
        level=row.achievement.level,
        note=value.note,
        owner=figure.pegawai.full_name if figure.pegawai else str(figure.unit or ""),
        before_value=before.pk if before else 0,
        before=value_words(before) if before else "",
        difference=_difference(before, value),
        cause=value.cause if before else "",
        reason=value.reason if before else "",
        decision=decision,
        predicate=row.achievement.predicate,
    )


def _decision(item: CorrectionItem, value: Value) -> str:
    """What was decided on this version of a figure, with its grounds."""
    decision = decision_on(item, value)
    if not decision:
        return ""
    basis = f" ({item.decision_basis})" if item.decision_basis else ""
    return f"{decision.label}{basis}"


def value_words(value: Value) -> str:
    """A value as it is printed: the number, the predicate, or why there is none."""
    if value.measure != Measure.MEASURED:
        return str(Measure(value.measure).label)
    return amount_words(value.amount, value.text)


def amount_words(amount: Decimal | None, text: str) -> str:
    return text or format_number(amount)


def _difference(before: Value | None, after: Value) -> str:
    if before is None or before.amount is None or after.amount is None:
        return ""
    return format_change(after.amount - before.amount)


def _units_of(pegawai_ids: Collection[int], run: Run) -> dict[int, str]:
    """The unit of each person's position on the day the run began. One query, none without people."""
    if not pegawai_ids:
        return {}
    rows = Assignment.objects.in_force(local_day(run.office, run.started_at)).filter(
        pegawai__in=pegawai_ids, jabatan__office=run.office_id, jabatan__unit__isnull=False
    )
    return {row.pegawai_id: str(row.jabatan.unit) for row in rows.select_related("jabatan__unit").order_by("-pk")}
