"""What people write to each other beside a figure."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.models import Line, Remark, Sheet
from runut.lib.errors import Denied, Refused
from runut.organisation.permissions import Actor

LONGEST = 1000


@transaction.atomic
def write_remark(*, line: Line, by: Actor, text: str) -> Remark:
    """Write beside a line's figure. Whoever may see its sheet may; in whatever state it is, for it changes nothing.

    The same words once more by the same person, as when a page is sent twice, are kept once.
    """
    sheet = Sheet.objects.visible_to(by).filter(pk=line.sheet_id).first()
    if sheet is None:
        raise Denied(_("Formulir ini bukan bagian dari tugas Anda."))
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refused(_("Tulis dulu catatannya."), code="remark")
    if len(words) > LONGEST:
        sentence = _("Tulisan ini terlalu panjang. Ringkas sampai paling banyak %(n)s huruf.")
        raise Refused(sentence % {"n": LONGEST}, code="remark")
    last = Remark.objects.filter(figure=line.figure_id).order_by("-pk").first()
    if last is not None and (last.by_id, last.text) == (by.pegawai_id, words):
        return last
    remark = Remark.objects.create(
        instansi_id=sheet.instansi_id, figure_id=line.figure_id, sheet=sheet, text=words, at=timezone.now(),
        by=by.pegawai, by_title=by.title,
    )  # fmt: skip
    record("remark.written", subject=remark, by=by, after={"figure": line.figure_id, "text": words})
    return remark
