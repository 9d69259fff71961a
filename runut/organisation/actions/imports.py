"""Bringing a table in: tried out first, row by row and by the ordinary actions, then done for good.

Trying out and doing are one function; the trial is rolled back. So what the preview says is what will happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.canonical import content_hash
from runut.lib.errors import Refused
from runut.lib.imports import Column, Read, read_rows
from runut.lib.tables import Table
from runut.organisation import permissions
from runut.organisation.models import Office, Staged
from runut.organisation.permissions import Actor

State = Literal["new", "changed", "same", "rejected"]
Cells = Mapping[str, str]
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: what it is about, and whether that is new, changed or as it was."""

    label: str
    state: State


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table. take: does one row, Refused says why not. rows: what is there, in the columns' order."""

    key: str
    title: str | Promise
    hint: str | Promise
    columns: tuple[Column, ...]
    take: Callable[[Office, Cells, Actor], Taken]
    rows: Callable[[Office], Iterable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One row's fate as the page shows it."""

    no: int
    label: str
    state: State
    words: str = ""


class _Trial(Exception):
    """Ends the transaction of a trial."""


def stage(*, office: Office, kind: Kind, name: str, table: Table, by: Actor) -> Staged:
    """Keep the rows of a table with what would become of each. Nothing else is changed."""
    permissions.check_can_manage(by, office.pk)
    rows = read_rows(table, kind.columns)
    if len(rows) > MOST_ROWS:
        raise Refused(_("Berkas ini lebih dari %(n)s baris. Bagi menjadi beberapa berkas.") % {"n": MOST_ROWS})
    outcome: list[Line] = []
    try:
        with transaction.atomic():
            outcome = _do(office, kind, rows, by)
            raise _Trial
    except _Trial:
        pass
    plain = [asdict(row) for row in rows]
    return Staged.objects.create(
        instansi_id=office.instansi_id, office=office, kind=kind.key, name=name[-200:], rows=plain,
        sha256=content_hash(plain), outcome=[asdict(line) for line in outcome], at=timezone.now(), by=by.pegawai,
    )  # fmt: skip


@transaction.atomic
def bring_in(*, staged: Staged, kind: Kind, by: Actor) -> Staged:
    """Do what was tried out; rows that cannot be taken are left. A second time it is done already."""
    staged = Staged.objects.select_for_update().select_related("office").get(pk=staged.pk)
    permissions.check_can_manage(by, staged.office_id)
    if staged.applied_at is not None:
        return staged
    lines = _do(staged.office, kind, [Read(**row) for row in staged.rows], by)
    # The rows themselves are not kept any longer than they are needed: they may be about people.
    staged.outcome, staged.applied_at, staged.rows = [asdict(line) for line in lines], timezone.now(), []
    staged.save(update_fields=["outcome", "applied_at", "rows"])
    after = {"kind": kind.key, "file": staged.name, "sha256": staged.sha256, **_counts(lines)}
    record("import.applied", subject=staged, by=by, after=after)
    return staged


def _do(office: Office, kind: Kind, rows: Sequence[Read], by: Actor) -> list[Line]:
    return [_take(office, kind, row, by) for row in rows]


def _take(office: Office, kind: Kind, row: Read, by: Actor) -> Line:
    label = next((cell for cell in row.cells.values() if cell), "–")
    if row.problem:
        return Line(row.no, label, "rejected", row.problem)
    try:
        with transaction.atomic():
            taken = kind.take(office, row.cells, by)
    except Refused as refusal:
        return Line(row.no, label, "rejected", refusal.sentence)
    return Line(row.no, taken.label, taken.state)


def _counts(lines: Iterable[Line]) -> dict[str, int]:
    counts = {"new": 0, "changed": 0, "same": 0, "rejected": 0}
    for line in lines:
        counts[line.state] += 1
    return counts
