"""An office that writes Tribulan reads Tribulan, on pages and in files."""

import re

import pytest

from tests.collection import builders
from tests.planning.test_dictionary import define
from tests.sop.play import install, open_task

TITLE = "Pengumpulan Triwulan I 2026"
OTHER = re.compile(r"triwulan", re.IGNORECASE)


@pytest.fixture
def tribulan(office):
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save(update_fields=["terms"])
    return office


def _words(page):
    """What stands to be read: without tags, their attributes, and what somebody called the run."""
    return re.sub(r"<[^>]+>", " ", page).replace(TITLE, "")


def test_grid_period_and_list_speak_the_offices_word(tribulan, units, client_for):
    client = client_for(units.kasi)

    pages = [
        client.get(address).content.decode()
        for address in (f"/isian/{units.sheet.pk}/", "/periode/2026/1/", "/periode/", "/tugas/")
    ]

    assert "Target Tribulan" in pages[0] and "Tribulan I 2026" in pages[1]
    assert [OTHER.findall(_words(page)) for page in pages] == [[]] * 4


def test_the_form_that_opens_a_period_offers_the_offices_word(tribulan, client_for, frozen_time):
    builders.give_indicators(tribulan, people=tribulan.asn[:2])
    run = builders.start(tribulan)
    client = client_for(tribulan.staf)

    page = client.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/").text

    assert '<option value="1" selected>Tribulan I</option>' in page
    assert OTHER.findall(_words(page)) == []


def test_the_targets_of_an_indicator_are_named_in_the_offices_word(tribulan, client_for):
    indicator = define(tribulan)

    page = client_for(tribulan.admin).get(f"/atur/indikator/{indicator.pk}/target/2026/").text

    assert "Target tribulan I" in page
    assert OTHER.findall(_words(page)) == []


def test_an_office_without_a_word_of_its_own_reads_the_usual_one(units, client_for):
    page = client_for(units.kasi).get(f"/isian/{units.sheet.pk}/").text

    assert "Target Triwulan" in page


def test_the_year_is_opened_in_the_offices_word(tribulan, frozen_time, client_for):
    sop = install(tribulan, "kemlagi")

    page = client_for(tribulan.camat).get(f"/periode/buka/tahun/?sop={sop.pk}&tahun=2026").text

    assert "angka keempat tribulannya" in page and "Tampilkan tribulan" in page and "Tribulan I" in page
    assert OTHER.findall(_words(page)) == []
