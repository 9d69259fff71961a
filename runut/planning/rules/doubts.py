"""What is odd about targets as they were typed: said once they are saved, nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.numbers import format_number
from runut.lib.spelled import read_back

YEAR, QUARTERS = 0, (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Typed:
    """A target: as it was typed, "" where nothing was, and as it was read, a number or words; neither for a dash."""

    typed: str
    amount: Decimal | None = None
    text: str = ""

    @property
    def read(self) -> str:
        return self.text or format_number(self.amount)


def readings(aims: Mapping[int, Typed]) -> list[str]:
    """How targets were understood that were written in another way, in the order of their periods."""
    told = [(aim.typed, _read_as(aim)) for _quarter, aim in sorted(aims.items()) if aim.typed]
    return [_("“%(typed)s” %(read)s.") % {"typed": typed, "read": read} for typed, read in told if read]


def _read_as(aim: Typed) -> str:
    """How it was read; "" for what nobody could read in another way."""
    if aim.amount is not None:
        return read_back(aim.typed, aim.amount)
    same = _plain(aim.typed) in {_plain(aim.read), ""}
    return "" if same else _("dibaca: %(number)s") % {"number": aim.read}


def _plain(text: str) -> str:
    """Without what makes no difference: spaces, and which dash or sign somebody has on the keyboard."""
    text = "".join(text.split()).casefold().replace("<=", "≤").replace(">=", "≥")
    return text.replace("–", "-").replace("—", "-").replace("−", "-")


def doubts(aims: Mapping[int, Typed], polarity: str, aggregation: str) -> list[str]:
    """What contradicts the definition of the indicator. aims: all of a year, what was known before included."""
    return [*_against_direction(aims, polarity), *_sum(aims, aggregation)]


def _against_direction(aims: Mapping[int, Typed], polarity: str) -> Iterator[str]:
    """At most, where more is better; at least, where less is."""
    wrong = {"positive": ("≤", "<"), "negative": ("≥", ">")}.get(polarity, ())
    texts = [aim.text for _quarter, aim in sorted(aims.items())]
    found = list(dict.fromkeys(text for text in texts if wrong and text.startswith(wrong)))
    if not found:
        return
    sentence = _("Target %(aims)s berarti paling tinggi sekian, padahal arah indikator ini makin tinggi makin baik.")
    if polarity != "positive":
        sentence = _(
            "Target %(aims)s berarti paling rendah sekian, padahal arah indikator ini makin rendah makin baik."
        )
    advice = _("Periksa lagi target atau arahnya.")
    yield f"{sentence % {'aims': ', '.join(found)}} {advice}"


def _sum(aims: Mapping[int, Typed], aggregation: str) -> Iterator[str]:
    """Quarters of what adds up over the year, all of them filled in, that do not make the year."""
    year = aims[YEAR].amount if YEAR in aims else None
    if aggregation != "cumulative" or year is None or any(no not in aims or aims[no].text for no in QUARTERS):
        return
    total = sum((aims[no].amount or Decimal(0) for no in QUARTERS), Decimal(0))
    if total != year:
        sentence = _("Jumlah target triwulan %(sum)s, padahal target setahun %(year)s: indikator ini diakumulasi.")
        yield sentence % {"sum": format_number(total), "year": format_number(year)}
