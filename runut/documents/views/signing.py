"""Signing, and giving a paraf again that became void because figures changed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.collection.queries import gaps_of
from runut.correction.queries import correction_sops
from runut.documents import actions
from runut.documents.actions.renew import asked_again, awaited, initialled_before
from runut.documents.forms import SignForm
from runut.documents.models import Document, DocumentState
from runut.documents.queries import content_of, current_content, main_document, signers_of, unexamined
from runut.documents.queries.printing import live_paper
from runut.documents.rules.content import Content, hash_of, part_of
from runut.documents.rules.differences import differences, differences_of
from runut.documents.rules.parafs import needed_steps
from runut.documents.views.steps import _judged, _without
from runut.documents.views.work import carry_out, find_task, posted_hash, send_back, show
from runut.lib.acts import ActInput, is_id
from runut.organisation.actions import tries_left
from runut.organisation.requests import OfficeRequest
from runut.sop.actions import Result
from runut.sop.models import Task, TaskState
from runut.sop.queries import WorkPage, goes_back, only_returns, work_page


@require_safe
def sign(request: OfficeRequest, task_id: int) -> HttpResponse:
    """On to the document that this task signs; where none was made yet, a page that makes it."""
    task = find_task(request, task_id, "sign")
    document = main_document(task.run)
    if document is None:
        return render(request, "documents/sign_without.html", {"page": work_page(task, request.actor)})
    return redirect(f"{reverse('documents:sign_document', args=[document.pk])}?task={task_id}")


@require_http_methods(["GET", "POST"])
def sign_document(request: OfficeRequest, document_id: int) -> HttpResponse:
    document = get_object_or_404(Document.objects.visible_to(request.actor), pk=document_id)
    page = work_page(find_task(request, _task_of(request, document), "sign"), request.actor)
    if page.run.pk != document.run_id:
        raise Http404
    if request.method == "GET" and document.state == DocumentState.SUPERSEDED:
        return redirect("documents:sign", page.task.pk)
    form, context = SignForm(request.POST or None), _context(request, page, document)
    shown = page if context["ready"] else only_returns(page)
    return carry_out(
        request, shown, form, partial(_sign, request, page, document, form), context, "documents/sign.html"
    )


def _sign(request: OfficeRequest, page: WorkPage, document: Document, form: SignForm, act: ActInput) -> Result:
    if goes_back(page, act):
        return send_back(request, page, act)
    return actions.sign_document(
        task_id=page.task.pk,
        document_id=document.pk,
        by=request.actor,
        password=form.cleaned_data["password"],
        data_hash=posted_hash(request),
        has_read=form.cleaned_data["read"],
        outcome=act.outcome,
        key=act.key,
        late_reason=act.late_reason,
    )


def _task_of(request: OfficeRequest, document: Document) -> int:
    """The task named in the address, else the person's open one on this document."""
    named = request.GET.get("task", "")
    if is_id(named):
        return int(named)
    own = Task.objects.addressed_to(request.actor).filter(run=document.run_id, work="sign", state=TaskState.OPEN)
    task = own.order_by("pk").first()
    if task is None:
        raise Http404
    return task.pk


def _context(request: OfficeRequest, page: WorkPage, document: Document) -> dict[str, object]:
    """What is signed, by whom, and what must still happen before; `ready` when nothing must."""
    shown = show(page.run)
    is_current = shown.paper.document is not None and shown.paper.document.pk == document.pk
    signers = shown.paper.signers or signers_of(page.run, document)
    names = {sheet["member"]: sheet["subject"] for sheet in shown.content["sheets"]}
    missing = [(one, names.get(one.missing.member or "", "")) for one in awaited(page.run, document)]
    waiting = unexamined(page.run, page.step, shown.content)
    return {
        **_judged(page, shown),
        **(_without(page.run, gaps_of(page.run)) if shown.content["kind"] == "report" else {}),
        "is_current": is_current,
        "missing": missing,
        "waiting": waiting,
        "needs_parafs": bool(needed_steps(page.definition, page.step.id)),
        "ready": is_current and not missing and not waiting,
        "signed": sum(signer.signature is not None for signer in signers),
        "signers": signers,
        "tries": tries_left(request.actor, timezone.now()),
        "can_verify_again": page.definition.category == "collection" and bool(correction_sops(page.run.office_id)),
        "verify_url": f"{reverse('correction:open')}?run={page.run.pk}",
    }


@require_POST
def refresh(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Make the version that the data ask for, and go on to it."""
    task = find_task(request, task_id, "sign")
    document = actions.refresh_document(task_id=task.pk, by=request.actor)
    messages.success(request, _("Versi %(no)s dibuat dari data yang berlaku sekarang.") % {"no": document.no})
    return redirect("documents:sign", task_id)


@require_safe
def renew_task(request: OfficeRequest, task_id: int) -> HttpResponse:
    """From the inbox on to the document that lacks the paraf of this task."""
    task = get_object_or_404(Task.objects.visible_to(request.actor).select_related("run"), pk=task_id)
    document = main_document(task.run)
    if document is None:
        raise Http404
    return redirect("documents:renew", document.pk)


@require_http_methods(["GET", "POST"])
def renew(request: OfficeRequest, document_id: int) -> HttpResponse:
    """Put one's paraf again under what the data say now. Whoever had checked forms sees those forms, not the rest."""
    rows = Document.objects.select_related("run__office", "run__version__sop")
    document = get_object_or_404(rows, pk=document_id)
    asked = asked_again(document.run, document, request.actor)
    seen = Document.objects.visible_to(request.actor).filter(pk=document_id).exists()
    if not asked and not seen:
        raise Http404
    if request.method == "POST":
        renewed = actions.renew_parafs(document=document, by=request.actor, data_hash=posted_hash(request))
        words = ngettext("%(n)s paraf diperbarui.", "%(n)s paraf diperbarui.", renewed) % {"n": renewed}
        messages.success(request, words)
        return redirect((main_document(document.run) or document) if seen else "sop:inbox")
    if not asked:
        return redirect(document)
    content = current_content(document.run)
    members = {one.member for one in asked if one.member}
    whole = any(one.member is None for one in asked)
    paper = live_paper(document.run, document, content if whole else part_of(content, members))
    context = {"document": document, "paper": paper, "now_hash": hash_of(content), "seen": seen}
    return render(request, "documents/renew.html", context | _changed(request, document, content, members, whole))


def _changed(
    request: OfficeRequest, document: Document, content: Content, members: set[str], whole: bool
) -> dict[str, object]:
    """What is different from the version under which the person's paraf had been put, as far as the person sees it."""
    last = initialled_before(document.run, document, request.actor)
    old = content_of(last) if last else None
    return {"last": last, "changes": differences(old, content) if whole else differences_of(old, content, members)}
