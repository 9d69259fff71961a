"""Job 2: a fan-out. Everybody fills, superiors review, a tenth is returned once, the join opens the gathering."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from bench.contract import Engine
from bench.databases import settle
from bench.record import Record, ms, p95, ratio

SHARE_RETURNED = 10


@dataclass
class Played:
    """Seconds of one fan-out: its opening click, later batches, and the clicks of each kind."""

    people: int
    opening: float
    batches: list[float]
    clicks: dict[str, list[float]] = field(default_factory=lambda: {"fill": [], "return": [], "review": []})
    sampled: int = 0
    joined: int = 0

    @property
    def all_clicks(self) -> list[float]:
        return [one for part in self.clicks.values() for one in part]

    @property
    def total(self) -> float:
        """Seconds for everybody; of a sample, its mean times the clicks it stands for."""
        back = self.people // SHARE_RETURNED
        whole = {"fill": self.people + back, "return": back, "review": self.people}
        return self.opening + sum(self.batches) + sum(mean(part) * whole[kind] for kind, part in self.clicks.items())


def play(engine: Engine, people: int, sample: int, seed: int) -> Played:
    """One fan-out of so many people; with a sample only some of them click."""
    fan = engine.fan_out(people)
    opening, *batches = fan.open()
    settle()
    played = Played(people, opening, batches, sampled=sample if sample < people else 0)
    chance = random.Random(seed)
    acting = chance.sample(range(people), min(sample, people))
    returned = set(acting[: max(1, len(acting) // SHARE_RETURNED)])
    chance.shuffle(acting)
    clicks = played.clicks
    for person in acting:
        clicks["fill"].append(fan.fill(person))
    chance.shuffle(acting)
    for person in acting:
        if person in returned:
            clicks["return"].append(fan.review(person, fine=False))
            clicks["fill"].append(fan.fill(person))
        clicks["review"].append(fan.review(person, fine=True))
    played.joined = fan.gathered()
    expected = 0 if played.sampled else 1
    assert played.joined == expected, f"{engine.name} joined {played.joined} times instead of {expected}"
    return played


def measure(engines: Sequence[Engine], db: str, *, people: int, rounds: int, samples: dict[str, int]) -> list[Record]:
    """Fan-outs of one size, the engines taking turns. `samples`: engine -> how many people click, where not all do."""
    rounded: dict[str, list[Played]] = {engine.name: [] for engine in engines}
    for number in range(rounds):
        turn = number % len(engines)
        for engine in [*engines[turn:], *engines[:turn]]:
            rounded[engine.name].append(play(engine, people, samples.get(engine.name, people), number))
    base = [played.total for played in rounded["runut"]]
    return [_record(name, db, played, base) for name, played in rounded.items()]


def _record(name: str, db: str, rounds: list[Played], base: list[float]) -> Record:
    clicks = [one for played in rounds for one in played.all_clicks]
    worst: float = max([*clicks, *(played.opening for played in rounds)])
    batches = [one for played in rounds for one in played.batches]
    first = rounds[0]
    note = f"{first.sampled} of {first.people} people clicked; the total is estimated" if first.sampled else ""
    return Record(
        f"fan-out {first.people}", name, db, ms(median(clicks)), ms(p95(clicks)),
        ratio=ratio([played.total for played in rounds], base), max_ms=ms(worst),
        total_s=round(median(played.total for played in rounds), 3), note=note,
        facts={
            "rounds": len(rounds),
            "opening_ms": ms(median(played.opening for played in rounds)),
            "slowest_commit_ms": ms(getattr(worst, "commit", 0)),
            "largest_batch_ms": ms(max(batches)) if batches else 0.0,
            "joined": [played.joined for played in rounds],
            **{f"{kind}_ms": ms(median(one for p in rounds for one in p.clicks[kind])) for kind in first.clicks},
        },
    )  # fmt: skip
