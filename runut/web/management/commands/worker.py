"""A worker for the jobs in the background, which also gives back the jobs of workers that died."""

import threading
from typing import Any

from django_tasks_db.management.commands import db_worker

from runut.web.jobs import watch


class Command(db_worker.Command):
    help = "Do the jobs in the background, also those a dead worker left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        threading.Thread(target=watch, args=[stop], daemon=True, name="lost jobs").start()
        try:
            super().handle(*args, **options)
        finally:
            stop.set()
