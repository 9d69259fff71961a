"""The year out of its quarters: of a quotient its components are put together, not its results."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import Parts, Quarterly, realised, whole_year


@dataclass(frozen=True)
class Share:
    numerator: str = "Berkas tepat waktu"
    denominator: str = "Semua berkas"
    multiplier: Decimal = Decimal(100)
    decimals: int = 2
    is_quotient: bool = True
    aggregation: str = "cumulative"


def quarter(no, over, under, amount="50"):
    parts = Parts(None if over is None else Decimal(over), None if under is None else Decimal(under))
    return Quarterly(no, Decimal(amount), parts)


@pytest.mark.parametrize("aggregation", ["cumulative", "average"])
def test_the_numerators_together_are_held_against_the_denominators_together(aggregation):
    found = whole_year([quarter(1, 1, 2), quarter(2, 98, 98, "100")], Share(aggregation=aggregation), {})

    assert (found.amount, found.parts, found.reason) == (99, Parts(Decimal(99), Decimal(100)), "")
    words = "TW I, TW II: Berkas tepat waktu (1 + 98 = 99) dibagi Semua berkas (2 + 98 = 100), dikali 100 = 99."
    assert found.words == words


def test_a_single_quarter_is_told_without_a_sum():
    found = whole_year([quarter(3, "1.5", 4)], Share(), {})

    assert found.words == "TW III: Berkas tepat waktu 1,5 dibagi Semua berkas 4, dikali 100 = 37,5."


@pytest.mark.parametrize("aggregation", ["last", "release"])
def test_the_last_quarter_stands_for_itself(aggregation):
    found = whole_year([quarter(1, 1, 2), quarter(2, None, None, "81")], Share(aggregation=aggregation), {})

    assert (found.amount, found.parts, found.words, found.reason) == (81, Parts(), "", "")


@pytest.mark.parametrize("aggregation", ["last", "release"])
def test_the_last_quarter_brings_its_components_while_they_give_its_value(aggregation):
    version = Share(aggregation=aggregation)

    found = whole_year([quarter(1, 1, 2), quarter(4, 81, 90, "90")], version, {})
    otherwise = whole_year([quarter(4, 81, 90, "0.9")], version, {})
    by_nothing = whole_year([quarter(4, 81, 0, "90")], version, {})

    assert (found.amount, found.parts, found.words) == (90, Parts(Decimal(81), Decimal(90)), "")
    assert (otherwise.amount, otherwise.parts) == (Decimal("0.9"), Parts())
    assert (by_nothing.amount, by_nothing.parts) == (90, Parts())


@pytest.mark.parametrize(
    ("quarters", "named"),
    [
        ([quarter(1, 1, 2), quarter(2, None, None)], "TW II"),
        ([quarter(1, 1, None), quarter(2, 1, 2), quarter(4, None, 3)], "TW I, TW IV"),
    ],
)
def test_without_a_component_the_year_is_not_worked_out_and_says_of_which_quarter(quarters, named):
    found = whole_year(quarters, Share(), {})

    assert found.amount is None and found.parts.is_empty
    assert found.reason == f"{named} belum punya pembilang dan penyebut, jadi nilai setahun tidak dihitung."


@pytest.mark.parametrize(
    ("aggregation", "amount", "words"),
    [
        ("cumulative", 130, "TW I, TW II dijumlahkan: 50 + 80 = 130."),
        ("average", 65, "TW I, TW II dirata-ratakan: (50 + 80) dibagi 2 = 65."),
        ("last", 80, ""),
        ("release", 80, ""),
    ],
)
def test_what_is_no_quotient_is_made_of_its_results(aggregation, amount, words):
    plain = Share(is_quotient=False, aggregation=aggregation)

    found = whole_year([quarter(1, 1, 2), quarter(2, None, None, "80")], plain, {})

    assert (found.amount, found.words, found.reason) == (amount, words, "")
    assert whole_year([], plain, {}).amount is None and whole_year([], Share(), {}).amount is None


def test_what_cannot_be_divided_or_kept_is_said():
    nothing = whole_year([quarter(1, 1, 2), quarter(2, 1, -2)], Share(), {})
    huge = whole_year([quarter(1, 10**17 * 9, 1), quarter(2, 10**17 * 9, 1)], Share(), {})

    assert nothing.reason == "Jumlah penyebutnya nol, jadi nilai setahun tidak dihitung."
    assert huge.amount is None and "terlalu besar" in huge.reason


NUMBERS = st.integers(min_value=1, max_value=10**9)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4))
def test_the_year_is_never_outside_what_its_quarters_were(pairs):
    results = [realised(Parts(Decimal(over), Decimal(under)), Share()) for over, under in pairs]

    found = whole_year([quarter(no, *pair) for no, pair in enumerate(pairs, 1)], Share(), {})

    assert min(results) <= found.amount <= max(results)
