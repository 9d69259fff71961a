"""What fits on an office's screen: the buttons of the inbox in one line, the board with its last column."""

import pytest
from playwright.sync_api import expect

from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection import builders as collection
from tests.documents import builders
from tests.harness.accessibility import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LINES = """() => [...document.querySelectorAll(".task .btn")].map((button) => {
    const label = document.createRange()
    label.selectNodeContents(button.firstChild)
    return [button.innerText.trim(), label.getClientRects().length]
})"""
# The lanes of a large office, and the words of work that is long overdue.
WIDER = """() => {
    for (const row of document.querySelectorAll(".board tr")) {
        const lane = row.children[1]
        for (let more = 0; more < 2; more += 1) lane.after(lane.cloneNode(true))
        const [norm, actual, apart] = [...row.children].slice(-3)
        if (norm.matches("td")) {
            norm.textContent = "30 menit per berkas"
            actual.textContent = "12 hari 5 jam 40 menit"
            apart.innerHTML = '<span><b class="late-words">lewat 12 hari kerja 5 jam 40 menit</b></span>'
        }
    }
}"""
BOARD = """() => {
    const box = document.querySelector(".board-scroll")
    return box.scrollWidth - box.clientWidth
}"""


@pytest.fixture
def signing(live_url):
    """A recap that waits for its signature."""
    office = build_office()
    run = builders.validated(office, office.asn_of(office.kasi[0])[:2])
    builders.compile_data(office, run)
    builders.initial(office, run)
    return office, run


@pytest.mark.parametrize("width", [1366, 360])
def test_the_button_of_a_task_stands_in_one_line(signing, page, live_url, width):
    office, _run = signing
    camat = Officer(office.camat, page).enter(live_url)
    page.set_viewport_size({"width": width, "height": 768})

    camat.go("/tugas/")

    assert page.evaluate(LINES) == [["Tanda tangani dokumen", 1]]
    assert sideways(page) == []


def test_a_board_of_many_lanes_shows_its_last_column(signing, page, live_url):
    office, run = signing
    camat = Officer(office.camat, page).enter(live_url)
    page.set_viewport_size({"width": 1366, "height": 768})
    camat.go(f"/sop/jalan/{run.pk}/")

    page.evaluate(WIDER)

    assert page.evaluate(BOARD) == 0


LONG = "Penyelenggaraan" * 7
NAME_FITS = """() => [...document.querySelectorAll(".list tbody th, .grid tbody th")].map((name) => {
    const box = name.closest(".scroll") ?? document.documentElement
    return [box.scrollWidth - box.clientWidth, name.clientWidth > 100]
})"""


@pytest.fixture
def long_name(live_url):
    """Two forms with an indicator whose name is one very long word: one to fill in, one handed in."""
    office = build_office()
    unit, other = office.units[2:4]
    for each in (unit, other):
        collection.indicator(office, 9, LONG, unit=each)
    run = collection.collection_of_units(office, [unit, other], how_many=1)
    collection.fill_in(office, run, other, "84,75", "90", who=office.kasi[1])
    return office, collection.sheet_of(run, unit), collection.sheet_of(run, other)


@pytest.mark.parametrize("width", [1366, 360])
def test_a_name_of_one_very_long_word_breaks(long_name, new_page, live_url, width):
    office, open_form, handed_in = long_name
    reader = new_page(viewport={"width": width, "height": 768})
    filler = Officer(office.kasi[0], reader).enter(live_url)
    reviewer = Officer(office.sekretaris, new_page(viewport={"width": width, "height": 768})).enter(live_url)

    for officer, address in (
        (filler, f"/isian/{open_form.pk}/"),
        (filler, f"/isian/{open_form.pk}/periksa/"),
        (reviewer, f"/validasi/{handed_in.pk}/"),
    ):
        officer.go(address)

        found = officer.page.evaluate(NAME_FITS)
        assert found and all(beyond <= 0 and is_wide for beyond, is_wide in found), (address, found)
        assert sideways(officer.page) == [], address


TOP = """(selector) => document.querySelector(selector).getBoundingClientRect().top + window.scrollY"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_three_keys_lead_from_the_top_to_the_first_number_and_to_the_first_line(long_name, new_page, live_url, scripts):
    office, open_form, handed_in = long_name
    first = open_form.lines.order_by("figure__no", "pk").first()

    for who, address, link, reached in (
        (office.kasi[0], f"/isian/{open_form.pk}/", "Langsung ke isian", f"#v-{first.pk}"),
        (office.sekretaris, f"/validasi/{handed_in.pk}/", "Langsung ke baris pertama", ".review tbody th > a >> nth=0"),
    ):
        page = new_page(viewport={"width": 1366, "height": 768}, java_script_enabled=scripts)
        Officer(who, page).enter(live_url).go(address)

        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=link)).to_be_focused()
        expect(page.get_by_role("link", name=link)).to_be_in_viewport()
        page.keyboard.press("Enter")

        expect(page.locator(reached)).to_be_focused()
        expect(page.locator(reached)).to_be_in_viewport()


@pytest.mark.parametrize(("width", "are_below"), [(360, True), (1366, False)])
def test_on_a_phone_the_downloads_of_a_form_stand_below_its_numbers(long_name, new_page, live_url, width, are_below):
    office, open_form, _handed_in = long_name
    page = new_page(viewport={"width": width, "height": 740})
    Officer(office.kasi[0], page).enter(live_url).go(f"/isian/{open_form.pk}/")

    downloads, heading, numbers, end = (
        page.evaluate(TOP, where) for where in (".page-head .actions", "h1", ".grid tbody", ".grid-foot")
    )

    assert heading < numbers and (downloads > end) == are_below and (downloads < numbers) != are_below
    assert sideways(page) == []
