"""A form as it was handed in and signed, with what holds now where that is another version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from runut.collection.models import BINDING, FINAL, SIGNED, Mark, MarkKind, Sheet, SheetState, Value
from runut.collection.queries.rows import Row
from runut.collection.queries.standing import holding_values
from runut.collection.rules import HANDED_IN

_TAKEN_BACK = Mark.objects.filter(value=OuterRef("value"), pk__gt=OuterRef("pk"), kind=MarkKind.REVOKED)


@dataclass(frozen=True, slots=True)
class Later:
    """The version that holds now in place of the one on the form, and since when."""

    value: Value
    since: datetime


def as_signed(sheet: Sheet, rows: Sequence[Row]) -> list[tuple[Row, Later | None]]:
    """The rows of a form with what it says itself: the version signed with it, before that the one handed in; a
    correction's form always the one handed in.

    Beside each what holds instead. A form that is not handed in says what is typed. At most five queries.
    """
    if sheet.state not in HANDED_IN:
        return [(row, None) for row in rows]
    figures = [row.figure.pk for row in rows]
    own = {value.figure_id: value for value in Value.objects.filter(sheet=sheet, figure__in=figures).order_by("no")}
    signed = _signed_with(sheet, rows)
    holding = holding_values(figures)
    told = [replace(row, value=signed.get(row.figure.pk) or own.get(row.figure.pk) or row.value) for row in rows]
    later = [_instead(row, holding.get(row.figure.pk)) for row in told]
    since = since_of([value for value in later if value is not None])
    return [(row, Later(value, since[value.pk]) if value else None) for row, value in zip(told, later, strict=True)]


def _signed_with(sheet: Sheet, rows: Sequence[Row]) -> dict[int, Value]:
    """Figure id -> the version that was first signed after the form was handed in, and not taken back. One query.

    None for a form that nobody signed: a later signature is that of another paper. None for a correction's form: what
    is signed is what was decided on it, and it says what was proposed.
    """
    if sheet.is_correction or sheet.state not in (SheetState.SIGNED, SheetState.PUBLISHED):
        return {}
    figures = [row.figure.pk for row in rows]
    marks = Mark.objects.filter(~Exists(_TAKEN_BACK), value__figure__in=figures, kind__in=SIGNED)
    if sheet.submitted_at is not None:
        marks = marks.filter(at__gte=sheet.submitted_at)
    repaired = {row.figure.pk: row.before.no for row in rows if row.before}
    found: dict[int, Value] = {}
    for mark in marks.select_related("value").order_by("at", "pk"):
        if mark.value.no > repaired.get(mark.value.figure_id, 0):
            found.setdefault(mark.value.figure_id, mark.value)
    return found


def _instead(row: Row, holding: Value | None) -> Value | None:
    """The version that holds, where it came later and says something else. What nobody judged is only proposed."""
    if holding is None or row.value is None or holding.no <= row.value.no:
        return None
    if not holding.is_judged:  # type: ignore[attr-defined]
        return None
    told = row.value if row.corrected else row.line
    same = (told.amount, told.text, told.measure) == (holding.amount, holding.text, holding.measure)
    return None if same else holding


def since_of(values: Sequence[Value]) -> dict[int, datetime]:
    """Value id -> since when it holds: signed or decided, else judged, else handed in. At most one query.

    A signature that was taken back counts for nothing.
    """
    found = {value.pk: value.at for value in values}
    if not found:
        return {}
    marks = Mark.objects.filter(value__in=list(found), kind__in=BINDING).exclude(Exists(_TAKEN_BACK), kind__in=SIGNED)
    every = list(marks.order_by("-at", "-pk"))
    for mark in [*(one for one in every if one.kind not in FINAL), *(one for one in every if one.kind in FINAL)]:
        found[mark.value_id] = mark.at
    return found
