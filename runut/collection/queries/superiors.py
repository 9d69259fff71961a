"""Who led the person of a form in its period, from a day to a day: who moved in between had two superiors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q

from runut.collection.models import Sheet
from runut.organisation.models import Assignment, JabatanKind, Pegawai, Supervision
from runut.organisation.queries import direct_superiors
from runut.organisation.rules import Superior
from runut.planning.queries import period_end

NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Led:
    """A superior by name and position, with the first and the last day inside the period."""

    who: str
    start: date
    end: date


def superiors_in(sheet: Sheet) -> list[Led]:
    """The direct superiors of the person in the form's period, in order of time; none of a unit.

    Five queries, three more for each day on which the person's own place changed.
    """
    if sheet.pegawai_id is None:
        return []
    first = date(sheet.period.year, max(1, 3 * sheet.period.quarter - 2), 1)
    last = period_end(sheet.period.year, sheet.period.quarter)
    return _named(_spans(sheet.pegawai_id, first, last))


def _within(first: date, last: date) -> Q:
    return Q(start__lte=last) & (Q(end__isnull=True) | Q(end__gte=first))


def _spans(pegawai_id: int, first: date, last: date) -> list[tuple[Superior, date, date]]:
    """Who leads the person from day to day, as a position or by name."""
    held = Assignment.objects.filter(_within(first, last), pegawai=pegawai_id).exclude(jabatan__kind=JabatanKind.ADMIN)
    named = Supervision.objects.filter(_within(first, last), pegawai=pegawai_id)
    rows = held.values_list("start", "end").union(named.values_list("start", "end"))
    turns = {day for start, end in rows for day in (start, end + NEXT if end else None) if day and first < day <= last}
    spans: list[tuple[Superior, date, date]] = []
    for day, after in pairwise([first, *sorted(turns), last + NEXT]):
        superior = direct_superiors([pegawai_id], day).get(pegawai_id)
        if superior is not None and spans and spans[-1][0] == superior and spans[-1][2] + NEXT == day:
            spans[-1] = (superior, spans[-1][1], after - NEXT)
        elif superior is not None:
            spans.append((superior, day, after - NEXT))
    return spans


def _named(spans: Sequence[tuple[Superior, date, date]]) -> list[Led]:
    """Whoever held the superior's position in each span, or the person who was named. Two queries."""
    if not spans:
        return []
    people = Pegawai.objects.in_bulk([superior.pegawai_id for superior, _s, _e in spans if superior.pegawai_id])
    posts = [superior.jabatan_id for superior, _s, _e in spans if superior.jabatan_id]
    held = Assignment.objects.filter(_within(spans[0][1], spans[-1][2]), jabatan__in=posts)
    holders = list(held.select_related("pegawai", "jabatan").order_by("start", "pk"))
    return [led for superior, start, end in spans for led in _of_span(superior, start, end, people, holders)]


def _of_span(
    superior: Superior, start: date, end: date, people: Mapping[int, Pegawai], holders: Iterable[Assignment]
) -> list[Led]:
    if superior.pegawai_id is not None:
        return [Led(people[superior.pegawai_id].full_name, start, end)]
    return [
        Led(str(one), max(start, one.start), min(end, one.end or end))
        for one in holders
        if one.jabatan_id == superior.jabatan_id and one.start <= end and (one.end is None or one.end >= start)
    ]
