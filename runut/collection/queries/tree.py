"""The tree of an office with what was achieved: the tree is the plan's, the figures are a period's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.models import Figure, Period
from runut.collection.queries.rows import achieved
from runut.collection.queries.standing import holding_values
from runut.collection.rules import Achievement, average, count_reached, efficiency, level_of
from runut.lib.numbers import format_percent
from runut.organisation.permissions import Actor
from runut.planning.models import Plan
from runut.planning.queries import ActivityRow, activity_rows, tree_of
from runut.planning.rules import Box, Drawing, Node, absorption, draw, every


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a box under its words: percentage, its class, the same in words, and where it leads.

    money: what was spent of what was given, in words, and for an objective whether the achievement keeps step with it.
    """

    percent: Decimal | None
    level: str
    words: str
    url: str
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
class Grown:
    """The tree as a drawing and as a list that says the same."""

    drawing: Drawing
    boxes: tuple[Marked, ...]
    lines: tuple[Leaf, ...]


def periods_of(plan: Plan, actor: Actor) -> list[Period]:
    """The periods of the plan's years that the person may see, the latest first. One query."""
    years = range(plan.year, (plan.last_year or plan.year) + 1)
    rows = Period.objects.visible_to(actor).filter(office=plan.office_id, year__in=years, void=False)
    return list(rows.select_related("office").order_by("-year", "-quarter", "basis"))


def grown(plan: Plan, actor: Actor, period: Period | None) -> Grown:
    """The plan's tree with the figures of a period and, for objectives, the mean of theirs. Eleven queries."""
    root = tree_of(plan, actor)
    reached = _reached(plan, actor, period) if period else {}
    year = period.year if period else plan.year
    money = {row.kegiatan.code: row for row in activity_rows(plan.office, year, timezone.localdate())}
    nodes = list(every([root]))
    marks = {id(node): _with_money(node, _shown(node, reached), money) for node in nodes}
    drawing = draw(root)
    boxes = tuple(Marked(box, marks[id(box.node)]) for box in drawing.boxes)
    depths = {id(box.node): box.depth for box in drawing.boxes}
    lines = tuple(Leaf(depths[id(node)], node, marks[id(node)]) for node in nodes[1:])
    return Grown(drawing, boxes, lines)


def _reached(plan: Plan, actor: Actor, period: Period) -> dict[int, list[Achievement]]:
    """By indicator, what its units or people achieved in the period, of what the person may see."""
    figures = Figure.objects.visible_to(actor).filter(
        period__office=plan.office_id, period__year=period.year, period__quarter=period.quarter, period__void=False
    )
    rows = list(figures.select_related("indicator"))
    values = holding_values(rows)
    found: dict[int, list[Achievement]] = defaultdict(list)
    for figure in rows:
        found[figure.indicator.indicator_id].append(achieved(figure, values.get(figure.pk)))
    return found


def _shown(node: Node, reached: Mapping[int, Sequence[Achievement]]) -> Shown:
    if node.kind in ("indicator", "individu"):
        return _of_indicator(node, reached.get(node.pk, ()))
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


def _of_indicator(node: Node, found: Sequence[Achievement]) -> Shown:
    url = reverse("planning:indicator", args=[node.pk])
    if len(found) == 1:
        one = found[0]
        return Shown(one.percent, one.level, one.label, url)
    return _mean(found, url) if found else Shown(None, "none", _("Belum ada data"), url)


def _of_many(node: Node, reached: Mapping[int, Sequence[Achievement]]) -> Shown:
    """The mean of the indicators that hang on it, with how many of them count."""
    mine = (
        [one for one in every(node.children) if one.kind == "indicator"]
        if node.kind == "tujuan"
        else [one for one in node.children if one.kind == "indicator"]
    )
    return _mean([each for one in mine for each in reached.get(one.pk, ())], "", of=len(mine))


def _mean(found: Sequence[Achievement], url: str, of: int = 0) -> Shown:
    percent = average(found)
    if percent is None:
        return Shown(None, "none", _("Belum ada data"), url)
    reached, _told = count_reached(each.level for each in found)
    counted = sum(each.percent is not None for each in found)
    words = {"n": counted, "of": max(of, len(found)), "below": counted - reached}
    told = (
        _("rata-rata %(n)s dari %(of)s, %(below)s di bawah target")
        if counted > reached
        else _("rata-rata %(n)s dari %(of)s")
    )
    return Shown(percent, level_of(percent), told % words, url)
