"""Everything that is measured, one after the other: the engine beside others, and the collection of data.

./run bench [--quick] [--db sqlite|postgres|both] [--job JOB] [--json FILE] [--write docs/bench.md]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import collection, engine, page, record


def main() -> int:
    """Measure what was asked for, print it, and write it where asked; 0 also when a bar is missed."""
    given = _arguments()
    jobs = given.job or [*engine.JOBS, *collection.JOBS]
    records: list[record.Record] = []
    for part in (engine, collection):
        given.job = [job for job in jobs if job in part.JOBS]
        if not given.job:
            continue
        given.child = None
        found = part.measure(given)
        text = page.tables(found) if part is engine else collection.tables(found, quick=given.quick)
        print(text)
        records += found
        if given.write and part is engine:
            page.replace(given.write, found, quick=given.quick)
        elif given.write:
            collection.replace(given.write, text)
        if given.json:
            record.write(records, given.json)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure the engine and the collection of data.")
    parser.add_argument("--quick", action="store_true", help="few rounds: the shape, not the verdict")
    parser.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    jobs = (*engine.JOBS, *collection.JOBS)
    parser.add_argument("--job", choices=jobs, action="append", help="only this job (may be given again)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures, one record a line")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this page, between its marks")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
