"""The log as pages show it: who may read which part, and what a line says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.apps import apps
from django.db import models
from django.http import Http404

from runut.audit import queries
from runut.audit.events import event_in_words
from runut.audit.models import Entry
from runut.collection.models import Evidence
from runut.collection.queries.pages import may_see_line
from runut.correction.models import ErrorReport
from runut.lib.acts import is_id
from runut.organisation.permissions import Actor
from runut.sop.models import Run
from runut.sop.queries.privacy import parts_open_to
from runut.web.changes import Change, changes_of


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the timeline and the log table read it."""

    at: datetime
    event: str
    who: str
    title: str
    note: str
    kind: str
    subject: str
    changes: tuple[Change, ...]
    number: str
    hash: str


def lines_of(actor: Actor, entries: Collection[Entry]) -> list[Line]:
    """The entries as lines. A closed one says who did what kind of thing and when, not what was said."""
    closed = closed_to(actor, entries)
    changes = changes_of([entry for entry in entries if entry.pk not in closed])
    return [
        _closed(entry) if entry.pk in closed else replace(_line(entry), changes=changes[entry.pk]) for entry in entries
    ]


def _closed(entry: Entry) -> Line:
    label = "" if entry.subject_type == "correction.errorreport" else entry.subject_label
    return replace(_line(entry), note="", subject=label)


def _line(entry: Entry) -> Line:
    return Line(
        at=entry.at,
        event=event_in_words(entry.event, refused=entry.refused),
        who=entry.actor_name,
        title=entry.actor_title,
        note=str(entry.payload.get("reason") or ""),
        kind="back" if entry.refused else "done",
        subject=entry.subject_label,
        changes=(),
        number=f"{entry.stream}#{entry.seq}",
        hash=entry.hash,
    )


def visible_trail(actor: Actor, subject_type: str, subject_id: int) -> models.QuerySet[Entry]:
    """The history of one row. Http404 unless the person may see the row, or the stream it was kept in."""
    entries = queries.trail_of(subject_type, subject_id)
    first = entries.first()
    if first is None:
        raise Http404("no such subject")
    row = _row(actor, subject_type, subject_id)
    if row is None and not _may_see_stream(actor, first.stream, first.instansi_id):
        raise Http404("not to be seen")
    if row is False:
        raise Http404("not to be seen")
    return entries


# Rows that have no `visible_to` of their own and belong to something that has.
_OF_ANOTHER: dict[str, Callable[[Actor, int], bool]] = {
    "collection.evidence": lambda actor, pk: may_see_line(actor, Evidence.objects.get(pk=pk).line),
}
# About the run as a whole: their entries may tell of each person's figures.
_OF_A_RUN = {"sop.run", "sop.task", "collection.period", "correction.correction"}


def closed_to(actor: Actor, entries: Collection[Entry]) -> frozenset[int]:
    """Of these entries those whose words this person may not read: they are about somebody's own figures."""
    reports = [entry for entry in entries if entry.subject_type == "correction.errorreport"]
    rows = ErrorReport.objects.visible_to(actor).filter(pk__in=[entry.subject_id for entry in reports])
    seen = set(rows.values_list("pk", flat=True)) if reports else set()
    closed = {entry.pk for entry in reports if entry.subject_id not in seen}
    of_run = [entry for entry in entries if entry.subject_type in _OF_A_RUN and entry.stream.startswith("run:")]
    runs = Run.objects.select_related("version").in_bulk({int(entry.stream.removeprefix("run:")) for entry in of_run})
    open_parts = {f"run:{pk}": parts_open_to(run, actor) for pk, run in runs.items()}
    for entry in of_run:
        members = open_parts.get(entry.stream)
        if members is not None and (entry.payload.get("before") or {}).get("member") not in members:
            closed.add(entry.pk)
    return frozenset(closed)


def _row(actor: Actor, subject_type: str, subject_id: int) -> bool | None:
    """Whether the row's own `visible_to` shows it; None when its model has none or the row is gone."""
    try:
        model = apps.get_model(subject_type)
    except (LookupError, ValueError):
        return None
    manager = model._default_manager
    if subject_type in _OF_ANOTHER and manager.filter(pk=subject_id).exists():
        return _OF_ANOTHER[subject_type](actor, subject_id)
    visible_to = getattr(manager, "visible_to", None)
    if visible_to is None or not manager.filter(pk=subject_id).exists():
        return None
    return bool(visible_to(actor).filter(pk=subject_id).exists())


def _may_see_stream(actor: Actor, stream: str, instansi_id: int | None) -> bool:
    kind, _sign, number = stream.partition(":")
    pk = int(number) if is_id(number) else 0
    if kind == "office":
        return pk in actor.office_ids
    if kind == "run":
        return Run.objects.visible_to(actor).filter(pk=pk).exists()
    if kind == "pegawai":
        return pk == actor.pegawai_id
    if kind == "user":
        return pk == actor.pegawai.user.pk
    return kind == "instansi" and instansi_id in {None, actor.instansi_id}
