"""How long a run was worked on: the office's working time without what the run was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runut.lib.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Clock:
    """A run's clock. pauses: from when until when it stood still, one after the other."""

    calendar: Calendar
    pauses: tuple[tuple[datetime, datetime], ...] = ()

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Working minutes from `start` to `end` in which the run was not held."""
        spans = [(max(start, since), min(end, until)) for since, until in self.pauses]
        held = sum(self.calendar.elapsed(since, until) for since, until in spans if since < until)
        return max(0, self.calendar.elapsed(start, end) - held)
