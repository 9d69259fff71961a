"""How far a period is: sheet by sheet, and in numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.models import Basis, Delivery, Line, Measure, Period, Sheet, SheetKind
from runut.collection.queries.absent import Absence, absences, absences_of_heads
from runut.collection.queries.editions import asked_of, edition_on
from runut.collection.rules import HANDED_IN
from runut.lib.errors import Refused
from runut.lib.prepared import Prepared, PreparedRows
from runut.organisation.models import Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.organisation.queries import active_pegawai, departed, holders, local_day, supplying_units, unit_heads
from runut.planning.queries import lacking
from runut.sop import queries as sop_queries
from runut.sop.models import HEAVY, Run, RunState, Sop, SopVersion, Task, TaskState, VersionState
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Definition


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of a run's sheets are in which state. handed_in: submitted or further."""

    total: int
    by_state: dict[str, int]

    @property
    def handed_in(self) -> int:
        return sum(count for state, count in self.by_state.items() if state in HANDED_IN)

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.handed_in == self.total


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in the status matrix. task: what is open for it now. opened: when the recipient first looked.

    lines: those that ask for a value; what the plan does not measure in the period is not among them.
    """

    sheet: Sheet
    filled: int
    lines: int
    delivery: Delivery | None
    task: Task | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit or pegawai that a period may be prepared for, with the number of its indicators.

    away: that the person is on leave while the forms are filled in, or has left. aimless: how many of the indicators
    have no target in the period.
    """

    pk: int
    name: str
    indicators: int
    away: Absence | None = None
    aimless: int = 0

    @property
    def has_left(self) -> bool:
        return self.away is not None and self.away.left


_BY_STATE = PreparedRows[tuple[str, int]](
    tuple, lambda run: Sheet.objects.of_run(run).order_by().values_list("state").annotate(n=Count("pk")), int
)


def completeness(run: Run) -> Completeness:
    """One query."""
    by_state = dict(_BY_STATE.all(run.pk))
    return Completeness(sum(by_state.values()), by_state)


def completeness_of(runs: Iterable[int]) -> dict[int, Completeness]:
    """The same for several runs. One query."""
    asked = Sheet.objects.filter(run__in=list(runs)).still_asked()
    rows = asked.order_by().values_list("run", "state").annotate(n=Count("pk"))
    states: dict[int, dict[str, int]] = {}
    for run, state, count in rows:
        states.setdefault(run, {})[state] = count
    return {run: Completeness(sum(by.values()), by) for run, by in states.items()}


def sheet_rows(sheets: QuerySet[Sheet]) -> list[SheetRow]:
    """Sheets with how far they are. Three queries."""
    rows = list(with_progress(sheets))
    tasks = _open_tasks(rows)
    return [
        SheetRow(
            sheet,
            sheet.filled_lines,  # type: ignore[attr-defined]
            sheet.all_lines,  # type: ignore[attr-defined]
            getattr(sheet, "delivery", None),
            tasks.get((sheet.run_id, sheet.member)),
        )
        for sheet in rows
    ]


