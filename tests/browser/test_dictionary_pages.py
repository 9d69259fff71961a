"""The dictionary of indicators on a phone and on paper."""

from datetime import date

import pytest

from tests.browser.officer import Officer
from tests.cast import build_office
from tests.harness.accessibility import sideways
from tests.harness.printed import sheets_of
from tests.planning.test_dictionary import aim, define, revise

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LONG = "indikatorkinerjautama" * 6
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main article *")]
    .filter((one) => one.innerText && one.offsetParent && !one.matches(".sr"))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
BEYOND = """() => [...document.querySelectorAll("main :is(dd, td, th, h1, h2, p)")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 2 && !one.matches(".sr")).length"""


@pytest.fixture
def dictionary(live_url):
    office = build_office()
    made = define(office)
    aim(office, made, {0: "85"})
    words = {"definition": f"Menurut {LONG}.", "formula": LONG, "source": LONG, "notes": LONG}
    revise(office, made, start=date(2026, 1, 2), **words)
    return office, made


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_word_without_a_break_pushes_no_page_wider(dictionary, page, live_url, size):
    office, made = dictionary
    Officer(office.camat, page).enter(live_url)
    page.set_viewport_size(size)

    for address in (f"/atur/indikator/{made.pk}/", "/atur/indikator/cetak/", "/atur/indikator/"):
        page.goto(address)

        assert (sideways(page), page.evaluate(BEYOND)) == ([], 0), address


def test_the_dictionary_on_paper_is_no_search_and_can_be_read(dictionary, page, live_url):
    office, _made = dictionary
    camat = Officer(office.camat, page).enter(live_url)
    camat.go("/atur/indikator/")
    page.get_by_role("link", name="Cetak kamus").click()
    camat.sees("Berlaku dan dicetak pada")

    [sheet] = sheets_of(page.pdf(prefer_css_page_size=True))

    for words in (
        "Kamusindikator",
        office.office.name.replace(" ", ""),
        "Caramenghitung",
        "Penanggungjawab",
        LONG[:18],
    ):
        assert words in sheet, words
    assert "Cari" not in sheet and "Tugas" not in sheet
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST) >= 9 * 96 / 72


def test_the_list_on_paper_names_the_office_and_the_day_and_has_no_search(dictionary, page, live_url):
    office, _made = dictionary
    camat = Officer(office.camat, page).enter(live_url)
    camat.go("/atur/indikator/")

    page.emulate_media(media="print")

    assert page.get_by_role("searchbox").count() == 0
    camat.sees(f"{office.office.name} · dicetak pada")
    assert page.locator("p.only-print").is_visible()
