"""The form of a sheet, row by row: as saved, or as sent with what was wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from runut.collection.actions import CellInput, Conflict, Saved
from runut.collection.forms_cells import (
    Choice,
    cell_label,
    choices_of,
    echo_of,
    first_text,
    meant_by,
    picks_mine,
    read_cell_input,
    settled,
)
from runut.collection.models import Measure, OutsideEntry, Sheet
from runut.collection.queries import Row, headings_of, layout_of
from runut.collection.rules import EDITABLE, explanation, hint, impossible, meant, on_screen
from runut.lib.acts import is_id
from runut.lib.numbers import typed_number
from runut.lib.reading import says_no_value


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the sheet as the page shows it. typed: what stands in the value cell, right or wrong.

    below: of a quotient, what stands in the cell of its denominator; `typed` is its numerator then.
    choices: cells between two people's versions of which somebody must choose. hint: what is unlike the figure's past;
    asks: whether a reason is wanted for it; explained: the reason that was given. suggestion: the number that may have
    been meant. outside: what another system's record says. released: the note just gave up the reason of a nil.
    """

    row: Row
    label: str
    typed: str
    note: str
    cause: str
    reason: str
    editable: bool
    new_sasaran: bool
    error: str = ""
    conflict: str = ""
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    asks: bool = False
    explained: str = ""
    suggestion: str = ""
    echo: str = ""
    remarks: int = 0
    below: str = ""
    outside: OutsideEntry | None = None
    released: bool = False

    @property
    def state(self) -> str:
        """The class of the value cell."""
        if self.error:
            return "is-invalid"
        if self.conflict:
            return "is-failed"
        if not self.editable:
            return "is-locked"
        return "is-returned" if self.row.line.verdict_note else ""

    @property
    def kept(self) -> str:
        """What is saved of the value cell, whatever stands in it."""
        return first_text(self.row)

    @property
    def kept_below(self) -> str:
        return typed_number(self.row.line.denominator)

    @property
    def saved(self) -> dict[str, str]:
        """What is saved of each input of the line, by its first letter."""
        line = self.row.line
        # Which of the page's answers to "why is there no number" stands; an empty cell has none.
        measure = str(Measure.MEASURED if line.measure == Measure.NOT_FILLED else line.measure)
        kept = {"v": self.kept, "n": line.note, "c": line.cause, "r": line.reason, "m": measure}
        return {**kept, "d": self.kept_below} if self.row.version.is_quotient else kept

    @property
    def says_none(self) -> bool:
        """Whether what cannot be read says that there is no number: why is chosen on the line's own page."""
        return bool(self.error) and says_no_value(self.typed)

    @property
    def saved_beside(self) -> str:
        """The same as JSON where the inputs show what could not be saved; else they say it themselves."""
        return json.dumps(self.saved) if self.error else ""

    @property
    def has_words(self) -> bool:
        """Whether something is said under the line; what is wrong with its value stands in the cell."""
        line = self.row.line
        said = self.conflict or self.hint or self.echo or self.outside or self.released
        return bool(said or line.verdict_note or line.asked)

    @property
    def outside_typed(self) -> str:
        """The other system's value where another one stands here, as it would be typed."""
        entry, line = self.outside, self.row.line
        if entry is None or entry.says(line.amount, line.text):
            return ""
        return entry.text or typed_number(entry.amount)

    @property
    def measure_label(self) -> str:
        return str(Measure(self.row.line.measure).label) if self.row.line.measure != Measure.MEASURED else ""


