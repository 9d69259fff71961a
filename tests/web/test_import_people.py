"""The table of people: what it says of a position that somebody already holds is never passed over in silence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.lib.tables import read_table
from runut.organisation.models import Assignment, Jabatan
from tests.harness.office_files import libre_xlsx
from tests.web.test_imports import NEW, bring_in, fates, send

KEPT = "diubah lewat tabel: kembalikan atau kosongkan selnya. Di halaman pegawainya, jabatan itu dapat ditutup"


@pytest.fixture
def admin(office, client_for):
    Assignment.objects.filter(pegawai=office.staf).update(decree_number="800/7/2024")
    return client_for(office.admin)


@pytest.fixture
def people(office, admin):
    """The table as it went out, and the row of somebody in it."""
    address = f"/atur/impor/{office.office.pk}/pegawai/"
    rows = [list(row) for row in read_table(admin.get(f"{address}sekarang/").content).rows]
    row = next(row for row in rows if row[0] == office.staf.nip)

    def back(**cells):
        for heading, cell in cells.items():
            row[rows[0].index(heading.replace("_", " "))] = cell
        return admin.post(address, {"file": SimpleUploadedFile("x", libre_xlsx(rows))}, follow=True)

    return back


@pytest.mark.parametrize("cells", [{"Mulai": "05-02-2024"}, {"SK": "800/8/2024"}, {"Mulai": "5 Feb 2024", "SK": ""}])
def test_another_first_day_or_decree_of_a_position_that_is_held_is_refused_and_said_where_it_changes(
    office, people, cells
):
    page = people(**cells)

    [row] = page.context["staged"].rows.all()
    assert row.state == "rejected" and KEPT in row.words
    assert "sudah dipegangnya sejak 2 Jan 2024, SK 800/7/2024." in row.words and KEPT in page.text
    assert Assignment.objects.get(pegawai=office.staf).decree_number == "800/7/2024"


@pytest.mark.parametrize("cells", [{}, {"Mulai": "", "SK": ""}, {"Mulai": "2 Januari 2024"}, {"Kode_jabatan": ""}])
def test_what_went_out_and_what_is_left_empty_changes_nothing(office, people, cells):
    assert {state for _label, state in fates(people(**cells))} == {"same"}


def test_a_position_that_is_not_known_is_not_called_missing_too(office, people):
    page = people(Kode_jabatan="tiada", Mulai="05-02-2024", SK="800/8/2024")

    [row] = page.context["staged"].rows.all()
    assert row.words == "Jabatan dengan kode tiada tidak ada. Impor jabatannya dahulu."


def test_other_data_of_the_row_are_not_taken_beside_a_first_day_that_is_not(office, people):
    page = people(Pangkat="Penata", Mulai="05-02-2024")

    assert [row.state for row in page.context["staged"].rows.all()] == ["rejected"]
    assert next(state for _label, state in fates(people(Mulai=""))) == "changed"


def test_the_first_day_and_decree_of_another_position_are_taken_with_it(office, admin, people):
    of = {"instansi": office.instansi, "office": office.office}
    seat = Jabatan.objects.create(**of, code="baru", name="Pengelola Baru", kind="pelaksana")

    bring_in(admin, people(Kode_jabatan=seat.code, Mulai="05-02-2026", SK="800/9/2026"))

    assert Assignment.objects.get(jabatan=seat).decree_number == "800/9/2026"


@pytest.mark.parametrize("cells", [("05-02-2026", ""), ("", "800/9/2026")])
def test_a_first_day_or_decree_of_no_position_at_all_is_refused(office, admin, cells):
    page = send(admin, office, "pegawai", (NEW, "Orang Baru", *[""] * 6, *cells))

    [row] = page.context["staged"].rows.all()
    assert row.state == "rejected" and "Mulai dan SK dibaca bersama Kode jabatan." in row.words
