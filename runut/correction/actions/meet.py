"""A meeting: who was there, what was said, and for each figure which value holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions import append_value, mark_values, reopen_all, reopen_sheets
from runut.collection.models import JUDGED, Mark, MarkKind, Value
from runut.collection.queries import current_values
from runut.correction.actions.closing import conclude
from runut.correction.actions.items import lock_held
from runut.correction.models import (
    Attendance,
    Correction,
    CorrectionItem,
    Decision,
    ItemDecision,
    Meeting,
    MeetingDraft,
    Resolution,
)
from runut.correction.queries import ItemRow, correction_of, items_of, titles_of
from runut.correction.rules import (
    Content,
    check_meeting_time,
    check_present,
    content_decided,
    decision_problem,
    deferral_problem,
    deferring_button,
)
from runut.lib.errors import Refused
from runut.organisation.models import Pegawai
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin
from runut.sop.actions.opening import member_pk


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided on one item, and on what basis. other: the value, for "other"."""

    decision: Decision
    basis: str = ""
    other: Content | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A resolution that is not about a figure."""

    text: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingInput:
    """A meeting as it was recorded. invited and present: ids of pegawai."""

    held_at: datetime
    place: str
    leader: int
    minutes: str
    invited: Sequence[int]
    present: Sequence[int]
    points: Sequence[Point] = ()


@transaction.atomic
def save_minutes(*, task_id: int, by: Actor, typed: Mapping[str, Sequence[str]]) -> MeetingDraft:
    """Keep what was typed so far (field -> values) as it is, right or wrong. No log entry: nothing was recorded."""
    act = begin(task_id=task_id, by=by, work="meet")
    draft, _new = MeetingDraft.objects.update_or_create(
        task=act.task,
        defaults={
            "instansi_id": act.run.instansi_id,
            "typed": {name: list(values) for name, values in typed.items()},
            "saved_at": act.now,
            "saved_by": act.actor.pegawai,
        },
    )
    return draft


@transaction.atomic
def hold_meeting(
    *,
    task_id: int,
    by: Actor,
    meeting: MeetingInput | None,
    choices: Mapping[int, Choice] | None = None,
    key: str = "",
    outcome: str = "complete",
    reason: str = "",
    late_reason: str = "",
) -> Result:
    """Record a meeting and carry out what it decided (item id -> choice).

    Going on needs a decision on each item; the value decided becomes the figure's current one. A return sends
    the deferred items back to whoever repaired them; what was decided on the others is carried out at once,
    and the meeting that resumes finds it on its page. A return of the whole may do without a meeting: None.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="meet")
    if act.replayed:
        assert act.result is not None
        return act.result
    if meeting is None:
        return _give_back(act, reason, late_reason)
    row = _write(act, meeting)
    case = correction_of(act.run)
    choices, members = choices or {}, []
    if case is not None and case.closed_at is None:
        lock_held(case)
        rows = items_of(case)
        if act.outcome.back:
            members = _put_off(act, row, case, rows, choices, reason)
        else:
            _decide(act, row, case, rows, choices)
    MeetingDraft.objects.filter(task__run=act.run, task__step=act.step.id).delete()
    form = {"meeting": row.pk, "decisions": {str(pk): choice.decision for pk, choice in choices.items()}}
    return conclude(act, chosen=members, form=form, reason=reason, late_reason=late_reason)


def _give_back(act: Act, reason: str, late_reason: str) -> Result:
    """Nothing was decided and nothing is written down; what was typed is kept for the meeting that resumes."""
    assert act.outcome.back, "what goes on is decided in a meeting"
    if act.outcome.items == "chosen":
        raise Refused(_("Pilih putusan tunda pada angka yang dikembalikan, lalu tulis alasannya."), code="deferred")
    reopen_all(act, reason=reason)
    return conclude(act, reason=reason, late_reason=late_reason)


def _write(act: Act, meeting: MeetingInput) -> Meeting:
    check_meeting_time(meeting.held_at, act.now)
    check_present(set(meeting.present), meeting.leader)
    if not meeting.minutes.strip():
        raise Refused(_("Tulis notula rapat."), code="minutes")
    if not meeting.place.strip():
        raise Refused(_("Tulis tempat rapat."), code="place")
    row = Meeting.objects.create(
        instansi_id=act.run.instansi_id, task=act.task, run=act.run, held_at=meeting.held_at,
        place=meeting.place.strip(), leader_id=meeting.leader, minutes=meeting.minutes.strip(),
    )  # fmt: skip
    everybody = list(dict.fromkeys([*meeting.invited, *meeting.present]))
    known = set(Pegawai.objects.filter(pk__in=everybody, instansi=act.run.instansi_id).values_list("pk", flat=True))
    if known != set(everybody):
        raise Refused(_("Ada peserta rapat yang tidak dikenal. Muat ulang halaman, lalu pilih lagi."), code="present")
    titles = titles_of(everybody, act.calendar.local_day(meeting.held_at))
    Attendance.objects.bulk_create(
        [
            Attendance(
                instansi_id=row.instansi_id, meeting=row, pegawai_id=pk, title=titles.get(pk, ""),
                present=pk in meeting.present,
            )
            for pk in everybody
        ]
    )  # fmt: skip
    Resolution.objects.bulk_create(
        [
            Resolution(
                instansi_id=row.instansi_id, meeting=row, no=no, text=point.text, owner=point.owner, due_on=point.due_on
            )
            for no, point in enumerate(meeting.points, start=1)
        ]
    )
    _log(act, row, meeting)
    return row


