"""Each formula, what bounds it, and how targets that are no single number are counted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import achievement
from runut.collection.rules.formulas import METHODS
from tests.collection.counted import Version

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4)
GOALS = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4)


def of(value, target, method="", **more):
    number, text = (None, target) if isinstance(target, str) and not target.replace(".", "").isdigit() else (target, "")
    goal = None if number is None else Decimal(number)
    return achievement(Decimal(value), "", "measured", goal, text, Version(method=method, decimals=0, **more))


@pytest.mark.requirement("R-INSP-7")
@pytest.mark.parametrize(
    ("method", "value", "target", "percent", "derivation"),
    [
        ("positive", "21", "22", "95.45", "21 ÷ 22 × 100 = 95,45"),
        ("negative", "12", "10", "80.00", "(2 × 10 − 12) ÷ 10 × 100 = 80,00"),
        ("inverse", "12", "10", "83.33", "10 ÷ 12 × 100 = 83,33"),
        ("reduction", "2", "10", "80.00", "(10 − 2) ÷ 10 × 100 = 80,00"),
        ("maximum", "3", "5", "100.00", "3 ≤ 5 → 100"),
        ("maximum", "6", "5", "80.00", "(2 × 5 − 6) ÷ 5 × 100 = 80,00"),
        ("positive", "85", "80–90", "100.00", "80 ≤ 85 ≤ 90 → 100"),
        ("positive", "92", "90-80", "102.22", "92 ÷ 90 × 100 = 102,22"),
        ("positive", "72", "80–90", "90.00", "72 ÷ 80 × 100 = 90,00"),
        ("positive", "4", "≤5 menit", "100.00", "4 ≤ 5 → 100"),
        ("positive", "6", "≤5 menit", "80.00", "(2 × 5 − 6) ÷ 5 × 100 = 80,00"),
        ("positive", "22", "<22", "100.00", "(2 × 22 − 22) ÷ 22 × 100 = 100,00"),
        ("positive", "76", "≥ 80", "95.00", "76 ÷ 80 × 100 = 95,00"),
    ],
)
def test_each_formula_says_how_it_came_to_its_figure(method, value, target, percent, derivation):
    found = of(value, target, method)

    assert (found.percent, found.derivation) == (Decimal(percent), derivation)


@pytest.mark.parametrize(
    ("method", "value", "target", "percent"),
    [
        ("negative", "0", "0", "100.00"),
        ("inverse", "0", "0", "100.00"),
        ("reduction", "0", "0", "100.00"),
        ("maximum", "0", "0", "100.00"),
        ("positive", "0", "0", None),
        ("positive", "3", "0", None),
        ("negative", "3", "0", None),
        ("inverse", "0", "5", None),
        ("maximum", "3", "0", None),
        ("positive", "3", "WTP", None),
    ],
)
def test_zero_is_counted_only_where_it_means_something(method, value, target, percent):
    found = of(value, target, method)

    assert found.percent == (None if percent is None else Decimal(percent))
    assert found.state == ("computed" if percent else "not_computable")
    assert percent or found.reason.endswith(".")


def test_cap_and_floor_keep_the_raw_figure():
    high, low = of("300", "100", cap=Decimal(120)), of("300", "100", "reduction")

    assert (high.percent, high.raw) == (Decimal("120.00"), Decimal(300))
    assert (low.percent, low.raw) == (Decimal("0.00"), Decimal(-200))


@given(value=NUMBERS, target=GOALS, method=st.sampled_from(sorted(METHODS)))
def test_no_figure_is_ever_below_zero_and_each_has_its_derivation(value, target, method):
    found = of(value, str(target), method)

    assert found.percent is None or (found.percent >= 0 and found.derivation)
    assert found.percent is not None or found.reason


@given(target=GOALS, method=st.sampled_from(["positive", "negative", "inverse", "maximum"]))
def test_who_meets_the_target_has_exactly_a_hundred(target, method):
    assert of(target, str(target), method).percent == 100


@given(low=GOALS, high=GOALS, value=NUMBERS)
def test_a_range_written_backwards_is_the_same_range(low, high, value):
    def written(first, second):
        return f"{first:f}-{second:f}".replace(".", ",")

    assert of(value, written(low, high)).percent == of(value, written(high, low)).percent


@pytest.mark.parametrize(
    ("text", "target", "state", "level"),
    [
        ("Level 3", "Level 3 Plus", "not_reached", "low"),
        ("Level 4", "Level 3 Plus", "reached", "achieved"),
        ("WTP", "WTP", "reached", "achieved"),
        ("WDP", "WTP", "not_reached", "low"),
        ("A", "BB", "reached", "achieved"),
        ("Level 3 DC", "Level 3", "not_computable", "none"),
        ("Tinggi", "Sangat Tinggi", "not_computable", "none"),
    ],
)
def test_without_a_scale_a_predicate_is_reached_or_not_and_has_no_percentage(text, target, state, level):
    found = achievement(None, text, "measured", None, target, Version(value_type="ordinal"))

    assert (found.percent, found.state, found.level) == (None, state, level)


@pytest.mark.parametrize("method", ["stable", "range"])
@pytest.mark.parametrize(
    ("value", "target", "percent"),
    [
        ("100", "100", "100"),
        ("90", "100", "90"),
        ("110", "100", "90"),
        ("250", "100", "0"),
        ("0", "0", "100"),
        ("3", "0", None),
        ("75", "70-80", "100"),
        ("63", "70-80", "90"),
        ("88", "70-80", "90"),
        ("6", "≤ 5", "80"),
        ("4", "≤ 5", "100"),
        ("45", "≥ 50", "90"),
    ],
)
def test_where_nearness_counts_too_much_is_as_bad_as_too_little(method, value, target, percent):
    assert of(value, target, method).percent == (None if percent is None else Decimal(percent))
