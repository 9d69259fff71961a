"""Tables of which each row is done by an ordinary action: with them an office is set up.

Trying out and doing are one function; the trial is rolled back. So what the preview says is what will happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.imports import Column, Read
from runut.organisation import permissions
from runut.organisation.actions.imports import Fate
from runut.organisation.models import Office, RowState, Staged, StagedRow
from runut.organisation.permissions import Actor

Cells = Mapping[str, str]
# Of a table whose rows stand on one another, all are tried together.
MOST_CHAINED = 5_000
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: what it is about, and whether that is new, changed or as it was."""

    label: str
    state: Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table. take: does one row, Refused says why not. rows: what is there, in the columns' order.

    chained: whether a row may stand on an earlier one of the same table, as a unit on the one above it.
    """

    key: str
    title: str | Promise
    hint: str | Promise
    columns: tuple[Column, ...]
    take: Callable[[Office, Cells, Actor], Taken]
    rows: Callable[[Office], Iterable[Sequence[str]]]
    chained: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(one.heading for one in self.columns if one.required)

    @property
    def at_once(self) -> int:
        return MOST_CHAINED + 1 if self.chained else AT_ONCE

    def advice(self) -> str:
        return ""

    def check(self, staged: Staged, by: Actor) -> Actor:
        permissions.check_can_manage(by, staged.office_id)
        return by

    def judge(self, staged: Staged, by: Actor) -> Trial:
        return Trial(self, staged.office, by)

    def bring(self, staged: Staged, by: Actor) -> bool:
        """The next rows. Each is an act of its own, with its own entry in the log."""
        rows = StagedRow.objects.select_for_update().filter(staged=staged, no__gt=staged.brought_to)
        batch = list(rows.exclude(state=RowState.REJECTED).order_by("no")[:AT_ONCE])
        for row in batch:
            fate = _take(self, staged.office, Read(row.no, cast(Cells, row.cells)), by)
            if fate.state != row.state:
                staged.counts[row.state] -= 1
                staged.counts[fate.state] += 1
            # What was read is not kept any longer than it is needed: it may be about people.
            row.label, row.state, row.words, row.cells = fate.label[:300], fate.state, fate.words, {}
        StagedRow.objects.bulk_update(batch, ["label", "state", "words", "cells"], batch_size=AT_ONCE)
        staged.brought_to = batch[-1].no if batch else staged.brought_to
        staged.save(update_fields=["counts"])
        return len(batch) == AT_ONCE

    def forget(self, staged: Staged) -> None:
        """There is nothing besides."""


class _Trial(Exception):
    """Ends the transaction of a trial."""


class Trial:
    """Does rows in a transaction that is rolled back."""

    def __init__(self, kind: Kind, office: Office, by: Actor) -> None:
        self._kind, self._office, self._by = kind, office, by

    def pass_over(self, rows: Sequence[Read]) -> None:
        """Rows of another batch say nothing about these."""

    def fates(self, rows: Sequence[Read]) -> list[Fate]:
        if self._kind.chained and len(rows) > MOST_CHAINED:
            sentence = _("Berkas ini lebih dari %(n)s baris. Bagi menjadi beberapa berkas.")
            raise Refused(sentence % {"n": MOST_CHAINED})
        found: list[Fate] = []
        try:
            with transaction.atomic():
                found = [_take(self._kind, self._office, row, self._by) for row in rows]
                raise _Trial
        except _Trial:
            return found

    def keep(self, fates: Sequence[Fate]) -> None:
        """The rows themselves are all that is needed."""


def _take(kind: Kind, office: Office, row: Read, by: Actor) -> Fate:
    label = next((cell for cell in row.cells.values() if cell), "–")
    problem = row.problem
    if row.hidden and not problem:
        problem = _("Baris ini tersembunyi di berkas. Tampilkan dulu dan periksa, atau hapus barisnya.")
    if problem:
        return Fate(row.no, label, RowState.REJECTED, problem)
    try:
        with transaction.atomic():
            taken = kind.take(office, row.cells, by)
    except Refused as refusal:
        return Fate(row.no, label, RowState.REJECTED, refusal.sentence)
    return Fate(row.no, taken.label, RowState(taken.state), cells=dict(row.cells))
