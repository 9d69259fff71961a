"""What a figure was, and what was known of it when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, QuerySet

from runut.audit.models import Entry
from runut.collection.models import (
    BINDING,
    JUDGED,
    SIGNED,
    Basis,
    Evidence,
    Figure,
    Line,
    Mark,
    MarkKind,
    OutsideEntry,
    PaperEntry,
    Remark,
    Sheet,
    Value,
)
from runut.collection.queries.counting import achieved, scale_of
from runut.collection.queries.definitions import definitions_of
from runut.collection.queries.rows import Row
from runut.collection.queries.standing import with_binding
from runut.collection.rules import Achievement, worked_out
from runut.planning.models import IndicatorVersion

Known = Literal["submitted", "validated", "signed", "published"]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a figure as its history shows it; files: the evidence it was handed in with.

    definition: by which it is measured, which is a former one where the form was renewed after it was handed in.
    is_current: it holds; is_proposed: a later one that does not hold yet. worked_out: how a quotient came about.
    returned: with what it was sent back.
    outside: what another system's record said of it when it was handed in. paper: from which it was typed in.
    """

    value: Value
    definition: IndicatorVersion
    achievement: Achievement
    marks: tuple[Mark, ...]
    files: tuple[Evidence, ...]
    is_current: bool
    is_proposed: bool
    worked_out: str = ""
    outside: OutsideEntry | None = None
    returned: tuple[RoundNote, ...] = ()
    paper: PaperEntry | None = None

    @property
    def is_judged(self) -> bool:
        return any(mark.kind in BINDING for mark in self.marks)

    @property
    def outside_differs(self) -> bool:
        return self.outside is not None and not self.outside.says(self.value.amount, self.value.text)


@dataclass(frozen=True, slots=True)
class RoundNote:
    """A note on a line: who wrote it, when. returned: whether the line was sent back with it."""

    text: str
    who: str
    title: str
    at: datetime | None
    returned: bool = True


def figure_history(figure: Figure) -> list[VersionRow]:
    """Every version of a figure, newest first. `figure` comes with its indicator and period. Seven queries, for a
    person's figure eight; two more where its form was renewed."""
    rows = with_binding(Value.objects.filter(figure=figure)).select_related("by", "sheet__run", "past_report")
    values = list(rows.order_by("-no"))
    marks: dict[int, list[Mark]] = defaultdict(list)
    for mark in Mark.objects.filter(value__in=[v.pk for v in values]).select_related("by").order_by("at", "pk"):
        marks[mark.value_id].append(mark)
    wanted = {item["id"] for value in values for item in value.evidence}
    files = {row.pk: row for row in Evidence.objects.filter(pk__in=wanted).select_related("uploaded_by")}
    bound = [value.pk for value in values if value.binds]  # type: ignore[attr-defined]
    holding = bound[0] if bound else values[0].pk if values else None
    holds = next((value.no for value in values if value.pk == holding), 0)
    entries, scale, returned = _entries_of(figure), scale_of(figure.period), _returned_with(figure, values)
    by, papers = definitions_of(figure, values), _papers(values)
    return [
        VersionRow(
            value=value,
            definition=by[value.pk],
            achievement=achieved(figure, value, scale, by[value.pk]),
            marks=tuple(marks[value.pk]),
            files=tuple(files[item["id"]] for item in value.evidence if item["id"] in files),
            is_current=value.pk == holding,
            is_proposed=value.no > holds,
            worked_out=worked_out(value.parts, by[value.pk]) if by[value.pk].is_quotient else "",
            outside=_entry_of(value, entries),
            returned=tuple(returned[value.pk]),
            paper=papers.get((value.sheet_id, value.round, value.by_id)),
        )
        for value in values
    ]


def _papers(values: Sequence[Value]) -> dict[tuple[int | None, int, int], PaperEntry]:
    """(sheet, round, by whom) -> the paper from which the sheet was typed in. One query."""
    rows = PaperEntry.objects.filter(sheet__in={value.sheet_id for value in values if value.sheet_id}).order_by("pk")
    return {(row.sheet_id, row.round, row.by_id): row for row in rows}


def _returned_with(figure: Figure, values: Sequence[Value]) -> Mapping[int, list[RoundNote]]:
    """Value id -> with what it was sent back, the oldest first: it was the last one its form had. Two queries."""
    lines = dict(Line.objects.filter(figure=figure).values_list("sheet", "pk"))
    found: dict[int, list[RoundNote]] = defaultdict(list)
    for entry in _returns_of(lines).order_by("pk"):
        sheet, after = entry.subject_id, entry.payload["after"]
        text = after["notes"].get(str(lines.get(sheet or 0)))
        before = [value for value in values if value.sheet_id == sheet and value.round < after["round"]]
        if text is not None and before:
            found[before[0].pk].append(_note(entry, text))
    return found


