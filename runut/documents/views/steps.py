"""Gathering, drafting, judging, handing up and initialling a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection.models import Period
from runut.collection.queries import Quarter, fillers_of, gaps_of, left_out_of, year_run_of
from runut.correction.queries import analyses_in_words, analyses_of, items_of_run, minutes_of
from runut.documents import actions
from runut.documents.forms import LONG, ApproveForm, CompileForm, DraftForm, HandUpForm
from runut.documents.models import DocumentKind, ReportDraft
from runut.documents.permissions import judges_own_work
from runut.documents.queries import (
    answers_kept,
    content_of,
    gathered_content,
    last_form,
    main_document,
    recipients_for,
    remarks_before,
    remarks_since_draft,
    report_content,
    returned_unchanged,
    unfinished_of,
)
from runut.documents.rules.content import Content
from runut.documents.rules.report import ANALYSED, CODES
from runut.documents.views.work import (
    Shown,
    carry_out,
    find_task,
    posted_hash,
    returnable,
    send_back,
    show,
)
from runut.lib.acts import ActInput, read_act
from runut.lib.dates import clock
from runut.lib.errors import Refused
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest
from runut.sop.actions import Result
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import WorkPage, goes_back, work_page


@require_http_methods(["GET", "POST"])
def compile(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "compile"), request.actor)
    shown = show(page.run, gathered_content(page.run))
    form = _compile_form(request, page.run, shown.content)

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            kept = {"adequacy": actions.answers_as_form(shown.content, form.adequacy())} if form.items else None
            return send_back(request, page, act, notes=form.notes(), form=kept)
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
    saving = by_itself or "save" in request.POST
    form = _draft_form(request, page, texts, unfinished=saving)
    if by_itself:
        return _save_by_itself(request, page, form)
    analysis = analyses_in_words(analyses_of([page.run.pk], request.actor))
    if saving and form.is_valid() and _save_draft(request, page, form, analysis):
        return redirect("documents:draft", task_id)
    shown = show(page.run, report_content(page.run, texts))
    remarks = remarks_since_draft(page.run, told=page.returned_with)
    context = {**shown.context(), "remarks": remarks, "analysis": analysis, **_without(page.run, form.gaps)}
    context["members"] = returnable(page, shown.content)
    return carry_out(request, page, form, partial(_hand_on, request, page, form), context)


def _hand_on(request: OfficeRequest, page: WorkPage, form: DraftForm, act: ActInput) -> Result:
    if goes_back(page, act):
        _keep_typed(request, page)
        return send_back(request, page, act)
    return actions.draft_report(
        task_id=page.task.pk,
        by=request.actor,
        **form.handed_on(),
        outcome=act.outcome,
        key=act.key,
        late_reason=act.late_reason,
    )


def _keep_typed(request: OfficeRequest, page: WorkPage) -> None:
    """What was written stays for whoever drafts again."""
    typed = DraftForm(request.POST, unfinished=True, gaps=[])
    if page.may_act and typed.is_valid():
        actions.save_draft(task=page.task, by=request.actor, chapters=typed.chapters(), known=typed.known())


def _draft_form(request: OfficeRequest, page: WorkPage, texts: Mapping[str, str], *, unfinished: bool) -> DraftForm:
    initial = {f"chapter_{code}": texts.get(code, "") for code in CODES}
    gaps, returned = gaps_of(page.run), bool(page.task.return_reason)
    return DraftForm(request.POST or None, unfinished=unfinished, gaps=gaps, returned=returned, initial=initial)


def _without(run: Run, gaps: Sequence[tuple[Quarter, str]]) -> dict[str, object]:
    """The quarters the report goes without, and the year where their reasons are changed, if a run gathers it."""
    return {"gaps": gaps, "year": year_run_of(run) if gaps else None}


def _save_draft(request: OfficeRequest, page: WorkPage, form: DraftForm, analysis: str) -> bool:
    """Keep the texts; with "take", what was written of the data comes after the chapter it belongs to.

    False where another window has saved the same chapter: the form then says so.
    """
    chapters = form.chapters()
    if request.POST["save"] == "take" and analysis:
        chapters[ANALYSED] = "\n\n".join(text for text in (chapters[ANALYSED].rstrip(), analysis) if text)
    try:
        actions.save_draft(
            task=page.task, by=request.actor, chapters=chapters, reasons=form.reasons(), known=form.known()
        )
    except Refused as refusal:
        if refusal.code not in form.fields:
            raise
        form.add_error(refusal.code, refusal.sentence)
        return False
    messages.success(request, _("Konsep tersimpan. Anda dapat melanjutkannya kapan saja."))
    return True


def _save_by_itself(request: OfficeRequest, page: WorkPage, form: DraftForm) -> JsonResponse:
    """Keep the chapters while somebody writes, and say when. A reason goes on record, so none that is half written."""
    if not form.is_valid():
        return _not_kept(form)
    kept = actions.save_draft(task=page.task, by=request.actor, chapters=form.chapters(), known=form.known())
    words = _("Konsep tersimpan pukul %(at)s.") % {"at": _at(kept.saved_at, page)}
    if any(form.reasons().values()):
        words = _("%(saved)s Alasannya ikut tersimpan dengan tombol Simpan konsep.") % {"saved": words}
    return JsonResponse({"words": words, "fields": form.seen_now(kept.chapters)})


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
    shown, typed = show(page.run), unfinished_of(page.task, request.actor.pegawai_id)
    form = ApproveForm(request.POST or None, with_chapters=shown.content["kind"] == "report", initial=typed)
    if request.POST.get("act") == "save":
        return _save_remarks(request, page, form)
    page = _as_left(page, typed)

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            particulars = {"remarks": form.remarks(), "remark": form.cleaned_data.get("remark", "")}
            return send_back(request, page, act, form=particulars)
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

    return carry_out(request, page, form, do, _judged(page, shown) | _beside_judging(request, page, form, shown))


def _as_left(page: WorkPage, typed: Mapping[str, str]) -> WorkPage:
    """With the reasons that were being written when the page was left."""
    return replace(page, reason=typed.get("reason", ""), late_reason=typed.get("late_reason", ""))


def _save_remarks(request: OfficeRequest, page: WorkPage, form: ApproveForm) -> JsonResponse:
    """Keep what somebody notes while judging, and say when."""
    if not form.is_valid():
        return _not_kept(form)
    words = {name: text[:LONG] for name, text in read_act(request.POST).words.items()}
    kept = actions.save_remarks(task=page.task, by=request.actor, typed={**form.cleaned_data, **words})
    return JsonResponse({"words": _("Catatan tersimpan pukul %(at)s.") % {"at": _at(kept, page)}})


def _not_kept(form: Form) -> JsonResponse:
    wrong = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
    return JsonResponse({"sentence": " ".join(wrong)}, status=422)


def _at(moment: datetime, page: WorkPage) -> str:
    return clock(moment, page.zone, "en" if get_language() == "en" else "id")


def _beside_judging(request: OfficeRequest, page: WorkPage, form: ApproveForm, shown: Shown) -> dict[str, object]:
    """Of a report: what was written about the data, what it goes without, and whether it came back as it was."""
    if not form.judges_chapters:
        return {"analysis": ""}
    return {
        **_without(page.run, gaps_of(page.run)),
        "analysis": analyses_in_words(analyses_of([page.run.pk], request.actor)),
        "same": returned_unchanged(shown.paper.document, page.run),
        "reason_hint": _("Boleh kosong bila ada catatan pada bab di atas."),
    }


def _judged(page: WorkPage, shown: Shown) -> dict[str, object]:
    """The document with what was recorded when it was gathered and judged, and whose data it may send back."""
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
        "remarks": remarks_before(page.run, told=page.returned_with),
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
            return send_back(request, page, act)
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
            return send_back(request, page, act)
        return actions.initial_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    return carry_out(request, page, form, do, _judged(page, shown))
