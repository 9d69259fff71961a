"""Gathering, drafting, judging, handing up and initialling a document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection.models import Period
from runut.collection.queries import fillers_of, gaps_of, left_out_of
from runut.correction.queries import analyses_in_words, analyses_of, items_of_run, minutes_of
from runut.documents import actions
from runut.documents.forms import ApproveForm, CompileForm, DraftForm, HandUpForm
from runut.documents.models import DocumentKind, ReportDraft
from runut.documents.permissions import judges_own_work
from runut.documents.queries import (
    answers_kept,
    content_of,
    gathered_content,
    last_form,
    main_document,
    recipients_for,
    remarks_since_draft,
    report_content,
)
from runut.documents.rules.content import Content
from runut.documents.rules.report import ANALYSED, CODES
from runut.documents.views.work import (
    Shown,
    carry_out,
    find_task,
    named,
    posted_hash,
    returnable,
    show,
)
from runut.lib.acts import ActInput
from runut.lib.dates import clock
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest
from runut.sop.actions import Result
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import WorkPage, goes_back, work_page


def _send_back(
    request: OfficeRequest,
    page: WorkPage,
    act: ActInput,
    *,
    notes: Mapping[int, str] | None = None,
    form: Mapping[str, object] | None = None,
) -> Result:
    fillers = fillers_of(page.run) if act.figures or notes else {}
    chosen, wanted = named(act, fillers, notes or {})
    return actions.send_back(
        task_id=page.task.pk,
        by=request.actor,
        work=page.task.work,
        outcome=act.outcome,
        chosen=chosen,
        notes=wanted,
        form=form,
        key=act.key,
        reason=act.reason,
        late_reason=act.late_reason,
    )


@require_http_methods(["GET", "POST"])
def compile(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "compile"), request.actor)
    shown = show(page.run, gathered_content(page.run))
    form = _compile_form(request, page.run, shown.content)

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            kept = {"adequacy": actions.answers_as_form(shown.content, form.adequacy())} if form.items else None
            return _send_back(request, page, act, notes=form.notes(), form=kept)
        return actions.compile_data(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            missing_reason=form.cleaned_data.get("missing", ""),
            adequacy=form.adequacy(),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    more = _beside_gathering(request, page, form, shown.content)
    return carry_out(request, page, form, do, shown.context() | more)


def _beside_gathering(request: OfficeRequest, page: WorkPage, form: CompileForm, content: Content) -> dict[str, object]:
    """Who can get the data back, who was left out from the beginning, and whether one judges one's own work."""
    fillers = fillers_of(page.run) if form.items else {}
    return {
        "members": returnable(page, content),
        "own_work": bool(form.repaired) and judges_own_work(request.actor, page.run),
        "left_out": left_out_of(page.run),
        "unfit": partial(_unfit, form, fillers),
    }


def _compile_form(request: OfficeRequest, run: Run, content: Content) -> CompileForm:
    repaired = items_of_run(run) if content["kind"] == "correction" else []
    initial = CompileForm.answered(answers_kept(run, content)) if content["kind"] == "correction" else {}
    return CompileForm(request.POST or None, content=content, repaired=repaired, initial=initial)


def _unfit(form: CompileForm, fillers: dict[int, int]) -> list[int]:
    """Who filled in what was judged not to suffice, each once."""
    return list(dict.fromkeys(fillers[figure] for figure in form.notes() if figure in fillers))


@require_safe
def compilation(request: OfficeRequest, year: int, quarter: int) -> HttpResponse:
    """How far a period of the person's office is: the same table, to read; the one whose task it is goes on to it."""
    periods = Period.objects.visible_to(request.actor).filter(year=year, quarter=quarter, run__isnull=False)
    rows = periods.filter(void=False).select_related("run__office__instansi", "run__version__sop")
    period = rows.order_by("-pk").first()
    if period is None:
        raise Http404
    own = Task.objects.addressed_to(request.actor).filter(run=period.run_id, work="compile", state=TaskState.OPEN)
    if (task := own.first()) is not None:
        return redirect("documents:compile", task.pk)
    run = period.collected_by
    if period.basis == "pegawai" and not _handles(request, run):
        raise Http404
    shown = show(run, gathered_content(run))
    return render(request, "documents/compilation.html", {"period": period, **shown.context()})


def _handles(request: OfficeRequest, run: Run) -> bool:
    """Whether the person handles the run as a whole: figures of persons are not for everybody."""
    actor = request.actor
    if any(held.jabatan.heads_office and held.jabatan.office_id == run.office_id for held in actor.assignments):
        return True
    tasks = Task.objects.addressed_to(actor) | Task.objects.filter(done_by=actor.pegawai_id)
    return tasks.filter(run=run, branch__isnull=True).exists()


@require_http_methods(["GET", "POST"])
def draft(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "draft"), request.actor)
    texts, by_itself = _texts(page.run), request.POST.get("act") == "save"
    saving, initial = by_itself or "save" in request.POST, {f"chapter_{code}": texts.get(code, "") for code in CODES}
    form = DraftForm(request.POST or None, unfinished=saving, gaps=gaps_of(page.run), initial=initial)
    if by_itself:
        return _save_by_itself(request, page, form)
    analysis = analyses_in_words(analyses_of([page.run.pk], request.actor))
    if saving and form.is_valid():
        return _save_draft(request, page, form, analysis)
    shown = show(page.run, report_content(page.run, texts))
    context = {**shown.context(), "remarks": remarks_since_draft(page.run), "analysis": analysis}
    context["members"] = returnable(page, shown.content)
    return carry_out(request, page, form, partial(_hand_on, request, page, form), context)


