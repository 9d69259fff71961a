"""The office as its papers name it: its name and letterhead, its own words, how strict it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from runut.documents import actions
from runut.documents.forms_office import OfficeForm, values_of_office
from runut.lib.errors import Refused
from runut.organisation import permissions
from runut.organisation.requests import OfficeRequest


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: OfficeRequest) -> HttpResponse:
    """What stands on its papers, to change; papers that lose their parafs by it are named first."""
    found = permissions.office_to_manage(request.actor)
    form, lost = OfficeForm(request.POST or None, initial=values_of_office(found)), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            changes, agreed = form.changes(found), given["agreed"]
            actions.rename_office(office=found, changes=changes, by=request.actor, basis=given["basis"], agreed=agreed)
        except Refused as refused:
            lost = refused.papers if isinstance(refused, actions.LosesParafs) else None
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("Data kantor tersimpan."))
            return redirect("documents:office")
    context = {"form": form, "office_of": found, "lost": lost}
    return render(request, "documents/office.html", context, status=422 if form.errors else 200)
