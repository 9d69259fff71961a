"""Known slips of published tables: a function each, on all rows of a table that were checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.collection.rules.findings import hundredfold
from runut.collection.rules.formulas import HUNDRED, WIDE
from runut.collection.rules.table.verdicts import (
    MOST_PLACES,
    Checked,
    achieved,
    call_wrong,
    hundredths,
    truncated,
    verdict_of,
)
from runut.lib.numbers import format_number, round_half_up
from runut.lib.reading import Quantity, Sign, signs_in
from runut.lib.written import REACHED, is_share
from runut.planning.rules import SHIPPED, Scale

FAR = 5
JUMP = 10
# Beyond it a percentage is a slip.
FARTHEST = Decimal(1000)
# So many classes from the right one a word contradicts a percentage by any bounds.
FAR_CLASSES = 2
FEWEST_ROWS = 3
# Achievements are mostly printed with so many decimals.
USUAL_PLACES = 2
_WORD = re.compile(r"\w+")


def find_slips(rows: Sequence[Checked]) -> None:
    """Add to each row what is known to go wrong in it."""
    for rule in RULES:
        rule(rows)


def unreadable(rows: Sequence[Checked]) -> None:
    """A cell that is no number but ought to be one."""
    for one in rows:
        for problem in one.read.problems:
            one.slip("unreadable", problem)


def no_basis(rows: Sequence[Checked]) -> None:
    """A figure is printed though none can be worked out. A predicate at its target may be called 100, below it 0."""
    for one in rows:
        figure = one.read.figure
        if one.verdict != "not_computable" or figure is None:
            continue
        reached = _reached(one)
        if reached is None or (figure.low < HUNDRED if reached else figure.low != 0):
            sentence = _("Tertulis capaian %(figure)s, padahal tidak dapat dihitung. Dari mana angka itu?")
            one.slip("no_basis", sentence % {"figure": format_number(figure.low)})


def repeats_actual(rows: Sequence[Checked]) -> None:
    """The column of achievements repeats the realised value."""
    for one in _wrong(rows):
        if one.read.actual and one.read.figure and one.read.actual.low == one.read.figure.low:
            one.slip("repeats_actual", _("Kolom capaian mengulang realisasi."))


def formula_swapped(rows: Sequence[Checked]) -> None:
    """Counted as if more were better where less is, or the other way round."""
    for one in _wrong(rows):
        figure, turned = one.read.figure, achieved(one.read, "positive" if one.method == "negative" else "negative")
        if figure and turned.raw is not None and verdict_of(turned, figure)[0] in ("agrees", "truncated"):
            one.slip("formula_swapped", _turned_words(one))


def _turned_words(one: Checked) -> str:
    if not one.read.printed.polarity:
        return _("Angka itu hanya cocok bila makin rendah makin baik; tabel tidak menyebut arahnya.")
    if one.method == "negative":
        return _("Angka itu cocok bila dihitung sebagai makin tinggi makin baik, padahal makin rendah makin baik.")
    return _("Angka itu cocok bila dihitung sebagai makin rendah makin baik, padahal makin tinggi makin baik.")


def direction_changes(rows: Sequence[Checked]) -> None:
    """The same indicator fits only as more is better in one row, and only as less is better in another."""
    for same in same_indicator(rows):
        turned = [one for one in same if one.method == "negative"]
        if not turned or len(turned) == len(same):
            continue
        for one in same:
            other = next(each for each in same if each.method != one.method)
            words = {"no": other.row, "period": f" ({other.read.printed.group})" if other.read.printed.group else ""}
            if one.method == "negative":
                sentence = _("Di sini dihitung makin rendah makin baik, di baris %(no)s%(period)s makin tinggi.")
            else:
                sentence = _("Di sini dihitung makin tinggi makin baik, di baris %(no)s%(period)s makin rendah.")
            one.slip("direction_changes", sentence % words)


def formula_other(rows: Sequence[Checked]) -> None:
    """Counted by a formula that some offices use where less is better: target by actual, or the part that was saved."""
    for one in _wrong(rows):
        figure = one.read.figure
        if figure is None or {"formula_swapped", "repeats_actual"} & set(one.slips):
            continue
        for method, sentence in _other_formulas(one).items():
            other = achieved(one.read, method)
            if other.raw is not None and verdict_of(other, figure)[0] in ("agrees", "truncated"):
                one.slip("formula_other", sentence)
                break


def _other_formulas(one: Checked) -> dict[str, str]:
    """By what else a figure may have been counted, and what is to be said of it."""
    if not one.read.printed.polarity:
        sentence = _("Angka itu hanya cocok bila target dibagi realisasi; tabel tidak menyebut arahnya.")
        return {"inverse": sentence}
    if one.method == "positive":
        return {"inverse": _("Angka itu cocok bila target dibagi realisasi, padahal realisasi yang dibagi target.")}
    return {
        "inverse": _(
            "Angka itu cocok bila target dibagi realisasi. Rumus itu berlaku hanya bila kamusnya menyebutnya."
        ),
        "reduction": _(
            "Angka itu cocok bila yang dihitung pengurangannya: target dikurangi realisasi, dibagi target. Rumus itu "
            "berlaku hanya bila kamusnya menyebutnya."
        ),
    }


def operand_as_fraction(rows: Sequence[Checked]) -> None:
    """Of target and realised value one is a fraction of one, the other in per cent."""
    for one in rows:
        target, actual, unit = one.read.target, one.read.actual, one.read.printed.unit
        if not (target and actual and target.is_exact and actual.is_exact) or one.found.raw is None:
            continue
        for what, small, other in ((_("Target"), target, actual), (_("Realisasi"), actual, target)):
            if not 0 < small.low <= 1 < other.low:
                continue
            whole = replace(small, low=small.low * HUNDRED, high=small.high * HUNDRED)
            if _figure_fits(one, whole, of_target=small is target) or hundredfold(small.low, unit, [other.low]):
                words = {"what": what, "value": format_number(small.low), "meant": format_number(whole.low)}
                sentence = _("%(what)s %(value)s tampaknya ditulis sebagai pecahan, yaitu %(meant)s persen.")
                one.slip("operand_as_fraction", sentence % words)


def _figure_fits(one: Checked, whole: Quantity, *, of_target: bool) -> bool:
    """Whether the printed figure, which fits nothing else, is right once the fraction is a percentage."""
    figure, raw = one.read.figure, one.found.raw
    # Of a small target the figure itself may be the fraction: 1,5 for 150. It is not, where that would be beyond all.
    if one.verdict != "wrong" or figure is None or raw is None or (of_target and abs(raw) < FARTHEST):
        return False
    meant = achieved(replace(one.read, target=whole) if of_target else replace(one.read, actual=whole), one.method)
    return meant.raw is not None and verdict_of(meant, figure)[0] in ("agrees", "truncated")


def as_fraction(rows: Sequence[Checked]) -> None:
    """Printed as a fraction of one, not in per cent."""
    for one in _wrong(rows):
        if "operand_as_fraction" in one.slips:
            continue
        if one.read.figure and one.found.raw is not None and hundredths(one.found.raw, one.read.figure):
            one.slip("as_fraction", _("Angka itu ditulis sebagai pecahan, bukan persen: kalikan 100."))


def digit_dropped(rows: Sequence[Checked]) -> None:
    """One digit was left out, or the decimal sign was moved."""
    for one in _wrong(rows):
        figure, raw = one.read.figure, one.found.raw
        if (
            figure is None
            or raw is None
            or {"as_fraction", "operand_as_fraction", "repeats_actual", "formula_other"} & set(one.slips)
        ):
            continue
        printed, places = _digits(figure.low), min(figure.places, MOST_PLACES) + 1
        meant = [_digits(round_half_up(raw, each)) for each in range(places + 1)]
        whole = [_digits(cut(raw, max(places, USUAL_PLACES))) for cut in (round_half_up, truncated)]
        if any(_lacks_one(printed, digits) for digits in meant) or any(_moved(printed, each) for each in meant + whole):
            one.slip("digit_dropped", _("Ada angka yang tertinggal, atau komanya bergeser."))


def rounded_operand(rows: Sequence[Checked]) -> None:
    """Worked out of a realised value with more digits than the table shows."""
    for one in _wrong(rows):
        explained = {"digit_dropped", "operand_as_fraction", "repeats_actual", "formula_swapped", "formula_other"}
        if not explained & set(one.slips) and _within_rounding(one):
            sentence = _("Selisihnya sekecil pembulatan realisasi: mungkin dihitung dari angka yang belum dibulatkan.")
            one.slip("rounded_operand", sentence)


def _within_rounding(one: Checked) -> bool:
    """Whether half a unit of the realised value's last digit explains the difference. A whole number may be a count."""
    target, actual, figure, raw = one.read.target, one.read.actual, one.read.figure, one.found.raw
    if not (target and actual and figure and raw is not None and target.low and actual.places):
        return False
    half = Decimal(5).scaleb(-actual.places - 1)
    reach = abs(WIDE.divide(half * HUNDRED, target.low)) + Decimal(5).scaleb(-figure.places - 1)
    return abs(figure.low - raw) <= reach


