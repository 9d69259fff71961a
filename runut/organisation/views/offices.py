"""The office itself: its name and letterhead, its own words, how strict it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.lib.errors import Refused
from runut.organisation import actions, permissions
from runut.organisation.forms.identity import OfficeForm, values_of_office
from runut.organisation.models import Office
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: OfficeRequest) -> HttpResponse:
    """What stands on its papers, to change."""
    found = managed_office(request)
    form = OfficeForm(request.POST or None, initial=values_of_office(found))
    if request.method == "POST" and form.is_valid():
        try:
            basis = form.cleaned_data["basis"]
            actions.update_office(office=found, changes=form.changes(found), by=request.actor, basis=basis)
        except Refused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("Data kantor tersimpan."))
            return redirect("organisation:office")
    context = {"form": form, "office_of": found}
    return render(request, "organisation/office.html", context, status=422 if form.errors else 200)


def managed_office(request: OfficeRequest) -> Office:
    """The office that a page of settings is about: one's own if one looks after it, else the first."""
    offices = permissions.offices_to_manage(request.actor)
    wanted = request.actor.pegawai.office_id if request.actor.pegawai.office_id in offices else min(offices)
    return Office.objects.select_related("instansi", "calendar").get(pk=wanted)
