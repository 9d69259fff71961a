"""Typing in for somebody what was handed in on paper, with the scan of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.actions.kept import SCANS, kept
from runut.collection.models import PaperEntry, Sheet
from runut.collection.queries import acts_of_form, begun_by_others
from runut.collection.rules import check_editable
from runut.lib.errors import Refused, Stale
from runut.organisation.permissions import Actor
from runut.sop.actions import take_on

ON_PAPER = gettext_noop("Diisikan dari formulir kertas.")

MEANT = gettext_noop("Centang pernyataannya bila memang datanya diserahkan di atas kertas.")


@transaction.atomic
def enter_from_paper(*, sheet: Sheet, by: Actor, upload: UploadedFile[bytes], begun: bool = False) -> PaperEntry:
    """Keep the scan and take the filling in upon oneself; what is then typed and handed in bears one's own name.

    begun: that others have opened the form or typed in it is known and meant; Refused (code "begun") otherwise.
    Who types for another cannot review the sheet. A return brings it back to whoever it is for.
    """
    actor = permissions.check_can_enter_for(by, sheet.run)
    task = permissions.open_task(sheet, "fill", by)
    if task is None:
        raise Stale(_("Formulir ini sedang tidak dapat diisi. Lihat keadaannya di papan SOP."))
    if not begun and (sentence := begun_by_others(sheet, by)):
        raise Refused(f"{sentence} {_(MEANT)}", code="begun")
    if task.pegawai_id != by.pegawai_id:
        take_on(task=task, by=actor, reason=ON_PAPER, once=True)
    sheet = Sheet.objects.locked(sheet.pk)
    check_editable(sheet.state, acts_of_form(sheet))
    entry = _entry(sheet, actor, upload)
    entry.save(force_insert=True)
    after = {"name": entry.name, "size": entry.size, "sha256": entry.sha256, "round": entry.round}
    record("sheet.entered_for", subject=sheet, by=actor, after=after, at=entry.at)
    return entry


def _entry(sheet: Sheet, actor: Actor, upload: UploadedFile[bytes]) -> PaperEntry:
    return PaperEntry(
        instansi_id=sheet.instansi_id, sheet=sheet, round=sheet.round, by=actor.pegawai, by_title=actor.title,
        at=timezone.now(), **kept(upload, SCANS).fields,
    )  # fmt: skip
