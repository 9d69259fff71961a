"""What a year needs of its quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused

# past: copied from an old paper. done: the run ended, without a signature where the procedure asks for none.
QuarterState = Literal["missing", "running", "done", "signed", "past"]
COMPLETE: frozenset[QuarterState] = frozenset({"done", "signed", "past"})


def state_of(run_state: str | None, sheet_states: Mapping[str, int]) -> QuarterState:
    """How far a quarter is that was opened. run_state: None where it was copied from a paper."""
    if run_state is None:
        return "past"
    if run_state == "cancelled":
        return "missing"
    signed = sheet_states.get("signed", 0) + sheet_states.get("published", 0)
    if signed and signed == sum(sheet_states.values()):
        return "signed"
    return "done" if run_state == "done" else "running"


def check_year(year: int, this_year: int) -> None:
    if not 2000 <= year <= this_year:
        raise Refused(_("Pilih tahun yang sudah berjalan, misalnya %(year)s.") % {"year": this_year - 1}, code="tahun")


def check_told(unexplained: Sequence[str]) -> None:
    """Raise Refused while a quarter is wanting and nobody said why. unexplained: their names."""
    if unexplained:
        raise Refused(
            _("Data %(names)s belum ada atau belum lengkap. Tulis alasannya; alasan itu tercetak dalam laporan.")
            % {"names": ", ".join(unexplained)},
            code="quarters",
        )
