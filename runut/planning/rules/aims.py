"""A target as it was typed: a number, a range or a bound as it was understood, or a predicate of the scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.lib.reading import fits, names_whole, read_quantity
from runut.lib.written import POWERS, is_percentage
from runut.planning.rules.ordinals import read_predicate

LONGEST = 60
# What no percentage is written with: 5 juta, Rp 1.200.
_COUNTS = re.compile(rf"\brp\b|\brp\.|(?<![a-z])(?:{'|'.join(POWERS)})(?![a-z])")


def read_aim(text: str, value_type: str, scale: Sequence[str], unit: str) -> tuple[Decimal | None, str]:
    """The amount, or the words where it is no plain number; neither where nothing is measured. unit: of measure."""
    if value_type == "ordinal":
        return None, _predicate(" ".join(text.split()), scale)
    found = read_quantity(text)
    if found is None:
        return None, ""
    if not fits(found.low) or not fits(found.high):
        raise Refused(_("Angka ini terlalu panjang: paling banyak 18 angka, dan 6 angka di belakang koma."))
    if is_percentage(unit) and _COUNTS.search(text.casefold()):
        raise Refused(_("Satuan indikator ini persen. Tulis angkanya saja, misalnya 94,5."))
    if found.per != 1 and found.is_exact and not names_whole(unit, found.per):
        raise Refused(_("Tulis angkanya saja; pembaginya ada di satuan indikator, misalnya per 1.000."))
    if found.is_exact:
        return found.low, ""
    if len(found.echo) > LONGEST:
        raise Refused(_("Targetnya terlalu panjang. Ringkas satuannya."))
    return None, found.echo


def _predicate(text: str, scale: Sequence[str]) -> str:
    found = read_predicate(text, scale)
    if found is None:
        words = {"text": text, "scale": ", ".join(scale)}
        raise Refused(_("“%(text)s” tidak ada dalam urutan predikat (%(scale)s).") % words)
    return found
