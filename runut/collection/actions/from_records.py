"""A national record of people's results (e-Kinerja) into the open forms of a period, staged as a workbook is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.actions.from_workbook import OfPeriod, period_of
from runut.collection.models import Basis, Measure, Period, Source, StagedLine
from runut.collection.permissions import may_bring_records
from runut.collection.queries.incoming_period import Form, forms_of, to_fill
from runut.collection.queries.incoming_records import COLUMNS, WANTED, Reading, Record, advice, changed_since
from runut.collection.queries.judged import Judged
from runut.lib.errors import Refused
from runut.lib.imports import NOTHING_MISSING, Column, Missing, Read, read_stream
from runut.lib.prepared import insert_many
from runut.lib.tables import open_table
from runut.organisation.actions.imports import Fate
from runut.organisation.models import Staged
from runut.organisation.permissions import Actor

_APPEND = """
    INSERT INTO collection_outsideentry
        (instansi_id, line_id, staged_id, no, source, reference, amount, text, taken, made_of, at, by_id, by_title)
    SELECT new.instansi_id, new.line_id, new.staged_id, new.no, %s, new.reference, new.amount, new.text, new.taken,
        new.made_of, %s, %s, %s
    FROM collection_stagedline AS new
    WHERE new.staged_id = %s
"""


class RecordsJudge:
    """Says of each row what it would fill in, and keeps that beside the fates."""

    def __init__(self, staged: Staged, period: Period, by: Actor) -> None:
        self._staged, self._judged = staged, list[Judged[Record]]()
        of_all = may_bring_records(by, period.collected_by)
        self._reading = Reading(period, by, of_all=of_all, table=partial(_table, staged))

    def pass_over(self, rows: Sequence[Read]) -> None:
        if rows:
            self._reading.judged(rows)

    def fates(self, rows: Sequence[Read]) -> list[Fate]:
        self._judged = self._reading.judged(rows)
        return [Fate(each.no, each.label, each.state, each.words) for each in self._judged]

    def keep(self, fates: Sequence[Fate]) -> None:
        found = [each.brings for each in self._judged if each.brings is not None]
        insert_many(
            StagedLine,
            (
                "instansi", "staged", "no", "line", "rev", "amount", "text", "measure", "note", "reference", "taken",
                "made_of",
            ),
            (
                (
                    self._staged.instansi_id, self._staged.pk, one.no, one.line, one.rev, one.amount, one.text,
                    Measure.MEASURED, one.note, one.reference, one.taken, one.made_of,
                )
                for one in found
            ),
        )  # fmt: skip

    def missing(self) -> Missing:
        """Such a table does not go out from here."""
        return NOTHING_MISSING


def _table(staged: Staged) -> Iterator[Read]:
    """The rows of the table from the beginning."""
    with staged.file.open("rb") as file:
        content = file.read()
    with open_table(content, WANTED) as stream:
        yield from read_stream(stream, COLUMNS, advice(), staged.chosen_sign)


class OfRecords(OfPeriod):
    """The table of a national record. What is read goes where a workbook of the period would."""

    key: str = "ekinerja"
    title: str | Promise = gettext_lazy("e-Kinerja")
    columns: tuple[Column, ...] = COLUMNS
    wanted: tuple[str, ...] = WANTED

    def columns_of(self, staged: Staged) -> tuple[Column, ...]:
        return self.columns

    def advice(self) -> str:
        return advice()

    def check(self, staged: Staged, by: Actor) -> Actor:
        """Whoever may see the period may try: one's own rows, or everybody's where the person prepares or gathers."""
        super().check(staged, by)
        period = period_of(staged)
        if period.basis != Basis.PEGAWAI or period.run_id is None:
            raise Refused(_("Periode ini tidak dikumpulkan per pegawai."))
        return by

    def judge(self, staged: Staged, by: Actor) -> RecordsJudge:
        return RecordsJudge(staged, period_of(staged), by)

    def members(self, period: Period, by: Actor) -> set[str]:
        return to_fill(period, by, of_all=may_bring_records(by, period.collected_by))

    def forms(self, period: Period, by: Actor) -> dict[int, Form]:
        return forms_of(period, by, of_all=may_bring_records(by, period.collected_by))

    def moved(self, one: StagedLine) -> str:
        return changed_since(one.line.edited_by, one.line.edited_at)

    def says_the_same(self, one: StagedLine) -> bool:
        """Never counted as the same: a record is kept beside what was typed."""
        return False

    def written(self, staged: Staged, by: Actor) -> None:
        """Beside each line stays where its number came from, or which other number is there."""
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_APPEND, [Source.EKINERJA.value, at, by.pegawai_id, by.title, staged.pk])


OF_RECORDS = OfRecords()
