"""When figures changed while a document waits for its signature: a new version, and the parafs given anew.

This happens when a correction ends and the procedure that had been held goes on: nobody is sent back,
but what was initialled is no longer what is to be signed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.documents.actions.versions import check_shown, keep
from runut.documents.models import Document
from runut.documents.permissions import handed_in_by
from runut.documents.queries import content_of, current_content, main_document, missing_before
from runut.documents.rules.content import Content
from runut.documents.rules.parafs import CHANGED, Missing
from runut.lib.errors import Denied, Refused
from runut.organisation.permissions import Actor
from runut.sop.actions.clock import let_wait
from runut.sop.models import Paraf, Run, RunState, Task, TaskState
from runut.sop.permissions import addressee, check_can_act
from runut.sop.queries import definition_of


@dataclass(frozen=True, slots=True)
class Awaited:
    """A paraf that a signature waits for: in which step it lacks, and the task in which it was given before."""

    missing: Missing
    task: Task | None

    @property
    def who(self) -> str:
        """Name and title of whoever gives it: who gave it before, else whose task it was."""
        if self.task is None:
            return ""
        return f"{self.task.done_by.full_name}, {self.task.done_title}" if self.task.done_by else addressee(self.task)


@transaction.atomic
def refresh_document(*, task_id: int, by: Actor) -> Document:
    """Make the version that the data ask for now, by whoever has the open task on it, and ask for its parafs."""
    task = Task.objects.locked(task_id)
    actor = check_can_act(by, task)
    _check_running(task.run)
    if task.state != TaskState.OPEN:
        raise Refused(_("Langkah ini sudah selesai, jadi dokumennya tidak diperbarui dari sini."))
    return renew_document(task.run, actor, timezone.now())


def renew_document(run: Run, by: Actor, at: datetime) -> Document:
    """The version that the data ask for now, and its parafs asked for again. The run is locked."""
    document = keep(run, current_content(run), by=by, at=at)
    ask_again(run, at)
    return document


def ask_again(run: Run, at: datetime, why: str = CHANGED) -> None:
    """Put the parafs that a signature waits for in the inbox of whoever gave them, and take out all others.

    why: what made void those that held until now.
    """
    document = main_document(run)
    tasks = [one.task.pk for one in awaited(run, document) if one.task] if document else []
    Paraf.objects.filter(task__run=run, asked_again=True).exclude(task__in=tasks).update(asked_again=False)
    wanted = Paraf.objects.filter(task__in=tasks)
    wanted.filter(voided_at=None).update(voided_at=at, void_reason=Truncator(why).chars(300))
    wanted.update(asked_again=True)
    # Until the parafs are there nobody can sign: the signer's time begins with the last of them.
    let_wait(run=run, work="sign", waits=bool(tasks), at=at)


@transaction.atomic
def renew_parafs(*, document: Document, by: Actor, data_hash: str) -> int:
    """Put one's paraf again where it became void because figures changed. How many were renewed.

    Denied where there is none of the person's, and where all are on data that the person handed in.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("office", "version").get(pk=document.run_id)
    _check_running(run)
    content = current_content(run)
    check_shown(content, data_hash)
    now = timezone.now()
    mine = _of_person(awaited(run, document), by)
    own = handed_in_by(by, run, [one.missing.member for one, _task, _actor in mine if one.missing.member])
    free = [each for each in mine if each[0].missing.member not in own]
    if own and not free:
        raise Denied(_own_words(content, own))
    if not free:
        raise Denied(_("Tidak ada paraf Anda yang perlu diperbarui pada dokumen ini."))
    for one, task, actor in free:
        _renew(keep(run, content, by=actor, at=now), task, actor, one.missing, now)
    ask_again(run, now)
    return len(free)


def _own_words(content: Content, own: Collection[str]) -> str:
    names = [sheet["subject"] for sheet in content["sheets"] if sheet["member"] in own]
    return _(
        "Anda mengisi data %(who)s sendiri, jadi parafnya diberikan orang lain. "
        "Penanda tangan dapat mengembalikan data itu supaya diperiksa lagi."
    ) % {"who": ", ".join(names)}


def _check_running(run: Run) -> None:
    if run.state != RunState.RUNNING:
        raise Refused(_("SOP ini sedang dijeda: %(why)s") % {"why": run.stop_reason})


def asked_again(run: Run, document: Document, by: Actor) -> list[Missing]:
    """The parafs that this person could give again: on the document, or on forms that the person had checked."""
    return [one.missing for one, _task, _actor in _of_person(awaited(run, document), by)]


def initialled_before(run: Run, document: Document, by: Actor) -> Document | None:
    """The latest version under which this person's paraf, asked for again, had been put. Two queries more."""
    mine = [task.pk for _one, task, _actor in _of_person(awaited(run, document), by)]
    hashes = set(Paraf.objects.filter(task__in=mine).values_list("data_hash", flat=True))
    for version in Document.objects.filter(run=run, kind=document.kind).order_by("-no"):
        if hashes & {version.data_hash, *(sheet["data_hash"] for sheet in content_of(version)["sheets"])}:
            return version
    return None


def renewable(run: Run, document: Document, by: Actor) -> int:
    """How many parafs this person could give again."""
    return len(asked_again(run, document, by))


def awaited(run: Run, document: Document) -> list[Awaited]:
    """Every paraf that the open signing step lacks, in the order of the procedure. A constant number of queries."""
    missing = _missing(run, document)
    steps = {one.step.id for one in missing}
    done = Task.objects.filter(run=run, step__in=steps, state=TaskState.DONE).order_by("done_at", "pk")
    last = {
        (task.step, task.branch.member if task.branch else None): task
        for task in done.select_related("run", "branch", "jabatan", "pegawai", "done_by")
    }
    return [Awaited(one, last.get((one.step.id, one.member))) for one in missing]


def _missing(run: Run, document: Document) -> list[Missing]:
    """What the open signing step lacks; nothing while no signature is asked for."""
    waiting = Task.objects.filter(run=run, work="sign", state=TaskState.OPEN).values_list("step", flat=True).first()
    last = main_document(run)
    if waiting is None or last is None or last.pk != document.pk:
        return []
    content = current_content(run)
    step = definition_of(run.version).step(waiting)
    return missing_before(run, step, content, document.data_hash if content == content_of(document) else "")


def _of_person(every: Iterable[Awaited], by: Actor) -> list[tuple[Awaited, Task, Actor]]:
    """Those that the person may give, each with its task and the person under the position that entitles to it."""
    tasks = [(one, one.task) for one in every if one.task is not None]
    found = [(one, task, _entitled(by, task)) for one, task in tasks]
    return [(one, task, actor) for one, task, actor in found if actor is not None]


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
