"""Reading what stands where a number belongs: typed by an officer, copied from Excel, or printed in a table.

In Indonesian writing a dot followed by groups of three digits groups thousands, and the comma is the decimal sign.
A single sign that cannot be a group (1.5, 0.08) is a decimal sign whichever it is. What could mean two things is not
guessed: it is refused with a question. Every refusal is a `Refused` whose `code` says what was found: `number` (none),
`ambiguous`, `excel_error` (or of another program), `no_value` (n/a and the like), `too_long`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

from django.utils.translation import gettext as _

from .errors import Refused
from .numbers import format_number
from .written import AWAITED, BOUNDS, COUNTED, NO_NUMBER, NOT_MEASURED, POWERS, SAME, SPELLED, UNTIL

Sign = Literal["comma", "dot"]

MOST_DIGITS = 24
# How a workbook is read whose program wrote a formula and did not work it out.
NO_RESULT = "#FORMULA!"
BLANKS = frozenset({"", "-", "–", "—", "−", "--", "---", "...", "…"})

# What nobody sees is left out; figures as wide as a letter of another script are the same figures.
_HIDDEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202c\u2060\u00ad\ufeff"))
_WIDE = str.maketrans("０１２３４５６７８９％，．－", "0123456789%,.-")
_NO_VALUES = re.compile(
    "|".join((r"n/?a\.?", "<na>", "null", "none", "nat", *map(re.escape, (*NO_NUMBER, *NOT_MEASURED, *AWAITED)))),
    re.IGNORECASE,
)
_EXCEL_ERROR = re.compile(r"#(?=[A-Z])[A-Z0-9/_]+[!?]?|Err:[0-9]{3}", re.IGNORECASE)
_FORMULA = re.compile(r"=[^<>].*")
_SPELLED = re.compile(r"(?<=[0-9%])\s*\(([^()]+)\)")
# How a program writes what it could not work out: an error of another kind, in a file that a program made.
_NOT_A_NUMBER = frozenset({"nan", "nan(ind)", "inf", "infinity"})
_RAW = r"(?:[Rr][Pp]\.?\s*)?[0-9][0-9.,]*\s*%?"
# Of its digits a unit has but those of m2 and m3.
_UNIT = r"(?:[^\W\d_]|\()(?:[^0-9<>≤≥]|(?<=m)[23](?![0-9])){0,80}"
_DRESS = re.compile(
    r"(?P<open>\()?(?P<sign>[-−–+]?)\s*(?P<rupiah>[Rr][Pp]\.?)?\s*"
    r"(?P<body>[0-9][0-9.,]*?)(?P<even>,-)?(?P<power>[eE][-+]?[0-9]{1,3})?\s*(?P<percent>%?)(?P<close>\))?"
)
_BOUND = re.compile(
    rf"(?P<word>{'|'.join(re.escape(word) for word in sorted(BOUNDS, key=len, reverse=True))})\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<first>{_RAW})\s*(?:{'|'.join(UNTIL)})\s*(?P<second>{_RAW})(?:\s+(?P<unit>{_UNIT}))?", re.IGNORECASE
)
_SPREAD = re.compile(rf"(?P<middle>{_RAW})\s*(?:±|\+/-)\s*(?P<spread>{_RAW})(?:\s+(?P<unit>{_UNIT}))?")
_TIMES = re.compile(rf"(?P<number>.*[0-9%,-])\s*(?P<word>{'|'.join(POWERS)})(?P<rest>\b.*)", re.IGNORECASE)
# The whole of which it is a part is a whole number itself, in whichever writing its thousands are grouped.
_PER = re.compile(
    r"(?P<number>.+?)\s*(?:/|\bper\b)\s*(?P<per>[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,15})(?:\s+(?P<unit>.+))?",
    re.IGNORECASE,
)
_WITH_UNIT = re.compile(rf"(?P<number>.*?[0-9%)])\s*(?P<unit>{_UNIT})")
_WHOLE = re.compile(r"[0-9]+(,[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_WHOLES = re.compile(r"[0-9]+")
_DOT_DECIMAL = re.compile(r"(0|[0-9]*)\.[0-9]+")

_SWAPPED = str.maketrans(",.", ".,")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[.,](?=[0-9])")
# Each number in a text; digits in groups of three; a number with nothing about it; three digits behind a sign.
_EACH = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
_GROUPS = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})+")
_PLAIN = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# A spreadsheet keeps 15 digits; what stands behind them is its own arithmetic (0.30000000000000004).
_FLOAT = Context(prec=15, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was read. low and high are the same number, or the ends of a range however it was written.

    bound: "" for exactly, or one of < ≤ > ≥. places: digits behind the decimal sign, as written. percent: whether a
    per cent sign stood there. per: 15/1000 is 15 per 1000. unit: the words behind the number.
    """

    low: Decimal
    high: Decimal
    places: int
    bound: str = ""
    percent: bool = False
    per: Decimal = Decimal(1)
    unit: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is one number, whatever stands beside it."""
        return self.low == self.high and not self.bound

    @property
    def is_number(self) -> bool:
        """Whether it is one number and nothing else but a per cent sign or Rp."""
        return self.is_exact and self.per == 1 and not self.unit

    @property
    def echo(self) -> str:
        """How it was understood, in Indonesian writing."""
        words = (
            format_number(self.low)
            if self.low == self.high
            else f"{format_number(self.low)}–{format_number(self.high)}"
        )
        words = f"{self.bound} {words}" if self.bound else words
        words = f"{words}%" if self.percent else words
        words = f"{words} per {format_number(self.per)}" if self.per != 1 else words
        return f"{words} {self.unit}" if self.unit else words


def read_number(text: str, sign: Sign = "comma") -> Decimal | None:
    """The number in the text; None when nothing is filled in (empty or a dash).

    A per cent sign or Rp is allowed and dropped: `97,5 %` is 97.5. A range, a bound or a unit is refused.
    """
    found = read_quantity(text, sign)
    if found is None or found.is_number:
        return found.low if found else None
    if found.is_exact and found.per == 1:
        raise Refused(
            _("Isi angkanya saja: %(number)s. Satuan “%(unit)s” tidak perlu ditulis.")
            % {"number": format_number(found.low), "unit": found.unit},
            code="number",
        )
    raise _no_number()


def read_quantity(text: str, sign: Sign = "comma") -> Quantity | None:
    """The number, range or bound in the text with what stands beside it; None when nothing is filled in.

    sign: the decimal sign of whoever wrote it. Where only one reading is possible, the other sign is read too.
    """
    text = _cleaned(text)
    if text in BLANKS:
        return None
    refuse_error(text)
    _refuse_no_value(text)
    bound = _BOUND.fullmatch(text)
    if bound:
        return replace(_unbound(bound["rest"], sign), bound=BOUNDS[bound["word"].lower()])
    return _unbound(text, sign)


def _cleaned(text: str) -> str:
    """With single spaces, without what nobody sees, and with what can be written in several ways written in one."""
    text = " ".join(text.translate(_HIDDEN).translate(_WIDE).split()).removeprefix("'")
    if not text.strip("0123456789.,"):
        return text
    text = _SPELLED.sub(lambda found: "" if set(found[1].lower().split()) <= SPELLED else found[0], text)
    for written, same in SAME:
        text = written.sub(same, text)
    return text


def reads_plainly(text: str, number: Decimal) -> bool:
    """Whether nobody could take this text for another number, nor was it changed by reading: `85`, `84,75`, `84,50`.

    What could be read in two ways is 1.234 or 1,234; what is changed is 1.5, 97,5 % or Rp 1.200.
    """
    text = " ".join(text.split())
    if not _PLAIN.fullmatch(text) or _GROUP.fullmatch(text.lstrip("-")):
        return False
    return Decimal(text.replace(",", ".")) == number


def could_be_another(text: str) -> bool:
    """Whether a text is read as one number and may have been meant as another: 1.234 or 1,234."""
    return _EITHER.fullmatch("".join(text.split()).lstrip("-")) is not None


def says_no_value(text: str) -> bool:
    """Whether a text says that there is no number: n/a and the like."""
    return _NO_VALUES.fullmatch(_cleaned(text)) is not None


def other_reading(text: str) -> Decimal | None:
    """What a text that is asked about is with a decimal dot and commas (1,234.56); None where nobody has to ask."""
    try:
        read_number(text)
    except Refused as refusal:
        if refusal.code != "ambiguous" or "," not in text:
            return None
    else:
        return None
    try:
        return read_number(text, "dot")
    except Refused:
        return None


def as_indonesian(text: str, sign: Sign) -> str:
    """The text with the decimal signs and dots of its numbers exchanged where it was written with a decimal dot."""
    return _BETWEEN_DIGITS.sub(lambda found: found[0].translate(_SWAPPED), text) if sign == "dot" else text


def sign_of(texts: Iterable[str]) -> Sign:
    """The decimal sign in which most texts are written; without evidence the comma."""
    counted = Counter(sign for text in texts for sign in signs_in(text))
    return "dot" if counted["dot"] > counted["comma"] else "comma"


def signs_in(text: str) -> frozenset[Sign]:
    """The decimal signs that the numbers in a text show beyond doubt: of a range, those of both its ends."""
    return frozenset(sign for number in _EACH.findall(text) if (sign := _sign_shown(number)))


def _sign_shown(number: str) -> Sign | None:
    dots, commas = number.count("."), number.count(",")
    if dots and commas:
        return "dot" if number.rfind(".") > number.rfind(",") else "comma"
    if dots + commas > 1:
        return None if not _GROUPS.fullmatch(number) else "comma" if dots else "dot"
    if not dots and not commas:
        return None
    sign: Sign = "dot" if dots else "comma"
    whole, fraction = number.split("." if dots else ",")
    grouped = len(fraction) == 3 and whole.strip("0") != "" and len(whole) <= 3
    return None if grouped else sign


def names_whole(unit: str, per: Decimal) -> bool:
    """Whether a unit of measure names this whole: of what is counted per 1.000 penduduk, 15/1000 is 15."""
    return f"{per:f}" in _WHOLES.findall(re.sub("[.,]", "", unit))


def fits(number: Decimal) -> bool:
    """Whether a value's column takes it as it is: 18 digits before the decimal sign and 6 behind it."""
    return written_places(number) <= 6 and abs(number) < Decimal(10) ** 18


