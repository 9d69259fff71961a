"""One task: the way to its page, reading it, doing the kinds that are ours, reminding, handing over."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.lib.acts import ActInput, read_act
from runut.lib.errors import Refused
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest
from runut.sop import actions, permissions
from runut.sop.actions import particulars
from runut.sop.actions.act import Result
from runut.sop.forms import CoordinateForm, DoForm, HandOverForm, WorkForm
from runut.sop.models import Task, TaskFile, TaskState
from runut.sop.queries import WorkPage, act_in_words, definition_of, task_for_page, with_refusal, with_words, work_page
from runut.sop.queries.handed_on import files_of
from runut.sop.queries.onward import people_onward, people_to_name
from runut.sop.queries.privacy import may_read_words
from runut.sop.queries.rounds import recorded_before
from runut.sop.queries.runs import awaited
from runut.sop.queries.tasks import reminder, told
from runut.sop.rules.kinds import KINDS


def find_task(request: OfficeRequest, task_id: int) -> Task:
    """The task, if this person may see it; 404 otherwise."""
    try:
        return task_for_page(task_id, request.actor)
    except Task.DoesNotExist as missing:
        raise Http404 from missing


@require_safe
def task(request: OfficeRequest, task_id: int) -> HttpResponse:
    """On to the page of its kind for whoever may do it; for others, what it is and whose."""
    page = work_page(find_task(request, task_id), request.actor)
    if page.may_act:
        return redirect(KINDS[page.task.work].url_name, task_id)
    context: dict[str, object] = {"page": page, "awaited": awaited(page.run, request.actor)}
    if may_read_words(page.task, request.actor):
        papers = page.task.files.select_related("uploaded_by").order_by("pk")
        context |= {"told": told(page.task), "files": files_of(papers)}
    return render(request, "sop/task.html", context)


@require_http_methods(["GET", "POST"])
def do(request: OfficeRequest, task_id: int) -> HttpResponse:
    found = _of_kind(request, task_id, "do")
    form = DoForm(
        request.POST or None,
        request.FILES or None,
        recorded=recorded_before(found),
        returning=_returning(request, found),
    )
    return _carry_out(request, found, form, particulars.do)


@require_http_methods(["GET", "POST"])
def coordinate(request: OfficeRequest, task_id: int) -> HttpResponse:
    found = _of_kind(request, task_id, "coordinate")
    today = local_day(found.run.office, timezone.now())
    named = people_onward(found, today)
    people = people_to_name(found.run.office, request.actor, named, today)
    form = CoordinateForm(
        request.POST or None, request.FILES or None, people=people, named=named, recorded=recorded_before(found),
        returning=_returning(request, found),
    )  # fmt: skip
    return _carry_out(request, found, form, particulars.coordinate)


def _of_kind(request: OfficeRequest, task_id: int, work: str) -> Task:
    found = find_task(request, task_id)
    if found.work != work:
        raise Http404
    return found


def _returning(request: OfficeRequest, found: Task) -> bool:
    """Whether the button that was pressed sends the step back."""
    outcome = definition_of(found.run.version).step(found.step).outcome(read_act(request.POST).outcome)
    return outcome is not None and outcome.back


def _carry_out(request: OfficeRequest, found: Task, form: WorkForm, action: Callable[..., Result]) -> HttpResponse:
    """Show the page; or do the step, and show the page once more with what is wrong with the form."""
    page, template = work_page(found, request.actor), f"sop/{found.work}.html"
    if request.method == "GET":
        return render(request, template, {"page": page, "form": form}) if page.may_act else redirect(found)
    act = read_act(request.POST)
    if form.is_valid():
        try:
            result = action(task_id=found.pk, by=request.actor, act=act, **form.particulars())
        except Refused as refusal:
            page = _refused(page, form, act, refusal)
        else:
            messages.success(request, act_in_words(result))
            return redirect("sop:inbox")
    else:
        permissions.check_can_act(request.actor, found)
        page = with_words(page, act)
    return render(request, template, {"page": page, "form": form}, status=422)


def _refused(page: WorkPage, form: WorkForm, act: ActInput, refusal: Refused) -> WorkPage:
    """The refusal beside the field that it is about; others become a page of their own."""
    if refusal.code in form.fields:
        form.add_error(refusal.code, refusal.sentence)
        return with_words(page, act)
    return with_refusal(page, act, refusal)


@require_safe
def task_file(request: OfficeRequest, task_id: int, file_id: int) -> FileResponse:
    """A file attached to a task, handed out as a download to those who may see the task."""
    found = find_task(request, task_id)
    if not may_read_words(found, request.actor):
        raise Http404
    file = get_object_or_404(TaskFile, pk=file_id, task=found)
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type)


@require_safe
def remind(request: OfficeRequest, task_id: int) -> HttpResponse:
    """A text to send by hand: we send nothing ourselves."""
    found = find_task(request, task_id)
    if found.state != TaskState.OPEN:
        raise Refused(_("Langkah ini sudah tidak terbuka, jadi tidak perlu diingatkan."))
    address = request.build_absolute_uri(found.get_absolute_url())
    return render(request, "sop/remind.html", {"task": found, "reminder": reminder(found, address)})


@require_http_methods(["GET", "POST"])
def hand_over(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Give an open task to another position or person of the office."""
    found = find_task(request, task_id)
    permissions.check_can_lead(request.actor, found.run)
    form = HandOverForm(request.POST or None, task=found)
    if request.method == "POST" and form.is_valid():
        receiver = form.receiver()
        actions.hand_over(task=found, by=request.actor, to=receiver, reason=form.cleaned_data["reason"])
        messages.success(request, _("Sekarang %(who)s yang mengerjakan tugas ini.") % {"who": receiver})
        return redirect(found.run)
    status = 422 if form.is_bound else 200
    return render(request, "sop/hand_over.html", {"task": found, "form": form}, status=status)
