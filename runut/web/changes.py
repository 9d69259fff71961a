"""What an entry of the log says was changed, as an officer reads it: fields by their names, rows by theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from runut.audit.models import Entry
from runut.collection.models import Figure, Value
from runut.correction.models import Decision
from runut.lib.dates import short_date
from runut.lib.numbers import format_number
from runut.organisation.models import Jabatan, Office, Pegawai, Unit
from runut.web.log_labels import LABELS

NAMED: dict[str, type[models.Model]] = {"jabatan": Jabatan, "pegawai": Pegawai, "figure": Figure, "values": Value}
KINDS = (Jabatan, Office, Pegawai, Unit, Figure, Value)
WITH: dict[type[models.Model], tuple[str, ...]] = {Figure: ("indicator",), Value: ("figure__indicator",)}
# Lists of rows of which only the number says something to a reader.
COUNTED = ("closed", "evidence", "opened", "sheets", "tasks")
# The order in which a version is read; the rest follows by name.
READ_FIRST = ("figure", "no", "amount", "text", "numerator", "denominator", "measure", "target", "target_text")
# An item of a case stands in the log as a row that begins with its figure.
ITEMS = "items"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOTHING = "–"
Names = Mapping[type[models.Model], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an act: what it was and what it became; what stayed as it was has no `before`."""

    field: str
    before: str
    after: str


def changes_of(entries: Collection[Entry]) -> dict[int, tuple[Change, ...]]:
    """The changes of each entry, by its id. One query for each kind of row that is named."""
    names = _names_in(entries)
    return {entry.pk: tuple(_changes(entry, names)) for entry in entries}


def label_of(field: str) -> str:
    """What a field of a payload is called; one without a name bears the code's, so that nothing is hidden."""
    return str(LABELS.get(field, field.replace("_", " ")))


def _changes(entry: Entry, names: Names) -> Iterable[Change]:
    before, after = entry.payload.get("before") or {}, entry.payload.get("after") or {}
    for field in sorted({*before, *after}):
        was, now = (_words(entry, field, said.get(field), names) for said in (before, after))
        yield Change(label_of(field), NOTHING if was == now else was, now)


def _words(entry: Entry, field: str, value: object, names: Names) -> str:
    """A stored value as a reader sees it; nothing is an en dash, never "None"."""
    return _said(entry.subject_type, field, value, names)


def _said(subject: str, field: str, value: object, names: Names) -> str:
    kind = _kind_of(subject, field)
    if field in COUNTED and isinstance(value, list):
        return str(len(value)) if value else NOTHING
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "; ".join(_version(one, names) for one in value if isinstance(one, dict))
    if field == ITEMS and isinstance(value, list):
        return "; ".join(_item(row, names) for row in value if isinstance(row, list)) or NOTHING
    if isinstance(value, str) and value in (choices := _choices(subject, field)):
        return choices[value]
    if kind is None:
        return _amount(subject, field, value) or _plain(value)
    known = names.get(kind, {})
    return ", ".join(known.get(pk, str(pk)) for pk in _ids(value)) or _plain(value)


def _version(stored: Mapping[str, object], names: Names) -> str:
    """A version of a figure, or whatever else was stored by names: what says nothing is left out."""
    # A database may give the keys back in an order of its own.
    inner = sorted(stored, key=lambda key: (READ_FIRST.index(key) if key in READ_FIRST else len(READ_FIRST), key))
    parts = [(key, _said("collection.value", key, stored[key], names)) for key in inner]
    return ", ".join(f"{label_of(key)}: {words}" for key, words in parts if words != NOTHING)


def _item(row: list[object], names: Names) -> str:
    """An item: its figure by name, and what was said of it; numbers of rows are left out."""
    figure = names.get(Figure, {}).get(row[0], str(row[0])) if row and isinstance(row[0], int) else _plain(row[:1])
    decisions = {str(code): str(label) for code, label in Decision.choices if code}
    said = [decisions.get(one, _plain(one)) for one in row[1:] if isinstance(one, str) and one]
    return f"{figure}: {', '.join(said)}" if said else figure


def _amount(subject: str, field: str, value: object) -> str:
    """A decimal number, which the log keeps as text, as it is written here; "" where it is none."""
    if not isinstance(value, str) or not isinstance(_field(subject, field), models.DecimalField):
        return ""
    try:
        return format_number(Decimal(value))
    except InvalidOperation:
        return ""


def _plain(value: object) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, str) and DAY.fullmatch(value):
        return short_date(date.fromisoformat(value), "en" if translation.get_language() == "en" else "id")
    if isinstance(value, dict) and all(str(key).isdecimal() for key in value):
        return "; ".join(_plain(item) for item in value.values())
    if isinstance(value, dict):
        return ", ".join(f"{label_of(key)}: {_plain(item)}" for key, item in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_plain(item) for item in value)
    return str(value)


def _names_in(entries: Iterable[Entry]) -> Names:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in entries:
        for said in (entry.payload.get("before") or {}, entry.payload.get("after") or {}):
            for field, value in said.items():
                _collect(entry.subject_type, field, value, wanted)
    return {kind: names_of(kind, ids) for kind, ids in wanted.items()}


def names_of(kind: type[models.Model], ids: Collection[int]) -> dict[int, str]:
    """What rows of a kind are called, by id. One query."""
    rows = kind._default_manager.filter(pk__in=ids)
    return {row.pk: _name(row) for row in (rows.select_related(*WITH[kind]) if kind in WITH else rows)}


def _collect(subject: str, field: str, value: object, wanted: dict[type[models.Model], set[int]]) -> None:
    """Which rows a field names, of which kind."""
    if field == ITEMS and isinstance(value, list):
        wanted[Figure].update(row[0] for row in value if isinstance(row, list) and row and isinstance(row[0], int))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for one in value:
            for key, item in one.items() if isinstance(one, dict) else ():
                _collect("collection.value", key, item, wanted)
    elif (kind := _kind_of(subject, field)) is not None:
        wanted[kind].update(_ids(value))


def _name(row: models.Model) -> str:
    if isinstance(row, Figure):
        return row.indicator.name
    if isinstance(row, Value):
        return _("%(name)s, versi %(no)d") % {"name": row.figure.indicator.name, "no": row.no}
    return str(row)


def _ids(value: object) -> list[int]:
    """The ids in a value that names rows; what is no number names none."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, int) and not isinstance(one, bool)]


def _kind_of(subject_type: str, field: str) -> type[models.Model] | None:
    """The kind of row that a field names: only people, positions, units and offices are told by name."""
    found = _field(subject_type, field)
    kind = found.related_model if isinstance(found, models.ForeignKey) else NAMED.get(field)
    return kind if kind in KINDS else None


def _choices(subject_type: str, field: str) -> dict[str, str]:
    found = _field(subject_type, field)
    return {str(code): str(words) for code, words in found.flatchoices} if found is not None else {}


def _field(subject_type: str, field: str) -> models.Field[object, object] | None:
    try:
        found = apps.get_model(subject_type)._meta.get_field(field)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None
