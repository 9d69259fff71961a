"""The log as pages show it: who may read which part, and what a line says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.apps import apps
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from runut.audit import queries
from runut.audit.events import event_in_words
from runut.audit.models import Entry
from runut.collection.models import Evidence, Figure, Sheet, Value
from runut.collection.queries.pages import may_see_line
from runut.correction.models import ErrorReport
from runut.lib.acts import is_id
from runut.lib.retold import retold
from runut.organisation.models import Assignment, Pegawai, Supervision
from runut.organisation.permissions import Actor, managed_office_ids
from runut.sop.models import Run, SopVersion
from runut.sop.queries.privacy import parts_open_to
from runut.web.changes import Change, changes_of
from runut.web.incoming import tables_open_to
from runut.web.subjects import subjects_of


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
    number: int
    book: str
    hash: str
    url: str = ""


def lines_of(actor: Actor, entries: Collection[Entry]) -> list[Line]:
    """The entries as lines. A closed one says who did what kind of thing and when, not what was said."""
    closed = closed_to(actor, entries)
    open_ones = [entry for entry in entries if entry.pk not in closed]
    changes = changes_of([entry for entry in open_ones if not entry.refused])
    names, pages = subjects_of(open_ones), _outcomes(actor, open_ones)
    return [
        _closed(entry)
        if entry.pk in closed
        else replace(
            _line(entry), changes=changes.get(entry.pk, ()), subject=names[entry.pk], url=pages.get(entry.pk, "")
        )
        for entry in entries
    ]


def _outcomes(actor: Actor, entries: Collection[Entry]) -> dict[int, str]:
    """By id of the entry, the page on which each row of a table that was brought in is told. At most one query."""
    tables = {entry.pk: entry.subject_id or 0 for entry in entries if entry.event == "import.applied"}
    if not tables:
        return {}
    shown = set(tables_open_to(actor).filter(pk__in=tables.values()).values_list("pk", flat=True))
    return {pk: reverse("web:import_outcome", args=[table]) for pk, table in tables.items() if table in shown}


def _closed(entry: Entry) -> Line:
    label = "" if entry.subject_type == "correction.errorreport" else entry.subject_label
    return replace(_line(entry), note="", subject=label)


# The books into which the log is divided: each is a chain of its own.
BOOKS = {
    "instansi": gettext_lazy("buku pemerintah daerah"),
    "office": gettext_lazy("buku kantor"),
    "pegawai": gettext_lazy("buku perorangan"),
    "run": gettext_lazy("buku SOP ini"),
    "user": gettext_lazy("buku akun"),
}


def _line(entry: Entry) -> Line:
    return Line(
        at=entry.at,
        event=event_in_words(entry.event, refused=entry.refused),
        who=entry.actor_name,
        title=entry.actor_title,
        note=retold(str(entry.payload.get("reason") or "")),
        kind="back" if entry.refused else "done",
        subject=retold(entry.subject_label),
        changes=(),
        number=entry.seq,
        book=str(BOOKS.get(entry.stream.partition(":")[0], entry.stream)),
        hash=entry.hash,
    )


def visible_trail(actor: Actor, subject_type: str, subject_id: int) -> models.QuerySet[Entry]:
    """The history of one row. Http404 unless the person may see the row, or the stream it was kept in."""
    if not may_read_trail(actor, subject_type, subject_id):
        raise Http404("not to be seen, or no such subject")
    return _entries(actor, subject_type, subject_id)


def may_read_trail(actor: Actor, subject_type: str, subject_id: int) -> bool:
    """Whether there is a history of this row that the person may read. At most five queries."""
    first = _entries(actor, subject_type, subject_id).first() if is_id(str(subject_id)) else None
    if first is None:
        return False
    if subject_type == "organisation.leave":
        return _may_read_leave(actor, first)
    row = _row(actor, subject_type, subject_id)
    return _may_see_stream(actor, first.stream, first.instansi_id) if row is None else row


def _may_read_leave(actor: Actor, first: Entry) -> bool:
    """Somebody's leave is for that person and for who looks after the office's people, also once the row is gone."""
    person = (first.payload.get("after") or first.payload.get("before") or {}).get("pegawai") or 0
    if person == actor.pegawai_id:
        return True
    return Pegawai.objects.filter(pk=person, office__in=managed_office_ids(actor)).exists()


def refusals_of(office_id: int) -> models.QuerySet[Entry]:
    """Acts of the office's people that were refused, newest first."""
    people = Pegawai.objects.filter(office=office_id).values_list("pk", flat=True)
    rows = Entry.objects.filter(subject_type="organisation.pegawai", subject_id__in=list(people), refused=True)
    return rows.order_by("-pk")


# Rows whose history is recorded under what belongs to them, as far as the person may see that.
_PARTS: dict[str, Callable[[Actor, int], Iterable[models.QuerySet[models.Model]]]] = {
    "collection.figure": lambda actor, pk: (
        Value.objects.filter(figure=pk),
        Sheet.objects.visible_to(actor).filter(lines__figure=pk),
    ),
    "organisation.pegawai": lambda actor, pk: (
        Assignment.objects.filter(pegawai=pk),
        Supervision.objects.filter(pegawai=pk),
    ),
    "sop.sop": lambda actor, pk: (SopVersion.objects.filter(sop=pk),),
}


def _entries(actor: Actor, subject_type: str, subject_id: int) -> models.QuerySet[Entry]:
    """What was done to a row and to what belongs to it, oldest first."""
    if subject_type not in _PARTS:
        return queries.trail_of(subject_type, subject_id)
    wanted = models.Q(subject_type=subject_type, subject_id=subject_id)
    for rows in _PARTS[subject_type](actor, subject_id):
        ids = list(rows.values_list("pk", flat=True))
        wanted |= models.Q(subject_type=rows.model._meta.label_lower, subject_id__in=ids)
    return Entry.objects.filter(wanted).order_by("pk")


# Rows that have no `visible_to` of their own and belong to something that has, or are open to others too.
_OF_ANOTHER: dict[str, Callable[[Actor, int], bool]] = {
    "organisation.staged": lambda actor, pk: tables_open_to(actor).filter(pk=pk).exists(),
    "collection.evidence": lambda actor, pk: may_see_line(actor, Evidence.objects.get(pk=pk).line),
    "collection.value": lambda actor, pk: Figure.objects.visible_to(actor).filter(values=pk).exists(),
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
    if visible_to is None:
        return None
    # Most rows that are asked after are there and are shown: one question.
    if visible_to(actor).filter(pk=subject_id).exists():
        return True
    return False if manager.filter(pk=subject_id).exists() else None


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
