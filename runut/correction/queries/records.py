"""What was ordered and what meetings decided, as it was recorded."""

from __future__ import annotations

from dataclasses import dataclass

from runut.correction.models import Attendance, ItemDecision, Meeting, Order, Resolution
from runut.sop.models import Run


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
