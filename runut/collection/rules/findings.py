"""What stands out in a filled sheet: errors that keep it from being submitted, warnings that do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from runut.lib.numbers import format_number
from runut.lib.reading import fits
from runut.lib.written import COUNTED, is_percentage, is_share
from runut.planning.rules import same_predicate

JUMP = 10
HUNDRED = Decimal(100)
# From so many past values on, their lowest and highest say what is usual.
ENOUGH = 4
# Of fewer, so many times the highest of them, or that part of the lowest, is unusual; of things counted one by one only
# from so many on.
TWICE = 2
FEW = 10
# So much worse than the last value is asked about where the values of periods differ in size.
MATERIAL = Decimal("0.25")
# So many times the target is unusual where no past is a measure.
FAR = 5
# Units of measure whose figures mostly end at 100.
SCORES = frozenset({"nilai", "skor", "indeks", "poin"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix (error) or to look at (warning), in one cell of one line. label: the indicator.

    reason: what was written of why it is right, "" where nothing was; where the line itself is shown it stands there.
    """

    level: Literal["error", "warning"]
    line: int
    field: str
    label: str
    text: str
    reason: str = ""

    @property
    def sentence(self) -> str:
        """Standing alone, it names the indicator and what explains it."""
        sentence = f"{self.label}: {self.text[0].lower()}{self.text[1:]}"
        return _explained(sentence, self.reason) if self.reason else sentence


@dataclass(frozen=True, slots=True)
class Cell:
    """A line as the checks see it. last: the previous period's value. repairs: cause and reason are needed.

    polarity: which direction is better, "" where the previous period is no measure (an accumulated figure begins
    anew each year). direction: the same, whether it begins anew or not. past: the figure's values in earlier periods,
    where they can be compared. needs_evidence: it was asked for.
    """

    line: int
    label: str
    value_type: str
    scale: Sequence[str]
    amount: Decimal | None
    text: str
    measure: str
    note: str
    has_evidence: bool
    last: Decimal | None = None
    repairs: bool = False
    cause: str = ""
    reason: str = ""
    polarity: str = ""
    direction: str = ""
    past: Sequence[Decimal] = ()
    unit: str = ""
    target: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_quotient: bool = False
    needs_evidence: bool = False


def findings(cells: Iterable[Cell]) -> list[Finding]:
    """All findings, errors first, each group in the order of the lines."""
    found = [finding for cell in cells for check in CHECKS for finding in check(cell)]
    return sorted(found, key=lambda finding: finding.level)


def required_answer(cell: Cell) -> Iterator[Finding]:
    """Each line says a value, or says why there is none."""
    filled = bool(cell.text) if cell.value_type == "ordinal" else cell.amount is not None
    if not filled and (cell.numerator is not None or cell.denominator is not None):
        return
    if cell.measure == "not_filled" or (cell.measure == "measured" and not filled):
        yield _error(cell, "value", _("Isi realisasi, atau pilih “tidak diukur”, “menunggu rilis”, atau “nihil”."))
    elif cell.measure != "measured" and not cell.note.strip():
        yield _error(cell, "note", _("Tulis di keterangan mengapa belum ada angkanya."))


def parts_are_known(cell: Cell) -> Iterator[Finding]:
    """A quotient is worked out from two numbers; one that came without them cannot be followed."""
    if not cell.is_quotient or cell.measure not in ("measured", "not_filled"):
        return
    known = [each is not None for each in (cell.numerator, cell.denominator)]
    if any(known) and not all(known):
        yield _error(cell, "value", _("Isi pembilang dan penyebutnya; satu saja belum cukup."))
    elif cell.amount is not None and not any(known):
        yield _finding("warning", cell, "value", _("Pembilang dan penyebutnya belum diisi."))


def predicate_is_known(cell: Cell) -> Iterator[Finding]:
    known = not cell.scale or any(same_predicate(name, cell.text) for name in cell.scale)
    if cell.value_type == "ordinal" and cell.text and not known:
        text = _("“%(text)s” tidak ada dalam urutan predikat (%(scale)s).")
        yield _finding("error", cell, "value", text % {"text": cell.text, "scale": ", ".join(cell.scale)})


def count_is_possible(cell: Cell) -> Iterator[Finding]:
    """What is counted one by one is not below nothing, and seldom has a fraction."""
    if sentence := impossible(cell.amount, cell.unit):
        yield _error(cell, "value", sentence)
    elif cell.amount is not None and _is_counted(cell.unit) and cell.amount != cell.amount.to_integral_value():
        text = _("%(now)s %(unit)s: jumlah biasanya bilangan bulat.")
        yield _finding("warning", cell, "value", text % {"now": format_number(cell.amount), "unit": cell.unit})


def impossible(amount: Decimal | None, unit: str) -> str:
    """Why there can be no such value, whatever was meant; "" when there can."""
    if amount is not None and amount < 0 and _is_counted(unit):
        return _("Jumlah %(unit)s tidak dapat kurang dari nol.") % {"unit": unit}
    return ""


def _is_counted(unit: str) -> bool:
    words = unit.casefold().split()
    return bool(words) and words[0] in COUNTED and "/" not in unit


