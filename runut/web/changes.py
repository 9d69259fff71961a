"""What an entry of the log says was changed, as an officer reads it: fields by their names, rows by theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.audit.events import state_in_words
from runut.audit.models import Entry
from runut.collection.models import Figure, Value
from runut.correction.models import Decision
from runut.documents.models import Register
from runut.lib.dates import date_time, short_date
from runut.lib.numbers import format_number
from runut.lib.retold import retold
from runut.organisation.models import Jabatan, Office, Pegawai, Unit
from runut.sop.models import Run
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Definition
from runut.sop.rules.kinds import KINDS as WORK
from runut.web.log_labels import LABELS

NAMED: dict[str, type[models.Model]] = {
    "jabatan": Jabatan, "pegawai": Pegawai, "figure": Figure, "values": Value,
    "leader": Pegawai, "present": Pegawai, "absent": Pegawai,
}  # fmt: skip
KINDS = (Jabatan, Office, Pegawai, Unit, Figure, Value)
WITH: dict[type[models.Model], tuple[str, ...]] = {Figure: ("indicator",), Value: ("figure__indicator",)}
# Lists of rows of which only the number says something to a reader.
COUNTED = ("closed", "evidence", "opened", "sheets", "tasks")
# The order in which a version is read; the rest follows by name.
READ_FIRST = ("figure", "no", "amount", "text", "numerator", "denominator", "measure", "target", "target_text")
# Numbers of rows and seats in the code, which say nothing to a reader; the log's own file has them.
UNSAID = ("about", "definitions", "meeting", "slot")
# Lists of rows, each of which begins with whom or what it speaks of.
ROWS: dict[str, type[models.Model]] = {"items": Figure, "notes": Figure, "flagged": Figure, "team": Pegawai}
# Members of a run stand in the log by their keys: u3 is a unit, p7 a person.
MEMBERS = ("member", "members", "items")
MEMBER = re.compile(r"([pu])(\d+)")
OF_KEY: dict[str, type[models.Model]] = {"p": Pegawai, "u": Unit}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
OUTCOMES = {
    "complete": gettext_lazy("selesai"),
    "quarter_done": gettext_lazy("selesai"),
    "return": gettext_lazy("dikembalikan"),
}
# What a step of an SOP is called by its act; without one, by its kind of work.
ACTS: dict[str, str | Promise] = {
    **{kind.code: gettext_lazy(kind.label) for kind in WORK.values()},
    "isi": gettext_lazy("pengisian"),
    "validasi": gettext_lazy("validasi"),
    "verifikasi": gettext_lazy("verifikasi"),
    "reviu": gettext_lazy("reviu"),
    "perbaikan": gettext_lazy("perbaikan"),
}
RUN = "sop.run"
NOTHING = "–"
Names = Mapping[type[models.Model], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an act: what it was and what it became; what stayed as it was has no `before`."""

    field: str
    before: str
    after: str


def changes_of(entries: Collection[Entry]) -> dict[int, tuple[Change, ...]]:
    """The changes of each entry, by its id. One query for each kind of row that is named, and one for its steps."""
    names, steps = _names_in(entries), _steps_in(entries)
    return {entry.pk: tuple(_changes(entry, names, steps)) for entry in entries}


def label_of(field: str) -> str:
    """What a field of a payload is called; one without a name bears the code's, so that nothing is hidden."""
    return str(LABELS.get(field, field.replace("_", " ")))


def _steps_in(entries: Collection[Entry]) -> dict[int, Definition]:
    """How the procedures of the runs are written, by run, where a step is named."""
    runs = {entry.subject_id or 0 for entry in entries if entry.subject_type == RUN and "step" in _fields(entry)}
    rows = Run.objects.filter(pk__in=runs).select_related("version") if runs else ()
    return {run.pk: definition_of(run.version) for run in rows}


def _fields(entry: Entry) -> set[str]:
    return {*(entry.payload.get("before") or {}), *(entry.payload.get("after") or {})}


