"""Tables of which each row is done by an ordinary action: with them an office is set up.

Trying out and doing are one function; the trial is rolled back. So what the preview says is what will happen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import cast

from django.db import transaction
from django.db.models import Model
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from runut.lib.codes import plain_code
from runut.lib.errors import Refused
from runut.lib.imports import NOTHING_MISSING, Column, Faults, Missing, Read
from runut.lib.spelled import read_beside
from runut.lib.workbooks import Offer
from runut.organisation import permissions
from runut.organisation.actions.imports import Fate
from runut.organisation.actions.known import KEY, Cells, Taken, Taker
from runut.organisation.actions.told import Stood, belongs, check_stands
from runut.organisation.models import Office, RowState, Staged, StagedRow, StagedState
from runut.organisation.permissions import Actor

AT_ONCE = 100
# Under which a row that is brought in keeps what was made along with it, and one that is looked at what stood there.
BESIDES, STOOD = "besides", "stood"


@dataclass(frozen=True, slots=True)
class Besides:
    """told: of what stands in a column, each once, what bringing it in would make, a sentence each."""

    column: str
    told: Callable[[Office, Iterable[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table. taker: takes a batch of rows. rows: what is there, in the columns' order.

    one_of: the columns that together name what a row is about; it may stand in a table once. stands_on: the codes of
    what a row stands on, which an earlier row of the same table may make, as a unit stands on the one above it.
    besides: what bringing in such rows would make that the table does not name. left_out: what of the office `rows`
    does not hand out, in a sentence; "" where that is nothing. fixed: the columns in which a row that is there is not
    changed by a table. offers: what may be chosen in a column, by its key.
    """

    key: str
    title: str | Promise
    hint: str | Promise
    columns: tuple[Column, ...]
    taker: Callable[[Office, Sequence[Cells]], Taker]
    rows: Callable[[Office], Iterable[Sequence[str]]]
    one_of: tuple[str, ...] = ("code",)
    stands_on: Callable[[Cells], Iterable[str]] | None = None
    at_once: int = AT_ONCE
    besides: Besides | None = None
    left_out: Callable[[Office], str] | None = None
    fixed: tuple[str, ...] = ()
    offers: Callable[[Office], Mapping[str, Offer]] | None = None

    def named(self, cells: Cells) -> tuple[str, ...]:
        """What a row is about; () where a cell that must say it could not be read."""
        if any(one.key not in cells for one in self.columns if one.required):
            return ()
        return tuple("".join(cells.get(key, "").split()).casefold() for key in self.one_of)

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(one.heading for one in self.columns if one.required)

    @property
    def typed(self) -> list[Column]:
        """The columns that somebody fills in."""
        return [one for one in self.columns if not one.hidden]

    def columns_of(self, staged: Staged) -> tuple[Column, ...]:
        return self.columns

    def advice(self) -> str:
        return ""

    def check(self, staged: Staged, by: Actor) -> Actor:
        permissions.check_can_manage(by, staged.office_id)
        return by

    def judge(self, staged: Staged, by: Actor) -> Trial:
        return Trial(self, staged.office, by)

    def bring(self, staged: Staged, by: Actor) -> bool:
        """The next rows. Each is an act of its own, with its own entry in the log; nothing that was not looked at."""
        rows = StagedRow.objects.select_for_update().filter(staged=staged, no__gt=staged.brought_to)
        batch = list(rows.exclude(state=RowState.REJECTED).order_by("no")[:AT_ONCE])
        before = [cast(Stood, row.cells.pop(STOOD, [])) for row in batch]
        self._hold(staged.office, [cast(Cells, row.cells) for row in batch], by)
        taker = self.taker(staged.office, [cast(Cells, row.cells) for row in batch])
        for row, stood in zip(batch, before, strict=True):
            fate = _take(self, taker, Read(row.no, cast(Cells, row.cells)), by, stood=stood)
            if fate.state == RowState.REJECTED:
                fate = replace(fate, label=row.label)
            if fate.state != row.state:
                staged.counts[row.state] -= 1
                staged.counts[fate.state] += 1
            # What was read is not kept any longer than it is needed: it may be about people. What was written is shown.
            row.label, row.state, row.words = fate.label[:300], fate.state, self._written(fate)
            row.cells = {BESIDES: fate.besides} if fate.besides else {}
        StagedRow.objects.bulk_update(batch, ["label", "state", "words", "cells"], batch_size=AT_ONCE)
        staged.brought_to = batch[-1].no if batch else staged.brought_to
        staged.save(update_fields=["counts"])
        return len(batch) == AT_ONCE

    def _hold(self, office: Office, rows: Sequence[Cells], by: Actor) -> None:
        """Keep others from changing what these rows are about until they are done."""
        Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        taker, held = self.taker(office, rows), defaultdict[type[Model], set[int]](set)
        for cells in rows:
            with suppress(Refused):
                if (about := taker.take(cells, by).about) is not None:
                    held[type(about)].add(about.pk)
        for model, keys in held.items():
            list(model._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))

    def _written(self, fate: Fate) -> str:
        """What a row that was brought in has written: what changed; of something new every cell that said something.

        Of people less: neither numbers nor addresses.
        """
        if fate.kept:
            return fate.kept
        if fate.state != RowState.NEW:
            return fate.words
        return self.typed_out(cast(Cells, fate.cells))

    def typed_out(self, cells: Cells, told: str = "") -> str:
        """What somebody typed into a row, a line a column; `told` are lines that say more of some of them."""
        lines = told.splitlines()
        silent = [one for one in self.typed if not any(line.startswith(f"{one.told}: ") for line in lines)]
        return "\n".join(filter(None, (belongs(*((one.told, cells.get(one.key)) for one in silent)), told)))

    def made_besides(self, staged: Staged) -> list[str]:
        """What is made that the table does not name: what would be, and once it is brought in what was. Two queries.

        While it is brought in, neither: the cells of the rows that are done are gone.
        """
        if self.besides is None:
            return []
        rows = staged.rows.filter(state__in=[RowState.NEW, RowState.CHANGED])
        if staged.state == StagedState.READY:
            said = rows.order_by().values_list(KT(f"cells__{self.besides.column}"), flat=True).distinct()
            return self.besides.told(staged.office, said)
        if staged.applied_at is None:
            return []
        told = rows.order_by("no").values_list(KT(f"cells__{BESIDES}"), flat=True)
        return list(dict.fromkeys(sentence for sentence in told if sentence))

    def forget(self, staged: Staged) -> None:
        """There is nothing besides."""


