"""Tugas Saya: to do, waiting for others, done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from runut.organisation.requests import OfficeRequest
from runut.sop.queries import inbox as queries
from runut.sop.queries.ratifier import to_ratify


@require_safe
def inbox(request: OfficeRequest) -> HttpResponse:
    after = request.GET.get("sesudah", "")
    context = {
        "inbox": queries.inbox(request.actor, after),
        "tabs": _tabs(request, "inbox"),
        "from_start": not after,
        "to_ratify": to_ratify(request.actor) if not after else [],
        "heads": any(held.jabatan.heads_office for held in request.actor.assignments),
    }
    return render(request, "sop/inbox.html", context)


@require_safe
def waiting(request: OfficeRequest) -> HttpResponse:
    context = {"rows": queries.waiting_for(request.actor), "tabs": _tabs(request, "waiting")}
    return render(request, "sop/waiting.html", context)


@require_safe
def done(request: OfficeRequest) -> HttpResponse:
    page = queries.done_by(request.actor, request.GET.get("halaman", "1"))
    return render(request, "sop/done.html", {"page": page, "tabs": _tabs(request, "done")})


def _tabs(request: OfficeRequest, here: str) -> list[dict[str, object]]:
    count = queries.count_open(request.actor)
    shown = f"{queries.COUNTED - 1}+" if count >= queries.COUNTED else str(count)
    tabs = (
        ("inbox", _("Perlu dikerjakan"), shown),
        ("waiting", _("Menunggu orang lain"), ""),
        ("done", _("Selesai"), ""),
    )
    return [
        {"url": reverse(f"sop:{name}"), "label": label, "count": number, "current": name == here}
        for name, label, number in tabs
    ]
