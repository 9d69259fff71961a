"""Writing the log. One call per act, in the act's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol

from django.db import connection, models, transaction
from django.utils import timezone

from runut.audit.models import Entry, Place
from runut.audit.rules import entry_hash, told_hash
from runut.lib.canonical import plain
from runut.lib.prepared import PreparedRows, insert


class By(Protocol):
    """Who acts, as the log needs to know it."""

    @property
    def pegawai_id(self) -> int: ...

    @property
    def instansi_id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...


_LAST = PreparedRows(Place._make, lambda stream: Entry.objects.last_of(stream).values_list("seq", "hash"), str)


def record(
    event: str,
    *,
    subject: models.Model,
    by: By | None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
    stream: str = "",
    refused: bool = False,
    at: datetime | None = None,
    behind: Place | None = None,
) -> Entry:
    """Append one entry to the subject's stream and chain it to the entry before.

    `stream` defaults to `subject.audit_stream`. behind: the stream's last entry, where the caller has read it already;
    when another has come since, it is read anew. Call it inside the transaction of the act.
    """
    assert connection.in_atomic_block, "an entry is written in the transaction of its act"
    entry = Entry(
        stream=stream or str(subject.audit_stream),  # type: ignore[attr-defined]
        at=(at or timezone.now()).astimezone(UTC),
        event=event,
        instansi_id=by.instansi_id if by else getattr(subject, "instansi_id", None),
        actor_id=by.pegawai_id if by else None,
        actor_name=by.name if by else "",
        actor_title=by.title if by else "",
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:300],
        payload=_payload(before, after, reason),
        refused=refused,
    )
    entry.payload_hash = told_hash(entry)
    while not _chained(entry, behind or _LAST.first(entry.stream)):
        behind = None
    return entry


def _chained(entry: Entry, last: Place | None) -> bool:
    """Write the entry behind the last one of its stream; False when another act has just taken that place.

    An act that is about to take it is waited for until it commits, so what is then the last is seen.
    """
    entry.seq, entry.prev_hash = (last.seq + 1, last.hash) if last else (1, "")
    entry.hash = entry_hash(entry)
    return insert(entry, unless_taken=True)


def _payload(before: Mapping[str, object] | None, after: Mapping[str, object] | None, reason: str) -> dict[str, object]:
    """As it will be read again: dates and decimals as text."""
    return {"before": plain(before or {}), "after": plain(after or {}), "reason": reason}


def record_refusal(event: str, *, subject: models.Model, by: By, reason: str, stream: str, path: str = "") -> Entry:
    """Log an attempt that was refused, in a transaction of its own, in the person's stream.

    `path` is the address that was asked for: it says which thing the attempt was about.
    """
    with transaction.atomic():
        return record(event, subject=subject, by=by, after={"path": path}, reason=reason, stream=stream, refused=True)
