"""To whom a step is passed on: the people of what follows it, and whom an officer may name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from runut.organisation import queries as organisation
from runut.organisation.models import Assignment, JabatanKind, Office, Pegawai
from runut.organisation.permissions import Actor
from runut.sop.models import Run, RunScope, Task
from runut.sop.queries.definitions import bindings_of, definition_of
from runut.sop.rules.definition import Definition, Step


def people_onward(task: Task, on: date) -> list[int]:
    """Ids of the pegawai whose turn comes after this step, in the order of the steps.

    Before a fan-out: those of its members, and whoever judges or helps inside it. A fan-out whose
    members are not settled yet gives nobody.
    """
    definition = definition_of(task.run.version)
    outcome = next((o for o in definition.step(task.step).outcomes if not o.back and o.to), None)
    if outcome is None or outcome.to is None:
        return []
    following = definition.step(outcome.to)
    if following.each is None:
        return _holding(task.run, definition, following, on)
    members = _members(task.run, following)
    found = [pk for step in definition.region(following.id) for pk in _of_members(task.run, step, members, on)]
    return list(dict.fromkeys(found))


def _members(run: Run, step: Step) -> list[int]:
    stored = RunScope.objects.filter(run=run, each=step.each).values_list("members", flat=True).first()
    return list(stored or ())


def _of_members(run: Run, step: Step, members: Collection[int], on: date) -> list[int]:
    """Who does a step of the fan-out for these members: they, their unit's head, or their superior."""
    if not members:
        return []
    if step.actor.kind == "superior":
        above = organisation.direct_superiors(members, on).values()
        posts = list(dict.fromkeys(one.jabatan_id for one in above if one.jabatan_id))
        return [one.pegawai_id for one in above if one.pegawai_id] + _holders(posts, on)
    if step.actor.kind != "subject":
        return _holding(run, definition_of(run.version), step, on)
    if step.each != "unit":
        return list(members)
    return _holders(list(organisation.unit_heads(members).values()), on)


def _holding(run: Run, definition: Definition, step: Step, on: date) -> list[int]:
    if step.actor.kind == "starter":
        return [run.started_by_id]
    bound = bindings_of(run.version.sop_id)
    return _holders([pk for key in step.lanes for pk in bound.get(definition.lane(key).slot, [])], on)


def _holders(jabatan: Collection[int], on: date) -> list[int]:
    held = organisation.holders(jabatan, on)
    return [assignment.pegawai_id for pk in jabatan for assignment in held.get(pk, [])]


def people_to_name(office: Office, actor: Actor, also: Collection[int], on: date) -> list[tuple[int, str]]:
    """Id and "name, position" of whom an officer may name: who holds a position of the office today, and `also`.

    Those of `also` come first. Somebody without a position, and the officer, are left out. Two queries.
    """
    here = set(organisation.active_pegawai(office, on).values_list("pk", flat=True))
    rows = Assignment.objects.in_force(on).filter(pegawai__in=here.union(also) - {actor.pegawai_id})
    titles: dict[int, str] = {}
    people: dict[int, Pegawai] = {}
    for row in (
        rows.exclude(jabatan__kind=JabatanKind.ADMIN).select_related("pegawai", "jabatan").order_by("kind", "pk")
    ):
        titles.setdefault(row.pegawai_id, row.title)
        people[row.pegawai_id] = row.pegawai
    order = {pk: at for at, pk in enumerate(also)}
    ordered = sorted(people.values(), key=lambda person: (order.get(person.pk, len(order)), person.name, person.pk))
    return [(person.pk, f"{person.full_name}, {titles[person.pk]}") for person in ordered]
