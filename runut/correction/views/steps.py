"""Ordering, planning, examining: one page each, for whoever has the task and for who reads along."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.collection.queries.yearly import report_early, report_taken
from runut.correction import actions, queries
from runut.correction.forms import NotesForm, OrderForm, PlanForm
from runut.correction.models import Correction
from runut.correction.rules import needs_team, next_lanes, repair_each
from runut.lib.acts import ActInput, read_act
from runut.lib.dates import clock
from runut.lib.errors import Refused, Stale
from runut.organisation.queries import calendar_of
from runut.organisation.requests import OfficeRequest
from runut.sop import permissions as sop
from runut.sop.actions import Result
from runut.sop.actions.act import check_open
from runut.sop.actions.particulars import give_back
from runut.sop.models import RunState, Task
from runut.sop.queries import (
    WorkPage,
    act_in_words,
    goes_back,
    next_in_words,
    task_for_page,
    with_refusal,
    with_words,
    work_page,
)
from runut.sop.rules.flow import leads_to

DAYS_TO_REPAIR = 3


def find_task(request: OfficeRequest, task_id: int, work: str) -> Task:
    """The task of this kind, if this person may see it; 404 otherwise. Whoever posts must be entitled to it."""
    try:
        found = task_for_page(task_id, request.actor)
    except Task.DoesNotExist as missing:
        raise Http404 from missing
    if found.work != work:
        raise Http404
    if request.method == "POST":
        sop.check_can_act(request.actor, found)
    return found


def refused(form: Form, page: WorkPage, act: ActInput, refusal: Refused) -> WorkPage:
    """The page once more, with the sentence at the field it is about, or at the head of the form."""
    # While the procedure is held the page has no form to say it in: what was typed is shown with the refusal.
    if isinstance(refusal, Stale) or refusal.code == "move" or page.run.state == RunState.HELD:
        raise refusal
    if refusal.code in ("reason", "late"):
        return with_refusal(page, act, refusal)
    field = refusal.code if refusal.code in form.fields else None
    form.add_error(field, ValidationError(refusal.sentence, code=refusal.code or "invalid"))
    return with_words(page, act)


def not_yet(page: WorkPage, act: ActInput) -> WorkPage:
    """The page once more with the words that were typed. Where somebody else was first, that is said instead."""
    check_open(page.task, page.run)
    return with_words(page, act)


def onward(request: OfficeRequest, words: str, result: Result) -> HttpResponse:
    """Say what was done and what comes next, and go back to one's tasks."""
    messages.success(request, f"{words} {next_in_words(result)}")
    return redirect("sop:inbox")


def given_back(request: OfficeRequest, page: WorkPage, act: ActInput) -> HttpResponse:
    """Send the step back as it is: what going on would need is not asked for, and not written."""
    return led_back(request, give_back(work=page.task.work, task_id=page.task.pk, by=request.actor, act=act))


def led_back(request: OfficeRequest, result: Result) -> HttpResponse:
    """Say to whom the step went back."""
    messages.success(request, act_in_words(result))
    return redirect("sop:inbox")


