"""Leaves: from a day to a day, so that nobody waits for who is away."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.organisation import permissions
from runut.organisation.actions.rows import particulars, save_once
from runut.organisation.models import Leave, LeaveKind, Pegawai
from runut.organisation.permissions import Actor
from runut.organisation.rules import check_span

# What the log keeps: that somebody was away from a day to a day. The kind and the letter, which tell why, it does not.
LOGGED = ("pegawai", "start", "end")


@transaction.atomic
def record_leave(
    *, pegawai: Pegawai, kind: str, start: date, end: date, by: Actor | None, letter_number: str = ""
) -> Leave:
    """Note that a person is on leave from a day to a day. Two leaves of one person never meet."""
    pegawai = Pegawai.objects.select_for_update().get(pk=pegawai.pk)
    permissions.check_can_manage(by, pegawai.office_id)
    check_span(start, end)
    if kind not in LeaveKind.values:
        raise Refused(_("Pilihan ini tidak tersedia. Pilih salah satu yang ditawarkan."), code="kind")
    leave = save_once(
        Leave(
            instansi_id=pegawai.instansi_id, pegawai=pegawai, kind=kind, start=start, end=end,
            letter_number=letter_number.strip(),
        ),
        _("Pada tanggal itu sudah tercatat cuti lain. Periksa kedua tanggalnya."),
    )  # fmt: skip
    record("leave.recorded", subject=leave, by=by, after=particulars(leave, LOGGED))
    return leave


@transaction.atomic
def remove_leave(*, leave: Leave, by: Actor | None) -> None:
    """Take back a leave that was not taken, or that was noted wrongly; the log keeps from when to when."""
    leave = Leave.objects.select_for_update(of=("self",)).select_related("pegawai").get(pk=leave.pk)
    permissions.check_can_manage(by, leave.pegawai.office_id)
    record("leave.removed", subject=leave, by=by, before=particulars(leave, LOGGED))
    leave.delete()
