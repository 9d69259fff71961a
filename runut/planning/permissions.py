"""Who keeps the dictionary of indicators and the targets of an office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.lib.errors import Denied
from runut.organisation.permissions import Actor, managed_office_ids


def keeps(actor: Actor, office_id: int) -> bool:
    """The office's admin, or its head in person: a target is no matter for a Plt or Plh (UU 30/2014, art. 14)."""
    return office_id in managed_office_ids(actor)


def check_keeps(actor: Actor | None, office_id: int) -> None:
    """Denied unless the person keeps them. Without an actor: the operator at the command line."""
    if actor is None or keeps(actor, office_id):
        return
    raise Denied(
        _("Indikator dan target diatur oleh pimpinan kantor atau admin kantor. Sampaikan usul Anda kepada admin.")
    )