def with_progress(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Sheets with whom they are for, and with `filled_lines` of `all_lines` that ask for a value; `nil_lines` of them
    say that there was nothing."""
    asked = ~Q(lines__measure=Measure.NOT_MEASURED, lines__edited_at=None, lines__corrects=None)
    filled = asked & ~Q(lines__measure=Measure.NOT_FILLED)
    return (
        sheets.select_related("unit", "pegawai", "delivery__recipient")
        .annotate(
            filled_lines=Count("lines", filter=filled),
            all_lines=Count("lines", filter=asked),
            nil_lines=Count("lines", filter=Q(lines__measure=Measure.NIL)),
        )
        .order_by("unit__code", "pegawai__name", "pk")
    )


def _open_tasks(sheets: Sequence[Sheet]) -> dict[tuple[int, str], Task]:
    rows = Task.objects.filter(
        run__in={s.run_id for s in sheets}, branch__member__in={s.member for s in sheets}, state=TaskState.OPEN
    ).select_related("branch", "jabatan", "pegawai")
    return {(row.run_id, row.branch.member): row for row in rows if row.branch}


def basis_of(definition: Definition) -> Basis:
    """What a procedure collects by: the set over which its first fill step fans out."""
    fill = next((step for step in definition.steps if step.work == "fill"), None)
    return Basis.UNIT if fill is not None and fill.each == "unit" else Basis.PEGAWAI


def basis_of_sop(sop: Sop) -> Basis:
    """The same of the version in force; Refused without one. One query."""
    version = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE).first()
    if version is None:
        raise Refused(_("SOP ini belum berlaku. Sahkan dulu versinya, lalu mulai lagi."))
    return basis_of(definition_of(version))


def latest_quarter(office: Office, basis: str) -> tuple[int, int] | None:
    """(year, quarter) of the office's last quarter of this basis that cannot be opened any more. One query."""
    rows = Period.objects.filter(office=office, basis=basis, void=False, quarter__gt=0)
    rows = rows.exclude(run__state=RunState.CANCELLED).order_by("-year", "-quarter")
    return rows.values_list("year", "quarter").first()


def candidates(
    office: Office, basis: str, year: int, quarter: int, on: date, until: date | None = None
) -> list[Candidate]:
    """Who is to hand in data in a period, with how many indicators each has. At most eleven queries.

    Of people also those who served in the period and have left. until: by which day the forms are filled in.
    """
    rows: list[Unit] | list[Pegawai]
    last = max(on, until or on)
    if basis == Basis.UNIT:
        rows = list(supplying_units(office))
        away = absences_of_heads(office, [row.pk for row in rows], on, last, on)
    else:
        gone = departed(office, since=date(year, max(1, 3 * quarter - 2), 1), on=on)
        rows = [*active_pegawai(office, on), *(held.pegawai for held in gone)]
        away = absences(office, [row.pk for row in rows], on, last, on)
    promises = asked_of(office, basis, [r.pk for r in rows], year, quarter, edition_on(office, basis, on))
    names = {row.pk: row.name if isinstance(row, Unit) else row.full_name for row in rows}
    return [
        Candidate(pk, name, len(asked), away.get(pk), sum(each.lacks_target for each in asked))
        for pk, name in names.items()
        for asked in (promises.get(pk, ()),)
    ]


def recipients(sheets: Iterable[Sheet], on: date) -> dict[int, int | None]:
    """Per sheet, the pegawai who gets it: the person, or whoever heads the unit on that day. Two queries."""
    rows = list(sheets)
    heads = unit_heads([s.unit_id for s in rows if s.unit_id])
    held = holders(list(heads.values()), on)
    found: dict[int, int | None] = {}
    for sheet in rows:
        in_office = held.get(heads.get(sheet.unit_id or 0, 0), [])
        found[sheet.pk] = sheet.pegawai_id or (in_office[0].pegawai_id if in_office else None)
    return found


def period_list(actor: Actor) -> list[tuple[Period, Completeness]]:
    """The periods a person may see, newest first, each with how far it is. Two queries."""
    rows = Period.objects.visible_to(actor).filter(void=False)
    rows = rows.select_related("office", "run__version__sop").order_by("-year", "-quarter", "office", "pk")
    periods = list(rows.defer(*(f"run__{name}" for name in HEAVY)))
    counts = completeness_of([period.run_id for period in periods if period.run_id])
    return [(period, counts.get(period.run_id or 0, Completeness(0, {}))) for period in periods]


def collections_in_force(actor: Actor) -> list[Sop]:
    """The collection procedures in force of the person's offices. One query."""
    rows = Sop.objects.filter(office__in=actor.office_ids, category="collection", versions__state="in_force")
    return list(rows.select_related("office").order_by("title", "pk"))


def startable(actor: Actor) -> list[Sop]:
    """Those of them that this person may start. Three queries."""
    return sop_queries.startable(actor, collections_in_force(actor))


def who_starts(actor: Actor) -> list[str]:
    """Who starts the collection procedures in force: a sentence for each. Five queries."""
    return sop_queries.who_starts(collections_in_force(actor))


def unplanned(sops: Iterable[Sop], year: int) -> list[tuple[Office, list[str]]]:
    """The offices of these procedures whose planning documents for a year are not all registered. Three queries."""
    offices = {sop.office_id: sop.office for sop in sops}
    return [(offices[pk], labels) for pk, labels in lacking(offices, year).items()]


def unprepared_runs(actor: Actor) -> list[Run]:
    """Collection runs of the person's offices that have no period yet. One query."""
    rows = Run.objects.filter(
        office__in=actor.office_ids, state=RunState.RUNNING, period__isnull=True, version__sop__category="collection"
    )
    return list(rows.defer(*HEAVY).order_by("-started_at"))


def next_review(actor: Actor, run_id: int) -> Task | None:
    """The person's next open review task in a run, the earliest due first. One query."""
    rows = Task.objects.addressed_to(actor).filter(run=run_id, work="review", state=TaskState.OPEN)
    return rows.order_by("due_at", "pk").first()


def review_position(actor: Actor, run_id: int) -> tuple[int, int]:
    """How many of the person's reviews in a run are open, of how many that were addressed to the person."""
    rows = Task.objects.addressed_to(actor).filter(run=run_id, work="review").exclude(state=TaskState.CANCELLED)
    counts = rows.aggregate(
        total=Count("branch", distinct=True), open=Count("branch", filter=Q(state=TaskState.OPEN), distinct=True)
    )
    return counts["open"], counts["total"]


def sheet_of(task: Task) -> Sheet | None:
    """The sheet that a fill or review task is about. One query."""
    if task.branch is None:
        return None
    return Sheet.objects.filter(run=task.run_id, member=task.branch.member).order_by("pk").first()


def fillers_of(run: Run) -> dict[int, int]:
    """Figure id -> id of the pegawai or unit whose sheet of the run holds it. One query."""
    rows = Line.objects.filter(sheet__run=run).order_by("pk").values_list("figure", "sheet__member")
    return {figure: int(member[1:]) for figure, member in rows}


def is_correction_run(run: Run) -> bool:
    return Sheet.objects.filter(run=run, kind=SheetKind.CORRECTION).exists()


def _made(run: int) -> QuerySet[Task]:
    """How the forms were made, and all that was chosen then."""
    return Task.objects.filter(run=run, work="prepare", state=TaskState.DONE).order_by("-pk").only("form")[:1]


_MADE = Prepared(_made, int)


def left_out_of(run: Run, asked: Collection[str] | None = None) -> dict[str, str]:
    """Who was not asked for data when the forms were made, and was not added since: name -> reason.

    asked: whose forms there are, where that is known. One query, else two.
    """
    made = _MADE.first(run.pk)
    found = made.form.get("left_out") if made else None
    if not found:
        return {}
    if asked is None:
        asked = {sheet.subject for sheet in Sheet.objects.filter(run=run).select_related("unit", "pegawai")}
    return {str(name): str(why) for name, why in found.items() if name not in asked}


def without_recipient(run: Run) -> list[str]:
    """Whose forms have nobody to fill them in: units without a head. Three queries."""
    sheets = list(Sheet.objects.filter(run=run).select_related("unit", "pegawai").order_by("unit__code", "pk"))
    to = recipients(sheets, local_day(run.office, timezone.now()))
    return [sheet.subject for sheet in sheets if to[sheet.pk] is None]
