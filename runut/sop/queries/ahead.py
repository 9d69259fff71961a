"""What a board says of the steps that are not at work: passed over, to be done again, still to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from runut.lib.worktime import Calendar
from runut.sop.rules.definition import Norm


class Row(Protocol):
    """A row of the board, as far as its place in time goes."""

    state: str
    norm: Norm | None
    begun: datetime | None
    ended: datetime | None
    due: datetime | None
    forecast: datetime | None

    @property
    def is_now(self) -> bool: ...


def mark_what_is_ahead(steps: Sequence[Row], *, over: bool) -> None:
    """Steps that were passed over, and those that were done before an earlier one was sent back.

    over: whether the run has ended, so that nothing comes any more.
    """
    reached = [at for at, row in enumerate(steps) if row.state != "ahead"]
    for row in steps if over else steps[: max(reached, default=0)]:
        if row.state == "ahead":
            row.state = "skipped"
    begun = None
    for row in () if over else steps:
        if row.state == "done" and begun and row.ended and row.ended <= begun:
            row.state = "again"
        begun = max(filter(None, (begun, row.begun)), default=None)


def forecast(steps: Sequence[Row], calendar: Calendar, now: datetime) -> datetime | None:
    """When each step ahead begins if every one takes its norm, and when the run then ends."""
    at = now
    for row in steps:
        if row.is_now:
            at = max(at, row.due) if row.due else at
    started = False
    for row in steps:
        started = started or row.is_now
        if started and row.state in ("ahead", "again"):
            # A norm is counted from the moment itself: one that begins on a day off has its days whole.
            row.forecast = calendar.next_opening(at) if at == now else at
            at = calendar.due(at, row.norm.amount, row.norm.unit) if row.norm else at
    return at if started else None
