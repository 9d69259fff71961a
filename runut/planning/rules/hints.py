"""What the definition of an indicator still lacks. Hints only: nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from runut.lib.numbers import format_number
from runut.planning.rules.words import GOAL_WORDS, INDEX_WORDS


def same_name(name: str) -> str:
    """A name as it is compared with others: in small letters, with single spaces, without a mark at its end."""
    return " ".join(name.split()).casefold().rstrip(" .,;:!?")


@dataclass(frozen=True, slots=True)
class Described:
    """What hints are about. targets: (year, quarter) to amount, quarter 0 for the year.

    promised: whether the year has a target, a range, a bound, or the word that nothing is measured. twins: others of
    that name. scale: the order of predicates.
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
    unit: str = ""
    value_kind: str = ""
    scale: Sequence[str] = ()


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
    yield from _looser(one, year)
    now = one.targets.get((year, 0))
    if now is None:
        if not one.promised:
            yield Hint("target", _("Target tahun %(year)s belum diisi.") % {"year": year})
        return
    quarters = [one.targets.get((year, quarter)) for quarter in (1, 2, 3, 4)]
    filled = [amount for amount in quarters if amount is not None]
    if one.aggregation == "cumulative" and filled and sum(filled) != now:
        words = {"sum": format_number(sum(filled, Decimal(0))), "now": format_number(now)}
        yield Hint("sum", _("Jumlah target triwulan (%(sum)s) tidak sama dengan target tahun (%(now)s).") % words)


def _looser(one: Described, year: int) -> Iterator[Hint]:
    """From the year before on: a year that asks for less than the one before it."""
    years = sorted(of for of, quarter in one.targets if quarter == 0 and of >= year - 1)
    for former, later in pairwise(years):
        before, now = one.targets[former, 0], one.targets[later, 0]
        if now < before if one.polarity == "positive" else one.polarity == "negative" and now > before:
            words = {"now": format_number(now), "before": format_number(before), "year": former, "later": later}
            sentence = _("Target %(later)s (%(now)s) lebih longgar daripada target %(year)s (%(before)s).")
            yield Hint("backwards", sentence % words)


def _order(one: Described, year: int) -> Iterator[Hint]:
    if one.value_type == "ordinal" and not one.scale:
        sentence = _("Urutan predikatnya belum ditulis, jadi capaiannya tidak punya persentase.")
        yield Hint("order", sentence)


def _index_is_summed(one: Described, year: int) -> Iterator[Hint]:
    words = {word.casefold() for text in (one.name, one.unit) for word in text.split()[:1]}
    is_index = one.value_kind == "index" or bool(words & INDEX_WORDS)
    if one.aggregation == "cumulative" and is_index:
        sentence = _("Indeks tidak dijumlahkan: pilih nilai akhir atau rata-rata sebagai penggabungannya.")
        yield Hint("index_sum", sentence)


def _twin(one: Described, year: int) -> Iterator[Hint]:
    if one.twins:
        yield Hint("twin", _("Nama yang sama dipakai juga oleh %(codes)s.") % {"codes": ", ".join(one.twins)})


CHECKS = (_goal, _order, _index_is_summed, _targets, _missing, _twin)
