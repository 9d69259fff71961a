"""What is written in the analysis saves itself: after a moment, on leaving a field, on leaving the page."""

import re

import pytest
from playwright.sync_api import expect

from runut.correction.models import Analysis
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.correction import builders
from tests.sop.play import open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TYPED = "Panen mundur karena banjir."


@pytest.fixture
def camat(live_url, page):
    """At the page of an analysis in which nothing is written yet."""
    office = build_office()
    a, b = office.asn_of(office.kasi[0])[:2]
    run = builders.validated(office, [a, b])
    case = builders.open_case(office, run, {builders.figures(run, a)[0]: "bukti tidak cocok"}, code="kintom")
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/")
    return camat


def analysis(camat):
    return camat.page.locator('textarea[name^="text-"]').first


def status(camat):
    return camat.page.locator("[data-kept]")


def kept(camat):
    """What the server has by now, as soon as it has anything."""
    for _ in range(100):
        if found := list(Analysis.objects.exclude(text="").values_list("text", flat=True)):
            return found
        camat.page.wait_for_timeout(50)
    return []


def test_what_was_typed_is_saved_a_moment_after_the_last_key(camat):
    with camat.page.expect_request(lambda sent: sent.method == "POST", timeout=2500):
        analysis(camat).press_sequentially(TYPED)
        expect(status(camat)).to_have_text("Belum tersimpan.")

    expect(status(camat)).to_contain_text("Analisis tersimpan pukul")
    assert kept(camat) == [TYPED]


def test_leaving_a_field_saves_it_at_once(camat):
    camat.page.clock.install()

    analysis(camat).press_sequentially(TYPED)
    with camat.page.expect_request(lambda sent: sent.method == "POST"):
        camat.page.keyboard.press("Tab")

    expect(status(camat)).to_contain_text("Analisis tersimpan pukul")
    assert kept(camat) == [TYPED]


@pytest.mark.parametrize("way", ["link", "reload", "address", "close"])
def test_leaving_the_page_right_after_the_last_key_loses_nothing(camat, way):
    page, address = camat.page, camat.page.url
    analysis(camat).press_sequentially(TYPED)

    if way == "link":
        page.get_by_role("link", name="Tugas Saya").first.click()
        expect(page).to_have_url(re.compile("/tugas/$"))
    elif way == "reload":
        page.reload()
        expect(analysis(camat)).to_have_value(TYPED)
    elif way == "address":
        page.goto("/tugas/")
    else:
        page.close(run_before_unload=True)
        page = camat.page = page.context.new_page()

    assert kept(camat) == [TYPED]
    page.goto(address)
    expect(analysis(camat)).to_have_value(TYPED)


def test_a_page_read_before_what_was_sent_last_had_arrived_still_shows_it(camat):
    """The new page is read first, the old one is still there when its answer comes, and only then gives way."""
    page = camat.page
    before = page.request.get(page.url).text()

    def late(route):
        if route.request.method == "GET":
            page.wait_for_timeout(1500)
            route.fulfill(body=before, content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    page.route("**/analisis/", late)
    analysis(camat).press_sequentially(TYPED)

    page.reload()

    expect(analysis(camat)).to_have_value(TYPED)
    page.unroute_all(behavior="wait")
    assert kept(camat) == [TYPED]


def test_what_could_not_be_saved_is_still_there_when_the_page_is_loaded_anew(camat):
    page = camat.page
    page.route("**/analisis/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    analysis(camat).press_sequentially(TYPED)
    expect(status(camat)).to_contain_text("Belum tersimpan: server tidak menjawab")
    page.unroute_all()

    page.reload()

    expect(analysis(camat)).to_have_value(TYPED)
    expect(status(camat)).to_contain_text("Analisis tersimpan pukul")
    assert kept(camat) == [TYPED]


def test_a_button_waits_for_what_is_on_its_way(camat):
    analysis(camat).press_sequentially(TYPED)

    camat.press("save")

    camat.told("Analisis tersimpan.")
    assert kept(camat) == [TYPED]


def test_a_button_that_was_pressed_after_the_session_ended_shows_why_nothing_went_on(camat):
    page = camat.page
    page.set_viewport_size({"width": 360, "height": 740})
    # As far from the buttons as in a long analysis.
    page.locator("#selesai").evaluate("buttons => { buttons.style.marginTop = '2000px'; }")
    page.context.clear_cookies()
    analysis(camat).press_sequentially(TYPED)

    camat.press("complete")

    expect(status(camat)).to_contain_text("Belum tersimpan")
    expect(status(camat)).to_be_in_viewport()
    expect(analysis(camat)).to_have_value(TYPED)
