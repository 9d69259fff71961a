"""What was ordered and what meetings decided, as it was recorded."""

from __future__ import annotations

from dataclasses import dataclass

from runut.correction.models import Attendance, ItemDecision, Meeting, Order, Resolution
from runut.sop.models import Run, Task, TaskState


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting with all that its minutes show."""

    meeting: Meeting
    attendances: tuple[Attendance, ...]
    decisions: tuple[ItemDecision, ...]
    resolutions: tuple[Resolution, ...]

    @property
    def present(self) -> int:
        return sum(row.present for row in self.attendances)

    @property
    def leader_title(self) -> str:
        """The position in which the leader was there."""
        return next((row.title for row in self.attendances if row.pegawai_id == self.meeting.leader_id), "")


@dataclass(frozen=True, slots=True)
class Judged:
    """How a repaired figure was judged when the data were gathered."""

    cause_gone: bool
    can_follow_up: bool
    note: str


def judged_of(run: Run) -> dict[int, Judged]:
    """Figure id -> how its repair was judged last; {} in a procedure that does not ask. One query."""
    done = Task.objects.filter(run=run, work="compile", state=TaskState.DONE).order_by("-done_at", "-pk")
    answers = (done.values_list("form", flat=True).first() or {}).get("adequacy") or {}
    return {
        int(figure): Judged(bool(answer["cause_gone"]), bool(answer["can_follow_up"]), str(answer["note"]))
        for figure, answer in answers.items()
    }


def orders_of(run: Run) -> list[Order]:
    """The orders of a run, oldest first, with team, giver and time. Two queries."""
    rows = Order.objects.filter(run=run).select_related("task__done_by").prefetch_related("team__pegawai")
    return list(rows.order_by("pk"))


def meetings_of(run: Run) -> list[MeetingRecord]:
    """The meetings of a run, oldest first. Four queries."""
    rows = Meeting.objects.filter(run=run).select_related("task__done_by", "leader").order_by("pk")
    return [meeting_record(row) for row in rows.prefetch_related(*_PARTS)]


def meeting_record(meeting: Meeting) -> MeetingRecord:
    """A meeting with its parts; three queries unless they were read along."""
    return MeetingRecord(
        meeting,
        tuple(sorted(meeting.attendances.all(), key=lambda row: row.pk)),
        tuple(sorted(meeting.decisions.all(), key=lambda row: row.pk)),
        tuple(sorted(meeting.resolutions.all(), key=lambda row: row.no)),
    )


_PARTS = (
    "attendances__pegawai",
    "decisions__item__figure__indicator",
    "decisions__item__figure__unit",
    "decisions__item__figure__pegawai",
    "decisions__item__before",
    "decisions__proposed",
    "decisions__value",
    "resolutions",
)
