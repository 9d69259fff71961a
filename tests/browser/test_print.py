"""What comes out of the printer: borders stand on the sheet, and signatures stand with what they are under."""

import pytest

from runut.documents.queries import main_document
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection.builders import sheet_of
from tests.documents import builders
from tests.harness.printed import sheets_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# On the sheet as on paper: how far each table reaches beyond the block it stands in, and how its blocks may break.
BEYOND = """() => [...document.querySelectorAll("main table")].map(
  (table) => table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right)"""
BREAKS = """() => [...document.querySelectorAll(".ending-row tr, .group")].map(
  (row) => [row.className, getComputedStyle(row).breakBefore, getComputedStyle(row).breakAfter])"""
MANY_ROWS = """() => {
    const row = document.querySelector("main table tbody tr:last-child")
    for (let no = 0; no < 60; no += 1) row.after(row.cloneNode(true))
}"""
PLACE = """() => document.querySelector(".ending").parentElement.tagName"""


@pytest.fixture
def signed(live_url):
    office = build_office()
    return office, builders.signed_recap(office, office.asn_of(office.kasi[0])[:2])


def test_tables_and_signatures_stay_on_the_sheet(signed, page, live_url):
    office, run = signed
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(main_document(run).get_absolute_url())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 1400})

    beyond = page.evaluate(BEYOND)
    assert beyond and max(beyond) < 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(PLACE) == "TD"
    rules = {name: (before, after) for name, before, after in page.evaluate(BREAKS)}
    assert rules == {"": ("avoid", "auto"), "group": ("auto", "avoid")}
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(PLACE) == "ARTICLE"
    assert page.locator(".ending-row").count() == 0


@pytest.mark.parametrize("which", ["document", "form"])
def test_each_sheet_of_paper_says_which_of_how_many_it_is(signed, page, live_url, which):
    office, run = signed
    person = office.asn_of(office.kasi[0])[0]
    camat = Officer(office.camat, page).enter(live_url)
    form = f"/isian/{sheet_of(run, person).pk}/cetak/"
    camat.go(main_document(run).get_absolute_url() if which == "document" else form)

    one = sheets_of(page.pdf(prefer_css_page_size=True))
    page.evaluate(MANY_ROWS)
    several = sheets_of(page.pdf(prefer_css_page_size=True))

    assert len(one) == 1 and len(several) > 2
    for sheets in (one, several):
        numbers = [f"Halaman{no}dari{len(sheets)}" for no in range(1, len(sheets) + 1)]
        assert [number in text for number, text in zip(numbers, sheets, strict=True)] == [True] * len(sheets), sheets
    assert "Nilaikepuasanmasyarakat(IKM)" in one[0]
