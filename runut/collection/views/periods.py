"""Periods: the list, starting one, its status; making the forms and sending them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.forms import AddMemberForm, MemberRow, PeriodForm, StartForm, default_period, member_rows
from runut.collection.forms_follow_up import DueForm
from runut.collection.models import Basis, Period, Sheet
from runut.collection.queries.prepared_before import PreparedBefore, prepared_before
from runut.lib.acts import ActInput, read_act
from runut.lib.csvtext import CONTENT_TYPE, csv_text
from runut.lib.dates import named_period, names_another_period, period_words, renamed_period
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import manages
from runut.organisation.queries import calendar_of, local_day
from runut.organisation.requests import OfficeRequest
from runut.sop import permissions as sop
from runut.sop.actions import Result, start_run
from runut.sop.actions.particulars import give_back
from runut.sop.models import RunState, Sop, Task
from runut.sop.queries import (
    WorkPage,
    act_in_words,
    definition_of,
    goes_back,
    next_in_words,
    only_returns,
    task_for_page,
    what_begins,
    with_refusal,
    with_words,
    work_page,
)


def find_task(request: OfficeRequest, task_id: int, work: str) -> Task:
    """The task of this kind, if this person may see it; 404 otherwise."""
    try:
        found = task_for_page(task_id, request.actor)
    except Task.DoesNotExist as missing:
        raise Http404 from missing
    if found.work != work:
        raise Http404
    return found


@require_safe
def periods(request: OfficeRequest) -> HttpResponse:
    can_start = bool(queries.startable(request.actor))
    context = {
        "periods": queries.period_list(request.actor),
        "runs": queries.unprepared_runs(request.actor),
        "can_start": can_start,
        "others": [] if can_start else queries.who_starts(request.actor),
        "may_enter_past": permissions.may_enter_any_past(request.actor),
        "overseen": queries.latest_overseen(request.actor),
        "manages": manages(request.actor),
    }
    return render(request, "collection/periods.html", context)


@require_http_methods(["GET", "POST"])
def start(request: OfficeRequest) -> HttpResponse:
    """Choose a collection procedure in force, start it, and go on to its first task."""
    startable = queries.startable(request.actor)
    choices = [(each.pk, each.title) for each in startable]
    year, title = _proposed(startable)
    form = StartForm(request.POST or None, choices, title)
    if request.method == "POST" and form.is_valid():
        run = start_run(
            sop=get_object_or_404(Sop, pk=form.cleaned_data["sop"]),
            by=request.actor,
            title=form.cleaned_data["title"],
            key=form.cleaned_data["key"],
        )
        task = queries.first_task(run)
        messages.success(request, _("SOP dimulai. %(next)s") % {"next": what_begins(run)})
        return redirect(task or run)
    context = {"form": form, "choices": choices, "unplanned": queries.unplanned(startable, year), "year": year}
    context["manages"] = manages(request.actor)
    context["others"] = [] if choices else queries.who_starts(request.actor)
    return render(request, "collection/start.html", context, status=422 if form.is_bound else 200)


def _proposed(startable: Sequence[Sop]) -> tuple[int, str]:
    """The year and the name of the period that comes next under the procedure that stands first, and is ticked."""
    if not startable:
        return timezone.localdate().year, ""
    office = startable[0].office
    year, quarter = _next_quarter(office, queries.basis_of_sop(startable[0]))
    return year, period_words(year, quarter, office.terms)


def _next_quarter(office: Office, basis: str) -> tuple[int, int]:
    return default_period(local_day(office, timezone.now()), queries.latest_quarter(office, basis))


@require_safe
def period(request: OfficeRequest, year: int, quarter: int) -> HttpResponse:
    """How far a quarter is: every form at each step, who has it now, and how late it is."""
    found = _of_quarter(request, year, quarter)
    chosen, page = request.GET.get("saring", ""), request.GET.get("halaman")
    blocks = []
    for each in found:
        if each.run is None:
            continue
        shown = queries.matrix(each, request.actor, chosen, page)
        running = each.run.state == RunState.RUNNING
        may_add = running and sop.may_lead(request.actor, each.run)
        follows = permissions.may_follow_up(request.actor, each.run)
        may_chase = running and follows
        may_enter = may_chase and permissions.may_enter_for(request.actor, each.run)
        old = may_chase and queries.is_outdated(each)
        # Of people it is told who was left out only to whoever follows the collection up.
        left_out = queries.left_out_of(each.run) if follows or each.basis == Basis.UNIT else {}
        blocks.append((shown, _tabs(shown), may_add, may_chase, may_enter, left_out, old))
    past = [_past(request, each, page) for each in found if each.run is None]
    years = [year for each in found if each.run is not None for year in queries.years_around(each.run)]
    context = {"period": found[0], "blocks": blocks, "past": past, "years": years}
    return render(request, "collection/period.html", context)


def _past(request: OfficeRequest, each: Period, page: str | None) -> tuple[object, ...]:
    """A period that never ran here: its papers and what was copied from them."""
    figures, shown = queries.past_figures(each, request.actor, page)
    may_enter = permissions.may_enter_past(request.actor, each.office)
    return each, queries.past_reports(each, request.actor), figures, shown, may_enter


def _tabs(shown: queries.Matrix) -> list[dict[str, object]]:
    """What the list may be narrowed to; what nobody is in is left out, unless it is looked at."""
    labels = {
        "": _("Semua"), "terlambat": _("Terlambat"), "belum-dibuka": _("Belum dibuka"),
        "belum-diajukan": _("Belum diajukan"), "dikembalikan": _("Dikembalikan"),
        "berhalangan": _("Cuti atau berhenti"),
    }  # fmt: skip
    return [
        {"url": f"?saring={name}" if name else "?", "label": label, "count": count, "current": name == shown.chosen}
        for name, label in labels.items()
        if (count := shown.counts[name]) or name in ("", shown.chosen)
    ]


def _of_quarter(request: OfficeRequest, year: int, quarter: int) -> list[Period]:
    """The collections of a quarter that this person may see; 404 without any."""
    rows = Period.objects.visible_to(request.actor).filter(year=year, quarter=quarter, void=False)
    found = list(rows.select_related("office__calendar", "run__version__sop").order_by("office", "basis"))
    if not found:
        raise Http404
    return found


@require_safe
def matrix_csv(request: OfficeRequest, year: int, quarter: int) -> HttpResponse:
    """The same matrix, all of it, as a file for a spreadsheet."""
    ran = [each for each in _of_quarter(request, year, quarter) if each.run is not None]
    table = queries.matrix_table(ran, request.actor)
    name = f"kelengkapan-{year}-tw{quarter}.csv" if quarter else f"kelengkapan-{year}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_text(table), content_type=CONTENT_TYPE, headers=headers)


@require_http_methods(["GET", "POST"])
def add_member(request: OfficeRequest, period_id: int) -> HttpResponse:
    """A form for somebody who joined after the forms were made; ?lagi: for those from whom one was withdrawn."""
    rows = Period.objects.visible_to(request.actor).select_related("office", "run")
    found = get_object_or_404(rows, pk=period_id, run__isnull=False)
    run, again = found.collected_by, request.GET.get("lagi", "")
    (permissions.check_can_follow_up if again else sop.check_can_lead)(request.actor, run)
    known = set(Sheet.objects.of_run(run).values_list("member", flat=True))
    had = set(Sheet.objects.filter(run=run).values_list("member", flat=True))
    day = local_day(found.office, timezone.now())
    people = queries.candidates(found.office, found.basis, found.year, found.quarter, day)
    there = [(row, f"{found.basis[0]}{row.pk}") for row in people if not row.has_left]
    choices = [(row.pk, row.name) for row, key in there if key not in known and (key in had or not again)]
    form = AddMemberForm(request.POST or None, choices, again)
    if request.method == "POST" and form.is_valid():
        sheet = actions.add_member(
            period=found,
            member=form.cleaned_data["member"],
            by=request.actor,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Formulir untuk %(name)s sudah dikirim.") % {"name": sheet.subject})
        return redirect(found)
    context = {"form": form, "period": found, "choices": choices, "again": again}
    return render(request, "collection/add_member.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def prepare(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Choose the period and who takes part; the forms are made from the plan."""
    found = find_task(request, task_id, "prepare")
    page = work_page(found, request.actor)
    if request.method == "POST":
        return _prepare(request, found)
    if not page.may_act:
        return redirect(found)
    form = PeriodForm(request.GET if "tahun" in request.GET else _first_choice(found), found.run.office.terms)
    return _prepare_page(request, found, page, form, _members(found, form), _due(found, form))


