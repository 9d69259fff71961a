"""The office's own page: what stands on its papers, its words, how strict it is."""

import pytest

from runut.audit.models import Entry
from runut.organisation.actions import update_office
from runut.organisation.models import Policy

PAGE = "/atur/kantor/"


@pytest.fixture
def given(office):
    return {
        "name": office.office.name, "short_name": office.office.short_name, "address": "Jalan Melati 1", "phone": "",
        "place": "Ngoro", "number_code": "416-311", "triwulan": "Tribulan", "lkjip": "LKjIP", "duties_policy": "warn",
        "basis": "",
    }  # fmt: skip


def test_an_admin_writes_the_letterhead_and_the_offices_words(office, client_for, given):
    client = client_for(office.admin)

    page = client.post(PAGE, given, follow=True)

    office.office.refresh_from_db()
    assert "Data kantor tersimpan." in page.text and 'value="Jalan Melati 1"' in page.text
    assert (office.office.number_code, office.office.terms) == ("416-311", {"triwulan": "Tribulan"})
    entry = Entry.objects.get(event="office.updated")
    assert entry.payload["after"]["address"] == "Jalan Melati 1"
    client.post(PAGE, given | {"triwulan": "Triwulan"})
    office.office.refresh_from_db()
    assert office.office.terms == {}


def test_the_policy_changes_on_a_basis_that_the_log_keeps(office, client_for, given):
    client = client_for(office.admin)

    refused = client.post(PAGE, given | {"duties_policy": "block"})

    office.office.refresh_from_db()
    assert (refused.status_code, office.office.duties_policy) == (422, Policy.WARN)
    assert "Tulis dasar perubahan aturan rangkap wewenang" in refused.text
    client.post(PAGE, given | {"duties_policy": "block", "basis": "SK Camat 12/2026"})
    office.office.refresh_from_db()
    assert office.office.duties_policy == Policy.BLOCK
    assert Entry.objects.get(event="office.updated").payload["reason"] == "SK Camat 12/2026"


def test_a_name_is_not_left_empty(office, client_for, given):
    answer = client_for(office.admin).post(PAGE, given | {"name": ""})

    assert answer.status_code == 422 and not Entry.objects.filter(event="office.updated").exists()


def test_other_words_of_the_office_are_left_alone(office, client_for, given):
    update_office(office=office.office, changes={"terms": {"camat": "Panewu"}}, by=office.actor(office.admin))

    client_for(office.admin).post(PAGE, given)

    office.office.refresh_from_db()
    assert office.office.terms == {"camat": "Panewu", "triwulan": "Tribulan"}


def test_the_strict_policy_promises_what_it_does(office, client_for):
    page = client_for(office.admin).get(PAGE).text

    assert "Tolak: yang ikut mengisi tidak dapat memeriksa isian itu atau menilai perbaikannya" in page
    assert "yang memvalidasi tidak dapat memverifikasi formulir yang sama" in page
    assert "atau menandatangani" not in page
