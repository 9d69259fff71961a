"""Figures to choose from: what may be corrected, what is examined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from runut.collection.models import Figure, Period
from runut.collection.queries import Row, rows_of_period, rows_of_run
from runut.collection.rules import is_below
from runut.correction.models import Analysis, Correction, ErrorReport
from runut.correction.queries.cases import case_of_figure, correction_of, open_reports
from runut.correction.queries.items import subject_of
from runut.organisation.permissions import Actor
from runut.sop.models import Run

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Choosable:
    """A row of a collection that may be put into a case. case: the one that corrects it already."""

    row: Row
    subject: str
    case: Correction | None
    reports: tuple[ErrorReport, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen. whose: (member, name) of every form there is, in the order of the rows."""

    rows: list[Choosable]
    whose: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Examined:
    """A row under examination with what was noted on it so far."""

    row: Row
    subject: str
    note: Analysis | None
    what: str

    @property
    def needs_a_look(self) -> bool:
        """Whether the figure was called wrong, missed its target, or asks for a look by its value."""
        return bool(self.what) or _stands_out(self.row)


def choosable(
    source: Period, actor: Actor, *, search: str = "", whose: str = "", chosen: Collection[int] = ()
) -> Choices:
    """The handed-in figures of a period that the person may see and that match, chosen ones always. Six queries.

    whose: the member whose form they are on; "" for all.
    """
    seen = set(Figure.objects.visible_to(actor).filter(period=source).values_list("pk", flat=True))
    words = search.casefold().split()
    rows = [row for row in rows_of_period(source) if row.value and row.figure.pk in seen]
    forms = list(dict.fromkeys((row.figure.member, subject_of(row.figure)) for row in rows))
    rows = [row for row in rows if row.figure.pk in chosen or _asked_for(row, words, whose)]
    ids = [row.figure.pk for row in rows]
    cases, reports = case_of_figure(ids), open_reports(ids)
    found = [
        Choosable(row, subject_of(row.figure), cases.get(row.figure.pk), tuple(reports.get(row.figure.pk, ())))
        for row in rows
    ]
    return Choices(found, forms)


def _asked_for(row: Row, words: Collection[str], whose: str) -> bool:
    return whose in ("", row.figure.member) and _matches(row, words)


def _stands_out(row: Row) -> bool:
    return row.stands_out or is_below(row.achievement.level)


def _matches(row: Row, words: Collection[str]) -> bool:
    text = f"{row.version.name} {subject_of(row.figure)}".casefold()
    return all(word in text for word in words)


def figures_for_analysis(
    run: Run, *, actor: Actor | None, page: str | int = 1, search: str = ""
) -> tuple[list[Examined], Page[Row]]:
    """The rows of the run's data, or of the data its case corrects, and the notes. Eight queries.

    The case's figures come first, then those that ask for a look. actor: who looks on and sees only what is his
    to see; None for whoever has the examination to do.
    """
    case = correction_of(run)
    rows = [row for row in (rows_of_period(case.source) if case else rows_of_run(run)) if row.value]
    if actor is not None:
        figures = Figure.objects.visible_to(actor).filter(period__in={row.figure.period_id for row in rows})
        seen = set(figures.values_list("pk", flat=True))
        rows = [row for row in rows if row.figure.pk in seen]
    rows = [row for row in rows if _matches(row, search.casefold().split())]
    wrong = dict(case.items.values_list("figure", "what")) if case else {}
    rows.sort(key=lambda row: (row.figure.pk not in wrong, not _stands_out(row)))
    found = Paginator(rows, PAGE_SIZE).get_page(page)
    shown = [row.figure.pk for row in found.object_list]
    notes = {note.figure_id: note for note in Analysis.objects.filter(run=run, figure__in=shown)}
    examined = [
        Examined(row, subject_of(row.figure), notes.get(row.figure.pk), wrong.get(row.figure.pk, ""))
        for row in found.object_list
    ]
    return examined, found