class _Trial(Exception):
    """Ends the transaction of a trial."""


class Trial:
    """Does rows in a transaction that is rolled back, batch by batch.

    What a row stands on may have been made by a row of an earlier batch: then that one is done again before.
    """

    def __init__(self, kind: Kind, office: Office, by: Actor) -> None:
        self._kind, self._office, self._by = kind, office, by
        self._first: dict[tuple[str, ...], int] = {}
        self._keys: dict[str, int] = {}
        self._came: set[str] = set()
        self._earlier: dict[str, list[Read]] = defaultdict(list)

    def pass_over(self, rows: Sequence[Read]) -> None:
        """What they are about may not come again."""
        for row in rows:
            self._twice(row)
        self._remember(rows)

    def _remember(self, rows: Sequence[Read]) -> None:
        if self._kind.stands_on is not None:
            for row in rows:
                if not row.problem:
                    self._earlier[plain_code(row.cells.get("code", ""))].append(row)

    def _below(self, rows: Sequence[Read]) -> list[Read]:
        """The rows of earlier batches on which these stand, and those on which they do; in the table's order."""
        stands_on = self._kind.stands_on
        if stands_on is None:
            return []
        found: dict[int, Read] = {}
        left = [code for row in rows for code in stands_on(row.cells)]
        while left:
            for row in self._earlier.get(plain_code(left.pop()), ()):
                if row.no not in found:
                    found[row.no] = row
                    left += stands_on(row.cells)
        return [found[no] for no in sorted(found)]

    def _twice(self, row: Read) -> str:
        """Why a row cannot be taken that is about the same as an earlier one of the table; "" for the first."""
        self._came.add(row.cells.get(KEY.key, ""))
        named = self._kind.named(row.cells)
        if not any(named):
            return ""
        if (key := row.cells.get(KEY.key, "")) and (copied := self._keys.setdefault(key, row.no)) != row.no:
            sentence = _("Baris ini salinan dari baris %(first)s. Bila ini baris baru, hapus isi kolom Kunci-nya.")
            return sentence % {"first": copied}
        first = self._first.setdefault(named, row.no)
        if first == row.no:
            return ""
        headings = {one.key: one.heading for one in self._kind.columns}
        what = ", ".join(f"{headings[key]} {row.cells[key]}" for key in self._kind.one_of if row.cells.get(key))
        sentence = _("%(what)s sudah ada di baris %(first)s berkas ini. Gabungkan baris %(first)s dan %(no)s.")
        return sentence % {"what": what, "first": first, "no": row.no}

    def fates(self, rows: Sequence[Read]) -> list[Fate]:
        found: list[Fate] = []
        below = self._below(rows)
        try:
            with transaction.atomic():
                taker = self._kind.taker(self._office, [row.cells for row in (*below, *rows)])
                for row in below:
                    _take(self._kind, taker, row, self._by)
                found = [_take(self._kind, taker, row, self._by, self._twice(row)) for row in rows]
                raise _Trial
        except _Trial:
            self._remember(rows)
            return found

    def keep(self, fates: Sequence[Fate]) -> None:
        """The rows themselves are all that is needed."""

    def missing(self) -> Missing:
        """Of a table that went out with keys. One that was written anew brings what is new, and leaves nothing out."""
        kind, columns = self._kind, [one.key for one in self._kind.columns]
        if KEY.key not in columns or not self._came - {""}:
            return NOTHING_MISSING
        rows = [dict(zip(columns, row, strict=True)) for row in kind.rows(self._office)]
        left = [row for row in rows if row[KEY.key] not in self._came]
        # None of its keys is of this office: then it is no table of this office's.
        if len(left) == len(rows):
            return NOTHING_MISSING
        return Missing.of([row["name"] for row in left if kind.named(row) not in self._first])