def written_places(value: Decimal) -> int:
    """How many digits stand behind the decimal sign."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _unbound(text: str, sign: Sign) -> Quantity:
    plain = _DRESS.fullmatch(text)
    if plain:
        return _quantity(*_number(plain, text, sign))
    between = _RANGE.fullmatch(text)
    if between:
        first, second = (_one(between[name].strip(), sign) for name in ("first", "second"))
        low, high = sorted((first.low, second.low))
        percent = first.percent or second.percent
        return Quantity(low, high, max(first.places, second.places), percent=percent, unit=between["unit"] or "")
    spread = _SPREAD.fullmatch(text)
    if spread:
        return _spread(spread, sign)
    per = _PER.fullmatch(text)
    if per:
        return _per(per, sign)
    times = _TIMES.fullmatch(text)
    if times:
        found, rest = _one(times["number"].strip(), sign), times["rest"].strip()
        if rest.split(" ")[0].lower() in POWERS:
            raise _no_number()
        value = found.low.scaleb(POWERS[times["word"].lower()])
        return Quantity(value, value, 0, unit=rest)
    unit = _WITH_UNIT.fullmatch(text)
    if unit:
        found = _one(unit["number"].strip(), sign)
        return Quantity(found.low, found.low, found.places, percent=found.percent, unit=unit["unit"].strip())
    raise _no_number()


def _spread(match: re.Match[str], sign: Sign) -> Quantity:
    """3±1% is from 2 to 4."""
    middle, spread = (_one(match[name].strip(), sign) for name in ("middle", "spread"))
    low, high = middle.low - spread.low, middle.low + spread.low
    if low < 0:
        raise _no_number()
    percent = middle.percent or spread.percent
    return Quantity(low, high, max(middle.places, spread.places), percent=percent, unit=match["unit"] or "")


def _per(match: re.Match[str], sign: Sign) -> Quantity:
    """15/1000, 49 per 100.000 penduduk, 102 kasus/100.000 kelahiran: what is counted one by one need not be named."""
    found, whole = _unbound(match["number"], sign), Decimal(re.sub("[.,]", "", match["per"]))
    if found.per != 1 or whole == 0 or (found.unit and found.unit.casefold() not in COUNTED):
        raise _no_number()
    return Quantity(found.low, found.high, found.places, percent=found.percent, per=whole, unit=match["unit"] or "")


def _one(text: str, sign: Sign) -> Quantity:
    dress = _DRESS.fullmatch(text)
    if dress is None:
        raise _no_number()
    return _quantity(*_number(dress, text, sign))


def _quantity(value: Decimal, percent: bool) -> Quantity:
    return Quantity(value, value, written_places(value), percent=percent)


def _number(dress: re.Match[str], text: str, sign: Sign) -> tuple[Decimal, bool]:
    """The number in its dress, and whether it wore a per cent sign."""
    odd = (dress["even"] and not dress["rupiah"]) or (dress["rupiah"] and dress["percent"])
    if odd or bool(dress["open"]) != bool(dress["close"]):
        raise _no_number()
    body = dress["body"]
    if sum(character.isdigit() for character in body) > MOST_DIGITS:
        raise Refused(_("Angka ini terlalu panjang. Periksa lagi, misalnya 94,5."), code="too_long")
    if dress["power"]:
        value = (
            _FLOAT.create_decimal(body.replace(",", ".") + dress["power"])
            if body.count(".") + body.count(",") <= 1
            else None
        )
        if value is None or not -30 < value.adjusted() < MOST_DIGITS:
            raise _no_number()
        value = Decimal(f"{value.normalize():f}")
    else:
        value = _as_spreadsheet(Decimal(_plain(body, text, sign)))
    negative = dress["sign"] in ("-", "−", "–") or (dress["open"] and dress["sign"] == "")
    return (-value if negative else value), bool(dress["percent"])


def _as_spreadsheet(value: Decimal) -> Decimal:
    """Without the tail of a spreadsheet's arithmetic."""
    if len(value.as_tuple().digits) <= 15 or written_places(value) < 10:
        return value
    return Decimal(f"{_FLOAT.plus(value).normalize():f}")


