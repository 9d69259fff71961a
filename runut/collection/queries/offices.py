"""A quarter in all offices of a government, in counts only: no figure, and nobody's name.

A constant number of queries, however many offices there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.collection.models import Period, Sheet, SheetState
from runut.collection.models.figures import PeriodQuerySet
from runut.collection.rules import CHECKED, HANDED_IN
from runut.lib.dates import date_time
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendars_of
from runut.sop.models import RunState, Task, TaskState
from runut.sop.rules.deadline import late_words

PAGE_SIZE = 50
BY_LATENESS, BY_NAME = "", "nama"
# Of an office's collections of one quarter the one that still asks for something speaks for it.
_FIRST = (RunState.RUNNING, RunState.HELD, RunState.CANCELLED, RunState.DONE)
# Not opened; and copied from old papers without ever having run here.
EMPTY, PAST = "empty", "archived"


@dataclass(frozen=True, slots=True)
class Forms:
    """How many forms have come how far; what is further counts as having come so far."""

    sent: int = 0
    handed_in: int = 0
    checked: int = 0
    signed: int = 0

    def __add__(self, other: Forms) -> Forms:
        return Forms(
            self.sent + other.sent, self.handed_in + other.handed_in, self.checked + other.checked,
            self.signed + other.signed,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pace:
    """late: open tasks past their time, the earliest since `since`. moved: when a task was last done."""

    late: int = 0
    since: datetime | None = None
    moved: datetime | None = None

    def __add__(self, other: Pace) -> Pace:
        since = min(filter(None, (self.since, other.since)), default=None)
        return Pace(self.late + other.late, since, max(filter(None, (self.moved, other.moved)), default=None))


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office with all its collections of the quarter. `label` is `state` in words; late_words: by how much.

    steps: the open ones as the procedure words them. mine: whether the person works there.
    """

    office: Office
    state: str
    label: str
    mine: bool
    steps: tuple[str, ...]
    forms: Forms
    pace: Pace
    late_words: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Every office in its order, and all of them together. before, after: the nearest quarters that are there."""

    rows: list[OfficeRow]
    forms: Forms
    before: tuple[int, int] | None
    after: tuple[int, int] | None

    @property
    def opened(self) -> int:
        return sum(row.state != EMPTY for row in self.rows)

    @property
    def finished(self) -> int:
        return sum(row.state in (RunState.DONE, PAST) for row in self.rows)

    @property
    def late(self) -> int:
        return sum(bool(row.pace.late) for row in self.rows)


def latest_overseen(actor: Actor) -> tuple[int, int] | None:
    """Year and quarter of the latest period in the offices whose progress the person may see. One query."""
    return _periods(actor).order_by("-year", "-quarter").values_list("year", "quarter").first()


def offices_in(actor: Actor, year: int, quarter: int, order: str = BY_LATENESS) -> Offices | None:
    """How far each office is; None where the person sees none of a quarter. Seven queries, one more for new hours."""
    known = sorted(set(_periods(actor).order_by("year", "quarter").values_list("year", "quarter").distinct()))
    if (year, quarter) not in known:
        return None
    place = known.index((year, quarter))
    rows = _rows(actor, list(_periods(actor).filter(year=year, quarter=quarter).select_related("run").only(*_READ)))
    return Offices(
        rows=sorted(rows, key=_by_name if order == BY_NAME else _by_lateness),
        forms=sum((row.forms for row in rows), Forms()),
        before=known[place - 1] if place else None,
        after=known[place + 1] if place + 1 < len(known) else None,
    )


# Of the periods and of what collects them.
_READ = ("office", "run__state", "run__started_at")


def _periods(actor: Actor) -> PeriodQuerySet:
    return Period.objects.filter(office__in=Office.objects.overseen_by(actor), void=False)


def _rows(actor: Actor, periods: Sequence[Period]) -> list[OfficeRow]:
    """Six queries at most."""
    now, runs = timezone.now(), [period.run_id for period in periods if period.run_id]
    forms, paces, steps = _forms(runs), _paces(runs, now), _open_steps(runs)
    of_office: dict[int, list[Period]] = defaultdict(list)
    for period in periods:
        of_office[period.office_id].append(period)
    offices = list(Office.objects.overseen_by(actor).only("name", "short_name"))
    calendars = calendars_of([office.pk for office in offices])
    found = []
    for office in offices:
        mine = of_office[office.pk]
        ids = [period.run_id for period in mine if period.run_id]
        state, label = _state(mine)
        pace = sum((paces.get(run, Pace()) for run in ids), Pace())
        found.append(OfficeRow(
            office=office, state=state, label=label, mine=bool(mine) and office.pk in actor.office_ids,
            steps=tuple(dict.fromkeys(step for run in ids for step in steps[run])),
            forms=sum((forms.get(run, Forms()) for run in ids), Forms()), pace=pace,
            late_words=late_words(calendars[office.pk], pace.since, now) if pace.since else "",
        ))  # fmt: skip
    return found


def _state(periods: Collection[Period]) -> tuple[str, str]:
    runs = [period.run for period in periods if period.run is not None]
    if runs:
        first = min(runs, key=lambda run: _FIRST.index(RunState(run.state)))
        return first.state, str(first.get_state_display())
    return (PAST, _("Dokumen lama")) if periods else (EMPTY, _("Belum dibuka"))


def _forms(runs: Collection[int]) -> dict[int, Forms]:
    """One query."""
    rows = Sheet.objects.filter(run__in=runs).still_asked().order_by().values("run").annotate(
        sent=Count("pk", filter=Q(delivery__withdrawn_at=None, delivery__isnull=False)),
        handed_in=Count("pk", filter=Q(state__in=HANDED_IN)),
        checked=Count("pk", filter=Q(state__in=CHECKED)),
        signed=Count("pk", filter=Q(state__in=(SheetState.SIGNED, SheetState.PUBLISHED))),
    )  # fmt: skip
    return {row["run"]: Forms(row["sent"], row["handed_in"], row["checked"], row["signed"]) for row in rows}


def _paces(runs: Collection[int], now: datetime) -> dict[int, Pace]:
    """One query."""
    overdue = Q(state=TaskState.OPEN, due_at__lt=now, run__state=RunState.RUNNING)
    rows = Task.objects.filter(run__in=runs).order_by().values("run").annotate(
        late=Count("pk", filter=overdue), since=Min("due_at", filter=overdue), moved=Max("done_at"),
    )  # fmt: skip
    return {row["run"]: Pace(row["late"], row["since"], row["moved"]) for row in rows}


def _open_steps(runs: Collection[int]) -> dict[int, list[str]]:
    """The open steps of each run, as printed, the first opened first. One query."""
    rows = Task.objects.filter(run__in=runs, state=TaskState.OPEN).values("run", "printed_no", "text")
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.annotate(first=Min("pk")).order_by("first"):
        found[row["run"]].append(f"{row['printed_no']}. {row['text']}" if row["printed_no"] else row["text"])
    return found


def _by_name(row: OfficeRow) -> tuple[str, int]:
    return row.office.name, row.office.pk


def _by_lateness(row: OfficeRow) -> tuple[bool, float, bool, str, int]:
    """What is late the longest, then what was not opened at all."""
    since = row.pace.since
    return since is None, since.timestamp() if since else 0, row.state != EMPTY, row.office.name, row.office.pk


def offices_table(found: Offices) -> list[list[str]]:
    """All of it as a table, heading first: a paper, in Indonesian whoever asks for it."""
    with translation.override("id"):
        head = [
            _("Kantor"), _("Keadaan"), _("Langkah sekarang"), _("Terkirim"), _("Diajukan"), _("Diperiksa"),
            _("Ditandatangani"), _("Tugas terlambat"), _("Keterlambatan"), _("Gerak terakhir"),
        ]  # fmt: skip
        zone = timezone.get_current_timezone_name()
        return [head, *(_cells(row, zone) for row in found.rows)]


def _cells(row: OfficeRow, zone: str) -> list[str]:
    forms, moved = row.forms, row.pace.moved
    counts = (forms.sent, forms.handed_in, forms.checked, forms.signed, row.pace.late)
    return [
        row.office.name, row.label, "; ".join(row.steps), *map(str, counts), row.late_words,
        date_time(moved, zone) if moved else "",
    ]  # fmt: skip
