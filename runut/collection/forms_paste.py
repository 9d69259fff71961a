"""A block copied from a spreadsheet, over the form of a sheet."""

from __future__ import annotations

import json

from django.http import QueryDict
from django.utils.translation import gettext as _

from runut.collection.forms_cells import saved_text
from runut.collection.forms_grid import SheetForm
from runut.collection.queries import Row
from runut.collection.rules import Pasted, Place, lay_over
from runut.lib.errors import Refused
from runut.lib.numbers import typed_number


def places_of(form: SheetForm) -> list[Place]:
    """The rows of the form as pasting sees them."""
    return [_place(row) for row in form.source]


def _place(row: Row) -> Place:
    line, version = row.line, row.version
    now = {"v": saved_text(row), "n": line.note, "c": line.cause, "r": line.reason}
    parts = {"a": typed_number(line.numerator), "d": typed_number(line.denominator)}
    return Place(
        line=line.pk,
        label=version.name,
        editable=line.editable,
        value_type=version.value_type,
        scale=version.scale,
        now=now | parts,
        is_quotient=version.is_quotient,
    )


def read_paste(form: SheetForm, post: QueryDict) -> Pasted:
    """The copied block over the form, from the cell that the person stood in. Refused when it is no such thing."""
    places, columns = places_of(form), form.columns
    line, column = post.get("line", ""), post.get("column", "")
    start = next((no for no, place in enumerate(places) if str(place.line) == line), None)
    if column == "d":
        columns = ("d", *columns[1:])
    if start is None or column not in columns:
        raise Refused(_("Klik dulu sel pertama yang akan diisi, lalu tempel lagi."))
    sign = post.get("sign")
    return lay_over(
        _block(post.get("block", "")), places, start, columns[columns.index(column) :],
        "dot" if sign == "dot" else "comma" if sign == "comma" else None,
    )  # fmt: skip


def _block(text: str) -> list[list[str]]:
    try:
        block = json.loads(text)
    except ValueError:
        block = None
    if not (isinstance(block, list) and block and all(isinstance(row, list) for row in block)):
        raise Refused(_("Yang disalin tidak terbaca sebagai tabel. Salin lagi dari Excel."))
    return [[cell if isinstance(cell, str) else "" for cell in row] for row in block]
