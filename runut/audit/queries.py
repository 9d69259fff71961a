"""Reading the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from django.db import connection, models
from django.db.models import F, OuterRef, QuerySet, Subquery

from runut.audit.models import Entry
from runut.lib.errors import Refused

EXPORTED = (
    "stream",
    "seq",
    "at",
    "event",
    "instansi_id",
    "actor_id",
    "actor_name",
    "actor_title",
    "subject_type",
    "subject_id",
    "subject_label",
    "payload",
    "payload_hash",
    "refused",
    "prev_hash",
    "hash",
)


def trail(subject: models.Model) -> QuerySet[Entry]:
    """What was ever done to this row, oldest first."""
    return trail_of(subject._meta.label_lower, subject.pk)


def trail_of(subject_type: str, subject_id: int) -> QuerySet[Entry]:
    """The same by name, for rows that may be gone."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("pk")


def stream(name: str) -> QuerySet[Entry]:
    """One chain, oldest first."""
    return Entry.objects.filter(stream=name).order_by("seq")


def heads() -> dict[str, str]:
    """The last hash of each stream."""
    newest = Entry.objects.filter(stream=OuterRef("stream")).order_by("-seq").values("seq")[:1]
    rows = Entry.objects.annotate(newest=Subquery(newest)).filter(seq=F("newest"))
    return dict(rows.values_list("stream", "hash"))


def all_entries() -> Iterator[Entry]:
    """The whole log as it was written, without holding it in memory."""
    return Entry.objects.order_by("pk").iterator(chunk_size=2000)


def check_there_is_a_log() -> None:
    """Raise Refused where the data directory holds no database of the product yet."""
    if Entry._meta.db_table not in connection.introspection.table_names():
        raise Refused("There is no log here yet: name the data directory in RUNUT_DATA, or run `runut migrate` first.")


def exported(entry: Entry) -> dict[str, object]:
    """An entry as a line of an export: the time in UTC, everything else as it stands."""
    line: dict[str, object] = {name: getattr(entry, name) for name in EXPORTED}
    line["at"] = entry.at.astimezone(UTC).isoformat()
    return line
