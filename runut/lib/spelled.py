"""Numbers spelled out, so that whoever typed 1.234 sees how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from .errors import Refused
from .numbers import typed_number
from .reading import read_quantity, reads_plainly

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = (("kuadriliun", 10**15), ("triliun", 10**12), ("miliar", 10**9), ("juta", 10**6), ("ribu", 10**3))


def in_words(value: Decimal) -> str:
    """In Indonesian: seribu dua ratus tiga puluh empat koma lima. Decimals are read digit by digit."""
    whole, _point, fraction = f"{abs(value):f}".partition(".")
    words = _whole(int(whole))
    if fraction.strip("0"):
        words += " koma " + " ".join(DIGITS[int(digit)] for digit in fraction.rstrip("0"))
    return f"minus {words}" if value < 0 else words


def _whole(number: int) -> str:
    if number < 1000:
        return _hundreds(number)
    name, size = next((name, size) for name, size in SCALES if number >= size)
    many, rest = divmod(number, size)
    words = "seribu" if (name, many) == ("ribu", 1) else f"{_whole(many)} {name}"
    return f"{words} {_whole(rest)}" if rest else words


def _hundreds(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number) or f"{DIGITS[number - 10]} belas"
    if number < 100:
        words, rest = f"{DIGITS[number // 10]} puluh", number % 10
    else:
        words = "seratus" if number < 200 else f"{DIGITS[number // 100]} ratus"
        rest = number % 100
    return f"{words} {_hundreds(rest)}" if rest else words


def read_back(typed: str, number: Decimal) -> str:
    """How a number was read, where its text could mean another one or was changed by reading; "" for a plain 85."""
    if reads_plainly(typed, number):
        return ""
    words = {"number": typed_number(number), "words": in_words(number)}
    if words["number"] == " ".join(typed.split()):
        return _("dibaca: %(words)s") % words
    return _("dibaca: %(number)s (%(words)s)") % words


def read_beside(written: Mapping[str, str], cells: Mapping[str, str], *keys: str) -> str:
    """What stands in a file beside how it was read, where the two may differ; "" where none does.

    written: the texts of its cells; a cell that holds a number has none. cells: the same in Indonesian writing, as
    they are read. keys: of which columns; without any, of all.
    """
    told = [(written[key], _read_as(written[key], cells.get(key, ""))) for key in keys or written if key in written]
    return "; ".join(_("tertulis “%(text)s”, %(read)s") % {"text": text, "read": back} for text, back in told if back)


def _read_as(text: str, cell: str) -> str:
    """How a cell was read, be it a number, a range or a bound; what is none of them is refused elsewhere."""
    try:
        found = read_quantity(cell)
    except Refused:
        return ""
    if found is None or found.is_number:
        return read_back(text, found.low) if found else ""
    return "" if _bare(text) == _bare(found.echo) else _("dibaca: %(number)s") % {"number": found.echo}


def _bare(text: str) -> str:
    return "".join(text.split()).replace("–", "-").casefold()
