"""Measured seconds, and the records that are made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Record:
    """One figure: what `--json` writes, a line each.

    ratio: this engine's time as a multiple of Runut's in the same round, median over the rounds; in a kabupaten,
    the time as a multiple of that among a tenth of the rows.
    """

    job: str
    engine: str
    db: str
    median_ms: float
    p95_ms: float
    ratio: float | None = None
    max_ms: float | None = None
    total_s: float | None = None
    note: str = ""
    facts: dict[str, object] = field(default_factory=dict)


def ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


def p95(seconds: Sequence[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def record(job: str, engine: str, db: str, seconds: Sequence[float], **more: object) -> Record:
    """A record of single acts."""
    return Record(job, engine, db, ms(median(seconds)), ms(p95(seconds)), max_ms=ms(max(seconds)), **more)  # type: ignore[arg-type]


def ratio(own: Sequence[float], base: Sequence[float]) -> float:
    """Median over rounds of own / base, where each round has one figure of each."""
    return round(median(one / other for one, other in zip(own, base, strict=True)), 4)


def write(records: Sequence[Record], path: Path) -> None:
    path.write_text("".join(json.dumps(asdict(one)) + "\n" for one in records), encoding="utf-8")


def read(path: Path) -> list[Record]:
    return [Record(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