class SheetForm:
    """The cells of a sheet: as saved, or as sent with what was wrong with them.

    unread: lines in which something stands that could not be read, though it was not sent this time.
    """

    def __init__(self, sheet: Sheet, rows: Sequence[Row], *, may_edit: bool) -> None:
        self.sheet, self.source, self.may_edit = sheet, rows, may_edit
        self.sent: Mapping[int, CellInput] = {}
        self.saved: Saved | None = None
        self.unread: frozenset[int] = frozenset()
        self.remarks: Mapping[int, int] = {}
        self.outside: Mapping[int, OutsideEntry] = {}

    def read(self, post: QueryDict) -> dict[int, CellInput]:
        """What was sent, for the lines that may be edited; kept, so that nothing typed is lost."""
        cells = {row.line.pk: read_cell_input(post, row.line.pk) for row in self.source if self._sent(post, row)}
        self.sent = cells
        self.unread = frozenset(int(pk) for pk in post.get("unread", "").split() if is_id(pk)) - cells.keys()
        return cells

    def _sent(self, post: QueryDict, row: Row) -> bool:
        pk = row.line.pk
        return row.line.editable and (picks_mine(post, pk) or any(f"{letter}-{pk}" in post for letter in "vdncrm"))

    @property
    def errors(self) -> dict[int, str]:
        if self.saved is None:
            return {}
        return {**self.saved.errors, **{pk: each.sentence for pk, each in self.saved.conflicts.items()}}

    @property
    def repairs(self) -> bool:
        """Whether the sheet asks for cause and reason: a correction, or figures that were signed."""
        again = self.sheet.state in EDITABLE and any(row.needs_cause and row.line.editable for row in self.source)
        return self.sheet.is_correction or again or any(row.line.cause for row in self.source)

    @property
    def columns(self) -> tuple[str, ...]:
        """The cells of a row of the grid, from left to right."""
        if self.repairs:
            return ("v", "c", "r", "n")
        return tuple({"actual": "v", "note": "n"}[code] for code, _head in self.heads if code in ("actual", "note"))

    @property
    def heads(self) -> list[tuple[str, str]]:
        """(code, heading) of the grid's columns: those of the sheet's edition, and what helps whoever fills it in."""
        return headings_of(self.sheet, on_screen(layout_of(self.sheet)))

    @property
    def filled(self) -> int:
        """How many lines say something; one in which stands what cannot be read says nothing, whatever is saved."""
        unread = self.unread | (self.saved.errors.keys() if self.saved else set())
        said = (row.line for row in self.source if row.line.asks and row.line.measure != Measure.NOT_FILLED)
        return sum(1 for line in said if line.pk not in unread)

    @property
    def empty(self) -> list[Row]:
        """The rows that may be filled in and say nothing yet."""
        return [row for row in self.source if row.line.editable and row.line.measure == Measure.NOT_FILLED]

    @property
    def first(self) -> int | None:
        """The first line that may be filled in; None where none may."""
        return next((row.line.pk for row in self.source if self.may_edit and row.line.editable), None)

    @property
    def asked(self) -> int:
        return sum(1 for row in self.source if row.line.asks)

    @property
    def rows(self) -> list[GridRow]:
        found: list[GridRow] = []
        sasaran: int | None = None
        for row in self.source:
            here = row.version.indicator.sasaran_id
            found.append(self._row(row, new_sasaran=not found or here != sasaran))
            sasaran = here
        return found

    def _row(self, row: Row, *, new_sasaran: bool) -> GridRow:
        line = row.line
        error = self.saved.errors.get(line.pk, "") if self.saved else ""
        conflict = self.saved.conflicts.get(line.pk) if self.saved else None
        quiet = bool(error or conflict) or not (self.may_edit and line.editable)
        sent = _still_typed(self.sent.get(line.pk), error, conflict)
        typed = _or(sent.typed if sent else None, first_text(row))
        why, cannot_be = explanation(row.cell), impossible(line.amount, row.version.unit_of_measure)
        return GridRow(
            row=row,
            label=cell_label(self.sheet, row),
            typed=typed,
            note=_or(sent.note if sent else None, line.note),
            cause=_or(sent.cause if sent else None, line.cause),
            reason=_or(sent.reason if sent else None, line.reason),
            editable=self.may_edit and line.editable,
            new_sasaran=new_sasaran,
            error=error,
            conflict=conflict.sentence if conflict else "",
            choices=choices_of(row, conflict, self.sent[line.pk]) if conflict else (),
            hint="" if quiet else hint(row.cell),
            asks=not (why or cannot_be),
            explained="" if cannot_be else why,
            suggestion=_suggestion(row, typed, error=error, quiet=quiet or bool(why and not cannot_be)),
            echo=self._echo(row, typed) if not quiet else "" if error or conflict else settled(row),
            remarks=self.remarks.get(line.figure_id, 0),
            below=_or(sent.below if sent else None, typed_number(line.denominator)),
            outside=self.outside.get(line.pk),
            released=bool(self.saved and line.pk in self.saved.released),
        )

    def _echo(self, row: Row, typed: str) -> str:
        """How the cells were read, as they were sent or else as they stand."""
        sent = self.sent.get(row.line.pk)
        below = typed_number(row.line.denominator)
        return echo_of(row, _or(sent.typed if sent else None, typed), _or(sent.below if sent else None, below))


def _suggestion(row: Row, typed: str, *, error: str, quiet: bool) -> str:
    """The number that may have been meant, as it is typed; of what cannot be read, in its other reading."""
    if error:
        return meant_by(row, typed) if row.line.editable else ""
    return "" if quiet or row.version.is_quotient else typed_number(meant(row.cell))


def _or(sent: str | None, kept: str) -> str:
    return kept if sent is None else sent


def _still_typed(sent: CellInput | None, error: str, conflict: Conflict | None) -> CellInput | None:
    """What the inputs go on showing of what was sent: all of it with an error, the cells without a clash otherwise."""
    if sent is None or error:
        return sent if error else None
    if conflict is None:
        return None
    return replace(
        sent,
        typed=None if "value" in conflict.cells else sent.typed,
        below=None if "value" in conflict.cells else sent.below,
        note=None if "note" in conflict.cells else sent.note,
        cause=None if "cause" in conflict.cells else sent.cause,
        reason=None if "reason" in conflict.cells else sent.reason,
    )
