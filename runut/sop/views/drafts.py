"""Bringing an SOP in, binding its lanes, starting it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.lib.acts import new_key
from runut.lib.dates import period_words
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.models import Jabatan, JabatanKind, Office
from runut.organisation.permissions import Actor
from runut.organisation.requests import OfficeRequest
from runut.sop import actions
from runut.sop.actions.library import LibraryItem, import_from_library, load_library
from runut.sop.actions.version import bindings_mark, check_can_keep
from runut.sop.forms import ImportForm, LanesForm, StartForm
from runut.sop.models import Sop, SopVersion, VersionState
from runut.sop.queries import bindings_of, definition_of, proposed_bindings, startable, what_begins, who_starts
from runut.sop.queries import procedures as queries
from runut.sop.queries.runs import latest_titles
from runut.sop.rules.parse import SopFileError
from runut.sop.views.procedures import find_sop, keeps


@require_http_methods(["GET", "POST"])
def import_sop(request: OfficeRequest) -> HttpResponse:
    """A file, a text or an SOP of the library becomes a draft; faults are listed and nothing is lost."""
    items = load_library()
    form = ImportForm(
        request.POST or None, request.FILES or None, offices=_kept_offices(request.actor),
        library=[(item.code, _choice(item)) for item in items], initial={"library": request.GET.get("pustaka", "")},
    )  # fmt: skip
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            version = _import(form, request.actor)
        except SopFileError as faults:
            problems, form = faults.problems, _with_text(form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("SOP tersimpan sebagai draf versi %(no)d.") % {"no": version.no})
            return redirect("sop:version", version.sop_id, version.no)
    status = 422 if form.is_bound or problems else 200
    return render(request, "sop/import_sop.html", {"form": form, "problems": problems, "items": items}, status=status)


def _choice(item: LibraryItem) -> str:
    """An SOP of the library so that two of the same name are told apart: where it begins, how long it is."""
    words = {"title": item.title, "who": item.lanes[0], "n": item.steps, "code": item.code}
    return _("%(title)s: %(n)d langkah, pelaksana pertama %(who)s (%(code)s)") % words


def _kept_offices(actor: Actor) -> QuerySet[Office]:
    """Offices whose SOPs this person keeps; Denied when there is none."""
    offices = Office.objects.visible_to(actor).order_by("name")
    kept = [office.pk for office in offices if keeps(actor, office)]
    if not kept:
        raise Denied(_("SOP kantor dikelola oleh pimpinan kantor atau admin kantor."))
    return offices.filter(pk__in=kept)


def _import(form: ImportForm, actor: Actor) -> SopVersion:
    data = form.cleaned_data
    if data["library"]:
        return import_from_library(office=data["office"], code=data["library"], by=actor)
    return actions.import_version(
        office=data["office"], text=data["file"] or data["text"], by=actor, file=form.file_name
    )


def _with_text(form: ImportForm) -> ImportForm:
    """The form with the file's text to put right on the spot: a browser forgets the file itself."""
    data = form.cleaned_data
    form.data = {**form.data, "office": data["office"].pk, "text": data["file"] or data["text"], "library": ""}
    return form


@require_http_methods(["GET", "POST"])
def lanes(request: OfficeRequest, sop_id: int) -> HttpResponse:
    """Which positions of the office stand in each lane."""
    found = find_sop(request, sop_id)
    check_can_keep(request.actor, found.office)
    version, status = latest(found), 200
    bound, definition = bindings_of(found.pk), definition_of(version)
    proposed = proposed_bindings(found, {lane.slot for lane in definition.lanes} - bound.keys())
    form = LanesForm(
        request.POST or None, definition=definition, jabatan=_posts(found.office), bound=bound, proposed=proposed
    )
    shown = request.POST.get("shown") or bindings_mark(found.pk)
    if request.method == "POST":
        status = 422
        if form.is_valid() and _is_bound(form, found, request.actor, shown):
            messages.success(request, _("Peran pada SOP ini tersimpan."))
            return redirect("sop:version", found.pk, version.no)
    context = {"sop": found, "form": form, "shown": shown, "proposed": [] if form.is_bound else proposed}
    return render(request, "sop/lanes.html", context, status=status)


def _is_bound(form: LanesForm, found: Sop, actor: Actor, shown: str) -> bool:
    """Keep what was chosen; what keeps it from being kept stands at the head of the form."""
    try:
        actions.bind_lanes(sop=found, bindings=form.bindings(), by=actor, shown=shown)
    except Stale:
        raise
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    return form.is_valid()


def _posts(office: Office) -> list[Jabatan]:
    """Positions that do the office's work; looking after the system is none."""
    posts = Jabatan.objects.filter(office=office, closed_on__isnull=True).exclude(kind=JabatanKind.ADMIN)
    return list(posts.order_by("name"))


def latest(found: Sop) -> SopVersion:
    version = queries.version_shown(queries.versions_of(found)[:1], None)
    if version is None:
        raise Http404
    version.sop = found
    return version


@require_http_methods(["GET", "POST"])
def start(request: OfficeRequest, sop_id: int) -> HttpResponse:
    """Begin a run of the version in force."""
    found = find_sop(request, sop_id)
    if found.category == "correction":
        raise Refused(_("SOP perbaikan dimulai dari laporan kesalahan. Buka menu Perbaikan."))
    key = request.POST.get("key") or new_key()
    form = StartForm(request.POST or None, initial={"title": _proposed_title(found)})
    if request.method == "POST" and form.is_valid():
        run = actions.start_run(sop=found, by=request.actor, title=form.cleaned_data["title"], key=key)
        messages.success(request, _("SOP dimulai. %(next)s") % {"next": what_begins(run)})
        return redirect(run)
    in_force = found.versions.filter(state=VersionState.IN_FORCE).first()
    context = {
        "sop": found,
        "form": form,
        "key": key,
        "in_force": in_force,
        "mends": keeps(request.actor, found.office),
        "others": [] if startable(request.actor, [found]) else who_starts([found]),
    }
    context["vacant"] = queries.vacant_posts(found, definition_of(in_force)) if in_force else []
    return render(request, "sop/start.html", context, status=422 if form.is_bound else 200)


def _proposed_title(found: Sop) -> str:
    """The SOP's name with the quarter that has just ended, for that is when data are collected; or the next one after
    it that none of the latest runs is named after.
    """
    today = timezone.localdate()
    quarter = (today.month - 1) // 3
    year, number = (today.year, quarter) if quarter else (today.year - 1, 4)
    named, period = latest_titles(found), period_words(year, number, found.office.terms)
    while any(period in title for title in named):
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
        period = period_words(year, number, found.office.terms)
    return _("%(sop)s, %(period)s") % {"sop": found.title, "period": period}
