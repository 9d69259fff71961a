"""Rows that an uploaded file hides, as a filtered list does: the look at the file says that they were read."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.lib.imports import hidden_told
from runut.lib.tables import read_table
from tests.collection import builders
from tests.harness.office_files import libre_xlsx
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def form(office, frozen_time):
    return builders.answered_form(office)


def rows_of(client, address):
    return [list(row) for row in read_table(client.get(address).content).rows]


def send(client, address, rows, hidden):
    file = SimpleUploadedFile("x.xlsx", libre_xlsx(rows, hidden=hidden))
    return client.post(address, {"file": file}, follow=True)


def test_of_a_filtered_table_the_hidden_rows_are_told_and_unchanged_ones_stay(office, client_for):
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/unit/"
    rows = rows_of(client, f"{address}sekarang/")
    rows[1][1] = "Nama lain"

    page = send(client, address, rows, hidden=(2, 3))

    assert "2 baris tersembunyi ikut dibaca: baris 2, 3." in page.text
    assert page.context["staged"].counts["same"] == len(rows) - 2
    [row] = page.context["staged"].rows.all()
    assert (row.no, row.state) == (2, "rejected") and "Baris ini tersembunyi di berkas." in row.words
    again = send(client, address, rows_of(client, f"{address}sekarang/"), hidden=())
    assert "tersembunyi" not in again.text


def test_of_a_form_and_of_a_quarter_it_is_told_in_the_same_words(office, form, client_for):
    client = client_for(office.asn[0])
    one, many = f"/isian/{form.pk}/", f"/periode/{form.period_id}/"
    of_form, of_quarter = rows_of(client, f"{one}unduh/"), rows_of(client_for(office.camat), f"{many}unduh/")
    of_quarter[6][4] = Decimal("99.5")

    pages = [
        send(client, f"{one}impor/", of_form, hidden=(7, 9)),
        send(client, f"{many}impor/", of_quarter, hidden=(8, 9)),
    ]

    assert "2 baris tersembunyi ikut dibaca: baris 7, 9." in pages[0].text
    assert "2 baris tersembunyi ikut dibaca: baris 8, 9." in pages[1].text
    done = client.post(pages[1].redirect_chain[-1][0], follow=True)
    assert "Sudah diimpor" in done.text and "2 baris tersembunyi ikut dibaca" in done.text


def test_only_the_first_ones_are_named():
    assert "7 baris tersembunyi ikut dibaca: baris 2, 3, 4, 5, 6, …." in hidden_told(7, [2, 3, 4, 5, 6])
