"""Gathering: who has handed in, who has not and why the work goes on, and the first version of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from runut.collection.actions import mark_values, move_sheets
from runut.collection.models import MarkKind, SheetState, Value
from runut.collection.rules.acts import VERIFY, act_of, judges_by_compiling
from runut.documents.actions.finish import finish, stored
from runut.documents.actions.versions import check_shown, keep
from runut.documents.permissions import check_can_judge
from runut.documents.queries import gathered_content
from runut.documents.rules.content import Content
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin
from runut.sop.models import Task, TaskState


@dataclass(frozen=True, slots=True)
class Adequacy:
    """The judgement of one repaired figure: is the cause gone, can it be followed up, and why."""

    cause_gone: bool
    can_follow_up: bool
    note: str = ""

    @property
    def suffices(self) -> bool:
        return self.cause_gone and self.can_follow_up

    def as_form(self) -> dict[str, object]:
        return {"cause_gone": self.cause_gone, "can_follow_up": self.can_follow_up, "note": self.note}


@transaction.atomic
def compile_data(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    missing_reason: str = "",
    adequacy: Mapping[int, Adequacy] | None = None,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Gather what was handed in as a version of the run's document.

    missing_reason: why the work goes on without some members. adequacy: figure id -> judgement; every
    figure of a correction needs one.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="compile")
    if act.replayed:
        return stored(act)
    content = gathered_content(act.run)
    check_shown(content, data_hash, act)
    _check_gathered(content, missing_reason)
    judged = adequacy or {}
    if content["kind"] == "correction":
        check_can_judge(act.actor, act.run)
        _check_adequacy(act, content, judged)
    if judges_by_compiling(act.definition, act.step):
        _judge(act, content)
    document = keep(act.run, content, by=act.actor, at=act.now, reason=_why_again(act))
    form = {
        "document": document.pk,
        "missing": content["missing"],
        "missing_reason": missing_reason.strip(),
        "adequacy": answers_as_form(content, judged),
    }
    return finish(act, form=form, late_reason=late_reason, data_hash=document.data_hash)


def answers_as_form(content: Content, judged: Mapping[int, Adequacy]) -> dict[str, dict[str, object]]:
    """The judgements as they are stored, each with the version it was given to: of another one it says nothing."""
    values = {int(row["figure"]): row["value"] for row in content["rows"]}
    return {str(figure): answer.as_form() | {"value": values.get(figure)} for figure, answer in judged.items()}


def _check_gathered(content: Content, missing_reason: str) -> None:
    if not content["rows"]:
        raise Refused(_("Belum ada data yang diajukan, jadi belum ada yang dapat dihimpun."))
    if content["missing"] and not missing_reason.strip():
        raise Refused(
            _("Data dari %(who)s belum ada. Tulis mengapa pekerjaan dilanjutkan tanpa data itu.")
            % {"who": ", ".join(content["missing"])},
            code="missing",
        )


def _check_adequacy(act: Act, content: Content, judged: Mapping[int, Adequacy]) -> None:
    unjudged = [row for row in content["rows"] if row["figure"] not in judged]
    if unjudged:
        raise Refused(
            _("Nilai dulu setiap angka: apakah penyebabnya hilang dan dapat ditindaklanjuti. Belum: %(what)s.")
            % {"what": _named(unjudged)},
            code="adequacy",
        )
    poor = [row for row in content["rows"] if not judged[int(row["figure"])].suffices]
    if not poor:
        return
    names = _named(poor)
    if any(outcome.back for outcome in act.step.outcomes):
        raise Refused(
            _("Perbaikan ini belum memadai: %(what)s. Kembalikan kepada yang memperbaikinya.") % {"what": names},
            code="adequacy",
        )
    if any(not judged[int(row["figure"])].note.strip() for row in poor):
        raise Refused(
            _("Tulis catatan untuk perbaikan yang belum memadai: %(what)s.") % {"what": names}, code="adequacy"
        )


def _named(rows: Sequence[Mapping[str, str | int]]) -> str:
    """Each figure with whose it is: the same indicator may be several people's. A full stop follows."""
    return "; ".join(f"{row['indicator']}, {row['subject']}" for row in rows).removesuffix(".")


def _judge(act: Act, content: Content) -> None:
    values = Value.objects.filter(pk__in=[row["value"] for row in content["rows"]])
    judged = act_of(act.step)
    kind = MarkKind.VERIFIED if judged == VERIFY else MarkKind.VALIDATED
    mark_values(values=list(values), kind=kind, by=act.actor, basis=act.step.text)
    move_sheets(run=act.run, state=SheetState.VALIDATED, by=act.actor, judged=judged)


def _why_again(act: Act) -> str:
    """Why there is another version: the reason of the last return, if any."""
    returned = Task.objects.filter(run=act.run, state=TaskState.RETURNED, branch__isnull=True).order_by("-done_at")
    return returned.values_list("reason", flat=True).first() or ""
