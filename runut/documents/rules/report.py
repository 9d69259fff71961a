"""The yearly performance report: four chapters of text, with tables that come from the data.

The order of chapters follows the annex of PermenPANRB 53/2014; the table of measurement stands in chapter III.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from runut.collection.rules import count_reached
from runut.documents.rules.content import (
    UNSIGNED,
    Block,
    Content,
    Gathered,
    Group,
    YearRow,
    assemble,
    heading,
    paragraphs,
    table,
)
from runut.lib.canonical import content_hash


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as its office writes it. `hint` says what belongs there."""

    code: str
    title: str
    hint: str


CHAPTERS = (
    Chapter("1", "BAB I PENDAHULUAN", _("Gambaran umum kantor, tugas dan fungsi, isu strategis.")),
    Chapter("2", "BAB II PERENCANAAN KINERJA", _("Ringkasan Perjanjian Kinerja tahun ini.")),
    Chapter(
        "3",
        "BAB III AKUNTABILITAS KINERJA",
        _(
            "Analisis tiap sasaran: perbandingan dengan tahun lalu dan target jangka menengah, penyebab berhasil atau "
            "gagal, efisiensi, program pendukung, realisasi anggaran. Tabel capaian disisipkan dari data."
        ),
    ),
    Chapter("4", "BAB IV PENUTUP", _("Simpulan dan langkah perbaikan.")),
)
# The chapter in which the data are analysed.
ANALYSED = "3"
CODES = tuple(chapter.code for chapter in CHAPTERS)


def mark_of(text: str) -> str:
    """By this a page knows which text of a chapter it began with; line ends and blanks around it do not count."""
    return content_hash("\n".join(text.split("\r\n")).strip())[:16]


def written_together(
    kept: Mapping[str, str], typed: Mapping[str, str], known: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str], list[Chapter]]:
    """The chapters when a page is saved while others may have saved theirs, and those in which both wrote.

    known: chapter -> marks of the texts that the page knows to be kept, first the one it began with. What was not
    typed in there stays as another has left it; without marks the page decides.
    """
    texts, both = dict[str, str](), []
    for chapter in CHAPTERS:
        mine, theirs = typed.get(chapter.code, ""), kept.get(chapter.code, "")
        marks = known.get(chapter.code) or [mark_of(theirs)]
        if mark_of(theirs) in (*marks, mark_of(mine)):
            texts[chapter.code] = mine
        else:
            texts[chapter.code] = theirs
            both += [chapter] if mark_of(mine) != marks[0] else []
    return texts, both


def report(gathered: Gathered, chapters: Mapping[str, str]) -> Content:
    """The report of a year: text as written, tables as the data are now; figures before what explains them."""
    about = gathered.about
    title = f"Laporan Kinerja ({about.report_word}) Tahun {about.year}"
    blocks: list[Block] = []
    for chapter in CHAPTERS:
        blocks.append(heading(chapter.title))
        if chapter.code == ANALYSED:
            blocks += _measurement(gathered)
        blocks += paragraphs(chapters.get(chapter.code, ""))
    texts = {code: chapters.get(code, "").strip() for code in CODES}
    return assemble("report", title, gathered, blocks, texts)


def _measurement(gathered: Gathered) -> list[Block]:
    """The table of PermenPANRB 53/2014, under its own headings: its quarters may each have had another form."""
    columns = [("No", "no"), ("Sasaran", "text"), ("Indikator kinerja", "text"), ("Satuan", "text")]
    columns += [("Target", "number")]
    columns += [(period, "number") for period in gathered.periods]
    columns += [("Realisasi setahun", "number"), ("Capaian", "number")]
    worded = any(row.predicate for row in gathered.year_rows)
    columns += [("Predikat", "text")] if worded else []
    rows = [
        [str(no), *_cells(row), *([row.predicate or "–"] if worded else [])]
        for no, row in enumerate(gathered.year_rows, 1)
    ]
    caption = f"Pengukuran kinerja tahun {gathered.about.year}"
    groups = [Group(label="", member="", rows=rows)]
    gaps = [block for gap in gathered.gaps for block in paragraphs(gap)]
    told = paragraphs(f"Predikat menurut {gathered.scale}.") if worded and gathered.scale else []
    whole = table(caption, columns, groups)
    return [
        heading("A. Capaian kinerja organisasi", 3),
        *_summary(gathered),
        *gaps,
        whole,
        *told,
        *_unsigned(gathered),
        *_derivations(gathered),
    ]


def _unsigned(gathered: Gathered) -> list[Block]:
    """That figures in the table were not signed: they may still change, and this document stays as it is."""
    cells = [cell for row in gathered.year_rows for cell in (*row.actuals, row.actual)]
    if not any(cell.endswith(UNSIGNED) for cell in cells):
        return []
    return paragraphs("* Belum ditandatangani pada periodenya saat dokumen ini disusun; angkanya masih dapat berubah.")


def _derivations(gathered: Gathered) -> list[Block]:
    """How the years came about of several quarters, under the table."""
    told = [f"“{row.indicator}”: {row.derivation}" for row in gathered.year_rows if row.derivation]
    if not told:
        return []
    above = f"Realisasi setahun dari {gathered.about.quarter_word.lower()}nya:"
    return [block for text in (above, *told) for block in paragraphs(text)]


def _cells(row: YearRow) -> list[str]:
    return [row.sasaran, row.indicator, row.measure, row.target, *row.actuals, row.actual, row.achievement]


def _summary(gathered: Gathered) -> list[Block]:
    """How many indicators reached their target, in one sentence; nothing while there are none."""
    total = len(gathered.year_rows)
    if not total:
        return paragraphs("Belum ada data kinerja pada tahun ini.")
    reached, counted = count_reached(row.level for row in gathered.year_rows)
    unknown = total - counted
    words = f"{reached} dari {total} indikator mencapai target."
    if unknown:
        words += f" {unknown} indikator belum dapat dihitung capaiannya."
    return paragraphs(words)
