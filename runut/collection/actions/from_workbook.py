"""All forms of a period from one workbook: staged beside the lines, written into them by one short transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.models import Line, Period, Sheet, StagedLine
from runut.collection.queries.columns import INCOMING, WANTED
from runut.collection.queries.incoming import advice
from runut.collection.queries.incoming_period import Reading, Write, forms_of, moved_on
from runut.lib.errors import Denied, Refused
from runut.lib.imports import Column, Read
from runut.lib.prepared import insert_many
from runut.organisation.actions.imports import AT_ONCE, Fate
from runut.organisation.models import RowState, Staged, StagedRow
from runut.organisation.permissions import Actor

# The same words on both databases. Whoever types into a line meanwhile has raised its revision, so it is left alone.
_WRITE = """
    UPDATE collection_line AS line
    SET amount = new.amount, text = new.text, measure = new.measure, note = new.note, rev = line.rev + 1,
        keys = '[""]', edited_at = %s, edited_by_id = %s
    FROM collection_stagedline AS new
    WHERE new.staged_id = %s AND line.id = new.line_id AND line.rev = new.rev
"""


class Judge:
    """Says of each row what it would write, and keeps that beside the fates."""

    def __init__(self, staged: Staged, by: Actor) -> None:
        self._staged, self._reading = staged, Reading(period_of(staged), by)
        self._writes: list[Write] = []

    def pass_over(self, rows: Sequence[Read]) -> None:
        self._reading.pass_over(rows)

    def fates(self, rows: Sequence[Read]) -> list[Fate]:
        judged = self._reading.judged(rows)
        self._writes = [found for _row, found, _label in judged if isinstance(found, Write)]
        return [_fate(row.no, found, label) for row, found, label in judged]

    def keep(self, fates: Sequence[Fate]) -> None:
        insert_many(
            StagedLine,
            ("instansi", "staged", "no", "line", "rev", "amount", "text", "measure", "note"),
            (
                (
                    self._staged.instansi_id, self._staged.pk, one.no, one.line, one.rev, one.amount, one.text,
                    one.measure, one.note,
                )
                for one in self._writes
            ),
        )  # fmt: skip


def _fate(no: int, found: Write | Refused | None, label: str) -> Fate:
    if found is None:
        return Fate(no, label, RowState.SAME)
    if isinstance(found, Refused):
        return Fate(no, label, RowState.REJECTED, found.sentence)
    return Fate(no, label, RowState.CHANGED, found.words)


class OfPeriod:
    """The table of a period's forms, as `organisation.actions.imports` brings tables in."""

    key: str = "periode"
    title: str | Promise = gettext_lazy("Data kinerja")
    columns: tuple[Column, ...] = INCOMING
    wanted: tuple[str, ...] = WANTED
    at_once: int = AT_ONCE

    def advice(self) -> str:
        return advice()

    def check(self, staged: Staged, by: Actor) -> Actor:
        """Whoever may see the period may try; which rows are the person's to fill is asked row by row."""
        if not Period.objects.visible_to(by).filter(pk=staged.about or 0).exists():
            raise Denied(_("Periode ini bukan untuk Anda. Mintalah yang membagikan formulirnya."))
        return by

    def judge(self, staged: Staged, by: Actor) -> Judge:
        return Judge(staged, by)

    def bring(self, staged: Staged, by: Actor) -> bool:
        """All of it at once. What is no longer as it was when it was looked at is left, with the reason."""
        mine = StagedLine.objects.filter(staged=staged)
        # Whoever hands a form in holds its sheet: so it is either before this or after it.
        sheets = Sheet.objects.filter(pk__in=Line.objects.filter(pk__in=mine.values("line")).values("sheet"))
        held = list(sheets.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        forms = forms_of(period_of(staged), by)
        late = _late(staged, {pk: forms[pk].closed if pk in forms else _not_yours() for pk in held})
        for some in _some(late):
            mine.filter(no__in=some).delete()
        changed = Sheet.objects.filter(pk__in=Line.objects.filter(pk__in=mine.values("line")).values("sheet"))
        changed.update(rev=F("rev") + 1)
        with connection.cursor() as cursor:
            at = connection.ops.adapt_datetimefield_value(timezone.now())
            cursor.execute(_WRITE, [at, by.pegawai_id, staged.pk])
        mine.delete()
        _reject(staged, late)
        return False

    def forget(self, staged: Staged) -> None:
        StagedLine.objects.filter(staged=staged).delete()


def period_of(staged: Staged) -> Period:
    return Period.objects.select_related("office__calendar", "run").get(pk=staged.about or 0)


def _not_yours() -> str:
    return _("Formulir ini tidak lagi untuk Anda lihat.")


def _late(staged: Staged, closed: Mapping[int, str]) -> dict[int, str]:
    """Rows whose form was handed in, or whose line was written, since they were looked at; why they stay out."""
    mine = StagedLine.objects.filter(staged=staged)
    moved = mine.exclude(rev=F("line__rev")) | mine.filter(line__editable=False)
    found = {one.no: moved_on(one.line.edited_by_id, one.line.edited_at) for one in moved.select_related("line")}
    shut = [pk for pk, why in closed.items() if why]
    for some in _some(shut):
        for no, sheet in mine.filter(line__sheet__in=some).values_list("no", "line__sheet"):
            found[no] = closed[sheet]
    return found


def _reject(staged: Staged, late: Mapping[int, str]) -> None:
    rows: list[StagedRow] = []
    for some in _some(late):
        rows += StagedRow.objects.filter(staged=staged, no__in=some)
    for row in rows:
        row.state, row.words = RowState.REJECTED, late[row.no]
    StagedRow.objects.bulk_update(rows, ["state", "words"], batch_size=100)
    staged.counts = {
        **staged.counts,
        "changed": staged.counts["changed"] - len(rows),
        "rejected": staged.counts["rejected"] + len(rows),
    }


def _some(keys: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """No database takes all of them in one statement."""
    left = iter(keys)
    while batch := list(islice(left, size)):
        yield batch


OF_PERIOD = OfPeriod()
