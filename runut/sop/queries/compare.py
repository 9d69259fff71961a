"""Two versions side by side, in the words of the official form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from runut.lib.dates import long_date
from runut.sop.models import SopVersion
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.form import boxes_of, day_of, remarks_of
from runut.sop.rules.deadline import norm_words
from runut.sop.rules.definition import Definition, Header, Step
from runut.sop.rules.flowchart import step_numbers
from runut.sop.rules.kinds import KINDS


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the comparison: kept, gone or new; "gap" stands for lines left out."""

    kind: str
    text: str


def compare(old: SopVersion, new: SopVersion, around: int = 3) -> list[DiffLine]:
    """The two versions line by line, with a few lines around each change."""
    before, after = list(in_words(definition_of(old))), list(in_words(definition_of(new)))
    lines: list[DiffLine] = []
    for group in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_grouped_opcodes(around):
        if lines:
            lines.append(DiffLine("gap", "…"))
        for kind, a1, a2, b1, b2 in group:
            if kind == "equal":
                lines += [DiffLine("kept", line) for line in before[a1:a2]]
            else:
                lines += [DiffLine("gone", line) for line in before[a1:a2]]
                lines += [DiffLine("new", line) for line in after[b1:b2]]
    return lines


def in_words(definition: Definition) -> Iterator[str]:
    """What the official form says, a line for each thing it says."""
    numbers = step_numbers(definition)
    yield _("%(label)s: %(words)s") % {"label": _("Nama SOP"), "words": definition.title}
    yield from _identity(definition.header)
    for lane in definition.lanes:
        note = f" ({lane.note})" if lane.note else ""
        yield _("%(label)s: %(words)s") % {"label": _("Pelaksana"), "words": f"{lane.name}{note}"}
    for step in definition.steps:
        yield from _step(definition, step, numbers)


def _identity(header: Header) -> Iterator[str]:
    days = ((_("Tanggal pembuatan"), header.made_on), (_("Tanggal revisi"), header.revised_on))
    rows = [(_("Nomor SOP"), header.number)]
    rows += [(label, long_date(day)) for label, text in days if (day := day_of(text))]
    rows += [(_("Unit pemilik"), header.owner_unit), (_("Disahkan oleh"), header.ratified_by)]
    rows += [(_("Revisi"), str(header.revision))] + [(_("Persetujuan"), line) for line in header.approvals]
    rows += [(box.title, line) for box in boxes_of(header) for line in box.lines]
    rows += [(role, duty) for role, duties in header.responsibilities for duty in duties]
    for label, words in rows:
        if words:
            yield _("%(label)s: %(words)s") % {"label": label, "words": words}


def _step(definition: Definition, step: Step, numbers: dict[str, str]) -> Iterator[str]:
    yield _("Langkah %(no)s: %(text)s") % {"no": numbers[step.id], "text": step.text}
    norm = norm_words(step.norm) if step.norm else _("tanpa baku waktu")
    if step.norm and step.norm.per == "item":
        norm = _("%(time)s per berkas") % {"time": norm}
    rows = [
        (_("Pelaksana"), ", ".join(definition.lane(key).name for key in step.lanes)),
        (_("Jenis pekerjaan"), _(KINDS[step.work].label)),
        (_("Kelengkapan"), ", ".join(step.needs)),
        (_("Waktu"), norm),
        (_("Output"), step.output),
        *((_("Keterangan"), remark) for remark in remarks_of(step, numbers)),
    ]
    for label, words in rows:
        if words:
            said = _("%(label)s: %(words)s") % {"label": label, "words": words}
            yield _("Langkah %(no)s, %(said)s") % {"no": numbers[step.id], "said": said[:1].lower() + said[1:]}
