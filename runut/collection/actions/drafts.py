"""Cells of a sheet that is being filled in. Drafts are edited freely, so they leave no trace in the log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection import permissions
from runut.collection.models import Line, Measure, Sheet
from runut.collection.queries import acts_of_form, content_of
from runut.collection.rules import (
    Content,
    Parts,
    check_editable,
    check_line_editable,
    clashes,
    digest,
    merged,
    read_cell,
    read_parts,
    realised,
)
from runut.collection.rules.components import BETWEEN
from runut.collection.rules.records import without_unit
from runut.collection.rules.sheets import LONGEST_NOTE, WITHOUT_NUMBER, measured, note_of_number
from runut.lib.dates import clock
from runut.lib.errors import Refused
from runut.lib.numbers import typed_number
from runut.organisation.permissions import Actor

# How many of its last writes a line remembers by their keys.
REMEMBERED = 12
KEY = re.compile(r"[0-9a-zA-Z_-]{8,40}")


@dataclass(frozen=True, slots=True)
class CellInput:
    """One line as a person sent it. What is None was not on the page and stays as it is.

    typed: the realised value, as typed; of a quotient its numerator, and `below` its denominator. rev: the line's
    revision that the page had. shown: the digest of what the page had shown, so that a cell the person left alone is
    no conflict. keys: under which this write, and the device's earlier ones that it had no answer to, were sent; the
    newest first.
    """

    typed: str | None
    rev: int
    shown: str = ""
    keys: tuple[str, ...] = ()
    note: str | None = None
    cause: str | None = None
    reason: str | None = None
    measure: str | None = None
    below: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same cells were changed meanwhile, by somebody else or in another window of the same person's.

    What was written then is kept; this person chooses between the two.
    cells: which of `rules.CELLS`. mine: what this person wrote. theirs: what is kept.
    """

    sentence: str
    cells: tuple[str, ...]
    mine: Content
    theirs: Content


@dataclass(slots=True)
class Saved:
    """changed: lines written. errors: line id -> sentence; nothing of that line was written.

    released: lines whose note gave up the reason of a nil, for they say a number now. imported: the table that they
    came from, where its outcome is kept.
    """

    at: datetime
    changed: list[Line] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)
    conflicts: dict[int, Conflict] = field(default_factory=dict)
    released: set[int] = field(default_factory=set)
    imported: int | None = None

    @property
    def is_clean(self) -> bool:
        return not (self.errors or self.conflicts)


@transaction.atomic
def save_lines(*, sheet: Sheet, by: Actor, cells: Mapping[int, CellInput]) -> Saved:
    """Save the draft of some lines, or of all. Each line stands for itself: one wrong cell holds up no other."""
    sheet = Sheet.objects.locked(sheet.pk)
    check_editable(sheet.state, acts_of_form(sheet))
    actor = permissions.check_can_fill(by, sheet)
    lines = Line.objects.filter(sheet=sheet, pk__in=cells.keys()).select_related("figure__indicator", "edited_by")
    lines = lines.order_by("figure__no", "pk")
    saved = Saved(timezone.now())
    for line in lines:
        _take(line, cells[line.pk], actor, saved)
    if saved.changed:
        fields = [
            "amount",
            "text",
            "numerator",
            "denominator",
            "measure",
            "note",
            "nil_reason",
            "cause",
            "reason",
            "rev",
            "keys",
        ]
        Line.objects.bulk_update(saved.changed, [*fields, "edited_at", "edited_by"])
        sheet.rev += 1
        sheet.save(update_fields=["rev"])
    return saved


