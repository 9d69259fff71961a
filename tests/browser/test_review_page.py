"""The page of a reviewer and that of one indicator, by the ruler: what belongs together stands together."""

import pytest
from playwright.sync_api import expect

from runut.collection.models import Evidence
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection import builders
from tests.correction import builders as cases
from tests.sop.play import install

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

APART = """() => [...document.querySelectorAll(".verdict input[type=radio]")].map((radio) => {
    const [dot, words] = [radio, radio.labels[0]].map((each) => each.getBoundingClientRect())
    return [words.left - dot.right, Math.abs((words.top + words.bottom) - (dot.top + dot.bottom)) / 2]
})"""
NARROWEST = """() => Math.min(...[...document.querySelectorAll("aside .dl dd")].map((dd) => dd.clientWidth))"""


NARROW_WORDS = """() => [...document.querySelectorAll(".files a, .list tbody th[scope=row] > a")].map((each) => {
    const words = document.createRange()
    words.selectNodeContents(each)
    return [each.textContent.trim(), words.getBoundingClientRect().width]
})"""
STACKED = """() => [...document.querySelectorAll(".list td > div > b.num")].map((figure) => {
    const badge = figure.parentElement.querySelector(".capaian")
    return badge === null || badge.getBoundingClientRect().top >= figure.getBoundingClientRect().bottom
})"""

BEYOND = """() => {
    const box = document.querySelector(".scroll")
    return box.scrollWidth - box.clientWidth
}"""


@pytest.fixture
def office(live_url):
    return build_office()


@pytest.fixture
def sheet(office):
    unit, other = office.units[2:4]
    builders.indicator(office, 9, "Layanan", unit=unit, definition="Layanan yang selesai.", formula="selesai ÷ semua")
    run = builders.collection_of_units(office, [unit, other], how_many=1)
    builders.fill_in(office, run, unit, "84,75", "90", who=office.kasi[0])
    return builders.sheet_of(run, unit)


@pytest.mark.parametrize("width", [1366, 360])
def test_a_choice_stands_beside_its_words(office, sheet, new_page, live_url, width):
    page = new_page(viewport={"width": width, "height": 768})
    Officer(office.sekretaris, page).enter(live_url).go(f"/validasi/{sheet.pk}/")

    choices = page.evaluate(APART)
    page.get_by_text("Beri catatan").first.click()

    assert len(choices) == 4 and all(0 < gap <= 16 and off <= 4 for gap, off in choices), choices
    expect(page.locator(".verdict textarea").first).to_be_visible()
    expect(page.locator(".verdict textarea").last).to_be_hidden()


def test_a_sentence_has_the_width_of_the_telephone(office, sheet, new_page, live_url):
    page = new_page(viewport={"width": 360, "height": 740})
    Officer(office.sekretaris, page).enter(live_url).go(f"/validasi/{sheet.pk}/")
    page.get_by_text("Beri catatan").first.click()

    assert page.locator("textarea[name^=note-]").first.bounding_box()["width"] >= 250


def test_a_figure_is_picked_by_its_word_and_what_is_wrong_has_room(office, new_page, live_url):
    install(office, "ngoro")
    run = cases.signed(office, office.units[2:4])
    page = new_page(viewport={"width": 360, "height": 740})
    Officer(office.camat, page).enter(live_url).go(f"/perbaikan/buka/?run={run.pk}")
    while (folded := page.locator("details.fold:not([open]) > summary")).count():
        folded.first.click()

    word = page.locator(".picks label").first
    word.get_by_text("Pilih", exact=True).click()

    expect(page.locator("[name=item]").first).to_be_checked()
    assert min(word.bounding_box()["width"], word.bounding_box()["height"]) >= 24
    assert page.locator("textarea[name^=what-]").first.bounding_box()["width"] >= 250


def test_the_comparison_can_be_read_on_the_screen_of_an_office_computer(office, sheet, new_page, live_url):
    line = sheet.lines.order_by("figure__no").first()
    Evidence.objects.create(
        instansi=office.instansi, line=line, name="rekapitulasi_survei_kepuasan_masyarakat_tw1.pdf",
        link="https://contoh.example/rekap", uploaded_at=line.edited_at, uploaded_by=office.kasi[0],
    )  # fmt: skip
    page = new_page(viewport={"width": 1366, "height": 768})
    Officer(office.sekretaris, page).enter(live_url).go(f"/validasi/{sheet.pk}/")

    widths = dict(page.evaluate(NARROW_WORDS))

    assert widths["rekapitulasi_survei_kepuasan_masyarakat_tw1.pdf"] >= 120
    assert widths["Nilai kepuasan masyarakat (IKM)"] >= 200
    assert all(page.evaluate(STACKED))
    assert page.evaluate(BEYOND) == 0


def test_the_page_counts_the_lines_that_go_back(office, sheet, page, live_url):
    Officer(office.sekretaris, page).enter(live_url).go(f"/validasi/{sheet.pk}/")
    expect(page.locator(".ready").first).to_be_hidden()

    page.get_by_text("Beri catatan").first.click()

    expect(page.locator(".ready").first).to_be_visible()
    read = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    words = " ".join(str(node.get("name", {}).get("value", "")) for node in read)
    assert "Baris yang dikembalikan: 1" in " ".join(words.split())


def test_the_last_column_of_a_form_is_in_sight(office, sheet, new_page, live_url):
    page = new_page(viewport={"width": 1366, "height": 768})

    Officer(office.kasi[0], page).enter(live_url).go(f"/isian/{sheet.pk}/")

    assert page.evaluate(BEYOND) == 0


def test_how_an_indicator_is_counted_has_room_for_its_words(office, sheet, page, live_url):
    line = sheet.lines.get(figure__indicator__name="Layanan")

    Officer(office.sekretaris, page).enter(live_url).go(f"/isian/{sheet.pk}/baris/{line.pk}/")

    assert page.evaluate(NARROWEST) >= 280
