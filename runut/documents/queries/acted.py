"""Which version of a document a finished step was about, and whether what was given there still counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from runut.documents.models import Document, DocumentState, Signature
from runut.documents.rules.kinds import PRECEDENCE
from runut.lib.retold import retold
from runut.organisation.permissions import Actor
from runut.sop.models import HEAVY, Paraf, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.queries.privacy import may_read_words
from runut.sop.queries.why import at_in_words, person_in_words, sent_back_words

# What is done on one version of a document. What is gathered, or examined form by form, is not yet one.
ON_DOCUMENT = frozenset(
    {"draft", "approve", "report", "initial", "register", "sign", "publish", "reproduce", "dispatch", "archive"}
)


@dataclass(frozen=True, slots=True)
class Lapse:
    """That a signature or a paraf counts no longer: since when, by whose act ("" where nobody's is known), and why."""

    kind: str
    at: datetime
    who: str
    why: str

    @property
    def words(self) -> str:
        since = self.who or _("Sejak %(at)s.") % {"at": at_in_words(self.at)}
        why = _("Alasan: %(why)s") % {"why": retold(self.why)} if self.why else ""
        return "\n".join(filter(None, (since, why)))


@dataclass(frozen=True, slots=True)
class Acted:
    """The version that a step was done on. again: the one under which its paraf was put once more. now: the latest."""

    document: Document
    again: Document | None
    now: Document | None


@dataclass(frozen=True, slots=True)
class Before:
    """A signature of an earlier round, and how it lapsed."""

    signature: Signature
    lapse: Lapse


def versions_of(runs: Collection[int]) -> dict[int, list[Document]]:
    """Run id -> the versions of its documents, without their content, as they were made. One query."""
    found: dict[int, list[Document]] = defaultdict(list)
    for version in Document.objects.filter(run__in=runs).defer("content").order_by("made_at", "no", "pk"):
        found[version.run_id].append(version)
    return found


def version_at(versions: Iterable[Document], task: Task) -> Document | None:
    """The version that a finished step was done on: as it is recorded, else the one that stood when it went back."""
    rows = list(versions)
    recorded = next((one for one in rows if one.pk == task.form.get("document")), None)
    if recorded is not None or task.done_at is None or task.work not in ON_DOCUMENT:
        return recorded
    made = [one for one in rows if one.made_at <= task.done_at]
    return min(made, key=lambda one: (PRECEDENCE[one.kind], -one.no), default=None)


def acted_on(task: Task, actor: Actor) -> Acted | None:
    """None where the step was done on no version, or on none that the person may read. At most four queries."""
    done = _done(task)
    versions = versions_of([task.run_id])[task.run_id] if done is not None else []
    version = version_at(versions, done) if done is not None else None
    if version is None or not Document.objects.visible_to(actor).filter(pk=version.pk).exists():
        return None
    paraf = Paraf.objects.filter(task=done, voided_at=None, task__branch=None).order_by("at", "pk").last()
    again = next((one for one in versions if paraf and one.data_hash == paraf.data_hash and one.pk != version.pk), None)
    last = max((one for one in versions if one.kind == version.kind), key=lambda one: one.no)
    if paraf is not None and paraf.data_hash == version.data_hash:
        again = None
    return Acted(version, again, last if last.pk not in (version.pk, again.pk if again else 0) else None)


def _done(task: Task) -> Task | None:
    """The step as it was finished: of one that any one may do, by the colleague who did it."""
    if task.state != TaskState.COVERED:
        return task if task.state in (TaskState.DONE, TaskState.RETURNED) else None
    same = Task.objects.filter(run=task.run_id, branch=task.branch_id, step=task.step, round=task.round)
    return same.filter(state__in=(TaskState.DONE, TaskState.RETURNED)).order_by("-done_at", "-pk").first()


def lapse_of(task: Task, actor: Actor) -> Lapse | None:
    """How a step's signature or paraf lapsed; why it did, for who may read the document, or the form."""
    lapse = lapses_of([task]).get(task.pk)
    return _for(lapse, task, actor) if lapse is not None else None


def _for(lapse: Lapse, task: Task, actor: Actor) -> Lapse:
    if task.work in ON_DOCUMENT:
        told = Document.objects.visible_to(actor).filter(run=task.run_id).exists()
    else:
        told = may_read_words(task, actor)
    return lapse if told else replace(lapse, why="")


def signed_before(task: Task, actor: Actor) -> Before | None:
    """What was signed in an earlier round of a step that is open again; None in the first."""
    if task.state != TaskState.OPEN or task.round == 1:
        return None
    given = Signature.objects.filter(
        task__run=task.run_id, task__branch=task.branch_id, task__step=task.step, revoked_at__isnull=False
    )
    last = given.select_related("document", "task").order_by("-at", "-pk").first()
    return Before(last, _for(lapses_of([last.task])[last.task_id], task, actor)) if last is not None else None


def lapses_of(tasks: Iterable[Task]) -> dict[int, Lapse]:
    """Task id -> how its signature or paraf lapsed; those that count are not named. At most four queries.

    A paraf lapses when its content changes, or when the work goes back to its step or to one before it.
    """
    done = [task for task in tasks if task.state == TaskState.DONE]
    if not done:
        return {}
    signed = _revoked(done)
    parafs = {paraf.task_id: paraf for paraf in Paraf.objects.filter(task__in=done).order_by("at", "pk")}
    given = [task for task in done if task.pk in signed or task.pk in parafs]
    back = _sent_back_after(given)
    told = {pk: _sent_back(words) for pk, words in sent_back_words(back.values()).items()}
    found = {task.pk: _lapse(task, signed, parafs, back.get(task.pk), told) for task in given}
    return {pk: lapse for pk, lapse in found.items() if lapse is not None}


def _revoked(done: Sequence[Task]) -> dict[int, Signature]:
    rows = Signature.objects.filter(task__in=[task for task in done if task.work == "sign"], revoked_at__isnull=False)
    return {row.task_id: row for row in rows.select_related("document__superseded_by__made_by")}


def _sent_back_after(tasks: Sequence[Task]) -> dict[int, Task]:
    """Task id -> the first step that a return opened after it, at its place or before. At most one query."""
    if not tasks:
        return {}
    opened = Task.objects.filter(run__in={task.run_id for task in tasks}, opened_by_return=True)
    light = opened.select_related("run__version").defer("form", *(f"run__{name}" for name in HEAVY))
    rows = list(light.order_by("pk"))
    found = {task.pk: next((row for row in rows if _undid(row, task)), None) for task in tasks}
    return {pk: row for pk, row in found.items() if row is not None}


def _sent_back(words: str) -> str:
    """words: by whom, at which step and when."""
    return _("Dikembalikan %(by)s") % {"by": words[:1].lower() + words[1:]}


def _undid(row: Task, task: Task) -> bool:
    if row.run_id != task.run_id or row.pk < task.pk or task.done_at is None or row.opened_at < task.done_at:
        return False
    definition = definition_of(row.run.version)
    own = task.branch_id is None or row.branch_id in (None, task.branch_id)
    return own and definition.index(row.step) <= definition.index(task.step)


def _lapse(
    task: Task,
    signed: Mapping[int, Signature],
    parafs: Mapping[int, Paraf],
    back: Task | None,
    told: Mapping[int, str],
) -> Lapse | None:
    if task.pk in signed:
        return _of_signature(signed[task.pk], back, told)
    paraf = parafs.get(task.pk)
    if paraf is None:
        return None
    kind = _("Paraf ini tidak berlaku lagi")
    # Put again after the return, it counts. On a form it counts until the form itself is opened again.
    if back is not None and paraf.at < back.opened_at and _undone(paraf, back, task):
        return Lapse(kind, back.opened_at, told.get(back.pk, ""), back.return_reason)
    return Lapse(kind, paraf.voided_at, "", paraf.void_reason) if paraf.voided_at else None


def _undone(paraf: Paraf, back: Task, task: Task) -> bool:
    return back.opened_at <= paraf.voided_at if paraf.voided_at else task.work == "initial"


def _of_signature(signature: Signature, back: Task | None, told: Mapping[int, str]) -> Lapse:
    assert signature.revoked_at is not None, "only a revoked signature lapsed"
    kind = _("Tanda tangan ini tidak berlaku lagi")
    if back is not None and back.opened_at <= signature.revoked_at:
        return Lapse(kind, signature.revoked_at, told.get(back.pk, ""), signature.revoke_reason)
    return Lapse(kind, signature.revoked_at, _replaced_by(signature.document), signature.revoke_reason)


def _replaced_by(document: Document) -> str:
    new: Document | None = getattr(document, "superseded_by", None)
    if new is None or document.state != DocumentState.SUPERSEDED:
        return ""
    who = person_in_words(new.made_title, new.made_by.full_name)
    return _("Digantikan versi %(no)s oleh %(who)s, %(at)s.") % {
        "no": new.no,
        "who": who,
        "at": at_in_words(new.made_at),
    }
