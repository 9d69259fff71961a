"""Rows under known headings: columns in any order, codes that a spreadsheet made numbers, what is missing."""

from decimal import Decimal

import pytest

from runut.lib.errors import Refused
from runut.lib.imports import Column, read_rows, said_yes
from runut.lib.tables import Table, table_of

COLUMNS = (
    Column("code", "Kode", required=True, form="code"),
    Column("name", "Nama unit", required=True),
    Column("target", "Target", form="number"),
)


def read(*rows):
    return [(row.no, dict(row.cells), row.problem) for row in read_rows(Table(rows), COLUMNS)]


def test_the_heading_is_found_wherever_it_stands_and_in_any_order():
    rows = (
        ("Daftar unit", "", "", ""),
        ("", "", "", ""),
        ("nama  UNIT", "Lain", "Kode", ""),
        ("Sekretariat", "x", "SEK", ""),
    )

    assert read(*rows) == [(4, {"code": "SEK", "name": "Sekretariat"}, "")]


def test_blank_rows_are_passed_over_and_keep_their_numbers():
    rows = (("Kode", "Nama unit"), ("A", "Satu"), ("", ""), ("B", "Dua"))

    assert [no for no, _cells, _problem in read(*rows)] == [2, 4]


def test_a_number_is_read_back_as_it_would_be_typed():
    rows = (("Kode", "Nama unit", "Target"), (Decimal(12), "Satu", Decimal("1234.5")))

    assert read(*rows)[0][1] == {"code": "12", "name": "Satu", "target": "1.234,5"}


@pytest.mark.parametrize("cell", [Decimal("7.01"), Decimal("12345678901234567")])
def test_a_code_that_became_a_number_is_refused_row_by_row(cell):
    rows = (("Kode", "Nama unit"), (cell, "Satu"), ("B", "Dua"))

    first, second = read(*rows)
    assert "Jadikan format kolomnya Teks, lalu ketik ulang isinya" in first[2] and second[2] == ""


def test_a_number_among_words_is_written_as_it_is_here():
    assert read(("Kode", "Nama unit"), ("A", Decimal("84.5")))[0][1]["name"] == "84,5"


def test_an_empty_required_cell_is_the_rows_problem():
    assert "Nama unit kosong" in read(("Kode", "Nama unit"), ("A", ""))[0][2]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("Kode", "Nama"), ("A", "B")), "Nama unit"),
        ((("a", "b"),), "Kode, Nama unit"),
        ((("Kode", "Nama unit"),), "Tabelnya kosong"),
        ((), "Kode, Nama unit"),
    ],
)
def test_a_table_without_its_columns_or_rows_is_refused(rows, words):
    with pytest.raises(Refused, match=words):
        read(*rows)


def test_a_heading_that_comes_again_is_no_row_of_data():
    rows = (("Kode", "Nama unit"), ("A", "Satu"), ("kode", "Nama  Unit"), ("B", "Dua"))

    assert [problem for _no, _cells, problem in read(*rows)] == [
        "", "Baris ini mengulang judul kolomnya. Hapus barisnya.", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        (("Kode", "Nama unit", "Target", "Target"), "Target"),
        (("Kode", "Nama unit", "NAMA unit"), "Nama unit"),
        (("Kode", "Nama unit", "Realisasi I", "Realisasi II"), "Realisasi"),
    ],
)
def test_two_columns_that_could_be_the_same_are_refused(heading, names):
    columns = (*COLUMNS, Column("actual", "Realisasi", begins=True))

    with pytest.raises(Refused, match=f"lebih dari satu: {names}\\."):
        list(read_rows(Table((heading, ("A", "Satu", "1", "2"))), columns))


def test_a_heading_that_fits_exactly_stands_before_one_that_only_begins_so():
    columns = (Column("actual", "Realisasi", begins=True),)

    [row] = read_rows(Table((("Realisasi I", "Realisasi"), ("1", "2"))), columns)
    assert row.cells == {"actual": "2"}


def test_a_csv_of_an_office_is_read_alike():
    assert [dict(row.cells) for row in read_rows(table_of("Kode;Nama unit\nSEK;Sekretariat\n"), COLUMNS)] == [
        {"code": "SEK", "name": "Sekretariat"}
    ]


@pytest.mark.parametrize(("text", "yes"), [("ya", True), ("YA", True), ("x", True), ("", False), ("tidak", False)])
def test_yes_is_read_in_several_words(text, yes):
    assert said_yes(text) is yes


def numbers(text, sign=None):
    return [(row.cells["target"], row.written["target"]) for row in read_rows(table_of(text), COLUMNS, sign=sign)]


HEADING = "Kode;Nama unit;Target\n"


@pytest.mark.parametrize(
    ("cells", "sign", "found"),
    [
        (["9.095", "84,75"], None, ["9.095", "84,75"]),
        (["9.095", "84.75"], None, ["9.095", "84.75"]),
        (["9.095", "84.75", "90.5"], None, ["9,095", "84,75", "90,5"]),
        (["9.095", "84.75"], "comma", ["9.095", "84.75"]),
        (["9.095", "1,234.5"], "dot", ["9,095", "1.234,5"]),
        (["70.38-70.76", "1.5"], None, ["70,38-70,76", "1,5"]),
        (["1,234.56"], None, ["1,234.56"]),
    ],
)
def test_a_text_table_is_read_with_its_own_decimal_sign_or_the_one_that_was_said(cells, sign, found):
    text = HEADING + "".join(f"A{no};Unit 1.5;{cell}\n" for no, cell in enumerate(cells))

    assert numbers(text, sign) == list(zip(found, cells, strict=True))


def test_a_text_among_a_workbooks_numbers_does_not_tell_how_the_others_are_written():
    rows = (
        ("Kode", "Nama unit", "Target"),
        ("A", "Satu", "84.75"),
        ("B", "Dua", "1.234"),
        ("C", "Tiga", Decimal("1.5")),
    )

    assert [cells["target"] for _no, cells, _problem in read(*rows)] == ["84.75", "1.234", "1,5"]
