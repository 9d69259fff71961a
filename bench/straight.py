"""Job 1: a procedure of seven steps in a row. Each step loads, acts and commits durably."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import median
from typing import Any

from django.db import connection

from bench.contract import STEPS, Engine, Ticket
from bench.record import Record, ratio, record


def measure(engines: Sequence[Engine], db: str, *, rounds: int, runs: int) -> list[Record]:
    """Seconds per step, the engines taking turns; the first round only warms up."""
    rounded: dict[str, list[list[float]]] = {engine.name: [] for engine in engines}
    for number in range(rounds + 1):
        turn = number % len(engines)
        for engine in [*engines[turn:], *engines[:turn]]:
            seconds = _play(engine, runs if number else 3, number)
            if number:
                rounded[engine.name].append(seconds)
    medians = {name: [median(seconds) for seconds in parts] for name, parts in rounded.items()}
    records = [
        record(
            "step", name, db, [one for seconds in parts for one in seconds],
            ratio=ratio(medians[name], medians["runut"]), note=f"{rounds} rounds of {runs} runs",
        )
        for name, parts in rounded.items()
    ]  # fmt: skip
    records[0].facts["statements"] = statements(engines[0])
    return records


def _play(engine: Engine, runs: int, seed: int) -> list[float]:
    """Start some runs and take them to their end, step by step in mixed order; seconds of every step."""
    before, seconds = engine.ended(), list[float]()
    tasks: list[Ticket | None] = [engine.start() for _run in range(runs)]
    for place in range(STEPS):
        order = list(range(runs))
        random.Random(seed * STEPS + place).shuffle(order)
        for number in order:
            task = tasks[number]
            assert task is not None
            spent, tasks[number] = engine.step(task, place)
            seconds.append(spent)
    assert engine.ended() - before == runs, f"{engine.name} did not end its runs"
    return seconds


def statements(engine: Engine) -> int:
    """How many SQL statements one step in the middle takes, without BEGIN and COMMIT."""
    task = engine.start()
    _spent, following = engine.step(task, 0)
    assert following is not None
    seen: list[str] = []

    def count(execute: Any, sql: str, params: object, many: bool, context: object) -> Any:
        if not sql.startswith(("BEGIN", "COMMIT")):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        engine.step(following, 1)
    return len(seen)
