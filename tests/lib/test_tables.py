"""A table out of a file or a text, whatever the program that wrote it."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from runut.lib import tables, uploads
from runut.lib.errors import Refused
from runut.lib.imports import Column, read_rows
from runut.lib.tables import read_table, table_of
from tests.harness.office_files import Percent, libre_xlsx, old_xls

FILES = Path(__file__).parents[1] / "web" / "from-libreoffice"


def workbook(*rows, empty_first=False):
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        if empty_first:
            book.add_worksheet("Sampul")
        sheet = book.add_worksheet("Data")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, *([day] if isinstance(value, date) else []))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "text", ["a;b;c\n1,5;2;x\n", "a,b,c\n1.5,2,x\n", "a\tb\tc\n1,5\t2\tx\n", 'a;b;c\r\n"1,5";2;"x"\r\n\r\n']
)
def test_the_separator_is_found(text):
    rows = table_of(text).rows

    assert [len(row) for row in rows] == [3, 3]
    assert rows[1][1:] == ("2", "x")


def test_a_cell_may_have_line_breaks_and_separators_in_quotes():
    assert table_of('a;b\n"satu; dua\ntiga";2\n').rows[1] == ("satu; dua\ntiga", "2")


def test_rows_of_different_length_are_filled_up_and_blank_ones_at_the_end_left_off():
    assert table_of("a;b;c\n1\n;;\n").rows == (("a", "b", "c"), ("1", "", ""))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encodings_of_offices_are_read(encoding):
    assert read_table("désa;1\n".encode(encoding)).rows == (("désa", "1"),)


def test_numbers_of_a_workbook_are_decimals_without_the_tail_of_a_float():
    content = workbook(["a", "b", "c", "d"], [84.75, 80, "97,5", date(2026, 3, 31)], empty_first=True)

    assert read_table(content).rows[1] == (Decimal("84.75"), Decimal(80), "97,5", "2026-03-31")


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 broken", b"a\0b", b'a;"b\nc'])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(Refused, match="tidak dapat dibaca sebagai tabel"):
        read_table(content)


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "b")

    with pytest.raises(Refused, match="tidak dapat dibaca sebagai tabel"):
        read_table(buffer.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED_BYTES", 10_000)

    with pytest.raises(Refused, match="terlalu besar setelah dibuka"):
        read_table(workbook(*[["x" * 100] * 20] * 100))


@pytest.mark.parametrize(
    ("limit", "words"),
    [("MOST_BYTES", "lebih besar dari 20 MB"), ("MOST_ROWS", "100.000 baris"), ("MOST_COLUMNS", "200 kolom")],
)
def test_what_is_too_big_is_refused(monkeypatch, limit, words):
    monkeypatch.setattr(tables, limit, 1)
    monkeypatch.setattr(tables, "ABOVE", 0)

    with pytest.raises(Refused, match=words):
        read_table(b"a;b\n1;2\n3;4\n")


def test_an_empty_file_is_an_empty_table():
    assert read_table(b"").rows == ()


def test_two_cells_at_the_ends_of_a_sheet_break_nothing():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "y")

    with pytest.raises(Refused):
        read_table(buffer.getvalue())


def test_the_fullest_sheet_is_read_and_not_the_cover():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Sampul").write(0, 0, "LKjIP 2025")
        sheet = book.add_worksheet("Tabel")
        for no in range(3):
            sheet.write_row(no, 0, ["a", no])

    assert read_table(buffer.getvalue()).rows[2] == ("a", Decimal(2))


def test_errors_and_formulas_that_were_never_worked_out_are_seen():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, ["a", 0.1 + 0.2])
        sheet.write_formula(2, 1, "=1/0", value="#DIV/0!")
        sheet.write_formula(2, 2, "=1+1", value="")

    table = read_table(buffer.getvalue())
    assert (table.rows, table.top) == ((("a", Decimal("0.3")), ("#DIV/0!", "#FORMULA!")), 1)


def test_rows_are_called_as_in_the_program_that_made_them_also_below_empty_ones():
    content = libre_xlsx([[""], [""], ["", "Kode"], ["", "A"], ["", "B"]], hidden=(4,), merged=("B5:C5",))

    first, second = read_rows(read_table(content), [Column("code", "Kode")])

    assert (first.no, first.hidden, first.problem) == (4, True, "")
    assert (second.no, second.hidden) == (5, False) and "digabung" in second.problem


@pytest.mark.parametrize("value", [1e300, 1e-50])
def test_a_number_beyond_all_measure_is_a_text(value):
    assert isinstance(read_table(workbook([value])).rows[0][0], str)


def test_a_comma_in_a_name_is_no_separator():
    assert table_of("a;b;c\nsatu, dua, tiga, empat;1,5;2\n").rows[1] == ("satu, dua, tiga, empat", "1,5", "2")


def test_a_separator_between_quotation_marks_is_none():
    text = (
        "sumber,indikator,target,catatan\n"
        '"Laporan A (2020, Tabel 3.5)",IKM,"82,5",dihitung; sama\n'
        "Laporan B,SAKIP,84.75,dihitung; dipotong\n"
        'Laporan C,"Nilai, predikat",65,dihitung; sama\n'
    )

    assert [row[2] for row in table_of(text).rows] == ["target", "82,5", "84.75", "65"]


@pytest.mark.parametrize("look", ["0%", "0.00%", "#,##0.0 %"])
def test_a_number_shown_as_per_cent_is_read_as_it_is_shown(look):
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_number(1, 1, 0.975, book.add_format({"num_format": look}))
        sheet.write_number(1, 2, 0.975, book.add_format({"num_format": '0.000" %"'}))

    assert read_table(buffer.getvalue()).rows[0][-2:] == ("97,5%", Decimal("0.975"))


@pytest.mark.parametrize("look", [9, 10, '#,##0.0"  "%'])
def test_a_number_shown_as_per_cent_in_an_old_workbook_is_read_as_it_is_shown(look):
    rows = [["Nama", "Angka"], ["A", Percent(0.975, look)], ["B", 0.975], ["C", Percent(0.975, '0.000" %"')]]

    found = read_table(old_xls(rows)).rows

    assert [row[1] for row in found] == ["Angka", "97,5%", Decimal("0.975"), Decimal("0.975")]


def test_a_hidden_row_of_an_old_workbook_is_seen():
    assert read_table(old_xls([["Kode"], ["A"], ["B"]], hidden=(2,))).hidden == {1}


@pytest.mark.parametrize("name", ["formulir", "triwulan"])
def test_what_libreoffice_saved_as_an_old_workbook_is_followed_to_its_looks(name):
    """A short one lies in small sectors, a longer one does not. Every look is made one of per cent."""
    content = bytearray((FILES / f"{name}.xls").read_bytes())
    for place in range(len(content) - 8):
        if content[place : place + 4] == b"\xe0\x00\x14\x00":
            content[place + 6 : place + 8] = b"\x0a\x00"

    before, after = read_table((FILES / f"{name}.xls").read_bytes()), read_table(bytes(content))

    numbers = [cell for row in before.rows for cell in row if isinstance(cell, Decimal)]
    shown = [cell for row in after.rows for cell in row if isinstance(cell, str) and cell.endswith("%")]
    assert numbers and shown == [f"{float(cell) * 100:.15g}%".replace(".", ",") for cell in numbers]


@pytest.mark.parametrize("cut", [512, 600, 1500, 3000])
def test_an_old_workbook_that_is_cut_off_breaks_nothing(cut):
    try:
        read_table(old_xls([["Kode"], [Percent(0.5)]])[:cut])
    except Refused as refusal:
        assert "tidak dapat dibaca" in refusal.sentence


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_of_a_spreadsheet_is_read(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    assert read_table(mark + "désa\t1\r\n".encode(encoding)).rows == (("désa", "1"),)


def test_text_in_an_encoding_that_nobody_knows_is_refused():
    with pytest.raises(Refused, match="tidak dapat dibaca sebagai tabel"):
        read_table(b"d\x81sa;1\n")


def test_an_archive_that_lies_about_its_size_breaks_only_the_reader():
    real = libre_xlsx([["x" * 100] * 50] * 50, more={"xl/media/a.bin": b"\0" * (30 * 1024 * 1024)})
    size = (30 * 1024 * 1024).to_bytes(4, "little")
    assert size in real

    try:
        read_table(real.replace(size, (10).to_bytes(4, "little")))
    except Refused as refusal:
        assert "tidak dapat dibaca" in refusal.sentence


@pytest.mark.parametrize("change", [(b'<xf numFmtId="0" ', b"<xf "), (b"<cellXfs", b"<cellXfs ")])
def test_a_look_that_names_no_format_shifts_no_other(change):
    written, patched = BytesIO(), BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama", 84.75])
        sheet.write_number(0, 2, 0.975, book.add_format({"num_format": "0.00%"}))
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(patched, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/styles.xml":
                head, looks = content.split(b"<cellXfs")
                content = head + (b"<cellXfs" + looks).replace(*change)
            after.writestr(name, content)

    assert read_table(patched.getvalue()).rows == (("Nama", Decimal("84.75"), "97,5%"),)