def _log(act: Act, row: Meeting, meeting: MeetingInput) -> None:
    record(
        "meeting.held",
        subject=act.run,
        by=act.actor,
        after={
            "meeting": row.pk,
            "held_at": row.held_at,
            "place": row.place,
            "leader": row.leader_id,
            "present": list(meeting.present),
            "absent": [pk for pk in meeting.invited if pk not in meeting.present],
            "minutes": row.minutes,
            "points": [[point.text, point.owner, point.due_on] for point in meeting.points],
        },
        at=act.now,
    )


def _decide(
    act: Act, meeting: Meeting, case: Correction, rows: Sequence[ItemRow], choices: Mapping[int, Choice]
) -> None:
    """Let each figure say what was decided on it."""
    _check_decided(act, rows, choices)
    decisions = _carry_out(act, meeting, rows, choices)
    _save_decisions(act, case, rows, decisions)


def _carry_out(
    act: Act, meeting: Meeting, rows: Sequence[ItemRow], choices: Mapping[int, Choice]
) -> list[ItemDecision]:
    """Give the figures the values that were decided; a deferred one keeps its own and waits."""
    current = current_values([row.figure for row in rows])
    decisions = []
    for row in rows:
        choice, item = choices[row.item.pk], row.item
        deferred = choice.decision == Decision.DEFERRED
        item.decided = None if deferred else _value_of(act, row, choice, current[row.figure.pk])
        item.decision, item.decision_basis = choice.decision, choice.basis.strip()
        decisions.append(_decision(meeting, row, choice, item.decided))
    _declare_final(act, [row.item.decided for row in rows if row.item.decided])
    return decisions


def _save_decisions(act: Act, case: Correction, rows: Sequence[ItemRow], decisions: Sequence[ItemDecision]) -> None:
    ItemDecision.objects.bulk_create(decisions)
    CorrectionItem.objects.bulk_update([row.item for row in rows], ["decision", "decision_basis", "decided"])
    record(
        "correction.decided",
        subject=case,
        by=act.actor,
        after={"items": [[d.item.figure_id, d.decision, d.value_id, d.basis] for d in decisions]},
        at=act.now,
    )


def _declare_final(act: Act, values: Sequence[Value]) -> None:
    """What the meeting decided is judged: these figures count as validated from here on."""
    known = set(Mark.objects.filter(value__in=values, kind__in=JUDGED).values_list("value", flat=True))
    fresh = [value for value in values if value.pk not in known]
    mark_values(values=fresh, kind=MarkKind.VALIDATED, by=act.actor, basis=act.step.text[:200])


def _check_decided(act: Act, rows: Sequence[ItemRow], choices: Mapping[int, Choice]) -> None:
    button = deferring_button(act.step.outcomes)
    for row in rows:
        choice = choices.get(row.item.pk)
        decision, basis = (choice.decision, choice.basis) if choice else ("", "")
        problem = decision_problem(decision, basis, button)
        if problem is not None:
            raise Refused(f"{row.label}: {problem[1]}", code=f"{problem[0]}-{row.item.pk}")


def _value_of(act: Act, row: ItemRow, choice: Choice, current: Value) -> Value:
    """The version that says what was decided: the current one, or a further one.

    A number that is taken after all keeps the cause and the reason of whoever handed it in.
    """
    proposed = content_of(row.proposed) if row.proposed else None
    wanted = content_decided(choice.decision, content_of(row.before), proposed, choice.other)
    if content_of(current) == wanted:
        return current
    taken = row.proposed if choice.decision == Decision.NEW else None
    like = taken or row.before
    basis = choice.basis.strip() or gettext_noop("Diputuskan dalam rapat.")
    return append_value(
        figure=row.figure, by=act.actor, amount=wanted.amount, text=wanted.text, measure=wanted.measure,
        parts=wanted.parts,
        note=like.note, cause=taken.cause if taken else row.cause or row.item.what,
        reason=taken.reason if taken else gettext_noop("Putusan rapat: %(basis)s") % {"basis": basis},
        evidence=None if choice.decision == Decision.OTHER else like.evidence,
    )  # fmt: skip


def _put_off(
    act: Act,
    meeting: Meeting,
    case: Correction,
    rows: Sequence[ItemRow],
    choices: Mapping[int, Choice],
    reason: str,
) -> list[int]:
    """Send the deferred items back for repair, and settle those that were decided; ids of the members that repair."""
    talked = [row for row in rows if row.item.pk in choices]
    if act.outcome.items != "chosen":
        reopen_all(act, reason=reason)
        ItemDecision.objects.bulk_create(_decision(meeting, row, choices[row.item.pk], None) for row in talked)
        return []
    problem = deferral_problem([choice.decision for choice in choices.values()])
    if problem:
        raise Refused(problem, code="deferred")
    deferred = [row for row in talked if choices[row.item.pk].decision == Decision.DEFERRED]
    _check_decided(act, [row for row in talked if row not in deferred], choices)
    _save_decisions(act, case, talked, _carry_out(act, meeting, talked, choices))
    members = list(dict.fromkeys(_member(row) for row in deferred))
    notes = {row.figure.pk: choices[row.item.pk].basis.strip() or reason for row in deferred}
    reopen_sheets(run=act.run, members=members, by=act.actor, reason=reason, notes=notes, only=list(notes))
    return [member_pk(member) for member in members]


def _member(row: ItemRow) -> str:
    assert row.item.line is not None, "an item is repaired on a line"
    return row.item.line.sheet.member


def _decision(meeting: Meeting, row: ItemRow, choice: Choice, value: Value | None) -> ItemDecision:
    return ItemDecision(
        instansi_id=meeting.instansi_id, meeting=meeting, item=row.item, decision=choice.decision,
        basis=choice.basis.strip(), proposed=row.proposed, value=value,
    )  # fmt: skip


def content_of(value: Value) -> Content:
    return Content(value.amount, value.text, str(value.measure), value.parts)
