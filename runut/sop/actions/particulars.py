"""The two kinds of work that belong to no other room, doing something and passing something on; and a plain return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from runut.lib.acts import ActInput
from runut.lib.errors import Refused
from runut.lib.photos import without_metadata
from runut.lib.uploads import check_upload, file_digest
from runut.organisation.models import Pegawai
from runut.organisation.permissions import Actor
from runut.sop.actions.act import Act, Result, begin, complete
from runut.sop.models import TaskFile
from runut.sop.queries.onward import people_onward

NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was sent, checked to be what its name says; a photo without its metadata."""

    name: str
    content: bytes
    kind: str
    mime: str
    digest: str


def read_attachment(file: File[bytes]) -> Attachment:
    """The sent file; Refused (code "upload") when it is empty, too large, or of another kind."""
    name = (file.name or "").replace("\\", "/").rpartition("/")[2][-NAME_LENGTH:]
    size = file.size or 0
    kind = check_upload(name, file.read(), size)
    file.seek(0)
    content = without_metadata(file.read(), kind.mime)
    return Attachment(name, content, kind.endings[0], kind.mime, file_digest(BytesIO(content)))


@transaction.atomic
def do(*, task_id: int, by: Actor, act: ActInput, note: str, files: Sequence[Attachment] = ()) -> Result:
    """Do a step that the product has no page of its own for: what was done in words, with its papers."""
    step = _begin("do", task_id, by, act)
    if step.result is not None:
        return step.result
    if not step.outcome.back and not note.strip():
        raise Refused(_("Tulis apa yang sudah dikerjakan, supaya pelaksana berikutnya tahu."), code="note")
    form = {"note": note, "files": _listed(files)}
    result = complete(step, chosen=act.chosen, form=form, reason=step.why_back(act.reason), late_reason=act.late_reason)
    _keep(step, files)
    return result


@transaction.atomic
def coordinate(
    *,
    task_id: int,
    by: Actor,
    act: ActInput,
    to: Sequence[Pegawai],
    way: str,
    note: str,
    answer: str,
    files: Sequence[Attachment] = (),
) -> Result:
    """Pass something on by mouth or letter: to whom, how, what was said, and that it arrived.

    The latter is not asked for where it goes only to those whose turn comes next: they get the task.
    """
    step = _begin("coordinate", task_id, by, act)
    if step.result is not None:
        return step.result
    if not step.outcome.back:
        _check_passed_on(step, to, note, answer)
    form = {
        "to": [{"id": person.pk, "name": person.full_name} for person in to],
        "way": way,
        "note": note,
        "answer": answer,
        "files": _listed(files),
    }
    result = complete(step, chosen=act.chosen, form=form, reason=step.why_back(act.reason), late_reason=act.late_reason)
    _keep(step, files)
    return result


@transaction.atomic
def give_back(*, work: str, task_id: int, by: Actor, act: ActInput) -> Result:
    """Send a step back with its reason: the step that it came from is open again, and nothing of this one is done.

    For kinds of work whose return opens no form again; soundness holds the others to a return of their own.
    """
    step = _begin(work, task_id, by, act)
    if step.result is not None:
        return step.result
    assert step.outcome.back, "only a return is given back"
    return complete(step, chosen=act.chosen, reason=act.reason, late_reason=act.late_reason)


def _begin(work: str, task_id: int, by: Actor, act: ActInput) -> Act:
    """The step, which must be of this kind: a signature is not given by saying that it was."""
    return begin(task_id=task_id, by=by, outcome=act.outcome, key=act.key, work=work)


def _check_passed_on(act: Act, to: Sequence[Pegawai], note: str, answer: str) -> None:
    if not to:
        raise Refused(_("Pilih sedikitnya satu orang yang Anda hubungi."), code="to")
    if any(person.instansi_id != act.run.instansi_id or person.pk == act.actor.pegawai_id for person in to):
        raise Refused(_("Pilih orang lain dari pemerintah daerah ini; Anda sendiri tidak perlu dihubungi."), code="to")
    if not note.strip():
        raise Refused(_("Tulis apa yang Anda sampaikan."), code="note")
    onward = set() if answer.strip() else set(people_onward(act.task, act.calendar.local_day(act.now)))
    if not answer.strip() and any(person.pk not in onward for person in to):
        raise Refused(_("Tulis tanggapan atau tanda terima dari yang dihubungi."), code="answer")


def _listed(files: Sequence[Attachment]) -> list[dict[str, object]]:
    return [{"name": file.name, "size": len(file.content), "sha256": file.digest} for file in files]


def _keep(act: Act, files: Sequence[Attachment]) -> None:
    """Store the files last: what is refused before leaves nothing on the disk."""
    for file in files:
        TaskFile.objects.create(
            instansi_id=act.run.instansi_id,
            task=act.task,
            name=file.name,
            file=ContentFile(file.content, name=f"{file.digest[:16]}.{file.kind}"),
            content_type=file.mime,
            size=len(file.content),
            sha256=file.digest,
            uploaded_at=act.now,
            uploaded_by=act.actor.pegawai,
        )
