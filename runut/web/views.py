"""The shell's own pages: home, help, language, health, and what is shown when something goes wrong."""

from __future__ import annotations

import logging
import secrets
from functools import cache
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from runut.audit.queries import stream
from runut.lib.errors import Denied
from runut.lib.first_office import HEADER, WORDS
from runut.organisation.actions import change_preferences
from runut.organisation.backends import is_empty
from runut.organisation.models import User
from runut.organisation.permissions import offices_to_manage
from runut.organisation.requests import OfficeRequest, without_position
from runut.organisation.rules import CODE_ALPHABET
from runut.sop.rules.file_words import file_parts
from runut.web.forms import LogFilter
from runut.web.guide import INDEX, guide_index, guide_page, slugs
from runut.web.log import lines_of, refusals_of, visible_trail
from runut.web.middleware import LANGUAGE_COOKIE, LANGUAGES, refusal_page

log = logging.getLogger("runut.web")
LINES = 50
YEAR = 365 * 24 * 60 * 60


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The inbox of the signed-in; for visitors, what this is and where to go."""
    if request.user.is_authenticated:
        return redirect("/tugas/")
    return render(request, "web/home.html", {"create_office": WORDS if is_empty() else ()})


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help_page.html", {"first": guide_page(INDEX), "parts": file_parts()})


@require_safe
@login_not_required
def guide(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the officer's guide."""
    if page not in slugs():
        raise Http404
    return render(request, "web/guide.html", {"page": guide_page(page), "pages": guide_index()})


@require_POST
@login_not_required
@without_position
def change_language(request: HttpRequest) -> HttpResponse:
    """Switch between Bahasa Indonesia and English, for good, and go back to the page one was on."""
    language, onward = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        onward = "/"
    response = redirect(onward)
    if language in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True)
        if isinstance(request.user, User):
            change_preferences(user=request.user, by=request.actor, language=language)  # type: ignore[attr-defined]
    return response


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as soon as the application runs and its database answers and is up to date; else 503 with the cause."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        current = _is_migrated()
    except OperationalError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    if not current:
        _is_migrated.cache_clear()
        return HttpResponse("migrations pending: run `runut migrate`\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain", headers={HEADER: "1"} if is_empty() else None)


@cache
def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, Denied(str(exception) or _("Halaman ini bukan tugas Anda.")))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    user = getattr(request, "user", None)  # None when not even the session was asked for
    return render(request, "404.html", {"visitor": user is None or not user.is_authenticated}, status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came is no request that could be answered; the page asks nobody who it was."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing that may be broken, with a code that leads to the line in the log."""
    incident = "".join(secrets.choice(CODE_ALPHABET) for _place in range(6))
    log.error("incident %s: %s %s", incident, request.method, request.path, exc_info=True)
    return HttpResponse(render_to_string("500.html", {"incident": incident}), status=500)


@require_safe
def trail(request: OfficeRequest, subject_type: str, subject_id: int) -> HttpResponse:
    """Everything that was ever done to one row."""
    entries = visible_trail(request.actor, subject_type, subject_id)
    page = Paginator(entries, LINES).get_page(request.GET.get("halaman"))
    lines = lines_of(request.actor, list(page.object_list))
    return render(request, "web/trail.html", {"page": page, "lines": lines, "subject": lines[-1].subject.rstrip(".")})


@require_safe
def office_log(request: OfficeRequest) -> HttpResponse:
    """The stream of an office that one looks after, newest first, narrowed by act, person and days.

    `?tampil=ditolak`: instead, the acts of its people that were refused.
    """
    offices = offices_to_manage(request.actor)
    form = LogFilter(request.GET or None, offices=offices)
    found = refusals_of(form.office_id) if form.refused else stream(f"office:{form.office_id}").order_by("-seq")
    page = Paginator(form.narrow(found), LINES).get_page(request.GET.get("halaman"))
    query = {name: value for name, value in request.GET.items() if name != "halaman"}
    context = {
        "page": page,
        "lines": lines_of(request.actor, list(page.object_list)),
        "form": form,
        "query": urlencode(query),
        "narrowed": any(value for name, value in query.items() if name not in ("tampil", "kantor")),
    }
    return render(request, "web/office_log.html", context)
