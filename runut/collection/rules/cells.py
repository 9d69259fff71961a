"""What was typed, pasted or brought in for the value of a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.reading import Sign, fits, read_number
from runut.lib.written import is_percentage
from runut.planning.rules import read_predicate

LONGEST = 60


_RUPIAH = re.compile(r"\brp\b|rupiah", re.IGNORECASE)


def another_unit(typed: str, unit: str) -> str:
    """That a per cent sign or Rp was typed along which the indicator is not counted in; "" otherwise."""
    of_percent = is_percentage(unit) or "%" in unit or "persen" in unit.casefold()
    if "%" in typed and not of_percent:
        return _("Satuan indikator ini %(unit)s, bukan persen. Periksa angkanya.") % {"unit": unit}
    if _RUPIAH.search(typed) and not _RUPIAH.search(unit):
        return _("Satuan indikator ini %(unit)s, bukan rupiah. Periksa angkanya.") % {"unit": unit}
    return ""


def read_cell(typed: str, value_type: str, scale: Sequence[str], sign: Sign = "comma") -> tuple[Decimal | None, str]:
    """What was typed in a value cell: a number, or a predicate. Refused says what is wrong with it.

    sign: the decimal sign of whoever wrote it; what is pasted may come from an English Excel.
    """
    if value_type != "ordinal":
        number = read_number(typed, sign)
        if number is not None and not fits(number):
            raise Refused(_("Angka ini terlalu panjang: paling banyak 18 angka, dan 6 angka di belakang koma."))
        return number, ""
    found = read_predicate(typed, scale)
    if found is None:
        raise Refused(_("Isi dengan salah satu dari: %(scale)s.") % {"scale": ", ".join(scale)})
    if len(found) > LONGEST:
        raise Refused(_("Predikat terlalu panjang: paling banyak 60 huruf."))
    return None, found
