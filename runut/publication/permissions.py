"""Who may take back what was published."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.lib.errors import Denied
from runut.organisation.permissions import Actor
from runut.publication.models import Release
from runut.sop.permissions import check_can_act


def check_can_withdraw(by: Actor, release: Release) -> Actor:
    """Whoever may do the step of publishing, or the head of the office."""
    for held in by.assignments:
        if held.jabatan.office_id == release.office_id and held.jabatan.heads_office:
            return by.under(held)
    try:
        return check_can_act(by, release.task)
    except Denied:
        raise Denied(_("Publikasi ini ditarik oleh pimpinan kantor atau yang menerbitkannya.")) from None
