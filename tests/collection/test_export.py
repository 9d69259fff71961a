"""A form as a workbook: the columns of the official form, read back by another program."""

from decimal import Decimal

import pytest

from runut.collection.models import Sheet
from runut.lib.tables import read_table
from tests.collection import builders
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def unit_sheet(office, frozen_time):
    run = builders.collection_of_units(office, office.units[2:4])
    return Sheet.objects.filter(run=run).order_by("pk").first()


@scene
def person_sheet(office, frozen_time):
    person = office.asn[0]
    run = builders.collection_of_people(office, [person])
    builders.fill_in(office, run, person)
    return Sheet.objects.get(run=run, pegawai=person)


def download(client, sheet):
    answer = client.get(f"/isian/{sheet.pk}/unduh/")
    return answer, read_table(answer.content).rows


@pytest.mark.requirement("R-KEMLAGI-10")
def test_the_form_of_a_unit_has_its_seven_columns_in_order(office, unit_sheet, client_for):
    answer, rows = download(client_for(office.camat), unit_sheet)

    assert answer["Content-Disposition"].startswith('attachment; filename="data-kinerja-2026-tw')
    assert rows[0][0].startswith("Data kinerja Triwulan") and rows[2][0] == unit_sheet.subject
    assert rows[5] == (
        "No.", "Sasaran", "Indikator Kinerja", "Target Tahunan", "Target Triwulan", "Realisasi Triwulan", "Keterangan",
        "Kunci",
    )  # fmt: skip
    lines = unit_sheet.lines.order_by("figure__no", "pk").select_related("figure__indicator")
    assert [row[2] for row in rows[6:]] == [
        f"{line.figure.indicator.name} ({line.figure.indicator.unit_of_measure})" for line in lines
    ]
    assert [row[3] for row in rows[6:]] == [line.figure.annual_target.normalize() for line in lines]


@pytest.mark.requirement("R-INSP-6", "R-INSP-7", "R-KEMLAGI-21")
def test_the_form_of_a_person_has_the_achievement_and_says_that_nobody_validated_it(office, person_sheet, client_for):
    _answer, rows = download(client_for(office.asn[0]), person_sheet)

    assert rows[3][0].startswith("BELUM DIVALIDASI")
    assert rows[5] == ("No.", "Indikator Kinerja", "Target", "Realisasi", "Capaian (%)", "Keterangan", "Kunci")
    line = person_sheet.lines.order_by("figure__no", "pk").select_related("figure").first()
    assert rows[6][2:4] == (line.figure.target.normalize(), line.amount.normalize())
    assert isinstance(rows[6][4], Decimal)


def test_a_note_is_never_a_formula(office, person_sheet, client_for):
    person_sheet.lines.update(note='=HYPERLINK("http://contoh","x")')

    _answer, rows = download(client_for(office.asn[0]), person_sheet)

    assert rows[6][5] == '=HYPERLINK("http://contoh","x")'


def test_an_office_with_its_own_word_for_a_quarter_prints_it(office, unit_sheet, client_for):
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save()

    _answer, rows = download(client_for(office.camat), unit_sheet)

    assert rows[5][4:6] == ("Target Tribulan", "Realisasi Tribulan")


def test_a_person_downloads_only_what_that_person_may_see(office, person_sheet, client_for):
    assert client_for(office.asn[5]).get(f"/isian/{person_sheet.pk}/unduh/").status_code == 404
