"""Numbers of letters and agenda lines: classification / sequence / unit / year."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from runut.lib.errors import Refused

USUAL_CLASSIFICATION = "065"
PLACES = ("klasifikasi", "nomor", "tahun")
_PLACE = re.compile(r"\{(\w*)\}")


def pattern_of(number_code: str) -> str:
    """The office's pattern. A code without places stands between sequence and year: 065/12/416-306/2026.

    Raises Refused when the code names a place that no number has.
    """
    unknown = [place for place in _PLACE.findall(number_code) if place not in PLACES]
    if unknown:
        raise Refused(
            _("Pola nomor kantor memuat {%(place)s} yang tidak dikenal. Pakai {klasifikasi}, {nomor} dan {tahun}.")
            % {"place": unknown[0]}
        )
    if "{nomor}" in number_code:
        return number_code
    parts = ["{klasifikasi}", "{nomor}", *([number_code] if number_code else []), "{tahun}"]
    return "/".join(parts)


def compose(pattern: str, *, seq: int, year: int, classification: str = USUAL_CLASSIFICATION) -> str:
    """The number itself. The sequence is not padded: officers write 065/7/416-306/2026."""
    values = {"klasifikasi": classification, "nomor": str(seq), "tahun": str(year)}
    return _PLACE.sub(lambda place: values[place[1]], pattern)


def next_seq(used: Collection[int]) -> int:
    """The number after the highest one given; gaps are shown, not filled silently."""
    return max(used, default=0) + 1


def gaps(used: Collection[int]) -> list[int]:
    """Sequence numbers below the highest that nobody has been given."""
    taken = set(used)
    return [seq for seq in range(1, max(taken, default=0)) if seq not in taken]
