"""The rows of a sheet or of a run, with everything a page or a document shows of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, reduce
from itertools import islice
from operator import or_

from django.db.models import F, Q, QuerySet

from runut.collection.models import Evidence, Figure, Line, Measure, Period, Sheet, Value
from runut.collection.queries.counting import achieved, scale_of
from runut.collection.queries.lines import files_of, lines_of_run, printed, printed_values, shown
from runut.collection.queries.standing import before_proposals, current_values, holding_values, latest
from runut.collection.rules import (
    HANDED_IN,
    Achievement,
    Cell,
    Content,
    Finding,
    achievement,
    digest,
    findings,
    impossible,
    uncounted,
    unlike_the_past,
    worked_out,
)
from runut.lib.canonical import content_hash
from runut.lib.prepared import Prepared
from runut.planning.models import IndicatorVersion
from runut.planning.rules import OfOffice, no_scale
from runut.sop.models import Run

# Up to so many members are named in a query; beyond, the whole period is read.
FEW = 200


@dataclass(frozen=True)
class Row:
    """One line of a sheet.

    value: the figure's version as the form knows it, None before the first submission. before: the version that a
    correction line repairs. last: the previous period's value, of which `last_judged` says whether it was judged. past:
    the values of up to eight periods before, where the rows are of one sheet. signed: whether the current value was
    ever signed. of_office: the scale of predicates at the period's end.
    """

    line: Line
    figure: Figure
    value: Value | None
    before: Value | None
    last: Value | None
    evidence: tuple[Evidence, ...]
    signed: bool
    past: tuple[Value, ...] = ()
    of_office: OfOffice = no_scale

    @property
    def version(self) -> IndicatorVersion:
        return self.figure.indicator

    @property
    def target(self) -> Decimal | None:
        return self.figure.target

    @cached_property
    def achievement(self) -> Achievement:
        """That of `value`."""
        return achieved(self.figure, self.value, self.of_office)

    @cached_property
    def draft(self) -> Achievement:
        """That of what the line says now."""
        line, figure, version = self.line, self.figure, self.version
        if doubt := impossible(line.amount, version.unit_of_measure):
            return uncounted(doubt)
        aim, aim_text = figure.target, figure.target_text
        return achievement(line.amount, line.text, line.measure, aim, aim_text, version, self.of_office)

    @cached_property
    def last_achievement(self) -> Achievement | None:
        """Without a word: then other scales may have been in force."""
        return replace(achieved(self.figure, self.last), predicate="") if self.last else None

    @property
    def worked_out(self) -> str:
        """How the number that was handed in came about, in words; "" where it is no quotient."""
        return worked_out(self.value.parts, self.version) if self.value and self.version.is_quotient else ""

    @property
    def last_judged(self) -> bool:
        """Whether the previous period's value was validated or signed; there is nothing to doubt without one."""
        return self.last is None or bool(self.last.is_judged)  # type: ignore[attr-defined]

    @property
    def needs_cause(self) -> bool:
        """Whether a new value must say what was wrong: a correction, or a figure that was signed."""
        return self.before is not None or self.signed

    @property
    def corrected(self) -> bool:
        """Whether another number holds now than the one that was handed in with this sheet."""
        line, value = self.line, self.value
        if value is None or line.sheet.state not in HANDED_IN or value.sheet_id == line.sheet_id:
            return False
        return (line.amount, line.text, line.measure) != (value.amount, value.text, value.measure)

    @property
    def standing(self) -> Achievement:
        """The achievement of the number that holds: of what is typed, until a correction put another in its place."""
        return self.achievement if self.corrected else self.draft

    @property
    def earlier(self) -> Value | None:
        """What the line's value stands against: what it repairs, what was handed in while it is open again, and once it
        is handed in anew, what that superseded."""
        if self.before is not None or self.value is None:
            return self.before
        line, value = self.line, self.value
        if line.sheet.state not in HANDED_IN:
            return value
        handed_in = (line.amount, line.text, line.measure) == (value.amount, value.text, value.measure)
        return value.supersedes if handed_in and value.supersedes_id else value

    @property
    def warnings(self) -> list[Finding]:
        """What stands out in the line: quiet hints, never in the way."""
        return [finding for finding in findings([self.cell]) if finding.level == "warning"]

    @property
    def stands_out(self) -> bool:
        """Whether the line's value asks for a look: a jump, no percentage, or far from the target."""
        unusual = bool(unlike_the_past(self.cell))
        return unusual or self.draft.state not in ("computed", "reached") or self.draft.level == "critical"

    @property
    def digest(self) -> str:
        return digest(content_of(self.line))

    @property
    def cell(self) -> Cell:
        """The line as the checks of `rules.findings` see it."""
        line = self.line
        return Cell(
            line=line.pk,
            label=self.version.name,
            value_type=self.version.value_type,
            scale=self.version.scale,
            amount=line.amount,
            text=line.text,
            measure=line.measure,
            note=line.note,
            has_evidence=bool(self.evidence),
            last=self.last.amount if self.last else None,
            repairs=self.needs_cause,
            cause=line.cause,
            reason=line.reason,
            polarity="" if self._begins_anew else self.version.polarity,
            direction=self.version.polarity,
            past=[] if self._begins_anew else [value.amount for value in self.past if value.amount is not None],
            unit=self.version.unit_of_measure,
            target=self.target,
            numerator=line.numerator,
            denominator=line.denominator,
            is_quotient=self.version.is_quotient,
            needs_evidence=line.needs_evidence,
        )

    @property
    def _begins_anew(self) -> bool:
        """Whether the figure is accumulated over a year, so that another period's is of another size."""
        return self.version.aggregation == "cumulative"


