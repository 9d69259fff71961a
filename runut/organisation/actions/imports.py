"""Bringing a table in: read and tried out in small steps, looked at, then done for good.

Each step is a transaction of its own that says how far it came, so that whoever comes after a killed process, or beside
another one, goes on from there. Nothing is changed before somebody has looked and said so; a table that is not brought
in is thrown away with its rows. The log gets one entry, with the digests of the rows and of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Protocol

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refusal, Stale
from runut.lib.imports import HIDDEN_NAMED, Column, Missing, Read, digest_line, read_stream
from runut.lib.prepared import insert_many
from runut.lib.reading import Sign
from runut.lib.tables import open_table
from runut.organisation.models import Office, RowState, Staged, StagedRow, StagedState
from runut.organisation.permissions import Actor
from runut.organisation.queries import actor_of, local_day

# Rows that one transaction writes at most when a table is read.
AT_ONCE = 1000
# What nobody decides about is thrown away after so long; what became of rows is shown for so long.
KEPT = timedelta(days=7)
SHOWN = timedelta(days=30)
# So many rows are thrown away in one transaction.
SWEPT = 5000


@dataclass(frozen=True, slots=True)
class Fate:
    """What would become of a row. label: what it is about. words: why it is rejected, or what changes.

    cells: what bringing it in will need. besides: what it makes that the table does not name. kept: what stays to be
    read once it is done, where that is less than all of it.
    """

    no: int
    label: str
    state: RowState
    words: str = ""
    cells: dict[str, object] = field(default_factory=dict)
    besides: str = ""
    kept: str = ""


class Judge(Protocol):
    """Says what would become of rows, batch by batch, in one reading of a table."""

    def pass_over(self, rows: Sequence[Read]) -> None:
        """These were judged by another process before."""

    def fates(self, rows: Sequence[Read]) -> list[Fate]: ...

    def keep(self, fates: Sequence[Fate]) -> None:
        """Write what bringing in will need besides, in the transaction that keeps the fates."""

    def missing(self) -> Missing:
        """Once all rows were seen: what went out with such a table and did not come back."""


class Incoming(Protocol):
    """One kind of table. at_once: how many rows are judged together. wanted: headings by which its sheet is known."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str | Promise: ...
    @property
    def wanted(self) -> tuple[str, ...]: ...
    @property
    def at_once(self) -> int: ...

    def columns_of(self, staged: Staged) -> tuple[Column, ...]:
        """What is read of this table."""

    def advice(self) -> str:
        """What to do about a missing column; "" for the example."""

    def check(self, staged: Staged, by: Actor) -> Actor:
        """The person as who this may be done; Denied otherwise."""

    def judge(self, staged: Staged, by: Actor) -> Judge: ...

    def bring(self, staged: Staged, by: Actor) -> bool:
        """Bring rows in, in the caller's transaction, after `brought_to`; True while there are more."""

    def forget(self, staged: Staged) -> None:
        """Delete what was kept besides the fates."""


@transaction.atomic
def receive(
    *,
    office: Office,
    kind: Incoming,
    file: UploadedFile[bytes],
    by: Actor,
    about: int | None = None,
    sign: Sign | None = None,
) -> Staged:
    """Keep a file until it has been read. sign: the decimal sign of its texts; None lets the table tell."""
    staged = Staged(
        instansi_id=office.instansi_id, office=office, kind=kind.key, about=about, name=(file.name or "")[-200:],
        at=timezone.now(), by=by.pegawai, sign=sign or "",
    )  # fmt: skip
    kind.check(staged, by)
    staged.file.save("table", file, save=False)
    staged.save()
    return staged


def read_on(*, staged_id: int, kind: Incoming, enough: Callable[[], bool]) -> bool:
    """Read a table from where it was left, until there is `enough` for once; True while there is more to read."""
    staged = Staged.objects.select_related("office__calendar", "by").get(pk=staged_id)
    if staged.state != StagedState.READING:
        return False
    try:
        judge = kind.judge(staged, kind.check(staged, _actor(staged)))
        with staged.file.open("rb") as file:
            content = file.read()
        seal = sha256(content).hexdigest()
        with open_table(content, kind.wanted) as stream:
            del content
            rows = read_stream(stream, kind.columns_of(staged), kind.advice(), staged.chosen_sign)
            return _read(staged, kind, judge, rows, stream.height, enough, seal)
    except Refusal as refusal:
        _refuse(staged, kind, refusal)
        return False


