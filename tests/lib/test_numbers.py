from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.numbers import (
    format_change,
    format_number,
    format_percent,
    format_rupiah,
    printed_number,
    round_half_up,
    typed_number,
)

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1234.56", None, "1.234,56"),
        ("1234.50", None, "1.234,5"),
        ("1E+3", None, "1.000"),
        ("100", None, "100"),
        ("0.00", None, "0"),
        ("-0.00", None, "0"),
        ("-1234.5", None, "−1.234,5"),
        ("97.5", 2, "97,50"),
        ("97.005", 2, "97,01"),
        ("-0.001", 2, "0,00"),
        ("999.995", 2, "1.000,00"),
        ("1234", 0, "1.234"),
    ],
)
def test_numbers_are_written_with_dots_and_a_comma(value, decimals, text):
    assert format_number(Decimal(value), decimals) == text


def test_per_cent_and_rupiah_have_their_sign():
    assert format_percent(Decimal("97.5")) == "97,50%"
    assert format_percent(Decimal("100.295")) == "100,30%"
    assert format_percent(Decimal("97.5"), 1) == "97,5%"
    assert format_rupiah(Decimal(1200000)) == "Rp1.200.000,00"
    assert format_rupiah(Decimal("-1200.4"), 0) == "−Rp1.200"


@pytest.mark.parametrize(("value", "text"), [("1.5", "+1,5"), ("-5.7", "−5,7"), ("0", "0"), ("-0.00", "0")])
def test_a_change_always_has_its_sign(value, text):
    assert format_change(Decimal(value)) == text


def test_in_a_cell_a_minus_is_the_one_of_the_keyboard():
    assert typed_number(Decimal("-1234.5")) == "-1.234,5"


def test_nothing_is_a_dash():
    assert (format_change(None), typed_number(None)) == ("–", "")
    assert (format_number(None), format_percent(None), format_rupiah(None)) == ("–", "–", "–")


@pytest.mark.parametrize(
    ("value", "places", "rounded"), [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.125", 2, "0.13"), ("1.1", 3, "1.100")]
)
def test_a_half_goes_away_from_zero(value, places, rounded):
    assert str(round_half_up(Decimal(value), places)) == rounded


@given(DECIMALS, st.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_unit_at_most(value, places):
    assert abs(round_half_up(value, places) - value) * 2 <= Decimal(1).scaleb(-places)


@given(DECIMALS)
def test_a_printed_number_is_read_as_it_was(value):
    assert printed_number(format_number(value)) == value


@pytest.mark.parametrize("text", ["", "–", "B", "Baik 3", "≥ 90", "12.34", "1,", "-5", "97,50%"])
def test_what_was_not_printed_so_is_no_number(text):
    assert printed_number(text) is None
