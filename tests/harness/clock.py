"""Frozen time."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

# A Tuesday morning in office hours, no holiday near.
START = datetime(2026, 2, 3, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def frozen_time() -> Iterator[time_machine.Traveller]:
    """Stop the clock at START; `frozen_time.move_to(moment)` and `.shift(timedelta)` move it."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock
