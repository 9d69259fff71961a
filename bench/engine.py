"""The same work in Runut, SpiffWorkflow, Viewflow and bare SQL, side by side on SQLite and PostgreSQL.

    ./run bench [--quick] [--db sqlite|postgres|both] [--json FILE] [--write docs/bench.md]

The engines take turns in one run, so that whatever else the machine does meets all of them; medians and ratios count.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:] = [str(ROOT), *(entry for entry in sys.path if Path(entry or ".").resolve() != ROOT / "bench")]

from bench import databases, page, record  # noqa: E402

JOBS = ("step", "fan-out", "my-tasks")
ALL = ["runut", "spiff", "viewflow", "sql", "sql+wrap"]


@dataclass(frozen=True)
class Size:
    """How much of each job: enough for a verdict, or just the shape."""

    rounds: int
    runs: int
    fan_rounds: int
    fan_sizes: tuple[int, ...]
    spiff_sample: int
    list_runs: tuple[int, ...]
    list_rounds: int
    list_people: int


FULL = Size(9, 30, 3, (10, 100, 500, 2000), 25, (10_000, 100_000), 5, 200)
QUICK = Size(3, 10, 1, (10, 100, 500), 5, (10_000, 100_000), 2, 60)
MAIN_FAN = 500


def main() -> int:
    """Measure what was asked for, print it, and write it where asked; 0 also when a bar is missed."""
    given = _arguments()
    if given.child:
        return _child(given)
    records = measure(given)
    text = page.tables(records)
    print(text)
    if given.json:
        record.write(records, given.json)
    if given.write:
        page.replace(given.write, records, quick=given.quick)
    return 0


def measure(given: argparse.Namespace) -> list[record.Record]:
    """What was asked for, on each database."""
    records: list[record.Record] = []
    for db in ("sqlite", "postgres") if given.db == "both" else (given.db,):
        records += _in_child(given, db)
    return records


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runut's engine beside others, doing the same work.")
    parser.add_argument("--quick", action="store_true", help="few rounds: the shape, not the verdict")
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--job", choices=JOBS, action="append", help="only this job (may be given again)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures, one record a line")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page, between its marks")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_child(given: argparse.Namespace, db: str) -> list[record.Record]:
    """One database is measured in a process of its own: Django is set up for one only."""
    with tempfile.TemporaryDirectory(prefix="runut-bench-", ignore_cleanup_errors=True) as directory:
        out = Path(directory) / "records.jsonl"
        command = [sys.executable, __file__, "--db", db, "--child", str(out), *(["--quick"] if given.quick else [])]
        for job in given.job or ():
            command += ["--job", job]
        subprocess.run(command, check=True)
        return record.read(out)


def _child(given: argparse.Namespace) -> int:
    size = QUICK if given.quick else FULL
    directory = given.child.parent
    with databases.scratch(given.db, directory) as url:
        databases.set_up(url, directory)
        records = _measure(given.db, size, given.job or JOBS)
        records[0].facts["durability"] = databases.durability()
        record.write(records, given.child)
        from django.db import connections

        connections.close_all()
    return 0


def _measure(db: str, size: Size, jobs: tuple[str, ...] | list[str]) -> list[record.Record]:
    from bench import office, spread, straight, worklist

    records: list[record.Record] = []
    world = office.build(20)
    sizes = size.fan_sizes if "fan-out" in jobs else ()
    offices = {people: office.build(people, world.instansi) for people in sizes}
    if "step" in jobs:
        _say(f"{db}: seven steps in a row")
        every = databases.engines(world, offices, ALL)
        records += straight.measure(every, db, rounds=size.rounds, runs=size.runs)
    for people in sizes:
        _say(f"{db}: a fan-out to {people} people")
        names = ALL if people <= MAIN_FAN else [name for name in ALL if name != "viewflow"]
        some = databases.engines(world, offices, names)
        samples = {"spiff": size.spiff_sample if people <= MAIN_FAN else size.spiff_sample // 4} if people > 100 else {}
        records += spread.measure(some, db, people=people, rounds=size.fan_rounds, samples=samples)
    if "my-tasks" in jobs:
        crowd = worklist.Crowd(world)
        for runs in size.list_runs:
            _say(f"{db}: my tasks among {runs} open runs")
            records += worklist.measure(crowd, db, runs, rounds=size.list_rounds, people=size.list_people)
    return records


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