def _hand_on(request: OfficeRequest, page: WorkPage, form: DraftForm, act: ActInput) -> Result:
    if goes_back(page, act):
        _keep_typed(request, page)
        return _send_back(request, page, act)
    return actions.draft_report(
        task_id=page.task.pk,
        by=request.actor,
        chapters=form.chapters(),
        reasons=form.reasons(),
        outcome=act.outcome,
        key=act.key,
        late_reason=act.late_reason,
    )


def _keep_typed(request: OfficeRequest, page: WorkPage) -> None:
    """What was written stays for whoever drafts again."""
    typed = DraftForm(request.POST, unfinished=True, gaps=[])
    if page.may_act and typed.is_valid():
        actions.save_draft(task=page.task, by=request.actor, chapters=typed.chapters())


def _save_draft(request: OfficeRequest, page: WorkPage, form: DraftForm, analysis: str) -> HttpResponse:
    """Keep the texts; with "take", what was written of the data comes after the chapter it belongs to."""
    chapters = form.chapters()
    if request.POST["save"] == "take" and analysis:
        chapters[ANALYSED] = "\n\n".join(text for text in (chapters[ANALYSED].rstrip(), analysis) if text)
    actions.save_draft(task=page.task, by=request.actor, chapters=chapters, reasons=form.reasons())
    messages.success(request, _("Konsep tersimpan. Anda dapat melanjutkannya kapan saja."))
    return redirect("documents:draft", page.task.pk)


def _save_by_itself(request: OfficeRequest, page: WorkPage, form: DraftForm) -> JsonResponse:
    """Keep the chapters while somebody writes, and say when. A reason goes on record, so none that is half written."""
    if not form.is_valid():
        wrong = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        return JsonResponse({"sentence": " ".join(wrong)}, status=422)
    kept = actions.save_draft(task=page.task, by=request.actor, chapters=form.chapters())
    at = clock(kept.saved_at, page.zone, "en" if get_language() == "en" else "id")
    words = _("Konsep tersimpan pukul %(at)s.") % {"at": at}
    if any(form.reasons().values()):
        words = _("%(saved)s Alasannya ikut tersimpan dengan tombol Simpan konsep.") % {"saved": words}
    return JsonResponse({"words": words})


def _texts(run: Run) -> dict[str, str]:
    """What was last saved, else what the last version says."""
    saved = ReportDraft.objects.filter(run=run).first()
    if saved is not None:
        return dict(saved.chapters)
    last = main_document(run, kind=DocumentKind.REPORT)
    return content_of(last)["chapters"] if last else {}


@require_http_methods(["GET", "POST"])
def approve(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "approve"), request.actor)
    shown = show(page.run)
    form = ApproveForm(request.POST or None, with_chapters=shown.content["kind"] == "report")

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            particulars = {"remarks": form.remarks(), "remark": form.cleaned_data.get("remark", "")}
            return _send_back(request, page, act, form=particulars)
        return actions.approve_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            remark=form.cleaned_data["remark"],
            remarks=form.remarks(),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    context = {**_judged(page, shown), "analysis": _analysis(request, page, form)}
    return carry_out(request, page, form, do, context)


def _analysis(request: OfficeRequest, page: WorkPage, form: ApproveForm) -> str:
    """What was written about the data, beside the chapters that are judged."""
    if not form.judges_chapters:
        return ""
    return analyses_in_words(analyses_of([page.run.pk], request.actor))


def _judged(page: WorkPage, shown: Shown) -> dict[str, object]:
    """The document with what was recorded when it was gathered, and whose data it may send back."""
    gathered = last_form(page.run, "compile")
    rows = {str(row["figure"]): row for row in shown.content["rows"]}
    answers = gathered.get("adequacy") or {}
    assert isinstance(answers, dict)
    items = {str(item.figure.pk): item for item in items_of_run(page.run)} if answers else {}
    adequacy = [(rows[pk], answer, items.get(pk)) for pk, answer in answers.items() if pk in rows]
    met = any(step.work == "meet" for step in page.definition.steps)
    return {
        **shown.context(),
        "members": returnable(page, shown.content),
        "adequacy": adequacy,
        "missing_reason": gathered.get("missing_reason", ""),
        "minutes": minutes_of(page.run, page.reader) if met else [],
    }


@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "report"), request.actor)
    shown = show(page.run)
    found = recipients_for(page.task, request.actor, local_day(page.run.office, page.task.opened_at))
    form = HandUpForm(request.POST or None, recipients=found)

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            return _send_back(request, page, act)
        return actions.hand_up_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            recipient_id=int(form.cleaned_data["recipient"]),
            text=form.cleaned_data["text"],
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    return carry_out(request, page, form, do, _judged(page, shown))


@require_http_methods(["GET", "POST"])
def initial(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "initial"), request.actor)
    shown = show(page.run)
    form = ApproveForm(request.POST or None, with_chapters=False)

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            return _send_back(request, page, act)
        return actions.initial_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    return carry_out(request, page, form, do, _judged(page, shown))
