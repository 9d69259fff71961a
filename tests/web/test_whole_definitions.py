"""What a value is, when it is measured, who supplies it, how it was cascaded: through the table, and back the same."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.lib.tables import read_table
from runut.planning.models import Indicator
from tests.harness.office_files import libre_xlsx
from tests.planning.test_dictionary import define
from tests.web.test_component_columns import KNOWN, ROW, words
from tests.web.test_imports import bring_in, fates, send

HEADING = (*KNOWN, "Arah", "Jenis nilai", "Bulan ukur", "Kode unit penyedia", "Jenis cascading")


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def test_they_come_in_are_shown_first_and_come_back_the_same(office, admin):
    define(office)
    supplier = office.units[3]
    page = send(
        admin, office, "indikator", (*ROW, "stabil", "indeks", "Juni, Desember", supplier.code, "CP"), heading=HEADING
    )
    [row] = page.context["staged"].rows.all()
    assert "Bulan ukur: (kosong) → Juni, Desember" in row.words and "Jenis cascading: (kosong) → CP" in row.words
    bring_in(admin, page)

    made = Indicator.objects.get(code="IKU-1")
    one = made.versions.latest("no")
    assert (one.polarity, one.value_type, one.value_kind, one.months) == ("stable", "number", "index", [6, 12])
    assert (one.supplier, one.cascading) == (supplier, "map")
    shown = admin.get(f"/atur/indikator/{made.pk}/").text
    assert "Juni, Desember" in shown and "CP: cascading peta" in shown and supplier.name in shown
    assert "Bulan ukur: <del>–</del> → <ins>Juni, Desember</ins>" in shown
    address = f"/atur/impor/{office.office.pk}/indikator/"
    rows = read_table(admin.get(f"{address}sekarang/").content).rows
    back = admin.post(address, {"file": SimpleUploadedFile("x", libre_xlsx(rows))}, follow=True)
    assert fates(back) == [("", "same")]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("miring", "indeks", "", "", ""), "tulis naik, turun, rentang, atau stabil"),
        (("naik", "bobot", "", "", ""), "Jenis nilai “bobot” tidak dikenal. Pilih: angka, persen, indeks"),
        (("naik", "", "Juno", "", ""), "“Juno” bukan nama bulan"),
        (("naik", "", "", "ZZ", ""), "Unit dengan kode ZZ tidak ada"),
        (("naik", "", "", "", "X"), "Jenis cascading “X” tidak dikenal: tulis CP, C, atau N."),
    ],
)
def test_what_cannot_be_is_said(office, admin, cells, sentence):
    define(office)

    assert sentence in words(admin, office, *ROW, *cells, heading=HEADING)


def test_a_table_without_these_columns_leaves_them_alone(office, admin):
    define(office)
    bring_in(admin, send(admin, office, "indikator", (*ROW, "stabil", "indeks", "Juni", "", "C"), heading=HEADING))

    renamed = ("IKU-1", "IKM baru", "indeks", "01-05-2026", "Renstra Perubahan")
    bring_in(admin, send(admin, office, "indikator", renamed, heading=KNOWN))

    one = Indicator.objects.get(code="IKU-1").versions.latest("no")
    assert (one.name, one.value_kind, one.months, one.cascading) == ("IKM baru", "index", [6], "direct")
