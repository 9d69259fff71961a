"""What may be copied from an old paper: of which period, signed when, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.collection.rules.cells import read_cell
from runut.lib.errors import Refused

# What stands on paper where there is no number -> why there is none.
WORDS = {
    "nihil": "nil",
    gettext_noop("tidak diukur"): "not_measured",
    gettext_noop("menunggu rilis"): "awaiting_release",
}


def check_is_over(last_day: date, today: date, name: str) -> None:
    """Raise Refused while the period runs: it is collected here, not copied."""
    if last_day >= today:
        raise Refused(
            _("%(name)s belum berakhir, jadi belum ada dokumen lamanya. Pakai “Buka periode”.") % {"name": name},
            code="period",
        )


def check_paper(signed_on: date, signer: str, year: int, quarter: int, today: date) -> None:
    """Raise Refused for a paper that cannot have been signed for the period, or that nobody signed."""
    if not signer.strip():
        raise Refused(_("Tulis penanda tangan dokumen itu: jabatan dan namanya."), code="signer")
    if signed_on > today:
        raise Refused(_("Tanggal dokumen belum tiba. Tulis tanggal yang tertera pada dokumen."), code="signed_on")
    if signed_on < date(year, 3 * quarter - 2 if quarter else 1, 1):
        raise Refused(
            _("Dokumen ini ditandatangani sebelum periodenya dimulai. Periksa tanggal atau periodenya."),
            code="signed_on",
        )


def read_past(typed: str, value_type: str, scale: Sequence[str]) -> tuple[Decimal | None, str, str]:
    """A cell of the paper: the number, or the predicate, and what the cell says: "not_filled" where it is blank."""
    word = " ".join(typed.split()).casefold()
    if word in WORDS:
        return None, "", WORDS[word]
    amount, text = read_cell(typed, value_type, scale)
    return amount, text, "measured" if amount is not None or text else "not_filled"
