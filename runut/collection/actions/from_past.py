"""A table of old figures: staged, then first versions of periods that never ran here, by one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import PurePath
from secrets import token_hex

from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.audit.actions import record
from runut.collection.actions.from_workbook import in_batches, reject
from runut.collection.actions.past import period_for
from runut.collection.models import Basis, MarkKind, PastReport, Period, StagedValue, Value
from runut.collection.permissions import check_can_enter_past
from runut.collection.queries.incoming_past import COLUMNS, WANTED, PastValue, Reading, collected, shut
from runut.collection.queries.incoming_period import said
from runut.collection.queries.judged import Judged
from runut.lib.csvtext import CONTENT_TYPE, csv_text
from runut.lib.imports import NOTHING_MISSING, Column, Missing, Read
from runut.lib.prepared import insert_many
from runut.organisation.actions.imports import AT_ONCE, SWEPT, Fate
from runut.organisation.models import Office, Staged
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day

# The same words on both databases.
_FIGURES = """
    INSERT INTO collection_figure
        (instansi_id, period_id, indicator_id, member, unit_id, pegawai_id, no, target, target_text, annual_target,
        annual_target_text)
    SELECT new.instansi_id, report.period_id, new.indicator_id, new.member, new.unit_id, new.pegawai_id, new.place,
        new.target, new.target_text, new.annual_target, new.annual_target_text
    FROM collection_stagedvalue AS new JOIN collection_pastreport AS report ON report.id = new.report_id
    WHERE new.staged_id = %s
"""
_VALUES = """
    INSERT INTO collection_value
        (instansi_id, figure_id, no, amount, text, measure, target, target_text, note, cause, reason, evidence,
        past_report_id, round, at, by_id, by_title)
    SELECT new.instansi_id, figure.id, 1, new.amount, new.text, new.measure, new.target, new.target_text, '', '', '',
        '[]', new.report_id, 1, %s, %s, %s
    FROM collection_stagedvalue AS new
    JOIN collection_pastreport AS report ON report.id = new.report_id
    JOIN collection_figure AS figure ON figure.period_id = report.period_id
        AND figure.indicator_id = new.indicator_id AND figure.member = new.member
    WHERE new.staged_id = %s
"""
_MARKS = """
    INSERT INTO collection_mark (instansi_id, value_id, kind, at, by_id, by_title, basis)
    SELECT value.instansi_id, value.id, %s, %s, %s, %s, %s FROM collection_value AS value
    WHERE value.past_report_id = %s
"""
_PAPER = ("year", "quarter", "basis", "number", "signed_on", "signer")


class PastJudge:
    """Says of each row which first version it would become, and keeps that beside the fates."""

    def __init__(self, staged: Staged) -> None:
        self._staged, self._judged = staged, list[Judged[PastValue]]()
        self._reading = Reading(staged.office, local_day(staged.office, timezone.now()))

    def pass_over(self, rows: Sequence[Read]) -> None:
        if rows:
            self._reading.judged(rows)

    def fates(self, rows: Sequence[Read]) -> list[Fate]:
        self._judged = self._reading.judged(rows)
        return [Fate(each.no, each.label, each.state, each.words) for each in self._judged]

    def keep(self, fates: Sequence[Fate]) -> None:
        names = (
            "instansi", "staged", "no", "year", "quarter", "basis", "indicator", "member", "unit", "pegawai", "place",
            "target", "target_text", "annual_target", "annual_target_text", "amount", "text", "measure", "number",
            "signed_on", "signer",
        )  # fmt: skip
        staged = self._staged
        found = [each.brings for each in self._judged if each.brings is not None]
        insert_many(
            StagedValue, names,
            (
                (
                    staged.instansi_id, staged.pk, one.no, one.year, one.quarter, one.basis, one.version.pk, one.member,
                    one.version.indicator.unit_id, one.version.indicator.pegawai_id, one.place, *one.target,
                    *one.annual, one.amount, one.text, one.measure, one.number, one.signed_on, one.signer,
                )
                for one in found
            ),
        )  # fmt: skip

    def missing(self) -> Missing:
        """Such a table does not go out from here."""
        return NOTHING_MISSING


class OfPast:
    """The table of an office's old figures."""

    key: str = "lama"
    title: str | Promise = gettext_lazy("Angka periode lama")
    columns: tuple[Column, ...] = COLUMNS
    wanted: tuple[str, ...] = WANTED
    at_once: int = AT_ONCE

    def columns_of(self, staged: Staged) -> tuple[Column, ...]:
        return self.columns

    def advice(self) -> str:
        return ""

    def check(self, staged: Staged, by: Actor) -> Actor:
        return check_can_enter_past(by, staged.office)

    def judge(self, staged: Staged, by: Actor) -> PastJudge:
        return PastJudge(staged)

    def bring(self, staged: Staged, by: Actor) -> bool:
        """All of it at once. What has a value by now, or was opened here since, is left, with the reason."""
        # Two people may bring papers of the same period at once.
        office = Office.objects.select_for_update(of=("self",)).get(pk=staged.office_id)
        mine = StagedValue.objects.filter(staged=staged)
        late = dict(_late(office, mine))
        for some in in_batches(late):
            mine.filter(no__in=some).delete()
        reports = [_report(staged, office, paper, by) for paper in _papers(mine)]
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_FIGURES, [staged.pk])
            cursor.execute(_VALUES, [at, by.pegawai_id, by.title, staged.pk])
            for report in reports:
                with translation.override("id"):
                    basis = report.source[:200]
                cursor.execute(_MARKS, [MarkKind.PAST.value, at, by.pegawai_id, by.title, basis, report.pk])
        reject(staged, late)
        return False

    def forget(self, staged: Staged) -> None:
        rows = StagedValue.objects.filter(staged=staged)
        while some := list(rows.values_list("pk", flat=True)[:SWEPT]):
            StagedValue.objects.filter(pk__in=some).delete()


