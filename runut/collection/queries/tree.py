"""The tree of an office with what was achieved: the tree is the plan's, the figures are a period's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.models import Figure, Period, Value
from runut.collection.queries.counting import achieved, scale_of
from runut.collection.queries.standing import holding_values
from runut.collection.rules import Achievement, average, average_told, count_reached, efficiency, level_of
from runut.lib.numbers import format_percent
from runut.lib.retold import retold
from runut.organisation.permissions import Actor
from runut.planning.models import Plan
from runut.planning.queries import ActivityRow, activity_rows, period_end, tree_of
from runut.planning.rules import (
    Box,
    Drawing,
    Node,
    OfOffice,
    Scale,
    absorption,
    draw,
    draw_pages,
    every,
    measuring,
    no_scale,
    word_for,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a box under its words: percentage, its class, the same in words, and where it leads.

    how: how the percentage came about, in sentences. money: what was spent of what was given, in words, and for an
    objective whether the achievement keeps step with it.
    """

    percent: Decimal | None
    level: str
    words: str
    url: str
    how: str = ""
    money: str = ""

    @property
    def sign(self) -> str:
        """The class as a sign, for where colour does not tell."""
        return {"exceeded": "▲", "achieved": "✓"}.get(self.level, "▼")


@dataclass(frozen=True, slots=True)
class Marked:
    box: Box
    shown: Shown


@dataclass(frozen=True, slots=True)
class Leaf:
    """A line of the tree as a list: its depth, its node, its mark."""

    depth: int
    node: Node
    shown: Shown


@dataclass(frozen=True, slots=True)
class Page:
    """A drawing with its marks."""

    drawing: Drawing
    boxes: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """The tree as a drawing, the same in parts that fit a sheet of paper, and as a list that says the same."""

    drawing: Drawing
    boxes: tuple[Marked, ...]
    lines: tuple[Leaf, ...]
    pages: tuple[Page, ...]


def periods_of(plan: Plan, actor: Actor) -> list[Period]:
    """The periods of the plan's years that the person may see, the latest first. One query."""
    years = range(plan.year, (plan.last_year or plan.year) + 1)
    rows = Period.objects.visible_to(actor).filter(office=plan.office_id, year__in=years, void=False)
    return list(rows.select_related("office").order_by("-year", "-quarter", "basis"))


def period_to_show(plan: Plan, actor: Actor, periods: Sequence[Period]) -> Period | None:
    """The latest period of which the person may see a figure with a value, else the latest; of a plan that has ended
    one that ended while it was in force, where there is one. One query."""
    within = [one for one in periods if not plan.end or period_end(one.year, one.quarter) <= plan.end]
    periods = within or periods
    seen = Figure.objects.visible_to(actor).filter(period__in=[one.pk for one in periods])
    seen = seen.filter(Exists(Value.objects.filter(figure=OuterRef("pk")))).order_by()
    filled = set(seen.values_list("period", flat=True).distinct())
    return next((one for one in periods if one.pk in filled), periods[0] if periods else None)


def grown(plan: Plan, actor: Actor, period: Period | None) -> Grown:
    """The plan's tree with the figures of a period and, for objectives, the mean of theirs. Twelve queries."""
    reached = _reached(plan, actor, period) if period else _Reached()
    on = period_end(period.year, period.quarter) if period else timezone.localdate()
    root = tree_of(plan, actor, on, also=reached.found)
    year = period.year if period else plan.year
    money = {row.kegiatan.code: row for row in activity_rows(plan.office, year, timezone.localdate())}
    nodes = list(every([root]))
    marks = {id(node): _with_money(node, _shown(node, reached), money) for node in nodes}
    drawing = draw(root)
    boxes = tuple(Marked(box, marks[id(box.node)]) for box in drawing.boxes)
    depths = {id(box.node): box.depth for box in drawing.boxes}
    lines = tuple(Leaf(depths[id(node)], node, marks[id(node)]) for node in nodes[1:])
    same = {_who(node): marks[id(node)] for node in nodes}
    pages = tuple(
        Page(part, tuple(Marked(box, same[_who(box.node)]) for box in part.boxes)) for part in draw_pages(root)
    )
    return Grown(drawing, boxes, lines, pages)


def _who(node: Node) -> tuple[str, int, str, str]:
    """What stays the same of a node that is drawn without what serves it."""
    return node.kind, node.pk, node.number, node.text


