"""Cases and reports as lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q

from runut.collection.models import Figure, Value
from runut.collection.queries import current_values
from runut.correction.models import Correction, CorrectionItem, ErrorReport, ReportState
from runut.organisation.permissions import Actor
from runut.sop.models import HEAVY, Run, Sop, VersionState
from runut.sop.queries import cancelled_words

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list, with how many of its items are decided and where its run stands.

    withdrawn: by whom it was given up, when and why; "" where it was not.
    """

    case: Correction
    items: int
    decided: int
    withdrawn: str


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The reports on one figure, oldest first: duplicates stand together. case: where it is being corrected.

    answered: report id -> the case that was opened on it, where the reader may see that.
    """

    figure: Figure
    value: Value | None
    reports: tuple[ErrorReport, ...]
    case: Correction | None
    answered: Mapping[int, Correction]


def correction_of(run: Run) -> Correction | None:
    """The case this run corrects: the open one, else the latest. One query."""
    rows = Correction.objects.filter(run=run).select_related("source__office", "office", "run", "opened_by")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-pk").first()


def case_of_figure(figures: Collection[int]) -> dict[int, Correction]:
    """Per figure, the open case that corrects it now. One query."""
    rows = CorrectionItem.objects.filter(figure__in=figures, open=True).select_related("correction")
    return {row.figure_id: row.correction for row in rows}


def cases_with(figure: Figure, actor: Actor) -> list[Correction]:
    """The cases in which a figure was or is corrected, as far as the person may see them, newest first. One query."""
    rows = Correction.objects.visible_to(actor).filter(pk__in=figure.correction_items.values("correction"))
    return list(rows.order_by("-opened_at", "-pk"))


def codes_of(values: Sequence[Value]) -> dict[int, str]:
    """Version id -> the code of the case that decided on it, or on whose form it was handed in. At most two queries."""
    if not values:
        return {}
    items = CorrectionItem.objects.select_related("correction", "line").order_by("pk")
    # An item that was decided to stay what it was changed nothing: its `decided` is another case's version.
    decided = items.filter(decided__in=[value.pk for value in values]).exclude(decided=F("before"))
    found = {item.decided_id or 0: item.correction.code for item in decided}
    rest = {(value.figure_id, value.sheet_id): value.pk for value in values if value.pk not in found and value.sheet_id}
    if rest:
        for item in items.filter(figure__in=[figure for figure, _sheet in rest], line__isnull=False):
            pk = rest.get((item.figure_id, item.line.sheet_id)) if item.line else None
            found |= {pk: item.correction.code} if pk else {}
    return found


def case_list(actor: Actor, *, open_only: bool, page: str | int = 1) -> tuple[list[CaseRow], Page[Correction]]:
    """Cases a person may see, newest first. Three queries, and one more where a case was given up."""
    rows = Correction.objects.visible_to(actor)
    if open_only:
        rows = rows.open()
    rows = (
        rows.select_related("run__version__sop", "source", "opened_by")
        .defer(*(f"run__{name}" for name in HEAVY))
        .annotate(n=Count("items"), done=Count("items", filter=Q(items__decided__isnull=False)))
        .order_by("-opened_at", "-pk")
    )
    found = Paginator(rows, PAGE_SIZE).get_page(page)
    given_up = cancelled_words(row.run for row in found.object_list if row.is_withdrawn)
    listed = [
        CaseRow(row, row.n, row.done, given_up.get(row.run_id, ""))  # type: ignore[attr-defined]
        for row in found.object_list
    ]
    return listed, found  # type: ignore[return-value]


def correction_sops(office_id: int) -> list[Sop]:
    """The correction procedures in force of an office. One query."""
    rows = Sop.objects.filter(office=office_id, category="correction", versions__state=VersionState.IN_FORCE)
    return list(rows.order_by("title", "pk"))


def open_reports(figures: Collection[int]) -> dict[int, list[ErrorReport]]:
    """Per figure, the reports that wait for an answer, oldest first. One query."""
    rows = ErrorReport.objects.filter(figure__in=figures, state=ReportState.OPEN).select_related("reported_by")
    found: dict[int, list[ErrorReport]] = defaultdict(list)
    for row in rows.order_by("reported_at", "pk"):
        found[row.figure_id].append(row)
    return dict(found)


def open_reports_for(actor: Actor) -> int:
    """How many reports of errors wait for the head of their office. One query for a head, none for others."""
    offices = [held.jabatan.office_id for held in actor.assignments if held.jabatan.heads_office]
    return ErrorReport.objects.filter(office__in=offices, state=ReportState.OPEN).count() if offices else 0


def report_groups(actor: Actor, *, state: str = ReportState.OPEN) -> list[ReportGroup]:
    """Reports a person may see, those on one figure together, the longest waiting first.

    Three queries, and one more for accepted ones.
    """
    rows = (
        ErrorReport.objects.visible_to(actor)
        .filter(state=state)
        .select_related(
            "figure__indicator",
            "figure__unit",
            "figure__pegawai",
            "figure__period__run",
            "figure__period__office",
            "reported_by",
            "value",
        )
        .order_by("reported_at", "pk")
    )
    of_figure: dict[int, list[ErrorReport]] = defaultdict(list)
    for row in rows:
        of_figure[row.figure_id].append(row)
    current, cases = current_values([of[0].figure for of in of_figure.values()]), case_of_figure(of_figure.keys())
    answered = _answered(actor, of_figure) if state == ReportState.ACCEPTED else {}
    return [
        ReportGroup(of[0].figure, current.get(pk), tuple(of), cases.get(pk), answered) for pk, of in of_figure.items()
    ]


def _answered(actor: Actor, reports: Mapping[int, Sequence[ErrorReport]]) -> dict[int, Correction]:
    """Report id -> the case that was opened on it. reports: figure id -> accepted ones. One query.

    An item names the oldest of the reports that it answers; the others were accepted right after that one.
    """
    seen = Correction.objects.visible_to(actor).values("pk")
    items = CorrectionItem.objects.filter(figure__in=reports, report__decided_at__isnull=False, correction__in=seen)
    found: dict[int, Correction] = {}
    for item in items.select_related("correction", "report").order_by("report__decided_at", "pk"):
        since = item.report.decided_at if item.report else None
        for report in reports[item.figure_id]:
            if since and report.decided_at and report.decided_at >= since:
                found[report.pk] = item.correction
    return found
