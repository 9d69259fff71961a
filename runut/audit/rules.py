"""How entries are chained, and how to tell that a log was tampered with: values in, values out.

`tools/verify_log.py` does the same without anything of ours; a test holds both to the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from runut.lib.canonical import content_hash


class Chained(Protocol):
    """The fields of an entry that its hashes cover."""

    stream: str
    seq: int
    at: datetime
    event: str
    instansi_id: int | None
    actor_id: int | None
    actor_name: str
    actor_title: str
    subject_type: str
    subject_id: int | None
    subject_label: str
    payload: dict[str, object]
    payload_hash: str
    refused: bool
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not hold.

    Codes: `payload` or `hash` (changed), `chain` (replaced), `gap` (missing), `root` (cut or rewritten).
    """

    stream: str
    seq: int
    code: str
    text: str


def told_hash(entry: Chained) -> str:
    """SHA-256 over what the entry tells: payload, who, and the subject's name. 64 hex digits.

    Apart from `entry_hash`, so that personal text could be blanked by law and the chain still hold.
    """
    return content_hash(
        {
            "instansi_id": entry.instansi_id,
            "actor_id": entry.actor_id,
            "actor_name": entry.actor_name,
            "actor_title": entry.actor_title,
            "subject_label": entry.subject_label,
            "payload": entry.payload,
        }
    )


def entry_hash(entry: Chained) -> str:
    """SHA-256 over the entry's fixed fields, `payload_hash` and the hash before it, as 64 hex digits."""
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


def log_root(heads: Mapping[str, str]) -> str:
    """One hash for a whole log: over the sorted pairs of stream and last hash."""
    return content_hash([[stream, heads[stream]] for stream in sorted(heads)])


def verify(entries: Iterable[Chained], root: str = "") -> list[Problem]:
    """What is wrong with these entries, given in the order of their numbers within each stream.

    With the root that was noted down earlier also a cut tail and a log rewritten as a whole show.
    """
    problems: list[Problem] = []
    seqs: dict[str, int] = {}
    heads: dict[str, str] = {}
    for entry in entries:
        problems += _problems_of(entry, seqs.get(entry.stream, 0), heads.get(entry.stream, ""))
        seqs[entry.stream], heads[entry.stream] = entry.seq, entry.hash
    if root and log_root(heads) != root:
        problems.append(
            Problem("", 0, "root", "the log's root is not the one given: a tail is cut, or it was rewritten")
        )
    return problems


def _problems_of(entry: Chained, last_seq: int, last_hash: str) -> Iterable[Problem]:
    where = (entry.stream, entry.seq)
    if entry.seq != last_seq + 1:
        yield Problem(*where, "gap", f"number {entry.seq} follows {last_seq}")
    elif entry.prev_hash != last_hash:
        yield Problem(*where, "chain", "does not continue the entry before it")
    if entry.payload_hash != told_hash(entry):
        yield Problem(*where, "payload", "what it tells was changed")
    if entry.hash != entry_hash(entry):
        yield Problem(*where, "hash", "its fixed fields were changed")
