"""Who may take back what was published."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.lib.errors import Denied
from runut.organisation.permissions import Actor
from runut.publication.models import Release
from runut.sop.permissions import check_can_act


def may_withdraw(by: Actor | None, release: Release) -> bool:
    """Whether the way to taking it back is shown to whoever looks, signed in or not."""
    if by is None or release.withdrawn_at is not None or release.office_id not in by.office_ids:
        return False
    try:
        check_can_withdraw(by, release)
    except Denied:
        return False
    return True


def check_can_withdraw(by: Actor, release: Release) -> Actor:
    """Whoever may do the step of publishing, or the head of the office."""
    for held in by.assignments:
        if held.jabatan.office_id == release.office_id and held.jabatan.heads_office:
            return by.under(held)
    try:
        return check_can_act(by, release.task)
    except Denied:
        raise Denied(_("Publikasi ini ditarik oleh pimpinan kantor atau yang menerbitkannya.")) from None