def _read(
    staged: Staged, kind: Incoming, judge: Judge, rows: Iterator[Read], height: int, enough: Callable[[], bool],
    seal: str,
) -> bool:  # fmt: skip
    """seal: SHA-256 of the file."""
    digest = sha256()
    for batch in _batches(rows, kind.at_once):
        for row in batch:
            digest.update(digest_line(row))
        known = [row for row in batch if row.no <= staged.read_to]
        judge.pass_over(known)
        if len(known) < len(batch):
            if not _keep(staged, judge, batch[len(known) :], height):
                return False
            if enough():
                return True
    _finish_reading(staged, digest.hexdigest(), seal, judge.missing())
    return False


def _batches(rows: Iterator[Read], size: int) -> Iterator[list[Read]]:
    while batch := list(islice(rows, size)):
        yield batch


def _keep(staged: Staged, judge: Judge, rows: Sequence[Read], height: int) -> bool:
    """Judge a batch and keep its fates; False when another process has come further meanwhile."""
    fates = judge.fates(rows)
    with transaction.atomic():
        now = Staged.objects.select_for_update().get(pk=staged.pk)
        if (now.state, now.read_to) != (StagedState.READING, staged.read_to):
            return False
        insert_many(
            StagedRow,
            ("instansi", "staged", "no", "label", "state", "words", "cells"),
            (
                (staged.instansi_id, staged.pk, one.no, one.label[:300], str(one.state), one.words, one.cells)
                for one in fates
                if one.state != RowState.SAME
            ),
        )
        judge.keep(fates)
        staged.counts = _added(staged.counts, fates) | _unseen(staged.counts, rows)
        staged.read_to, staged.seen, staged.total = rows[-1].no, staged.seen + len(rows), height
        staged.save(update_fields=["counts", "read_to", "seen", "total"])
    return True


def _added(counts: Mapping[str, int], fates: Iterable[Fate]) -> dict[str, object]:
    found = {str(state): int(counts.get(state, 0)) for state in RowState}
    for one in fates:
        found[one.state] += 1
    return {**found}


def _unseen(counts: Mapping[str, object], rows: Iterable[Read]) -> dict[str, object]:
    """How many rows the file hides, and the first of them; nothing where it shows all."""
    before, first = counts.get("hidden", 0), counts.get("hidden_rows", [])
    assert isinstance(before, int) and isinstance(first, list)
    found = [row.no for row in rows if row.hidden]
    if not before and not found:
        return {}
    return {"hidden": before + len(found), "hidden_rows": [*first, *found][:HIDDEN_NAMED]}


def _finish_reading(staged: Staged, digest: str, seal: str, missing: Missing) -> None:
    left_out = {"missing": missing.count, "missing_names": list(missing.names)} if missing.count else {}
    with transaction.atomic():
        still = Staged.objects.filter(pk=staged.pk, state=StagedState.READING)
        counts = staged.counts | left_out | {"file_sha256": seal}
        still.update(state=StagedState.READY, sha256=digest, total=staged.seen, counts=counts)
    staged.refresh_from_db()
    _drop_file(staged)


def _refuse(staged: Staged, kind: Incoming, refusal: Refusal) -> None:
    """Nothing of it comes in: it cannot be read, or the person may no more."""
    still = Staged.objects.filter(pk=staged.pk, state=staged.state)
    if still.update(state=StagedState.REFUSED, problem=refusal.sentence):
        _drop_file(staged)
        kind.forget(staged)
        sweep(staged)


