"""What the value of an indicator is: a number of some kind, or words in an order."""

from __future__ import annotations

from collections.abc import Sequence

YES_NO = ("Tidak", "Ya")
_WORDS = ("ordinal", "yes_no")


def said_of_value(code: str, order: Sequence[str]) -> dict[str, object]:
    """How a value of this kind is kept: how it is read, what kind it is, and the order of its words.

    code: number, percent, index, ratio, rupiah, time, ordinal or yes_no.
    """
    return {
        "value_type": "ordinal" if code in _WORDS else "number",
        "value_kind": "" if code in ("number", "ordinal") else code,
        "scale": list(order) or (list(YES_NO) if code == "yes_no" else []),
    }