def _returns_of(sheets: Iterable[int]) -> QuerySet[Entry]:
    """The returns of forms as the log has them: by whoever checked it, and by officials of later steps."""
    of_sheets = Entry.objects.filter(subject_type=Sheet._meta.label_lower, subject_id__in=list(sheets))
    return of_sheets.filter(event="sheet.returned", refused=False)


def _note(entry: Entry, text: str) -> RoundNote:
    return RoundNote(text, entry.actor_name, entry.actor_title, entry.at)


def _entries_of(figure: Figure) -> list[OutsideEntry]:
    """What other systems' records said of it in any form, newest first. One query; none where it is no person's."""
    if figure.period.basis != Basis.PEGAWAI:
        return []
    rows = OutsideEntry.objects.filter(line__figure=figure).select_related("staged", "line")
    return list(rows.order_by("-pk"))


def _entry_of(value: Value, entries: Iterable[OutsideEntry]) -> OutsideEntry | None:
    """The one that stood beside the version when it was handed in."""
    return next((each for each in entries if each.line.sheet_id == value.sheet_id and each.at <= value.at), None)


def known_on(figures: Iterable[Figure], on: datetime, basis: Known) -> dict[int, Value]:
    """Per figure, the version known at a moment: as submitted, validated, signed or published.

    A figure of which nothing was known then is left out. A signature revoked before the moment does not count; that
    of an old paper counts from when it was typed in. Two queries.
    """
    values = list(Value.objects.filter(figure__in=[f.pk for f in figures], at__lte=on).order_by("no"))
    if basis == "submitted":
        return {value.figure_id: value for value in values}
    told = {"validated": JUDGED, "signed": SIGNED, "published": (MarkKind.PUBLISHED,)}
    meant = {str(kind) for kind in told[basis]}
    kinds = meant | {str(MarkKind.REVOKED)} if basis == "signed" else meant
    marks = Mark.objects.filter(value__in=[v.pk for v in values], kind__in=kinds, at__lte=on).order_by("at", "pk")
    latest = {mark.value_id: mark.kind for mark in marks}
    return {value.figure_id: value for value in values if latest.get(value.pk) in meant}


def notes_of(sheet: Sheet) -> dict[int, list[RoundNote]]:
    """Per line, the notes with which it was sent back in each round, newest first. One query."""
    found: dict[int, list[RoundNote]] = defaultdict(list)
    for entry in _returns_of([sheet.pk]).order_by("-pk"):
        for line, text in entry.payload["after"]["notes"].items():
            found[int(line)].append(_note(entry, text))
    return dict(found)


def thread_of(line: Line) -> list[RoundNote]:
    """What was written beside a line's figure in every round and every form, and the notes it was sent back with; the
    oldest first. Two queries."""
    remarks = Remark.objects.filter(figure=line.figure_id).select_related("by").order_by("pk")
    written = [RoundNote(each.text, each.by.full_name, each.by_title, each.at, returned=False) for each in remarks]
    back = notes_of(line.sheet).get(line.pk, [])
    return sorted(written + back, key=lambda note: note.at.timestamp() if note.at else 0)


def count_remarks(sheet: Sheet) -> dict[int, int]:
    """Per figure of the sheet, how many remarks stand beside it; those with none are left out. One query."""
    counted = Remark.objects.filter(figure__lines__sheet=sheet).values_list("figure").annotate(n=Count("pk"))
    return dict(counted.order_by())


def replaced(sheet: Sheet, rows: Iterable[Row]) -> dict[int, Value]:
    """line id -> the version for which the line's current one stands: the wrong one of a correction, or what was
    sent back in the round before. Lines that say the same as ever are left out. At most one query."""
    found = {row.line.pk: row.before for row in rows if row.before and row.value != row.before}
    here = [row for row in rows if row.value and not row.before and row.value.sheet_id == sheet.pk]
    back = {row.line.pk: row.value.supersedes_id for row in here if row.value and row.value.round == sheet.round}
    old = Value.objects.in_bulk([pk for pk in back.values() if pk]) if any(back.values()) else {}
    return found | {line: old[pk] for line, pk in back.items() if pk}
