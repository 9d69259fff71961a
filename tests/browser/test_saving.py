"""Pressing "Periksa & ajukan" while a cell is still on its way to the server."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def sheet(live_url):
    office = build_office()
    unit, other = office.units[2:4]
    run = builders.collection_of_units(office, [unit, other], how_many=2)
    sheet = builders.sheet_of(run, unit)
    sheet.filler = office.kasi[0]
    return sheet


def test_a_cell_under_way_is_waited_for_and_is_no_conflict(sheet, page, live_url):
    kasi = Officer(sheet.filler, page).enter(live_url)
    kasi.go(f"/isian/{sheet.pk}/")
    first, second = (page.locator(f"#v-{line.pk}") for line in sheet.lines.order_by("figure__no"))
    held = []
    page.route(lambda url: True, lambda route: _hold(route, held))

    first.fill("84,75")
    second.focus()
    _wait_for(held, page)
    answer = held[0].fetch()
    kasi.press("check")
    expect(page).to_have_url(re.compile(rf"/isian/{sheet.pk}/$"))
    held[0].fulfill(response=answer)

    expect(page).to_have_url(re.compile(rf"/isian/{sheet.pk}/periksa/$"))
    kasi.sees("84,75")


@pytest.mark.parametrize("button", ["save", "check"])
def test_what_stood_beside_a_number_that_could_not_be_read_is_saved_with_the_right_one(sheet, page, live_url, button):
    kasi = Officer(sheet.filler, page).enter(live_url)
    kasi.go(f"/isian/{sheet.pk}/")
    line = sheet.lines.order_by("figure__no").first()
    number, note = page.locator(f"#v-{line.pk}"), page.locator(f"#n-{line.pk}")
    number.fill("delapan puluh")
    note.fill("Rekap survei sementara.")
    kasi.press(button)
    kasi.warned("1 baris belum tersimpan")
    expect(note).to_have_value("Rekap survei sementara.")

    number.fill("84,75")
    kasi.press(button)

    if button == "save":
        kasi.told("Tersimpan")
    else:
        expect(page).to_have_url(re.compile(rf"/isian/{sheet.pk}/periksa/$"))
    line.refresh_from_db()
    assert (line.amount, line.note) == (84.75, "Rekap survei sementara.")


def test_a_button_stays_under_a_pointer_that_is_down(sheet, page, live_url):
    """What was wrong with a cell goes from under it once it is saved: not while somebody presses a button below."""
    kasi = Officer(sheet.filler, page).enter(live_url)
    kasi.go(f"/isian/{sheet.pk}/")
    first, second = (page.locator(f"#v-{line.pk}") for line in sheet.lines.order_by("figure__no"))
    first.fill("delapan puluh")
    second.focus()
    kasi.sees("Isi dengan angka")
    button = page.locator('button[name="act"][value="save"]')
    button.scroll_into_view_if_needed()

    first.fill("84,75")
    where = button.bounding_box()
    page.mouse.move(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
    with page.expect_response(lambda response: response.request.resource_type == "fetch") as answered:
        page.mouse.down()
    answered.value.finished()
    page.evaluate("() => new Promise(shown => setTimeout(() => requestAnimationFrame(shown)))")
    assert button.bounding_box() == where
    page.mouse.up()

    kasi.told("Tersimpan").sees_no("Isi dengan angka")


def _hold(route, held):
    if route.request.resource_type == "fetch" and not held:
        held.append(route)
    else:
        route.continue_()


def _wait_for(held, page):
    """Until the route above has caught the request: its handler runs some time after the page sent it."""
    for _ in range(200):
        if held:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the cell was not sent")
