"""A quarter in all offices of the government, in counts, for those who work in a coordinating office."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from runut.collection import queries
from runut.collection.queries.offices import BY_LATENESS, BY_NAME, PAGE_SIZE
from runut.lib.csvtext import CONTENT_TYPE, csv_text
from runut.lib.dates import period_words
from runut.organisation import permissions
from runut.organisation.requests import OfficeRequest


@require_safe
def offices(request: OfficeRequest, year: int, quarter: int) -> HttpResponse:
    order = request.GET.get("urut", BY_LATENESS)
    found = _found(request, year, quarter, order)
    context = {
        "name": _name((year, quarter)),
        "year": year,
        "quarter": quarter,
        "found": found,
        "page": Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "tabs": _tabs(order),
        "order": f"urut={BY_NAME}" if order == BY_NAME else "",
        "others": [(*each, _name(each)) for each in (found.before, found.after) if each],
    }
    return render(request, "collection/offices.html", context)


@require_safe
def offices_csv(request: OfficeRequest, year: int, quarter: int) -> HttpResponse:
    """The same, all of it, as a file for a spreadsheet."""
    table = queries.offices_table(_found(request, year, quarter, request.GET.get("urut", BY_LATENESS)))
    name = f"kantor-{year}-tw{quarter}.csv" if quarter else f"kantor-{year}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_text(table), content_type=CONTENT_TYPE, headers=headers)


def _found(request: OfficeRequest, year: int, quarter: int, order: str) -> queries.Offices:
    permissions.check_can_oversee(request.actor)
    found = queries.offices_in(request.actor, year, quarter, order)
    if found is None:
        raise Http404
    return found


def _name(when: tuple[int, int]) -> str:
    return period_words(*when, {}, "en" if get_language() == "en" else "id")


def _tabs(order: str) -> list[dict[str, object]]:
    labels = {BY_LATENESS: _("Paling terlambat"), BY_NAME: _("Nama kantor")}
    current = BY_NAME if order == BY_NAME else BY_LATENESS
    return [
        {"url": f"?urut={name}" if name else "?", "label": label, "current": name == current}
        for name, label in labels.items()
    ]
