"""Plans, activities with their money, and the register, as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery

from runut.audit.queries import trail
from runut.organisation.models import Office, Pegawai
from runut.organisation.permissions import Actor
from runut.planning.models import (
    Budget,
    DocumentKind,
    Indicator,
    IndicatorVersion,
    Kegiatan,
    Plan,
    Registered,
    Sasaran,
    Stakeholder,
    Tujuan,
)
from runut.planning.rules import (
    DEPTHS,
    SEVERAL_YEARS,
    Held,
    Standing,
    Summed,
    absorption,
    of_another_level,
    standing,
    summed,
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A goal of a plan (None: those of no goal) with its objectives."""

    goal: Tujuan | None
    objectives: tuple[Sasaran, ...]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its depth (0 for a program), its money of a year and who answers for it.

    ceiling, spent: its own, or the sum of what lies under it; None where nothing is known.
    ceiling_below, spent_below: that sum where there is one and it is not what the row itself says.
    share: spent of the ceiling in %. doubt: what is odd about its code.
    """

    kegiatan: Kegiatan
    depth: int
    ceiling: Decimal | None
    spent: Decimal | None
    share: Decimal | None
    stakeholders: tuple[str, ...]
    ceiling_below: Decimal | None = None
    spent_below: Decimal | None = None
    doubt: str = ""

    @property
    def is_over(self) -> bool:
        return self.share is not None and self.share > 100


@dataclass(frozen=True, slots=True)
class Rewording:
    """A goal or objective that was put in other words: which one, from what to what, why, by whom and when."""

    item: str
    before: str
    after: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """One kind of document in a year: its name, how complete it is, and who lacks it (the first few)."""

    label: str
    standing: Standing
    people: tuple[str, ...]


NAMED = 5


def plans_of(actor: Actor, office: Office) -> QuerySet[Plan]:
    """The office's plans, what is in force and newest first."""
    return Plan.objects.visible_to(actor).filter(office=office).order_by("kind", "-year", "-version").defer("snapshot")


def versions_of(plan: Plan) -> QuerySet[Plan]:
    """All versions of the same document, the latest first."""
    same = Plan.objects.filter(office=plan.office_id, kind=plan.kind, year=plan.year)
    return same.order_by("-version").defer("snapshot")


def held_with(plan: Plan) -> Plan | None:
    """Another one of its kind that holds on a day of this one's, the latest; of those of one year, one of its year."""
    same = Plan.objects.filter(office=plan.office_id, kind=plan.kind, start__lte=plan.last_day).exclude(pk=plan.pk)
    if plan.kind not in SEVERAL_YEARS:
        same = same.filter(year=plan.year)
    from_year = plan.start.year
    open_still = Q(end__isnull=True) & (Q(last_year__gte=from_year) | Q(year__gte=from_year))
    return same.filter(open_still | Q(end__gte=plan.start)).order_by("start").defer("snapshot").last()


def begins_with(plan: Plan) -> bool:
    """Whether another open one of its kind begins on the same day: one of the two never held."""
    same = Plan.objects.filter(office=plan.office_id, kind=plan.kind, start=plan.start, end__isnull=True)
    return same.exclude(pk=plan.pk).exists()


@dataclass(frozen=True, slots=True)
class Measures:
    """An indicator that shows the success of a plan, by its present name. serves: the code of one that does not, which
    it serves as well; "" for none."""

    indicator: Indicator
    name: str
    serves: str


def measures_of(plan: Plan) -> list[Measures]:
    """The indicators of a plan's goals and objectives that were not ended, by their codes, with those that serve them
    and hang on nothing else. One query."""
    newest = IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-no")
    rows = Indicator.objects.lasting(date.max).filter(office=plan.office_id)
    rows = rows.select_related("tujuan", "sasaran", "serves").order_by("code")
    waiting, found = list(rows.annotate(title=Subquery(newest.values("name")[:1]))), dict[int, Indicator]()
    while more := {row.pk: row for row in waiting if row.pk not in found and _measures(row, plan, found)}:
        found |= more
    ordered = sorted(found.values(), key=lambda row: row.code)
    beside = {row.pk: row.serves.code for row in ordered if row.serves and row.serves_id not in found}
    return [Measures(row, vars(row)["title"], beside.get(row.pk, "")) for row in ordered]


def _measures(row: Indicator, plan: Plan, found: Collection[int]) -> bool:
    if (hung := row.tujuan or row.sasaran) is not None:
        return hung.plan_id == plan.pk
    return row.kegiatan_id is None and row.serves_id in found


def chapters_of(plan: Plan) -> list[Chapter]:
    """Goals with their objectives; last, what belongs to no goal. Two queries."""
    by_goal: dict[int | None, list[Sasaran]] = defaultdict(list)
    for objective in plan.sasaran_set.order_by("no"):
        by_goal[objective.tujuan_id].append(objective)
    found = [Chapter(goal, tuple(by_goal[goal.pk])) for goal in plan.tujuan_set.order_by("no")]
    return [*found, Chapter(None, tuple(by_goal[None]))] if by_goal[None] else found


