"""Opening what comes next: who does it, until when, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.prepared import Prepared, insert
from runut.lib.worktime import Calendar
from runut.organisation import queries as organisation
from runut.organisation.models import Jabatan
from runut.sop.actions.seats_apart import others_in_lane
from runut.sop.actions.seats_kept import Seat, seats_kept
from runut.sop.models import Branch, BranchState, Join, Run, RunScope, Task, TaskState
from runut.sop.queries import kept_bindings_of
from runut.sop.rules.deadline import due_of
from runut.sop.rules.definition import Definition, EachKind, Lane, Step

AT_ONCE = 100


def _queue(run: int, step: str) -> QuerySet[Task]:
    """The open tasks of a step that have a deadline, the last one first."""
    waiting = Task.objects.filter(run=run, step=step, state=TaskState.OPEN, due_at__isnull=False)
    return waiting.order_by("-due_at").only("due_at")


_LAST_OF_JABATAN = Prepared(
    lambda run, step, seat: _queue(run, step).filter(jabatan=seat, pegawai=None)[:1], int, str, int
)
_LAST_OF_PEGAWAI = Prepared(
    lambda run, step, seat: _queue(run, step).filter(jabatan=None, pegawai=seat)[:1], int, str, int
)


@dataclass(slots=True)
class Ground:
    """What one command stands on while it opens steps.

    reason: why, when a return opens them. opened: the tasks made, in order.
    waiting: joins of which members are still to be opened, in batches, after the commit.
    """

    run: Run
    definition: Definition
    calendar: Calendar
    now: datetime
    reason: str = ""
    opened: list[Task] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)

    @property
    def bindings(self) -> dict[str, list[int]]:
        """slot -> ids of the positions bound to it."""
        return kept_bindings_of(self.run.version.sop)


def member_key(each: EachKind, pk: int) -> str:
    """How a branch names its member: "u7" for a unit, "p7" for a pegawai."""
    return f"u{pk}" if each == "unit" else f"p{pk}"


def member_pk(member: str) -> int:
    return int(member[1:])


def opened_as_logged(task: Task) -> list[object]:
    """A task that was opened, as the log keeps it for replay: place, round, whose it is, until when."""
    return [task.step, task.slot, task.round, task.jabatan_id, task.pegawai_id, task.due_at]


def open_step(ground: Ground, step: Step, branch: Branch | None, rounds: Mapping[str, int]) -> None:
    """Open one step for the run or for one member. `rounds`: step id -> how often it was opened here."""
    seats = seats_of(ground, step, [branch] if branch else [])
    if rounds.get(step.id):
        seats = _kept(ground, step, [branch], seats)
    start = _queue_start(ground, step, seats[0]) if branch else ground.now
    day = _days_set(ground, step, [branch]).get(branch.member) if branch else None
    tasks = _tasks(ground, step, branch, seats[0], rounds.get(step.id, 0) + 1, start, day)
    for task in tasks:
        insert(task)
    ground.opened += tasks


def enter_region(ground: Ground, region: str, step_id: str, members: Sequence[str]) -> None:
    """Open a fan-out for these members in a new round of its join; large ones in batches."""
    if not members:
        raise Refused(_("Belum ada siapa pun yang dituju langkah berikutnya. Tentukan dulu penerimanya."))
    rounds = Join.objects.filter(run=ground.run, region=region).aggregate(last=Max("round"))["last"] or 0
    now, later = list(members[:AT_ONCE]), list(members[AT_ONCE:])
    join = Join.objects.create(
        instansi_id=ground.run.instansi_id,
        run=ground.run,
        region=region,
        round=rounds + 1,
        total=len(members),
        pending=len(members),
        waiting=[[step_id, member, ground.reason] for member in later],
    )
    open_members(ground, region, step_id, now, again=rounds > 0)
    if later:
        ground.waiting.append(join.pk)


def open_members(ground: Ground, region: str, step_id: str, members: Sequence[str], *, again: bool) -> None:
    """The branches and first tasks of these members. A constant number of statements."""
    step = ground.definition.step(step_id)
    branches = _branches(ground, region, members, again=again)
    seats = seats_of(ground, step, branches)
    rounds = _rounds_by_branch(ground.run, step_id, branches) if again else {}
    if rounds:
        seats = _kept(ground, step, branches, seats)
    tasks: list[Task] = []
    days = _days_set(ground, step, branches)
    for branch, seat in zip(branches, seats, strict=True):
        tasks += _tasks(ground, step, branch, seat, rounds.get(branch.pk, 0) + 1, ground.now, days.get(branch.member))
    ground.opened += Task.objects.bulk_create(tasks)


def _branches(ground: Ground, region: str, members: Sequence[str], *, again: bool) -> list[Branch]:
    known: dict[str, Branch] = {}
    if again:
        rows = Branch.objects.filter(run=ground.run, region=region, member__in=members)
        known = {branch.member: branch for branch in rows}
        for branch in known.values():
            branch.state, branch.round = BranchState.OPEN, branch.round + 1
        Branch.objects.bulk_update(known.values(), ["state", "round"])
    fresh = [_branch(ground.run, region, member) for member in members if member not in known]
    known |= {branch.member: branch for branch in Branch.objects.bulk_create(fresh)}
    return [known[member] for member in members]


def _branch(run: Run, region: str, member: str) -> Branch:
    pk = member_pk(member)
    return Branch(
        instansi_id=run.instansi_id,
        run=run,
        region=region,
        member=member,
        unit_id=pk if member.startswith("u") else None,
        pegawai_id=pk if member.startswith("p") else None,
    )


def _rounds_by_branch(run: Run, step_id: str, branches: Iterable[Branch]) -> dict[int, int]:
    rows = Task.objects.filter(run=run, step=step_id, branch__in=branches)
    counted = rows.values("branch").annotate(last=Max("round")).values_list("branch", "last")
    return {branch: last for branch, last in counted if branch is not None}


def _days_set(ground: Ground, step: Step, branches: Iterable[Branch]) -> dict[str, datetime]:
    """Member -> by when filling in is due, where a day was set that has not passed. A query for such steps only."""
    if step.work != "fill" or not step.each:
        return {}
    scope = RunScope.objects.filter(run=ground.run, each=step.each).only("due_at", "own_dues").first()
    if scope is None:
        return {}
    own = {pk: datetime.fromisoformat(text) for pk, text in scope.own_dues.items()}
    days = {each.member: own.get(str(member_pk(each.member)), scope.due_at) for each in branches}
    return {member: day for member, day in days.items() if day is not None and day > ground.now}


def _tasks(
    ground: Ground,
    step: Step,
    branch: Branch | None,
    seats: Sequence[Seat],
    round_: int,
    start: datetime,
    day: datetime | None,
) -> list[Task]:
    """day: when the step is due whatever its norm; kept as working minutes, as after a hold."""
    # From the whole minute, so that the minutes counted again give the same day and time.
    start = start.replace(second=0, microsecond=0) if day else start
    minutes = ground.calendar.elapsed(start, day) if day else None
    due = day or due_of(ground.calendar, start, None, step.norm)
    return [
        Task(
            instansi_id=ground.run.instansi_id,
            run=ground.run,
            branch=branch,
            step=step.id,
            slot=slot,
            round=round_,
            work=step.work,
            printed_no=step.printed_no,
            text=step.text,
            lane=lane,
            jabatan_id=jabatan_id,
            pegawai_id=pegawai_id,
            opened_at=ground.now,
            due_at=due,
            counted_from=start,
            counted_minutes=minutes,
            opened_by_return=bool(ground.reason),
            return_reason=ground.reason,
        )
        for slot, (lane, jabatan_id, pegawai_id) in enumerate(seats)
    ]


def _queue_start(ground: Ground, step: Step, seats: Sequence[Seat]) -> datetime:
    """Where the clock of a per-item norm starts: behind what already lies with the same official."""
    if step.norm is None or step.norm.per != "item":
        return ground.now
    _lane, jabatan_id, pegawai_id = seats[0]
    if jabatan_id is not None:
        last = _LAST_OF_JABATAN.first(ground.run.pk, step.id, jabatan_id)
    else:
        assert pegawai_id is not None, "a seat is a position's or a person's"
        last = _LAST_OF_PEGAWAI.first(ground.run.pk, step.id, pegawai_id)
    return max(last.due_at, ground.now) if last and last.due_at else ground.now


def seats_of(ground: Ground, step: Step, branches: Sequence[Branch]) -> list[list[Seat]]:
    """Who sits where in a step: per branch, or once for a step of the run, a seat per slot."""
    match step.actor.kind:
        case "subject" if branches and branches[0].pegawai_id:
            return [[(step.lanes[0], None, branch.pegawai_id)] for branch in branches]
        case "subject" if branches:
            return _head_seats(step, branches)
        case "superior":
            return _superior_seats(ground, step, branches)
        case "starter":
            return [[(step.lanes[0], None, ground.run.started_by_id)]] * max(1, len(branches))
        case "same_as":
            return _same_seats(ground, step, branches)
    return _holder_seats(ground, step, branches)


def _holder_seats(ground: Ground, step: Step, branches: Sequence[Branch]) -> list[list[Seat]]:
    """The lane's positions; of each unit its own where it has any. What is judged goes to others than whose it is,
    where the lane has any."""
    everybody = _lane_seats(ground, step)
    if not branches:
        return [everybody]
    near = _unit_seats(everybody, branches) if branches[0].unit_id else [everybody] * len(branches)
    if step.work != "review" or step.joint == "all" or len(everybody) < 2:
        return near
    others = others_in_lane(ground.run, branches, everybody, ground.calendar.local_day(ground.now))
    return [others(b, seats) or others(b, everybody) or seats for b, seats in zip(branches, near, strict=True)]


def _kept(
    ground: Ground, step: Step, branches: Sequence[Branch | None], seats: Sequence[Sequence[Seat]]
) -> list[list[Seat]]:
    return seats_kept(ground.run, step, branches, seats, ground.calendar.local_day(ground.now))


def _lane_seats(ground: Ground, step: Step) -> list[Seat]:
    seats: list[Seat] = []
    for key in step.lanes:
        lane = ground.definition.lane(key)
        bound = ground.bindings.get(lane.slot, [])
        if not bound:
            raise Refused(
                _("Lajur “%(lane)s” belum diisi jabatan. Tetapkan di halaman SOP, lalu ulangi.") % {"lane": lane.name}
            )
        seats += [(key, jabatan_id, None) for jabatan_id in bound]
    return seats


def _unit_seats(everybody: list[Seat], branches: Sequence[Branch]) -> list[list[Seat]]:
    """The lane's positions in the unit itself, where it has any; else all of the lane's."""
    units = dict(Jabatan.objects.filter(pk__in=[pk for _lane, pk, _p in everybody]).values_list("pk", "unit"))
    return [[seat for seat in everybody if units.get(seat[1] or 0) == b.unit_id] or everybody for b in branches]


def _head_seats(step: Step, branches: Sequence[Branch]) -> list[list[Seat]]:
    heads = organisation.unit_heads([b.unit_id for b in branches if b.unit_id])
    missing = [b for b in branches if b.unit_id not in heads]
    if missing:
        raise Refused(
            _("Unit “%(unit)s” belum mempunyai jabatan kepala. Tetapkan di Pengaturan, Jabatan, lalu ulangi.")
            % {"unit": missing[0].unit}
        )
    return [[(step.lanes[0], heads[b.unit_id or 0], None)] for b in branches]


def _superior_seats(ground: Ground, step: Step, branches: Sequence[Branch]) -> list[list[Seat]]:
    day = ground.calendar.local_day(ground.now)
    people = [b.pegawai_id for b in branches if b.pegawai_id]
    found = organisation.direct_superiors(people, day)
    if alone := [pk for pk in people if pk not in found]:
        # Who has left is still led from where the last position stands; the head's own form has nobody above.
        found |= organisation.superiors_of_last_posts(alone, day)
    lane = ground.definition.lane(step.lanes[0])
    instead = _seats_instead(ground, lane, [b for b in branches if b.pegawai_id not in found])
    seats: list[list[Seat]] = []
    for branch in branches:
        superior = found.get(branch.pegawai_id or 0)
        if superior is not None:
            seats.append([(lane.key, superior.jabatan_id, superior.pegawai_id)])
        elif branch.member in instead:
            seats.append([instead[branch.member]])
        else:
            raise Refused(
                _("Atasan langsung %(name)s belum ditetapkan. Tetapkan di Pengaturan, Pegawai, lalu ulangi.")
                % {"name": branch.pegawai}
            )
    return seats


def _seats_instead(ground: Ground, lane: Lane, branches: Sequence[Branch]) -> dict[str, Seat]:
    """Member -> the seat in the stead of a superior whom somebody has not: of the lane, another's if it can be."""
    bound: list[Seat] = [(lane.key, post, None) for post in ground.bindings.get(lane.slot, [])]
    if not bound or not branches:
        return {}
    others = others_in_lane(ground.run, branches, bound, ground.calendar.local_day(ground.now))
    return {b.member: (others(b, bound) or bound)[0] for b in branches}


