"""A meeting: its record while it is to be held, its minutes afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.correction import actions, permissions, queries
from runut.correction.actions import Choice, MeetingInput
from runut.correction.forms import MeetingForm
from runut.correction.models import Correction, MeetingDraft
from runut.correction.rules import deferring_button, minutes_code
from runut.correction.views.steps import find_task, not_yet, onward, refused
from runut.lib.acts import ActInput, read_act
from runut.lib.dates import clock
from runut.lib.errors import Refused
from runut.organisation.queries import calendar_of, letterhead_at
from runut.organisation.requests import OfficeRequest
from runut.sop.actions import Result
from runut.sop.models import Run, Task
from runut.sop.queries import WorkPage, act_in_words, with_owed_words, work_page


@require_safe
def meeting(request: OfficeRequest, case_id: int) -> HttpResponse:
    """The case's meeting: the open one, the person's own seat of it first; else its minutes."""
    case = get_object_or_404(Correction.objects.visible_to(request.actor), pk=case_id)
    tasks = Task.objects.visible_to(request.actor).filter(run=case.run_id, work="meet", state="open").order_by("slot")
    mine = tasks & Task.objects.addressed_to(request.actor)
    found = mine.first() or tasks.first()
    if found is None:
        return redirect("correction:minutes", case.pk)
    task = find_task(request, found.pk, "meet")
    page = work_page(task, request.actor)
    return _page(request, page, case, _form(request, page, case))


@require_http_methods(["GET", "POST"])
def meet(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Record a meeting. A case's meeting is shown under the case's own address."""
    task = find_task(request, task_id, "meet")
    case = queries.correction_of(task.run)
    if request.method == "GET" and case is not None and task.state == "open":
        return redirect("correction:meeting", case.pk)
    page, status = work_page(task, request.actor), 200
    if request.method == "GET" and task.state != "open":
        return redirect("correction:task_minutes", task.pk)
    form = _form(request, page, case)
    if request.method == "POST":
        act, status = read_act(request.POST), 422
        if act.outcome == "save":
            return _save(request, task, form, act)
        try:
            if form.is_valid():
                result = _hold(request, task, act, form.meeting(), form.choices())
                return onward(request, _("Hasil rapat sudah dicatat."), result)
            if _goes_back_whole(page, act):
                return _give_back(request, task, form, act)
            page = with_owed_words(not_yet(page, act), act)
        except Refused as refusal:
            page = refused(form, page, act, refusal)
    return _page(request, page, case, form, status)


def _hold(
    request: OfficeRequest, task: Task, act: ActInput, meeting: MeetingInput | None,
    choices: Mapping[int, Choice] | None = None,
) -> Result:  # fmt: skip
    return actions.hold_meeting(
        task_id=task.pk, by=request.actor, meeting=meeting, choices=choices, key=act.key, outcome=act.outcome,
        **act.words,
    )  # fmt: skip


def _goes_back_whole(page: WorkPage, act: ActInput) -> bool:
    """Whether all of it is sent back, for which no meeting need have been held."""
    outcome = page.step.outcome(act.outcome)
    return outcome is not None and outcome.back and outcome.items != "chosen"


def _give_back(request: OfficeRequest, task: Task, form: MeetingForm, act: ActInput) -> HttpResponse:
    """Send the whole back without a meeting; what was typed waits for the one that resumes."""
    if task.state == "open":
        actions.save_minutes(task_id=task.pk, by=request.actor, typed=_typed(request, form))
    messages.success(request, act_in_words(_hold(request, task, act, None)))
    return redirect("sop:inbox")


def _typed(request: OfficeRequest, form: MeetingForm) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name) for name in form.fields}


