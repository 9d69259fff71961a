"""Numbers as an Indonesian officer reads them: 1.234,56. How they are typed and read: `reading`."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

EMPTY = "–"
MINUS = "−"

# Wide enough that a number which was read is never rounded by accident.
_WIDE = Context(prec=100)
_PRINTED = re.compile(rf"{MINUS}?\d{{1,3}}(\.\d{{3}})*(,\d+)?")


def format_number(value: Decimal | None, decimals: int | None = None) -> str:
    """With dots, a decimal comma and a true minus sign; None is a dash.

    Zeros at the end are kept only when `decimals` says how many.
    """
    if value is None:
        return EMPTY
    text = f"{value if decimals is None else round_half_up(value, decimals):,f}"
    whole, _dot, fraction = text.partition(".")
    fraction = fraction.rstrip("0") if decimals is None else fraction
    grouped = whole.lstrip("-").replace(",", ".")
    number = f"{grouped},{fraction}" if fraction else grouped
    return f"{MINUS}{number}" if text.startswith("-") and number.strip("0.,") else number


def printed_number(text: str) -> Decimal | None:
    """The number that `format_number` printed so; None where the text is something else."""
    if not _PRINTED.fullmatch(text):
        return None
    return Decimal(text.replace(".", "").replace(",", ".").replace(MINUS, "-"))


def format_change(value: Decimal | None) -> str:
    """By how much something changed: +1,5 or −5,7; None is a dash."""
    number = format_number(value)
    return f"+{number}" if value is not None and value > 0 else number


def typed_number(value: Decimal | None) -> str:
    """As it is typed: with the minus of the keyboard, and nothing for None."""
    return "" if value is None else format_number(value).replace(MINUS, "-")


def format_percent(value: Decimal | None, decimals: int = 2) -> str:
    """97,50% for the number 97.5, with two decimals everywhere; None is a dash."""
    return EMPTY if value is None else f"{format_number(value, decimals)}%"


def format_rupiah(value: Decimal | None, decimals: int = 2) -> str:
    """Rp1.200.000,00; None is a dash."""
    if value is None:
        return EMPTY
    number = format_number(value, decimals)
    return f"{MINUS}Rp{number[1:]}" if number.startswith(MINUS) else f"Rp{number}"


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Rounded as in school: a half goes away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)
