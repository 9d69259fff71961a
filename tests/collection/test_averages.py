"""Figures worked out of several figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import achievement
from runut.collection.rules.averages import absorption, efficiency, gather, mean, ratio
from runut.lib.errors import Refused
from tests.collection.counted import Version


def of(value, target="100", measure="measured"):
    return achievement(None if value is None else Decimal(value), "", measure, Decimal(target), "", Version())


def test_a_mean_says_how_many_it_counts_and_how_many_missed_their_target():
    found = mean([of("310"), of("50"), of(None, measure="not_measured"), of("3", "0")])

    assert (found.percent, found.counted, found.total, found.below) == (Decimal("180.00"), 2, 4, 1)
    assert found.words == "2 dari 4 indikator dihitung"


def test_nothing_to_count_has_no_mean():
    assert mean([of(None, measure="not_filled")]).percent is None


@given(st.lists(st.decimals(min_value=0, max_value=500, places=2), min_size=1, max_size=20))
def test_a_mean_lies_between_its_figures(values):
    percents = [of(str(value)).percent for value in values]

    assert min(percents) <= mean([of(str(value)) for value in values]).percent <= max(percents)


def test_a_year_is_gathered_as_its_indicator_says():
    quarters = [Decimal(1), Decimal(2), Decimal(4)]

    assert gather(quarters, "cumulative") == 7
    assert gather(quarters, "last") == gather([Decimal(4)], "release") == 4
    assert gather(quarters, "average") == Decimal("2.333333")
    assert gather([], "last") is None


def test_a_value_is_made_of_its_parts():
    assert ratio(Decimal(941), Decimal(1010)) == Decimal("93.168317")
    assert ratio(Decimal(3), Decimal(1000), Decimal(100000)) == 300
    with pytest.raises(Refused, match="Penyebut nol"):
        ratio(Decimal(1), Decimal(0))


@pytest.mark.parametrize(
    ("achieved", "absorbed", "points", "thrift"),
    [
        ("100", "94.99", "5.01", "efficient"),
        ("100", "95", "5", "enough"),
        ("90", "95", "-5", "enough"),
        ("90", "95.01", "-5.01", "wasteful"),
    ],
)
def test_efficiency_holds_the_achievement_against_the_money_spent(achieved, absorbed, points, thrift):
    assert efficiency(Decimal(achieved), Decimal(absorbed)) == (Decimal(points), thrift)


def test_without_a_percentage_or_a_budget_there_is_no_efficiency():
    assert absorption(Decimal(5), Decimal(0)) is None
    assert efficiency(Decimal(100), absorption(Decimal(5), Decimal(0))) is None
    assert absorption(Decimal("149400000"), Decimal("100000000")) == Decimal("149.40")
