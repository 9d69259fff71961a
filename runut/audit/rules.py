"""How entries are chained: values in, hashes out."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from runut.lib.canonical import content_hash


class Chained(Protocol):
    """The fields of an entry that its hash covers."""

    stream: str
    seq: int
    at: datetime
    event: str
    subject_type: str
    subject_id: int | None
    payload_hash: str
    refused: bool
    prev_hash: str


def entry_hash(entry: Chained) -> str:
    """SHA-256 over the entry's fixed fields and the hash before it, as 64 hex digits."""
    return content_hash(
        {
            "stream": entry.stream,
            "seq": entry.seq,
            "at": entry.at,
            "event": entry.event,
            "subject_type": entry.subject_type,
            "subject_id": entry.subject_id,
            "payload_hash": entry.payload_hash,
            "refused": entry.refused,
            "prev_hash": entry.prev_hash,
        }
    )
