"""The bars and goals that the engine is held to, and whether what was measured meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.record import Record

Found = dict[str, Record]
# A click counts as flat when the median in the largest fan-out is at most this multiple of that in the smallest.
FLAT = 1.5
MAIN_FAN = 500


@dataclass(frozen=True)
class Verdict:
    """One line of the list: bar and goal in words, each with whether it is met; "" where there is none."""

    db: str
    what: str
    measured: str
    bar: str
    goal: str = ""


def verdicts(records: Sequence[Record]) -> list[Verdict]:
    found: list[Verdict] = []
    for db in dict.fromkeys(one.db for one in records):
        jobs: dict[str, Found] = {}
        for one in records:
            if one.db == db:
                jobs.setdefault(one.job, {})[one.engine] = one
        for judge in (_step, _fan, _flat, _tasks):
            found += judge(db, jobs)
    return found


def _judged(words: str, met: bool) -> str:
    return f"{words}: {'met' if met else 'NOT met'}"


def _step(db: str, jobs: dict[str, Found]) -> Iterator[Verdict]:
    step = jobs.get("step")
    if not step:
        return
    spiff, viewflow = 1 / _ratio(step["spiff"]), _ratio(step["viewflow"])
    yield Verdict(
        db, "a step, against SpiffWorkflow's time", f"{spiff:.2f} ×",
        _judged("at most 1.5 ×", spiff <= 1.5), _judged("at most 1 ×", spiff <= 1),
    )  # fmt: skip
    yield Verdict(
        db, "a step, times faster than Viewflow", f"{viewflow:.2f} ×",
        _judged("at least 1.5 ×", viewflow >= 1.5), _judged("at least 3 ×", viewflow >= 3),
    )  # fmt: skip
    statements = step["runut"].facts["statements"]
    assert isinstance(statements, int)
    yield Verdict(db, "SQL statements of a step", str(statements), _judged("at most 12", statements <= 12))


def _fan(db: str, jobs: dict[str, Found]) -> Iterator[Verdict]:
    fan = jobs.get(f"fan-out {MAIN_FAN}")
    if not fan:
        return
    spiff, sql, wrapped = _ratio(fan["spiff"]), 1 / _ratio(fan["sql"]), 1 / _ratio(fan["sql+wrap"])
    yield Verdict(
        db, f"a fan-out to {MAIN_FAN}, times faster than SpiffWorkflow", f"{spiff:.0f} ×",
        _judged("at least 100 ×", spiff >= 100),
    )  # fmt: skip
    yield Verdict(
        db, f"a fan-out to {MAIN_FAN}, against bare SQL (in brackets: bare SQL with the product's check and entry)",
        f"{sql:.1f} × ({wrapped:.1f} ×)", "", _judged("at most 5 ×", sql <= 5),
    )  # fmt: skip
    worst, floor = _slowest(jobs, "runut"), _slowest(jobs, "sql+wrap")
    worst_ms, floor_ms = worst.max_ms or 0, floor.max_ms or 0
    commit = worst.facts["slowest_commit_ms"]
    yield Verdict(
        db, "slowest request of any fan-out (its commit alone; bare SQL with the product's check and entry)",
        f"{worst_ms:.0f} ms ({commit:.0f} ms; {floor_ms:.0f} ms)", _judged("at most 200 ms", worst_ms <= 200),
    )  # fmt: skip
    joined = [one["runut"].facts["joined"] for job, one in jobs.items() if job.startswith("fan-out")]
    once = all(count == 1 for counts in joined for count in counts)  # type: ignore[attr-defined]
    yield Verdict(db, "the join happens", "once" if once else str(joined), _judged("exactly once", once))


def _slowest(jobs: dict[str, Found], engine: str) -> Record:
    fans = (one[engine] for job, one in jobs.items() if job.startswith("fan-out"))
    return max(fans, key=lambda one: one.max_ms or 0)


def _flat(db: str, jobs: dict[str, Found]) -> Iterator[Verdict]:
    sizes = sorted(int(job.split()[1]) for job in jobs if job.startswith("fan-out"))
    if len(sizes) < 2:
        return
    read: Callable[[int], float] = lambda size: jobs[f"fan-out {size}"]["runut"].median_ms  # noqa: E731
    clicks = ", ".join(f"{read(size):.2f} ({size})" for size in sizes)
    grown = read(sizes[-1]) / read(sizes[0])
    yield Verdict(
        db, f"ms per click by size of the fan-out; flat is a last of at most {FLAT} × the first", clicks,
        _judged("flat", grown <= FLAT),
    )  # fmt: skip


def _tasks(db: str, jobs: dict[str, Found]) -> Iterator[Verdict]:
    sizes = sorted(int(job.split()[2]) for job in jobs if job.startswith("my tasks"))
    if not sizes:
        return
    large, small = jobs[f"my tasks {sizes[-1]}"]["runut"], jobs[f"my tasks {sizes[0]}"]["runut"]
    yield Verdict(
        db, f"my tasks among {sizes[-1]:,} open runs, p95", f"{large.p95_ms:.2f} ms",
        _judged("at most 10 ms", large.p95_ms <= 10), _judged("at most 3 ms", large.p95_ms <= 3),
    )  # fmt: skip
    grown = large.median_ms / small.median_ms
    yield Verdict(
        db, f"my tasks, median at {sizes[-1]:,} against {sizes[0]:,} runs", f"{grown:.2f} ×",
        _judged(f"independent of the number (at most {FLAT} ×)", grown <= FLAT),
    )  # fmt: skip


def _ratio(one: Record) -> float:
    assert one.ratio, f"{one.engine} has no ratio"
    return one.ratio
