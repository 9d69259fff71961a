"""The bench's two procedures as Viewflow flows: there a definition is Python code.

Whom a task is for stands in the data that the application gave the process, or the task of a fan-out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.activation import Activation
from viewflow.workflow.nodes.split import SplitActivation

from runut.organisation.models import User

# Viewflow's documentation asks for this lock on PostgreSQL; SQLite's writers queue by themselves.
LOCK = lock.SelectForUpdateLock() if connection.vendor == "postgresql" else lock.no_lock


def user_at(place: int) -> Callable[[Any], User]:
    """The owner as the process names it, without a query."""
    return lambda activation: User(pk=activation.process.data["users"][place])


def user_named(key: str) -> Callable[[Any], User]:
    return lambda activation: User(pk=activation.task.data[key])


def nothing(request: object) -> None:
    """A step's page, which the bench does not render."""


def kept(activation: Any) -> dict[str, Any]:
    """What a person's next task has to know of the person."""
    return {key: activation.task.data[key] for key in ("person", "user", "superior")}


class Straight(flow.Flow):
    lock_impl = LOCK

    start = flow.StartHandle(this.begin).Next(this.t0)
    t0 = flow.View(nothing).Assign(user_at(0)).Next(this.t1)
    t1 = flow.View(nothing).Assign(user_at(1)).Next(this.t2)
    t2 = flow.View(nothing).Assign(user_at(2)).Next(this.t3)
    t3 = flow.View(nothing).Assign(user_at(3)).Next(this.t4)
    t4 = flow.View(nothing).Assign(user_at(4)).Next(this.t5)
    t5 = flow.View(nothing).Assign(user_at(5)).Next(this.t6)
    t6 = flow.View(nothing).Assign(user_at(6)).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, users: list[int]) -> Any:
        activation.process.data = {"users": users}
        return activation.process


class OnePerPerson(SplitActivation):
    """A split over the people of the process: the free edition has only fixed branches, so this adds the list."""

    @Activation.status.super()
    def activate(self) -> None:
        node = self.flow_task._branches[0][0]
        self.next_tasks = [(node, dict(one)) for one in self.process.data["people"]]


class Spread(flow.Flow):
    lock_impl = LOCK

    start = flow.StartHandle(this.begin).Next(this.siapkan)
    siapkan = flow.View(nothing).Assign(user_at(0)).Next(this.bagi)
    bagi = flow.Split(activation_class=OnePerPerson).Next(this.isi)
    isi = flow.View(nothing).Assign(user_named("user")).Next(this.periksa, task_data=kept)
    periksa = flow.View(nothing).Assign(user_named("superior")).Next(this.benar, task_data=lambda a: a.task.data)
    benar = flow.If(lambda a: a.task.data["fine"]).Then(this.gabung).Else(this.isi, task_data=kept)
    gabung = flow.Join().Next(this.himpun)
    himpun = flow.View(nothing).Assign(user_at(0)).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, users: list[int], people: list[dict[str, int]]) -> Any:
        activation.process.data = {"users": users, "people": people}
        return activation.process
