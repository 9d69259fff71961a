"""Write the whole log to a file, for checking elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from runut.audit import queries
from runut.audit.rules import log_root
from runut.lib.errors import Refused


class Command(BaseCommand):
    help = "Write the log to FILE as JSON Lines, one entry per line, and print its root."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: object, **options: object) -> None:
        try:
            queries.check_there_is_a_log()
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=2) from refusal
        path = Path(str(options["file"]))
        heads: dict[str, str] = {}
        count = 0
        try:
            with path.open("w", encoding="utf-8", newline="\n") as file:
                for entry in queries.all_entries():
                    file.write(json.dumps(queries.exported(entry), ensure_ascii=False, sort_keys=True) + "\n")
                    heads[entry.stream] = entry.hash
                    count += 1
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}): name another file.") from error
        self.stdout.write(f"{count} entries, root {log_root(heads)}")
