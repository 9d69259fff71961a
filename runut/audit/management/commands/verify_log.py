"""Check the log where it stands."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from runut.audit import queries
from runut.audit.rules import log_root, verify
from runut.lib.errors import Refused


class Command(BaseCommand):
    help = "Check every chain of the log; exit 1 when something does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--root", default="", help="a root noted down earlier, for the log as it was then")

    def handle(self, *args: object, **options: object) -> None:
        try:
            queries.check_there_is_a_log()
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=2) from refusal
        problems = verify(queries.all_entries(), str(options["root"]))
        for problem in problems:
            self.stdout.write(f"{problem.stream}#{problem.seq} {problem.code}: {problem.text}")
        if problems:
            sys.exit(1)
        self.stdout.write(f"ok, root {log_root(queries.heads())}")
