"""Everything done with a document: gathering, drafting, handing up, paraf, numbers, signatures, sending, publishing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.documents.actions.compile import Adequacy, compile_data
from runut.documents.actions.register import (
    Line,
    Sending,
    archive_document,
    dispatch_document,
    register_document,
    reproduce_document,
)
from runut.documents.actions.renew import refresh_document, renew_parafs, renewable
from runut.documents.actions.report import approve_document, draft_report, hand_up_document, initial_document
from runut.documents.actions.sign import sign_document
from runut.documents.models import Document, Register
from runut.documents.queries.gather import gathered_content
from runut.documents.queries.lists import recipients_for, register_numbers
from runut.documents.queries.reading import current_content, main_document, parafs_of
from runut.documents.rules.content import hash_of
from runut.documents.rules.report import CHAPTERS
from runut.organisation.permissions import Actor
from runut.publication.actions import publish as open_to_public
from runut.sop.models import Run, Task
from runut.sop.queries import definition_of
from runut.web.demo.perform.world import World, key_for


def compile_(world: World, run: Run, task: Task, by: Actor) -> None:
    content = gathered_content(run)
    repaired = content["rows"] if content["kind"] == "correction" else []
    compile_data(
        task_id=task.pk,
        by=by,
        data_hash=hash_of(content),
        missing_reason=_("Menyusul pada periode berikutnya.") if content["missing"] else "",
        adequacy={int(row["figure"]): Adequacy(cause_gone=True, can_follow_up=True) for row in repaired},
        key=key_for(task, "complete"),
    )


def draft(world: World, run: Run, task: Task, by: Actor) -> None:
    texts = {chapter.code: f"{chapter.title.capitalize()}. {chapter.hint}" for chapter in CHAPTERS}
    draft_report(task_id=task.pk, by=by, chapters=texts, key=key_for(task, "complete"))


def _shown(run: Run) -> str:
    return hash_of(current_content(run))


def approve(world: World, run: Run, task: Task, by: Actor) -> None:
    approve_document(task_id=task.pk, by=by, data_hash=_shown(run), key=key_for(task, "complete"))


def initial(world: World, run: Run, task: Task, by: Actor) -> None:
    initial_document(task_id=task.pk, by=by, data_hash=_shown(run), key=key_for(task, "complete"))


def report(world: World, run: Run, task: Task, by: Actor) -> None:
    recipient = recipients_for(task, by, world.today)[0]
    hand_up_document(
        task_id=task.pk, by=by, data_hash=_shown(run), recipient_id=recipient.pegawai_id,
        text=_("Data sudah dihimpun dan siap diperiksa."), key=key_for(task, "complete"),
    )  # fmt: skip


def register(world: World, run: Run, task: Task, by: Actor) -> None:
    definition = definition_of(run.version)
    ahead = definition.steps[definition.index(task.step) :]
    book = Register.AGENDA if any(step.work == "sign" for step in ahead) else Register.LETTER
    given = register_numbers(world.office, book, world.today.year)
    line = Line(
        register=book, classification="065", seq=max(given, default=0) + 1, day=world.today, subject=str(run.title),
        recipient=_("Bupati melalui Bagian Organisasi"),
    )  # fmt: skip
    shown = _shown(run) if book == Register.AGENDA else _kept(run)
    register_document(task_id=task.pk, by=by, data_hash=shown, line=line, key=key_for(task, "complete"))


def _kept(run: Run) -> str:
    document = main_document(run)
    assert document is not None, f"no document in {run}"
    return document.data_hash


def sign(world: World, run: Run, task: Task, by: Actor) -> None:
    document = _renewed(world, run, task, by)
    sign_document(
        task_id=task.pk, document_id=document.pk, by=by, password=world.password, data_hash=_shown(run),
        has_read=True, key=key_for(task, "complete"),
    )  # fmt: skip


def _renewed(world: World, run: Run, task: Task, by: Actor) -> Document:
    """The document as the data are now, initialled again by whoever's paraf became void."""
    document = refresh_document(task_id=task.pk, by=by)
    for pegawai in {paraf.pegawai_id: paraf.pegawai for paraf in parafs_of(run)}.values():
        actor = world.actor(pegawai)
        if renewable(run, document, actor):
            renew_parafs(document=document, by=actor, data_hash=document.data_hash)
    return document


def reproduce(world: World, run: Run, task: Task, by: Actor) -> None:
    copies = [(2, _("Bagian Organisasi")), (1, _("Arsip"))]
    reproduce_document(task_id=task.pk, by=by, data_hash=_kept(run), copies=copies, key=key_for(task, "complete"))


def dispatch(world: World, run: Run, task: Task, by: Actor) -> None:
    sending = Sending(_("Bagian Organisasi Setda"), _("Diantar"), world.today)
    dispatch_document(task_id=task.pk, by=by, data_hash=_kept(run), sendings=[sending], key=key_for(task, "complete"))


def archive(world: World, run: Run, task: Task, by: Actor) -> None:
    archive_document(
        task_id=task.pk, by=by, data_hash=_kept(run), classification="065", retention_years=5,
        place=_("Lemari arsip 2, boks 14"), key=key_for(task, "complete"),
    )  # fmt: skip


def publish(world: World, run: Run, task: Task, by: Actor) -> None:
    open_to_public(task_id=task.pk, by=by, data_hash=_kept(run), key=key_for(task, "complete"))
