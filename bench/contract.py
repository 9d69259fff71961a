"""What every engine of the bench can do, and how one act of it is timed."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Protocol, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
Ticket = int | str

STEPS = 7
# What a person types into a form: the same for every engine and step.
FORM: dict[str, object] = {
    "indikator": "Persentase capaian kinerja",
    "target": 100,
    "realisasi": "97.5",
    "catatan": "Sudah diperiksa dan sesuai dengan data dukung triwulan",
}


class Fan(Protocol):
    """One fan-out under way. Every method is one request: load, act, durable commit; its seconds come back."""

    def open(self) -> list[float]:
        """The click that opens it, then each batch that a worker opens later."""

    def fill(self, person: int) -> float: ...

    def review(self, person: int, *, fine: bool) -> float: ...

    def gathered(self) -> int:
        """How many gathering tasks are open: 0 before the join, 1 after it."""


class Engine(Protocol):
    """One engine on the database at hand."""

    name: str

    def start(self) -> Ticket:
        """Begin a run of the straight procedure; its first task."""

    def step(self, task: Ticket, place: int) -> tuple[float, Ticket | None]:
        """Do the task at this place (0 to 6) in one transaction; its seconds, and the next task, if any."""

    def ended(self) -> int:
        """How many straight runs have ended: so that nobody is timed for work not done."""

    def fan_out(self, people: int) -> Fan: ...


class Spent(float):
    """Seconds of one request. `commit`: those of them in which the database made it durable: the disk's time."""

    commit: float


_commits: list[float] = []


def watch_commits(connection: BaseDatabaseWrapper) -> None:
    """Have `timed` know how long this connection's commits take."""
    commit = connection._commit

    def watched() -> None:
        start = perf_counter()
        try:
            commit()
        finally:
            _commits.append(perf_counter() - start)

    connection._commit = watched  # type: ignore[method-assign]


def timed(work: Callable[[], T]) -> tuple[Spent, T]:
    """Seconds and what came of it."""
    _commits.clear()
    start = perf_counter()
    result = work()
    spent = Spent(perf_counter() - start)
    spent.commit = sum(_commits)
    return spent, result