def share_is_possible(cell: Cell) -> Iterator[Finding]:
    """A share of a whole is seldom above a hundred or below nothing: one that is says why."""
    if sentence := beyond_the_whole(cell):
        yield from _asked_why(cell, sentence)


def beyond_the_whole(cell: Cell) -> str:
    """What is unusual about a share; "" when nothing is, or when its target is as unusual."""
    if cell.amount is None or not is_share(cell.label, cell.unit):
        return ""
    now, target = {"now": format_number(cell.amount)}, cell.target or Decimal(0)
    if cell.amount < 0 <= target:
        return _("%(now)s%%: bagian dari keseluruhan jarang kurang dari nol.") % now
    if cell.amount > HUNDRED >= target:
        return _("%(now)s%%: bagian dari keseluruhan jarang lebih dari 100.") % now
    return ""


def cause_and_reason(cell: Cell) -> Iterator[Finding]:
    """A corrected figure says what went wrong and why it changes."""
    if not cell.repairs:
        return
    if not cell.cause.strip():
        yield _error(cell, "cause", _("Tulis penyebab kesalahannya."))
    if not cell.reason.strip():
        yield _error(cell, "reason", _("Tulis alasan perubahannya."))


def outlier(cell: Cell) -> Iterator[Finding]:
    """A value unlike the figure's past asks for a reason; one that jumps is not handed in without."""
    sentence = unlike_the_past(cell)
    if not sentence:
        return
    if jumps(cell):
        yield from _asked_why(cell, sentence)
        return
    reason = explanation(cell)
    yield _finding("warning", cell, "value", sentence if reason else _why(sentence), reason)


def _asked_why(cell: Cell, sentence: str) -> Iterator[Finding]:
    """What is not handed in without an explanation."""
    if reason := explanation(cell):
        yield _finding("warning", cell, "value", sentence, reason)
    else:
        yield _error(cell, "note", _why(sentence))


def explanation(cell: Cell) -> str:
    """What was written of why an unusual value is right; "" when nothing was."""
    return (cell.reason.strip() if cell.repairs else "") or cell.note.strip()


def _explained(sentence: str, reason: str) -> str:
    return _("%(sentence)s Alasan: %(reason)s") % {"sentence": sentence, "reason": reason}


def _why(sentence: str) -> str:
    return _("%(sentence)s Bila sudah benar, tulis sebabnya di keterangan.") % {"sentence": sentence}


def jumps(cell: Cell) -> bool:
    """Ten times the last period, or a tenth of it. Nothing is no slip of the comma: none of three is a count.

    Of a figure with decimals half of that is enough: after 84,75 a lost comma makes 841 of 84,1.
    """
    if cell.measure != "measured" or not cell.amount or not cell.last:
        return False
    now, last = abs(cell.amount), abs(cell.last)
    far = JUMP if cell.last == cell.last.to_integral_value() else JUMP / 2
    return now >= Decimal(far) * last or Decimal(far) * now <= last


def unlike_the_past(cell: Cell) -> str:
    """What is unusual about the value, the strongest first; "" when nothing is."""
    if cell.measure != "measured" or cell.amount is None:
        return ""
    words = {"now": format_number(cell.amount), "last": format_number(cell.last)}
    if jumps(cell):
        return _("%(now)s jauh berbeda dari periode lalu (%(last)s).") % words
    if sentence := _beyond_the_scale(cell) or _outside_the_usual(cell) or _far_from_target(cell):
        return sentence
    if cell.last is not None and (
        _is_worse(cell.amount, cell.last, cell.polarity) or _is_much_worse(cell.amount, cell.last, cell.direction)
    ):
        return _("%(now)s lebih buruk dari periode lalu (%(last)s).") % words
    return ""


def _known(cell: Cell) -> list[Decimal]:
    """The figure's values in earlier periods, as far as they are a measure of this one."""
    return [*cell.past] or ([cell.last] if cell.last is not None and cell.polarity else [])


def _beyond_the_scale(cell: Cell) -> str:
    """A score or an index that always was, and is meant to be, at most 100."""
    known, unit = [*_known(cell), *([cell.target] if cell.target is not None else [])], cell.unit.strip().casefold()
    if cell.amount is None or cell.amount <= HUNDRED or unit not in SCORES or not known or max(known) > HUNDRED:
        return ""
    return _("%(now)s %(unit)s: selama ini, dan menurut targetnya, paling tinggi 100.") % {
        "now": format_number(cell.amount),
        "unit": cell.unit,
    }


def _outside_the_usual(cell: Cell) -> str:
    """Outside of what many periods were; of few, more than twice the highest or less than half the lowest of them."""
    known = _known(cell)
    if cell.amount is None or not known:
        return ""
    low, high = min(known), max(known)
    words = {"now": format_number(cell.amount), "low": format_number(low), "high": format_number(high)}
    if len(cell.past) >= ENOUGH:
        if low <= cell.amount <= high:
            return ""
        return _("%(now)s di luar kebiasaan: selama ini antara %(low)s dan %(high)s.") % words
    # Of things that are counted one by one a few more or less are soon twice as many.
    if not cell.polarity or low <= 0 or cell.amount <= 0 or (_is_counted(cell.unit) and low < FEW):
        return ""
    if cell.amount > TWICE * high:
        return _("%(now)s lebih dari dua kali periode sebelumnya (%(high)s).") % words
    if TWICE * cell.amount < low:
        return _("%(now)s kurang dari setengah periode sebelumnya (%(low)s).") % words
    return ""


