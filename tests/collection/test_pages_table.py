"""Periksa tabel, as a page."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection import forms_table

pytestmark = pytest.mark.django_db

TABLE = "Indikator\tTarget\tRealisasi\tCapaian\nIKM\t84\t84,75\t100,89\nKTP-el tepat waktu\t94\t94,1\t10,1\n"


@pytest.fixture
def send(office, client_for):
    client = client_for(office.staf)

    def send(**fields):
        return client.post("/periksa-tabel/", fields)

    return send


def text(response):
    return response.content.decode()


def workbook():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["Indikator", "Target", "Realisasi", "Capaian"], ["IKM", 84, 84.75, 100.8]]):
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def test_a_pasted_table_is_checked_and_what_needs_a_look_stands_first(send):
    page = text(send(text=TABLE))

    assert "1 dari 2 baris perlu dilihat" in page
    assert page.index("KTP-el tepat waktu") < page.index("IKM</th>")
    assert "100,11%" in page and "Ada angka yang tertinggal" in page
    assert 'data-verdict="agrees"' in page and "1 baris lain tanpa temuan" in page


def test_a_figure_without_anything_to_work_it_out_of_is_not_folded_away(send):
    page = text(send(text="Indikator\tTarget\tRealisasi\tCapaian\nIKM\t84\tnihil\t500\nAduan\t0\t5\t0\n"))

    assert "2 dari 2 baris perlu dilihat" in page and "tanpa temuan" not in page
    assert page.count("Tidak dapat dihitung</b>") == 2
    assert "Tertulis capaian 500" in page and "Dari mana angka itu?" in page


def test_a_workbook_is_checked(send):
    page = text(send(file=SimpleUploadedFile("tabel.xlsx", workbook())))

    assert 'data-verdict="truncated"' in page and "dipotong, tidak dibulatkan" in page


def test_who_writes_decimal_dots_says_so(send):
    table = "Indikator;Target;Realisasi;Capaian\nA;1.500;1.500;100\n"

    assert "Realisasi 1,500 dibagi target 1,500," in text(send(text=table, sign="dot"))
    assert "Realisasi 1.500 dibagi target 1.500," in text(send(text=table, sign="comma"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Tempel tabelnya, atau pilih berkasnya."),
        ({"text": "Indikator;Satuan\nIKM;indeks"}, "tidak ditemukan: Target, Realisasi"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 rusak")}, "tidak dapat dibaca sebagai tabel"),
        ({"text": "Indikator;Target;Realisasi\n"}, "tidak ada baris di bawah judul kolom"),
        ({"text": TABLE, "sign": "x"}, "Pilih salah satu yang ditawarkan"),
    ],
)
def test_what_cannot_be_checked_is_told_and_nothing_is_lost(send, fields, words):
    page = send(**fields)

    assert page.status_code == 422
    assert words in text(page)
    assert fields.get("text", "")[:9] in text(page)


def test_a_page_shows_only_so_many_rows(send, monkeypatch):
    monkeypatch.setattr(forms_table, "MOST_ROWS", 2)

    assert "paling banyak 1.000 baris" in text(send(text=TABLE))


def test_it_is_found_from_the_data_and_reads_no_further_data(office, client_for, django_assert_max_num_queries):
    client = client_for(office.staf)
    assert "/periksa-tabel/" in text(client.get("/periode/"))

    with django_assert_max_num_queries(6):
        client.post("/periksa-tabel/", {"text": TABLE})
