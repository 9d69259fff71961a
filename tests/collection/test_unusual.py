"""Which values are asked about, and which number is offered instead: a table of cases, and what always holds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import Cell, findings, hint, meant, unlike_the_past
from runut.lib.numbers import typed_number
from runut.lib.reading import fits


def cell(amount, *past, label="IKM", unit="indeks", polarity="positive", target=None, **more):
    """A value after others, the latest last."""
    values = [Decimal(value) for value in past]
    return Cell(
        line=1, label=label, value_type="number", scale=[], amount=Decimal(amount), text="", measure="measured",
        note="", has_evidence=True, last=values[-1] if values else None, past=values, polarity=polarity, unit=unit,
        target=None if target is None else Decimal(target), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"),
    [
        # Few periods of the past.
        (cell("200", "84"), "200 indeks: selama ini, dan menurut targetnya, paling tinggi 100."),
        (cell("200", "83.5", "84"), "paling tinggi 100"),
        (cell("200", "84", unit="km"), "200 lebih dari dua kali periode sebelumnya (84)."),
        (cell("200", "83.5", "84", "84.2", unit="km"), "200 lebih dari dua kali periode sebelumnya (84,2)."),
        (cell("40", "84"), "40 kurang dari setengah periode sebelumnya (84)."),
        (cell("168", "84", unit="km"), ""),
        (cell("85", "84"), ""),
        (cell("60", "19", unit="desa"), "60 lebih dari dua kali periode sebelumnya (19)."),
        (cell("25", "4", unit="kasus", polarity="negative"), "25 lebih buruk dari periode lalu (4)."),
        (cell("3", "8", unit="kasus", polarity="negative"), ""),
        (cell("0", "84"), "0 lebih buruk dari periode lalu (84)."),
        (cell("-3", "5", unit="km"), "−3 lebih buruk dari periode lalu (5)."),
        # Many periods.
        (cell("90", "81", "82", "83", "84"), "90 di luar kebiasaan: selama ini antara 81 dan 84."),
        (cell("84", "81", "82", "83", "84"), ""),
        # A jump is the strongest.
        (cell("840", "84", unit="km"), "840 jauh berbeda dari periode lalu (84)."),
        (cell("8475", "84.75"), "8.475 jauh berbeda dari periode lalu (84,75)."),
        # No past: the target tells.
        (cell("200", target="85"), "200 indeks: selama ini, dan menurut targetnya, paling tinggi 100."),
        (cell("845", target="85", unit="km"), "845 sedikitnya lima kali targetnya (85)."),
        (cell("8.5", target="85"), "8,5 paling banyak sepersepuluh targetnya (85)."),
        (cell("1", target="12", unit="kasus", polarity="negative"), ""),
        (cell("80", target="85"), ""),
        (cell("3", target="0", unit="kasus"), ""),
        (cell("105", target="104"), ""),
        (cell("105"), ""),
        (cell("105", "103", target="100"), ""),
        # What is accumulated begins anew: only its target tells.
        (cell("80", target="10", unit="dokumen", polarity=""), "80 sedikitnya lima kali targetnya (10)."),
    ],
)
def test_what_is_unlike_the_past_or_the_target_is_asked_about(value, words):
    assert words in unlike_the_past(value) and bool(words) == bool(unlike_the_past(value))
    assert bool(hint(value)) == bool(words)


def test_after_an_accumulated_figure_of_before_only_the_target_tells():
    value = Cell(
        line=1, label="Dokumen", value_type="number", scale=[], amount=Decimal(60), text="", measure="measured",
        note="", has_evidence=True, last=Decimal(20), unit="dokumen", target=Decimal(25),
    )  # fmt: skip

    assert unlike_the_past(value) == ""


@pytest.mark.parametrize(
    ("now", "last", "direction", "is_asked"),
    [
        ("60", "126", "positive", True),
        ("94", "126", "positive", True),
        ("95", "126", "positive", False),
        ("130", "126", "positive", False),
        ("10", "8", "negative", True),
        ("9", "8", "negative", False),
        ("7", "8", "negative", False),
        ("1", "0", "negative", True),
        ("60", "126", "", False),
    ],
)
def test_a_figure_that_begins_anew_is_asked_about_when_it_is_much_worse(now, last, direction, is_asked):
    value = replace(cell(now, unit="dokumen", polarity=""), last=Decimal(last), direction=direction)

    assert ("lebih buruk dari periode lalu" in unlike_the_past(value)) == is_asked
    assert all(one.level == "warning" for one in findings([value]))


def test_it_asks_for_a_reason_and_holds_nothing_up():
    [asked] = findings([cell("200", "84", unit="km")])
    [told] = findings([cell("60", "84", unit="km")])

    assert (asked.level, asked.field) == (told.level, told.field) == ("warning", "value")
    assert asked.text.endswith("Bila sudah benar, tulis sebabnya di keterangan.")


@pytest.mark.parametrize(
    ("value", "offered"),
    [
        (cell("8475", "84.75"), "84,75"),
        (cell("841", "84.75"), "84,1"),
        (cell("9.41", "92.1", unit="%"), "94,1"),
        (cell("0.9", "92.1", unit="%"), "90"),
        (cell("300", "30", unit="kasus"), "30"),
        # Half a case, or more than the whole.
        (cell("57", "5", unit="kasus"), ""),
        (cell("1.9", "95", label="Persentase desa mandiri", unit="%", target="95"), ""),
        (cell("18", "95.5", target="95"), ""),
        # On the other side of nothing, or no nearer than what was typed.
        (cell("-5", "50"), ""),
        (cell("19", "100.5", unit="km"), ""),
        (cell("9.2", "51.5", unit="km"), "92"),
        (cell("9.9", "51.5", unit="km"), ""),
        # Nothing is near.
        (cell("200", "84"), ""),
        (cell("3", "100", unit="km"), ""),
        (cell("85", "84"), ""),
        # More decimals than are kept.
        (cell("0.123456", "0.0012", unit="km"), ""),
    ],
)
def test_a_number_is_offered_only_where_it_makes_sense(value, offered):
    assert typed_number(meant(value)) == offered


NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
UNITS = st.sampled_from(["kasus", "%", "indeks", "km"])
LABELS = st.sampled_from(["Persentase desa mandiri", "IKM"])


@given(NUMBERS, st.lists(NUMBERS, min_size=1, max_size=5), UNITS, LABELS, st.none() | NUMBERS)
def test_whatever_is_offered_is_nearer_possible_and_would_not_be_asked_about_again(amount, past, unit, label, target):
    value = cell(amount, *past, unit=unit, label=label, target=target)
    offered = meant(value)

    if offered is None:
        return
    last = past[-1]
    assert fits(offered) and offered * last > 0
    assert abs(offered - last) < abs(amount - last)
    again = cell(offered, *past, unit=unit, label=label, target=target)
    assert meant(again) is None
    assert unit != "kasus" or (offered > 0 and offered == offered.to_integral_value())
    assert not (label.startswith("Persentase") and unit == "%" and offered > 100 >= (target or 0))


@given(st.decimals(min_value=50, max_value=100, places=2), st.decimals(min_value=1, max_value=10**6, places=2))
def test_after_one_period_nothing_beyond_twice_or_below_half_goes_unasked(last, amount):
    asked = unlike_the_past(cell(amount, last, unit="km"))

    assert asked or last <= amount <= 2 * last
