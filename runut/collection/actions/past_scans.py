"""The scan of a signed report whose figures came in from a table."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from runut.audit.actions import record
from runut.collection.actions.kept import SCANS, kept
from runut.collection.models import PastReport, PastScan
from runut.collection.permissions import check_can_enter_past
from runut.organisation.permissions import Actor


@transaction.atomic
def attach_past_scan(*, report: PastReport, by: Actor, upload: UploadedFile[bytes]) -> PastScan:
    """Lay the scan beside the rows that were copied from the paper. The same file twice is kept once."""
    actor = check_can_enter_past(by, report.period.office)
    PastReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    scan = PastScan(
        instansi_id=report.instansi_id, report=report, at=timezone.now(), by=actor.pegawai, by_title=actor.title,
        **kept(upload, SCANS).fields,
    )  # fmt: skip
    if (known := PastScan.objects.filter(report=report, sha256=scan.sha256).first()) is not None:
        return known
    scan.save(force_insert=True)
    after = {"name": scan.name, "size": scan.size, "sha256": scan.sha256, "number": report.number}
    record("past_report.scanned", subject=report, by=actor, after=after, at=scan.at)
    return scan
