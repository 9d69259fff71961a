"""Tables that come in: an example of each, what is there already, a look at a file, and bringing it in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection.actions.from_past import OF_PAST
from runut.collection.actions.from_records import OF_RECORDS
from runut.collection.actions.from_sheet import OF_SHEET
from runut.collection.actions.from_workbook import OF_PERIOD
from runut.collection.models import Basis, Period, Sheet
from runut.collection.permissions import check_can_enter_past, may_bring_records
from runut.lib.imports import Column as Heading
from runut.lib.nip import FEMALE, synthetic_nip
from runut.lib.tables import table_of
from runut.lib.workbook_form import TableFileForm
from runut.lib.workbooks import MIME, write_workbook
from runut.organisation import permissions
from runut.organisation.actions import imports
from runut.organisation.actions.imports import Incoming
from runut.organisation.actions.tables import Kind
from runut.organisation.models import Office, RowState, Staged, StagedState
from runut.organisation.requests import OfficeRequest
from runut.web import import_words
from runut.web.incoming import KINDS, SET_UP, go_on, tables_open_to
from runut.web.table_workbooks import example_of, plain_columns, workbook_of

EXAMPLES = Path(__file__).with_name("examples")
# Nobody's number: its sequence is one that is never given.
EXAMPLE_NIP = synthetic_nip(date(1990, 5, 17), (2015, 3), FEMALE, 987)
ON_PAGE = 100
# Tables about a period, and where another one of the kind is taken.
OF_PERIODS = {OF_PERIOD.key: "web:import_period", OF_RECORDS.key: "web:import_records"}


@require_safe
def choose(request: OfficeRequest) -> HttpResponse:
    """The kinds of table, office by office that the person looks after, in the order in which they are brought in."""
    offices = Office.objects.filter(pk__in=permissions.offices_to_manage(request.actor)).order_by("name")
    return render(request, "web/imports.html", {"offices": offices, "kinds": SET_UP.values()})


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: OfficeRequest, office_id: int, kind: str) -> HttpResponse:
    """Take a file and show what it would change; nothing is written yet."""
    office, found = _office(request, office_id), _kind(kind)
    form = TableFileForm(request.POST, request.FILES) if request.method == "POST" else TableFileForm()
    if form.is_bound and form.is_valid():
        staged = imports.receive(office=office, kind=found, by=request.actor, **form.cleaned_data)
        if answer := _answer(form, go_on(staged)):
            return answer
    has_numbers = any(one.form == "number" for one in found.columns)
    context = {"form": form, "kind": found, "office_of": office, "has_numbers": has_numbers}
    context["left_out"] = found.left_out(office) if found.left_out else ""
    return render(request, "web/import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def import_period(request: OfficeRequest, period_id: int) -> HttpResponse:
    """Take a workbook with the forms of a period and show what it would change; nothing is written yet."""
    period = _period(request, period_id)
    return _take(request, period, OF_PERIOD, "web/import_period.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
def import_records(request: OfficeRequest, period_id: int) -> HttpResponse:
    """Take an export of e-Kinerja and show what it would fill in; nothing is written yet."""
    period = _period(request, period_id, basis=Basis.PEGAWAI, run__isnull=False)
    own = _(
        "Anda dapat mengimpor baris Anda sendiri. Milik semua pegawai diimpor oleh yang menyiapkan atau menghimpun "
        "datanya."
    )
    context = {
        "words": import_words.OF_RECORDS, "columns": OF_RECORDS.columns,
        "back": (period.get_absolute_url(), period.name),
        "about": f"{period.name} · {period.collected_by.title}",
        "remark": "" if may_bring_records(request.actor, period.collected_by) else own,
        "example": reverse("web:import_records_example", args=[period.pk]),
        "guide": (reverse("web:guide", args=["ekinerja"]), _("Panduan impor e-Kinerja")),
    }  # fmt: skip
    return _take(request, period, OF_RECORDS, "web/import_known.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_past(request: OfficeRequest, office_id: int) -> HttpResponse:
    """Take a table of old figures and show what it would bring; nothing is written yet."""
    office = _office_of_past(request, office_id)
    form = TableFileForm(request.POST, request.FILES) if request.method == "POST" else TableFileForm()
    if form.is_bound and form.is_valid():
        staged = imports.receive(office=office, kind=OF_PAST, by=request.actor, **form.cleaned_data)
        if answer := _answer(form, go_on(staged)):
            return answer
    context = {
        "form": form, "words": import_words.OF_PAST, "columns": OF_PAST.columns, "about": office.name,
        "back": (reverse("collection:past"), _("Dokumen lama")),
        "example": reverse("web:import_past_example", args=[office.pk]),
    }  # fmt: skip
    return render(request, "web/import_known.html", context, status=422 if form.is_bound else 200)


def _office_of_past(request: OfficeRequest, office_id: int) -> Office:
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    check_can_enter_past(request.actor, office)
    return office


def _period(request: OfficeRequest, period_id: int, **more: object) -> Period:
    rows = Period.objects.visible_to(request.actor).select_related("office__calendar", "run__version")
    return get_object_or_404(rows, pk=period_id, **more)


def _take(
    request: OfficeRequest, period: Period, kind: Incoming, template: str, context: dict[str, object]
) -> HttpResponse:
    """The page that takes a file for a period."""
    form = TableFileForm(request.POST, request.FILES) if request.method == "POST" else TableFileForm()
    if form.is_bound and form.is_valid():
        about, given = period.pk, form.cleaned_data
        staged = imports.receive(office=period.office, kind=kind, by=request.actor, about=about, **given)
        if answer := _answer(form, go_on(staged)):
            return answer
    shown = {**context, "form": form, "period": period}
    return render(request, template, shown, status=422 if form.is_bound else 200)


def _answer(form: TableFileForm, staged: Staged) -> HttpResponse | None:
    """On to what would change; None when the file was refused at once, with the reason in the form."""
    if staged.state != StagedState.REFUSED:
        return redirect("web:import_outcome", staged.pk)
    form.add_error("file", staged.problem)
    staged.delete()
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: OfficeRequest, staged_id: int) -> HttpResponse:
    """How far a table is; what would become of each row, or became. A POST brings the rows in, or throws them away."""
    rows = tables_open_to(request.actor) if request.method != "POST" else Staged.objects.visible_to(request.actor)
    staged = get_object_or_404(rows.select_related("office", "by"), pk=staged_id)
    if staged.kind == OF_SHEET.key and staged.state == StagedState.READY:
        # It is saved from the page that showed it.
        return redirect(_again(staged))
    if request.method == "POST":
        return _decide(request, staged)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(
            {
                "under_way": staged.is_under_way,
                "done": _progress(staged),
                "total": staged.total,
                "words": _words(staged),
            }
        )
    kind, where = KINDS[staged.kind], request.GET
    context = {
        "staged": staged, "kind": kind, "counts": staged.counts, "again": _again(staged), "back": _back(staged),
        "done": _progress(staged), "words": _words(staged),
        "onward": reverse("collection:past_scans", args=[staged.office_id]) if kind is OF_PAST else "",
        "besides": kind.made_besides(staged) if isinstance(kind, Kind) else [],
        "rejected": _page(staged, [RowState.REJECTED], where.get("ditolak")),
        "taken": _page(staged, [RowState.NEW, RowState.CHANGED, RowState.JOINED], where.get("halaman")),
    }  # fmt: skip
    return render(request, "web/import_outcome.html", context)


def _decide(request: OfficeRequest, staged: Staged) -> HttpResponse:
    kind = KINDS[staged.kind]
    if request.POST.get("act") == "throw":
        imports.throw_away(staged=staged, kind=kind)
        messages.success(request, _("Tabelnya dibuang. Tidak ada yang berubah."))
        return redirect(_again(staged))
    staged = go_on(imports.bring_in(staged=staged, kind=kind, by=request.actor))
    if staged.state == StagedState.DONE:
        messages.success(request, _("%(what)s sudah diimpor.") % {"what": kind.title})
    return redirect("web:import_outcome", staged.pk)


def _page(staged: Staged, states: list[RowState], page: str | None) -> object:
    return Paginator(staged.rows.filter(state__in=states).order_by("no"), ON_PAGE).get_page(page)


def _progress(staged: Staged) -> int:
    """How many rows are done of `staged.total`; what is done in one go has no middle."""
    if staged.state == StagedState.READING:
        return staged.seen
    return staged.rows.filter(no__lte=staged.brought_to).count() if staged.brought_to else 0


def _words(staged: Staged) -> str:
    if staged.state == StagedState.READING:
        return _("Membaca baris %(n)s dari %(total)s") % {"n": staged.seen, "total": staged.total or "…"}
    return _("Menyimpan %(n)s baris") % {"n": staged.to_bring}


def _again(staged: Staged) -> str:
    """Where another file of the same kind is taken."""
    if staged.kind == OF_SHEET.key:
        return reverse("collection:import_sheet", args=[staged.about])
    if staged.kind in OF_PERIODS:
        return reverse(OF_PERIODS[staged.kind], args=[staged.about])
    if staged.kind == OF_PAST.key:
        return reverse("web:import_past", args=[staged.office_id])
    return reverse("web:import_table", args=[staged.office_id, staged.kind])


def _back(staged: Staged) -> tuple[str, str]:
    """The page from which the person came, and what it is called."""
    if staged.kind == OF_SHEET.key:
        sheet = Sheet.objects.select_related("unit", "pegawai").get(pk=staged.about or 0)
        return sheet.get_absolute_url(), sheet.subject
    if staged.kind in OF_PERIODS:
        period = Period.objects.select_related("office").get(pk=staged.about or 0)
        return period.get_absolute_url(), period.name
    if staged.kind == OF_PAST.key:
        return reverse("collection:past"), _("Dokumen lama")
    return reverse("web:imports"), _("Impor")


@require_safe
def example(request: OfficeRequest, office_id: int, kind: str) -> HttpResponse:
    """An example file: the headings, and rows that are invented."""
    office, found = _office(request, office_id), _kind(kind)
    text = (EXAMPLES / f"{found.key}.csv").read_text(encoding="utf-8").replace("{NIP}", EXAMPLE_NIP)
    text = text.replace("{TAHUN}", str(timezone.localdate().year))
    return _answered(example_of(found, office, table_of(text).rows[1:]), f"contoh-{found.key}.xlsx")


@require_safe
def records_example(request: OfficeRequest, period_id: int) -> HttpResponse:
    """An example of such an export for this very period; its rows are invented."""
    period = _period(request, period_id, basis=Basis.PEGAWAI, run__isnull=False)
    text = (EXAMPLES / "ekinerja.csv").read_text(encoding="utf-8").replace("{NIP}", EXAMPLE_NIP)
    with translation.override("id"):
        text = text.replace("{PERIODE}", period.name)
    return _example(OF_RECORDS.title, OF_RECORDS.columns, text, "contoh-ekinerja.xlsx")


@require_safe
def past_example(request: OfficeRequest, office_id: int) -> HttpResponse:
    """An example of a table of old figures; its rows are invented."""
    _office_of_past(request, office_id)
    text = (EXAMPLES / "lama.csv").read_text(encoding="utf-8")
    return _example(OF_PAST.title, OF_PAST.columns, text, "contoh-angka-lama.xlsx")


@require_safe
def present(request: OfficeRequest, office_id: int, kind: str) -> HttpResponse:
    """What the office has now, in the same columns: changed there, it can be brought in again."""
    office, found = _office(request, office_id), _kind(kind)
    name = f"{found.key}-{office.slug}-{timezone.localdate():%Y%m%d}.xlsx"
    left_out = found.left_out(office) if found.left_out else ""
    return _answered(workbook_of(found, office, found.rows(office), left_out=left_out), name)


def _example(title: str | Promise, read: Iterable[Heading], text: str, name: str) -> HttpResponse:
    return _answered(write_workbook(str(title), (), plain_columns(read), table_of(text).rows[1:]), name)


def _answered(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _office(request: OfficeRequest, office_id: int) -> Office:
    """An office that the person looks after; 404 where it is not seen, 403 where it is not looked after."""
    office = get_object_or_404(Office.objects.visible_to(request.actor), pk=office_id)
    permissions.check_can_manage(request.actor, office.pk)
    return office


def _kind(key: str) -> Kind:
    if key not in SET_UP:
        raise Http404
    return SET_UP[key]
