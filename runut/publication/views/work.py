"""Publishing signed data, sending them back after signature, and taking a release back."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.documents.actions import send_back
from runut.documents.models import Document, DocumentState
from runut.documents.queries import content_of, main_document
from runut.lib.acts import ActInput, is_id, read_act
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.publication import actions
from runut.publication.forms import PublishForm, WithdrawForm
from runut.publication.models import Release
from runut.publication.permissions import check_can_withdraw
from runut.publication.queries import checklist, preview
from runut.publication.rules import are_of_people
from runut.sop import permissions
from runut.sop.actions import Result
from runut.sop.models import Task, TaskState
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


def _find(request: OfficeRequest, task_id: int) -> Task:
    try:
        task = task_for_page(task_id, request.actor)
    except Task.DoesNotExist as missing:
        raise Http404 from missing
    if task.work != "publish":
        raise Http404
    return task


@require_safe
def publish(request: OfficeRequest, task_id: int) -> HttpResponse:
    """On to the document that this task publishes."""
    document = main_document(_find(request, task_id).run)
    if document is None or document.state != DocumentState.SIGNED:
        raise Refused(_("Data ini belum ditandatangani, jadi belum dapat diterbitkan."))
    return redirect(f"{reverse('publication:publish_document', args=[document.pk])}?task={task_id}")


@require_http_methods(["GET", "POST"])
def publish_document(request: OfficeRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(
        Document.objects.visible_to(request.actor).select_related("supersedes", "office"), pk=document_id
    )
    page = work_page(_find(request, _task_of(request, document)), request.actor)
    if page.run.pk != document.run_id:
        raise Http404
    form = PublishForm(request.POST or None, content=content_of(document))
    if request.method == "POST":
        return _carry_out(request, page, form, document)
    if not page.may_act:
        return redirect(page.task)
    return _show(request, page, form, document)


def _task_of(request: OfficeRequest, document: Document) -> int:
    """The task named in the address, else the open one on this document."""
    named = request.GET.get("task", "")
    if is_id(named):
        return int(named)
    task = Task.objects.filter(run=document.run_id, work="publish", state=TaskState.OPEN).order_by("pk").first()
    if task is None:
        raise Http404
    return task.pk


def _carry_out(request: OfficeRequest, page: WorkPage, form: PublishForm, document: Document) -> HttpResponse:
    act = read_act(request.POST)
    back = goes_back(page, act)
    is_valid = form.is_valid()
    if not (back or is_valid):
        permissions.check_can_act(request.actor, page.task)
        return _show(request, with_words(page, act), form, document, status=422)
    try:
        result = _return(request, page, form, act) if back else _publish(request, page, form, act)
    except Refused as refusal:
        if back:
            form.errors.clear()  # what publishing would still need is nothing to who sends it back
        return _show(request, _refused(page, form, act, refusal), form, document, status=422)
    if not back:
        messages.success(request, _published(page, result))
        return redirect(page.run)
    messages.success(request, act_in_words(result))
    return redirect("sop:inbox")


def _published(page: WorkPage, result: Result) -> str:
    """What the officer is told on the board: that it is public, with a link to the page that everybody sees."""
    release = Release.objects.select_related("office").get(task=page.task)
    words = {"title": release.title, "next": next_in_words(result)}
    said = _("Terbit untuk publik: %(title)s. %(next)s") % words
    return format_html('{} <a href="{}">{}</a>', said.strip(), release.get_absolute_url(), _("Lihat halaman publiknya"))


def _publish(request: OfficeRequest, page: WorkPage, form: PublishForm, act: ActInput) -> Result:
    return actions.publish(
        task_id=page.task.pk,
        by=request.actor,
        data_hash=request.POST.get("data_hash", ""),
        information_class=form.cleaned_data["information_class"],
        outcome=act.outcome,
        key=act.key,
        late_reason=act.late_reason,
    )


def _return(request: OfficeRequest, page: WorkPage, form: PublishForm, act: ActInput) -> Result:
    if not _opens_forms(page, act.outcome):
        return send_back(
            task_id=page.task.pk, by=request.actor, work="publish", outcome=act.outcome, key=act.key,
            reason=act.reason, late_reason=act.late_reason,
        )  # fmt: skip
    return actions.return_after_signature(
        task_id=page.task.pk,
        by=request.actor,
        chosen=form.members(),
        figures=form.figures(),
        outcome=act.outcome,
        key=act.key,
        **act.words,
    )


def _opens_forms(page: WorkPage, code: str) -> bool:
    """Whether this return leads to those who fill in; another one only has a step after the signature done again."""
    outcome = page.step.outcome(code)
    region = page.definition.region(outcome.to) if outcome is not None and outcome.to else ()
    return any(step.work == "fill" for step in region)


def _refused(page: WorkPage, form: Form, act: ActInput, refusal: Refused) -> WorkPage:
    if refusal.code in ("chosen", "names", "class"):
        form.add_error(None, refusal.sentence)
        return with_words(page, act)
    return with_refusal(page, act, refusal)


def _show(
    request: OfficeRequest, page: WorkPage, form: PublishForm, document: Document, status: int = 200
) -> HttpResponse:
    found = preview(document)
    can_return = any(outcome.back and _opens_forms(page, outcome.code) for outcome in page.outcomes)
    context = {"page": page, "form": form, "document": document, "preview": found, "can_return": can_return}
    context["per_person"] = are_of_people(found.rows)
    context["checks"] = checklist(document, found)
    return render(request, "publication/publish.html", context, status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: OfficeRequest, release_id: int) -> HttpResponse:
    release = get_object_or_404(
        Release.objects.filter(office__in=request.actor.office_ids).select_related("office", "task__run"), pk=release_id
    )
    check_can_withdraw(request.actor, release)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(release=release, by=request.actor, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", refused.sentence)
        else:
            messages.success(request, _("Publikasi ditarik. Halaman publiknya kini menampilkan alasan penarikan."))
            return redirect(release)
    status = 422 if form.is_bound else 200
    return render(request, "publication/withdraw.html", {"release": release, "form": form}, status=status)
