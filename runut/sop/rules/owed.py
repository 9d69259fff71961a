"""The words that an act owes: why something goes back, why it comes late."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def owed_words(*, back: bool, late: bool, reason: str, late_reason: str) -> Mapping[str, str]:
    """What is still to be written, as code of the field -> sentence; empty when nothing is owed."""
    owed: dict[str, str] = {}
    if back and not reason.strip():
        owed["reason"] = _("Tulis alasan pengembalian agar penerima tahu apa yang harus diperbaiki.")
    if late and not late_reason.strip():
        owed["late"] = _("Tugas ini melewati batas waktu. Tulis alasan keterlambatan, lalu kirim lagi.")
    return owed