def content_of(line: Line) -> Content:
    return Content(line.amount, line.text, line.measure, line.note, line.cause, line.reason, line.parts)


def rows_of(sheet: Sheet) -> list[Row]:
    """The rows of one sheet in the order of the form. A constant number of queries."""
    return _OF_SHEET.rows(sheet.pk, sheet.period)


def rows_of_run(run: Run, *, beside: bool = True) -> list[Row]:
    """The rows of all sheets of a run, sheet by sheet. A constant number of queries.

    `row.line.sheet` comes with its unit and pegawai. beside: whether what stands beside the values is read too: what
    the lines say, the evidence, the period before. Without, a row knows its value, its achievement and `before`.
    """
    period = Period.objects.filter(sheets__run=run).first()
    reading = _OF_RUN if beside else _OF_RUN_ALONE
    return reading.rows(run.pk, period) if period else []


def rows_of_period(period: Period) -> list[Row]:
    """The rows of a period's data: of the run that collected it, or as they were copied from old papers.

    The latter have no form, so their lines say what the figures say and are nowhere stored.
    """
    if period.run is not None:
        return rows_of_run(period.run)
    figures = list(
        Figure.objects.filter(period=period)
        .select_related("indicator__indicator__sasaran", "unit", "pegawai")
        .order_by("unit__code", "pegawai__name", "member", "no", "pk")
    )
    current, past = holding_values(figures), past_values(figures, period, 1) if figures else {}
    scale = scale_of(period)
    return [_row(_as_line(f, current.get(f.pk)), current.get(f.pk), past.get(f.pk, {}), (), scale) for f in figures]


def _as_line(figure: Figure, value: Value | None) -> Line:
    if value is None:
        return Line(figure=figure)
    said = {"amount": value.amount, "text": value.text, "measure": value.measure, "note": value.note}
    return Line(figure=figure, numerator=value.numerator, denominator=value.denominator, **said)


def rows_of_stream(lines: Iterator[Line], period: Period, codes: Collection[str], at_once: int) -> Iterator[Row]:
    """The rows of lines that come in a stream, so many held at once. A constant number of queries for each batch.

    codes: the columns that are shown; evidence and the period before are read only where they are among them.
    `line.sheet`, and the figure with its indicator, come along.
    """
    scale = scale_of(period)
    while batch := list(islice(lines, at_once)):
        handed_in = [line.figure for line in batch if line.sheet.state in HANDED_IN]
        current = current_values(handed_in) if handed_in else {}
        instead = before_proposals(current.values())
        past = past_values([line.figure for line in batch], period, 1, some=True) if "last" in codes else {}
        files = _by_line(files_of(batch)) if "evidence" in codes else {}
        for line in batch:
            value = _of_form(line, current.get(line.figure_id), instead)
            yield _row(line, value, past.get(line.figure_id, {}), files.get(line.pk, ()), scale)


class _Reading:
    """The statements that read the lines of one sheet or of one run, kept ready: each page and each act reads them."""

    def __init__(self, lines: Callable[[int], QuerySet[Line]], *, far: int, beside: bool = True) -> None:
        """far: how many periods back the values are read. beside: as in `rows_of_run`."""
        self._far = far
        # Subqueries rather than lists of ids: a run may have tens of thousands of lines.
        made, values = (shown, latest) if beside else (printed, printed_values)
        self._lines = Prepared(lambda pk: made(lines(pk)), int)
        self._values = Prepared(lambda pk: values().filter(figure__in=lines(pk).values("figure")), int)
        self._evidence = Prepared(lambda pk: files_of(lines(pk)), int) if beside else None

    def rows(self, pk: int, period: Period) -> list[Row]:
        found = self._lines.all(pk)
        current = {value.figure_id: value for value in self._values.all(pk)}
        instead = before_proposals(current.values())
        past = past_values([line.figure for line in found], period, self._far)
        files, scale = _by_line(self._evidence.all(pk) if self._evidence else ()), scale_of(period)
        return [
            _row(
                line,
                _of_form(line, current.get(line.figure_id), instead),
                past.get(line.figure_id, {}),
                files.get(line.pk, ()),
                scale,
            )
            for line in found
        ]


