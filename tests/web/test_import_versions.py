"""When and why a definition changed, in the dictionary's table: said where it is needed, never passed over."""

import pytest

from runut.planning.models import Indicator
from tests.harness.office_files import libre_xlsx
from tests.planning.test_dictionary import define
from tests.planning.test_pages_dictionary import DEFINITION
from tests.web.test_dictionary_columns import taken_out, upload
from tests.web.test_imports import bring_in, fates, send


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


@pytest.fixture
def change(office, admin):
    """Send the dictionary back with these cells changed; the page that shows what would become of it."""
    define(office)

    def send(**cells):
        rows = taken_out(admin, office)
        for heading, cell in cells.items():
            rows[1][rows[0].index(heading.replace("_", " "))] = cell
        return upload(admin, office, libre_xlsx(rows))

    return send


@pytest.mark.parametrize(
    "cells",
    [
        {"Mulai_berlaku": "01-07-2026"},
        {"Sebab_perubahan": "Renstra Perubahan"},
        {"Mulai_berlaku": "01-07-2026", "Sebab_perubahan": "Renstra Perubahan"},
    ],
)
def test_a_day_or_a_reason_without_anything_that_changes_is_refused(office, change, cells):
    page = change(**cells)

    [row] = page.context["staged"].rows.all()
    assert row.state == "rejected" and row.words in page.text
    assert row.words.startswith("Definisinya sama dengan versi sekarang, yang berlaku mulai 1 Jan 2026.")
    assert "kembalikan atau kosongkan selnya" in row.words


@pytest.mark.parametrize("day", ["", "1 Januari 2026"])
def test_the_day_as_it_is_and_no_day_at_all_say_nothing(change, day):
    assert fates(change(Mulai_berlaku=day)) == [("", "same")]


def test_a_day_that_is_none_is_told_also_where_nothing_changes(change):
    [row] = change(Mulai_berlaku="31-02-2026").context["staged"].rows.all()

    assert row.state == "rejected" and "tidak ada di kalender" in row.words


def test_the_same_file_once_more_changes_nothing(office, admin, change):
    cells = {"Sumber_data": "Survei", "Mulai_berlaku": "01-07-2026", "Sebab_perubahan": "Renstra  Perubahan"}

    bring_in(admin, change(**cells))

    assert fates(change(**cells)) == [("", "same")]
    assert Indicator.objects.get().versions.latest("no").revision_reason == "Renstra Perubahan"


@pytest.mark.parametrize("reason", ["", "Renstra Perubahan"])
def test_a_new_version_says_why_in_the_table_as_on_the_page(office, admin, change, reason):
    sent = DEFINITION | {"start": "2026-07-01", "reason": reason, "seen": 1}

    [row] = (
        change(Sumber_data="Survei", Mulai_berlaku="01-07-2026", Sebab_perubahan=reason).context["staged"].rows.all()
    )
    page = admin.post(f"/atur/indikator/{Indicator.objects.get().pk}/ubah/", sent)

    assert (row.state, page.status_code) == (("changed", 302) if reason else ("rejected", 422))
    assert reason or row.words.startswith("Sebab perubahan: Definisinya berubah: tulis alasannya, misalnya")
    assert reason or list(page.context["form"].errors) == ["reason"]


def test_a_missing_day_and_a_missing_reason_are_told_at_once(change):
    [row] = change(Sumber_data="Survei").context["staged"].rows.all()

    assert "isi Mulai berlaku dengan tanggal sesudah" in row.words and "Sebab perubahan: Definisinya" in row.words


def test_a_new_indicator_has_no_reason_to_have_changed(office, admin):
    heading = ("Kode", "Nama indikator", "Satuan", "Kode unit", "Sebab perubahan")
    row = ("IKU-9", "Indeks", "indeks", office.units[2].code, "Renstra Perubahan")

    [line] = send(admin, office, "indikator", row, heading=heading).context["staged"].rows.all()

    assert line.state == "rejected" and "kosongkan Sebab perubahan" in line.words
