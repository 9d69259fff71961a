"""A workbook as it goes out: what other programs make of its rows and of what is typed into it."""

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from runut.lib.workbooks import Column, write_workbook


def parts(content):
    with ZipFile(BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/styles.xml").decode()


def look_of(content, find):
    """The number format by which a cell or column is shown."""
    sheet, styles = parts(content)
    looks = re.findall(r"<xf [^>]*numFmtId=\"(\d+)\"", styles.split("<cellXfs")[1])
    return looks[int(re.search(find, sheet)[1])]


GENERAL, TEXT = "0", "49"


def test_a_text_column_keeps_what_is_typed_also_below_the_table():
    content = write_workbook("Tabel", (), [Column("NIP", 22, text=True), Column("Target", 10)], [("1", 2)])

    assert look_of(content, r'<col min="1"[^>]*style="(\d+)"') == look_of(content, r'<c r="A2" s="(\d+)"') == TEXT
    assert (
        look_of(content, r'<c r="B2" s="(\d+)"') != TEXT
        and '<col min="2" max="2" width="10.7109375" c' in parts(content)[0]
    )


def test_a_row_is_as_high_as_its_words_and_still_grows_with_what_is_typed():
    columns = [Column("Indikator", 20), Column("Keterangan", 20, open=True)]
    sheet, _styles = parts(
        write_workbook("Tabel", (), columns, [("dua puluh satu huruf.", ""), ("kata " * 12, "satu\ndua")])
    )

    heights = dict(re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', sheet))
    assert heights == {"3": "45"} and "customHeight" not in sheet


def test_the_advice_stands_in_the_line_above_the_table_and_moves_nothing():
    sheets = [
        parts(write_workbook("Tabel", ("Judul",), [Column("A", 9)], [("x",)], advice=one))[0] for one in ("", "?")
    ]

    assert [re.findall(r'<c r="(\w+)"', sheet) for sheet in sheets] == [["A1", "A3", "A4"], ["A1", "A2", "A3", "A4"]]


def test_a_cell_that_is_open_shows_every_decimal_that_is_typed_over_its_number():
    columns = [Column("Target", 10), Column("Realisasi", 10, open=True)]
    content = write_workbook(
        "Tabel", (), columns, [(Decimal("1234.5"), Decimal("1234.5")), (0, 10**12 + Decimal("0.5"))]
    )

    assert look_of(content, r'<c r="A2" s="(\d+)"') != GENERAL == look_of(content, r'<c r="B2" s="(\d+)"')
    assert look_of(content, r'<c r="B3" s="(\d+)"') != GENERAL
