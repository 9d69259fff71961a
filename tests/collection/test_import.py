"""A workbook that was downloaded, filled in a spreadsheet and comes back."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection.models import Sheet
from runut.collection.queries import rows_of, sheet_workbook
from runut.lib.numbers import typed_number
from runut.lib.tables import read_table
from tests.collection import builders
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db

ACTUAL, NOTE, KEY = 3, 5, 6


@scene
def out(office, frozen_time):
    """A form of three lines that was downloaded: the sheet, and the workbook's rows, which a test may change."""
    run = builders.collection_of_people(office, [office.asn[0]], how_many=3)
    sheet = Sheet.objects.get(run=run)
    _name, content = sheet_workbook(sheet, rows_of(sheet))
    return SimpleNamespace(sheet=sheet, rows=[list(row) for row in read_table(content).rows])


@pytest.fixture
def sheet(out):
    return out.sheet


@pytest.fixture
def workbook(out):
    return out.rows


@pytest.fixture
def client(office, client_for):
    return client_for(office.asn[0])


def saved(rows):
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for no, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(no, place, float(cell) if isinstance(cell, Decimal) else cell)
    return SimpleUploadedFile("form.xlsx", buffer.getvalue())


def send(client, sheet, rows):
    return client.post(f"/isian/{sheet.pk}/impor/", {"file": saved(rows)})


def fields_of(page):
    """The hidden fields of the page's form, as a browser would send them."""
    found = {}
    for one in page.context["found"].changed:
        pk = one.row.line.pk
        found |= {f"v-{pk}": one.typed, f"n-{pk}": one.note, f"rev-{pk}": one.rev}
    return found


def text(response):
    return response.content.decode()


def test_what_was_filled_is_shown_first_and_saved_as_if_typed(client, sheet, workbook):
    workbook[6][ACTUAL], workbook[6][NOTE] = Decimal("84.75"), "Hasil survei"
    workbook[7][ACTUAL] = "1.234,5"

    page = send(client, sheet, workbook)

    assert "2 baris berubah, 1 tetap, 0 ditolak" in text(page)
    assert not sheet.lines.exclude(amount=None).exists()
    client.post(f"/isian/{sheet.pk}/", fields_of(page))
    first, second, third = sheet.lines.order_by("figure__no", "pk")
    assert (first.amount, first.note, second.amount) == (Decimal("84.75"), "Hasil survei", Decimal("1234.5"))
    assert (first.rev, third.amount) == (workbook_rev(workbook, 6) + 1, None)


def workbook_rev(rows, no):
    return int(rows[no][KEY].partition("-")[2])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda rows: rows[6].__setitem__(ACTUAL, "8a5b"), "Isi dengan angka"),
        (lambda rows: rows[6].__setitem__(ACTUAL, "#DIV/0!"), "kesalahan Excel"),
        (lambda rows: rows[6].__setitem__(ACTUAL, "1,234.56"), "dua cara"),
        (lambda rows: rows[6].__setitem__(KEY, ""), "Kuncinya berubah atau terhapus"),
        (lambda rows: rows[6].__setitem__(KEY, "x-1"), "Kuncinya berubah atau terhapus"),
        (lambda rows: rows[6].__setitem__(KEY, "999999-1"), "bukan dari formulir ini"),
        (lambda rows: rows[7].__setitem__(KEY, rows[6][KEY]), "ada dua kali"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_holds_up_no_other(client, sheet, workbook, change, reason):
    workbook[8][ACTUAL] = 90
    change(workbook)

    page = send(client, sheet, workbook)

    assert page.status_code == 200 and reason in text(page)
    assert "1 baris berubah" in text(page) and "1 ditolak" in text(page)


def test_what_somebody_changed_meanwhile_is_not_overwritten(client, office, sheet, workbook):
    workbook[6][ACTUAL] = 84
    page = send(client, sheet, workbook)
    builders.type_in(office, sheet, office.asn[0], "70")

    answer = client.post(f"/isian/{sheet.pk}/", fields_of(page))

    assert answer.status_code == 422 and "Anda mengubah sel ini di jendela lain" in text(answer)
    assert sheet.lines.order_by("figure__no", "pk").first().amount == 70


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 rusak", "tidak dapat dibaca sebagai tabel"),
        (b"Indikator;Realisasi\nIKM;84\n", "Kolom berikut tidak ditemukan: Kunci, Keterangan"),
        (b"", "Berkas ini kosong"),
    ],
)
def test_what_is_no_form_is_refused(client, sheet, content, words):
    page = client.post(f"/isian/{sheet.pk}/impor/", {"file": SimpleUploadedFile("form.xlsx", content)})

    assert (page.status_code, words in text(page)) == (422, True)