def _papers(mine: QuerySet[StagedValue]) -> list[dict[str, object]]:
    """What tells each paper's rows from the others': of people also whose it is, for nobody sees another's."""
    of_units, of_people = mine.filter(basis=Basis.UNIT), mine.filter(basis=Basis.PEGAWAI)
    names = (*_PAPER, "member")
    return [
        *of_units.order_by(*_PAPER).values(*_PAPER).distinct(), *of_people.order_by(*names).values(*names).distinct(),
    ]  # fmt: skip


def _late(office: Office, mine: QuerySet[StagedValue]) -> Iterator[tuple[int, str]]:
    """Rows that somebody else was quicker with."""
    there = Value.objects.filter(
        figure__indicator__indicator=OuterRef("indicator__indicator"), figure__member=OuterRef("member"),
        figure__period__office=office, figure__period__year=OuterRef("year"),
        figure__period__quarter=OuterRef("quarter"), figure__period__void=False,
    )  # fmt: skip
    for no in mine.filter(Exists(there)).values_list("no", flat=True):
        yield no, _("Angkanya sudah dimasukkan orang lain sesudah tabel ini dilihat.")
    for year, quarter, basis in collected(office):
        period = Period(office=office, year=year, quarter=quarter, basis=basis)
        for no in mine.filter(year=year, quarter=quarter, basis=basis).values_list("no", flat=True):
            yield no, shut(period)


def _report(staged: Staged, office: Office, paper: dict[str, object], by: Actor) -> PastReport:
    """The paper that rows name, with those rows as its copy."""
    now, rows = timezone.now(), StagedValue.objects.filter(staged=staged, **paper)
    wanted = Period(instansi_id=office.instansi_id, office=office, **{key: paper[key] for key in _PAPER[:3]})
    lines = _copy(rows)
    content = csv_text(lines).encode()
    report = PastReport(
        instansi_id=office.instansi_id, period=period_for(wanted, now), name=f"{PurePath(staged.name).stem[:150]}.csv",
        file=ContentFile(content, name=f"{token_hex(16)}.csv"), content_type=CONTENT_TYPE, size=len(content),
        sha256=sha256(content).hexdigest(), at=now, by=by.pegawai, by_title=by.title,
        **{key: paper[key] for key in _PAPER[3:]},
    )  # fmt: skip
    report.save(force_insert=True)
    rows.update(report=report)
    after = {"year": wanted.year, "quarter": wanted.quarter, "basis": str(wanted.basis), "number": report.number}
    after |= {"signed_on": report.signed_on, "signer": report.signer, "rows": len(lines) - 1, "sha256": report.sha256}
    record("past_report.entered", subject=report, by=by, after=after, at=now)
    return report


def _copy(rows: QuerySet[StagedValue]) -> list[tuple[object, ...]]:
    """The rows of one paper as they are kept with it, under their headings."""
    names = ("no", "indicator__indicator__code", "indicator__name", "amount", "text", "measure")
    # A paper of the office: Indonesian whoever brings it in.
    with translation.override("id"):
        heading = (_("Baris"), _("Kode"), _("Nama indikator"), _("Realisasi"))
        found = rows.order_by("no").values_list(*names)
        return [heading, *((no, code, name, said(*value)) for no, code, name, *value in found)]


OF_PAST = OfPast()
