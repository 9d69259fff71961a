"""In and out: sign-in, lock-out, activation by code, sign-out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runut.lib.errors import Refused
from runut.lib.first_office import WORDS
from runut.organisation import actions
from runut.organisation.backends import is_empty
from runut.organisation.forms.accounts import ActivationForm, SignInForm
from runut.organisation.queries import login_for
from runut.organisation.requests import UNSENT, without_position

BACKEND = "runut.organisation.backends.LoginBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """By NIP or e-mail and password; then to the page that was asked for."""
    onward = _onward(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(onward)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = login_for(form.cleaned_data["login"])
        user = authenticate(request, username=name, password=form.cleaned_data["password"])
        if user is not None:
            login(request, user)
            return redirect(onward)
        form.add_error(
            None, _("NIP, surel atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
        )
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "next": onward,
        "create_office": WORDS if is_empty() else (),
        "unsent": UNSENT in request.GET,
    }
    return render(request, "organisation/sign_in.html", context, status=status)


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def locked_out(request: HttpRequest, original: HttpResponse | None, credentials: dict[str, str] | None) -> HttpResponse:
    """After too many wrong passwords: how long to wait, and whom to ask meanwhile."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    context = {"minutes": minutes, "tries": settings.AXES_FAILURE_LIMIT}
    response = render(request, "organisation/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


@require_POST
@without_position
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("Anda sudah keluar."))
    return redirect("organisation:sign_in")


@require_safe
@login_not_required
def forgot_password(request: HttpRequest) -> HttpResponse:
    """There is no e-mail in many offices: the office's admin gives a new code."""
    return render(request, "organisation/forgot_password.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters()
def activation(request: HttpRequest) -> HttpResponse:
    """A printed one-time code becomes a password."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = actions.activate(login=given["login"], code=given["code"], password=given["password"])
        except Refused as refused:
            form.add_error("code", refused.sentence)
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, _("Akun Anda aktif. Lain kali masuklah dengan NIP dan kata sandi ini."))
            return redirect("/")
    return render(request, "organisation/activation.html", {"form": form}, status=422 if form.errors else 200)
