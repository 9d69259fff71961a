"""Codes, passwords, signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation import actions
from runut.organisation.models import ActivationCode
from runut.organisation.rules import CODE_ALPHABET
from tests.cast import PASSWORD, build_office

NEW = "hujan-di-lereng-bukit"


def codes(office, *people):
    return dict(actions.issue_codes(pegawai_ids=[p.pk for p in people], by=office.actor(office.admin)))


def test_many_codes_are_made_at_once_and_only_their_hashes_kept(office, django_assert_max_num_queries):
    admin, ids = office.actor(office.admin), [pegawai.pk for pegawai in office.everybody]

    with django_assert_max_num_queries(12):
        issued = actions.issue_codes(pegawai_ids=ids, by=admin)

    code = issued[0][1]
    assert len({code for _person, code in issued}) == 20
    assert len(code) == 10 and set(code) <= set(CODE_ALPHABET)
    assert not ActivationCode.objects.filter(code_hash__contains=code).exists()
    assert Entry.objects.get().payload["after"]["count"] == 20


def test_codes_for_people_of_another_office_are_denied(office):
    other = build_office(instansi=office.instansi)

    with pytest.raises(Denied):
        codes(office, other.staf)


def test_a_code_becomes_a_password_once(office):
    code = codes(office, office.staf)[office.staf]

    user = actions.activate(login=office.staf.nip, code=f"{code[:5].lower()} {code[5:]}", password=NEW)

    assert user.check_password(NEW)
    with pytest.raises(Refused, match="sudah dipakai"):
        actions.activate(login=office.staf.nip, code=code, password=NEW)


def test_a_code_dies_after_two_weeks_and_with_the_next_code(office):
    first = codes(office, office.staf)[office.staf]
    second = actions.reset_password(pegawai=office.staf, by=office.actor(office.admin))
    with pytest.raises(Refused, match="tidak berlaku"):
        actions.activate(login=office.staf.nip, code=first, password=NEW)
    ActivationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Refused, match="tidak berlaku"):
        actions.activate(login=office.staf.nip, code=second, password=NEW)


@pytest.mark.parametrize("name", ["tidak-ada", None])
def test_a_wrong_name_and_a_wrong_code_sound_the_same(office, name):
    codes(office, office.staf)

    with pytest.raises(Refused, match="NIP atau kode tidak cocok"):
        actions.activate(login=name or office.staf.nip, code="ABCDEFGHJK", password=NEW)


def sign_in(browser, name, password, **more):
    return browser.post("/masuk/", {"login": name, "password": password, **more})


def test_signing_in_by_nip_with_spaces_leads_to_the_page_asked_for(office, client):
    nip = office.kasi[0].nip

    answer = sign_in(client, f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}", PASSWORD, next="/saya/")

    assert (answer.status_code, answer["Location"]) == (302, "/saya/")
    assert client.get("/saya/").status_code == 200


def test_signing_in_by_email(office, client):
    actions.update_pegawai(pegawai=office.staf, changes={"email": "Staf@Contoh.go.id"}, by=office.actor(office.admin))

    assert sign_in(client, "STAF@contoh.go.id", PASSWORD).status_code == 302


def test_a_wrong_password_keeps_the_name_and_says_what_to_do(office, client):
    answer = sign_in(client, office.staf.nip, "salah")

    assert answer.status_code == 422
    assert "tidak cocok" in answer.text and office.staf.nip in answer.text
    assert "salah" not in answer.text.replace("Masalah", "").replace("masalah", "")


def test_the_fifth_wrong_password_closes_the_sign_in_for_a_while(office, client):
    for _try in range(4):
        assert sign_in(client, office.staf.nip, "salah").status_code == 422

    fifth, right = sign_in(client, office.staf.nip, "salah"), sign_in(client, office.staf.nip, PASSWORD)

    assert (fifth.status_code, right.status_code) == (429, 429)
    assert "15 menit" in right.text and "admin kantor" in right.text
    assert sign_in(Client(), office.kasi[0].nip, PASSWORD).status_code == 302


def test_activation_in_the_browser_signs_in(office, client):
    code = codes(office, office.staf)[office.staf]
    wrong = {"login": office.staf.nip, "code": code, "password": "pendek", "again": "beda"}

    refused = client.post("/aktivasi/", wrong)
    answer = client.post("/aktivasi/", wrong | {"password": NEW, "again": NEW})

    assert refused.status_code == 422 and "belum sama" in refused.text
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/saya/").status_code == 200


def test_a_used_code_is_told_on_the_page(office, client):
    code = codes(office, office.staf)[office.staf]
    actions.activate(login=office.staf.nip, code=code, password=NEW)

    answer = client.post("/aktivasi/", {"login": office.staf.nip, "code": code, "password": NEW, "again": NEW})

    assert answer.status_code == 422
    assert "Kode ini sudah dipakai" in answer.text


def test_a_new_password_ends_the_other_sessions(office, client_for):
    here, there = client_for(office.staf), client_for(office.staf)

    answer = here.post("/saya/sandi/", {"old": PASSWORD, "password": NEW, "again": NEW})

    assert answer.status_code == 302
    assert (here.get("/saya/").status_code, there.get("/saya/").status_code) == (200, 302)


def test_the_old_password_is_asked_for(office, client_for):
    answer = client_for(office.staf).post("/saya/sandi/", {"old": "salah", "password": NEW, "again": NEW})

    assert answer.status_code == 422
    assert "Kata sandi tidak cocok. Sisa 4 percobaan." in answer.text


def test_the_fifth_wrong_old_password_closes_the_change_for_a_quarter_of_an_hour(office, client_for, frozen_time):
    browser, form = client_for(office.staf), {"password": NEW, "again": NEW}
    for _try in range(4):
        assert "Sisa" in browser.post("/saya/sandi/", form | {"old": "salah"}).text

    fifth, right = (browser.post("/saya/sandi/", form | {"old": old}) for old in ("salah", PASSWORD))

    assert (fifth.status_code, right.status_code) == (422, 422)
    assert "Tunggu 15 menit" in fifth.text and "Tunggu 15 menit" in right.text
    assert [entry.event for entry in Entry.objects.filter(refused=True)] == ["password.wrong"] * 5
    frozen_time.shift(timedelta(minutes=16))
    assert browser.post("/saya/sandi/", form | {"old": PASSWORD}).status_code == 302


def test_signing_out_takes_a_post(office, client_for):
    browser = client_for(office.staf)
    assert browser.get("/keluar/").status_code == 405

    browser.post("/keluar/")

    assert browser.get("/saya/").status_code == 302


def test_letters_and_contrast_follow_the_person(office, client_for):
    browser = client_for(office.staf)

    browser.post("/saya/", {"language": "id", "text_size": "130", "high_contrast": "on"})

    assert '<html lang="id" data-size="130" data-contrast="high">' in browser.get("/saya/").text
