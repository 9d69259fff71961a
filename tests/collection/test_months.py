"""Months of a national record become one value of a quarter as the dictionary combines, and say how."""

from decimal import Decimal

import pytest

from runut.collection.rules.months import Month, join, months_of, read_month
from runut.lib.errors import Refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Januari 2026", (2026, 1)), ("Bulan  maret", (None, 3)), ("Feb. 2026", (2026, 2)), ("Des", (None, 12)),
        ("Nopember 2026", (2026, 11)), ("Agt", (None, 8)),
        ("2026-01", (2026, 1)), ("03/2026", (2026, 3)), ("01-01-2026 s.d. 31-01-2026", (2026, 1)),
        ("1 Februari 2026 - 28 Februari 2026", (2026, 2)),
        ("", None), ("2026", None), ("3/2026", None), ("2026-1", None), ("Triwulan I 2026", None), ("1", None),
        ("Januari - Maret 2026", None), ("1 Februari 2026 - 27 Februari 2026", None), ("besok", None),
        ("13/2026", None),
        ("1 Januari 2026 s.d. 28 Februari 2026", None), ("Januari Maret", None),
    ],
)  # fmt: skip
def test_a_month_is_read_and_a_quarter_is_none(text, found):
    assert read_month(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", (None, 1)), ("02", (None, 2)), ("12", (None, 12)), ("13", None), ("2026-03-01", (2026, 3)),
        ("2026-03-02", None),
    ],
)  # fmt: skip
def test_in_a_column_of_months_a_number_is_one_and_so_is_its_first_day(text, found):
    assert read_month(text, bare=True) == found


def month(no, amount, text=""):
    return Month(no, no + 1, None if amount is None else Decimal(amount), text)


THREE = [month(3, 9), month(1, 10), month(2, "12.5")]


@pytest.mark.parametrize(
    ("aggregation", "amount", "words"),
    [
        (
            "cumulative", "31.5",
            "Bulanan dijumlahkan menurut kamus: "
            "Januari 10 (baris 2) + Februari 12,5 (baris 3) + Maret 9 (baris 4) = 31,5.",
        ),
        (
            "average", "10.5",
            "Bulanan dirata-ratakan menurut kamus: "
            "(Januari 10 (baris 2) + Februari 12,5 (baris 3) + Maret 9 (baris 4)) dibagi 3 = 10,5.",
        ),
        (
            "last", "9",
            "Dipakai bulan terakhir menurut kamus: Maret 9 (baris 4). "
            "Tidak dipakai: Januari 10 (baris 2), Februari 12,5 (baris 3).",
        ),
        (
            "release", "9",
            "Dipakai bulan terakhir menurut kamus: Maret 9 (baris 4). "
            "Tidak dipakai: Januari 10 (baris 2), Februari 12,5 (baris 3).",
        ),
    ],
)  # fmt: skip
def test_three_months_are_one_value_as_the_dictionary_says(aggregation, amount, words):
    found = join(THREE, aggregation, 1, is_quotient=False)

    assert (found.amount, found.text, found.words) == (Decimal(amount), "", words)


def test_months_that_are_not_there_are_named():
    found = join([month(2, 12)], "cumulative", 1, is_quotient=True)

    assert found.amount == 12
    assert found.words.endswith("Februari 12 (baris 3) = 12. Tidak ada di berkas: Januari, Maret.")


def test_of_predicates_the_last_is_taken_whatever_the_dictionary_says():
    found = join([month(1, None, "B"), month(3, None, "BB")], "cumulative", 1, is_quotient=False)

    assert (found.amount, found.text) == (None, "BB") and "Tidak dipakai: Januari B (baris 2)." in found.words


@pytest.mark.parametrize(
    ("months", "more", "sentence"),
    [
        ([month(1, 1), Month(1, 9, Decimal(2))], {}, "Januari ada dua kali, di baris 2 dan 9"),
        ([month(1, 50), month(2, 60)], {"is_quotient": True}, "dihitung dari pembilang dan penyebut"),
        ([month(1, 10**18 - 1), month(2, 10**18 - 1)], {}, "terlalu besar"),
    ],
)
def test_what_makes_no_value_is_refused_with_the_reason(months, more, sentence):
    with pytest.raises(Refused, match=sentence):
        join(months, "cumulative", 1, **{"is_quotient": False} | more)


def test_the_last_month_of_a_quotient_stands_for_itself():
    assert join([month(1, 50), month(2, 60)], "last", 1, is_quotient=True).amount == 60


def test_a_quarter_has_three_months_and_a_year_twelve():
    assert [list(months_of(quarter)) for quarter in (1, 4)] == [[1, 2, 3], [10, 11, 12]] and len(months_of(0)) == 12