def _take(kind: Kind, taker: Taker, row: Read, by: Actor, twice: str = "", stood: Stood | None = None) -> Fate:
    """Do a row, or say everything that is wrong with it. twice: why it comes too often. stood: as `_try` has it."""
    label = next((cell for cell in row.cells.values() if cell), "–")
    faults = Faults()
    for known in (row.problem, twice):
        if known:
            faults.add(known)
    taken = None
    if not twice and all(one.key in row.cells for one in kind.columns if one.required):
        taken = faults.of(_try, taker, row.cells, by, stood, for_good=not (faults.sentences or row.hidden))
    if row.hidden and not row.problem and (taken is None or taken.state != "same"):
        faults.add(_("Baris ini tersembunyi di berkas. Tampilkan dulu dan periksa, atau hapus barisnya."))
    if taken is None or faults.sentences:
        return Fate(row.no, label, RowState.REJECTED, faults.sentences)
    told = read_beside(row.written, row.cells) if taken.state != "same" else ""
    said = kind.typed_out(row.cells, taken.words) if taken.state == "new" else taken.words
    words = "\n".join(filter(None, (said, told)))
    cells: dict[str, object] = {**row.cells, STOOD: taken.stood} if taken.state != "same" else {}
    return Fate(row.no, taken.label, RowState(taken.state), words, cells, taken.besides, taken.kept)


def _try(taker: Taker, cells: Cells, by: Actor, stood: Stood | None, *, for_good: bool) -> Taken | None:
    """Take a row; one that has a fault already is only tried, to know the others.

    stood: what was there when somebody looked, where somebody did; Refused where it is something else now.
    """
    taken = taker.take(cells, by)
    if taken.act is None:
        return taken
    if stood is not None:
        check_stands(stood, taken.stood)
    mark = taker.mark()
    try:
        with transaction.atomic():
            taken.act()
            if not for_good:
                raise _Trial
    except _Trial:
        taker.back(mark)
        return None
    except Refused:
        taker.back(mark)
        raise
    return taken
