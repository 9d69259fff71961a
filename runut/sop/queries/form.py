"""An SOP version as its official form: identity, boxes, flow table, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.sop.models import SopVersion, VersionState
from runut.sop.queries.definitions import definition_of
from runut.sop.rules.deadline import norm_words
from runut.sop.rules.definition import Correction, Definition, Header, Lane, Step
from runut.sop.rules.flowchart import Cell, ChartRow, chart, step_numbers
from runut.sop.rules.paper import ROOM, ROOM_ISO, height, page_ends
from runut.sop.rules.places import with_numbers

EACH = {
    "unit": gettext_lazy("Dikerjakan tiap unit kerja"),
    "pegawai": gettext_lazy("Dikerjakan tiap pegawai"),
    "stakeholder": gettext_lazy("Dikerjakan tiap pemangku kegiatan (PPTK)"),
}
# By which act a step judges figures, where its text may leave it open; of other steps the act changes nothing.
JUDGING = {"validasi": gettext_lazy("Tindakan: validasi"), "verifikasi": gettext_lazy("Tindakan: verifikasi")}


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the flow table. `remarks` are the officer's own note and what the flow adds to it.

    leaving, arriving: on paper, the connectors beneath the row and on top of the next page, where a page ends.
    """

    number: str
    step: Step | None
    cells: tuple[Cell, ...]
    remarks: list[str]
    leaving: tuple[Cell, ...] = ()
    arriving: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form: its heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """What the page prints. Dates of the identity are dates, or None where the form has none."""

    version: SopVersion
    definition: Definition
    lanes: tuple[Lane, ...]
    rows: list[FormRow]
    boxes: list[Box]
    made_on: date | None
    revised_on: date | None
    effective_on: date | None

    @property
    def corrections(self) -> list[Correction]:
        """Where it differs from its source, with steps named by their numbers."""
        return [
            replace(
                one, printed=with_numbers(self.definition, one.printed), used=with_numbers(self.definition, one.used)
            )
            for one in self.definition.corrections
        ]

    @property
    def header(self) -> Header:
        return self.definition.header

    @property
    def owner_unit(self) -> str:
        """The unit that keeps the SOP, where it says more than the office's own name."""
        unit = self.header.owner_unit
        return "" if unit.lower() in self.version.sop.office.name.lower() else unit

    @property
    def is_iso(self) -> bool:
        return self.header.layout == "iso"

    @property
    def is_draft(self) -> bool:
        return self.version.state == VersionState.DRAFT


def official_form(version: SopVersion) -> OfficialForm:
    """The form of a version that came with its procedure and office."""
    definition = definition_of(version)
    header, numbers = definition.header, step_numbers(definition)
    rows = _rows(chart(definition), numbers, ROOM_ISO if header.layout == "iso" else ROOM)
    return OfficialForm(
        version=version,
        definition=definition,
        lanes=definition.lanes,
        rows=rows,
        boxes=boxes_of(header),
        made_on=day_of(header.made_on),
        revised_on=day_of(header.revised_on),
        effective_on=version.effective_from or day_of(header.effective_on),
    )


def _rows(drawn: Sequence[ChartRow], numbers: dict[str, str], room: int) -> list[FormRow]:
    """The rows, with connectors after those at which a page ends."""
    remarks = [remarks_of(row.step, numbers) for row in drawn]
    ends = page_ends([height(_words(row.step, said)) for row, said in zip(drawn, remarks, strict=True)], room)
    return [
        FormRow(row.number, row.step, row.cells, said, *((row.leaving, row.arriving) if at in ends else ()))
        for at, (row, said) in enumerate(zip(drawn, remarks, strict=True))
    ]


def _words(step: Step | None, remarks: list[str]) -> tuple[list[str], ...]:
    """The paragraphs of a row by column, as far as their length matters."""
    if step is None:
        return ([], [], [], [], remarks)
    # A chip stands beside the activity, or beneath it.
    chips = ["chip"] * (bool(step.each) + step.added)
    time = norm_words(step.norm) if step.norm else _("tanpa baku waktu")
    return ([step.text, *chips], [", ".join(step.needs)], [time], [step.output], remarks)


def boxes_of(header: Header) -> list[Box]:
    """The boxes in the order of the form; the chapters before them only where they are written."""
    chapters = [
        Box(_("Tujuan"), header.purpose),
        Box(_("Ruang lingkup"), header.scope),
        Box(_("Pengertian"), header.definition),
    ]
    boxes = [
        Box(_("Dasar hukum"), header.legal_basis),
        Box(_("Kualifikasi pelaksana"), header.qualifications),
        Box(_("Keterkaitan"), header.related),
        Box(_("Peralatan dan perlengkapan"), header.equipment),
        Box(_("Peringatan"), header.warnings),
        Box(_("Pencatatan dan pendataan"), header.records),
    ]
    if header.layout == "iso":
        return [box for box in chapters + boxes if box.lines]
    return [box for box in chapters if box.lines] + boxes


def remarks_of(step: Step | None, numbers: dict[str, str]) -> list[str]:
    """The note of a step, and what the flow adds to it."""
    if step is None:
        return []
    found = [step.note] if step.note else []
    if step.each:
        found.append(str(EACH[step.each]))
    if len(step.lanes) > 1:
        found.append(_("Cukup salah satu pelaksana") if step.joint == "any" else _("Semua pelaksana"))
    if step.work in ("review", "compile") and step.act in JUDGING:
        found.append(str(JUDGING[step.act]))
    if step.actor.kind == "superior":
        found.append(_("Oleh atasan langsung masing-masing"))
    if step.actor.kind == "same_as":
        found.append(_("Oleh orang yang sama dengan langkah %(no)s") % {"no": numbers.get(step.actor.arg, "–")})
    for outcome in step.outcomes:
        if outcome.back and outcome.to:
            words = {"label": _(outcome.label), "no": numbers[outcome.to]}
            chosen = outcome.items == "chosen"
            text = _("%(label)s: yang dipilih ke langkah %(no)s") if chosen else _("%(label)s: ke langkah %(no)s")
            found.append(text % words)
    if step.added:
        found.append(_("Langkah tambahan, tidak ada di naskah asli"))
    return found


def day_of(text: str) -> date | None:
    """A date of the identity block, or None where the form has none."""
    return date.fromisoformat(text) if text else None
