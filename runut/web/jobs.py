"""What happens beside the jobs: those of a dead worker are given back, calendars are followed, and tables
that nobody decided about are thrown away."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from runut.organisation.actions.imports import tidy
from runut.sop.actions.clock import follow_calendars
from runut.web.incoming import KINDS

# Every job is written to be run twice and to end well before this.
LEASE = timedelta(minutes=5)
LOOK_EVERY_SECONDS = 30


@transaction.atomic
def give_back_lost(now: datetime) -> int:
    """Make jobs ready again that have been running for longer than their lease; how many."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LEASE)
    return lost.update(status="READY", started_at=None)


def watch(stop: threading.Event) -> None:
    """Look after jobs and calendars until told to stop. Runs beside a worker, in a thread of its own."""
    while not stop.wait(LOOK_EVERY_SECONDS):
        try:
            give_back_lost(timezone.now())
            follow_calendars()
            tidy(timezone.now(), KINDS)
        finally:
            connection.close()
