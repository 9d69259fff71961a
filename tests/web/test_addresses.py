"""Addresses that only take a form: never a blank page, and the language is switched without losing anything."""

import pytest

HTML = {"HTTP_ACCEPT": "text/html,application/xhtml+xml", "HTTP_HOST": "testserver"}


def test_the_language_switched_on_a_page_made_by_a_form_leads_to_a_page(office, client_for):
    browser, address = client_for(office.admin), "/atur/kalender/libur/"

    wrong = browser.post(address, {"day": "31-31", "name": "Libur"}, **HTML)
    switched = browser.post(
        "/bahasa/", {"language": "en", "next": address}, follow=True,
        HTTP_REFERER=f"http://testserver{address}", **HTML,
    )  # fmt: skip

    assert wrong.status_code == 422 and f'name="next" value="{address}"' in wrong.text
    assert switched.status_code == 200 and switched.redirect_chain[-1][0] == "/atur/kalender/"
    assert 'lang="en"' in switched.text


@pytest.mark.parametrize(
    ("address", "onward"), [("/atur/pegawai/kode/", "/atur/pegawai/"), ("/atur/kalender/libur/", "/atur/kalender/")]
)
def test_an_address_that_only_takes_a_form_says_so_and_leads_on(office, client_for, address, onward):
    answer = client_for(office.admin).get(address, **HTML)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Alamat ini bukan halaman" in answer.text and f'href="{onward}"' in answer.text
    assert 'name="next"' not in answer.text


def test_a_visitor_is_told_so_too(client, db):
    assert "Alamat ini bukan halaman" in client.get("/bahasa/", **HTML).text


def test_the_page_of_codes_that_are_shown_once_offers_no_other_language(office, client_for):
    page = client_for(office.admin).post("/atur/pegawai/kode/", {"pegawai": [office.staf.pk]}, **HTML).text

    assert 'action="/bahasa/"' not in page
    assert '<table class="list cards">' in page and 'data-label="Kode"' in page
