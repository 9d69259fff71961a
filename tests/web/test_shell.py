import re

import pytest
from django.urls import resolve
from django.utils import timezone

from runut.audit.models import Entry
from runut.organisation import actions
from runut.organisation.models import Assignment
from runut.web.navigation import ITEMS


@pytest.mark.parametrize("address", ["/", "/masuk/", "/lupa-sandi/", "/aktivasi/", "/bantuan/", "/healthz"])
def test_visitors_see_the_open_pages(client, db, address):
    assert client.get(address).status_code == 200


def test_everything_else_asks_for_a_sign_in(client, db):
    answer = client.get("/saya/")

    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/saya/")


def test_the_signed_in_go_home_to_their_tasks(office, client_for):
    answer = client_for(office.camat).get("/")

    assert (answer.status_code, answer["Location"]) == (302, "/tugas/")


def test_no_browser_keeps_where_an_address_led(office, client_for):
    """Where it leads changes with the work; a page keeps its text for the way back."""
    client = client_for(office.camat)

    assert client.get("/")["Cache-Control"] == "no-store"
    assert "no-store" not in client.get("/tugas/").get("Cache-Control", "")


def test_a_person_without_a_position_is_told_why(office, client_for):
    office.staf.assignments.update(end="2025-12-31")

    answer = client_for(office.staf).get("/atur/pegawai/")

    assert answer.status_code == 403
    assert "Belum ada jabatan yang berlaku" in answer.text
    assert client_for(office.staf).get("/saya/").status_code == 200


def test_the_language_is_indonesian_unless_chosen(office, client_for, client):
    assert client.get("/masuk/", headers={"Accept-Language": "en"})["Content-Language"] == "id"
    person = client_for(office.staf)

    person.post("/bahasa/", {"language": "en", "next": "/saya/"})

    office.staf.user.refresh_from_db()
    assert office.staf.user.language == "en"
    assert person.get("/saya/")["Content-Language"] == "en"
    assert Entry.objects.get().event == "preferences.changed"


def test_an_english_page_says_how_numbers_are_written(office, client_for):
    office.staf.user.language = "en"
    office.staf.user.save(update_fields=["language"])

    assert "1.234,5 has a dot for thousands" in client_for(office.staf).get("/saya/").text.split("<footer")[1]
    assert "1.234,5" not in client_for(office.kasubag).get("/saya/").text.split("<footer")[1]


@pytest.mark.parametrize(
    ("address", "many"),
    [
        ("/atur/pegawai/", "Employees"), ("/atur/unit/", "Units"), ("/atur/jabatan/", "Positions"),
        ("/atur/indikator/", "Indicators"), ("/atur/formulir/", "Form layouts"), ("/dokumen/", "Documents"),
        ("/atur/skala/", "Scales of predicates"),
    ],
)  # fmt: skip
def test_an_english_list_is_called_by_what_is_in_it(office, client_for, address, many):
    office.camat.user.language = "en"
    office.camat.user.save(update_fields=["language"])

    page = client_for(office.camat).get(address, follow=True).text

    assert re.search(rf"<title>\s*{many}", page)
    assert re.search(rf"<h1[^>]*>\s*{many}\s*</h1>", page)
    assert address == "/dokumen/" or f'aria-current="page">{many}</a>' in page


def test_the_way_back_to_an_english_list_calls_it_the_same(office, client_for):
    office.camat.user.language = "en"
    office.camat.user.save(update_fields=["language"])

    crumbs = client_for(office.camat).get(f"/atur/pegawai/{office.staf.pk}/").text.split('<p class="crumbs">')[1]

    assert "Employees</a></p>" in crumbs


def test_a_language_switch_never_leads_off_the_site(client, db):
    answer = client.post("/bahasa/", {"language": "en", "next": "https://example.com/"})

    assert answer["Location"] == "/"


def test_every_entry_of_the_menu_leads_somewhere():
    assert [item.url for item in ITEMS if not resolve(item.url)] == []


def test_a_visitor_who_lost_the_way_is_led_to_the_front_page(client, db, office, client_for):
    lost, inside = client.get("/publik/tidak-ada/2026/"), client_for(office.staf).get("/tidak-ada/")

    assert (lost.status_code, inside.status_code) == (404, 404)
    assert "Ke halaman depan" in lost.text and "Buka Tugas Saya" not in lost.text
    assert "Buka Tugas Saya" in inside.text


def test_the_menu_says_every_position_that_one_holds_today(office, client_for):
    decree = {"kind": "plh", "start": timezone.localdate(), "decree_number": "800/1"}
    actions.assign(
        pegawai=office.sekretaris, jabatan=office.jabatan["camat"], by=office.actor(office.admin), **decree
    )  # fmt: skip

    page = client_for(office.sekretaris).get("/saya/").text

    assert page.index("<small>Sekretaris Kecamatan</small>") < page.index(">Plh. Camat</span>")


def test_whoever_stands_in_is_shown_as_such_on_every_page(office, client_for, frozen_time):
    Assignment.objects.create(
        instansi=office.instansi, pegawai=office.kasubag, jabatan=office.jabatan["sekretaris"], kind="plh",
        start="2026-01-05", decree_number="800/1/2026", exclusive=False,
    )  # fmt: skip

    page = client_for(office.kasubag).get("/tugas/").text

    assert "<small>Kepala Subbagian Program dan Keuangan</small><small>Plh. Sekretaris Kecamatan</small>" in page


def test_the_menu_and_the_page_call_the_yearly_report_as_the_office_does(office, client_for):
    office.office.terms = {"lkjip": "LAKIP"}
    office.office.save(update_fields=["terms"])

    page = client_for(office.sekretaris).get("/lkjip/2026/").text

    assert "<h1>Laporan kinerja (LAKIP) 2026</h1>" in page
    assert "LKjIP" not in page


def test_a_page_that_is_not_for_somebody_of_the_same_office_gives_no_wrong_reason(office, client_for):
    page = client_for(office.staf).get("/dokumen/999999/").text

    assert "hanya dapat dibaca oleh yang berwenang atas isinya" in page and "kantor lain" not in page
