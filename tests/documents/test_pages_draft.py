"""The page on which the yearly report is written saves itself."""

import re

import pytest

from runut.audit.models import Entry
from runut.collection.models import MissingQuarter, Period, YearRun
from runut.documents.models import ReportDraft
from tests.documents import builders
from tests.sop.play import open_task

JSON = {"accept": "application/json"}
TYPED = {f"chapter_{code}": "" for code in builders.TEXTS} | {"chapter_1": "Gambaran umum kantor."}


@pytest.fixture
def writing(office, yearly, client_for):
    """The writer's browser and the address of the page."""
    return client_for(office.kasubag), f"/tugas/{open_task(yearly.run, 'draf').pk}/konsep/"


def test_the_page_saves_by_itself_and_says_so(writing):
    browser, url = writing
    page = browser.get(url).text
    assert "data-keep" in page and "js/keep" in page and "data-kept" in page
    entries = Entry.objects.count()

    answer = browser.post(url, {**TYPED, "act": "save"}, headers=JSON)

    assert answer.json()["words"].startswith("Konsep tersimpan pukul")
    assert ReportDraft.objects.get().chapters["1"] == "Gambaran umum kantor."
    assert Entry.objects.count() == entries


def test_a_reason_is_not_on_record_while_it_is_being_written(office, yearly, writing):
    Period.objects.filter(run=yearly.run).update(quarter=0)
    YearRun.objects.create(instansi=office.instansi, run=yearly.run, year=2026, basis="unit")
    browser, url = writing

    answer = browser.post(url, {**TYPED, "reason_4": "Serv", "act": "save"}, headers=JSON)

    assert "Alasannya ikut tersimpan dengan tombol" in answer.json()["words"]
    assert not MissingQuarter.objects.exists()


def test_what_cannot_be_kept_is_said_where_the_page_shows_it(office, yearly, writing, client_for):
    browser, url = writing
    sent = {**TYPED, "act": "save"}

    long = browser.post(url, {**sent, "chapter_2": "a" * 100_001}, headers=JSON)
    other = client_for(office.sekretaris).post(url, sent, headers=JSON)
    builders.draft(office, yearly.run)
    late = browser.post(url, sent, headers=JSON)

    assert [answer.status_code for answer in (long, other, late)] == [422, 403, 409]
    assert all(answer.json()["sentence"] for answer in (long, other, late))


def _opened(browser, url):
    """What a page that was opened now sends along: the texts it shows and by what it knows them."""
    page = browser.get(url).text
    seen = dict(re.findall(r'name="(seen_\d)" value="(\w+)"', page))
    return {f"chapter_{code}": kept_chapters().get(code, "") for code in builders.TEXTS} | seen | {"act": "save"}


def kept_chapters():
    draft = ReportDraft.objects.first()
    return draft.chapters if draft else {}


def test_two_windows_that_write_two_chapters_lose_nothing(writing):
    browser, url = writing
    browser.post(url, {**_opened(browser, url), "chapter_1": "Awal."}, headers=JSON)
    one, other = _opened(browser, url), _opened(browser, url)

    first = browser.post(url, {**one, "chapter_1": "Awal, lebih jauh."}, headers=JSON)
    second = browser.post(url, {**other, "chapter_2": "Rencana."}, headers=JSON)
    again = browser.post(url, {**one, **first.json()["fields"], "chapter_1": "Awal, sampai selesai."}, headers=JSON)

    assert [answer.status_code for answer in (first, second, again)] == [200, 200, 200]
    assert (kept_chapters()["1"], kept_chapters()["2"]) == ("Awal, sampai selesai.", "Rencana.")


def test_a_window_that_is_out_of_date_overwrites_no_chapter(office, writing):
    browser, url = writing
    stale = _opened(browser, url)
    browser.post(url, {**_opened(browser, url), "chapter_1": "Yang baru."}, headers=JSON)

    by_itself = browser.post(url, {**stale, "chapter_1": "Yang lama."}, headers=JSON)
    by_hand = browser.post(url, {**stale, "act": "", "save": "1", "chapter_1": "Yang lama."})
    handed_on = browser.post(
        url, {**stale, **{f"chapter_{code}": "Isi." for code in builders.TEXTS}, "act": "complete"}
    )

    assert kept_chapters()["1"] == "Yang baru."
    assert (by_itself.status_code, by_hand.status_code, handed_on.status_code) == (409, 422, 422)
    told = f"BAB I PENDAHULUAN sudah disimpan {office.kasubag.full_name} dari jendela lain"
    assert told in by_itself.json()["sentence"] and told in by_hand.text and told in handed_on.text
    assert "Yang lama." in by_hand.text


def test_a_window_knows_its_own_text_though_nothing_answered_yet(writing):
    """On a bad line the next text goes out before the one before it is answered."""
    browser, url = writing
    one = _opened(browser, url)
    browser.post(url, {**one, "chapter_1": "Satu."}, headers=JSON)

    answer = browser.post(url, {**one, "chapter_1": "Satu dua.", "sent_chapter_1": "Satu."}, headers=JSON)

    assert answer.status_code == 200
    assert kept_chapters()["1"] == "Satu dua."
