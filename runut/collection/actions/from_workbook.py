"""All forms of a period from one workbook: staged beside the lines, written into them by one short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.models import Line, Period, Sheet, StagedLine
from runut.collection.queries.columns import WANTED
from runut.collection.queries.export import period_incoming
from runut.collection.queries.incoming import advice
from runut.collection.queries.incoming_period import Form, Reading, Write, forms_of, moved_on, said, to_fill
from runut.collection.rules import EDITABLE
from runut.lib.errors import Denied, Refused
from runut.lib.imports import Column, Missing, Read
from runut.lib.prepared import insert_many
from runut.organisation.actions import imports
from runut.organisation.actions.imports import AT_ONCE, SWEPT, Fate
from runut.organisation.models import RowState, Staged, StagedRow
from runut.organisation.permissions import Actor

# The same words on both databases. Whoever types into a line meanwhile has raised its revision, so it is left alone.
_WRITE = """
    UPDATE collection_line AS line
    SET amount = new.amount, text = new.text, measure = new.measure, note = new.note, rev = line.rev + 1,
        nil_reason = CASE WHEN line.nil_reason = new.note THEN line.nil_reason ELSE '' END,
        numerator = new.numerator, denominator = new.denominator, keys = '[""]', edited_at = %s, edited_by_id = %s
    FROM collection_stagedline AS new
    WHERE new.staged_id = %s AND new.taken AND line.id = new.line_id AND line.rev = new.rev
"""


class Judge:
    """Says of each row what it would write, and keeps that beside the fates."""

    def __init__(self, staged: Staged, by: Actor) -> None:
        period = period_of(staged)
        self._staged, self._reading = staged, Reading(period, by, period_incoming(period))
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
            (
                "instansi", "staged", "no", "line", "rev", "amount", "text", "measure", "note", "numerator",
                "denominator",
            ),
            (
                (
                    self._staged.instansi_id, self._staged.pk, one.no, one.line, one.rev, one.amount, one.text,
                    one.measure, one.note, one.parts.numerator, one.parts.denominator,
                )
                for one in self._writes
            ),
        )  # fmt: skip

    def missing(self) -> Missing:
        return self._reading.missing()


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
    wanted: tuple[str, ...] = WANTED
    at_once: int = AT_ONCE

    def columns_of(self, staged: Staged) -> tuple[Column, ...]:
        return period_incoming(period_of(staged))

    def advice(self) -> str:
        return advice()

    def check(self, staged: Staged, by: Actor) -> Actor:
        """Whoever may see the period may try; which rows are the person's to fill is asked row by row."""
        if not Period.objects.visible_to(by).filter(pk=staged.about or 0).exists():
            raise Denied(_("Periode ini bukan untuk Anda. Mintalah yang membagikan formulirnya."))
        return by

    def judge(self, staged: Staged, by: Actor) -> imports.Judge:
        return Judge(staged, by)

    def members(self, period: Period, by: Actor) -> set[str]:
        """Whose forms the person may write in now."""
        return to_fill(period, by)

    def forms(self, period: Period, by: Actor) -> dict[int, Form]:
        """The forms that the person may see, with what closes them."""
        return forms_of(period, by)

    def moved(self, one: StagedLine) -> str:
        """Why a line is left that somebody wrote since."""
        line = one.line
        who = line.edited_by.full_name if line.edited_by else ""
        here, there = said(line.amount, line.text, line.measure), said(one.amount, one.text, one.measure)
        if here == there:
            here, there = line.note or "–", one.note or "–"
        return moved_on(who, line.edited_at, here, there)

    def says_the_same(self, one: StagedLine) -> bool:
        """Whether what somebody wrote since is what the table has."""
        line = one.line
        here = (line.amount, line.text, line.numerator, line.denominator, line.note)
        return here == (one.amount, one.text, one.numerator, one.denominator, one.note)

    def written(self, staged: Staged, by: Actor) -> None:
        """What else is kept once the lines are written, in the same transaction."""

    def bring(self, staged: Staged, by: Actor) -> bool:
        """All of it at once. What is no longer as it was when it was looked at is left, with the reason."""
        mine, period = StagedLine.objects.filter(staged=staged), period_of(staged)
        # Whoever hands a form in holds its sheet: so it is either before this or after it.
        sheets = Sheet.objects.filter(pk__in=Line.objects.filter(pk__in=mine.values("line")).values("sheet"))
        held = sheets.select_for_update(of=("self",)).order_by("pk").values_list("pk", "member", "state")
        members = self.members(period, by)
        shut = [pk for pk, member, state in held if state not in EDITABLE or member not in members]
        late = self._late(staged, shut, self.forms(period, by) if shut else {})
        for some in in_batches(late):
            mine.filter(no__in=some).delete()
        sheets.update(rev=F("rev") + 1)
        with connection.cursor() as cursor:
            at = connection.ops.adapt_datetimefield_value(timezone.now())
            cursor.execute(_WRITE, [at, by.pegawai_id, staged.pk])
        self.written(staged, by)
        reject(staged, late)
        return False

    def _late(self, staged: Staged, shut: Sequence[int], forms: Mapping[int, Form]) -> dict[int, str]:
        """Rows whose line was written, or whose form was handed in, since they were looked at; why they stay out, ""
        where the line says the same by now."""
        mine = StagedLine.objects.filter(staged=staged)
        moved = mine.exclude(rev=F("line__rev")) | mine.filter(line__editable=False)
        rows = list(moved.select_related("line__edited_by"))
        found = {one.no: self.moved(one) for one in rows}
        for some in in_batches(shut):
            for no, sheet in mine.filter(line__sheet__in=some).values_list("no", "line__sheet"):
                found[no] = forms[sheet].closed if sheet in forms else _("Formulir ini tidak lagi untuk Anda lihat.")
        return found | {one.no: "" for one in rows if self.says_the_same(one)}

    def forget(self, staged: Staged) -> None:
        rows = StagedLine.objects.filter(staged=staged)
        while some := list(rows.values_list("pk", flat=True)[:SWEPT]):
            StagedLine.objects.filter(pk__in=some).delete()


def period_of(staged: Staged) -> Period:
    return Period.objects.select_related("office__calendar", "run").get(pk=staged.about or 0)


def reject(staged: Staged, late: Mapping[int, str]) -> None:
    """Say of these rows why they stay out after all; "": they say what is there already."""
    rows: list[StagedRow] = []
    for some in in_batches(late):
        rows += StagedRow.objects.filter(staged=staged, no__in=some)
    counts = Counter[str](staged.counts)
    for row in rows:
        counts[row.state] -= 1
        row.state, row.words = RowState.REJECTED if late[row.no] else RowState.SAME, late[row.no]
        counts[row.state] += 1
    StagedRow.objects.bulk_update(rows, ["state", "words"], batch_size=100)
    staged.counts = staged.counts | {str(state): counts[state] for state in RowState}


def in_batches(keys: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """No database takes all of them in one statement."""
    left = iter(keys)
    while batch := list(islice(left, size)):
        yield batch


OF_PERIOD = OfPeriod()