@require_http_methods(["GET", "POST"])
def instruct(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Write the order: letter, team, and for a correction which figures."""
    task = find_task(request, task_id, "instruct")
    page, case, status = work_page(task, request.actor), queries.correction_of(task.run), 200
    form = _order_form(request, page, case)
    if request.method == "POST":
        act, status = read_act(request.POST), 422
        try:
            if goes_back(page, act):
                return given_back(request, page, act)
            if form.is_valid():
                result = actions.give_order(
                    task_id=task.pk, by=request.actor, order=form.order(), drop=form.drop, key=act.key,
                    stage=form.chosen_stage(), outcome=act.outcome, late_reason=act.late_reason,
                )  # fmt: skip
                return onward(request, _("Perintah sudah dikirim."), result)
            page = not_yet(page, act)
        except Refused as refusal:
            page = refused(form, page, act, refusal)
    return render(request, "correction/instruct.html", _order_page(request, page, form, case), status=status)


def _order_form(request: OfficeRequest, page: WorkPage, case: Correction | None) -> OrderForm:
    today = calendar_of(page.run.office).local_day(timezone.now())
    seats = queries.structure(page.run.office, today) if page.may_act else []
    seats = [seat for seat in seats if seat.pegawai.pk != request.actor.pegawai_id]
    still_open = case if case and case.closed_at is None else None
    before = queries.order_before(page.task) if page.may_act else None
    return OrderForm(
        request.POST or None, seats=seats, today=today, subject=page.run.title, case=still_open, before=before
    )


def _order_page(request: OfficeRequest, page: WorkPage, form: OrderForm, case: Correction | None) -> dict[str, object]:
    rows = queries.items_of(case, None if page.may_act else request.actor) if case else []
    orders = queries.orders_of(page.run)
    return {
        "page": page,
        "form": form,
        "case": case,
        "rows": rows,
        "drop": form.drop,
        "needs_team": needs_team(page.definition, page.step),
        "addressed_to": next_lanes(page.definition, page.step),
        "order": next((o for o in orders if o.task_id == page.task.pk), None),
        "former": [o for o in orders if page.may_act and o.task.step == page.step.id],
    }


@require_http_methods(["GET", "POST"])
def plan(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Say for each figure who repairs it, until when, with what evidence."""
    task = find_task(request, task_id, "plan")
    page, case, status = work_page(task, request.actor), queries.correction_of(task.run), 200
    if case is None:
        raise Refused(_("SOP ini berjalan tanpa angka yang diperbaiki. Buka perbaikan dari halaman Perbaikan."))
    form = _plan_form(request, page, case)
    if request.method == "POST":
        act, status = read_act(request.POST), 422
        try:
            if goes_back(page, act):
                return given_back(request, page, act)
            if form.is_valid():
                result = actions.set_plan(
                    task_id=task.pk, by=request.actor, entries=form.entries(), key=act.key, outcome=act.outcome,
                    late_reason=act.late_reason,
                )  # fmt: skip
                return onward(request, _("Rencana perbaikan sudah ditetapkan."), result)
            page = not_yet(page, act)
        except Refused as refusal:
            page = refused(form, page, act, refusal)
    return render(request, "correction/plan.html", {"page": page, "form": form, "case": case}, status=status)


def _plan_form(request: OfficeRequest, page: WorkPage, case: Correction) -> PlanForm:
    calendar, now = calendar_of(page.run.office), timezone.now()
    rows = queries.items_of(case, None if page.may_act else request.actor)
    each, today = repair_each(page.definition), calendar.local_day(now)
    candidates = queries.candidates_of([row.figure for row in rows], each, today)
    due = calendar.local_day(calendar.due(now, DAYS_TO_REPAIR, "hari"))
    return PlanForm(request.POST or None, rows=rows, candidates=candidates, due=due)


@require_http_methods(["GET", "POST"])
def analyse(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Examine figure by figure; keep what was written, or end the examination."""
    task = find_task(request, task_id, "analyse")
    page, status, search = work_page(task, request.actor), 200, request.GET.get("q", "")[:100]
    seen_by = None if page.may_act else request.actor
    rows, listed = queries.figures_for_analysis(
        task.run, actor=seen_by, page=request.GET.get("halaman", 1), search=search
    )
    form, problem = NotesForm(rows, request.POST or None), ""
    if request.method == "POST":
        act, status = read_act(request.POST), 422
        if act.outcome == "save" and "application/json" in request.headers.get("Accept", ""):
            return _save_by_itself(request, task, form)
        try:
            return _examine(request, page, form, act)
        except Refused as refusal:
            page, problem = _beside(form, page, act, refusal)
    page, of_report = _to_report(page, form)
    context = {"page": page, "rows": form.rows, "listed": listed, "problem": problem, **of_report}
    context |= {"case": queries.correction_of(task.run)}
    context |= {"search": request.POST.get("q", search), "query": urlencode({"q": search}) if search else ""}
    return render(request, "correction/analyse.html", context, status=status)


def _to_report(page: WorkPage, form: NotesForm) -> tuple[WorkPage, dict[str, object]]:
    """Without the way to the year's report where another run has it, and last of all where it would begin too early;
    with what is said of that."""
    drafting = tuple(each for each in page.outcomes if not each.back and leads_to(page.definition, each, "draft"))
    if not drafting or not page.may_act:
        return page, {}
    others = tuple(each for each in page.outcomes if each not in drafting)
    if taken := report_taken(page.run):
        return replace(page, outcomes=others), {"taken": taken}
    if (early := report_early(page.run)) is None:
        return page, {}
    form.early.initial = {"early_reason": early.reason}
    return replace(page, outcomes=(*others, *drafting)), {"early": early, "early_reason": form.early["early_reason"]}


def _examine(request: OfficeRequest, page: WorkPage, form: NotesForm, act: ActInput) -> HttpResponse:
    task = page.task
    if act.outcome == "search":
        actions.save_notes(task_id=task.pk, by=request.actor, notes=form.notes)
        words = request.POST.get("q", "").strip()[:100]
        return redirect(f"{request.path}?{urlencode({'q': words})}" if words else request.path)
    if act.outcome == "save":
        actions.save_notes(task_id=task.pk, by=request.actor, notes=form.notes)
        messages.success(request, _("Analisis tersimpan."))
        return redirect(request.get_full_path())
    result = actions.analyse(
        task_id=task.pk, by=request.actor, notes=form.notes, key=act.key, outcome=act.outcome,
        drop_unflagged="drop" in request.POST, early_reason=form.early.reason, **act.words,
    )  # fmt: skip
    return led_back(request, result) if goes_back(page, act) else onward(request, _("Analisis selesai."), result)


def _save_by_itself(request: OfficeRequest, task: Task, form: NotesForm) -> HttpResponse:
    """Keep what is there while somebody still writes, and say when; a mark waits until it is written what is wrong."""
    notes = form.notes
    unfinished = {pk: replace(note, flagged=False) for pk, note in notes.items() if note.flagged and not note.what}
    actions.save_notes(task_id=task.pk, by=request.actor, notes=notes | unfinished)
    at = clock(timezone.now(), calendar_of(task.run.office).zone, "en" if get_language() == "en" else "id")
    words = _("Analisis tersimpan pukul %(at)s.") % {"at": at}
    if unfinished:
        words = _("%(saved)s Tanda keliru ikut tersimpan setelah ditulis apa yang keliru.") % {"saved": words}
    return JsonResponse({"words": words})


def _beside(form: NotesForm, page: WorkPage, act: ActInput, refusal: Refused) -> tuple[WorkPage, str]:
    if isinstance(refusal, Stale):
        raise refusal
    if refusal.code in ("reason", "late"):
        return with_refusal(page, act, refusal), ""
    if refusal.code == "early":
        form.early.add_error("early_reason", _("Tulis alasannya, atau akhiri di sini."))
    if refusal.code.startswith("what-"):
        form.errors[int(refusal.code.removeprefix("what-"))] = refusal.sentence
    return with_words(page, act), refusal.sentence
