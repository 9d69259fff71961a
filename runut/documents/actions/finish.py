"""How every act on a document ends, and what a return does to the sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions import reopen_sheets
from runut.collection.models import Sheet
from runut.correction.actions import close_case
from runut.correction.queries import correction_of
from runut.documents.actions.renew import ask_again, renew_document
from runut.documents.actions.versions import revoke_signatures
from runut.documents.models import Document
from runut.documents.queries import main_document
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin, complete
from runut.sop.actions.opening import member_key
from runut.sop.models import Run, RunState, Task, TaskState

# The kinds of work on a document: each may send it back.
RETURNS = frozenset(
    {
        "compile", "draft", "approve", "report", "initial", "register", "sign", "publish", "reproduce", "dispatch",
        "archive",
    }
)  # fmt: skip


def stored(act: Act) -> Result:
    """What the same request led to when it came for the first time."""
    assert act.result is not None, "a replayed act has its result"
    return act.result


def finish(
    act: Act,
    *,
    form: Mapping[str, object] | None = None,
    chosen: Sequence[int] = (),
    reason: str = "",
    late_reason: str = "",
    data_hash: str = "",
) -> Result:
    """Complete the step; a run that ends with it also ends its correction case."""
    result = complete(act, chosen=chosen, form=form, reason=reason, late_reason=late_reason, data_hash=data_hash)
    if result.opened and act.outcome.to and act.definition.step(act.outcome.to).work == "sign":
        # What became void on the way here is asked for as soon as the signature waits for it.
        ask_again(act.run, act.now)
    end_case(act, result)
    return result


def pass_on(
    act: Act,
    document: Document,
    event: str,
    after: Mapping[str, object],
    *,
    form: Mapping[str, object] | None = None,
    reason: str = "",
    late_reason: str = "",
) -> Result:
    """Write down what was done with a document, and complete the step under its content."""
    record(event, subject=document, by=act.actor, after=after, reason=reason, at=act.now)
    whole = {"document": document.pk, **(form or {})}
    return finish(act, form=whole, late_reason=late_reason, data_hash=document.data_hash)


def end_case(act: Act, result: Result) -> None:
    """A run that has ended closes its correction case, if it is one.

    Where a signature had waited for it, what is to be signed is now another version: its parafs are asked for again.
    """
    if result.run_state != RunState.DONE or correction_of(act.run) is None:
        return
    case = close_case(run=act.run, by=act.actor)
    if case is None or not case.holds_source:
        return
    source = Run.objects.select_related("office", "version").get(pk=case.source.collected_by.pk)
    waits = Task.objects.filter(run=source, work="sign", state=TaskState.OPEN).exists()
    if waits and source.state == RunState.RUNNING:
        renew_document(source, act.actor, act.now)


@transaction.atomic
def send_back(
    *,
    task_id: int,
    by: Actor,
    work: str,
    outcome: str,
    reason: str,
    chosen: Sequence[int] = (),
    notes: Mapping[int, str] | None = None,
    form: Mapping[str, object] | None = None,
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Return the work with a reason: chosen members fill in again, or an earlier step is done anew.

    work: the kind of the step, one of RETURNS. notes: figure id -> what is wrong with it; only these lines
    open again. Notes on chapters (form["remarks"]) are reason enough. Signatures already given under the present
    document are revoked where the way back leads past them: what comes back is signed anew. What is only numbered,
    copied or sent once more stays signed.
    """
    assert work in RETURNS, "only work on a document is sent back here"
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work=work)
    if act.replayed:
        return stored(act)
    reason = reason.strip() or _see_remarks(form or {})
    if not reason:
        raise Refused(_("Tulis alasan pengembalian agar penerima tahu apa yang harus diperbaiki."), code="reason")
    document = main_document(act.run)
    if document is not None and _signed_anew(act):
        revoke_signatures(document, reason=reason, at=act.now)
    reopen(act, chosen=chosen, reason=reason, notes=notes)
    result = finish(act, chosen=chosen, form=form, reason=reason, late_reason=late_reason)
    ask_again(act.run, act.now)
    return result


def _see_remarks(form: Mapping[str, object]) -> str:
    """That the chapters say themselves what is wanted; "" where none does. Kept as it is, so in Indonesian."""
    remarks = form.get("remarks")
    if not isinstance(remarks, Mapping) or not remarks:
        return ""
    return gettext_noop("Lihat catatan pada %(chapters)s.") % {"chapters": ", ".join(remarks)}


def _signed_anew(act: Act) -> bool:
    """Whether a step that signs is still to come after the return."""
    assert act.outcome.to is not None, "a return leads to a step"
    ahead = act.definition.steps[act.definition.index(act.outcome.to) :]
    return any(step.work == "sign" for step in ahead)


def reopen(
    act: Act,
    *,
    chosen: Sequence[int],
    reason: str,
    notes: Mapping[int, str] | None = None,
    only: Collection[int] | None = None,
) -> list[str]:
    """Open the sheets again where the return leads into the filling; the member keys, none otherwise."""
    assert act.outcome.to is not None, "a return leads to a step"
    region = act.definition.region(act.outcome.to)
    if not any(step.work == "fill" for step in region):
        return []
    members = list(Sheet.objects.filter(run=act.run).order_by("pk").values_list("member", flat=True))
    if act.outcome.items == "chosen":
        each = region[0].each
        assert each is not None
        wanted = {member_key(each, pk) for pk in chosen}
        if not wanted:
            raise Refused(_("Pilih dulu siapa yang datanya dikembalikan, lalu tulis alasannya."), code="chosen")
        if wanted - set(members):
            raise Refused(_("Yang dipilih tidak ada dalam pengumpulan ini. Muat ulang halaman, lalu pilih lagi."))
        members = [member for member in members if member in wanted]
    reopen_sheets(run=act.run, members=members, by=act.actor, reason=reason, notes=notes or None, only=only)
    return members
