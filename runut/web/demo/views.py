"""The role switcher: be anybody in the demonstration. These addresses exist in demo mode only."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from runut.lib.acts import is_id
from runut.organisation.models import Assignment, Office, OfficeKind, User
from runut.organisation.requests import without_position

BACKEND = "runut.organisation.backends.LoginBackend"


@require_GET
@login_not_required
@without_position
def choose(request: HttpRequest) -> HttpResponse:
    """Everybody in the demonstration, by office, each with a button."""
    rows = Assignment.objects.filter(end__isnull=True, pegawai__user__isnull=False).select_related(
        "pegawai", "jabatan__office"
    )
    people: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("jabatan__pk", "pegawai__pk"):
        people[row.jabatan.office_id].append(row)
    above = Case(When(kind=OfficeKind.SEKRETARIAT, then=1), default=0)
    offices = Office.objects.filter(pk__in=people).select_related("instansi").order_by(above, "pk")
    groups = [(office, people[office.pk]) for office in offices]
    return render(request, "web/demo_choose.html", {"groups": groups})


@require_POST
@login_not_required
@without_position
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the person chosen, by `pegawai` (id) or `nip`, and go to `next` or the inbox."""
    wanted = request.POST.get("pegawai", "")
    users = User.objects.filter(is_active=True)
    user = get_object_or_404(users, pegawai=wanted) if is_id(wanted) else get_object_or_404(
        users, pegawai__nip=request.POST.get("nip", "").replace(" ", "")
    )  # fmt: skip
    logout(request)
    login(request, user, backend=BACKEND)
    return redirect("/tugas/")
