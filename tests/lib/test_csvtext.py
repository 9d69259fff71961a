"""Cells that no spreadsheet takes for a formula, and numbers that stay numbers."""

import csv
import io

import pytest

from runut.lib.csvtext import cell, csv_text


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://contoh.invalid";"klik")',
        "+62 812",
        "-2+cmd|' /C calc'!A0",
        "-",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u00a0=1+1",
        "＝1+1",
        "－1+1",
        "-1;=2",
        "-1\n=2",
    ],
)
def test_what_begins_like_a_formula_is_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["-2,50", "-1.234,5", "-3 %", "-3,5%", -4, "84,75", "", "–", "Seksi A-B", "a=b", "1+1"]
)
def test_numbers_and_plain_words_stay_as_they_are(value):
    assert cell(value) == str(value)


@pytest.mark.parametrize(("shown", "written"), [("−2,50%", "-2,50%"), ("−1.234,5", "-1.234,5"), ("−a", "−a")])
def test_the_minus_of_a_page_becomes_one_that_spreadsheets_know(shown, written):
    assert cell(shown) == written


def test_yes_and_no_are_words():
    assert (cell(True), cell(False)) == ("ya", "tidak")


def test_a_table_is_read_back_as_it_was_written():
    rows = [["kantor", "capaian"], ['Kantor "A"; satu', "baris\r\nkedua"]]

    text = csv_text(rows)

    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";")) == rows
