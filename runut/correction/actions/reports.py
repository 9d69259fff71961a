"""Saying that a figure is wrong, and answering that it is not."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.models import Figure, Value
from runut.correction import permissions
from runut.correction.models import ErrorReport, ReportState, Stage
from runut.lib.errors import Refused, Stale
from runut.organisation.permissions import Actor


@transaction.atomic
def report_error(
    *, figure: Figure, by: Actor, what: str, proposed: str = "", stage: Stage = Stage.REPORTING
) -> ErrorReport:
    """Report a figure as wrong. Several may report the same one; one's own open report is not repeated."""
    figure = Figure.objects.select_for_update(of=("self",)).select_related("period").get(pk=figure.pk)
    permissions.check_can_report(by, figure)
    value = Value.objects.filter(figure=figure).order_by("-no").first()
    if value is None:
        raise Refused(_("Angka ini belum diajukan, jadi belum dapat dilaporkan. Pengisinya masih dapat mengubahnya."))
    if not what.strip():
        raise Refused(_("Tulis apa yang keliru pada angka ini."), code="what")
    if ErrorReport.objects.filter(figure=figure, reported_by=by.pegawai, state=ReportState.OPEN).exists():
        raise Stale(_("Anda sudah melaporkan angka ini. Laporan Anda sedang menunggu keputusan."))
    report = ErrorReport.objects.create(
        instansi_id=figure.instansi_id,
        office_id=figure.period.office_id,
        figure=figure,
        value=value,
        what=what.strip(),
        proposed=proposed.strip(),
        stage=stage,
        reported_by=by.pegawai,
        reported_title=by.title,
        reported_at=timezone.now(),
    )
    record(
        "error.reported",
        subject=report,
        by=by,
        after={"figure": figure.pk, "value": value.pk, "what": report.what, "proposed": report.proposed},
        at=report.reported_at,
    )
    return report


@transaction.atomic
def decline_report(*, report: ErrorReport, by: Actor, reason: str) -> ErrorReport:
    """Answer that the figure stays as it is, and why."""
    report = ErrorReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    actor = permissions.check_can_decide(by, report.office_id)
    if report.state != ReportState.OPEN:
        raise Stale(_("Laporan ini sudah diputus: %(state)s.") % {"state": report.get_state_display().lower()})
    if not reason.strip():
        raise Refused(_("Tulis alasan mengapa angka ini tidak diperbaiki."), code="reason")
    report.state, report.decline_reason = ReportState.DECLINED, reason.strip()
    report.decided_at, report.decided_title = timezone.now(), actor.title
    report.save(update_fields=["state", "decline_reason", "decided_at", "decided_title"])
    record(
        "error.declined",
        subject=report,
        by=actor,
        before={"state": ReportState.OPEN},
        after={"state": report.state},
        reason=report.decline_reason,
        at=report.decided_at,
    )
    return report
