"""What Runut does around a step, for engines that bring none of it: who may act, and the entry in the chained log.

Both are the product's own functions, so that the comparison is of engines and not of rights or logs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from bench.office import World
from runut.audit.actions import record
from runut.organisation.permissions import Actor
from runut.organisation.queries import actor_of, calendar_of
from runut.sop.permissions import check_can_act


@dataclass
class Addressed:
    """Whom a rival's task is for, as the product's rights check reads a task."""

    jabatan_id: int | None
    pegawai_id: int | None
    work: str = "do"
    subject: int | None = None

    pegawai = jabatan = None

    @property
    def branch(self) -> SimpleNamespace | None:
        return SimpleNamespace(pegawai_id=self.subject) if self.subject else None


class Subject:
    """What an entry speaks of, when it is not a model."""

    _meta = SimpleNamespace(label_lower="rivals.task")

    def __init__(self, pk: int, label: str) -> None:
        self.pk, self.label = pk, label

    def __str__(self) -> str:
        return self.label


def check(world: World, by: Actor, now: datetime, task: Addressed) -> Actor:
    """The person with the assignments of today, as the one entitled to this task; Denied otherwise."""
    fresh = actor_of(by.pegawai, calendar_of(world.office).local_day(now))
    return check_can_act(fresh, task)  # type: ignore[arg-type]


def told(step: str, member: object, opened: list[object]) -> tuple[dict[str, object], dict[str, object]]:
    """before and after of an entry, as large as the product's."""
    before: dict[str, object] = {"step": step, "member": member, "slot": 0, "round": 1}
    return before, {"outcome": "complete", "members": None, "opened": opened, "late_reason": ""}


def log(
    stream: str, subject: Subject, by: Actor, now: datetime, step: str, member: object, opened: list[object]
) -> None:
    """One entry, chained to the one before in its stream."""
    before, after = told(step, member, opened)
    record("task.completed", subject=subject, stream=stream, by=by, before=before, after=after, at=now)  # type: ignore[arg-type]
