"""A scale of predicates as it is typed and written out: in a text field line by line, in a table's cell in one line."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.numbers import typed_number
from runut.lib.reading import read_number
from runut.planning.rules.scales import SHIPPED, WORDLESS, Scale, own_scale

# Between the name, the basis and the classes, where all of it stands in one cell.
BETWEEN = "|"
LONGEST_WORD = 60
_PLACE = re.compile(r"[;\n]")
# A word, and from where it holds: Tuntas ≥ 100, Tuntas >= 100 %, Tuntas mulai 100, Tuntas 100.
_BOUND = re.compile(r"(?P<word>.*?)\s*(?P<sign>≥|>=|\bmulai\b|:|=)?\s*(?P<bound>-?[0-9][0-9.,]*)\s*%?", re.IGNORECASE)


def read_classes(text: str) -> list[tuple[str, Decimal | None]]:
    """The classes from the top, one a line or between semicolons, as `own_scale` takes them.

    The lowest has no bound: a number at its end, as in "Level 2", belongs to its word.
    """
    lines = [" ".join(line.split()) for line in _PLACE.split(text) if line.strip()]
    return [_class(line, is_last=no == len(lines)) for no, line in enumerate(lines, 1)]


def _class(line: str, *, is_last: bool) -> tuple[str, Decimal | None]:
    found = _BOUND.fullmatch(line)
    if found is None or not found["word"] or (is_last and not found["sign"]):
        word, bound = line, None
    else:
        word, bound = found["word"], read_number(found["bound"])
    if len(word) > LONGEST_WORD:
        raise Refused(_("Predikat terlalu panjang: paling banyak 60 huruf."))
    return word, bound


def written_classes(scale: Scale, between: str = "; ") -> str:
    """The classes as `read_classes` reads them."""
    return between.join(
        one.name if one.bound is None else f"{one.name} ≥ {typed_number(one.bound)}" for one in scale.classes
    )


def written_scale(scale: Scale | None) -> str:
    """A scale in one cell: a shipped one by its name, another with its name, basis and classes; "" for none.

    One that gives no words is the words that say so.
    """
    if scale is None:
        return ""
    if not scale.classes:
        return WORDLESS.name
    if shipped_as(scale):
        return scale.name
    return f" {BETWEEN} ".join((scale.name, scale.source, written_classes(scale)))


def read_scale(text: str) -> Scale | None:
    """What `written_scale` wrote, or somebody as it does; None for an empty cell. Refused says what is wrong."""
    if not (text := " ".join(text.split())):
        return None
    for one in (*SHIPPED, WORDLESS):
        if text.casefold() == one.name.casefold():
            return one
    parts = [part.strip() for part in text.split(BETWEEN)]
    if len(parts) != 3 or not all(parts):
        names = "; ".join(one.name for one in (*SHIPPED, WORDLESS))
        sentence = _("Skala predikat “%(text)s” tidak dikenal. Tulis salah satu: %(names)s; atau skala sendiri: "
                     "Nama | Dasar | Tuntas ≥ 100; Belum tuntas.")  # fmt: skip
        raise Refused(sentence % {"text": text, "names": names})
    return own_scale(parts[0], parts[1], read_classes(parts[2]))


def check_writable(name: str, source: str) -> None:
    """Raise Refused for a name or basis that would not come back from a cell."""
    for code, text in (("own_name", name), ("own_source", source)):
        if BETWEEN in text:
            raise Refused(_("Tulis tanpa tanda “|”."), code=code)


def shipped_as(scale: Scale) -> str:
    """The code of the shipped scale that this is, "" of any other."""
    return next((one.code for one in SHIPPED if (one.name, one.classes) == (scale.name, scale.classes)), "")