def caps(rows: Sequence[Checked]) -> None:
    """Where figures are capped: those that were not, and those that stand below the cap though they reach beyond."""
    used = Counter(one.cap for one in rows if one.cap is not None)
    if not used:
        return
    cap = max(used, key=lambda each: (used[each], each))
    for one in rows:
        figure, raw = one.read.figure, one.found.raw
        if figure is None or raw is None or raw <= cap or one.cap == cap:
            continue
        words = {"cap": format_number(cap)}
        if figure.low > cap:
            one.slip("cap_uneven", _("Baris lain dibatasi paling tinggi %(cap)s, baris ini tidak.") % words)
        elif one.verdict == "wrong" or (one.cap is not None and used[one.cap] < used[cap]):
            if one.verdict == "capped":
                call_wrong(one)
            one.slip("below_cap", _("Hitungannya melampaui batas %(cap)s, tetapi tertulis lebih rendah.") % words)


def label_contradicts(rows: Sequence[Checked]) -> None:
    """The word beside the figure says something else than the figure."""
    scale = _scale_of(rows)
    for one in rows:
        label = " ".join(one.read.printed.label.split()).casefold()
        reached = _reached(one)
        if label in REACHED and reached is not None and REACHED[label] != reached:
            words = {
                "label": one.read.printed.label,
                "state": _("target tercapai") if reached else _("target belum tercapai"),
            }
            one.slip("label_contradicts", _("Labelnya “%(label)s”, padahal %(state)s.") % words)
        elif (
            label not in {"", *REACHED}
            and one.computed is not None
            and (by := _contradicted(label, one.computed, scale))
        ):
            words = {"label": one.read.printed.label, "right": by.class_of(one.computed).name, "scale": by.name}
            one.slip(
                "label_contradicts", _("Labelnya “%(label)s”; menurut skala %(scale)s seharusnya “%(right)s”.") % words
            )


