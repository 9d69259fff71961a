"""One's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from runut.lib.errors import Refused
from runut.organisation import actions
from runut.organisation.forms.accounts import ChangePasswordForm, NumberForm, PreferencesForm
from runut.organisation.requests import OfficeRequest, without_position


@require_http_methods(["GET", "HEAD", "POST"])
@without_position
def me(request: OfficeRequest) -> HttpResponse:
    """Who I am here, and how I like the pages."""
    user = request.user
    now = {"language": user.language, "text_size": user.text_size, "high_contrast": user.high_contrast}
    form = PreferencesForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        actions.change_preferences(user=user, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Tampilan tersimpan."))
        return redirect("organisation:me")
    return _me(request, form, NumberForm(initial={"whatsapp": request.actor.pegawai.whatsapp}))


@require_POST
@without_position
def change_number(request: OfficeRequest) -> HttpResponse:
    """The number that reminders open a chat with; shown again beside what is wrong with it."""
    user = request.user
    number = NumberForm(request.POST)
    if number.is_valid():
        actions.change_own_number(number=number.cleaned_data["whatsapp"], by=request.actor)
        messages.success(request, _("Nomor WhatsApp tersimpan."))
        return redirect("organisation:me")
    now = {"language": user.language, "text_size": user.text_size, "high_contrast": user.high_contrast}
    return _me(request, PreferencesForm(initial=now), number)


def _me(request: OfficeRequest, form: PreferencesForm, number: NumberForm) -> HttpResponse:
    context = {"form": form, "number": number, "actor": request.actor}
    return render(request, "organisation/me.html", context, status=422 if form.errors or number.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@without_position
@sensitive_post_parameters()
def change_password(request: OfficeRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    form.user = request.user
    if request.method == "POST" and form.is_valid():
        old, password = form.cleaned_data["old"], form.cleaned_data["password"]
        try:
            user = actions.change_password(user=request.user, old=old, password=password, by=request.actor)
        except Refused as refused:
            form.add_error("old", refused.sentence)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Kata sandi diganti. Sesi di perangkat lain berakhir."))
            return redirect("organisation:me")
    return render(request, "organisation/change_password.html", {"form": form}, status=422 if form.errors else 200)
