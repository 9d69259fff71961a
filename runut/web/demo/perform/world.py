"""What a performer knows: the office, the run, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from runut.organisation import queries as organisation
from runut.organisation.models import Office, Pegawai
from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task


@dataclass(slots=True)
class World:
    """An office at work.

    password: what its people type. year, quarter: the period that a `prepare` step opens. actuals: indicator
    code without the owner -> four quarters as text. proposals: figure id -> corrected number.
    reports: whether a collection that may go on to the year's report does so.
    """

    office: Office
    password: str
    year: int
    quarter: int
    actuals: dict[str, tuple[str, str, str, str]] = field(default_factory=dict)
    proposals: dict[int, Decimal] = field(default_factory=dict)
    reports: bool = True

    @property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def today(self) -> date:
        return organisation.local_day(self.office, timezone.now())

    def actor(self, pegawai: Pegawai) -> Actor:
        return organisation.actor_of(pegawai, self.today)

    def holder(self, task: Task) -> Actor:
        """The person whose task it is: the one named, or the first who holds the position today."""
        if task.pegawai is not None:
            return self.actor(task.pegawai)
        assert task.jabatan_id is not None, f"nobody is asked to do {task}"
        return self.actor(organisation.holders([task.jabatan_id], self.today)[task.jabatan_id][0].pegawai)

    def actual(self, code: str) -> str:
        """What an indicator came to in the world's quarter, as somebody would type it.

        People do not all achieve the same: a personal indicator (code with the owner behind a dot) is moved a little.
        """
        kind, _dot, owner = code.partition(".")
        typed = self.actuals.get(kind, ("", "", "", ""))[(self.quarter or 4) - 1]
        if owner and typed:
            amount = Decimal(typed) + (int(owner) * 7) % 9 - 4
            typed = str(min(max(amount, Decimal(0)), Decimal(100)) if kind.endswith("-2") else max(amount, Decimal(0)))
        return typed.replace(".", ",")


def key_for(task: Task, outcome: str) -> str:
    """A steady idempotency key."""
    return str(uuid5(NAMESPACE_URL, f"{task.run_id}/{task.pk}/{outcome}"))


Performer = Callable[[World, Run, Task, Actor], None]