def _contradicted(label: str, percent: Decimal, scale: Scale | None) -> Scale | None:
    """The scale by which the word is another: the table's, else each that has the word, and by far."""
    if scale is not None:
        return scale if scale.class_of(percent).name.casefold() != label else None
    found = [one for one in SHIPPED if label in _names(one)]
    return found[0] if found and all(_steps(one, label, percent) >= FAR_CLASSES for one in found) else None


def _names(scale: Scale) -> list[str]:
    return [one.name.casefold() for one in scale.classes]


def _steps(scale: Scale, label: str, percent: Decimal) -> int:
    """How many classes lie between the word and the one of the percentage."""
    return abs(_names(scale).index(label) - scale.classes.index(scale.class_of(percent)))


def duplicate_indicator(rows: Sequence[Checked]) -> None:
    """An indicator that stands in the table before: of the same period and owner, as far as the table says."""
    keys = [(one.read.printed.owner, one.read.printed.period, _name(one)) for one in rows]
    if _come_in_blocks(keys):
        return
    first: dict[object, int] = {}
    for one, key in zip(rows, keys, strict=True):
        if key[-1] and key in first:
            one.slip("duplicate_indicator", _("Indikator ini sudah ada di baris %(no)s.") % {"no": first[key]})
        first.setdefault(key, one.row)


