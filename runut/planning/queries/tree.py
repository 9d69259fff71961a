"""The tree of an office: goals, objectives, indicators, programs down to sub-activities, people. Six queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, IndicatorVersion, Kegiatan, Plan, Sasaran, Tujuan
from runut.planning.queries.dictionary import in_force
from runut.planning.rules import Node, NodeKind, parent_code


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a tree is made of, by what it hangs on."""

    names: Mapping[int, IndicatorVersion]
    by_tujuan: Mapping[int, list[Indicator]]
    by_sasaran: Mapping[int, list[Indicator]]
    by_kegiatan: Mapping[int, list[Indicator]]
    by_served: Mapping[int, list[Indicator]]
    programs: Mapping[int, list[Kegiatan]]
    below: Mapping[str, list[Kegiatan]]


def tree_of(plan: Plan, actor: Actor | None, on: date | None = None, also: Collection[int] = ()) -> Node:
    """The plan as it stands, of what the person may see (without a person: of all that is the office's).

    on: without the indicators that had ended before this day, but for those of `also`, which are measured still, and
    for what one that lasts serves. A version that has ended is read from the snapshot that it left.
    """
    if plan.snapshot is not None:
        return node_from(plan.snapshot)
    indicators = Indicator.objects.filter(office=plan.office_id, pegawai__isnull=True)
    if actor is not None:
        indicators = Indicator.objects.visible_to(actor).filter(office=plan.office_id)
    if on is not None:
        lasting = Indicator.objects.lasting(on).filter(office=plan.office_id)
        served = lasting.filter(serves__isnull=False).values("serves")
        indicators = indicators.filter(Q(pk__in=lasting.values("pk")) | Q(pk__in=served) | Q(pk__in=list(also)))
    rows = _read(plan, indicators)
    objectives = list(plan.sasaran_set.order_by("no"))
    goals = list(plan.tujuan_set.order_by("no"))
    below = [_goal(goal, [one for one in objectives if one.tujuan_id == goal.pk], rows) for goal in goals]
    below += [_objective(one, rows) for one in objectives if one.tujuan_id is None]
    return Node("plan", plan.pk, plan.title, "", str(plan.year), tuple(below))


def node_from(snapshot: Mapping[str, object]) -> Node:
    """The inverse of `asdict` on a node."""
    kept = dict(snapshot)
    children = kept.pop("children")
    assert isinstance(children, list | tuple)
    return Node(**kept, children=tuple(node_from(child) for child in children))  # type: ignore[arg-type]


def snapshot_of(plan: Plan) -> dict[str, object]:
    """The tree as plain data, without people's own indicators."""
    return asdict(tree_of(plan, None))


def _read(plan: Plan, indicators: QuerySet[Indicator]) -> _Rows:
    found = list(indicators.select_related("unit", "pegawai", "jabatan").order_by("code"))
    every: dict[int, list[IndicatorVersion]] = defaultdict(list)
    for version in IndicatorVersion.objects.filter(indicator__in=indicators).order_by("-no"):
        every[version.indicator_id].append(version)
    today = timezone.localdate()
    programs: dict[int, list[Kegiatan]] = defaultdict(list)
    below: dict[str, list[Kegiatan]] = defaultdict(list)
    for kegiatan in Kegiatan.objects.filter(office=plan.office_id).select_related("unit").order_by("code"):
        below[parent_code(kegiatan.code)].append(kegiatan)
        if kegiatan.sasaran_id:
            programs[kegiatan.sasaran_id].append(kegiatan)
    return _Rows(
        names={pk: in_force(rows, today) for pk, rows in every.items()},
        by_tujuan=_hanging(found, "tujuan_id"),
        by_sasaran=_hanging(found, "sasaran_id"),
        by_kegiatan=_hanging(found, "kegiatan_id"),
        by_served=_hanging(found, "serves_id"),
        programs=programs,
        below=below,
    )


def _hanging(indicators: Sequence[Indicator], name: str) -> dict[int, list[Indicator]]:
    """By what they hang on; an indicator hangs on the nearest: one that serves another is drawn under that."""
    found: dict[int, list[Indicator]] = defaultdict(list)
    for one in indicators:
        above = getattr(one, name)
        if above is not None and _nearest(one) == name:
            found[above].append(one)
    return found


def _nearest(one: Indicator) -> str:
    for name in ("serves_id", "kegiatan_id", "sasaran_id", "tujuan_id"):
        # A sasaran's indicator may name the activity that feeds it, and still be the sasaran's.
        if name == "kegiatan_id" and one.sasaran_id is not None:
            continue
        if getattr(one, name) is not None:
            return name
    return ""


def _goal(goal: Tujuan, objectives: Sequence[Sasaran], rows: _Rows) -> Node:
    below = [*_measured(rows.by_tujuan[goal.pk], rows), *(_objective(one, rows) for one in objectives)]
    return Node("tujuan", goal.pk, goal.text, str(goal.no), "", tuple(below))


def _objective(one: Sasaran, rows: _Rows) -> Node:
    below = [
        *_measured(rows.by_sasaran[one.pk], rows),
        *(_activity(kegiatan, rows) for kegiatan in rows.programs[one.pk]),
    ]
    return Node("sasaran", one.pk, one.text, str(one.no), "", tuple(below))


def _measured(indicators: Sequence[Indicator], rows: _Rows) -> list[Node]:
    return [_indicator(one, rows) for one in indicators]


def _indicator(one: Indicator, rows: _Rows) -> Node:
    version = rows.names[one.pk]
    owner = one.pegawai.full_name if one.pegawai else one.unit.name if one.unit else ""
    kind: NodeKind = "individu" if one.pegawai_id else "indicator"
    return Node(kind, one.pk, version.name, one.code, owner, tuple(_measured(rows.by_served[one.pk], rows)))


def _activity(kegiatan: Kegiatan, rows: _Rows) -> Node:
    below = [
        *_measured(rows.by_kegiatan[kegiatan.pk], rows),
        *(_activity(one, rows) for one in rows.below[kegiatan.code]),
    ]
    kind: NodeKind = kegiatan.level  # type: ignore[assignment]
    return Node(
        kind, kegiatan.pk, kegiatan.name, kegiatan.code, kegiatan.unit.name if kegiatan.unit else "", tuple(below)
    )