def _of_form(line: Line, value: Value | None, instead: Mapping[int, Value]) -> Value | None:
    """The figure's version as a form knows it: its own proposal, but another form's only once that was judged."""
    if value is None or value.sheet_id == line.sheet_id or line.corrects_id is not None:
        return value
    return instead.get(line.figure_id, value)


def _by_line(files: Iterable[Evidence]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for file in files:
        found[file.line_id].append(file)
    return found


# Two years of quarters tell what is usual of a figure; a whole run reads what it shows, the period before.
_OF_SHEET = _Reading(lambda pk: Line.objects.filter(sheet=pk), far=8)
_OF_RUN = _Reading(lambda pk: lines_of_run(pk), far=1)
_OF_RUN_ALONE = _Reading(lambda pk: lines_of_run(pk), far=0, beside=False)


def _row(
    line: Line, value: Value | None, past: Mapping[int, Value], files: Collection[Evidence], scale: OfOffice
) -> Row:
    return Row(
        line=line,
        figure=line.figure,
        value=value,
        before=line.corrects,
        last=past.get(1),
        evidence=tuple(files),
        signed=bool(value and value.was_signed),  # type: ignore[attr-defined]
        past=tuple(past.values()),
        of_office=scale,
    )


def last_values(figures: Iterable[Figure], period: Period) -> dict[int, Value]:
    """The value that holds of the same indicator and subject in the period before. At most two queries."""
    return {pk: past[1] for pk, past in past_values(figures, period, 1).items()}


def past_values(
    figures: Iterable[Figure], period: Period, far: int, *, some: bool = False
) -> dict[int, dict[int, Value]]:
    """figure id -> how many periods ago (1 is the period before) -> the value that holds then of the same indicator and
    subject, for the last `far` periods of the same kind. some: they are a few of the period's many.

    One query, and one more where a proposal waits.
    """
    before = _before(period, far)
    if not before:
        return {}
    wanted = {(f.indicator.indicator_id, f.member): f.pk for f in figures}
    times = [Q(year=year, quarter=quarter) for year, quarter in before]
    periods = Period.objects.filter(reduce(or_, times), office=period.office_id, basis=period.basis, void=False)
    # The figures of then are not made whole: a recap's rows have as many of them as it has rows.
    rows = latest().filter(figure__period__in=periods).annotate(
        year=F("figure__period__year"), quarter=F("figure__period__quarter"), member=F("figure__member"),
        indicator=F("figure__indicator__indicator"),
    )  # fmt: skip
    members = {member for _indicator, member in wanted}
    if some or len(members) <= FEW:
        # Found one by one through figure_once: a period may have tens of thousands of figures, an indicator many years.
        versions = IndicatorVersion.objects.filter(indicator__in={indicator for indicator, _member in wanted})
        rows = rows.filter(figure__indicator__in=versions)
    found: dict[int, dict[int, Value]] = defaultdict(dict)
    read = list(rows)
    instead = before_proposals(read)
    for row in read:
        pk = wanted.get((row.indicator, row.member))
        ago = before.get((row.year, row.quarter))
        if pk is not None and ago is not None:
            found[pk][ago] = instead.get(row.figure_id, row)
    return dict(found)


def _before(period: Period, far: int) -> dict[tuple[int, int], int]:
    """The periods before this one, of the same kind -> how many periods ago."""
    if period.quarter == 0:
        return {(period.year - ago, 0): ago for ago in range(1, far + 1)}
    place = 4 * period.year + period.quarter - 1
    return {((place - ago) // 4, (place - ago) % 4 + 1): ago for ago in range(1, far + 1)}


def sheet_hash(sheet: Sheet) -> str:
    """SHA-256 of what is validated: the current values of the sheet, without times and names."""
    lines = Line.objects.filter(sheet=sheet).select_related("figure").order_by("figure__no", "pk")
    current = current_values([line.figure for line in lines])
    instead = before_proposals(current.values())
    return content_hash([_plain(line.figure, _of_form(line, current.get(line.figure_id), instead)) for line in lines])


def hash_of_rows(rows: Iterable[Row]) -> str:
    """The same hash, from rows that were read already."""
    return content_hash([_plain(row.figure, row.value) for row in rows])


def _plain(figure: Figure, value: Value | None) -> dict[str, object]:
    parts = {} if value is None or value.parts.is_empty else {"parts": [value.numerator, value.denominator]}
    return {
        **parts,
        "figure": figure.pk,
        "value": value.pk if value else None,
        "amount": value.amount if value else None,
        "text": value.text if value else "",
        "measure": str(value.measure) if value else str(Measure.NOT_FILLED),
        "target": value.target if value else figure.target,
        "target_text": value.target_text if value else figure.target_text,
        "note": value.note if value else "",
    }
