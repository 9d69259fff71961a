"""Numbers spelled out, so that whoever typed 1.234 sees how it was read."""

from __future__ import annotations

from decimal import Decimal

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
