"""Who may see a run and who may do a task."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from runut.lib.errors import Denied
from runut.organisation.models import Assignment, AssignmentKind, Jabatan, Office, Pegawai
from runut.organisation.permissions import Actor
from runut.organisation.queries import heads_of, holders, local_day
from runut.sop.models import Run, Task, TaskState

NAMED = 3


def check_can_act(by: Actor, task: Task) -> Actor:
    """The person as the actor this task is addressed to: under the entitling assignment.

    A task of a position is done by whoever holds it now, Plt and Plh included; a task of a person
    by that person only. Nobody judges one's own work as one's own superior.
    """
    actor = _entitled(by, task)
    if actor is None:
        raise Denied(
            _("Tugas ini milik %(who)s; Anda dapat membacanya, tetapi tidak mengerjakannya.")
            % {"who": in_person(task, held_now([task], local_day(task.run.office, timezone.now())))}
        )
    if task.branch is not None and task.branch.pegawai_id == by.pegawai_id and task.work == "review":
        raise Denied(f"{_('Anda tidak dapat memeriksa data kinerja Anda sendiri.')} {who_else(by, task)}")
    return actor


def who_else(by: Actor, task: Task) -> str:
    """Who can do what this person may not: who else has the task, or who hands it over. At most three queries."""
    others, day = side_by_side(task), local_day(task.run.office, timezone.now())
    held = held_now(others, day)
    if names := [in_person(each, held) for each in others if people_of(each, held) - {by.pegawai_id}]:
        return _("Yang dapat mengerjakan tugas ini: %(who)s.") % {"who": "; ".join(names)}
    if may_lead(by, task.run):
        return _("Alihkan tugas ini ke orang lain dengan tombol “Alihkan”.")
    if heads := heads_of(task.run.office_id, day):
        who = f"{heads[0].jabatan.name} ({holders_in_words(heads[:1])})"
        return _("Minta %(who)s mengalihkannya ke orang lain, lewat tombol “Alihkan” di papan SOP.") % {"who": who}
    return _("Minta admin kantor mengalihkannya ke orang lain, lewat tombol “Alihkan” di papan SOP.")


def is_for(by: Actor, task: Task) -> bool:
    """Whether a task is addressed to this person, or to a position the person holds. No query."""
    return _entitled(by, task) is not None


def _entitled(by: Actor, task: Task) -> Actor | None:
    if task.pegawai_id is not None:
        if task.pegawai_id != by.pegawai_id:
            return None
        held = by.holding(task.jabatan_id) if task.jabatan_id else None
        return by.under(held or (by.assignments[0] if by.assignments else None))
    held = by.holding(task.jabatan_id) if task.jabatan_id else None
    return by.under(held) if held else None


def addressee(task: Task) -> str:
    """In words, whose task it is: the position, or the person."""
    if task.pegawai is not None:
        return task.pegawai.full_name
    return task.jabatan.name if task.jabatan else _("belum ada pemangkunya")


def held_now(tasks: Iterable[Task], on: date) -> dict[int, list[Assignment]]:
    """Who holds the positions that these tasks are for, on a day. One query, or none."""
    posts = {task.jabatan_id for task in tasks if task.pegawai_id is None and task.jabatan_id is not None}
    return holders(posts, on) if posts else {}


def is_vacant(task: Task, held: Mapping[int, Sequence[Assignment]]) -> bool:
    """Whether the task is for a position that nobody holds, so that nobody can do it."""
    return task.pegawai_id is None and not held.get(task.jabatan_id or 0)


def people_of(task: Task, held: Mapping[int, Sequence[Assignment]]) -> set[int | None]:
    """Ids of the people who can do a task now: whose it is, or who hold its position."""
    if task.pegawai_id is not None:
        return {task.pegawai_id}
    return {one.pegawai_id for one in held.get(task.jabatan_id or 0, ())}


def has_already(task: Task, to: Jabatan | Pegawai, held: Mapping[int, Sequence[Assignment]]) -> bool:
    """Whether a task is with this position or person now: as addressee, or as the only one who holds its position."""
    if isinstance(to, Jabatan):
        return task.pegawai_id is None and task.jabatan_id == to.pk
    return people_of(task, held) == {to.pk}


def side_by_side(task: Task) -> list[Task]:
    """The open tasks of a step and its branch, this one among them: where it is with several people. One query."""
    rows = Task.objects.filter(run=task.run_id, step=task.step, branch=task.branch_id, state=TaskState.OPEN)
    return list(rows.select_related("jabatan", "pegawai").order_by("pk"))


def in_person(task: Task, held: Mapping[int, Sequence[Assignment]]) -> str:
    """In words, whose task it is with who holds the position now: "Camat (Plh. Sekar Pramesti)"."""
    if task.pegawai is not None or task.jabatan is None:
        return addressee(task)
    return f"{task.jabatan.name} ({holders_in_words(held.get(task.jabatan.pk, ()))})"


def holders_in_words(held: Sequence[Assignment]) -> str:
    """Who holds a position, those who stand in as such; that nobody does is said."""
    names = [
        one.pegawai.full_name if one.kind == AssignmentKind.DEFINITIF else f"{one.get_kind_display()} {one.pegawai}"
        for one in held[:NAMED]
    ]
    if len(held) > NAMED:
        return _("%(names)s, dan %(n)d lainnya") % {"names": ", ".join(names), "n": len(held) - NAMED}
    return ", ".join(names) or _("belum ada pemangkunya")


def check_can_lead(by: Actor, run: Run) -> Actor:
    """Holding, cancelling, handing over: the head of the office, or its administrator."""
    for assignment in by.assignments:
        if assignment.jabatan.office_id == run.office_id and _leads(assignment):
            return by.under(assignment)
    raise Denied(_("Hanya pimpinan kantor atau admin kantor yang dapat melakukan ini."))


def led_office_ids(by: Actor) -> frozenset[int]:
    """The offices whose runs this person leads. No query."""
    return frozenset(held.jabatan.office_id for held in by.assignments if _leads(held))


def _leads(held: Assignment) -> bool:
    return held.jabatan.heads_office or held.jabatan.kind == "admin"


def may_lead(by: Actor, run: Run) -> bool:
    try:
        check_can_lead(by, run)
    except Denied:
        return False
    return True


def check_can_hand_over(by: Actor, run: Run, to: Jabatan | Pegawai) -> Actor:
    """Whoever leads the run. But who looks after the system takes nobody's work, and nobody's paraf, upon himself."""
    actor = check_can_lead(by, run)
    heads = any(held.jabatan.heads_office and held.jabatan.office_id == run.office_id for held in by.assignments)
    mine = to.pk in by.jabatan_ids if isinstance(to, Jabatan) else to.pk == by.pegawai_id
    if mine and not heads:
        raise Denied(_("Tugas tidak dapat dialihkan kepada diri sendiri. Mintalah pimpinan kantor melakukannya."))
    return actor


def check_can_start(by: Actor, jabatan_ids: Collection[int], office_id: int) -> Actor:
    """Starting a run: a holder of the first lane's position, or the office's head or administrator."""
    held = _starting(by, jabatan_ids, office_id)
    if held is None:
        raise Denied(_("SOP ini dimulai oleh %(who)s.") % {"who": starters_in_words({0: jabatan_ids})[0]})
    return by.under(held)


def may_start(by: Actor, jabatan_ids: Collection[int], office_id: int) -> bool:
    """The same, where it is only asked whether the way is offered. No query."""
    return _starting(by, jabatan_ids, office_id) is not None


def _starting(by: Actor, jabatan_ids: Collection[int], office_id: int) -> Assignment | None:
    for held in by.assignments:
        post = held.jabatan
        if post.pk in jabatan_ids or (post.office_id == office_id and (post.heads_office or post.kind == "admin")):
            return held
    return None


def starters_in_words(posts: Mapping[int, Collection[int]]) -> dict[int, str]:
    """Who may start each procedure, with who holds the position now. posts: any key -> ids of the first step's
    positions, all of one office. Two queries.
    """
    wanted = {pk for ids in posts.values() for pk in ids}
    named = {post.pk: post for post in Jabatan.objects.filter(pk__in=wanted).select_related("office__calendar")}
    day = local_day(next(iter(named.values())).office, timezone.now()) if named else None
    held = holders(wanted, day) if day else {}
    found = {}
    for key, ids in posts.items():
        some = [f"{named[pk].name} ({holders_in_words(held.get(pk, ()))})" for pk in sorted(ids) if pk in named]
        words = ", ".join(some[:NAMED])
        if len(some) > NAMED:
            words = _("%(names)s, dan %(n)d lainnya") % {"names": words, "n": len(some) - NAMED}
        found[key] = _("%(who)s, pimpinan, atau admin kantor") % {"who": words} if words else _("pimpinan atau admin")
    return found


def check_can_ratify(by: Actor, office: Office) -> Actor:
    """An SOP is put in force by the office's head in person.

    It is no routine act, so whoever stands in (Plt, Plh) may not do it (UU 30/2014 art. 14), and whoever
    looks after the system prepares it only.
    """
    heads = [held for held in by.assignments if held.jabatan.office_id == office.pk and held.jabatan.heads_office]
    for held in heads:
        if held.kind == AssignmentKind.DEFINITIF:
            return by.under(held)
    if heads:
        raise Denied(_("Pengesahan SOP bukan tugas rutin, jadi tidak dapat dilakukan Plt. atau Plh."))
    raise Denied(_("SOP disahkan oleh pimpinan kantor. Siapkan nomor dan tanggalnya, lalu minta beliau mengesahkan."))


def is_acting(actor: Actor) -> bool:
    """Whether the person stands in (Plt or Plh) for this act."""
    return actor.acting is not None and actor.acting.kind != AssignmentKind.DEFINITIF