def _take(line: Line, cell: CellInput, actor: Actor, saved: Saved) -> None:
    if cell.keys and cell.keys[0] in line.keys:
        return
    try:
        wanted = _read(line, cell)
        before = content_of(line)
        if digest(wanted) in (digest(before), cell.shown):
            return
        check_line_editable(line.editable, line.figure.indicator.name)
    except Refused as refusal:
        saved.errors[line.pk] = refusal.sentence
        return
    if cell.rev != line.rev and not _is_own(line, cell):
        cells = clashes(wanted, before, cell.shown)
        if cells:
            saved.conflicts[line.pk] = Conflict(_who_else(line, actor), cells, mine=wanted, theirs=before)
            return
        wanted = merged(wanted, before, cell.shown)
    note = note_of_number(wanted.note, line.nil_reason, was=line.measure, now=wanted.measure)
    if note != wanted.note:
        saved.released.add(line.pk)
    _write(line, replace(wanted, note=note))
    line.keys = [*line.keys, cell.keys[0] if cell.keys else ""][-REMEMBERED:]
    line.edited_at, line.edited_by = saved.at, actor.pegawai
    saved.changed.append(line)


def _is_own(line: Line, cell: CellInput) -> bool:
    """Whether the line's last write was this device's own, of which it never had the answer."""
    return bool(line.keys) and line.keys[-1] in cell.keys


def _who_else(line: Line, actor: Actor) -> str:
    at = clock(line.edited_at, timezone.get_current_timezone_name()) if line.edited_at else "–"
    if line.edited_by_id == actor.pegawai_id:
        return _("Anda mengubah sel ini di jendela lain pukul %(time)s. Pilih isian yang dipakai.") % {"time": at}
    who = line.edited_by.full_name if line.edited_by else _("Orang lain")
    words = {"who": who, "time": at}
    return _("%(who)s juga mengubah sel ini pukul %(time)s. Pilih isian yang dipakai.") % words


def _write(line: Line, wanted: Content) -> None:
    line.amount, line.text, line.measure, line.note = wanted.amount, wanted.text, wanted.measure, wanted.note
    line.numerator, line.denominator = wanted.parts.numerator, wanted.parts.denominator
    line.nil_reason = line.nil_reason if wanted.note == line.nil_reason else ""
    line.cause, line.reason, line.rev = wanted.cause, wanted.reason, line.rev + 1


def _read(line: Line, cell: CellInput) -> Content:
    version, parts = line.figure.indicator, line.parts
    if version.is_quotient:
        parts, amount, text = *_quotient(line, cell), ""
    elif cell.typed is None:
        amount, text = line.amount, line.text
    else:
        amount, text = read_cell(without_unit(cell.typed, version.unit_of_measure), version.value_type, version.scale)
    return Content(
        amount=amount,
        text=text,
        measure=_measure(line, cell, filled=amount is not None or bool(text)),
        note=_words(cell.note, line.note),
        cause=_words(cell.cause, line.cause),
        reason=_words(cell.reason, line.reason),
        parts=parts,
    )


def _quotient(line: Line, cell: CellInput) -> tuple[Parts, Decimal | None]:
    """Both components with what they give. A number that came without them stays until they are typed."""
    version, kept = line.figure.indicator, line.parts
    over = typed_number(kept.numerator) if cell.typed is None else cell.typed
    under = typed_number(kept.denominator) if cell.below is None else cell.below
    parts = read_parts(over, "" if cell.below is None and any(mark in over for mark in BETWEEN) else under)
    if parts.is_empty and kept.is_empty and cell.measure not in WITHOUT_NUMBER:
        return parts, line.amount
    return parts, realised(parts, version)


def _measure(line: Line, cell: CellInput, *, filled: bool) -> str:
    chosen = cell.measure if cell.measure in Measure.values else None
    if filled and chosen in WITHOUT_NUMBER:
        raise Refused(_("Kosongkan realisasi, atau pilih “Angka”. Keduanya tidak dapat berlaku bersama."))
    return measured(line.measure if chosen is None else chosen, filled=filled)


def _words(typed: str | None, kept: str) -> str:
    if typed is None:
        return kept
    text = typed.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise Refused(_("Tulisan ini terlalu panjang. Ringkas sampai paling banyak %(n)s huruf.") % {"n": LONGEST_NOTE})
    return text
