"""`runut lint-table FILE`: are the figures of a published table right? Exit 0 clean, 1 findings, 2 unreadable."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from runut.collection.rules.table import Checked, as_row, is_finding, left_out, lint_table
from runut.lib.errors import Refused
from runut.lib.reading import Sign
from runut.lib.tables import read_table

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
SIGNS: dict[str, Sign | None] = {"auto": None, "dot": "dot", "comma": "comma"}


class Command(BaseCommand):
    help = "Check a table of indicators, targets, realised values and achievements, from Runut or from elsewhere."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a table: .csv, .xlsx, .xls or .ods (docs/lint-table.md)")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object per line")
        parser.add_argument("--decimal", choices=SIGNS, default="auto", help="the decimal sign of the table")

    def handle(self, *args: object, file: Path, format: str, decimal: str, **options: object) -> None:
        try:
            table = read_table(_bytes(file))
            rows = lint_table(table, SIGNS[decimal])
        except Refused as refusal:
            problem = {"row": None, "error": refusal.code, "explanation": refusal.sentence}
            self.stdout.write(json.dumps(problem, ensure_ascii=False) if format == "json" else refusal.sentence)
            raise SystemExit(UNREADABLE) from refusal
        if names := left_out(table):
            self.stderr.write(_("Kolom ini tidak diperiksa: %(names)s.") % {"names": ", ".join(names)})
        for row in rows:
            self.stdout.write(json.dumps(as_row(row), ensure_ascii=False) if format == "json" else as_text(row))
        found = sum(map(is_finding, rows))
        if format == "text":
            self.stdout.write(
                _("%(rows)s baris diperiksa, %(found)s dengan temuan.") % {"rows": len(rows), "found": found}
            )
        if found:
            raise SystemExit(FINDINGS)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        sentence = _("Berkas tidak dapat dibaca. Periksa nama dan izinnya.")
        raise Refused(sentence, code="unreadable") from error


def as_text(row: Checked) -> str:
    mark = _("periksa") if is_finding(row) else _("baik")
    return f"{row.row}. {row.read.printed.indicator}: {mark}: {row.explanation}"
