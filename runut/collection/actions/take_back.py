"""Two ways of taking something back before anybody has it in hand: a sheet that was handed in, a form that was sent."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.models import Delivery, Sheet, SheetState, Verdict
from runut.collection.rules import EDITABLE, MOVES, check_can_be_taken_back, check_can_be_withdrawn
from runut.lib.errors import Denied, Refused, Stale
from runut.lib.states import check_move
from runut.organisation.permissions import Actor
from runut.sop.actions import check_can_recall, recall, take_out
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import definition_of

BY_FILLER = gettext_noop("Ditarik kembali oleh pengisinya.")


@transaction.atomic
def take_back_sheet(*, sheet: Sheet, by: Actor, key: str = "") -> Sheet:
    """Give a sheet back to whoever handed it in, while nobody has opened it to check it. The same key has one effect.

    Its versions stay in the history of its figures; what is handed in next supersedes them.
    """
    # The engine locks the run first, as every act does; what it did is undone when the sheet says no.
    result = recall(task_id=_handed_in_with(sheet).pk, by=by, reason=BY_FILLER, key=key)
    sheet = Sheet.objects.locked(sheet.pk)
    before = sheet.state
    if before in EDITABLE:
        return sheet
    check_can_be_taken_back(before, looked_at=sheet.looked_at is not None)
    sheet.state = SheetState.RETURNED if sheet.round > 1 else SheetState.DRAFT
    check_move(MOVES, before, sheet.state, _("Formulir ini tidak dapat ditarik dari keadaannya kini."))
    sheet.save(update_fields=["state"])
    # What a reviewer had noted stands again beside its line.
    sheet.lines.filter(editable=True).exclude(verdict_note="").update(verdict=Verdict.NOTED)
    after = {"state": sheet.state, "tasks": result.opened}
    record("sheet.taken_back", subject=sheet, by=by, before={"state": before}, after=after, reason=BY_FILLER)
    return sheet


def check_can_take_back(sheet: Sheet, by: Actor) -> None:
    """Raise what `take_back_sheet` would raise now, changing nothing."""
    check_can_be_taken_back(sheet.state, looked_at=sheet.looked_at is not None)
    check_can_recall(_handed_in_with(sheet), by)


def may_take_back(sheet: Sheet, by: Actor) -> bool:
    """Whether taking back would succeed now. No query for anybody but whoever handed it in, else five."""
    if sheet.state != SheetState.SUBMITTED or sheet.submitted_by_id != by.pegawai_id:
        return False
    try:
        check_can_take_back(sheet, by)
    except (Denied, Refused):
        return False
    return True


def _handed_in_with(sheet: Sheet) -> Task:
    """The latest task with which the sheet was handed in."""
    done = Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work="fill", state=TaskState.DONE)
    task = done.select_related("run__version", "branch", "jabatan", "pegawai", "done_by").order_by("-pk").first()
    if task is None:
        raise Stale(_("Formulir ini belum diajukan. Muat ulang halaman."))
    return task


def check_can_withdraw(sheet: Sheet) -> None:
    """Raise what `withdraw_form` would raise now of a form that was sent, changing nothing."""
    _unopened(sheet, Delivery.objects.filter(sheet=sheet).first())


def _unopened(sheet: Sheet, delivery: Delivery | None) -> Delivery:
    if delivery is None:
        raise Refused(_("Formulir ini belum dibagikan, jadi tidak ada yang perlu ditarik."))
    if delivery.withdrawn_at is not None:
        raise Stale(_("Formulir ini sudah ditarik oleh %(who)s.") % {"who": delivery.withdrawn_by})
    filled = sheet.state not in EDITABLE or sheet.lines.filter(edited_at__isnull=False).exists()
    check_can_be_withdrawn(opened=delivery.opened_at is not None, filled=filled)
    return delivery


@transaction.atomic
def withdraw_form(*, sheet: Sheet, by: Actor, reason: str) -> Sheet:
    """Take a form back from a recipient who has not opened it; the collection goes on without that one."""
    run = Run.objects.select_for_update(of=("self",)).select_related("office", "version").get(pk=sheet.run_id)
    actor = permissions.check_can_follow_up(by, run)
    sheet = Sheet.objects.locked(sheet.pk)
    found = Delivery.objects.select_for_update(of=("self",)).filter(sheet=sheet).first()
    if found is not None and found.withdrawn_at is not None and found.withdrawn_by_id == by.pegawai_id:
        return sheet
    delivery = _unopened(sheet, found)
    fill = next(step for step in definition_of(run.version).steps if step.work == "fill")
    region = definition_of(run.version).region_key(fill.id)
    take_out(run=run, region=region, member=sheet.member, by=actor, reason=reason)
    delivery.withdrawn_at, delivery.withdrawn_by = timezone.now(), actor.pegawai
    delivery.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("sheet.withdrawn", subject=sheet, by=actor, after={"member": sheet.member}, reason=reason)
    return sheet
