"""What the definition of an indicator still lacks. Hints only: nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.numbers import format_number
from runut.planning.rules.words import GOAL_WORDS


@dataclass(frozen=True, slots=True)
class Described:
    """What hints are about. targets: (year, quarter) to amount, quarter 0 for the year.

    promised: whether the year has a target, a range or a bound too. twins: others of that name.
    """

    name: str
    polarity: str
    value_type: str
    aggregation: str
    definition: str
    formula: str
    source: str
    baseline: str
    evidence_needed: str
    targets: Mapping[tuple[int, int], Decimal]
    promised: bool = True
    twins: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    code: str
    sentence: str


def hints(one: Described, year: int) -> list[Hint]:
    """What would make the indicator easier to measure and to defend, the weightiest first."""
    return [hint for check in CHECKS for hint in check(one, year)]


def _goal(one: Described, year: int) -> Iterator[Hint]:
    first = one.name.split()[0].casefold() if one.name.split() else ""
    if first in GOAL_WORDS:
        sentence = _(
            "Namanya berbunyi seperti sasaran (“%(word)s …”). "
            "Indikator menyebut ukurannya, misalnya “Persentase …” atau “Nilai …”."
        )
        yield Hint("goal", sentence % {"word": one.name.split()[0]})


def _missing(one: Described, year: int) -> Iterator[Hint]:
    sentences = {
        "definition": _("Definisi operasionalnya belum ditulis: apa persisnya yang dihitung?"),
        "formula": _("Cara menghitungnya belum ditulis."),
        "source": _("Sumber datanya belum ditulis."),
        "baseline": _("Data dasarnya (baseline) belum ada."),
        "evidence_needed": _("Bukti dukung yang wajib dilampirkan belum ditulis."),
    }
    yield from (Hint(field, sentence) for field, sentence in sentences.items() if not getattr(one, field).strip())


def _targets(one: Described, year: int) -> Iterator[Hint]:
    if one.value_type != "number":
        return
    now, before = one.targets.get((year, 0)), one.targets.get((year - 1, 0))
    if now is None:
        if not one.promised:
            yield Hint("target", _("Target tahun %(year)s belum diisi.") % {"year": year})
        return
    worse = before is not None and (now < before if one.polarity == "positive" else now > before)
    if worse:
        words = {"now": format_number(now), "before": format_number(before), "year": year - 1}
        yield Hint("backwards", _("Targetnya (%(now)s) lebih longgar daripada target %(year)s (%(before)s).") % words)
    quarters = [one.targets.get((year, quarter)) for quarter in (1, 2, 3, 4)]
    filled = [amount for amount in quarters if amount is not None]
    if one.aggregation == "cumulative" and filled and sum(filled) != now:
        words = {"sum": format_number(sum(filled, Decimal(0))), "now": format_number(now)}
        yield Hint("sum", _("Jumlah target triwulan (%(sum)s) tidak sama dengan target tahun (%(now)s).") % words)


def _twin(one: Described, year: int) -> Iterator[Hint]:
    if one.twins:
        yield Hint("twin", _("Nama yang sama dipakai juga oleh %(codes)s.") % {"codes": ", ".join(one.twins)})


CHECKS = (_goal, _targets, _missing, _twin)
