"""The pages on which an office is looked after, by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.nip import synthetic_nip
from runut.organisation import actions
from runut.organisation.models import Assignment, Pegawai
from tests.cast import PASSWORD
from tests.organisation.test_people import BORN, NIP

TODAY = timezone.localdate()


def test_adding_a_person_leads_to_the_position(office, client_for):
    browser = client_for(office.admin)

    answer = browser.post("/atur/pegawai/baru/", {"office": office.office.pk, "nip": NIP, "name": "Sari Wening"})

    pegawai = Pegawai.objects.get(nip=NIP)
    assert (answer.status_code, answer["Location"]) == (302, f"/atur/pegawai/{pegawai.pk}/")


def test_a_wrong_nip_comes_back_with_what_was_typed(office, client_for):
    answer = client_for(office.admin).post("/atur/pegawai/baru/", {"nip": NIP[:17], "name": "Sari Wening"})

    assert answer.status_code == 422
    assert "NIP harus 18 angka; yang ditulis 17" in answer.text
    assert NIP[:17] in answer.text and "Sari Wening" in answer.text


def test_a_taken_nip_is_told_at_its_field(office, client_for):
    form = {"office": office.office.pk, "nip": office.staf.nip, "name": "Sari Wening"}

    answer = client_for(office.admin).post("/atur/pegawai/baru/", form)

    assert answer.status_code == 422
    assert "NIP ini sudah dipakai" in answer.text and 'href="#id_nip"' in answer.text


def test_a_second_holder_is_told_at_the_position(office, client_for):
    form = {"jabatan": office.jabatan["camat"].pk, "kind": "definitif", "start": "20-11-2026"}

    answer = client_for(office.admin).post(f"/atur/pegawai/{office.staf.pk}/jabatan/", form)

    assert answer.status_code == 422
    assert "Camat masih dipegang Arga Wiratama" in answer.text
    assert Assignment.objects.filter(pegawai=office.staf).count() == 1


def test_a_stand_in_without_letter_is_told_at_the_letter(office, client_for):
    form = {"jabatan": office.jabatan["camat"].pk, "kind": "plt", "start": TODAY.isoformat()}

    answer = client_for(office.admin).post(f"/atur/pegawai/{office.sekretaris.pk}/jabatan/", form)

    assert answer.status_code == 422
    assert 'href="#id_decree_number"' in answer.text


def test_closing_a_tenure(office, client_for):
    held = office.kasubag.assignments.get()
    path = f"/atur/penugasan/{held.pk}/tutup/"
    browser = client_for(office.admin)

    wrong = browser.post(path, {"end": "2023-01-01", "reason": "SK"})
    right = browser.post(path, {"end": TODAY.isoformat(), "reason": "SK mutasi 12"})

    held.refresh_from_db()
    assert (wrong.status_code, right.status_code, held.end) == (422, 302, TODAY)
    assert Entry.objects.get(event="assignment.closed").payload["reason"] == "SK mutasi 12"


def test_naming_a_superior_by_nip(office, client_for):
    path = f"/atur/pegawai/{office.staf.pk}/atasan/"
    browser = client_for(office.admin)

    stranger = browser.post(
        path, {"nip": synthetic_nip(BORN, (2015, 3), 1, 999), "start": "2026-01-01", "reason": "SK"}
    )
    named = browser.post(path, {"nip": office.camat.nip, "start": TODAY.isoformat(), "reason": "SK"})

    assert (stranger.status_code, named.status_code) == (422, 302)
    assert "belum terdaftar" in stranger.text
    assert office.camat.full_name in browser.get(f"/atur/pegawai/{office.staf.pk}/").text


def test_slips_are_printed_once_for_those_chosen(office, client_for):
    browser = client_for(office.admin)

    answer = browser.post("/atur/pegawai/kode/", {"pegawai": [office.staf.pk, office.kasubag.pk]})
    nobody = browser.post("/atur/pegawai/kode/", {})

    assert answer.status_code == 200 and "2 kode dibuat" in answer.text
    assert "data-print hidden>Cetak</button>" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert nobody.status_code == 302


def test_slips_carry_the_address_that_the_admin_wrote(office, client_for):
    browser, chosen = client_for(office.admin), {"pegawai": [office.staf.pk]}
    here = {"HTTP_HOST": "127.0.0.1:8000"}

    before = browser.get("/atur/pegawai/", **here).text
    local = browser.post("/atur/pegawai/kode/", chosen, **here).text
    typed = browser.post("/atur/pegawai/kode/", chosen | {"address": "http://192.168.1.10:8000/aktivasi/"}, **here).text

    assert "Alamat ini hanya dapat dibuka di komputer ini" in before
    assert "http://127.0.0.1:8000/aktivasi/ hanya dapat dibuka di komputer ini" in local
    assert "Buka http://192.168.1.10:8000/aktivasi/, tulis NIP" in typed and "hanya dapat dibuka" not in typed
    assert 'value="http://192.168.1.10:8000/aktivasi/"' in browser.get("/atur/pegawai/", **here).text


def test_slips_for_all_who_never_signed_in_leave_the_others_alone(office, client_for, client):
    client.post("/masuk/", {"login": office.staf.nip, "password": PASSWORD})
    browser = client_for(office.admin)

    answer = browser.post("/atur/pegawai/kode/", {"semua": "1"})

    assert office.staf.full_name not in answer.text
    assert office.kasubag.full_name in answer.text


def test_the_list_finds_by_name_nip_and_position(office, client_for, django_assert_max_num_queries):
    browser = client_for(office.admin)

    for words in ("laras", office.staf.nip[:12], "Pengelola Data"):
        assert office.staf.full_name in browser.get("/atur/pegawai/", {"q": words}).text
    assert "Tidak ada pegawai yang cocok" in browser.get("/atur/pegawai/", {"q": "zzz"}).text
    with django_assert_max_num_queries(9):
        browser.get("/atur/pegawai/")


def test_a_person_who_left_is_shown_as_such(office, client_for):
    Pegawai.objects.filter(pk=office.staf.pk).update(left_on=TODAY - timedelta(days=1))

    assert "sudah tidak bertugas" in client_for(office.admin).get(f"/atur/pegawai/{office.staf.pk}/").text


@pytest.mark.parametrize("days_ago", [1, 2])
def test_no_code_is_offered_for_who_left(office, client_for, days_ago):
    last, held = TODAY - timedelta(days=days_ago), office.staf.assignments.get()
    browser, offer = client_for(office.admin), f"/atur/pegawai/{office.staf.pk}/kode/"
    assert offer in browser.get(f"/atur/pegawai/{office.staf.pk}/").text

    actions.close_assignment(assignment=held, end=last, reason="SK pensiun", by=office.actor(office.admin))

    assert offer not in browser.get(f"/atur/pegawai/{office.staf.pk}/").text
    page = browser.get("/atur/pegawai/").text
    assert f'name="pegawai" value="{office.staf.pk}"' not in page
    assert f'name="pegawai" value="{office.kasubag.pk}"' in page


def test_a_code_is_offered_until_the_last_day(office, client_for):
    Pegawai.objects.filter(pk=office.staf.pk).update(left_on=TODAY + timedelta(days=9))

    assert (
        f"/atur/pegawai/{office.staf.pk}/kode/" in client_for(office.admin).get(f"/atur/pegawai/{office.staf.pk}/").text
    )


def test_positions_are_added_and_changed(office, client_for):
    browser = client_for(office.admin)
    form = {"name": "Analis Data", "code": "ANALIS", "kind": "fungsional", "superior": office.jabatan["kasubag"].pk}

    added = browser.post(f"/atur/jabatan/baru/{office.office.pk}/", form)
    again = browser.post(f"/atur/jabatan/baru/{office.office.pk}/", form)
    second_head = browser.post(f"/atur/jabatan/baru/{office.office.pk}/", form | {"code": "B", "heads_office": "on"})

    assert (added.status_code, again.status_code, second_head.status_code) == (302, 422, 422)
    assert "Kode ANALIS sudah dipakai" in again.text
    assert "sudah dipimpin oleh jabatan Camat" in second_head.text
    assert "Analis Data" in browser.get("/atur/jabatan/").text
