"""By which definition versions of a figure were measured whose form was renewed after they were handed in.

A figure has one definition, the one in force. What was handed in before keeps its own: the log's entry of the renewal
says up to which version, and which definition that was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Max

from runut.audit.models import Entry
from runut.collection.models import Figure, Period, Value
from runut.planning.models import IndicatorVersion


class Before(NamedTuple):
    """A renewal of a figure: its versions up to this one were measured by this definition, or an older one."""

    last: int
    definition: int


def handed_in_by(figures: Collection[Figure]) -> dict[str, list[int]]:
    """What a renewal that gives these figures another definition writes into the log, as `Before` has it.

    One query; none for none.
    """
    definitions = {figure.pk: figure.indicator.no for figure in figures}
    if not definitions:
        return {}
    rows = Value.objects.filter(figure__in=definitions).values_list("figure").annotate(last=Max("no"))
    return {str(pk): [last, definitions[pk]] for pk, last in rows.order_by("figure")}


def renewals_of(figures: Iterable[Figure]) -> dict[int, list[Before]]:
    """Figure id -> its renewals, the oldest first. They are of one period and come with their definition.

    One query; none where every definition is the first.
    """
    wanted = {str(figure.pk): figure.period_id for figure in figures if figure.indicator.no > 1}
    if not wanted:
        return {}
    entries = Entry.objects.filter(
        event="forms.renewed", refused=False, subject_type=Period._meta.label_lower,
        subject_id__in=set(wanted.values()),
    )  # fmt: skip
    found: dict[int, list[Before]] = defaultdict(list)
    for entry in entries.order_by("pk"):
        told = entry.payload["before"].get("definitions", {})
        for key in wanted.keys() & told.keys():
            found[int(key)].append(Before(*told[key]))
    return dict(found)


def definitions_of(figure: Figure, values: Collection[Value]) -> dict[int, IndicatorVersion]:
    """Value id -> the definition that it was measured by. One query more than `renewals_of` where there are any."""
    renewals = renewals_of([figure]).get(figure.pk, [])
    numbers = {each.definition for each in renewals}
    rows = IndicatorVersion.objects.filter(indicator=figure.indicator.indicator_id, no__in=numbers) if numbers else ()
    former = {version.no: version for version in rows}
    first = {value.pk: next((each.definition for each in renewals if value.no <= each.last), 0) for value in values}
    return {pk: former.get(no, figure.indicator) for pk, no in first.items()}
