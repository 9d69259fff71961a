"""Who may read what was said about one person's part of a run.

Who does what, and how far it is, everybody of the office sees. The words of a return or a task in a
fan-out over persons are about that person's figures: they are for the person, the superior, whoever
handles the run as a whole, and the head of the office.
"""

from __future__ import annotations

from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task
from runut.sop.queries.definitions import definition_of


def parts_open_to(run: Run, actor: Actor) -> frozenset[str] | None:
    """The members ("p7") whose part this person may read; None for all. Two queries at most."""
    if not any(step.each in ("pegawai", "stakeholder") for step in definition_of(run.version).steps):
        return None
    if any(held.jabatan.heads_office and held.jabatan.office_id == run.office_id for held in actor.assignments):
        return None
    tasks = Task.objects.addressed_to(actor) | Task.objects.filter(done_by=actor.pegawai_id)
    members = set(tasks.filter(run=run).values_list("branch__member", flat=True))
    if None in members:
        return None
    return frozenset(str(member) for member in members) | {f"p{actor.pegawai_id}"}


def may_read_words(task: Task, actor: Actor) -> bool:
    """Whether this person may read why a task was sent back and what was written while doing it."""
    if task.branch is None or task.branch.pegawai_id is None:
        return True
    members = parts_open_to(task.run, actor)
    return members is None or task.branch.member in members
