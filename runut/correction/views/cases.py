"""Cases: the list, opening one, its dossier, its figures, giving it up."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection.models import Period
from runut.correction import actions, permissions, queries
from runut.correction.forms import CaseForm, FigurePicker, ReasonForm, picked_ids, typed_ids
from runut.correction.models import Correction, ErrorReport, Stage
from runut.lib.acts import is_id, new_key
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.permissions import managed_office_ids
from runut.organisation.requests import OfficeRequest
from runut.sop.models import Run, Sop
from runut.sop.queries import cancelled_words, what_begins


@require_safe
def corrections(request: OfficeRequest) -> HttpResponse:
    """The cases a person may see, the open ones first of all."""
    everything = request.GET.get("lihat") == "semua"
    rows, page = queries.case_list(request.actor, open_only=not everything, page=request.GET.get("halaman", 1))
    tabs = [
        {"url": "?lihat=berjalan", "label": _("Berjalan"), "current": not everything},
        {"url": "?lihat=semua", "label": _("Semua"), "current": everything},
    ]
    context = {
        "rows": rows, "page": page, "tabs": tabs, "everything": everything,
        "may_open": permissions.may_open_some(request.actor, queries.correctable(request.actor)),
    }  # fmt: skip
    return render(request, "correction/corrections.html", context)


@require_http_methods(["GET", "POST"])
def open_case(request: OfficeRequest) -> HttpResponse:
    """Choose figures of one collection, say what is wrong and why, and start the procedure."""
    source, first = _source(request)
    if source is None:
        return _choose_period(request)
    if request.method == "POST":
        permissions.check_can_open(request.actor, source)
    picker = _picker(request, source, first)
    sops = queries.correction_sops(source.office_id)
    form = CaseForm(request.POST or None, sops=sops, initial={"key": new_key(), **_as_reported(request)})
    status = 200
    if request.method == "POST" and request.POST.get("act") == "search":
        form = CaseForm(sops=sops, initial=request.POST.dict())
    elif request.method == "POST":
        case, status = _open(request, source, form, picker), 422
        if case is not None:
            return redirect(case)
    context = {"form": form, "picker": picker, "source": source, "sops": sops, "why_not": _why_not(request, source)}
    context["may_import"] = not sops and source.office_id in managed_office_ids(request.actor)
    return render(request, "correction/open_case.html", context, status=status)


def _choose_period(request: OfficeRequest) -> HttpResponse:
    asked = queries.correctable(request.actor)
    context = {
        "periods": permissions.openable(request.actor, asked),
        "may_open": permissions.may_open_some(request.actor, asked),
    }
    return render(request, "correction/choose_period.html", context)


def _source(request: OfficeRequest) -> tuple[Period | None, set[int]]:
    """The period the address names, itself, by its run, or by a report; and the figures that are ticked at first."""
    run, report, period = (request.GET.get(name, "") for name in ("run", "report", "period"))
    periods = Period.objects.select_related("run__version__sop", "office")
    if is_id(report):
        found = get_object_or_404(ErrorReport.objects.visible_to(request.actor), pk=int(report))
        return periods.get(figures=found.figure_id), {found.figure_id}
    if is_id(period):
        mine = Period.objects.visible_to(request.actor).filter(void=False).values("pk")
        return get_object_or_404(periods, pk=int(period), pk__in=mine), set()
    if not is_id(run):
        return None, set()
    seen = Run.objects.visible_to(request.actor).filter(pk=int(run))
    return get_object_or_404(periods, run__in=seen.values("pk")), set()


def _as_reported(request: OfficeRequest) -> dict[str, object]:
    """What the report from which the case is opened says of it already."""
    report = request.GET.get("report", "")
    rows = ErrorReport.objects.visible_to(request.actor).filter(pk=int(report)) if is_id(report) else None
    return dict(rows.values("stage").first() or {}) if rows is not None else {}


def _picker(request: OfficeRequest, source: Period, first: set[int]) -> FigurePicker:
    post = request.POST if request.method == "POST" else None
    ticked = set(picked_ids(post) | typed_ids(post)) if post else first
    asked = post or request.GET
    q, whose = str(asked.get("q", "")), str(asked.get("milik", ""))
    choices = queries.choosable(source, request.actor, search=q, whose=whose, chosen=ticked)
    asks = post is not None and post.get("act") != "search"
    return FigurePicker(choices, post, first, q=q, whose=whose, asks=asks)


def _open(request: OfficeRequest, source: Period, form: CaseForm, picker: FigurePicker) -> Correction | None:
    """The case, or None with all that was wrong said on the form."""
    form.full_clean()
    for field, sentence in picker.problems:
        form.add_error(None, format_html('<a href="#{}">{}</a>', field, sentence))
    if not form.is_valid():
        return None
    data = form.cleaned_data
    try:
        case = actions.open_case(
            source=source, sop=get_object_or_404(Sop, pk=data["sop"], office=source.office_id), by=request.actor,
            items=picker.picked, reason=data["reason"], stage=Stage(data["stage"]), key=data["key"],
        )  # fmt: skip
    except Stale:
        raise
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)
        return None
    words = {"code": case.code, "next": what_begins(case.run)}
    messages.success(request, _("Perbaikan %(code)s dibuka. Angka lama tetap terlihat. %(next)s") % words)
    return case


def _why_not(request: OfficeRequest, source: Period) -> str:
    try:
        permissions.check_can_open(request.actor, source)
    except Denied as refusal:
        return refusal.sentence
    return ""


def find_case(request: OfficeRequest, case_id: int) -> Correction:
    """The case, if this person may see it; 404 otherwise."""
    rows = Correction.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related(
            "run__version__sop", "run__office", "source__run__version", "source__office", "office", "opened_by"
        ),
        pk=case_id,
    )


@require_safe
def correction(request: OfficeRequest, case_id: int) -> HttpResponse:
    """The dossier: what was ordered, planned, changed, decided, initialled, signed and archived."""
    case = find_case(request, case_id)
    waiting, mine = queries.now_in(case, request.actor)
    rows, judged = queries.items_of(case, request.actor), queries.judged_of(case.run)
    context = {
        "case": case,
        "rows": rows,
        "judged": [(row, judged[row.figure.pk]) for row in rows if row.figure.pk in judged],
        "total": case.items.count(),
        "orders": queries.orders_of(case.run),
        "meetings": queries.meetings_of(case.run),
        "analyses": queries.analyses_of({case.run_id, case.source.run_id}, request.actor),
        "dossier": queries.dossier_of(case),
        "waiting": waiting,
        "mine": mine,
        "withdrawn": cancelled_words([case.run]).get(case.run_id, case.close_reason),
        "may_lead": not _why_not(request, case.source) and case.closed_at is None,
        "is_ordered": queries.is_ordered(case),
    }
    return render(request, "correction/correction.html", context)


@require_http_methods(["GET", "POST"])
def items(request: OfficeRequest, case_id: int) -> HttpResponse:
    """Add figures to a case that was not ordered yet, or take one out."""
    case = find_case(request, case_id)
    if request.method == "POST":
        permissions.check_can_change_items(request.actor, case.source, case.run)
    picker, problem, status = _picker(request, case.source, set()), "", 200
    if request.method == "POST" and request.POST.get("act") != "search":
        try:
            return _change(request, case, picker)
        except Stale:
            raise
        except Refused as refusal:
            problem, status = refusal.sentence, 422
    context = {"case": case, "picker": picker, "problem": problem, "rows": queries.items_of(case, request.actor)}
    context["is_ordered"] = queries.is_ordered(case)
    return render(request, "correction/items.html", context, status=status)


def _change(request: OfficeRequest, case: Correction, picker: FigurePicker) -> HttpResponse:
    gone = request.POST.get("remove", "")
    if is_id(gone):
        actions.remove_item(item=get_object_or_404(case.items, pk=int(gone)), by=request.actor)
        messages.success(request, _("Angka dikeluarkan dari perbaikan ini."))
    else:
        if picker.problems and not queries.is_ordered(case):
            raise Refused(" ".join(sentence for _field, sentence in picker.problems))
        actions.add_items(case=case, by=request.actor, items=picker.picked)
        messages.success(request, _("Angka ditambahkan ke perbaikan ini."))
    return redirect("correction:items", case.pk)


@require_http_methods(["GET", "POST"])
def withdraw(request: OfficeRequest, case_id: int) -> HttpResponse:
    """Give a case up, with a reason."""
    case = find_case(request, case_id)
    if case.closed_at is not None and request.method == "GET":
        raise Http404
    form, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        permissions.check_can_open(request.actor, case.source)
        status = 422
        if form.is_valid():
            actions.withdraw_case(case=case, by=request.actor, reason=form.cleaned_data["reason"])
            messages.success(request, _("Perbaikan %(code)s dibatalkan.") % {"code": case.code})
            return redirect(case)
    context = {"case": case, "form": form, "why_not": _why_not(request, case.source)}
    return render(request, "correction/withdraw.html", context, status=status)
