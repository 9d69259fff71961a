"""What the grid's script asks for: how a saved cell looks, and what a copied block would change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runut.collection import queries
from runut.collection.actions import Conflict
from runut.collection.forms_cells import INPUTS
from runut.collection.forms_grid import GridRow, SheetForm
from runut.collection.forms_paste import read_paste
from runut.collection.models import Sheet
from runut.collection.rules import Pasted, PastedCell, Place, why_closed
from runut.lib.dates import clock
from runut.lib.errors import Refused


def check_may_edit(sheet: Sheet, form: SheetForm) -> None:
    """Refused unless this person may type in the sheet now."""
    if closed := why_closed(sheet.state, queries.acts_of_form(sheet), may_edit=form.may_edit):
        raise Refused(closed)


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's own script asks, and not a person who pressed a button."""
    return request.headers.get("Accept", "").startswith("application/json")


def saved_cells(form: SheetForm) -> JsonResponse:
    """What the script shows after saving cells; every figure is worked out here, none in the script."""
    assert form.saved is not None
    time = clock(form.saved.at, timezone.get_current_timezone_name())
    words = _("Tersimpan pukul %(time)s.") % {"time": time}
    if not form.saved.is_clean:
        words = _("Ada isian yang belum tersimpan.")
    progress = _("%(n)s dari %(total)s terisi") % {"n": form.filled, "total": form.asked}
    lines = {row.row.line.pk: _line(form, row) for row in form.rows if row.row.line.pk in form.sent}
    return JsonResponse({"lines": lines, "words": words, "progress": progress, "nil": _nil_link(form)})


def released_words(n: int) -> str:
    """That so many notes gave up the reason of a nil."""
    said = ngettext(
        "Alasan nihil dilepas dari keterangan %(n)d baris yang sekarang berisi angka.",
        "Alasan nihil dilepas dari keterangan %(n)d baris yang sekarang berisi angka.",
        n,
    )
    return said % {"n": n}


def _nil_link(form: SheetForm) -> str:
    """What the page offers for the rows that are still empty; nothing once there is none."""
    if form.repairs or not form.empty:
        return ""
    context = {"sheet": form.sheet, "filled": form.filled, "empty": len(form.empty)}
    return render_to_string("collection/_nil_link.html", context)


def _line(form: SheetForm, row: GridRow) -> dict[str, object]:
    line = row.row.line
    assert form.saved is not None
    conflict = form.saved.conflicts.get(line.pk)
    return {
        "rev": line.rev,
        "was": row.row.digest,
        "now": row.saved,
        "clash": _clash(conflict, is_quotient=row.row.version.is_quotient),
        "refused": bool(row.error),
        "error": render_to_string("collection/_cell_error.html", {"cell": row, "pk": str(line.pk)}),
        "state": row.state,
        "capaian": render_to_string("collection/_cell_capaian.html", {"cell": row}),
        "under": render_to_string("collection/_words.html", {"cell": row, "pk": str(line.pk)}),
        "quiet": not row.has_words,
    }


def _clash(conflict: Conflict | None, *, is_quotient: bool) -> list[str]:
    """The inputs between two versions of which somebody must choose; why there is no number is part of the value."""
    cells = conflict.cells if conflict else ()
    beside = ["m", "d"] if is_quotient else ["m"]
    return [INPUTS[cell][0] for cell in cells] + (beside if "value" in cells else [])


def _troubles(pasted: Pasted) -> list[tuple[str, list[PastedCell]]]:
    return [
        (_("tidak terbaca"), pasted.having("unread")),
        (_("terkunci"), pasted.having("locked")),
        (_("di luar formulir"), pasted.having("outside")),
    ]


def _put(cell: PastedCell, place: Place) -> list[dict[str, object]]:
    """Which inputs of the page a pasted cell goes into."""
    if not place.is_quotient or cell.column not in ("v", "a"):
        return [{"line": place.line, "column": cell.column, "typed": cell.typed}]
    over, mark, under = cell.typed.partition("/")
    both = [("v", over), *([("d", under)] if mark else [])]
    return [{"line": place.line, "column": column, "typed": typed} for column, typed in both]


def preview_paste(form: SheetForm, request: HttpRequest) -> HttpResponse:
    """How a copied block would be read, cell by cell; nothing is written before the person has looked."""
    try:
        pasted = read_paste(form, request.POST)
    except Refused as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=422)
    rows = sorted(cell.row for cell in pasted.cells if cell.row)
    labels = {**dict(INPUTS.values()), "a": _("Pembilang"), "d": _("Penyebut")}
    context = {
        "pasted": pasted, "cells": [(cell, labels[cell.column]) for cell in pasted.cells],
        "first": rows[0] if rows else 0, "last": rows[-1] if rows else 0, "outside": pasted.having("outside"),
        "troubles": [(name, found) for name, found in _troubles(pasted) if found],
    }  # fmt: skip
    fits = [(cell, cell.place) for cell in pasted.fits if cell.place]
    cells = [each for cell, place in fits for each in _put(cell, place)]
    done = ngettext("%(n)s isian ditempel.", "%(n)s isian ditempel.", len(fits)) % {"n": len(fits)}
    html = render_to_string("collection/_paste.html", context)
    return JsonResponse({"html": html, "cells": cells, "done": done})
