"""What a row of a national record says: which period, whose name, which number."""

import pytest

from runut.collection.rules.records import check_period, could_be, plain_name, read_period, without_unit
from runut.lib.errors import Refused

PERIODS = [
    ("", "", (None, None)),
    ("", "2026", (2026, None)),
    ("Triwulan I 2026", "", (2026, 1)),
    ("triwulan  iv", "2026", (2026, 4)),
    ("TW 2/2026", "", (2026, 2)),
    ("Tw.III 2026", "", (2026, 3)),
    ("TW3", "", (None, 3)),
    ("Tribulan II Tahun 2026", "", (2026, 2)),
    ("Q1 2026", "", (2026, 1)),
    ("2026-1", "", (2026, 1)),
    ("3/2026", "", (2026, 3)),
    ("IV", "", (None, 4)),
    ("2", "2026", (2026, 2)),
    ("Tahun 2026", "", (2026, 0)),
    ("2026", "", (2026, 0)),
    ("Tahunan", "2026", (2026, 0)),
    ("Januari - Maret 2026", "", (2026, 1)),
    ("Okt s.d. Des 2026", "", (2026, 4)),
    ("1 Januari 2026 s.d. 31 Maret 2026", "", (2026, 1)),
    ("01-04-2026 s/d 30-06-2026", "", (2026, 2)),
    ("2026-01-01 - 2026-12-31", "", (2026, 0)),
]
UNKNOWN = [
    ("Januari 2026", ""), ("Semester I 2026", ""), ("Triwulan V 2026", ""), ("5", ""),
    ("1 Januari 2026 s.d. 30 Maret 2026", ""),
    ("Februari - April 2026", ""), ("1 Januari 2025 s.d. 31 Maret 2026", ""), ("besok", ""), ("TW 1", "tahun depan"),
    ("Januari - Maret", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "year", "found"), PERIODS, ids=[f"{text} {year}" for text, year, _f in PERIODS])
def test_a_period_is_read_however_it_is_written(text, year, found):
    assert read_period(text, year) == found


@pytest.mark.parametrize(("text", "year"), UNKNOWN, ids=[f"{text} {year}" for text, year in UNKNOWN])
def test_what_is_neither_a_quarter_nor_a_year_is_not_guessed(text, year):
    assert read_period(text, year) is None

    with pytest.raises(Refused, match="bukan satu triwulan"):
        check_period(text, year, 2026, 1, "Triwulan I 2026")


@pytest.mark.parametrize(("text", "year"), [("TW II", ""), ("TW I 2025", ""), ("", "2025"), ("2026", "")])
def test_a_row_of_another_period_is_refused_with_both(text, year):
    with pytest.raises(Refused, match="bukan Triwulan I 2026"):
        check_period(text, year, 2026, 1, "Triwulan I 2026")


@pytest.mark.parametrize(("text", "year"), [("TW I", ""), ("", ""), ("", "2026"), ("Januari – Maret 2026", "")])
def test_a_row_of_this_period_passes(text, year):
    assert check_period(text, year, 2026, 1, "Triwulan I 2026") is None


@pytest.mark.parametrize(
    ("written", "name", "may"),
    [
        ("BUDI SANTOSO, S.Sos., M.Si.", "Budi Santoso", True), ("Drs. H. Budi  S.", "Budi Santoso", True),
        ("Siti Aminah", "Budi Santoso", False), ("", "Budi Santoso", True), ("Al", "Budi Santoso", True),
    ],
)  # fmt: skip
def test_a_name_with_titles_may_be_the_persons(written, name, may):
    assert could_be(written, name) is may


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12 dokumen", "Dokumen", "12"), ("12dokumen", "dokumen", "12"), ("97,5 %", "%", "97,5"),
        ("12 orang", "dokumen", "12 orang"), ("dokumen", "dokumen", "dokumen"), ("12", "", "12"),
        ("Baik", "predikat", "Baik"),
    ],
)  # fmt: skip
def test_the_indicators_own_unit_may_stand_behind_a_number(text, unit, number):
    assert without_unit(text, unit) == number


def test_case_spaces_and_signs_make_no_other_name():
    assert plain_name("Nilai  IKM (%)") == plain_name("nilai ikm %") == "nilai ikm"
    assert plain_name("Nilai IKM 2") != plain_name("Nilai IKM")
