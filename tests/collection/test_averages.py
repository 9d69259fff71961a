"""Figures worked out of several figures."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import achievement
from runut.collection.rules.averages import average, average_told, gather
from tests.collection.counted import Version


def of(value, target="100", measure="measured"):
    return achievement(None if value is None else Decimal(value), "", measure, Decimal(target), "", Version())


def test_only_what_has_a_percentage_enters_a_mean():
    assert average([of("310"), of("50"), of(None, measure="not_measured"), of("3", "0")]) == Decimal("180.00")


def test_nothing_to_count_has_no_mean():
    assert average([of(None, measure="not_filled")]) is None


def test_a_mean_says_in_sentences_how_it_came_about():
    found = [of("100.89"), of("90"), of("75"), of(None, measure="nil")]

    assert average_told(found) == (
        "Rata-rata 3 capaian: jumlah 100,89% + 90,00% + 75,00% dibagi 3 = 88,63%. Yang tanpa persentase tidak ikut: 1."
    )
    assert average_told([of("50")] * 20) == "Rata-rata 20 capaian: jumlah 1.000,00% dibagi 20 = 50,00%."
    assert average_told([of(None, measure="nil")]) == ""


@given(st.lists(st.decimals(min_value=0, max_value=500, places=2), min_size=1, max_size=20))
def test_a_mean_lies_between_its_figures(values):
    percents = [of(str(value)).percent for value in values]

    assert min(percents) <= average([of(str(value)) for value in values]) <= max(percents)


def test_a_year_is_gathered_as_its_indicator_says():
    quarters = [Decimal(1), Decimal(2), Decimal(4)]

    assert gather(quarters, "cumulative") == 7
    assert gather(quarters, "last") == gather([Decimal(4)], "release") == 4
    assert gather(quarters, "average") == Decimal("2.333333")
    assert gather([], "last") is None
