"""The forms of an office: the editions there were, and composing a new one."""

from __future__ import annotations

from typing import Literal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection import actions, queries
from runut.collection.forms_editions import ComposeForm, EditionForm
from runut.collection.models import Basis
from runut.collection.rules import on_screen, shipped
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest


def _office(request: OfficeRequest) -> tuple[Office, list[Office]]:
    """The office whose forms are looked after here, and all that this person looks after."""
    offices = queries.offices_to_compose(request.actor)
    return next((each for each in offices if str(each.pk) == request.GET.get("kantor")), offices[0]), offices


@require_safe
def editions(request: OfficeRequest) -> HttpResponse:
    """Which form holds for units and for people, and what held before."""
    office, offices = _office(request)
    today, known = local_day(office, timezone.now()), queries.editions_of(office)
    blocks = []
    for basis in Basis:
        now = queries.edition_on(office, basis, today)
        heads = queries.headings(now.layout if now else shipped(basis), office, basis, 1)
        blocks.append((basis, now, heads, [each for each in known if each.basis == basis]))
    context = {"blocks": blocks, "office": office, "offices": offices, "today": today, "tab": "forms"}
    return render(request, "collection/editions.html", context)


@require_http_methods(["GET", "POST"])
def compose(request: OfficeRequest, basis: str) -> HttpResponse:
    """Choose columns and indicators, look at the form on screen and on paper, put it in force from a day."""
    office, _offices = _office(request)
    if basis not in Basis.values:
        raise Http404
    today, post = local_day(office, timezone.now()), request.POST if request.method == "POST" else None
    now = queries.edition_on(office, basis, today)
    indicators = queries.indicators_to_choose(office, today) if basis == Basis.UNIT else []
    composed = ComposeForm(now.layout if now else shipped(basis), now.indicators if now else [], indicators, post)
    form = EditionForm(post, initial={"start": today.isoformat()})
    status = 200
    if post is not None and post.get("act") == "enforce":
        if form.is_valid() and _enforced(request, office, basis, form, composed):
            return redirect(f"{reverse('collection:editions')}?kantor={office.pk}")
        status = 422
    elif post is not None:
        form = EditionForm(initial=post.dict())
    context = _context(office, basis, composed) | {"form": form, "composed": composed, "now": now, "tab": "forms"}
    return render(request, "collection/compose.html", context, status=status)


def _enforced(request: OfficeRequest, office: Office, basis: str, form: EditionForm, composed: ComposeForm) -> bool:
    """Whether the edition holds now; where it was refused, the form says why."""
    kind: Literal["unit", "pegawai"] = "unit" if basis == Basis.UNIT else "pegawai"
    data = form.cleaned_data
    try:
        composed.check_places()
        edition = actions.compose_form(
            office=office, by=request.actor, basis=kind, columns=composed.picked, start=data["start"],
            reason=data["reason"], waiver=data["waiver"], indicators=composed.picked_indicators,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)
        return False
    messages.success(request, _("Format isian edisi %(no)s tersimpan.") % {"no": edition.no})
    return True


def _context(office: Office, basis: str, composed: ComposeForm) -> dict[str, object]:
    """The preview: the form on screen and on paper, in the words of a quarter."""
    columns = composed.picked
    try:
        screen = queries.headings(on_screen(columns), office, basis, 1)
    except ValueError:
        screen = []
    return {
        "office": office,
        "basis": basis,
        "basis_name": Basis(basis).label,
        "screen": screen,
        "paper": queries.headings(columns, office, basis, 1),
    }