def _prepare_page(
    request: OfficeRequest, task: Task, page: WorkPage, form: PeriodForm, members: list[MemberRow], due: DueForm,
    *, error: str = "", elsewhere: Period | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """elsewhere: the period that is open already, to lead there."""
    context = {
        "page": page if members else only_returns(page), "form": form, "members": members,
        "due": due, "error": error, "elsewhere": elsewhere,
        "silent": [row for row in members if error and row.owes_reason],
        "not_begun": _has_not_begun(task, form), "any_away": any(row.ways for row in members),
        "titled": _other_title(task, form),
        "opened": None if elsewhere else _opened_already(task, form) if members else None,
        "aimless": sum(row.candidate.aimless for row in members),
        "asked": sum(row.candidate.indicators for row in members),
        "still_runs": form.is_valid() and form.last_day >= local_day(task.run.office, timezone.now()),
    }  # fmt: skip
    return render(request, "collection/prepare.html", context, status=status)


def _other_title(task: Task, form: PeriodForm) -> str:
    """What the run is called, where that is another period and will stay so."""
    if not form.is_valid():
        return ""
    chosen, terms = (form.cleaned_data["tahun"], form.cleaned_data["triwulan"]), task.run.office.terms
    title = renamed_period(task.run.title, *chosen, terms) if chosen[1] else task.run.title
    return title if names_another_period(title, *chosen, terms) else ""


def _has_not_begun(task: Task, form: PeriodForm) -> bool:
    return form.is_valid() and form.first_day > local_day(task.run.office, timezone.now())


def _due(task: Task, form: PeriodForm, sent: QueryDict | None = None, kept: QueryDict | None = None) -> DueForm:
    """kept: what was typed before the period was changed; it is not checked yet."""
    before = None if kept else _before(task, form)
    initial = {"batas": kept.get("batas", "") if kept else before.due_text if before else ""}
    return DueForm(sent, initial=initial, not_begun=_has_not_begun(task, form))


def _first_choice(task: Task) -> dict[str, int]:
    before, whole = prepared_before(task), queries.year_run_of(task.run)
    if before is not None:
        return {"tahun": before.year, "triwulan": before.quarter}
    if whole is not None:
        return {"tahun": whole.year, "triwulan": 0}
    if named := named_period(task.run.title, task.run.office.terms):
        return {"tahun": named[0], "triwulan": named[1]}
    year, quarter = _next_quarter(task.run.office, queries.basis_of(definition_of(task.run.version)))
    return {"tahun": year, "triwulan": quarter}


def _members(
    task: Task, form: PeriodForm, request: OfficeRequest | None = None, day: date | None = None
) -> list[MemberRow]:
    """Who is to hand in data in the chosen period; nobody while the choice itself is wrong. day: until when, if set."""
    if not form.is_valid():
        return []
    year, quarter = form.cleaned_data["tahun"], form.cleaned_data["triwulan"]
    office, definition, now = task.run.office, definition_of(task.run.version), timezone.now()
    until = queries.filled_until(definition, calendar_of(office), now, day)
    rows = queries.candidates(office, queries.basis_of(definition), year, quarter, local_day(office, now), until)
    return member_rows(rows, request.POST) if request else member_rows(rows, None, _before(task, form))


def _before(task: Task, form: PeriodForm) -> PreparedBefore | None:
    """How this period was prepared in the round before; of another one nothing is taken over."""
    before = prepared_before(task)
    chosen = form.is_valid() and (form.cleaned_data["tahun"], form.cleaned_data["triwulan"])
    return before if before is not None and (before.year, before.quarter) == chosen else None


def _prepare(request: OfficeRequest, found: Task) -> HttpResponse:
    act, form = read_act(request.POST), PeriodForm(request.POST, found.run.office.terms)
    page, error, elsewhere = work_page(found, request.actor), "", None
    sop.check_can_act(request.actor, found)
    back = goes_back(page, act)
    if (
        form.is_valid()
        and not back
        and (act.outcome == "show" or request.POST.get("shown", form.chosen) != form.chosen)
    ):
        return _another_period(request, found, with_words(page, act), form, pressed=act.outcome != "show")
    due = _due(found, form, request.POST)
    members = _members(found, form, request, due.cleaned_data["batas"] if form.is_valid() and due.is_valid() else None)
    try:
        if back:
            return _given_back(request, page, act)
        if form.is_valid() and due.is_valid():
            result = _make_forms(request, found, form, due, members, act)
            messages.success(request, _("Formulir sudah disiapkan. %(next)s") % {"next": next_in_words(result)})
            return redirect("sop:inbox")
    except Refused as refusal:
        error, page = _beside(refusal, page, act)
        elsewhere = _opened_already(found, form) if refusal.code == "duplicate" else None
    return _prepare_page(request, found, page, form, members, due, error=error, elsewhere=elsewhere, status=422)


def _make_forms(
    request: OfficeRequest, task: Task, form: PeriodForm, due: DueForm, members: Sequence[MemberRow], act: ActInput
) -> Result:
    return actions.prepare_period(
        task_id=task.pk, by=request.actor, year=form.cleaned_data["tahun"], quarter=form.cleaned_data["triwulan"],
        outcome=act.outcome, key=act.key, late_reason=act.late_reason, due=due.cleaned_data["batas"],
        members=[row.candidate.pk for row in members if row.chosen],
        left_out={row.candidate.pk: row.reason for row in members if not row.chosen},
        absent={row.candidate.pk: row.absent for row in members},
    )  # fmt: skip


def _given_back(request: OfficeRequest, page: WorkPage, act: ActInput) -> HttpResponse:
    """Send the step back, nothing of it done."""
    result = give_back(work=page.task.work, task_id=page.task.pk, by=request.actor, act=act)
    messages.success(request, act_in_words(result))
    return redirect("sop:inbox")


def _another_period(
    request: OfficeRequest, task: Task, page: WorkPage, form: PeriodForm, *, pressed: bool
) -> HttpResponse:
    """The fillers of a period that was not shown yet. pressed: the forms were to be made already."""
    if pressed:
        messages.info(request, _("Periodenya berganti. Periksa pengisinya, lalu tekan tombolnya sekali lagi."))
    typed = _due(task, form, request.POST)
    typed.is_valid()
    # Who is on leave before the day that was typed is told, whatever else is still missing.
    members = _members(task, form, day=typed.cleaned_data.get("batas"))
    return _prepare_page(request, task, page, form, members, _due(task, form, kept=request.POST))


def _opened_already(task: Task, form: PeriodForm) -> Period | None:
    year, quarter = form.cleaned_data["tahun"], form.cleaned_data["triwulan"]
    rows = Period.objects.filter(office=task.run.office_id, year=year, quarter=quarter, void=False)
    rows = rows.exclude(run=task.run_id).exclude(run__state=RunState.CANCELLED).select_related("office")
    return rows.filter(basis=queries.basis_of(definition_of(task.run.version))).first()


def _beside(refusal: Refused, page: WorkPage, act: ActInput) -> tuple[str, WorkPage]:
    """The sentence to show at the head of the page, or the page with it at its field."""
    if refusal.code in {"due", "duplicate", "left_out", "members", "no_indicator", "period"}:
        return refusal.sentence, with_words(page, act)
    return "", with_refusal(page, act, refusal)


@require_http_methods(["GET", "POST"])
def distribute(request: OfficeRequest, task_id: int) -> HttpResponse:
    """Send the forms out; afterwards, who has received, opened, and handed in."""
    found = find_task(request, task_id, "distribute")
    page, status = work_page(found, request.actor), 200
    if request.method == "POST":
        act, status = read_act(request.POST), 422
        try:
            return _given_back(request, page, act) if goes_back(page, act) else _distribute(request, page, act)
        except Refused as refusal:
            page = with_refusal(page, act, refusal)
    rows = queries.sheet_rows(Sheet.objects.visible_to(request.actor).of_run(found.run))
    context = {
        "page": page if rows else only_returns(page),
        "rows": rows,
        "vacant": queries.without_recipient(found.run),
        "left_out": queries.left_out_of(found.run),
        "period": Period.objects.filter(run=found.run_id).first(),
    }
    return render(request, "collection/distribute.html", context, status=status)


def _distribute(request: OfficeRequest, page: WorkPage, act: ActInput) -> HttpResponse:
    result = actions.distribute(
        task_id=page.task.pk, by=request.actor, outcome=act.outcome, key=act.key, late_reason=act.late_reason
    )
    messages.success(request, _("Formulir sudah dibagikan. %(next)s") % {"next": next_in_words(result)})
    if vacant := queries.without_recipient(page.run):
        words = _("Belum ada yang menerima formulir %(names)s, karena kepala unitnya kosong.")
        messages.warning(request, words % {"names": ", ".join(vacant)})
    return redirect("sop:inbox")