def test_only_who_fills_the_form_brings_a_workbook(office, client, sheet, workbook, client_for):
    head = client_for(office.camat)

    assert head.get(f"/isian/{sheet.pk}/impor/").status_code == 302
    assert send(head, sheet, workbook).status_code == 409
    assert send(client_for(office.asn[5]), sheet, workbook).status_code == 404
    builders.fill_in(office, sheet.run, office.asn[0], "84", "85", "12")
    assert "Impor Excel" not in text(client.get(f"/isian/{sheet.pk}/"))
    assert send(client, sheet, workbook).status_code == 409


def test_the_same_workbook_again_changes_nothing(client, sheet, workbook):
    assert "Tidak ada yang berubah" in text(send(client, sheet, workbook))


def as_csv(rows):
    buffer = StringIO()
    csv.writer(buffer, delimiter=";").writerows([["" if cell is None else str(cell) for cell in row] for row in rows])
    return SimpleUploadedFile("form.csv", buffer.getvalue().encode())


@pytest.fixture
def send_csv(client, sheet, workbook):
    """Send the form as a text file with what was typed into its first rows."""

    def send(*typed, **fields):
        for no, cell in enumerate(typed, start=6):
            workbook[no][ACTUAL] = cell
        return client.post(f"/isian/{sheet.pk}/impor/", {"file": as_csv(workbook), **fields})

    return send


def test_what_stands_in_a_file_is_shown_beside_what_was_read_before_anything_is_written(sheet, send_csv):
    page = send_csv("9.095", "84,75", "97,5 %")

    shown = [(one.shown, one.told) for one in page.context["found"].changed]
    assert shown == [
        ("9.095", "tertulis “9.095”, dibaca: sembilan ribu sembilan puluh lima"),
        ("84,75", ""),
        ("97,5", "tertulis “97,5 %”, dibaca: 97,5 (sembilan puluh tujuh koma lima)"),
    ]
    assert text(page).count("data-told") == 2 and "tertulis “9.095”" in text(page)
    assert not sheet.lines.exclude(amount=None).exists()


@pytest.mark.parametrize(
    ("sign", "cells", "read"),
    [
        ("", ("9.095", "84.75", "90.5"), ["9,095", "84,75", "90,5"]),
        ("", ("9.095", "84.75", "12"), ["9.095", "84,75", "12"]),
        ("dot", ("9.095", "1,234.5", "12"), ["9,095", "1.234,5", "12"]),
        ("comma", ("9.095", "84.75", "12"), ["9.095", "84,75", "12"]),
    ],
)
def test_the_person_says_which_decimal_sign_a_file_has_or_the_file_tells(client, sheet, send_csv, sign, cells, read):
    page = send_csv(*cells, sign=sign)

    assert [one.shown for one in page.context["found"].changed] == read
    assert 'name="sign"' in text(page)
    client.post(f"/isian/{sheet.pk}/", fields_of(page))
    assert [typed_number(line.amount) for line in sheet.lines.order_by("figure__no", "pk")] == read


def test_a_number_that_a_workbook_holds_has_no_decimal_sign_to_choose(client, sheet, workbook):
    workbook[6][ACTUAL] = Decimal(9095)

    page = client.post(f"/isian/{sheet.pk}/impor/", {"file": saved(workbook), "sign": "dot"})

    [one] = page.context["found"].changed
    assert (one.shown, one.told) == ("9.095", "")
