"""What a document says, as plain data: blocks to print, and the figures behind them.

A content is JSON without times, numbers of letters or codes: its hash is what paraf and signature bind to.
Everything in it is text as it is printed; `rows` carry the figures again for whoever reads them by machine.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import groupby
from typing import Literal, TypedDict

from runut.collection.rules import Column as FormColumn
from runut.collection.rules import in_recap, of_period, shipped
from runut.documents.rules.kinds import Kind
from runut.lib.canonical import content_hash


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in a document. Amounts are printed text; `percent` is a plain decimal, "" where there is none.

    `subject` is who handed it in, `owner` whose figure it is: a PPTK corrects figures of a unit.
    `before` is the value that a correction replaces, with cause, reason and decision in words.
    """

    figure: int
    value: int
    member: str
    subject: str
    unit: str
    indicator: str
    measure: str
    target: str
    actual: str
    achievement: str
    sasaran: str = ""
    annual_target: str = ""
    percent: str = ""
    level: str = ""
    note: str = ""
    owner: str = ""
    before_value: int = 0
    before: str = ""
    difference: str = ""
    cause: str = ""
    reason: str = ""
    decision: str = ""
    predicate: str = ""

    def plain(self) -> dict[str, str | int]:
        """As a content keeps it. A predicate only where there is one: what was signed without keeps its hash."""
        said = {name: getattr(self, name) for name in _OF_ROW}
        if not self.predicate:
            del said["predicate"]
        return said


# `asdict` would copy each text of thousands of rows.
_OF_ROW = tuple(each.name for each in fields(FigureRow))


@dataclass(frozen=True, slots=True)
class SheetMark:
    """A sheet that the document gathers, with the hash under which its paraf was given."""

    member: str
    subject: str
    data_hash: str


# Behind a figure of a year that nobody had signed when the document was made.
UNSIGNED = " *"


@dataclass(frozen=True, slots=True)
class YearRow:
    """An indicator over the periods of a year: per period the actual, then the year's own figures.

    derivation: how the year's actual came about of its quarters, or why it did not.
    """

    sasaran: str
    indicator: str
    measure: str
    target: str
    actuals: tuple[str, ...]
    actual: str
    achievement: str
    level: str = ""
    predicate: str = ""
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Of which office and period a document speaks. `period` in words: Triwulan III 2026. The last two as it says."""

    office: str
    period: str
    year: int
    quarter: int
    basis: Literal["unit", "pegawai"]
    report_word: str = "LKjIP"
    quarter_word: str = "Triwulan"


class Column(TypedDict):
    label: str
    kind: Literal["text", "number", "no"]


class Group(TypedDict):
    label: str
    member: str
    rows: list[list[str]]


class Block(TypedDict, total=False):
    kind: Literal["heading", "paragraph", "table"]
    level: int
    text: str
    caption: str
    columns: list[Column]
    groups: list[Group]


class Content(TypedDict):
    kind: Kind
    title: str
    basis: str
    year: int
    quarter: int
    blocks: list[Block]
    rows: list[dict[str, str | int]]
    sheets: list[dict[str, str]]
    missing: list[str]
    chapters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a run has gathered: rows in printing order, sheets, and who is missing. gaps: what a year goes without.

    columns: of the form that the office composed; () for the official one. left_out: who was not
    asked for data, and why. decides: whether the procedure has a meeting that decides on each figure.
    """

    about: About
    rows: Sequence[FigureRow]
    sheets: Sequence[SheetMark]
    missing: Collection[str] = ()
    year_rows: Sequence[YearRow] = ()
    scale: str = ""
    periods: Sequence[str] = field(default=())
    gaps: Sequence[str] = ()
    columns: Sequence[FormColumn] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    decides: bool = False


def hash_of(content: Content) -> str:
    """The hash that paraf and signature bind to."""
    return content_hash(content)


def part_of(content: Content, members: Collection[str]) -> Content:
    """What a content says of these members only, for somebody who may not read the rest."""
    part = content.copy()
    part["blocks"] = [table for block in content["blocks"] if (table := _rows_of(block, members))["groups"]]
    return part


def _rows_of(block: Block, members: Collection[str]) -> Block:
    table = block.copy()
    table["groups"] = [group for group in block.get("groups", []) if group["member"] in members]
    return table


def recap(gathered: Gathered) -> Content:
    """The table of all that was collected in a period, per unit or per person."""
    about = gathered.about
    title = f"Rekapitulasi Data Kinerja {about.period}"
    blocks: list[Block] = [
        *missing_block(gathered.missing),
        *left_out_block(gathered.left_out),
        _recap_table(gathered),
    ]
    return assemble("recap", title, gathered, blocks)


def correction(gathered: Gathered, case: str, reason: str) -> Content:
    """Before and after of every figure of a case. `case` is its code: PD-2026-007."""
    # Two corrections of one period are two reports: the code tells them apart in lists and in the register.
    title = f"Laporan Perbaikan Data Kinerja {gathered.about.period}" + (f" ({case})" if case else "")
    blocks = [
        paragraph(f"Perbaikan {case} atas data kinerja {gathered.about.office}, {gathered.about.period}."),
        *paragraphs(f"Alasan perbaikan: {reason}" if reason else ""),
        *missing_block(gathered.missing),
        _correction_table(gathered),
    ]
    return assemble("correction", title, gathered, blocks)


