"""Procedures as written: the list, the official form, versions and their comparison."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from runut.lib.errors import Denied
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import letterhead_at
from runut.organisation.requests import OfficeRequest
from runut.sop.actions.version import check_can_keep
from runut.sop.models import Sop, SopVersion, VersionState
from runut.sop.permissions import check_can_ratify
from runut.sop.queries import procedures as queries
from runut.sop.queries import startable
from runut.sop.queries.compare import compare as compare_versions
from runut.sop.queries.form import official_form


def find_sop(request: OfficeRequest, sop_id: int) -> Sop:
    """The procedure, if this person works in its office; 404 otherwise."""
    try:
        return queries.sop_for_page(sop_id, request.actor)
    except Sop.DoesNotExist as missing:
        raise Http404 from missing


def keeps(actor: Actor, office: Office) -> bool:
    """Whether the page offers what only the keepers of the office's SOPs may do."""
    try:
        check_can_keep(actor, office)
    except Denied:
        return False
    return True


def ratifies(actor: Actor, office: Office) -> bool:
    """Whether the page offers what only the head of the office may do, in person."""
    try:
        check_can_ratify(actor, office)
    except Denied:
        return False
    return True


@require_safe
def library(request: OfficeRequest) -> HttpResponse:
    sops = queries.sops_of(request.actor)
    may_import = any(keeps(request.actor, a.jabatan.office) for a in request.actor.assignments)
    return render(request, "sop/library.html", {"sops": sops, "may_import": may_import})


@require_safe
def sop(request: OfficeRequest, sop_id: int) -> HttpResponse:
    return _form_page(request, find_sop(request, sop_id), None)


@require_safe
def version(request: OfficeRequest, sop_id: int, no: int) -> HttpResponse:
    return _form_page(request, find_sop(request, sop_id), no)


def _form_page(request: OfficeRequest, found: Sop, no: int | None) -> HttpResponse:
    """The official form; of a draft also what the checks say of it."""
    versions = queries.versions_of(found)
    shown = queries.version_shown(versions, no)
    if shown is None:
        raise Http404
    shown.sop = found
    with translation.override("id"):
        form = official_form(shown)
    context: dict[str, object] = {"sop": found, "version": shown, "versions": versions, "form": form}
    context |= {"keeps": keeps(request.actor, found.office), "ratifies": ratifies(request.actor, found.office)}
    context["letterhead"] = letterhead_at(found.office, shown.ratified_at)
    context["lanes"] = queries.seats_of_sop(found, form.definition)
    context["start_url"] = _start_url(request.actor, found, versions)
    context["opens_case"] = bool(context["start_url"]) and found.category == "correction" and not form.is_draft
    if shown.state == VersionState.DRAFT:
        context["findings"] = queries.findings_of(shown)
    return render(request, "sop/sop.html", context)


def _start_url(actor: Actor, found: Sop, versions: list[SopVersion]) -> str:
    """Where this person starts a run, "" who may not: a correction begins as a case, in a room above this one."""
    if not any(version.state == VersionState.IN_FORCE for version in versions):
        return ""
    if found.category != "correction":
        return reverse("sop:start", args=[found.pk]) if startable(actor, [found]) else ""
    try:
        return reverse("correction:open")
    except NoReverseMatch:
        return ""


@require_safe
def compare(request: OfficeRequest, sop_id: int) -> HttpResponse:
    found = find_sop(request, sop_id)
    versions = queries.versions_of(found)
    newest = versions[0].no if versions else 0
    old = _number(request.GET.get("dari", ""), max(1, newest - 1))
    new = _number(request.GET.get("ke", ""), newest)
    before = get_object_or_404(SopVersion, sop=found, no=old)
    after = get_object_or_404(SopVersion, sop=found, no=new)
    context = {"sop": found, "versions": versions, "before": before, "after": after}
    return render(request, "sop/compare.html", {**context, "lines": compare_versions(before, after)})


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else otherwise


@require_safe
def source(request: OfficeRequest, sop_id: int, no: int) -> HttpResponse:
    """The version as a file to keep, to send or to change."""
    found = get_object_or_404(SopVersion, sop=find_sop(request, sop_id), no=no)
    name = f"{found.sop.code}-v{found.no}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(queries.as_file(found), content_type="application/yaml; charset=utf-8", headers=headers)
