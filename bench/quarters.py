"""Work in a kabupaten after ten years of quarters, and in one with a tenth of that, in turns; tables and bars of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import databases, page
from bench.asked import OPENING, PAGES, WHOLE
from bench.record import Record, ms, p95, ratio

# DESIGN's bar for pages, and how much more a page may cost among ten times the rows and still count as independent.
BAR_MS, FLAT = 150, 1.5
Child = Callable[[str, str, Path, dict[str, Any]], Any]


@dataclass(frozen=True)
class Plan:
    """Offices and years behind them, the same of a tenth of the values; rounds, and visits of each kind in a round."""

    full: tuple[int, int]
    tenth: tuple[int, int]
    rounds: int
    samples: int


FULL = Plan(full=(60, 10), tenth=(20, 3), rounds=2, samples=20)
QUICK = Plan(full=(12, 5), tenth=(6, 1), rounds=1, samples=4)
# The last quarter that was collected, and the one that is opened then.
LAST, NEXT = (2026, 2), (2026, 3)


def measure(plan: Plan, db: str, empty: str, directory: Path, child: Child, say: Callable[[str], None]) -> list[Record]:
    """Both kabupaten are built once, from one empty database; the rounds go on in them, quarter by quarter."""
    sizes, facts = {"full": plan.full, "tenth": plan.tenth}, {}
    found: dict[str, list[dict]] = {name: [] for name in sizes}
    urls = {name: databases.copied(empty, f"kabupaten_{name}") for name in sizes}
    for name, (offices, years) in sizes.items():
        say(f"{db}: {offices} offices with {years} years of quarters")
        facts[name] = child("kabupaten", urls[name], directory, {"offices": offices, "years": years, "last": LAST})
    for number in range(plan.rounds):
        for name in list(sizes)[:: 1 if number % 2 else -1]:
            say(f"{db}: round {number + 1} of {plan.rounds} among {facts[name]['values']:,} values")
            given = {"next": NEXT, "round": number, "rounds": plan.rounds, "samples": plan.samples}
            found[name].append(child("visits", urls[name], directory, given))
    return list(_records(db, found, facts))


def _records(db: str, found: dict[str, list[Any]], facts: dict[str, Any]) -> Iterator[Record]:
    for act in found["full"][0]["seconds"]:
        own, base = ([median(one["seconds"][act]) for one in found[name]] for name in ("full", "tenth"))
        for name, grown in (("full", ratio(own, base)), ("tenth", None)):
            seconds = [second for one in found[name] for second in one["seconds"][act]]
            statements = [count for one in found[name] for count in one["statements"][act]]
            more = {"statements": round(median(statements)), "samples": len(seconds), **facts[name]}
            yield Record(
                f"{act} among {facts[name]['values']:,} values", "runut", db, ms(median(seconds)), ms(p95(seconds)),
                max_ms=ms(max(seconds)), ratio=grown, total_s=round(sum(seconds), 3), facts=more,
            )  # fmt: skip


def _pairs(records: Sequence[Record]) -> Iterator[tuple[str, Record, Record]]:
    """What was done, among all values and among a tenth of them."""
    for one, other in zip(records[::2], records[1::2], strict=True):
        yield one.job.partition(" among ")[0], one, other


def text(records: Sequence[Record]) -> str:
    """The tables of one database after the other, and the bars."""
    parts = []
    heads = ["what", "median ms", "p95 ms", "slowest ms", "statements"]
    heads += ["median ms at a tenth", "× a tenth", "statements at a tenth"]
    for db in dict.fromkeys(one.db for one in records):
        mine = [one for one in records if one.db == db]
        parts += [f"**A kabupaten: {_size(mine[0])}; a tenth: {_size(mine[1])}; {mine[0].facts['durability']}**"]
        parts += [page._table(heads, [_row(*each) for each in _pairs(mine)])]
    return "\n\n".join([*parts, "**Bars**", page._table(["database", "what", "measured", "bar"], list(_bars(records)))])


def _size(one: Record) -> str:
    return f"{one.facts['offices']} offices × {one.facts['years']} years × 4, {one.facts['values']:,} values"


def _row(what: str, one: Record, other: Record) -> list[str]:
    return [
        what, f"{one.median_ms:.1f}", f"{one.p95_ms:.1f}", f"{one.max_ms or 0:.1f}", str(one.facts["statements"]),
        f"{other.median_ms:.1f}", f"{one.ratio or 0:.2f}", str(other.facts["statements"]),
    ]  # fmt: skip


def _bars(records: Sequence[Record]) -> Iterator[list[str]]:
    for db in dict.fromkeys(one.db for one in records):
        mine = list(_pairs([one for one in records if one.db == db]))
        opened = [one for what, one, _other in mine if what in OPENING]
        seconds, offices = sum(one.total_s or 0 for one in opened), opened[0].facts["offices"]
        yield [db, f"the quarter opened in all {offices} offices, one after the other", f"{seconds:.1f} s", ""]
        for what, one, _other in mine:
            if what in PAGES:
                met = _judged(f"at most {BAR_MS} ms", met=one.p95_ms <= BAR_MS)
                yield [db, f"{what}, p95", f"{one.p95_ms:.1f} ms", met]
        grown, what = max((one.ratio or 0, what) for what, one, _other in mine if what not in WHOLE)
        independent = _judged(f"independent of the number of rows (at most {FLAT} ×)", met=grown <= FLAT)
        yield [db, f"most that anything costs more among ten times the rows ({what})", f"{grown:.2f} ×", independent]
        more = [what for what, one, other in mine if one.facts["statements"] != other.facts["statements"]]
        same = _judged("the same at both sizes", met=not more)
        yield [db, "SQL statements of each", ", ".join(more) or "the same", same]


def _judged(words: str, *, met: bool) -> str:
    return f"{words}: {'met' if met else 'NOT met'}"


def build(directory: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """The act of building, in a process of its own."""
    from bench import kabupaten
    from runut.collection.models import Value

    size = kabupaten.Size(facts["offices"], facts["years"])
    kabupaten.build(size, tuple(facts["last"]))  # type: ignore[arg-type]
    assert Value.objects.count() == size.values
    return {**asdict(size), "values": size.values, "durability": databases.durability()}


def visits(directory: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """One round of visits, in a process of its own."""
    from bench.visits import go_round

    # Where the product's static files would lie; without it each visitor is warned.
    (directory / "static").mkdir(exist_ok=True)
    year, quarter = facts["next"]
    diary = go_round(year, quarter, (facts["round"], facts["rounds"]), facts["samples"])
    return {"seconds": diary.seconds, "statements": diary.statements}


DO = {"kabupaten": build, "visits": visits}
