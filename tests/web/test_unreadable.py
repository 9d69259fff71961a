"""What cannot be text is refused before the database sees it, with a page."""

import io

import pytest
from django.conf import settings

from runut.audit.models import Entry

SENTENCE = "Kiriman ini tidak terbaca"


@pytest.fixture
def browser(office, client_for):
    browser = client_for(office.admin)
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize(
    "address",
    [
        "/atur/pegawai/?q=a%00b",
        "/atur/pegawai/?a%00b=1",
        "/atur/log/?event=a%00b",
        "/arsip/?q=%00",
        "/tugas/?q=%00",
        "/jejak/organisation.pegawai%00/1/",
        "/publik/%00/2026/",
    ],
)
def test_an_address_with_a_nul_is_refused(browser, address):
    answer = browser.get(address)

    assert answer.status_code == 400
    assert SENTENCE in answer.text and "<h1>" in answer.text


@pytest.mark.parametrize("enctype", ["multipart", "urlencoded"])
@pytest.mark.parametrize("field", ["name", "keterangan\0"])
def test_a_form_with_a_nul_is_refused_and_nothing_is_changed(browser, office, enctype, field):
    path, fields = f"/atur/pegawai/{office.staf.pk}/ubah/", {"nip": office.staf.nip, "name": "Sari", field: "Sa\0ri"}
    if enctype == "multipart":
        answer = browser.post(path, fields)
    else:
        body = "&".join(f"{name}={value}" for name, value in fields.items()).replace("\0", "%00")
        answer = browser.post(path, body, content_type="application/x-www-form-urlencoded")

    office.staf.refresh_from_db()
    assert answer.status_code == 400
    assert office.staf.name != "Sari" and not Entry.objects.exists()


def test_a_form_that_a_view_reads_by_itself_is_refused_too(browser):
    assert browser.post("/bahasa/", {"language": "en", "next": "/\0"}).status_code == 400
    assert browser.post("/masuk/", {"login": "a\0", "password": "b"}).status_code == 400


def test_a_cookie_with_a_nul_is_refused(client, db):
    client.raise_request_exception = False
    answer = client.get("/saya/", HTTP_COOKIE=f'{settings.SESSION_COOKIE_NAME}="abcdefgh\\000ijkl"')

    assert answer.status_code == 400


def test_a_form_that_was_cut_off_on_its_way_is_refused(client, db):
    class Cut(io.BytesIO):
        def read(self, *_args):
            raise OSError("the line is dead")

        readline = read

    client.raise_request_exception = False

    answer = client.generic(
        "POST", "/masuk/", **{"wsgi.input": Cut(), "CONTENT_TYPE": "application/x-www-form-urlencoded",
                              "CONTENT_LENGTH": "20"},
    )  # fmt: skip

    assert answer.status_code == 400
    assert SENTENCE in answer.text


def test_ordinary_text_goes_through(browser):
    assert browser.get("/atur/pegawai/?q=Ra%C3%AD%20%F0%9F%98%80").status_code == 200


@pytest.mark.parametrize("path", ["/periksa-tabel/", "/bahasa/"])
def test_what_is_simply_too_big_is_told_with_the_size_that_is_allowed(browser, path):
    answer = browser.post(path, {"text": "1;2;3\n" * 600_000})

    assert answer.status_code == 413
    assert "terlalu besar" in answer.text
    assert "paling besar 2,5 MB" in answer.text
    assert "tidak dapat disimpan" not in answer.text
