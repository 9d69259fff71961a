"""Collecting data: a workbook of a hundred thousand rows, and a kabupaten with a million values behind it.

    python bench/collection.py [--quick] [--db sqlite|postgres|both] [--job workbook|kabupaten] [--rows N]
                               [--json FILE] [--write docs/bench.md]

The workbook is written, looked at and brought in, beside the bare floor of the same work: the same file read with the
same library and the same numbers written by bare SQL, without rights, checks, preview and digest. Each act runs in a
process of its own, so that its memory is its own; the engines take turns, medians and ratios count. What is measured
of the kabupaten is told in `quarters`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:] = [str(ROOT), *(entry for entry in sys.path if Path(entry or ".").resolve() != ROOT / "bench")]

from bench import databases, page, quarters  # noqa: E402
from bench.record import Record, ms, ratio, write  # noqa: E402

JOBS = ("workbook", "kabupaten")
ROWS, QUICK_ROWS = 100_000, 10_000
ROUNDS, QUICK_ROUNDS = 2, 1
ENGINES = ("runut", "floor")
ACTS = ("written", "looked at", "brought in", "looked at and brought in")
# DESIGN's bar and goal for a hundred thousand rows.
BAR_S, GOAL_S, BAR_MB = 30, 15, 250
MARK = re.compile(r"(<!-- bench:collection -->\n).*?(<!-- /bench:collection -->)", re.DOTALL)


def main() -> int:
    """Measure what was asked for, print it, and write it where asked; 0 also when a bar is missed."""
    given = _arguments()
    if given.act:
        return _act(given)
    records = measure(given)
    text = tables(records, quick=given.quick)
    print(text)
    if given.json:
        write(records, given.json)
    if given.write:
        replace(given.write, text)
    return 0


def measure(given: argparse.Namespace) -> list[Record]:
    """What was asked for, on each database."""
    records: list[Record] = []
    for db in ("sqlite", "postgres") if given.db == "both" else (given.db,):
        records += _measure(given, db, given.job or JOBS)
    return records


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A large workbook, and the work in a large kabupaten.")
    parser.add_argument("--quick", action="store_true", help="few rows and rounds: the shape, not the verdict")
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--job", choices=JOBS, action="append", help="only this job (may be given again)")
    parser.add_argument("--rows", type=int, help="how many rows (a hundred thousand)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures, one record a line")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page, between its marks")
    for name in ("act", "url", "directory", "facts"):
        parser.add_argument(f"--{name}", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(given: argparse.Namespace, db: str, jobs: Sequence[str]) -> list[Record]:
    """One empty database with all tables is made; each job works in copies of it."""
    found: list[Record] = []
    with tempfile.TemporaryDirectory(prefix="runut-bench-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        with databases.scratch(db, directory) as url:
            _child("tables", url, directory, {})
            if "workbook" in jobs:
                found += _workbook(given, db, databases.copied(url, "workbook"), directory)
            if "kabupaten" in jobs:
                plan = quarters.QUICK if given.quick else quarters.FULL
                found += quarters.measure(plan, db, url, directory, _child, _say)
    return found


def _workbook(given: argparse.Namespace, db: str, url: str, directory: Path) -> list[Record]:
    rows = getattr(given, "rows", None) or (QUICK_ROWS if given.quick else ROWS)
    rounds = QUICK_ROUNDS if given.quick else ROUNDS
    _say(f"{db}: a quarter of {rows:,} lines")
    facts: dict[str, object] = {"rows": rows} | _child("build", url, directory, {"rows": rows})
    found: list[dict[str, dict[str, float]]] = []
    for number in range(rounds):
        _say(f"{db}: round {number + 1} of {rounds}")
        found.append(_round(url, directory, facts | {"seed": number}))
    return [_record(db, rows, act, engine, found, facts) for act in ACTS for engine in _engines(act)]


def _engines(act: str) -> tuple[str, ...]:
    return ENGINES if act == ACTS[-1] else ("runut",)


def _round(url: str, directory: Path, facts: dict[str, object]) -> dict[str, dict[str, float]]:
    """The workbook is written anew, because its keys hold what each line's revision is."""
    written = _child("written", url, directory, facts)
    first = ENGINES if int(str(facts["seed"])) % 2 else ENGINES[::-1]
    both = {engine: _child(engine, url, directory, facts) for engine in first}
    return {"written": written, **both}


