"""A workbook that went through other programs comes back as it went out: LibreOffice, an old Excel, a plain text."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection.models import Line
from runut.lib.csvtext import csv_text
from runut.lib.numbers import typed_number
from runut.lib.tables import read_table
from tests.collection import builders
from tests.harness.office_files import libre_ods, libre_xlsx, old_xls
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db
ACTUAL, NOTE = 3, 5


def as_text(rows):
    cells = [[typed_number(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in rows]
    return csv_text(cells).encode()


def as_english_text(rows):
    lines = ["\t".join(str(cell) for cell in row) for row in rows]
    return "\n".join(lines).encode("utf-8")


PROGRAMS = {
    "libreoffice.xlsx": libre_xlsx, "libreoffice.ods": libre_ods, "excel97.xls": old_xls, "semicolons.csv": as_text,
}  # fmt: skip


@scene
def form(office, frozen_time):
    return builders.answered_form(office)


@pytest.fixture
def client(office, client_for):
    return client_for(office.asn[0])


@pytest.fixture
def rows(form, client):
    return [list(row) for row in read_table(client.get(f"/isian/{form.pk}/unduh/").content).rows]


def send(client, form, name, content):
    return client.post(f"/isian/{form.pk}/impor/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_nobody_changed_comes_back_as_no_change(client, form, rows, program):
    page = send(client, form, program, PROGRAMS[program](rows))

    assert "0 baris berubah, 3 tetap, 0 ditolak" in page.text


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_was_filled_in_there_is_shown_as_it_was_meant(client, form, rows, program):
    rows[6][ACTUAL], rows[8][ACTUAL], rows[8][NOTE] = Decimal("84.75"), 0, "Kosong"

    page = send(client, form, program, PROGRAMS[program](rows))

    assert "2 baris berubah, 1 tetap, 0 ditolak" in page.text
    typed = [one.typed for one in page.context["found"].changed]
    assert typed == ["84,75", "0"]


def test_a_reader_in_english_brings_back_the_indonesian_words(client, form, rows, office):
    client.post("/bahasa/", {"language": "en", "next": "/"})

    page = send(client, form, "form.ods", libre_ods(rows))

    assert "0 rows changed" in page.text or "0 changed" in page.text, page.text
    assert page.context["found"].same == 3


def test_the_workbook_of_a_period_comes_back_through_libreoffice(client, form, office, client_for):
    period = form.period
    out = client_for(office.camat).get(f"/periode/{period.pk}/unduh/")
    rows = [list(row) for row in read_table(out.content).rows]
    rows[6][4], rows[8][4] = Decimal("99.5"), 7

    page = client.post(
        f"/periode/{period.pk}/impor/", {"file": SimpleUploadedFile("tw.ods", libre_ods(rows))}, follow=True
    )
    client.post(page.redirect_chain[-1][0])

    assert "2 berubah, 1 tetap, 0 ditolak" in page.text
    assert sorted(Line.objects.exclude(amount=None).values_list("amount", flat=True)) == [7, Decimal("99.5")]
