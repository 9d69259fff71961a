"""Who may do what with a document beyond the steps of its run."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from runut.collection.models import Sheet, Value
from runut.documents.models import Dispatch, Document
from runut.lib.errors import Denied
from runut.organisation.models import Policy
from runut.organisation.permissions import Actor
from runut.sop.models import Run
from runut.sop.permissions import check_can_act


def check_can_receive(by: Actor, dispatch: Dispatch) -> Actor:
    """Whoever may do the step of sending also notes the receipt that comes back."""
    try:
        return check_can_act(by, dispatch.task)
    except Denied:
        raise Denied(_("Tanda terima dicatat oleh pelaksana yang mengirim dokumen ini.")) from None


def judges_own_work(by: Actor, run: Run) -> bool:
    """Whether somebody would judge repairs that were handed in by the same person."""
    return Sheet.objects.filter(run=run, submitted_by=by.pegawai_id).exists()


def check_can_judge(by: Actor, run: Run) -> None:
    """Who repaired does not judge the repair, where the office says so; elsewhere the page warns."""
    if run.office.duties_policy == Policy.BLOCK and judges_own_work(by, run):
        raise Denied(_("Anda ikut mengisi perbaikan ini, jadi yang menilai kecukupannya harus orang lain."))


def handed_in_by(by: Actor, run: Run, members: Collection[str]) -> set[str]:
    """Of these members of a run, those whose data the person handed in: the form itself, or a repair of its figures."""
    me, sheets = by.pegawai_id, Sheet.objects.filter(run=run, member__in=members)
    own = sheets.filter(Q(submitted_by=me) | Q(pegawai=me)).values_list("member", flat=True)
    current = Value.objects.filter(figure__lines__sheet__in=sheets, superseded_by=None, sheet__submitted_by=me)
    return {*own, *current.values_list("figure__member", flat=True)}


def sees_nip(actor: Actor, document: Document) -> bool:
    """NIP are for people of the office; others see them masked."""
    return document.office_id in actor.office_ids
