"""The look at a table shows of a new row everything that was typed, column by column, before it is written."""

import pytest

from runut.organisation.models import Pegawai
from runut.planning.models import Kegiatan
from tests.planning.test_dictionary import define
from tests.web.test_imports import NEW, bring_in, send


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def shown(page):
    [row] = page.context["staged"].rows.all()
    assert row.state == "new", row.words
    assert all(line in page.text for line in row.words.splitlines())
    return row.words.splitlines()


def test_of_an_activity_its_year_and_ceiling_too(office, admin):
    unit = office.units[2]
    row = ("7.01.02", "Program Pelayanan", "", unit.code, "", "2026", "42.500.000", "DPA 2026")

    told = shown(send(admin, office, "kegiatan", row))

    assert told[:6] == [
        "Kode: 7.01.02", "Nama: Program Pelayanan", f"Kode unit: {unit.code}", "Tahun: 2026", "Pagu: 42.500.000",
        "Dasar: DPA 2026",
    ]  # fmt: skip
    assert f"Unit: {unit.name}" in told and not any(line.startswith("Sasaran") for line in told)
    assert not Kegiatan.objects.exists()


def test_of_a_person_number_rank_and_telephone_too_until_it_is_brought_in(office, admin):
    row = (NEW, "Orang Baru", "", "S.E.", "Penata", "", "6281200001111", "", "", "")
    page = send(admin, office, "pegawai", row)

    assert shown(page) == [
        f"NIP: {NEW}", "Nama: Orang Baru", "Gelar belakang: S.E.", "Pangkat: Penata", "WhatsApp: 6281200001111",
    ]  # fmt: skip
    after = bring_in(admin, page)
    assert Pegawai.objects.filter(nip=NEW).exists() and NEW not in after.text and "62812" not in after.text


def test_of_an_indicator_the_whole_definition(office, admin):
    define(office)
    heading = ("Kode", "Nama indikator", "Satuan", "Kode unit", "Mendukung indikator", "Definisi operasional",
               "Batas atas capaian", "Narahubung")  # fmt: skip
    unit = office.units[2]
    row = ("IKU-9", "Indeks Kepuasan", "indeks", unit.code, "IKU-1", "Semua layanan.", "120", "Pengelola data")

    told = shown(send(admin, office, "indikator", row, heading=heading))

    assert {f"{name}: {cell}" for name, cell in zip(heading, row, strict=True)} <= set(told)
    assert f"Dilaporkan oleh: {unit.name}" in told and any(line.startswith("Mulai berlaku: 1 Jan ") for line in told)
    assert len(told) == len(set(told)) == len(row) + 2


def test_in_english_what_a_row_says_has_english_words_and_the_file_its_own(office, admin):
    made = define(office)
    admin.post("/bahasa/", {"language": "en", "next": "/saya/"})

    page = send(admin, office, "target", (made.code, "2026", "85,5", "", "", "", "", "PK 2026"))
    told = shown(page)
    [refused] = send(admin, office, "target", ("", "2026")).context["staged"].rows.all()
    unit = shown(send(admin, office, "unit", ("BARU", "Seksi Baru", "", "ya")))

    assert told[:3] == ["Indicator code: IKU-1", "Year: 2026", "Basis: PK 2026"]
    assert told[3] == "Target of the year: (empty) → 85,5" and "Kode indikator" in refused.words
    assert unit == ["Code: BARU", "Name of the unit: Seksi Baru", "Supplies data: ya"]


def test_of_targets_each_is_told_once(office, admin):
    made = define(office)

    told = shown(send(admin, office, "target", (made.code, "2026", "85,5", "-", "", "", "", "PK 2026")))

    assert told == [
        "Kode indikator: IKU-1", "Tahun: 2026", "Dasar: PK 2026", "Target setahun: (kosong) → 85,5",
        "Target TW I: (kosong) → -",
    ]  # fmt: skip