def rewordings_of(plan: Plan) -> list[Rewording]:
    """What was put in other words while this version was open, the latest first. One query."""
    return [
        Rewording(
            str(entry.payload["after"].get("item", "")), entry.payload["before"]["text"],
            entry.payload["after"]["text"], entry.payload["reason"],
            ", ".join(filter(None, (entry.actor_name, entry.actor_title))), entry.at,
        )
        for entry in trail(plan).filter(event="plan.reworded").order_by("-pk")
    ]  # fmt: skip


def activity_rows(office: Office, year: int, on: date) -> list[ActivityRow]:
    """All activities of an office in the order of their codes. Three queries."""
    rows = list(Kegiatan.objects.filter(office=office).select_related("unit", "sasaran").order_by("code"))
    held = Stakeholder.objects.filter(Q(end__isnull=True) | Q(end__gte=on), kegiatan__office=office, start__lte=on)
    names: dict[int, list[str]] = defaultdict(list)
    for row in held.select_related("pegawai").order_by("pegawai__name"):
        names[row.kegiatan_id].append(row.pegawai.full_name)
    ceilings, spent = money_of(rows, year)
    return [
        ActivityRow(
            row, DEPTHS.index(row.level), ceilings.found.get(row.code), spent.found.get(row.code),
            absorption(ceilings.found.get(row.code), spent.found.get(row.code)), tuple(names[row.pk]),
            ceilings.differing.get(row.code), spent.differing.get(row.code), doubt_about(row.code, office),
        )
        for row in rows
    ]  # fmt: skip


def doubt_about(code: str, office: Office) -> str:
    """What is odd about the code of an activity of this office; "" where nothing is."""
    return of_another_level(code, office.instansi.name, office.kind)


def money_of(rows: Sequence[Kegiatan], year: int) -> tuple[Summed, Summed]:
    """The year's ceilings and what was spent so far. What has none of its own has the sum of what lies under it. One
    query."""
    known: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for budget in Budget.objects.filter(kegiatan__in=[row.pk for row in rows], year=year).order_by("no"):
        known[budget.kegiatan_id][budget.quarter] = budget.amount
    ceilings = {row.code: known[row.pk][0] for row in rows if 0 in known[row.pk]}
    latest = {row.code: max((q for q in known[row.pk] if q), default=0) for row in rows}
    spent = {row.code: known[row.pk][latest[row.code]] for row in rows if latest[row.code]}
    codes = [row.code for row in rows]
    return summed(codes, ceilings), summed(codes, spent)


def budget_of(kegiatan: Kegiatan, year: int) -> dict[int, Decimal]:
    """By quarter, 0 for the ceiling: the latest row of each. One query."""
    return {row.quarter: row.amount for row in Budget.objects.filter(kegiatan=kegiatan, year=year).order_by("no")}


def registered_of(actor: Actor, office: Office, year: int) -> QuerySet[Registered]:
    """What is registered for a year, the newest of each kind first; also what was withdrawn."""
    rows = Registered.objects.visible_to(actor).filter(office=office, year__lte=year, last_year__gte=year)
    return rows.select_related("pegawai", "withdrawn_by").order_by("kind", "-at", "-pk")


def completeness(office: Office, year: int) -> list[Missing]:
    """Kind by kind, how complete the register of an office is. Three queries."""
    people = dict(Pegawai.objects.filter(office=office, left_on__isnull=True).values_list("pk", "name"))
    held = _held([office.pk], year)[office.pk]
    return [
        Missing(_label(one), one, tuple(people[pk] for pk in one.lacking[:NAMED]))
        for one in standing(held, year, people)
    ]


def lacking(offices: Collection[int], year: int) -> dict[int, list[str]]:
    """By office, the kinds of document that are not all there; an office that has all is left out. Three queries."""
    people: dict[int, list[int]] = defaultdict(list)
    for pk, office in Pegawai.objects.filter(office__in=offices, left_on__isnull=True).values_list("pk", "office"):
        people[office].append(pk)
    held = _held(offices, year)
    found = {pk: [_label(one) for one in standing(held[pk], year, people[pk]) if not one.is_complete] for pk in offices}
    return {pk: labels for pk, labels in found.items() if labels}


def _held(offices: Collection[int], year: int) -> dict[int, list[Held]]:
    """By office, what is registered for a year; a plan that is kept here counts without being registered again, in
    every year in which it holds or held for a day."""
    found: dict[int, list[Held]] = defaultdict(list)
    for plan in Plan.objects.filter(office__in=offices, start__year__lte=year).defer("snapshot"):
        if plan.start <= plan.last_day:  # else it is kept as one that never held
            first, last = max(plan.year, plan.start.year), min(plan.last_year or plan.year, plan.last_day.year)
            found[plan.office_id].append(Held(plan.kind, first, last))
    rows = Registered.objects.filter(office__in=offices, year__lte=year, last_year__gte=year, withdrawn_at__isnull=True)
    for office, kind, year_, last, person in rows.values_list("office", "kind", "year", "last_year", "pegawai"):
        found[office].append(Held(kind, year_, last, person))
    return found


def _label(one: Standing) -> str:
    return str(DocumentKind(one.kind).label)
