"""Which version of a figure holds.

The latest one that was judged, signed, published or decided. A later one that nobody has judged yet is a proposal: it
is shown as such, and nothing counts with it. Before anything was judged the latest one stands for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from runut.collection.models import BINDING, SIGNED, Figure, Mark, Value

_IS_JUDGED = Exists(Mark.objects.filter(value=OuterRef("pk"), kind__in=BINDING))


def current_values(figures: Iterable[Figure | int]) -> dict[int, Value]:
    """The latest version of each figure, a proposal too, annotated as by `with_standing`. One query."""
    return {row.figure_id: row for row in latest().filter(figure__in=figures)}


def holding_values(figures: Iterable[Figure | int]) -> dict[int, Value]:
    """The version of each figure that holds. One query, and one more where a proposal waits."""
    found = current_values(figures)
    return found | before_proposals(found.values())


def latest() -> QuerySet[Value]:
    """The versions that no other supersedes, with their standing."""
    return with_standing(Value.objects.current()).select_related("supersedes")


def with_standing(values: QuerySet[Value]) -> QuerySet[Value]:
    """Each with `was_signed` and with `is_judged`: that it holds, whatever came before."""
    signed = Mark.objects.filter(value=OuterRef("pk"), kind__in=SIGNED)
    return values.annotate(was_signed=Exists(signed), is_judged=_IS_JUDGED)


def before_proposals(values: Collection[Value]) -> dict[int, Value]:
    """figure id -> the version that holds, where the latest is a proposal. At most one query.

    `values` are the latest of their figures, with their standing; figures of which nothing was judged are left out.
    """
    waiting = [value.figure_id for value in values if value.supersedes_id and not value.is_judged]  # type: ignore[attr-defined]
    if not waiting:
        return {}
    rows = with_standing(Value.objects.filter(_IS_JUDGED, figure__in=waiting))
    return {row.figure_id: row for row in rows.select_related("supersedes").order_by("no")}
