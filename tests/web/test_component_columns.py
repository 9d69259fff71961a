"""The dictionary's table says what a value is worked out from: it comes in, goes out and comes back as the same."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.lib.tables import read_table
from runut.planning.models import Indicator
from tests.harness.office_files import libre_ods, libre_xlsx, old_xls
from tests.planning.test_dictionary import define
from tests.web.test_imports import bring_in, fates, send

KNOWN = ("Kode", "Nama indikator", "Satuan", "Mulai berlaku", "Sebab perubahan")
PARTS = ("Pembilang", "Satuan pembilang", "Penyebut", "Satuan penyebut", "Pengali")
SHARE = ("Berkas tepat waktu", "berkas", "Semua berkas", "berkas", "1.000")
ROW = ("IKU-1", "Indeks Kepuasan Masyarakat", "indeks", "01-02-2026", "Renstra Perubahan")


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def parts_of(code):
    one = Indicator.objects.get(code=code).versions.latest("no")
    return one.numerator, one.numerator_unit, one.denominator, one.denominator_unit, one.multiplier


def words(admin, office, *cells, heading=KNOWN + PARTS):
    [row] = send(admin, office, "indikator", cells, heading=heading).context["staged"].rows.all()
    return row.words


@pytest.mark.parametrize("program", [libre_xlsx, libre_ods, old_xls])
def test_components_come_in_are_shown_first_and_come_back_from_any_program(office, admin, program):
    define(office)
    page = send(admin, office, "indikator", (*ROW, *SHARE), heading=KNOWN + PARTS)
    [row] = page.context["staged"].rows.all()
    assert "Pembilang: (kosong) → Berkas tepat waktu" in row.words and "Pengali: 100 → 1.000" in row.words
    assert not Indicator.objects.get(code="IKU-1").versions.get().is_quotient

    bring_in(admin, page)
    assert parts_of("IKU-1") == ("Berkas tepat waktu", "berkas", "Semua berkas", "berkas", Decimal(1000))
    shown = admin.get(f"/atur/indikator/{Indicator.objects.get(code='IKU-1').pk}/").text
    assert "Berkas tepat waktu (berkas) ÷ Semua berkas (berkas) × 1.000" in shown

    address = f"/atur/impor/{office.office.pk}/indikator/"
    rows = read_table(admin.get(f"{address}sekarang/").content).rows
    back = admin.post(address, {"file": SimpleUploadedFile("x", program(rows))}, follow=True)
    assert fates(back) == [("", "same")]


def test_a_new_indicator_has_them_from_its_first_version(office, admin):
    heading = ("Kode", "Nama indikator", "Satuan", "Kode unit", *PARTS[:1], PARTS[2])
    row = ("IKU-7", "Persentase berkas", "%", office.units[2].code, "Berkas tepat waktu", "Semua berkas")

    bring_in(admin, send(admin, office, "indikator", row, heading=heading))

    assert parts_of("IKU-7") == ("Berkas tepat waktu", "", "Semua berkas", "", Decimal(100))


def test_a_table_without_the_columns_says_nothing_of_them_and_empty_cells_take_them_away(office, admin):
    define(office)
    bring_in(admin, send(admin, office, "indikator", (*ROW, *SHARE), heading=KNOWN + PARTS))

    assert fates(send(admin, office, "indikator", ROW, heading=KNOWN)) == [("", "same")]
    taken = words(admin, office, *ROW[:3], "01-03-2026", "Dihitung lain", *[""] * 5)
    assert "Pembilang: Berkas tepat waktu → (kosong)" in taken and "Pengali: 1.000 → 100" in taken


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("Berkas", "", "", "", ""), "Pembilang dan penyebut diisi berpasangan."),
        (("", "", "Semua berkas", "", ""), "Pembilang dan penyebut diisi berpasangan."),
        (("Berkas", "", "Semua", "", "seratus"), "Pengali “seratus” bukan angka dari 1 sampai 1.000.000."),
        (("Berkas", "", "Semua", "", "0"), "Pengali “0” bukan angka dari 1 sampai 1.000.000."),
        (("B" * 201, "", "Semua", "", ""), "Pembilang terlalu panjang: paling banyak 200 huruf."),
        (("Berkas", "b" * 61, "Semua", "", "miring"), "Satuan pembilang terlalu panjang: paling banyak 60 huruf."),
    ],
)
def test_what_cannot_be_so_is_told_before_anything_is_written(office, admin, parts, sentence):
    define(office)

    assert sentence in words(admin, office, *ROW, *parts)
