"""The scale of predicates of an office: which one it goes by, since when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.planning import actions, queries
from runut.planning.forms_scales import ScaleForm
from runut.planning.permissions import keeps
from runut.planning.views.plans import chosen_office, kept_office


@require_safe
def scales(request: OfficeRequest) -> HttpResponse:
    """The scales that an office went by, the present one first."""
    office, offices = chosen_office(request)
    context: dict[str, object] = {"offices": offices}
    if office is not None:
        context |= {
            "office_of": office, "may_keep": keeps(request.actor, office.pk),
            "taken_up": queries.scales_of(office, timezone.localdate()),
        }  # fmt: skip
    return render(request, "planning/scales.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: OfficeRequest, office_id: int) -> HttpResponse:
    office = kept_office(request, office_id)
    form = ScaleForm(request.POST or None, initial={"start": timezone.localdate().replace(month=1, day=1)})
    if request.method == "POST" and form.is_valid():
        try:
            taken = actions.take_up_scale(
                office=office, scale=form.scale(), start=form.cleaned_data["start"], by=request.actor
            )
        except Refused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("Skala predikat tersimpan: %(name)s.") % {"name": taken})
            return redirect(f"{reverse('planning:scales')}?kantor={office.pk}")
    context = {"form": form, "office_of": office}
    return render(request, "planning/scale_form.html", context, status=422 if form.is_bound else 200)