@dataclass(slots=True)
class _Reached:
    """By indicator, what its units or people achieved, and the scale of its own; and the office's."""

    found: dict[int, list[Achievement]] = field(default_factory=lambda: defaultdict(list))
    own: dict[int, Scale | None] = field(default_factory=dict)
    of_office: OfOffice = no_scale

    def of(self, indicators: Sequence[int]) -> list[Achievement]:
        return [each for pk in indicators for each in self.found.get(pk, ())]


def _reached(plan: Plan, actor: Actor, period: Period) -> _Reached:
    """What was achieved in the period, of what the person may see."""
    figures = Figure.objects.visible_to(actor).filter(
        period__office=plan.office_id, period__year=period.year, period__quarter=period.quarter, period__void=False
    )
    rows = list(figures.select_related("indicator"))
    values = holding_values(rows)
    reached = _Reached(of_office=scale_of(period))
    for figure in rows:
        pk = figure.indicator.indicator_id
        reached.found[pk].append(achieved(figure, values.get(figure.pk), reached.of_office))
        reached.own[pk] = figure.indicator.own_scale
    return reached


def _shown(node: Node, reached: _Reached) -> Shown:
    if node.kind in ("indicator", "individu"):
        return _of_indicator(node, reached)
    if node.kind in ("sasaran", "tujuan"):
        return _of_many(node, reached)
    return Shown(None, "", "", reverse("planning:activities") if node.kind != "plan" else "")


def _with_money(node: Node, shown: Shown, money: Mapping[str, ActivityRow]) -> Shown:
    if node.kind in ("program", "kegiatan", "sub_kegiatan"):
        row = money.get(node.number)
        return replace(shown, money=_absorbed(row.share)) if row else shown
    if node.kind != "sasaran":
        return shown
    rows = [money[one.number] for one in node.children if one.kind == "program" and one.number in money]
    share = absorption(
        sum((row.ceiling for row in rows if row.ceiling is not None), Decimal(0)),
        sum((row.spent for row in rows if row.spent is not None), Decimal(0)),
    )
    word = efficiency(shown.percent, share)
    said = {"efficient": _("efisien"), "fair": _("cukup efisien"), "inefficient": _("tidak efisien")}
    return replace(shown, money=", ".join(part for part in (_absorbed(share), said[word] if word else "") if part))


def _absorbed(share: Decimal | None) -> str:
    return _("serapan %(share)s") % {"share": format_percent(share)} if share is not None else ""


def _of_indicator(node: Node, reached: _Reached) -> Shown:
    url, found = reverse("planning:indicator", args=[node.pk]), reached.of([node.pk])
    if len(found) == 1:
        one = found[0]
        return Shown(one.percent, one.level, _joined(one.label, one.predicate), url, one.derivation)
    if not found:
        return Shown(None, "none", _("Belum ada data"), url)
    return _mean(found, url, own=reached.own.get(node.pk), of_office=reached.of_office)


def _of_many(node: Node, reached: _Reached) -> Shown:
    """The mean of the indicators that measure it, with how many of them count; called by the office's scale."""
    mine = [one.pk for one in measuring(node)]
    unmeasured = sum(not reached.found.get(pk) for pk in mine)
    return _mean(reached.of(mine), "", unmeasured=unmeasured, of_office=reached.of_office)


def _mean(
    found: Sequence[Achievement],
    url: str,
    unmeasured: int = 0,
    own: Scale | None = None,
    of_office: OfOffice = no_scale,
) -> Shown:
    """unmeasured: how many indicators besides are in no form of the period."""
    percent = average(found)
    if percent is None:
        return Shown(None, "none", _("Belum ada data"), url)
    reached, _told = count_reached(each.level for each in found)
    counted = sum(each.percent is not None for each in found)
    words = {"n": counted, "of": len(found) + unmeasured, "below": counted - reached}
    told = (
        _("rata-rata %(n)s dari %(of)s, %(below)s di bawah target")
        if counted > reached
        else _("rata-rata %(n)s dari %(of)s")
    )
    called = word_for(percent, own, of_office)
    return Shown(percent, level_of(percent), _joined(told % words, called), url, average_told(found, unmeasured))


def _joined(words: str, predicate: str) -> str:
    told = {"words": words, "predicate": retold(predicate)}
    return _("%(words)s · predikat %(predicate)s") % told if predicate else words
