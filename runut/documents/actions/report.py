"""The yearly report: written, judged, handed up, initialled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.actions import check_report_is_free, explain_quarters
from runut.collection.queries import gaps_of, year_run_of
from runut.collection.rules import check_told
from runut.documents.actions.finish import finish, pass_on, stored
from runut.documents.actions.versions import keep, present_document
from runut.documents.models import DocumentKind, HandUp, ReportDraft
from runut.documents.queries import main_document, recipients_for, report_content
from runut.documents.rules.content import Content, hash_of
from runut.documents.rules.report import CHAPTERS, CODES, written_together
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.sop.actions import Act, Result, begin
from runut.sop.models import Run, Task, TaskState
from runut.sop.permissions import check_can_act


@transaction.atomic
def save_draft(
    *,
    task: Task,
    by: Actor,
    chapters: Mapping[str, str],
    reasons: Mapping[int, str] | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
) -> ReportDraft:
    """Keep the text while it is being written. No version, no log entry: nothing has been handed on.

    reasons: quarter -> why the year goes on without it; what is written of it stands from now on. known: chapter ->
    marks of the texts that the page knows, so that nothing is overwritten that another window has saved meanwhile.
    """
    task = Task.objects.locked(task.pk)
    actor = check_can_act(by, task)
    if task.state != TaskState.OPEN:
        raise Refused(_("Konsep ini sudah diserahkan, jadi teksnya tidak disimpan lagi. Buka tugas yang baru."))
    draft, _new = ReportDraft.objects.update_or_create(
        run=task.run,
        defaults={
            "instansi_id": task.run.instansi_id,
            "chapters": _beside_others(task.run, chapters, known or {}),
            "saved_at": timezone.now(),
            "saved_by": actor.pegawai,
        },
    )
    year = year_run_of(task.run) if reasons else None
    if year is not None:
        explain_quarters(run=task.run, by=by, reasons=reasons or {})
    return draft


def _beside_others(run: Run, typed: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    kept = ReportDraft.objects.filter(run=run).select_related("saved_by").first()
    if kept is None:
        return {code: typed.get(code, "") for code in CODES}
    texts, both = written_together(kept.chapters, typed, known)
    for chapter in both:
        raise Refused(
            _(
                "%(chapter)s sudah disimpan %(who)s dari jendela lain sesudah halaman ini dibuka. Salin tulisan Anda "
                "di bab ini, muat ulang halaman ini, lalu tambahkan yang belum ada."
            )
            % {"chapter": chapter.title, "who": kept.saved_by.full_name},
            code=f"chapter_{chapter.code}",
        )
    return texts


@transaction.atomic
def draft_report(
    *,
    task_id: int,
    by: Actor,
    chapters: Mapping[str, str],
    reasons: Mapping[int, str] | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
    unchanged: bool = False,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Hand on the report with these texts and the data as they are now, as a version of its own.

    reasons: quarter -> why the year goes on without it, where nobody had said so before.
    unchanged: what was sent back goes on as it was, and whoever drafts it knows.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="draft")
    if act.replayed:
        return stored(act)
    empty = [chapter.title for chapter in CHAPTERS if not chapters.get(chapter.code, "").strip()]
    if empty:
        raise Refused(
            _("Belum ada isi untuk %(chapters)s. Tulis dulu, lalu kirim lagi.") % {"chapters": ", ".join(empty)},
            code="chapters",
        )
    check_report_is_free(act.run)
    draft = save_draft(task=act.task, by=by, chapters=chapters, reasons=reasons, known=known)
    check_told([quarter.name for quarter, reason in gaps_of(act.run) if not reason])
    content = report_content(act.run, draft.chapters)
    if not unchanged:
        _check_changed(act, content)
    document = keep(act.run, content, by=act.actor, at=act.now, reason=act.task.return_reason)
    return finish(act, form={"document": document.pk}, late_reason=late_reason, data_hash=document.data_hash)


def _check_changed(act: Act, content: Content) -> None:
    """What was sent back is not handed on as it was by oversight."""
    last = main_document(act.run, kind=DocumentKind.REPORT) if act.task.return_reason else None
    if last is not None and last.data_hash == hash_of(content):
        raise Refused(
            _(
                "Konsep ini sama dengan versi %(no)s yang dikembalikan. Perbaiki dulu, atau beri tanda di sini bila "
                "memang tidak ada yang diubah."
            )
            % {"no": last.no},
            code="unchanged",
        )


@transaction.atomic
def approve_document(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    remark: str = "",
    remarks: Mapping[str, str] | None = None,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Judge the document as shown and let it go on. Sending it back is `send_back`.

    remarks: chapter title -> what is to be changed in it. Refused while there is one: nobody would be asked to.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="approve")
    if act.replayed:
        return stored(act)
    document = present_document(act, data_hash)
    _check_nothing_wanted(remarks or {})
    after = {"no": document.no, "hash": document.data_hash, "act": act.step.act or act.step.work}
    return pass_on(
        act, document, "document.approved", after, form={"remark": remark}, reason=remark, late_reason=late_reason
    )


def _check_nothing_wanted(remarks: Mapping[str, str]) -> None:
    for chapter in CHAPTERS:
        if remarks.get(chapter.title):
            sentence = _("Kembalikan supaya diperbaiki, atau hapus dulu yang tertulis di sini.")
            raise Refused(sentence, code=f"chapter_{chapter.code}")


@transaction.atomic
def initial_document(
    *, task_id: int, by: Actor, data_hash: str, outcome: str = "complete", key: str = "", late_reason: str = ""
) -> Result:
    """Put one's paraf under the document as shown; it holds for exactly this content."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="initial")
    if act.replayed:
        return stored(act)
    document = present_document(act, data_hash)
    after = {"no": document.no, "hash": document.data_hash}
    return pass_on(act, document, "document.initialled", after, late_reason=late_reason)


@transaction.atomic
def hand_up_document(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    recipient_id: int,
    text: str,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Report the document to a superior, with a summary in words."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="report")
    if act.replayed:
        return stored(act)
    document = present_document(act, data_hash)
    found = recipients_for(act.task, act.actor, local_day(act.run.office, act.now))
    recipient = next((held for held in found if held.pegawai_id == recipient_id), None)
    if recipient is None:
        raise Refused(_("Pilih penerima laporan dari daftar yang tersedia."), code="recipient")
    HandUp.objects.create(
        instansi_id=act.run.instansi_id,
        document=document,
        task=act.task,
        recipient_id=recipient.pegawai_id,
        recipient_title=recipient.title,
        text=text.strip(),
    )
    form = {
        "document": document.pk, "recipient": recipient.pegawai_id, "recipient_title": recipient.title,
        "summary": text.strip(),
    }  # fmt: skip
    return finish(act, form=form, late_reason=late_reason, data_hash=document.data_hash)
