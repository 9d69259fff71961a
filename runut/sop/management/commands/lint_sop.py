"""`runut lint-sop FILE`: what is wrong with a written SOP. Exit 0 clean, 1 findings, 2 unreadable."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from runut.sop.rules import soundness
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import lint
from runut.sop.rules.parse import SopFileError, load

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "Check a written SOP: its words and whether it can run."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the SOP file (YAML, docs/sop-format.md)")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object per line")
        parser.add_argument("--office", default="", help="the name of the office whose SOP this is")

    def handle(self, *args: object, file: Path, format: str, office: str, **options: object) -> None:
        findings, status = examine(file, office)
        for finding in findings:
            self.stdout.write(as_json(finding) if format == "json" else as_text(finding, file))
        if status == CLEAN and format == "text":
            self.stdout.write(_("%(file)s: tidak ada temuan.") % {"file": file})
        if status != CLEAN:
            raise SystemExit(status)


def examine(file: Path, office: str) -> tuple[list[Finding], int]:
    """The findings of one file, and the exit status they mean."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        message = _("Berkas tidak dapat dibaca. Periksa nama dan izinnya, dan simpan sebagai teks biasa (“UTF-8”).")
        return [Finding("error", "unreadable", "", message)], UNREADABLE
    try:
        definition = load(text, file.name, printed=True)
    except SopFileError as error:
        problems = [Finding("error", problem.code, problem.step, problem.message) for problem in error.problems]
        return problems, UNREADABLE
    findings = lint(definition, office)
    if all(step.lanes for step in definition.steps):
        findings = soundness.check(definition) + findings
    return findings, FINDINGS if findings else CLEAN


def as_json(finding: Finding) -> str:
    row = {"level": finding.level, "code": finding.code, "step": finding.step, "message": finding.message}
    return json.dumps(row, ensure_ascii=False)


def as_text(finding: Finding, file: Path) -> str:
    level = _("keliru") if finding.level == "error" else _("periksa")
    place = f"{file.name}, {finding.step}" if finding.step else file.name
    return f"{place}: {level}: {finding.message} [{finding.code}]"
