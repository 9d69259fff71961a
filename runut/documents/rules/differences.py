"""What is different between two versions of a document, in words that an officer can check."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.documents.rules.content import Content
from runut.documents.rules.report import CHAPTERS

FIELDS = (
    ("target", gettext_noop("Target")),
    ("actual", gettext_noop("Realisasi")),
    ("achievement", gettext_noop("Capaian")),
    ("note", gettext_noop("Keterangan")),
    ("decision", gettext_noop("Putusan")),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. An empty side means that it is new, or gone."""

    where: str
    what: str
    before: str
    after: str


def differences(old: Content | None, new: Content) -> list[Change]:
    """Every figure and every chapter that is not as it was; nothing when there is no earlier version."""
    if old is None:
        return []
    return [*_figures(old, new), *_chapters(old, new), *_missing(old, new)]


def _figures(old: Content, new: Content) -> Iterator[Change]:
    before = {row["figure"]: row for row in old["rows"]}
    after = {row["figure"]: row for row in new["rows"]}
    for figure, row in after.items():
        was = before.get(figure)
        where = f"{row['subject']}: {row['indicator']}"
        if was is None:
            yield Change(where, _("Realisasi"), "", str(row["actual"]))
            continue
        for name, label in FIELDS:
            if row[name] != was[name]:
                yield Change(where, _(label), str(was[name]), str(row[name]))
    for figure, row in before.items():
        if figure not in after:
            yield Change(f"{row['subject']}: {row['indicator']}", _("Realisasi"), str(row["actual"]), "")


def _chapters(old: Content, new: Content) -> Iterator[Change]:
    for chapter in CHAPTERS:
        was, now = old["chapters"].get(chapter.code, ""), new["chapters"].get(chapter.code, "")
        lost, won = _lines(was), _lines(now)
        gone = [line for line in lost if line not in set(won)]
        added = [line for line in won if line not in set(lost)]
        if gone or added:
            yield Change(chapter.title, _("Teks"), "\n".join(gone), "\n".join(added))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _missing(old: Content, new: Content) -> Iterator[Change]:
    if old["missing"] != new["missing"]:
        yield Change(_("Kelengkapan"), _("Tanpa data dari"), ", ".join(old["missing"]), ", ".join(new["missing"]))
