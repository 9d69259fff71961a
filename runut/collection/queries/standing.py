"""Which version of a figure holds.

The latest one that was judged, signed, published or decided; in place of a signed one only what was signed, published
or decided as well: a check alone does not undo a signature. Whatever came later is a proposal: it is shown as such,
and nothing counts with it. Before anything was judged the latest one stands for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from runut.collection.models import BINDING, FINAL, SIGNED, Figure, Mark, MarkKind, Value


def _marked(kinds: Collection[str]) -> Exists:
    return Exists(Mark.objects.filter(value=OuterRef("pk"), kind__in=kinds))


# A signature that was taken back binds no more; one given again afterwards does.
_TAKEN_BACK = Mark.objects.filter(value=OuterRef("value"), pk__gt=OuterRef("pk"), kind=MarkKind.REVOKED)
_SIGNATURES = Mark.objects.filter(~Exists(_TAKEN_BACK), value__figure=OuterRef("figure"), kind__in=SIGNED)
_FOLLOWS_SIGNED = Q(supersedes__isnull=False) & Exists(_SIGNATURES.filter(value__no__lt=OuterRef("no")))
# That a version holds, whatever came before.
BINDS = Q(_marked(FINAL)) | Q(_marked(BINDING)) & ~_FOLLOWS_SIGNED


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
    """Each with `was_signed` and with `is_judged`."""
    return values.annotate(was_signed=_marked(SIGNED), is_judged=_marked(BINDING))


def with_binding(values: QuerySet[Value]) -> QuerySet[Value]:
    """Each with `binds`: that it holds, whatever came before. For few values: lists ask `before_proposals`."""
    return values.annotate(binds=Case(When(BINDS, then=True), default=False))


def before_proposals(values: Collection[Value]) -> dict[int, Value]:
    """figure id -> the version that holds, where the latest may be a proposal. At most one query.

    `values` are the latest of their figures, with their standing; figures of which nothing binds are left out. Only
    of what replaces another version and is not signed it is asked whether it binds.
    """
    waiting = [value.figure_id for value in values if value.supersedes_id and not value.was_signed]  # type: ignore[attr-defined]
    if not waiting:
        return {}
    rows = with_standing(Value.objects.filter(BINDS, figure__in=waiting))
    return {row.figure_id: row for row in rows.select_related("supersedes").order_by("no")}
