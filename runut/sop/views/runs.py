"""A run's pages: the list, the board, the history, and what its leader may do with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.lib.acts import is_id
from runut.organisation.permissions import managed_office_ids
from runut.organisation.requests import OfficeRequest
from runut.sop import actions, permissions
from runut.sop.forms import ReasonForm
from runut.sop.models import Run
from runut.sop.queries.board import board_of, run_for_page
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.history import history_of
from runut.sop.queries.procedures import sops_of
from runut.sop.queries.runs import FILTERS, awaited, runs_list
from runut.sop.queries.why import cancelled_words, paused_words


def find_run(request: OfficeRequest, run_id: int) -> Run:
    """The run, if this person may see it; 404 otherwise."""
    try:
        return run_for_page(run_id, request.actor)
    except Run.DoesNotExist as missing:
        raise Http404 from missing


@require_safe
def runs(request: OfficeRequest) -> HttpResponse:
    which, search = request.GET.get("status", "berjalan"), request.GET.get("q", "")
    sop = request.GET.get("sop", "")
    page = runs_list(
        request.actor, which=which, sop=int(sop) if is_id(sop) else None, search=search,
        page=request.GET.get("halaman", "1"),
    )  # fmt: skip
    labels = {"berjalan": _("Berjalan"), "selesai": _("Selesai"), "dibatalkan": _("Dibatalkan")}
    tabs = [{"url": f"?status={name}", "label": labels[name], "current": name == which} for name in FILTERS]
    query = urlencode({"status": which, "sop": sop, "q": search})
    context = {"page": page, "tabs": tabs, "query": query, "search": search, "chosen": sop, "status": which}
    return render(request, "sop/runs.html", {**context, "sops": sops_of(request.actor)})


@require_safe
def run(request: OfficeRequest, run_id: int) -> HttpResponse:
    found = find_run(request, run_id)
    context = {"run": found, "board": board_of(found), "leads": permissions.may_lead(request.actor, found)}
    context |= {"tabs": _tabs(found, "run"), "awaited": awaited(found, request.actor)}
    context["paused"] = paused_words([found]).get(found.pk, "")
    context["cancelled"] = cancelled_words([found]).get(found.pk, found.stop_reason)
    context["publishes"] = definition_of(found.version).publishes
    context["mends"] = found.office_id in managed_office_ids(request.actor)
    return render(request, "sop/run.html", context)


@require_safe
def run_history(request: OfficeRequest, run_id: int) -> HttpResponse:
    found = find_run(request, run_id)
    events, page = history_of(found, request.actor, request.GET.get("halaman", "1"))
    context = {"run": found, "events": events, "page": page, "tabs": _tabs(found, "history")}
    return render(request, "sop/run_history.html", context)


def _tabs(found: Run, here: str) -> list[dict[str, object]]:
    return [
        {"url": found.get_absolute_url(), "label": _("Papan"), "current": here == "run"},
        {"url": reverse("sop:run_history", args=[found.pk]), "label": _("Riwayat"), "current": here == "history"},
    ]


@require_http_methods(["GET", "POST"])
def hold(request: OfficeRequest, run_id: int) -> HttpResponse:
    return _with_reason(request, run_id, "hold", actions.hold, _("SOP dijeda. Waktu baku berhenti dihitung."))


@require_http_methods(["GET", "POST"])
def cancel(request: OfficeRequest, run_id: int) -> HttpResponse:
    return _with_reason(request, run_id, "cancel", actions.cancel, _("SOP dibatalkan. Riwayatnya tetap tersimpan."))


@require_POST
def resume(request: OfficeRequest, run_id: int) -> HttpResponse:
    found = find_run(request, run_id)
    actions.resume(run=found, by=request.actor)
    messages.success(request, _("SOP dilanjutkan. Tiap tugas mendapat kembali sisa waktunya."))
    return redirect(found)


def _with_reason(request: OfficeRequest, run_id: int, name: str, action: Callable[..., Run], done: str) -> HttpResponse:
    """A small page of its own for an act of the leader that needs a reason."""
    found = find_run(request, run_id)
    permissions.check_can_lead(request.actor, found)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action(run=found, by=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, done)
        return redirect(found)
    return render(request, f"sop/{name}.html", {"run": found, "form": form}, status=422 if form.is_bound else 200)
