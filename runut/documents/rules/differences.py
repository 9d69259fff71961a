"""What is different between two versions of a document, in words that an officer can check."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.documents.rules.content import Content, hash_of, missing_block, paragraphs
from runut.documents.rules.report import CHAPTERS

# What a figure was before its repair is not among them: that is the change itself, told as old and new.
FIELDS = (
    ("indicator", gettext_noop("Indikator")),
    ("measure", gettext_noop("Satuan")),
    ("sasaran", gettext_noop("Sasaran")),
    ("annual_target", gettext_noop("Target tahunan")),
    ("target", gettext_noop("Target")),
    ("actual", gettext_noop("Realisasi")),
    ("achievement", gettext_noop("Capaian")),
    ("note", gettext_noop("Keterangan")),
    ("cause", gettext_noop("Penyebab")),
    ("reason", gettext_noop("Alasan")),
    ("decision", gettext_noop("Putusan")),
)
# Whose a figure is never changes; what they are called may, and then on all their figures.
NAMES = (("owner", gettext_noop("Pemilik angka")), ("unit", gettext_noop("Unit")))
# Tables that print the rows again, one line each: what differs there is told figure by figure.
_OF_ROWS = ("Data kinerja", "Angka sebelum dan sesudah perbaikan")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. An empty side means that it is new, or gone."""

    where: str
    what: str
    before: str
    after: str


def differences(old: Content | None, new: Content) -> list[Change]:
    """Whatever makes the content another one: figures, chapters, other texts and tables, who is missing.

    Nothing when there is no earlier version, or when paraf and signature would bind to the same hash.
    """
    if old is None or hash_of(old) == hash_of(new):
        return []
    found = [*_figures(old, new), *_chapters(old, new), *_texts(old, new), *_tables(old, new), *_missing(old, new)]
    return found or [Change(_("Dokumen"), _("Susunan"), "", _("Susunannya berubah; angka dan teksnya sama."))]


def differences_of(old: Content | None, new: Content, members: Collection[str]) -> list[Change]:
    """The differences in the figures of these members, for somebody who may not read the rest."""
    if old is None:
        return []
    return [*_figures(_only(old, members), _only(new, members))]


def _only(content: Content, members: Collection[str]) -> Content:
    part = content.copy()
    part["rows"] = [row for row in content["rows"] if row["member"] in members]
    return part


def _figures(old: Content, new: Content) -> Iterator[Change]:
    before = {row["figure"]: row for row in old["rows"]}
    after = {row["figure"]: row for row in new["rows"]}
    both = [(before[figure], row) for figure, row in after.items() if figure in before]
    named = [(_(label), str(was.get(name, "")), str(row.get(name, ""))) for name, label in NAMES for was, row in both]
    for label, old_name, new_name in dict.fromkeys(named):
        if old_name != new_name:
            yield Change(label, _("Nama"), old_name, new_name)
    for figure, row in after.items():
        was = before.get(figure)
        if was is None:
            yield Change(_where(row), _("Realisasi"), "", str(row["actual"]))
        else:
            yield from _cells(was, row)
    for figure, row in before.items():
        if figure not in after:
            yield Change(_where(row), _("Realisasi"), str(row["actual"]), "")


def _where(row: Mapping[str, str | int]) -> str:
    return f"{row['subject']}: {row['indicator']}"


def _cells(was: Mapping[str, str | int], row: Mapping[str, str | int]) -> Iterator[Change]:
    """What is printed otherwise; else that there is another version, which only its evidence may tell apart."""
    pairs = [(label, str(was.get(name, "")), str(row.get(name, ""))) for name, label in FIELDS]
    differing = [Change(_where(row), _(label), before, after) for label, before, after in pairs if before != after]
    yield from differing
    if not differing and was.get("value") != row.get("value"):
        words = _("Versi lain. Angka dan keterangannya sama; bukti dukungnya mungkin berbeda.")
        yield Change(_where(row), _("Versi angka"), "", words)


def _chapters(old: Content, new: Content) -> Iterator[Change]:
    for chapter in CHAPTERS:
        was, now = old["chapters"].get(chapter.code, ""), new["chapters"].get(chapter.code, "")
        lost, won = _lines(was), _lines(now)
        gone = [line for line in lost if line not in set(won)]
        added = [line for line in won if line not in set(lost)]
        if gone or added:
            yield Change(chapter.title, _("Teks"), "\n".join(gone), "\n".join(added))
        elif was != now:
            yield Change(chapter.title, _("Teks"), "", _("Urutan atau pemisahan barisnya berubah."))


def _texts(old: Content, new: Content) -> Iterator[Change]:
    """The title, and the sentences around the tables that nobody wrote into a chapter."""
    if old["title"] != new["title"]:
        yield Change(_("Dokumen"), _("Judul"), old["title"], new["title"])
    was, now = _sentences(old), _sentences(new)
    gone, added = [text for text in was if text not in now], [text for text in now if text not in was]
    if gone or added:
        yield Change(_("Dokumen"), _("Teks"), "\n".join(gone), "\n".join(added))


def _sentences(content: Content) -> list[str]:
    told = {block["text"] for text in content["chapters"].values() for block in paragraphs(text)}
    told |= {block["text"] for block in missing_block(content["missing"])}
    texts = [block.get("text", "") for block in content["blocks"] if block["kind"] != "table"]
    return [text for text in texts if text not in told]


def _tables(old: Content, new: Content) -> Iterator[Change]:
    was, now = _table_lines(old), _table_lines(new)
    for caption in dict.fromkeys([*was, *now]):
        lost, won = was.get(caption, []), now.get(caption, [])
        gone, added = [line for line in lost if line not in won], [line for line in won if line not in lost]
        if gone or added:
            yield Change(caption, _("Tabel"), "\n".join(gone), "\n".join(added))


def _table_lines(content: Content) -> dict[str, list[str]]:
    """Caption -> lines, of the tables that are not the rows over again."""
    tables = [block for block in content["blocks"] if block["kind"] == "table" and block["caption"] not in _OF_ROWS]
    return {
        block["caption"]: [" · ".join(line) for group in block["groups"] for line in group["rows"]] for block in tables
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _missing(old: Content, new: Content) -> Iterator[Change]:
    if old["missing"] != new["missing"]:
        yield Change(_("Kelengkapan"), _("Tanpa data dari"), ", ".join(old["missing"]), ", ".join(new["missing"]))
