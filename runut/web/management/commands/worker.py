"""A worker for the jobs in the background, which also gives back the jobs of workers that died."""

import threading
from types import FrameType
from typing import Any

from django_tasks_db.management.commands import db_worker

from runut.web.jobs import watch


class Worker(db_worker.Worker):
    """Ends after the job under way, however often it is asked to: whoever supervises it may ask once more, and a job
    that was cut off would stand there as failed. Nothing is thrown out of the middle of what it does."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False


# By this name the command makes its worker.
db_worker.Worker = Worker  # type: ignore[misc]


class Command(db_worker.Command):
    help = "Do the jobs in the background, also those a dead worker left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        threading.Thread(target=watch, args=[stop], daemon=True, name="lost jobs").start()
        try:
            super().handle(*args, **options)
        finally:
            stop.set()