def _changes(entry: Entry, names: Names, steps: Mapping[int, Definition]) -> Iterable[Change]:
    before, after = entry.payload.get("before") or {}, entry.payload.get("after") or {}
    for field in sorted(_fields(entry)):
        if field in UNSAID and not isinstance(after.get(field, before.get(field)), str):
            continue
        was, now = (_words(entry, field, said.get(field), names, steps) for said in (before, after))
        yield Change(label_of(field), NOTHING if was == now else was, now)


def _words(entry: Entry, field: str, value: object, names: Names, steps: Mapping[int, Definition]) -> str:
    """A stored value as a reader sees it; nothing is an en dash, never "None"."""
    written = steps.get(entry.subject_id or 0) if field == "step" and entry.subject_type == RUN else None
    if written is not None and (text := next((step.text for step in written.steps if step.id == value), "")):
        return text
    return _said(entry.subject_type, field, value, names)


def _said(subject: str, field: str, value: object, names: Names) -> str:
    kind = _kind_of(subject, field)
    if field in COUNTED and isinstance(value, list):
        return str(len(value)) if value else NOTHING
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "; ".join(_version(one, names) for one in value if isinstance(one, dict))
    if field in MEMBERS and (keys := _member_keys(value)):
        return ", ".join(dict.fromkeys(names.get(OF_KEY[sign], {}).get(pk, f"{sign}{pk}") for sign, pk in keys))
    if field in ROWS and isinstance(value, list) and any(isinstance(row, list) for row in value):
        return "; ".join(_row(row, ROWS[field], names) for row in value if isinstance(row, list) and row)
    if isinstance(value, str) and value in (choices := _choices(subject, field)):
        return choices[value]
    if field == "act" and isinstance(value, str) and value in ACTS:
        return str(ACTS[value])
    if field == "state" and isinstance(value, str):
        return state_in_words(value)
    if field == "register" and isinstance(value, str):
        return str(dict(Register.choices).get(value, value))
    if field == "way" and isinstance(value, str):
        return retold(value)
    if field == "outcome" and value in OUTCOMES:
        return str(OUTCOMES[str(value)])
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


def _row(row: list[object], kind: type[models.Model], names: Names) -> str:
    """Whom or what it speaks of by name, and what was said; numbers of rows are left out."""
    of_kind, first = (kind, row[0]) if (chosen := _decided(row)) is None else (Value, chosen)
    about = names.get(of_kind, {}).get(first, str(first)) if isinstance(first, int) else _plain(first)
    decisions = {str(code): str(label) for code, label in Decision.choices if code}
    said = [decisions.get(one, _plain(one)) for one in row[1:] if isinstance(one, str) and one]
    return f"{about}: {', '.join(said)}" if said else about


def _decided(row: list[object]) -> int | None:
    """The version that a decision gave: [figure, decision, version, …]."""
    if len(row) > 2 and row[1] in Decision.values and isinstance(row[2], int):
        return row[2]
    return None


def _member_keys(value: object) -> list[tuple[str, int]]:
    values = value if isinstance(value, list) else [value]
    firsts = [one[0] if isinstance(one, list) and one else one for one in values]
    found = [MEMBER.fullmatch(one) for one in firsts if isinstance(one, str)]
    return [(key[1], int(key[2])) for key in found if key]


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
    if isinstance(value, str) and MOMENT.fullmatch(value):
        zone, lang = timezone.get_current_timezone_name(), translation.get_language()
        return date_time(datetime.fromisoformat(value), zone, "en" if lang == "en" else "id")
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
    for sign, pk in _member_keys(value) if field in MEMBERS else ():
        wanted[OF_KEY[sign]].add(pk)
    if field in ROWS and isinstance(value, list) and any(isinstance(row, list) for row in value):
        rows = [row for row in value if isinstance(row, list) and row]
        wanted[ROWS[field]].update(row[0] for row in rows if isinstance(row[0], int))
        wanted[Value].update(filter(None, map(_decided, rows)))
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
        words = {"name": row.figure.indicator.name, "no": row.no, "said": row.text or format_number(row.amount)}
        return _("%(name)s, versi %(no)d (%(said)s)") % words
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
