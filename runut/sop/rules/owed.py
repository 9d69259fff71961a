"""The words that an act owes: why something goes back, why it comes late; and how long they may be."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

# As long as the fields of a page let them be.
LONGEST_REASON = 1000
LONGEST_LATE = 500


def owed_words(*, back: bool, late: bool, reason: str, late_reason: str) -> Mapping[str, str]:
    """What is still to be written or shortened, as code of the field -> sentence; empty when nothing is owed."""
    owed: dict[str, str] = {}
    if back and not reason.strip():
        owed["reason"] = _("Tulis alasan pengembalian agar penerima tahu apa yang harus diperbaiki.")
    if late and not late_reason.strip():
        owed["late"] = _("Tugas ini melewati batas waktu. Tulis alasan keterlambatan, lalu kirim lagi.")
    for code, text, most in (("reason", reason, LONGEST_REASON), ("late", late_reason, LONGEST_LATE)):
        if len(text) > most:
            owed[code] = _("Tulisan ini terlalu panjang. Ringkas sampai paling banyak %(n)s huruf.") % {"n": most}
    return owed