def assemble(
    kind: Kind, title: str, gathered: Gathered, blocks: list[Block], chapters: dict[str, str] | None = None
) -> Content:
    return Content(
        kind=kind,
        title=title,
        basis=gathered.about.basis,
        year=gathered.about.year,
        quarter=gathered.about.quarter,
        blocks=blocks,
        rows=[row.plain() for row in gathered.rows],
        sheets=[asdict(sheet) for sheet in gathered.sheets],
        missing=sorted(gathered.missing),
        chapters=chapters or {},
    )


def heading(text: str, level: int = 2) -> Block:
    return Block(kind="heading", level=level, text=text)


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)


def paragraphs(text: str) -> list[Block]:
    """A text with empty lines between its paragraphs, as blocks; nothing for an empty text."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return [paragraph(part) for part in parts if part]


def table(caption: str, columns: Iterable[tuple[str, str]], groups: list[Group]) -> Block:
    """Columns are (label, kind): text, number or no. An empty group label prints no heading row."""
    return Block(kind="table", caption=caption, columns=[_column(*column) for column in columns], groups=groups)


def _column(label: str, kind: str) -> Column:
    return Column(label=label, kind="number" if kind == "number" else "no" if kind == "no" else "text")


def missing_block(missing: Collection[str]) -> list[Block]:
    """The sentence that names who is missing; nothing where nobody is."""
    if not missing:
        return []
    return [paragraph(f"Disusun tanpa data dari: {', '.join(sorted(missing))}.")]


def left_out_block(left_out: Mapping[str, str]) -> list[Block]:
    """The sentence that names who was not asked for data, those of one reason together; nothing where nobody was."""
    why: dict[str, list[str]] = {}
    for name, reason in sorted(left_out.items()):
        why.setdefault(reason, []).append(name)
    told = "; ".join(f"{', '.join(names)} ({reason})" for reason, names in why.items())
    return [paragraph(f"Tidak diikutkan: {told}.")] if told else []


# What a recap calls the columns of a form that has no heading of its own for them, and what stands in each.
_RECAP: dict[str, tuple[str, str, Callable[[int, FigureRow], str]]] = {
    "no": ("No", "no", lambda no, _row: str(no)),
    "sasaran": ("Sasaran", "text", lambda _no, row: row.sasaran),
    "indicator": ("Indikator kinerja", "text", lambda _no, row: row.indicator),
    "unit": ("Satuan", "text", lambda _no, row: row.measure),
    "annual_target": ("Target tahunan", "number", lambda _no, row: row.annual_target),
    "target": ("Target", "number", lambda _no, row: row.target),
    "actual": ("Realisasi", "number", lambda _no, row: row.actual),
    "achievement": ("Capaian", "number", lambda _no, row: row.achievement),
    "note": ("Keterangan", "text", lambda _no, row: row.note),
}


def _recap_table(gathered: Gathered) -> Block:
    columns = in_recap(of_period(gathered.columns or shipped(gathered.about.basis), gathered.about.quarter))
    shown = [_RECAP[column.code] for column in columns]
    heads = [(column.heading or label, kind) for column, (label, kind, _cell) in zip(columns, shown, strict=True)]
    cells = [cell for _label, _kind, cell in shown]
    codes = [column.code for column in columns]
    if "achievement" in codes and any(row.predicate for row in gathered.rows):
        behind = codes.index("achievement") + 1
        heads.insert(behind, ("Predikat", "text"))
        cells.insert(behind, lambda _no, row: row.predicate or "–")
    groups = _groups(gathered.rows, lambda no, row: [cell(no, row) for cell in cells])
    return table("Data kinerja", heads, groups)


# The columns of a report of corrections, and what stands in each.
_CORRECTED: tuple[tuple[str, str, Callable[[int, FigureRow], str]], ...] = (
    ("No", "no", lambda no, _row: str(no)),
    ("Indikator kinerja", "text", lambda _no, row: row.indicator),
    ("Milik", "text", lambda _no, row: _whose(row)),
    ("Satuan", "text", lambda _no, row: row.measure),
    ("Sebelum", "number", lambda _no, row: row.before),
    ("Sesudah", "number", lambda _no, row: row.actual),
    ("Beda", "number", lambda _no, row: row.difference),
    ("Penyebab", "text", lambda _no, row: row.cause),
    ("Alasan", "text", lambda _no, row: row.reason),
    ("Putusan", "text", lambda _no, row: row.decision),
)


def _whose(row: FigureRow) -> str:
    """Whose the figure is, where somebody else handed it in."""
    return row.owner if row.owner != row.subject else ""


def _correction_table(gathered: Gathered) -> Block:
    """Without the columns that the procedure never fills: whose a figure is where each one repairs his own, and what
    was decided where no meeting decides."""
    rows, empty = gathered.rows, set[str]()
    if not any(_whose(row) for row in rows):
        empty.add("Milik")
    if not gathered.decides:
        empty.add("Putusan")
    shown = [column for column in _CORRECTED if column[0] not in empty]
    heads = [(label, kind) for label, kind, _cell in shown]
    groups = _groups(rows, lambda no, row: [cell(no, row) for _label, _kind, cell in shown])
    return table("Angka sebelum dan sesudah perbaikan", heads, groups)


def _groups(rows: Sequence[FigureRow], cells: Callable[[int, FigureRow], list[str]]) -> list[Group]:
    groups: list[Group] = []
    no = 0
    for (member, subject), members in groupby(rows, key=lambda row: (row.member, row.subject)):
        lines: list[list[str]] = []
        for row in members:
            no += 1
            lines.append(cells(no, row))
        groups.append(Group(label=subject, member=member, rows=lines))
    return groups
