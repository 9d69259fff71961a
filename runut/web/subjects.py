"""What the rows of the log are about, by name: some were recorded under an internal number that says nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from django.db import models

from runut.audit.models import Entry
from runut.collection.models import Value
from runut.correction.models import ErrorReport
from runut.organisation.models import Assignment, Supervision, WorkCalendar
from runut.web.changes import names_of

NUMBERED = re.compile(r"\d+ |\d+: ")
Named = Iterable[tuple[int, str]]


def _by_itself(rows: models.QuerySet[models.Model]) -> Named:
    return ((row.pk, str(row)) for row in rows)


NAMES: dict[str, Callable[[Collection[int]], Named]] = {
    "organisation.assignment": lambda ids: _by_itself(
        Assignment.objects.filter(pk__in=ids).select_related("pegawai", "jabatan")
    ),
    "organisation.supervision": lambda ids: _by_itself(
        Supervision.objects.filter(pk__in=ids).select_related("pegawai", "superior")
    ),
    "organisation.workcalendar": lambda ids: _by_itself(
        WorkCalendar.objects.filter(pk__in=ids).select_related("office")
    ),
    "collection.value": lambda ids: names_of(Value, ids).items(),
    "correction.errorreport": lambda ids: ((row.pk, row.what[:60]) for row in ErrorReport.objects.filter(pk__in=ids)),
}


def subjects_of(entries: Collection[Entry]) -> dict[int, str]:
    """By id of the entry, what it is about. One query for each kind of row that was recorded under a number."""
    numbered: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.subject_type in NAMES and entry.subject_id and NUMBERED.match(entry.subject_label):
            numbered[entry.subject_type].add(entry.subject_id)
    names = {(kind, pk): name for kind, ids in numbered.items() for pk, name in NAMES[kind](ids)}
    return {entry.pk: _subject(entry, names) for entry in entries}


def _subject(entry: Entry, names: dict[tuple[str, int], str]) -> str:
    """Of an act that was refused, the address that it was sent to: what it was about."""
    if entry.refused:
        return str((entry.payload.get("after") or {}).get("path") or entry.subject_label)
    if not NUMBERED.match(entry.subject_label):
        return entry.subject_label
    return names.get((entry.subject_type, entry.subject_id or 0), entry.subject_label)
