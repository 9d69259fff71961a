"""Keep the English catalogue in step with the source: extract the texts, update the .po, compile the .mo.

Needs no gettext programs: the texts are read by Babel, templates by way of Django's own translator.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "runut"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
FIXED = datetime(2026, 1, 1, tzinfo=UTC)

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Message = tuple[str | tuple[str, ...], str | None]
Found = tuple[str, int, Message]


def _extract(source: str) -> Iterator[tuple[int, Message]]:
    for line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield line, (tuple(message) if isinstance(message, tuple | list) else message, context)


def messages() -> Iterator[Found]:
    """Every text for people in the source: file (relative), line, and (msgid or (singular, plural), context)."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "static" in path.parts or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is no text becomes rows of letters; Babel reads Python, where an indentation would mean something.
            source = "\n".join(line.strip() for line in template.templatize(source, origin=str(path)).split("\n"))
        for line, message in _extract(source):
            yield path.relative_to(ROOT).as_posix(), line, message


def empty() -> Catalog:
    """A catalogue without a text. Its dates are fixed, or every run would be a change."""
    return Catalog(
        locale="en",
        project="runut",
        version="1",
        copyright_holder="the Runut contributors",
        msgid_bugs_address="SECURITY.md",
        last_translator="Runut",
        creation_date=FIXED,
        revision_date=FIXED,
        header_comment="# English texts of Runut. Written by ./run messages; fill in what is empty.",
        fuzzy=False,
    )


def catalogue() -> Catalog:
    """The English catalogue as it is; empty when there is none yet."""
    if not PO.exists():
        return empty()
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def updated() -> Catalog:
    """The catalogue with every text of the source, keeping the translations there are; unused ones are dropped."""
    old = catalogue()
    new = empty()
    for file, _line, (msgid, context) in messages():
        known = old.get(msgid[0] if isinstance(msgid, tuple) else msgid, context)
        new.add(msgid, known.string if known else None, locations=[(file, 0)], context=context)
    return new


def untranslated(translations: Catalog) -> list[str]:
    """Msgids whose English text is missing or empty."""
    return [
        str(message.id)
        for message in translations
        if message.id and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]


def compiled(translations: Catalog) -> bytes:
    """The .mo file of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, translations)
    return buffer.getvalue()


def main() -> int:
    """Write both files and list what still needs English; 1 while something does."""
    new = updated()
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, new, width=116, sort_output=True, include_lineno=False, omit_header=False)
    PO.write_bytes(buffer.getvalue())
    MO.write_bytes(compiled(catalogue()))
    missing = untranslated(new)
    for msgid in missing:
        print(f"no English yet: {msgid}")
    print(f"{len(new) - len(missing)} texts in English, {len(missing)} missing, in {PO.relative_to(ROOT)}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
