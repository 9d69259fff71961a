"""The one calculation of an achievement."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import achievement, average, count_reached, level_of
from runut.planning.rules import SHIPPED, no_scale, own_scale
from tests.collection.counted import Version

POSITIVE, NEGATIVE = Version(), Version(polarity="negative")
NUMBERS = st.decimals(min_value=0, max_value=10**12, places=6)
GOALS = st.decimals(min_value=Decimal("0.000001"), max_value=10**12, places=6)


def of(value, target, version=POSITIVE, measure="measured"):
    number = None if value is None else Decimal(value)
    return achievement(number, "", measure, None if target is None else Decimal(target), "", version)


@pytest.mark.requirement("R-INSP-7")
@pytest.mark.parametrize(
    ("value", "target", "version", "percent", "level"),
    [
        ("84.75", "84", POSITIVE, "100.89", "achieved"),
        ("84", "84", POSITIVE, "100.00", "achieved"),
        ("110", "100", POSITIVE, "110.00", "exceeded"),
        ("109.99", "100", POSITIVE, "109.99", "achieved"),
        ("99.99", "100", POSITIVE, "99.99", "nearly"),
        ("90", "100", POSITIVE, "90.00", "nearly"),
        ("89.99", "100", POSITIVE, "89.99", "low"),
        ("75", "100", POSITIVE, "75.00", "low"),
        ("74.99", "100", POSITIVE, "74.99", "critical"),
        ("2", "3", NEGATIVE, "133.33", "exceeded"),
        ("162.1", "95", NEGATIVE, "29.37", "critical"),
        ("190", "95", NEGATIVE, "0.00", "critical"),
        ("1", "3", POSITIVE, "33.33", "critical"),
        ("1", "8", POSITIVE, "12.50", "critical"),
        ("1.005", "100", POSITIVE, "1.01", "critical"),
    ],
)
def test_the_formulas_round_half_up_and_have_their_level(value, target, version, percent, level):
    found = of(value, target, version)

    assert (found.percent, found.level, found.state) == (Decimal(percent), level, "computed")


def test_the_derivation_says_how_it_was_worked_out():
    assert of("84.75", "90").derivation == (
        "Realisasi 84,75 dibagi target 90,00, dikali 100 = 94,17%. Indikator positif: makin tinggi makin baik."
    )
    assert of("2", "3", Version("negative", decimals=0)).derivation == (
        "Dua kali target 3 dikurangi realisasi 2, lalu dibagi target 3 dan dikali 100 = 133,33%. "
        "Indikator negatif: makin rendah makin baik."
    )


def test_the_derivation_hides_no_digit_of_a_number():
    assert of("84.7567", "84").derivation.startswith("Realisasi 84,7567 dibagi target 84,00, dikali 100 =")


def test_below_zero_is_shown_as_zero_and_kept_raw():
    found = of("300", "100", NEGATIVE)

    assert (found.percent, found.raw) == (Decimal("0.00"), Decimal(-100))
    assert found.derivation == (
        "Dua kali target 100,00 dikurangi realisasi 300,00, lalu dibagi target 100,00 dan dikali 100 = −100,00%. "
        "Indikator negatif: makin rendah makin baik. Hasil hitungan di bawah nol ditampilkan sebagai 0."
    )
    assert found.reason


def test_the_cap_bounds_what_is_shown():
    found = of("500", "100", Version(cap=Decimal(120)))

    assert (found.percent, found.raw, found.reason) == (Decimal("120.00"), Decimal(500), "Dibatasi paling tinggi 120.")
    assert found.derivation == (
        "Realisasi 500,00 dibagi target 100,00, dikali 100 = 500,00%. Indikator positif: makin tinggi makin baik. "
        "Dibatasi paling tinggi 120."
    )


def test_zero_promised_and_zero_happened_is_achieved():
    found = of("0", "0", NEGATIVE)

    assert (found.percent, found.state, found.level) == (Decimal("100.00"), "computed", "achieved")
    assert found.reason == "Target nol dan realisasi nol: tercapai."


@pytest.mark.parametrize(("value", "target"), [("3", "0"), ("3", None), ("3", "-5")])
def test_what_cannot_be_computed_has_a_reason_and_no_percentage(value, target):
    found = of(value, target)

    assert (found.percent, found.state, found.level) == (None, "not_computable", "none")
    assert found.reason


@pytest.mark.parametrize(
    ("measure", "label"),
    [
        ("not_filled", "Belum diisi"),
        ("not_measured", "Tidak diukur"),
        ("awaiting_release", "Menunggu rilis"),
    ],
)
def test_a_cell_without_number_says_so_in_a_sentence(measure, label):
    found = of(None, "84", measure=measure)

    assert (found.percent, found.state, found.label) == (None, measure, label)
    assert found.reason.endswith(".")


SCALE = ["D", "C", "CC", "B", "BB", "A", "AA"]


@pytest.mark.parametrize(
    ("text", "target", "percent", "level"),
    [("BB", "BB", "100.00", "achieved"), ("a", "BB", "120.00", "exceeded"), ("B", "BB", "80.00", "low")],
)
def test_predicates_are_compared_by_their_rank(text, target, percent, level):
    found = achievement(None, text, "measured", None, target, Version(value_type="ordinal", scale=SCALE))

    assert (found.percent, found.level) == (Decimal(percent), level)


def test_a_predicate_without_scale_is_achieved_when_it_is_the_target():
    version = Version(value_type="ordinal")

    same = achievement(None, "Sangat  baik", "measured", None, "sangat baik", version)
    assert (same.percent, same.state, same.label, same.level) == (None, "reached", "Tercapai", "achieved")
    assert achievement(None, "Maju", "measured", None, "Mandiri", version).state == "not_computable"
    assert achievement(None, "WTP", "measured", None, "", version).state == "not_computable"


def test_only_percentages_enter_an_average():
    found = [of("50", "100"), of("100", "100"), of(None, "100", measure="not_measured"), of("3", "0")]

    assert average(found) == Decimal("75.00")
    assert average(found[2:]) is None


@given(value=NUMBERS, target=GOALS)
def test_both_formulas_meet_at_the_target_and_are_never_negative(value, target):
    up, down = of(value, target), of(value, target, NEGATIVE)

    assert up.percent >= 0
    assert down.percent >= 0
    # R/T and 2 − R/T add up to 2, before floor and rounding.
    assert abs(up.raw + down.raw - 200) < Decimal("1e-20")
    assert of(target, target).percent == of(target, target, NEGATIVE).percent == 100


@given(lower=NUMBERS, higher=NUMBERS, target=GOALS)
def test_more_is_never_worse_when_more_is_better(lower, higher, target):
    low, high = sorted([lower, higher])

    assert of(low, target).percent <= of(high, target).percent
    assert of(low, target, NEGATIVE).percent >= of(high, target, NEGATIVE).percent


@given(percent=st.decimals(min_value=0, max_value=1000, places=2))
def test_every_percentage_has_exactly_one_level(percent):
    classes = {
        "exceeded": percent >= 110,
        "achieved": 100 <= percent < 110,
        "nearly": 90 <= percent < 100,
        "low": 75 <= percent < 90,
        "critical": percent < 75,
    }

    assert [name for name, holds in classes.items() if holds] == [level_of(percent)]


@pytest.mark.parametrize(("value", "shown", "level"), [("99.995", "100.00", "achieved"), ("99.994", "99.99", "nearly")])
def test_the_level_is_that_of_the_percentage_as_shown(value, shown, level):
    found = of(value, "100")

    assert (found.percent, found.level, level_of(Decimal(value))) == (Decimal(shown), level, level)


def test_each_level_has_its_word():
    values = ("110", "100", "90", "75", "74")

    words = [of(value, "100").label for value in values]

    assert words == ["Melampaui", "Tercapai", "Hampir tercapai", "Kurang", "Kritis"]


def test_only_who_is_at_the_target_or_beyond_has_reached_it():
    assert count_reached(["exceeded", "achieved", "nearly", "low", "critical", "none", ""]) == (2, 5)


def test_a_percentage_is_called_by_the_indicators_own_scale_else_by_the_offices():
    own = own_scale("Skala SPM", "Keputusan 7/2026", [("Tuntas", Decimal(100)), ("Belum tuntas", None)])
    version = Version(own_scale=own)

    def called(value, version, of_office=no_scale, measure="measured"):
        number = None if value is None else Decimal(value)
        return achievement(number, "", measure, Decimal(80), "", version, of_office).predicate

    assert (called("79", version), called("80", version, lambda: SHIPPED[0])) == ("Belum tuntas", "Tuntas")
    assert (called("80", POSITIVE, lambda: SHIPPED[0]), called("80", POSITIVE)) == ("Sangat Tinggi", "")
    assert called(None, version, measure="nil") == ""


def test_a_predicate_is_read_off_the_percentage_as_it_is_shown():
    own = own_scale("Skala SPM", "Keputusan 7/2026", [("Tuntas", Decimal(100)), ("Belum tuntas", None)])
    capped = Version(own_scale=own, cap=Decimal(100))

    assert achievement(Decimal("99.996"), "", "measured", Decimal(100), "", capped).predicate == "Tuntas"
    assert achievement(Decimal(300), "", "measured", Decimal(100), "", capped).predicate == "Tuntas"


def test_how_it_came_about_is_told_in_the_language_of_whoever_reads_it():
    with translation.override("id"):
        found = of("84.75", "90")

    with translation.override("en"):
        assert "divided by" in found.derivation
