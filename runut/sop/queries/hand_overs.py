"""What was handed over from one holder to another: from whom, to whom, by whom and why. The log is where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from runut.audit.models import Entry
from runut.lib.errors import Stale
from runut.lib.retold import retold
from runut.organisation.permissions import Actor
from runut.sop.models import Task
from runut.sop.queries.why import at_in_words, person_in_words

Holder = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over of a task. of, to: ids of position and person; words: who, when and why; once: for its round."""

    task: int
    of: Holder
    to: Holder
    entry: Entry

    @property
    def once(self) -> bool:
        return bool(self.entry.payload["after"].get("once"))

    @property
    def words(self) -> str:
        who = {"who": person_in_words(self.entry.actor_title, self.entry.actor_name), "at": at_in_words(self.entry.at)}
        why = {"why": retold(str(self.entry.payload.get("reason") or ""))}
        return _("Dialihkan oleh %(who)s, %(at)s.") % who + " " + _("Alasan: %(why)s") % why


def hand_overs_of(tasks: Collection[int]) -> list[HandOver]:
    """Of these tasks, oldest first. One query, none for no tasks."""
    if not tasks:
        return []
    rows = Entry.objects.filter(subject_type="sop.task", subject_id__in=tasks, event="task.handed_over", refused=False)
    return [
        HandOver(row.subject_id, _holder(row.payload["before"]), _holder(row.payload["after"]), row)
        for row in rows.order_by("pk")
        if row.subject_id is not None
    ]


def _holder(part: Mapping[str, int | None]) -> Holder:
    return part["jabatan"], part["pegawai"]


def handed_over_words(tasks: Iterable[Task]) -> dict[int, str]:
    """Task id -> by whom, when and why it was given to whom it is for now. Two queries, none for no tasks.

    Of a step that is open once more, in whichever round that was.
    """
    rows = list(tasks)
    if not rows:
        return {}
    here = Q(branch=None) | Q(branch__in={task.branch_id for task in rows if task.branch_id})
    of_steps = Task.objects.filter(here, run__in={task.run_id for task in rows}, step__in={task.step for task in rows})
    places = {pk: place for pk, *place in of_steps.values_list("pk", "run", "step", "branch")}
    given = hand_overs_of(places)
    found: dict[int, str] = {}
    for task in rows:
        mine = [task.run_id, task.step, task.branch_id]
        to_me = [one for one in given if places[one.task] == mine and one.to == (task.jabatan_id, task.pegawai_id)]
        if to_me:
            found[task.pk] = to_me[-1].words
    return found


def check_not_given_away(task: Task, actor: Actor) -> None:
    """Raise Stale where a task was this person's and is somebody else's now: given by whom, when and why. One query."""
    given = hand_overs_of([task.pk])
    if not any(_was_of(one.of, actor) for one in given) or _was_of((task.jabatan_id, task.pegawai_id), actor):
        return
    who = task.pegawai.full_name if task.pegawai else task.jabatan
    said = _("Tugas ini sudah dialihkan kepada %(who)s.") % {"who": who}
    raise Stale(f"{said} {given[-1].words}", url=task.run.get_absolute_url(), label=_("Lihat kelanjutannya"))


def _was_of(holder: Holder, actor: Actor) -> bool:
    jabatan, pegawai = holder
    return pegawai == actor.pegawai_id if pegawai else jabatan in actor.jabatan_ids