def _come_in_blocks(keys: Sequence[object]) -> bool:
    """Whether the whole table repeats the same indicators in the same order, as it does year by year."""
    size = len(set(keys))
    return 1 < size < len(keys) and list(keys) == list(keys[:size]) * (len(keys) // size)


def same_indicator(rows: Sequence[Checked]) -> list[list[Checked]]:
    """The rows that belong to one indicator of which the table names no direction, where there are several."""
    found: dict[object, list[Checked]] = {}
    for one in rows:
        if not one.read.printed.polarity and one.found.raw is not None and _name(one):
            found.setdefault((one.read.printed.owner, _name(one)), []).append(one)
    return [same for same in found.values() if len(same) > 1]


def _name(one: Checked) -> str:
    return " ".join(_WORD.findall(one.read.printed.indicator.casefold()))


def above_hundred(rows: Sequence[Checked]) -> None:
    """A share of a whole that is more than the whole."""
    for one in rows:
        printed, actual = one.read.printed, one.read.actual
        share = is_share(printed.indicator, printed.unit)
        beyond = one.read.target is not None and one.read.target.high > HUNDRED
        if share and not beyond and actual and actual.low > HUNDRED:
            one.slip("above_hundred", _("Persentase dari keseluruhan tidak dapat lebih dari 100."))


def sudden_jump(rows: Sequence[Checked]) -> None:
    """Far from its target, or from the row before of the same indicator."""
    last: dict[object, Decimal] = {}
    for one in rows:
        actual, target = one.read.actual, one.read.target
        name = one.read.printed.owner, _name(one)
        if actual is None:
            continue
        if target and target.low > 0 and (actual.low >= FAR * target.high or 0 < actual.low * JUMP <= target.low):
            one.slip("sudden_jump", _("Realisasi jauh berbeda dari target: periksa satuan dan komanya."))
        elif (
            name in last and last[name] > 0 and (actual.low >= JUMP * last[name] or 0 < actual.low * JUMP <= last[name])
        ):
            one.slip("sudden_jump", _("Realisasi jauh berbeda dari baris sebelumnya untuk indikator ini."))
        last[name] = actual.low


def all_hundred(rows: Sequence[Checked]) -> None:
    """Every realised value of the table is 100."""
    values = [one.read.actual.low for one in rows if one.read.actual]
    if len(values) >= FEWEST_ROWS and set(values) == {HUNDRED}:
        for one in rows:
            one.slip("all_hundred", _("Semua realisasi di tabel ini tepat 100: periksa apakah memang diukur."))


def mixed_separators(rows: Sequence[Checked]) -> None:
    """A decimal dot in a table of decimal commas, or the other way round."""
    shown = [(one, [sign for cell in _texts(one) for sign in signs_in(cell)]) for one in rows]
    counted: Counter[Sign] = Counter(sign for _one, signs in shown for sign in signs)
    if len(counted) < 2:
        return
    rare: Sign = "comma" if counted["dot"] > counted["comma"] else "dot"
    for one, signs in shown:
        if rare in signs:
            one.slip("mixed_separators", _("Tanda desimalnya berbeda dari baris lain: titik dan koma bercampur."))


RULES: tuple[Callable[[Sequence[Checked]], None], ...] = (
    unreadable,
    no_basis,
    repeats_actual,
    formula_swapped,
    direction_changes,
    formula_other,
    operand_as_fraction,
    as_fraction,
    digit_dropped,
    rounded_operand,
    caps,
    label_contradicts,
    duplicate_indicator,
    above_hundred,
    sudden_jump,
    all_hundred,
    mixed_separators,
)


def _wrong(rows: Sequence[Checked]) -> Iterator[Checked]:
    return (one for one in rows if one.verdict == "wrong")


def _texts(one: Checked) -> list[str]:
    printed = one.read.printed
    return [cell for cell in (printed.target, printed.actual, printed.figure) if isinstance(cell, str)]


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "")


def _lacks_one(printed: str, meant: str) -> bool:
    """Whether the digits are those that were meant less one."""
    return len(meant) > 2 and any(meant[:place] + meant[place + 1 :] == printed for place in range(len(meant)))


def _moved(printed: str, meant: str) -> bool:
    """Whether the digits are those that were meant, at another place of the decimal sign or without zeros at an end."""
    return printed.strip("0") == meant.strip("0") != ""


def _reached(one: Checked) -> bool | None:
    """Whether the target was reached by what was worked out; None when that cannot be told."""
    if one.computed is not None:
        return one.computed >= HUNDRED
    return {"reached": True, "not_reached": False}.get(one.state)


def _scale_of(rows: Sequence[Checked]) -> Scale | None:
    """The one shipped scale that has all the words of the table, but for those that say whether a target is reached."""
    labels = {" ".join(one.read.printed.label.split()).casefold() for one in rows} - {"", *REACHED}
    fitting = [scale for scale in SHIPPED if labels <= set(_names(scale))]
    return fitting[0] if labels and len(fitting) == 1 else None
