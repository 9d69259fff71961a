"""The demonstration's past: work that was done on other days, at working hours.

Only the loading of the demonstration moves the clock, in its own process, before anybody is served.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from runut.lib.worktime import Calendar


class Clock:
    """A moment that `work` moves on through an office's working time. `__call__` is the time now."""

    def __init__(self, calendar: Calendar, start: datetime, end: datetime) -> None:
        self.calendar, self.end = calendar, end
        self.at = min(calendar.next_opening(start), end)

    def work(self, minutes: int) -> None:
        """Let so many working minutes pass; never beyond the real present."""
        self.at = min(self.calendar.due(self.at, minutes, "menit"), self.end)

    def tick(self) -> datetime:
        """Now; two calls in a row are a moment apart, as they are in life."""
        self.at += timedelta(milliseconds=7)
        return self.at


@contextmanager
def running(clock: Clock) -> Iterator[Clock]:
    """Within this block it is the clock's time."""
    with patch("django.utils.timezone.now", clock.tick):
        yield clock