def refuse_error(text: str) -> None:
    """Refused for what a spreadsheet or a program writes where a sum of it failed."""
    if text == NO_RESULT:
        sentence = _("Selnya berisi rumus tanpa hasilnya. Buka berkasnya di Excel, simpan, lalu unggah lagi.")
        raise Refused(sentence, code="excel_error")
    if _EXCEL_ERROR.fullmatch(text):
        sentence = _("“%(text)s” adalah pesan kesalahan Excel, bukan angka. Perbaiki rumusnya, lalu isi lagi.")
        raise Refused(sentence % {"text": text}, code="excel_error")
    if _FORMULA.fullmatch(text):
        sentence = _("“%(text)s” adalah rumus, bukan hasilnya. Isi dengan angkanya saja.")
        raise Refused(sentence % {"text": text}, code="excel_error")
    if set(text) == {"#"}:
        sentence = _(
            "Kolom Excel terlalu sempit, jadi angkanya tidak ikut tersalin. Lebarkan kolomnya, lalu salin lagi."
        )
        raise Refused(sentence, code="excel_error")
    if text.lstrip("+-").casefold() in _NOT_A_NUMBER:
        sentence = _("“%(text)s” tanda bahwa hitungannya gagal, bukan angka. Periksa hitungannya, lalu isi lagi.")
        raise Refused(sentence % {"text": text}, code="excel_error")


