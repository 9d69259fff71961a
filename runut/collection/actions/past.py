"""Copying a signed report of a period that never ran here: its figures become first versions, with the scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.actions.kept import kept
from runut.collection.actions.values import plain
from runut.collection.models import Figure, Mark, MarkKind, Measure, PastReport, Period, Value
from runut.collection.queries import PastRow, blocking_period, past_rows
from runut.collection.rules import check_is_over, check_paper, read_past
from runut.lib.errors import Refused
from runut.lib.uploads import DOCX, JPG, PDF, PNG, XLSX
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.planning.queries import period_end
from runut.planning.rules import read_aim
from runut.sop.models import RunState

ALLOWED = (PDF, JPG, PNG, XLSX, DOCX)
BATCH = 200


@dataclass(frozen=True, slots=True)
class PaperSource:
    """Which paper it is, as it stands on it. number may be ""."""

    number: str
    signed_on: date
    signer: str


@dataclass(frozen=True, slots=True)
class PastInput:
    """What was copied for one indicator. target None: as the plan says."""

    typed: str
    target: str | None = None


@transaction.atomic
def enter_past_report(
    *,
    office: Office,
    by: Actor,
    year: int,
    quarter: int,
    basis: Literal["unit", "pegawai"],
    rows: Mapping[int, PastInput],
    source: PaperSource,
    upload: UploadedFile[bytes],
) -> PastReport:
    """Keep the paper and the figures that stand on it. rows: id of the indicator's version -> what was copied.

    Blank rows are not on the paper. Refused for a period that runs or was collected here, for a figure that has a
    value already, and for an indicator that was not in force when the period ended.
    """
    actor = permissions.check_can_enter_past(by, office)
    # Two people may bring papers of the same period at once.
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    now = timezone.now()
    wanted = Period(instansi_id=office.instansi_id, office=office, year=year, quarter=quarter, basis=basis)
    _check(wanted, source, local_day(office, now))
    known = past_rows(office, basis, year, quarter, versions=rows.keys())
    figures = _figures(wanted, known, rows)
    period = period_for(wanted, now)
    report = _report(period, actor, source, upload, now)
    report.save(force_insert=True)
    values = _keep(report, period, figures)
    record(
        "past_report.entered",
        subject=report,
        by=actor,
        after={
            "year": year, "quarter": quarter, "basis": basis, "number": report.number, "signed_on": report.signed_on,
            "signer": report.signer, "name": report.name, "size": report.size, "sha256": report.sha256,
            "values": [plain(value) for value in values],
        },
        at=now,
    )  # fmt: skip
    return report


def _check(wanted: Period, source: PaperSource, today: date) -> None:
    if not (2000 <= wanted.year <= 2100 and 0 <= wanted.quarter <= 4):
        raise Refused(_("Pilih tahun dan triwulan yang benar, misalnya Triwulan III 2026."), code="period")
    check_is_over(period_end(wanted.year, wanted.quarter), today, wanted.name)
    check_paper(source.signed_on, source.signer, wanted.year, wanted.quarter, today)
    found = blocking_period(wanted)
    if found is not None:
        raise Refused(
            _("%(name)s sudah dibuka di sini, jadi angkanya tidak disalin dari dokumen lama. Lihat %(url)s.")
            % {"name": found.name, "url": found.get_absolute_url()},
            code="period",
        )


def _figures(wanted: Period, known: Sequence[PastRow], rows: Mapping[int, PastInput]) -> list[tuple[Figure, Value]]:
    """The figures that stand on the paper, with their first versions; nothing is stored yet."""
    missing = set(rows) - {row.version.pk for row in known}
    if missing:
        raise Refused(_("Ada indikator yang tidak berlaku pada akhir periode itu. Muat ulang halaman."), code="rows")
    read = [(row, _figure(wanted, row, rows[row.version.pk]), _value(row, rows[row.version.pk])) for row in known]
    told = [(row, figure, value) for row, figure, value in read if value.measure != Measure.NOT_FILLED]
    if not told:
        raise Refused(_("Salin paling sedikit satu angka dari dokumen itu."), code="rows")
    known_already = next((row for row, _figure_, _value_ in told if row.value is not None), None)
    if known_already is not None:
        raise Refused(
            _("“%(name)s” (%(whose)s) sudah ada angkanya. Bila keliru, laporkan kesalahan pada angka itu.")
            % {"name": known_already.version.name, "whose": known_already.subject},
            code="rows",
        )
    return [(figure, value) for _row, figure, value in told]


def _figure(wanted: Period, row: PastRow, sent: PastInput) -> Figure:
    promise, version = row.promise, row.version
    target, target_text = promise.target, promise.target_text
    if sent.target is not None:
        target, target_text = read_aim(sent.target, version.value_type, version.scale, version.unit_of_measure)
    of_year = (target, target_text) if wanted.quarter == 0 else (promise.annual_target, promise.annual_target_text)
    return Figure(
        instansi_id=wanted.instansi_id,
        indicator=version,
        member=row.member,
        unit_id=version.indicator.unit_id if row.member.startswith("u") else None,
        pegawai_id=version.indicator.pegawai_id if row.member.startswith("p") else None,
        no=row.no,
        target=target,
        target_text=target_text,
        annual_target=of_year[0],
        annual_target_text=of_year[1],
    )


def _value(row: PastRow, sent: PastInput) -> Value:
    amount, text, measure = read_past(sent.typed, row.version.value_type, row.version.scale)
    return Value(no=1, amount=amount, text=text, measure=measure)


def period_for(wanted: Period, now: datetime) -> Period:
    """The period of which papers were copied before, or a new one; one whose run was cancelled gives way."""
    rows = Period.objects.filter(
        office=wanted.office_id, year=wanted.year, quarter=wanted.quarter, basis=wanted.basis, void=False
    )
    known = rows.filter(run__isnull=True).select_related("office").first()
    if known is not None:
        return known
    rows.filter(run__state=RunState.CANCELLED).update(void=True)
    wanted.opened_at = now
    wanted.save(force_insert=True)
    return wanted


def _report(
    period: Period, actor: Actor, source: PaperSource, upload: UploadedFile[bytes], now: datetime
) -> PastReport:
    return PastReport(
        instansi_id=period.instansi_id, period=period, number=source.number.strip(), signed_on=source.signed_on,
        signer=source.signer.strip(), at=now, by=actor.pegawai, by_title=actor.title, **kept(upload, ALLOWED).fields,
    )  # fmt: skip


def _keep(report: PastReport, period: Period, rows: Sequence[tuple[Figure, Value]]) -> list[Value]:
    """Figures, their first versions, and the mark that says where they come from."""
    for figure, _value in rows:
        figure.period = period
    Figure.objects.bulk_create([figure for figure, _value in rows], batch_size=BATCH)
    for figure, value in rows:
        value.instansi_id, value.figure, value.past_report = period.instansi_id, figure, report
        value.target, value.target_text = figure.target, figure.target_text
        value.at, value.by, value.by_title = report.at, report.by, report.by_title
    values = Value.objects.bulk_create([value for _figure, value in rows], batch_size=BATCH)
    with translation.override("id"):
        basis = report.source[:200]
    Mark.objects.bulk_create(
        [
            Mark(
                instansi_id=period.instansi_id, value=value, kind=MarkKind.PAST, at=report.at, by=report.by,
                by_title=report.by_title, basis=basis,
            )
            for value in values
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return values
