"""The end of a position, and taking it back. None is ever deleted: who signed in it is named by it for good."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.organisation import permissions
from runut.organisation.models import Jabatan, Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import post_in_use, posts_under
from runut.organisation.rules import check_position_can_close


@transaction.atomic
def close_jabatan(*, jabatan: Jabatan, on: date, reason: str, by: Actor | None) -> Jabatan:
    """End a position that nobody holds or will hold, and under which no open one stands."""
    jabatan = _held(jabatan, by)
    if jabatan.closed_on is not None:
        raise Refused(_("Jabatan ini sudah ditutup. Buka kembali dahulu dari daftar jabatan."), code="closed")
    today = timezone.localdate()
    check_position_can_close(
        on, today, heads_office=jabatan.heads_office, held=post_in_use(jabatan, on),
        below=list(posts_under(jabatan).values_list("name", flat=True)),
    )  # fmt: skip
    jabatan.closed_on = on
    jabatan.save(update_fields=["closed_on"])
    record("jabatan.closed", subject=jabatan, by=by, before={"closed_on": None}, after={"closed_on": on}, reason=reason)
    return jabatan


@transaction.atomic
def reopen_jabatan(*, jabatan: Jabatan, by: Actor | None) -> Jabatan:
    """Take back a closing that was a mistake. Those of a closed unit come back with the unit."""
    jabatan = _held(jabatan, by)
    if jabatan.closed_on is None:
        raise Refused(_("Jabatan ini tidak ditutup."), code="open")
    if jabatan.unit is not None and jabatan.unit.closed_on is not None:
        raise Refused(_("Unitnya, %(name)s, masih ditutup. Buka dahulu unit itu.") % {"name": jabatan.unit.name})
    if jabatan.superior is not None and jabatan.superior.closed_on is not None:
        words = {"name": jabatan.superior.name}
        raise Refused(_("Jabatan atasannya, %(name)s, masih ditutup. Buka dahulu jabatan itu.") % words)
    before, jabatan.closed_on = {"closed_on": jabatan.closed_on}, None
    jabatan.save(update_fields=["closed_on"])
    record("jabatan.reopened", subject=jabatan, by=by, before=before, after={"closed_on": None})
    return jabatan


def _held(jabatan: Jabatan, by: Actor | None) -> Jabatan:
    """The position as it is now; one change of an office's tree at a time, so that nobody is put in while it ends."""
    permissions.check_can_manage(by, jabatan.office_id)
    Office.objects.select_for_update().get(pk=jabatan.office_id)
    return Jabatan.objects.select_for_update(of=("self",)).select_related("unit", "superior").get(pk=jabatan.pk)
