"""Each formula, what bounds it, and how targets that are no single number are counted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.collection.rules import achievement
from runut.collection.rules.formulas import METHODS
from runut.lib.numbers import format_percent
from tests.collection.counted import Version

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4)
GOALS = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4)


def of(value, target, method="", **more):
    number, text = (None, target) if isinstance(target, str) and not target.replace(".", "").isdigit() else (target, "")
    goal = None if number is None else Decimal(number)
    return achievement(Decimal(value), "", "measured", goal, text, Version(method=method, decimals=0, **more))


MORE, LESS = "Indikator positif: makin tinggi makin baik.", "Indikator negatif: makin rendah makin baik."


@pytest.mark.requirement("R-INSP-7")
@pytest.mark.parametrize(
    ("method", "value", "target", "percent", "derivation"),
    [
        ("positive", "21", "22", "95.45", f"Realisasi 21 dibagi target 22, dikali 100 = 95,45%. {MORE}"),
        (
            "negative", "12", "10", "80.00",
            f"Dua kali target 10 dikurangi realisasi 12, lalu dibagi target 10 dan dikali 100 = 80,00%. {LESS}",
        ),
        ("inverse", "12", "10", "83.33", f"Target 10 dibagi realisasi 12, dikali 100 = 83,33%. {LESS}"),
        (
            "reduction", "2", "10", "80.00",
            f"Target 10 dikurangi realisasi 2, lalu dibagi target 10 dan dikali 100 = 80,00%. {LESS}",
        ),
        ("maximum", "3", "5", "100.00", "Realisasi 3 tidak melebihi target 5, jadi capaiannya 100,00%."),
        (
            "maximum", "6", "5", "80.00",
            "Realisasi melebihi batasnya. Dua kali target 5 dikurangi realisasi 6, lalu dibagi target 5 dan dikali 100 "
            f"= 80,00%. {LESS}",
        ),
        (
            "positive", "85", "80–90", "100.00",
            "Realisasi 85 ada di dalam rentang target 80–90, jadi capaiannya 100,00%.",
        ),
        (
            "positive", "92", "90-80", "102.22",
            "Realisasi di atas rentang target 80–90, jadi dihitung dari batas atasnya. Realisasi 92 dibagi batas atas "
            f"90, dikali 100 = 102,22%. {MORE}",
        ),
        (
            "positive", "72", "80–90", "90.00",
            "Realisasi di bawah rentang target 80–90, jadi dihitung dari batas bawahnya. Realisasi 72 dibagi batas "
            f"bawah 80, dikali 100 = 90,00%. {MORE}",
        ),
        (
            "negative", "3", "5–7", "100.00",
            f"Realisasi 3 di bawah rentang target 5–7, jadi capaiannya 100,00%. {LESS}",
        ),
        (
            "inverse", "14", "5–7", "50.00",
            "Realisasi di atas rentang target 5–7, jadi dihitung dari batas atasnya. Batas atas 7 dibagi realisasi 14, "
            f"dikali 100 = 50,00%. {LESS}",
        ),
        ("positive", "4", "≤5 menit", "100.00", "Realisasi 4 memenuhi target ≤ 5, jadi capaiannya 100,00%."),
        (
            "positive", "6", "≤5 menit", "80.00",
            "Realisasi 6 tidak memenuhi target ≤ 5. Dua kali batas 5 dikurangi realisasi 6, lalu dibagi batas 5 dan "
            f"dikali 100 = 80,00%. {LESS}",
        ),
        (
            "positive", "22", "<22", "100.00",
            "Realisasi 22 tidak memenuhi target < 22. Dua kali batas 22 dikurangi realisasi 22, lalu dibagi batas 22 "
            f"dan dikali 100 = 100,00%. {LESS}",
        ),
        ("positive", "76", "≥ 80", "95.00", f"Realisasi 76 dibagi batas bawah 80, dikali 100 = 95,00%. {MORE}"),
        ("negative", "0", "0", "100.00", "Target nol dan realisasi nol, jadi capaiannya 100,00%."),
    ],
)  # fmt: skip
def test_each_formula_says_in_sentences_how_it_came_to_its_figure(method, value, target, percent, derivation):
    found = of(value, target, method)

    assert (found.percent, found.derivation, found.how) == (Decimal(percent), derivation, derivation)


SIGNS = set("÷×→=≤≥<>+*/()")


@given(value=NUMBERS, target=GOALS, method=st.sampled_from(sorted(METHODS)), cap=st.none() | GOALS)
def test_a_derivation_is_made_of_sentences_that_end_with_the_figure_and_hold_no_formula(value, target, method, cap):
    found = of(value, str(target), method, cap=cap)

    assert found.how.endswith(".") and found.how[0].isupper()
    assert not (set(found.how.replace(" = ", " ")) & SIGNS)
    if found.percent is not None and not found.reason:
        assert format_percent(found.percent) in found.how


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("WTP", "wtp", "Predikat “WTP” sama dengan target “wtp”, jadi target tercapai."),
        ("A", "BB", "Predikat “A” setingkat atau di atas target “BB”, jadi target tercapai."),
        ("WDP", "WTP", "Predikat “WDP” di bawah target “WTP”, jadi target belum tercapai."),
    ],
)
def test_a_predicate_says_in_a_sentence_how_it_stands_to_its_target(text, target, words):
    assert achievement(None, text, "measured", None, target, Version(value_type="ordinal")).how == words


def test_a_predicate_on_a_scale_says_both_ranks():
    version = Version(value_type="ordinal", scale=["B", "BB", "A", "AA"])

    found = achievement(None, "A", "measured", None, "AA", version)

    assert found.how == (
        "Predikat “A” peringkat 3, target “AA” peringkat 4. Peringkat realisasi dibagi peringkat target, dikali 100 = "
        "75,00%."
    )


@pytest.mark.parametrize("measure", ["not_measured", "awaiting_release", "nil", "not_filled"])
def test_what_has_no_number_says_so_in_a_sentence(measure):
    found = achievement(None, "", measure, Decimal(5), "", Version())

    assert found.how == found.reason and found.how.endswith(".")


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
        ("Tinggi", "Sangat Tinggi", "not_reached", "low"),
        ("Tinggi", "Sangat Baik", "not_computable", "none"),
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