def _same_seats(ground: Ground, step: Step, branches: Sequence[Branch]) -> list[list[Seat]]:
    """Whoever did that step: for each member who did the member's part, otherwise who did it last.

    Of a fan-out that is over, everybody who did a part of it since this step was last open. Two queries at most.
    """
    done = Task.objects.filter(run=ground.run, step=step.actor.arg, state=TaskState.DONE).order_by("done_at", "pk")
    of_members = ground.definition.step(step.actor.arg).each is not None
    if of_members and branches:
        last = {task.branch_id: [_seat_of(step, task)] for task in done.filter(branch__in=branches)}
        return [last.get(branch.pk) or _lane_seats(ground, step)[:1] for branch in branches]
    rows = list(done.exclude(branch__state=BranchState.DROPPED))
    fresh = _since_last_open(ground, step, rows) if of_members else rows[-1:]
    seats = list(dict.fromkeys(_seat_of(step, task) for task in fresh))
    return [seats or _lane_seats(ground, step)[:1]] * max(1, len(branches))


def _since_last_open(ground: Ground, step: Step, rows: list[Task]) -> list[Task]:
    """Those opened after this step was opened the last time; all of them where none was."""
    before = Task.objects.filter(run=ground.run, step=step.id).aggregate(last=Max("pk"))["last"]
    return [task for task in rows if before and task.pk > before] or rows


def _seat_of(step: Step, done: Task) -> Seat:
    return step.lanes[0], done.jabatan_id, done.pegawai_id


def scope_of(run: Run, each: EachKind) -> list[str]:
    """The members a run fans out over: those stored with it, else all of the office's."""
    stored = RunScope.objects.filter(run=run, each=each).values_list("members", flat=True).first()
    if stored is None and each == "unit":
        stored = [unit.pk for unit in organisation.supplying_units(run.office)]
    if stored is None and each == "pegawai":
        day = organisation.local_day(run.office, run.started_at)
        stored = [pegawai.pk for pegawai in organisation.active_pegawai(run.office, day)]
    return [member_key(each, pk) for pk in stored or []]