def _child(act: str, url: str, directory: Path, facts: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, __file__, "--act", act, "--url", url, "--directory", str(directory)]
    done = subprocess.run([*command, "--facts", json.dumps(facts)], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _record(
    db: str, rows: int, act: str, engine: str, found: list[dict[str, dict[str, float]]], facts: dict[str, object]
) -> Record:
    key = "written" if act == "written" else engine
    seconds = [one[key][act] for one in found]
    own, floor = ([one[name][ACTS[-1]] for one in found] for name in (engine, "floor"))
    more = {
        "peak_mb": round(max(one[key]["peak_mb"] for one in found)), "durability": facts["durability"],
        "cpu_s": round(median(one[key]["cpu"] for one in found), 2),
    }  # fmt: skip
    return Record(
        f"{rows} rows {act}", engine, db, ms(median(seconds)), ms(max(seconds)), max_ms=ms(max(seconds)),
        ratio=ratio(own, floor) if act == ACTS[-1] else None, facts=more,
    )  # fmt: skip


def _act(given: argparse.Namespace) -> int:
    """One act, in this process; its seconds and its memory as JSON."""
    directory, facts = Path(given.directory), json.loads(given.facts)
    databases.begin(given.url, directory, "bench.own_settings")
    from bench import large_table

    done: dict[str, Any] = {"tables": _tables, **large_table.DO, **quarters.DO}
    print(json.dumps(done[given.act](directory, facts)))
    return 0


def _tables(directory: Path, facts: dict[str, object]) -> dict[str, object]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    return {}


def tables(records: list[Record], *, quick: bool) -> str:
    """Both jobs as far as they were measured, and on what."""
    workbook = [one for one in records if " rows " in one.job]
    kabupaten = [one for one in records if one not in workbook]
    parts = [page.machine(quick=quick)]
    parts += [_text(workbook)] if workbook else []
    parts += [quarters.text(kabupaten)] if kabupaten else []
    return "\n\n".join(parts)


def _text(records: list[Record]) -> str:
    rows = [_row(one) for one in records]
    heads = ["database", "act", "engine", "median s", "slowest s", "× floor", "processor s", "peak MB"]
    number = records[0].job.partition(" ")[0]
    parts = [
        f"**A workbook of {int(number):,} rows**",
        "\n".join(f"- {one}" for one in dict.fromkeys(str(one.facts["durability"]) for one in records)),
        page._table(heads, rows), "**Bars and goals**",
        page._table(["database", "what", "measured", "bar", "goal"], _bars(records)),
    ]  # fmt: skip
    return "\n\n".join(parts)


def _row(one: Record) -> list[str]:
    act = one.job.partition(" rows ")[2]
    # What the processor worked is known of a process as a whole.
    worked = f"{one.facts['cpu_s']:.1f}" if act in (ACTS[0], ACTS[-1]) else ""
    slowest, times = f"{(one.max_ms or 0) / 1000:.1f}", f"{one.ratio:.1f}" if one.ratio else ""
    return [one.db, act, one.engine, f"{one.median_ms / 1000:.1f}", slowest, times, worked, str(one.facts["peak_mb"])]


def _bars(records: list[Record]) -> list[list[str]]:
    found = []
    for one in records:
        if one.engine != "runut" or not one.job.endswith(ACTS[-1]):
            continue
        seconds, peak = one.median_ms / 1000, float(str(one.facts["peak_mb"]))
        bar, goal = _judged(f"at most {BAR_S} s", seconds <= BAR_S), _judged(f"at most {GOAL_S} s", seconds <= GOAL_S)
        found.append([one.db, "looked at and brought in", f"{seconds:.1f} s", bar, goal])
        bar = _judged(f"at most {BAR_MB} MB", peak <= BAR_MB)
        found.append([one.db, "peak memory, with the process that reads the file", f"{peak:.0f} MB", bar, ""])
    return found


def _judged(words: str, met: bool) -> str:
    return f"{words}: {'met' if met else 'NOT met'}"


def replace(target: Path, text: str) -> None:
    """Put what was measured between the page's marks; the words around them stay."""
    old = target.read_text(encoding="utf-8")
    if not MARK.search(old):
        raise SystemExit(f"{target} has no place for this: write <!-- bench:collection --> and its end there.")
    target.write_text(MARK.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", old), encoding="utf-8")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
