"""When figures changed while a document waits for its signature: a new version, and the parafs given anew.

This happens when a correction ends and the procedure that had been held goes on: nobody is sent back,
but what was initialled is no longer what is to be signed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.documents.actions.versions import check_shown, keep
from runut.documents.models import Document
from runut.documents.queries import content_of, current_content, main_document, missing_before
from runut.documents.rules.parafs import Missing
from runut.lib.errors import Denied, Refused
from runut.organisation.permissions import Actor
from runut.sop.models import Paraf, Run, Task, TaskState
from runut.sop.permissions import check_can_act
from runut.sop.queries import definition_of


@transaction.atomic
def refresh_document(*, task_id: int, by: Actor) -> Document:
    """Make the version that the data ask for now, by whoever has the open task on it."""
    task = Task.objects.locked(task_id)
    actor = check_can_act(by, task)
    if task.state != TaskState.OPEN:
        raise Refused(_("Langkah ini sudah selesai, jadi dokumennya tidak diperbarui dari sini."))
    return keep(task.run, current_content(task.run), by=actor, at=timezone.now())


@transaction.atomic
def renew_parafs(*, document: Document, by: Actor, data_hash: str) -> int:
    """Put one's paraf again where it became void because figures changed. How many were renewed."""
    run = Run.objects.select_for_update(of=("self",)).select_related("office", "version").get(pk=document.run_id)
    content = current_content(run)
    check_shown(content, data_hash)
    now = timezone.now()
    renewed = 0
    for missing in _missing(run, document):
        task = _last_task(run, missing)
        if task is not None and (actor := _entitled(by, task)) is not None:
            current = keep(run, content, by=actor, at=now)
            _renew(current, task, actor, missing, now)
            renewed += 1
    if not renewed:
        raise Denied(_("Tidak ada paraf Anda yang perlu diperbarui pada dokumen ini."))
    return renewed


def asked_again(run: Run, document: Document, by: Actor) -> list[Missing]:
    """The parafs that this person could give again: on the document, or on forms that the person had checked."""
    tasks = [(missing, _last_task(run, missing)) for missing in _missing(run, document)]
    return [missing for missing, task in tasks if task is not None and _entitled(by, task) is not None]


def renewable(run: Run, document: Document, by: Actor) -> int:
    """How many parafs this person could give again."""
    return len(asked_again(run, document, by))


def who_renews(run: Run, document: Document) -> list[str]:
    """Whoever gave the parafs that are void now: name and title, each once."""
    tasks = [_last_task(run, missing) for missing in _missing(run, document)]
    names = [f"{task.done_by.full_name}, {task.done_title}" for task in tasks if task and task.done_by]
    return list(dict.fromkeys(names))


def _missing(run: Run, document: Document) -> list[Missing]:
    """What the open signing step lacks; nothing while no signature is asked for."""
    waiting = Task.objects.filter(run=run, work="sign", state=TaskState.OPEN).values_list("step", flat=True).first()
    last = main_document(run)
    if waiting is None or last is None or last.pk != document.pk:
        return []
    content = current_content(run)
    step = definition_of(run.version).step(waiting)
    return missing_before(run, step, content, document.data_hash if content == content_of(document) else "")


def _last_task(run: Run, missing: Missing) -> Task | None:
    done = Task.objects.filter(run=run, step=missing.step.id, state=TaskState.DONE)
    done = done.filter(branch__member=missing.member) if missing.member else done.filter(branch__isnull=True)
    return done.select_related("run", "branch", "jabatan", "pegawai", "done_by").order_by("-done_at").first()


def _entitled(by: Actor, task: Task) -> Actor | None:
    try:
        return check_can_act(by, task)
    except Denied:
        return None


def _renew(document: Document, task: Task, actor: Actor, missing: Missing, now: datetime) -> None:
    sheets = {sheet["member"]: sheet["data_hash"] for sheet in content_of(document)["sheets"]}
    data_hash = sheets[missing.member] if missing.member else document.data_hash
    Paraf.objects.create(
        instansi_id=document.instansi_id,
        task=task,
        data_hash=data_hash,
        pegawai=actor.pegawai,
        name=actor.name,
        title=actor.title,
        at=now,
    )
    record(
        "document.initialled_again",
        subject=document,
        by=actor,
        after={"no": document.no, "hash": data_hash, "step": task.step, "member": missing.member},
        at=now,
    )