def _save(request: OfficeRequest, task: Task, form: MeetingForm, act: ActInput) -> HttpResponse:
    """Keep the minutes as far as they are; the page that saves by itself gets the words alone."""
    typed = _typed(request, form) | {name: request.POST.getlist(name) for name in act.words}
    draft = actions.save_minutes(task_id=task.pk, by=request.actor, typed=typed)
    at = clock(draft.saved_at, calendar_of(task.run.office).zone, "en" if get_language() == "en" else "id")
    words = _("Konsep notula tersimpan pukul %(at)s.") % {"at": at}
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"words": words})
    messages.success(request, words)
    return redirect("correction:meet", task.pk)


def _kept(task: Task) -> Mapping[str, list[str]]:
    """What was typed into this meeting's page and saved before."""
    draft = MeetingDraft.objects.filter(task=task).first()
    return draft.typed if draft else {}


def _form(request: OfficeRequest, page: WorkPage, case: Correction | None) -> MeetingForm:
    now = timezone.now().astimezone(ZoneInfo(page.zone))
    today = calendar_of(page.run.office).local_day(now)
    people = queries.invited(page.run, today)
    known = {each.pegawai.pk for each in people}
    is_open = case is not None and case.closed_at is None
    return MeetingForm(
        request.POST or None,
        people=people,
        others=[seat for seat in queries.structure(page.run.office, today) if seat.pegawai.pk not in known],
        rows=queries.items_of(case, None if page.may_act else request.actor) if case else [],
        now=now,
        recorder=request.actor.pegawai_id,
        kept=_kept(page.task) if page.may_act else {},
        outcome=page.step.outcome(request.POST.get("act", "")) if is_open else None,
        button=deferring_button(page.step.outcomes),
        judged=queries.judged_of(page.run) if case and page.may_act else {},
    )


def _page(
    request: OfficeRequest, page: WorkPage, case: Correction | None, form: MeetingForm, status: int = 200
) -> HttpResponse:
    own = [row for row in form.decisions if row.own]
    if request.method == "GET" and page.may_act:
        kept = _kept(page.task)
        reason, late = ("".join(kept.get(name, ())) for name in ("reason", "late_reason"))
        page = replace(page, reason=reason, late_reason=late)
    before = page.definition.steps[: page.definition.index(page.step.id)]
    context = {
        "page": page, "case": case, "form": form, "earlier": queries.meetings_of(page.run), "own": own,
        "on_draft": any(step.work == "draft" for step in before),
    }  # fmt: skip
    return render(request, "correction/meeting.html", context, status=status)


@require_safe
def minutes(request: OfficeRequest, case_id: int) -> HttpResponse:
    """The minutes of the case's latest meeting, to print; `?rapat=` an earlier one."""
    rows = Correction.objects.visible_to(request.actor).select_related("run__office__instansi", "source")
    case = get_object_or_404(rows, pk=case_id)
    return _minutes(request, case.run, case, request.GET.get("rapat", ""))


@require_safe
def task_minutes(request: OfficeRequest, task_id: int) -> HttpResponse:
    """The minutes of the meeting that this task recorded."""
    task = find_task(request, task_id, "meet")
    case = queries.correction_of(task.run)
    record = next((r for r in queries.meetings_of(task.run) if r.meeting.task_id == task.pk), None)
    return _minutes(request, task.run, case, str(record.meeting.pk) if record else "")


def _minutes(request: OfficeRequest, run: Run, case: Correction | None, wanted: str) -> HttpResponse:
    found = queries.meetings_of(run)
    matching = [r for r in found if str(r.meeting.pk) == wanted] if wanted else found
    record = matching[-1] if matching else None
    if wanted and record is None:
        raise Http404
    seen = queries.visible_figures(request.actor, record)
    code = minutes_code(found.index(record) + 1, case.code if case else "") if record else ""
    context: dict[str, object] = {"run": run, "office": run.office, "case": case, "record": record, "all": found}
    context["letterhead"] = letterhead_at(run.office, record.meeting.task.done_at) if record else {}
    context |= {"seen": seen, "code": code, "sees_nip": permissions.sees_nip(request.actor, run)}
    return render(request, "correction/minutes.html", context)
