"""Who can be in a team, who repairs which figure, who is invited to a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _

from runut.collection.models import Figure
from runut.correction.models import CorrectionItem, TeamMember
from runut.organisation.models import Assignment, JabatanKind, Office, Pegawai, Unit
from runut.organisation.queries import holders, jabatan_tree, unit_heads
from runut.planning.queries import answerable_for
from runut.sop.models import Run
from runut.sop.queries import bindings_of, definition_of
from runut.sop.rules.definition import EachKind


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in the structure of an office, with the position held on that day."""

    pegawai: Pegawai
    title: str
    depth: int
    leads: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who belongs at the table, and why."""

    pegawai: Pegawai
    title: str
    why: str


def structure(office: Office, on: date) -> list[Seat]:
    """The people of an office from the top down, each once, with their positions. Two queries."""
    seats: dict[int, Seat] = {}
    for depth, jabatan, held in jabatan_tree(office, on):
        if jabatan.kind == JabatanKind.ADMIN:
            continue
        for assignment in held:
            leads = jabatan.heads_office or jabatan.heads_unit
            seats.setdefault(assignment.pegawai_id, Seat(assignment.pegawai, assignment.title, depth, leads))
    return list(seats.values())


def titles_of(pegawai: Collection[int], on: date) -> dict[int, str]:
    """What each person is on that day: the first of the positions held. One query."""
    rows = Assignment.objects.in_force(on).filter(pegawai__in=pegawai).exclude(jabatan__kind=JabatanKind.ADMIN)
    found: dict[int, str] = {}
    for row in rows.select_related("jabatan").order_by("kind", "start", "pk"):
        found.setdefault(row.pegawai_id, row.title)
    return found


def repairers_of(figures: Sequence[Figure], each: EachKind, on: date) -> dict[int, list[int]]:
    """Per figure, whom its repair may be given to: ids of pegawai, or of units for a procedure by unit.

    stakeholder: the PPTK who answer for the indicator's activity on that day. pegawai: the person
    whose figure it is, or whoever heads the unit. A figure with nobody is left out. `figures` come
    with indicator and its indicator. At most two queries.
    """
    if each == "unit":
        return {f.pk: [f.unit_id] for f in figures if f.unit_id}
    if each == "stakeholder":
        answering = answerable_for([f.indicator for f in figures], on)
        return {f.pk: answering[f.indicator.indicator_id] for f in figures if f.indicator.indicator_id in answering}
    heads = unit_heads([f.unit_id for f in figures if f.unit_id])
    held = holders(list(heads.values()), on)
    found: dict[int, list[int]] = {}
    for figure in figures:
        in_unit = held.get(heads.get(figure.unit_id or 0, 0), [])
        people = [figure.pegawai_id] if figure.pegawai_id else [a.pegawai_id for a in in_unit]
        if people:
            found[figure.pk] = people
    return found


def team_in_order() -> QuerySet[TeamMember]:
    """Members of teams as a team is named: who leads it first, then its secretary."""
    rank = Case(When(role="Ketua", then=0), When(role="Sekretaris", then=1), default=2)
    return TeamMember.objects.select_related("pegawai").order_by(rank, "pk")


def invited(run: Run, on: date) -> list[Invited]:
    """Who is expected at a meeting: the lanes' holders, the team, and whoever repairs. Five queries."""
    found: dict[int, Invited] = {}
    for assignment, lane in _in_lanes(run, on):
        found.setdefault(assignment.pegawai_id, Invited(assignment.pegawai, assignment.title, lane))
    for member in team_in_order().filter(order__run=run):
        found.setdefault(member.pegawai_id, Invited(member.pegawai, member.title, member.role_words))
    items = CorrectionItem.objects.filter(correction__run=run, repairer__isnull=False).select_related("repairer")
    repairers = {item.repairer_id: item.repairer for item in items.order_by("pk") if item.repairer}
    titles = titles_of([pk for pk in repairers if pk], on)
    for pk, person in repairers.items():
        found.setdefault(person.pk, Invited(person, titles.get(pk or 0, ""), _("Pemangku kegiatan")))
    return list(found.values())


def _in_lanes(run: Run, on: date) -> list[tuple[Assignment, str]]:
    """The holders of every lane that acts for the run as a whole, in the order of the steps."""
    definition = definition_of(run.version)
    bound: Mapping[str, list[int]] = bindings_of(run.version.sop_id)
    steps = [step for step in definition.steps if step.each is None and step.actor.kind == "holder"]
    lanes = [key for step in steps for key in step.lanes]
    named = {pk: definition.lane(key).name for key in lanes for pk in bound.get(definition.lane(key).slot, [])}
    held = holders(list(named), on)
    return [(assignment, lane) for pk, lane in named.items() for assignment in held.get(pk, [])]


def candidates_of(figures: Sequence[Figure], each: EachKind, on: date) -> dict[int, list[tuple[int, str]]]:
    """Per figure, to whom its repair may be given, with names: whoever answers for it first. Four queries."""
    found = repairers_of(figures, each, on)
    everybody = list(dict.fromkeys(pk for pks in found.values() for pk in pks))
    if each == "unit":
        names = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=everybody)}
    else:
        titles = titles_of(everybody, on)
        people = Pegawai.objects.in_bulk(everybody)
        names = {pk: f"{people[pk].full_name}, {titles.get(pk, '')}".rstrip(", ") for pk in everybody}
    if each == "stakeholder":
        return {pk: [(one, names[one]) for one in dict.fromkeys([*own, *everybody])] for pk, own in found.items()}
    return {pk: [(one, names[one]) for one in own] for pk, own in found.items()}
