"""Load the demonstration into an empty database, and write who signs in how beside it."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from runut.organisation.models import Office
from runut.web.demo.load import load_demo


class Command(BaseCommand):
    help = "Load five invented offices at work."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.DATA / "demo.json"
        if Office.objects.exists():
            self.stderr.write("The database is not empty, so the demonstration was not loaded.")
            return
        rows = load_demo(lambda line: self.stderr.write(line))
        file.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
