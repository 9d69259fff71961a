"""What happens around every view: who acts, in which language and zone, and what a refusal looks like."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.request import UnreadablePostError
from django.shortcuts import redirect, render, resolve_url
from django.urls import is_valid_path
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.audit.actions import record_refusal
from runut.lib.errors import Denied, Refusal, Stale
from runut.organisation.models import User
from runut.organisation.permissions import Actor
from runut.organisation.queries import actor_of, zone_of
from runut.organisation.requests import UNSENT

GetResponse = Callable[[HttpRequest], HttpResponse]

LANGUAGES = {"id", "en"}
LANGUAGE_COOKIE = "bahasa"

log = logging.getLogger("runut.web")


class ReadableMiddleware:
    """No request with a NUL character goes further: no text has one, and PostgreSQL stores none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in _texts_of(request)):
            raise BadRequest("NUL character")
        return self.get_response(request)


def _texts_of(request: HttpRequest) -> Iterator[str]:
    """What came with the request as text: address, parameters, cookies, fields."""
    yield request.path
    yield from request.COOKIES.values()
    try:
        given = [request.GET, request.POST]
    except UnreadablePostError as error:
        raise BadRequest("the form did not arrive whole") from error
    for fields in given:
        for name, values in fields.lists():
            yield name
            yield from values


class OnwardMiddleware:
    """Where an address leads changes with the work: no browser keeps it, or "back" goes in a circle after an act."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """To the sign-in, and from there back. What somebody sends whose session has ended is not done: it says so."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        here = _own_referer(request) or request.get_full_path()
        return redirect_to_login(here, f"{resolve_url(settings.LOGIN_URL)}?{UNSENT}=1")


class ActorMiddleware:
    """`request.actor`: the signed-in person as of today in the office's zone; None for a visitor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = None  # type: ignore[attr-defined]
        if not isinstance(user, User):
            return self.get_response(request)
        with timezone.override(zone_of(user.pegawai.office)):
            request.actor = actor_of(user.pegawai, timezone.localdate())  # type: ignore[attr-defined]
            return self.get_response(request)


class LanguageMiddleware:
    """Bahasa Indonesia, unless the person (or a visitor's cookie) has chosen otherwise.

    Not the browser's language: office PCs often run an English Windows.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(LANGUAGE_COOKIE, "")
        with translation.override(chosen if chosen in LANGUAGES else "id"):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "id")
            return response


class PositionMiddleware:
    """A person without a position in force cannot act; one with a temporary password sets a new one first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None or getattr(view, "without_position", False) or not getattr(view, "login_required", True):
            return None
        if getattr(request.user, "must_change_password", False):
            return redirect("organisation:change_password")
        if not actor.assignments:
            _log_attempt(request, _("Tidak ada jabatan yang berlaku."))
            return render(request, "web/without_position.html", status=403)
        return None


# Fields that nobody writes in, those in which one chooses (they carry codes of ours), and those that are nobody's to
# read again.
NOT_WRITTEN = (
    "csrf", "key", "act", "data_hash", "seen", "was", "rev", "shown", "member", "password", "old", "code", "login",
    "unread", "next", "sent_", "previous", "mine-m-",
    "verdict-", "m-", "wrong-", "paste-sign", "polarity", "method", "value_type", "aggregation", "frequency", "kind",
    "cascading", "way", "language", "text_size", "decision-", "leader", "present", "guests", "all_present", "chosen",
    "figure", "absent-", "pick-", "ready-", "slot_", "role-", "repairer-", "cause_", "follow_",
)  # fmt: skip

# The same by their whole name, where others begin like it.
CHOSEN = frozenset({
    "agreed", "begun", "cause", "checked", "drop", "duties_policy", "early", "goal", "heads_office", "heads_unit",
    "high_contrast", "indicators", "information_class", "item", "jabatan", "kantor", "keep", "keeper", "kegiatan",
    "library", "milik", "nomenclature", "office", "only_here", "own_indicators", "parent", "pegawai", "periode",
    "publishable", "read", "register", "sasaran", "serves", "sign", "single_holder", "sop", "stage", "status",
    "superior", "supplier", "supplies_data", "tampil", "tindakan", "to", "tujuan", "unit", "which", "which_scale",
    "zone",
})  # fmt: skip
# Chosen in one form, by an id, and written in another.
EITHER = frozenset({"recipient"})


class RefusalMiddleware:
    """Turn a refusal into its page, and log the attempt outside the transaction that was rolled back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and "text/html" in request.headers.get("Accept", ""):
            return not_that_way(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404):
            _log_attempt(request, _("Tidak ditemukan, atau tidak boleh dilihat."))
            return None
        if isinstance(exception, PermissionDenied):
            exception = Denied(str(exception) or _("Halaman ini bukan tugas Anda."))
        if not isinstance(exception, Refusal):
            return None
        _log_attempt(request, exception.sentence)
        return refusal_page(request, exception)


def not_that_way(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An address that only takes what a form sends, asked for as a page: the page it belongs to, or the way there.

    Whoever comes from a page of ours (by the switch of languages) is sent on; whoever typed it is told.
    """
    onward = _page_above(request.path)
    if request.method == "GET" and request.headers.get("Referer", "").startswith(request.build_absolute_uri("/")):
        return redirect(onward)
    page = render(request, "405.html", {"onward_url": onward}, status=405)
    page.headers["Allow"] = response.headers["Allow"]
    return page


def _page_above(path: str) -> str:
    """The nearest address above this one that leads anywhere."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            break
    return path


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """403 for who, 409 for when; as JSON for a script that asked for it."""
    status = 403 if isinstance(refusal, Denied) else 409
    context = {"sentence": refusal.sentence, "code": refusal.code, "stale": isinstance(refusal, Stale)}
    sent = request.method == "POST"
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(context, status=status)
    onward = {"onward_url": refusal.url, "onward_label": refusal.label}
    back = "" if request.method == "GET" else _own_referer(request)
    return render(
        request,
        f"{status}.html",
        {**context, "back_url": back, **onward, "typed": _typed(request), "sent": sent},
        status=status,
    )


def _own_referer(request: HttpRequest) -> str:
    """The page of ours on which the form stood; empty if it is unknown or somebody else's."""
    here, own = request.headers.get("Referer", ""), request.build_absolute_uri("/")
    return here.removeprefix(own.rstrip("/")) if here.startswith(own) else ""


def _typed(request: HttpRequest) -> list[str]:
    """What was written in the form that could not be taken: it must not be lost with the page."""
    found = [
        value.strip()
        for name in request.POST
        if name not in CHOSEN and not name.startswith(NOT_WRITTEN)
        for value in request.POST.getlist(name)
        if not (name in EITHER and value.isdecimal())
    ]
    return [value for value in dict.fromkeys(found) if len(value) > 1 and value != "on"]


def _log_attempt(request: HttpRequest, sentence: str) -> None:
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if request.method != "POST" or actor is None:
        return
    match = request.resolver_match
    event = (match.view_name if match else "")[:64] or "unknown"
    record_refusal(
        event, subject=actor.pegawai, by=actor, reason=sentence, stream=actor.audit_stream, path=request.path
    )
    log.info("refused: %s", event)