def _refuse_no_value(text: str) -> None:
    if _NO_VALUES.fullmatch(text):
        sentence = _(
            "“%(text)s” bukan angka. Bila memang tidak ada angkanya, kosongkan "
            "dan pilih keadaannya, misalnya “tidak diukur”."
        )
        raise Refused(sentence % {"text": text}, code="no_value")


def _no_number() -> Refused:
    return Refused(_("Isi dengan angka, misalnya 94,5."), code="number")


def _plain(body: str, text: str, sign: Sign) -> str:
    """The digits with a decimal dot, as Decimal reads them."""
    if sign == "dot":
        body = body.translate(_SWAPPED)
    if _WHOLE.fullmatch(body):
        return body.replace(",", ".")
    if _GROUPED.fullmatch(body):
        return body.replace(".", "").replace(",", ".")
    if _DOT_DECIMAL.fullmatch(body) and not _looks_grouped(body):
        return body
    if "." in body or body.count(",") > 1:
        sentence = _(
            "“%(text)s” dapat dibaca dengan dua cara. Titik untuk ribuan dan koma untuk desimal, "
            "misalnya 1.234,56. Berapa angka yang dimaksud?"
        )
        raise Refused(sentence % {"text": text}, code="ambiguous")
    raise _no_number()


def _looks_grouped(body: str) -> bool:
    """Whether somebody may have left out a dot before: 1234.567 is a thousandth or a million."""
    whole, fraction = body.split(".")
    return len(fraction) == 3 and whole.strip("0") != ""
