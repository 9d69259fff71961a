"""Signing: the person, once more by password, under one content, and only when every needed paraf holds."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.actions import mark_values, move_sheets
from runut.collection.models import MarkKind, SheetState, Value
from runut.documents.actions.finish import end_case, stored
from runut.documents.actions.versions import check_shown, keep_letterhead, the_document
from runut.documents.models import Document, DocumentState, Signature
from runut.documents.queries import content_of, current_content, missing_before, unexamined
from runut.documents.rules.moves import MOVES
from runut.documents.rules.parafs import Missing
from runut.lib.errors import Refused
from runut.lib.states import check_move
from runut.organisation.actions import confirm_password
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin, complete
from runut.sop.models import RunState, Task


def sign_document(
    *,
    task_id: int,
    document_id: int,
    by: Actor,
    password: str,
    data_hash: str,
    has_read: bool,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Sign the document as shown, inside the system. The password is checked before anything is locked.

    A wrong password is counted in a transaction of its own; after five the person waits a quarter of an hour.
    """
    if not has_read:
        raise Refused(_("Baca dulu dokumennya, lalu beri tanda pada “Saya sudah membaca”."), code="read")
    confirm_password(by=by, password=password)
    return _sign(task_id, document_id, by, data_hash, outcome, key, late_reason)


@transaction.atomic
def _sign(
    task_id: int, document_id: int, by: Actor, data_hash: str, outcome: str, key: str, late_reason: str
) -> Result:
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="sign")
    if act.replayed:
        return stored(act)
    document = the_document(act, data_hash)
    if document.pk != document_id:
        raise Refused(_("Tugas ini untuk dokumen lain. Buka lagi dari Tugas Saya."))
    check_shown(current_content(act.run), data_hash, act)
    check_ready(act, document)
    signature = _put(act, document)
    form = {"document": document.pk, "signature": signature.pk}
    result = complete(act, form=form, late_reason=late_reason, data_hash=document.data_hash)
    if _is_last(result):
        _seal(act, document)
    end_case(act, result)
    return result


def check_ready(act: Act, document: Document) -> None:
    """Every paraf that the procedure asks for holds under this content, and every sheet was examined."""
    content = content_of(document)
    missing = missing_before(act.run, act.step, content, document.data_hash)
    if missing:
        raise Refused(_missing_words(missing, {s["member"]: s["subject"] for s in content["sheets"]}), code="paraf")
    names = unexamined(act.run, act.step, content)
    if names:
        raise Refused(
            _("Data %(who)s belum diperiksa, jadi dokumen belum dapat ditandatangani.") % {"who": ", ".join(names)},
            code="paraf",
        )


def _missing_words(missing: list[Missing], names: dict[str, str]) -> str:
    first = missing[0]
    whose = f" ({names.get(first.member, '')})" if first.member else ""
    return _(
        "Dokumen belum dapat ditandatangani: paraf pada langkah “%(step)s”%(whose)s belum ada atau sudah tidak berlaku."
    ) % {
        "step": first.step.text,
        "whose": whose,
    }


def _put(act: Act, document: Document) -> Signature:
    pegawai = act.actor.pegawai
    keep_letterhead(document)
    signature = Signature.objects.create(
        instansi_id=act.run.instansi_id,
        document=document,
        task=act.task,
        data_hash=document.data_hash,
        pegawai=pegawai,
        name=act.actor.name,
        title=act.actor.title,
        rank=pegawai.rank,
        nip=pegawai.nip,
        at=act.now,
    )
    record(
        "document.signed",
        subject=document,
        by=act.actor,
        after={"no": document.no, "hash": document.data_hash, "method": signature.method, "signature": signature.pk},
        at=act.now,
    )
    return signature


def _is_last(result: Result) -> bool:
    """Whether the signing is over: the run has ended or gone on to something that is no signing."""
    if result.run_state == RunState.DONE:
        return True
    opened = set(Task.objects.filter(pk__in=result.opened).values_list("work", flat=True))
    return bool(opened) and "sign" not in opened


def _seal(act: Act, document: Document) -> None:
    """All have signed: the document, its figures and its sheets are signed."""
    check_move(MOVES, document.state, str(DocumentState.SIGNED), _("Dokumen ini sudah ditandatangani atau digantikan."))
    document.state = DocumentState.SIGNED
    document.save(update_fields=["state"])
    content = content_of(document)
    values = list(Value.objects.filter(pk__in=[cast(int, row["value"]) for row in content["rows"]]))
    mark_values(values=values, kind=MarkKind.SIGNED, by=act.actor, basis=str(document))
    move_sheets(run=act.run, state=SheetState.SIGNED, by=act.actor)