def _far_from_target(cell: Cell) -> str:
    """Where no past is a measure of it: many times its target, or where more is better a tenth of it."""
    if cell.amount is None or cell.amount <= 0 or _known(cell):
        return ""
    if cell.target is None or cell.target <= 0:
        return ""
    words = {"now": format_number(cell.amount), "target": format_number(cell.target)}
    if cell.amount >= FAR * cell.target:
        return _("%(now)s sedikitnya lima kali targetnya (%(target)s).") % words
    if cell.polarity == "positive" and JUMP * cell.amount <= cell.target:
        return _("%(now)s paling banyak sepersepuluh targetnya (%(target)s).") % words
    return ""


def _is_worse(now: Decimal, last: Decimal, polarity: str) -> bool:
    return now < last if polarity == "positive" else polarity == "negative" and now > last


def _is_much_worse(now: Decimal, last: Decimal, direction: str) -> bool:
    return _is_worse(now, last, direction) and abs(now - last) >= MATERIAL * abs(last)


def hint(cell: Cell) -> str:
    """What is said beside the cell as soon as it was left; "" when nothing stands out."""
    doubts = (finding.text for finding in count_is_possible(cell))
    return next(doubts, "") or beyond_the_whole(cell) or unlike_the_past(cell)


def asked_about(cell: Cell) -> str:
    """The hint where nobody types: with what explains the value, else with what to do if it is right."""
    sentence = hint(cell)
    if not sentence or impossible(cell.amount, cell.unit):
        return sentence
    reason = explanation(cell)
    return _explained(sentence, reason) if reason else _why(sentence)


def meant(cell: Cell) -> Decimal | None:
    """The number with its decimal sign moved so that it is like the last period's; None when none is near.

    Nothing is proposed that would itself be asked about, or that is no nearer to the last value than what was typed.
    """
    if not jumps(cell) or cell.amount is None or cell.last is None:
        return None
    amount, last = cell.amount.normalize(), cell.last
    moved = (amount.scaleb(places) for places in (1, -1, 2, -2, 3, -3))
    near = (each for each in moved if _like(each, last) and abs(each - last) < abs(amount - last))
    return next((each for each in near if fits(each) and not _is_doubtful(replace(cell, amount=each))), None)


def _is_doubtful(cell: Cell) -> bool:
    """Whether there can be no such value, or hardly: below nothing, half a thing, above the whole or the scale."""
    return any(count_is_possible(cell)) or bool(beyond_the_whole(cell) or _beyond_the_scale(cell))


def hundredfold(amount: Decimal | None, unit: str, near: Iterable[Decimal | None]) -> Decimal | None:
    """What a percentage may have been meant as that came as a fraction: 97.5 for 0.975.

    None where nothing says so. near: what it may be like, the target or the period before.
    """
    if amount is None or not 0 < abs(amount) <= 1 or not is_percentage(unit):
        return None
    others = [other for other in near if other is not None]
    if any(_like(amount, other) for other in others):
        return None
    return amount * HUNDRED if any(_like(amount * HUNDRED, other) for other in others) else None


def two_readings(typed: str, meant: str) -> str:
    """The question that such a number asks."""
    sentence = _(
        "Di berkas tertulis %(typed)s dan satuannya persen: %(typed)s%% atau %(meant)s%%? Tulis dengan tanda %% di "
        "berkas lalu unggah lagi, atau isi di formulirnya."
    )
    return sentence % {"typed": typed, "meant": meant}


def _like(amount: Decimal, last: Decimal) -> bool:
    """From half the other to twice as much, on the same side of nothing."""
    return amount * last > 0 and abs(last) <= 2 * abs(amount) <= 4 * abs(last)


def evidence_is_attached(cell: Cell) -> Iterator[Finding]:
    if cell.measure != "measured" or cell.has_evidence:
        return
    if cell.needs_evidence and not cell.note.strip():
        yield _error(
            cell,
            "evidence",
            _("Bukti yang diminta belum dilampirkan. Lampirkan, atau tulis alasannya pada Keterangan."),
        )
    else:
        yield _finding("warning", cell, "evidence", _("Bukti dukung belum dilampirkan."))


CHECKS = (
    required_answer,
    parts_are_known,
    predicate_is_known,
    count_is_possible,
    share_is_possible,
    cause_and_reason,
    outlier,
    evidence_is_attached,
)


def _error(cell: Cell, field: str, text: str) -> Finding:
    return _finding("error", cell, field, text)


def _finding(level: Literal["error", "warning"], cell: Cell, field: str, text: str, reason: str = "") -> Finding:
    return Finding(level, cell.line, field, cell.label, text, reason)
