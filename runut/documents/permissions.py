"""Who may do what with a document beyond the steps of its run."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.documents.models import Dispatch, Document
from runut.lib.errors import Denied
from runut.organisation.permissions import Actor
from runut.sop.permissions import check_can_act


def check_can_receive(by: Actor, dispatch: Dispatch) -> Actor:
    """Whoever may do the step of sending also notes the receipt that comes back."""
    try:
        return check_can_act(by, dispatch.task)
    except Denied:
        raise Denied(_("Tanda terima dicatat oleh pelaksana yang mengirim dokumen ini.")) from None


def sees_nip(actor: Actor, document: Document) -> bool:
    """NIP are for people of the office; others see them masked."""
    return document.office_id in actor.office_ids
