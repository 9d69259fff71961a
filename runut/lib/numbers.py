"""Numbers as an Indonesian officer writes and reads them: 1.234,56.

A dot followed by groups of three digits groups thousands; the comma is the decimal sign. A single dot that cannot be
a group (1.5, 0.08) is read as a decimal sign, because sheets from elsewhere have it. What could mean two
things is not guessed: it is refused with a question.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.translation import gettext as _

from .errors import Refused

EMPTY = "–"
MINUS = "−"
MOST_DIGITS = 24
BLANKS = frozenset({"", "-", "–", "—"})

# Wide enough that a number this module reads is never rounded by accident.
_WIDE = Context(prec=100)
_DRESS = re.compile(
    r"(?P<sign>[-−]?)\s*(?P<rupiah>[Rr][Pp]\.?)?\s*(?P<body>[0-9][0-9.,]*?)(?P<even>,-)?\s*(?P<percent>%?)"
)
_WHOLE = re.compile(r"[0-9]+(,[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_DOT_DECIMAL = re.compile(r"(0|[0-9]*)\.[0-9]+")


def read_number(text: str) -> Decimal | None:
    """The number in the text; None when nothing is filled in (empty or a dash).

    A per cent sign or Rp is allowed and dropped: `97,5 %` is 97.5. Refused asks when it could mean two
    things, and otherwise says how a number is written.
    """
    text = " ".join(text.split())
    if text in BLANKS:
        return None
    dress = _DRESS.fullmatch(text)
    if dress is None or (dress["even"] and not dress["rupiah"]) or (dress["rupiah"] and dress["percent"]):
        raise Refused(_("Isi dengan angka, misalnya 94,5."), code="number")
    body = dress["body"]
    if sum(sign.isdigit() for sign in body) > MOST_DIGITS:
        raise Refused(_("Angka ini terlalu panjang. Periksa lagi, misalnya 94,5."), code="number")
    value = Decimal(_plain(body, text))
    return -value if dress["sign"] else value


def format_number(value: Decimal | None, decimals: int | None = None) -> str:
    """With dots, a decimal comma and a true minus sign; None is a dash.

    Zeros at the end are kept only when `decimals` says how many.
    """
    if value is None:
        return EMPTY
    if decimals is None:
        plain = f"{value:f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    else:
        plain = f"{round_half_up(value, decimals):f}"
    sign = MINUS if plain.startswith("-") and plain.strip("-0.") else ""
    whole, _dot, fraction = plain.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


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


def _plain(body: str, text: str) -> str:
    """The digits with a decimal dot, as Decimal reads them."""
    if _WHOLE.fullmatch(body):
        return body.replace(",", ".")
    if _GROUPED.fullmatch(body):
        return body.replace(".", "").replace(",", ".")
    if _DOT_DECIMAL.fullmatch(body) and not _looks_grouped(body):
        return body
    if "." in body or body.count(",") > 1:
        raise Refused(
            _(
                "“%(text)s” dapat dibaca dengan dua cara. Titik untuk ribuan dan koma untuk desimal, "
                "misalnya 1.234,56. Berapa angka yang dimaksud?"
            )
            % {"text": text},
            code="number",
        )
    raise Refused(_("Isi dengan angka, misalnya 94,5."), code="number")


def _looks_grouped(body: str) -> bool:
    """Whether somebody may have left out a dot before: 1234.567 is a thousandth or a million."""
    whole, fraction = body.split(".")
    return len(fraction) == 3 and whole.strip("0") != ""
