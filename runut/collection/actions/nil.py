"""Reporting that there is nothing to report."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection import permissions
from runut.collection.models import Line, Measure, Sheet
from runut.collection.queries import acts_of_form
from runut.collection.rules import check_editable
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor


@transaction.atomic
def report_nil(*, sheet: Sheet, by: Actor, reason: str) -> int:
    """Say of every line that is not filled in yet that it is nil, and why; how many lines.

    What was answered already stays. Like any other draft it counts once the sheet is handed in.
    """
    sheet = Sheet.objects.locked(sheet.pk)
    check_editable(sheet.state, acts_of_form(sheet))
    actor = permissions.check_can_fill(by, sheet)
    if not reason.strip():
        raise Refused(_("Tulis mengapa nihil, supaya pemeriksa tidak perlu bertanya lagi."), code="reason")
    lines = list(Line.objects.filter(sheet=sheet, editable=True, measure=Measure.NOT_FILLED))
    if not lines:
        raise Refused(_("Semua baris sudah terisi, jadi tidak ada yang dilaporkan nihil."))
    now = timezone.now()
    for line in lines:
        line.nil_reason = "" if line.note else reason.strip()
        line.measure, line.note, line.rev = Measure.NIL, line.note or reason.strip(), line.rev + 1
        line.edited_at, line.edited_by = now, actor.pegawai
    Line.objects.bulk_update(lines, ["measure", "note", "nil_reason", "rev", "edited_at", "edited_by"], batch_size=200)
    sheet.rev += 1
    sheet.save(update_fields=["rev"])
    return len(lines)