@transaction.atomic
def bring_in(*, staged: Staged, kind: Incoming, by: Actor) -> Staged:
    """Say that what was looked at is to be done. A second time it is being done already."""
    staged = Staged.objects.select_for_update(of=("self",)).select_related("office").get(pk=staged.pk)
    kind.check(staged, by)
    if staged.state in (StagedState.BRINGING, StagedState.DONE):
        return staged
    if staged.state != StagedState.READY:
        raise Stale(_("Tabel ini sudah dibuang atau belum selesai dibaca. Unggah lagi berkasnya."))
    staged.state = StagedState.BRINGING
    staged.save(update_fields=["state"])
    return staged


def bring_on(*, staged_id: int, kind: Incoming) -> bool:
    """One step of bringing in, in a transaction of its own; True while there are more."""
    try:
        with transaction.atomic():
            rows = Staged.objects.select_for_update(of=("self",)).select_related("office__calendar", "by")
            staged = rows.get(pk=staged_id)
            if staged.state != StagedState.BRINGING:
                return False
            by = kind.check(staged, _actor(staged))
            if kind.bring(staged, by):
                staged.save(update_fields=["brought_to"])
                return True
            finish(staged, kind, by)
    except Refusal as refusal:
        _refuse(staged, kind, refusal)
        return False
    # What was needed for it is dropped afterwards: it is no part of what becomes visible at once.
    kind.forget(staged)
    return False


def finish(staged: Staged, kind: Incoming, by: Actor) -> None:
    """Say in the log that a table is brought in, in the caller's transaction."""
    staged.state, staged.applied_at = StagedState.DONE, timezone.now()
    staged.save(update_fields=["state", "applied_at", "counts", "brought_to"])
    after = {"kind": kind.key, "file": staged.name, "rows": staged.seen, "rows_sha256": staged.sha256}
    # As an auditor computes it from the file itself; what was read before it was kept has none.
    after["sha256"] = staged.file_sha256
    after |= {str(state): staged.counts.get(state, 0) for state in RowState}
    if staged.about is not None:
        after["about"] = staged.about
    record("import.applied", subject=staged, by=by, after=after, at=staged.applied_at)


def _actor(staged: Staged) -> Actor:
    """The person who sent the table, as of today."""
    return actor_of(staged.by, local_day(staged.office, timezone.now()))


def throw_away(*, staged: Staged, kind: Incoming) -> None:
    """What was read and not brought in is not kept. Whoever calls has found it among the person's own."""
    still = Staged.objects.filter(pk=staged.pk, state__in=(StagedState.READING, StagedState.READY))
    if not still.update(state=StagedState.THROWN):
        raise Stale(_("Tabel ini sudah disimpan atau sudah dibuang."))
    _drop_file(staged)
    kind.forget(staged)
    sweep(staged)


def _drop_file(staged: Staged) -> None:
    """Once it is read, or is not to be read, a file is not kept: it may be about people."""
    staged.file.delete(save=False)
    Staged.objects.filter(pk=staged.pk).update(file="")


def sweep(staged: Staged) -> None:
    """Delete the rows of a table, some at a time, and the names of those that it left out."""
    if staged.counts.pop("missing_names", None):
        Staged.objects.filter(pk=staged.pk).update(counts=staged.counts)
    while rows := list(staged.rows.order_by("no").values_list("pk", flat=True)[:SWEPT]):
        StagedRow.objects.filter(pk__in=rows).delete()


def tidy(now: datetime, kinds: Mapping[str, Incoming]) -> int:
    """Throw away what nobody decided about, and the rows of what was brought in long ago; how many tables."""
    waiting = (StagedState.READING, StagedState.READY)
    old = Staged.objects.filter(state__in=waiting, at__lt=now - KEPT)
    done = Staged.objects.filter(state=StagedState.DONE, applied_at__lt=now - SHOWN, rows__isnull=False).distinct()
    for staged in (found := list(old)):
        throw_away(staged=staged, kind=kinds[staged.kind])
    for staged in (shown := list(done)):
        kinds[staged.kind].forget(staged)
        sweep(staged)
    # Whoever was killed between reading a file and dropping it left it behind.
    for staged in Staged.objects.exclude(file="").filter(at__lt=now - KEPT):
        _drop_file(staged)
    return len(found) + len(shown)
