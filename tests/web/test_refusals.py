"""What somebody sees, and what the log keeps, when an act is refused."""

import logging
import re

import pytest
from django.http import Http404
from django.test import RequestFactory

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused, Stale
from runut.web import views
from runut.web.middleware import RefusalMiddleware
from tests.cast import build_office


def test_an_act_by_the_wrong_person_is_403_and_logged(office, client_for):
    answer = client_for(office.staf).post(f"/atur/pegawai/{office.kasubag.pk}/kode/")

    entry = Entry.objects.get()
    assert answer.status_code == 403
    assert "diatur oleh admin kantor" in answer.text
    assert (entry.event, entry.refused, entry.actor_id) == ("organisation:reset_password", True, office.staf.pk)
    assert entry.stream == f"pegawai:{office.staf.pk}"
    assert entry.payload["after"] == {"path": f"/atur/pegawai/{office.kasubag.pk}/kode/"}


def test_looking_at_the_wrong_page_is_403_and_not_logged(office, client_for):
    answer = client_for(office.staf).get("/atur/pegawai/")

    assert answer.status_code == 403
    assert not Entry.objects.exists()


def test_an_act_on_what_one_may_not_see_is_404_and_logged(office, client_for):
    other = build_office(instansi=office.instansi)

    answer = client_for(office.admin).post(f"/atur/pegawai/{other.staf.pk}/kode/")

    assert answer.status_code == 404
    assert Entry.objects.get().refused
    assert not other.staf.user.codes.exists()


@pytest.fixture
def refuse(office):
    """Let the middleware answer an exception raised in a request of the Kasubag."""

    def answer(exception, **more):
        request = RequestFactory().post("/tugas/1/", **more)
        request.user, request.actor, request.resolver_match = office.kasubag.user, office.actor(office.kasubag), None
        return RefusalMiddleware(lambda request: None).process_exception(request, exception)

    return answer


@pytest.mark.parametrize(
    ("exception", "status", "words"),
    [
        (Denied("Milik orang lain."), 403, "Milik orang lain."),
        (Refused("Sudah ditutup."), 409, "Belum dapat dilakukan"),
        (Stale("Bu Sri lebih dahulu."), 409, "sudah tidak sesuai keadaan terbaru"),
    ],
)
def test_each_refusal_has_its_page(refuse, exception, status, words):
    answer = refuse(exception)

    assert answer.status_code == status
    assert words in answer.text and exception.sentence in answer.text
    assert Entry.objects.get().payload["reason"] == exception.sentence


def test_a_script_gets_the_sentence_as_json(refuse):
    answer = refuse(Refused("Sudah ditutup."), headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert b'"sentence": "Sudah ditutup."' in answer.content


def test_other_exceptions_are_not_the_middlewares(refuse):
    assert refuse(ValueError("x")) is None
    assert refuse(Http404()) is None


def test_the_way_back_never_leads_off_the_site(refuse):
    answer = refuse(Refused("Sudah."), headers={"Referer": "https://example.com/tugas/"})

    assert "example.com" not in answer.text


def test_a_broken_page_shows_a_code_that_is_in_the_log(rf, caplog):
    with caplog.at_level(logging.ERROR, logger="runut.web"):
        answer = views.broken(rf.get("/tugas/"))

    code = caplog.records[0].args[0]
    assert answer.status_code == 500
    assert code in answer.content.decode()


def test_an_unknown_address_is_404_with_a_way_on(office, client_for):
    answer = client_for(office.staf).get("/tidak-ada/")

    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text


def test_what_was_written_is_given_back_and_no_secret_is(refuse):
    sent = {
        "text-7": "Naik karena antrean daring", "reason": "<b>Terlambat</b>", "v-3": "84,75",
        "password": "rahasia-sekali",
        "key": "k" * 32, "act": "complete", "csrfmiddlewaretoken": "t" * 32, "read": "on", "rev-3": "12",
        "verdict-3": "fine", "verdict-4": "noted", "m-3": "not_measured", "polarity": "negative",
        "note-4": "Mana rekapnya?",
    }  # fmt: skip

    page = refuse(Stale("Sudah dikerjakan Camat."), data=sent).text

    for text in (
        "Naik karena antrean daring",
        "&lt;b&gt;Terlambat",
        "84,75",
        "Mana rekapnya?",
        "Salin bila masih diperlukan",
    ):
        assert text in page
    for text in ("rahasia-sekali", "kkkk", "tttt", "complete", "fine", "noted", "not_measured", "negative"):
        assert text not in page


def test_where_nothing_was_written_nothing_is_given_back(refuse):
    assert "Yang tadi Anda tulis" not in refuse(Refused("Sudah ditutup.")).text


def test_the_number_of_what_was_chosen_is_not_given_back_as_if_it_were_written(refuse):
    sent = {"recipient": "46", "pegawai": "47", "repairer-9": "48", "absent-9": "49", "to": ["51", "52"],
            "reason": "Bukti kurang", "v-3": "84"}  # fmt: skip

    page = refuse(Stale("Sudah dikerjakan Camat."), data=sent).text

    given = re.findall(r"data-typed>([^<]*)<", page)
    assert given == ["Bukti kurang", "84"]
