"""The page on which the yearly report is written saves itself."""

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
