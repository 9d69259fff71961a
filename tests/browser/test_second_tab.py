"""A form in two windows, one of them out of date; and a cell in which nothing can be read."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_grid import SENT, Grid
from tests.collection import builders
from tests.harness.accessibility import troubles

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def _hand_in(grid, *texts):
    builders.type_in(grid.office, grid.sheet, grid.kasi, *texts)
    builders.submit(grid.office, grid.run, grid.office.units[2], grid.kasi)


def _send_back(grid, place):
    sekretaris = grid.office.sekretaris
    builders.review(grid.office, grid.run, grid.office.units[2], sekretaris, "return", {place: "Cek lagi."})


def test_what_cannot_be_read_counts_for_nothing_until_it_can(live_url, page):
    grid = Grid(how_many=3)
    builders.type_in(grid.office, grid.sheet, grid.kasi, "105", "50")
    grid.open(page, live_url)
    expect(page.get_by_role("link", name="Laporkan nihil untuk 1 baris yang masih kosong")).to_be_visible()
    grid.cell(page, 3).fill("60")
    expect(page.get_by_role("link", name="Laporkan nihil")).to_have_count(0)
    capaian = page.locator("[data-capaian]").first
    progress = page.locator("[data-progress]")
    expect(capaian).to_contain_text("131,25%")

    grid.cell(page, 1).fill("1,234.56")
    expect(capaian).to_have_text("–")
    expect(progress).to_have_text("2 dari 3 terisi")
    grid.cell(page, 2).fill("51")
    expect(page.locator("[data-strip]")).to_contain_text("Tersimpan pukul")
    expect(progress).to_have_text("2 dari 3 terisi")
    page.reload()
    expect(capaian).to_have_text("–")
    expect(progress).to_have_text("2 dari 3 terisi")
    grid.cell(page, 1).fill("106")

    expect(capaian).to_contain_text("132,50%")
    expect(progress).to_have_text("3 dari 3 terisi")
    assert grid.amounts() == [106, 51, 60]


def test_a_window_that_is_out_of_date_says_so_where_it_is_seen(live_url, page):
    grid = Grid(how_many=1)
    grid.open(page, live_url)
    _hand_in(grid, "84,75")
    expect(page.locator(".subtitle")).to_contain_text("Draf")

    grid.cell(page, 1).fill("90")

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Formulir ini sudah diajukan.")
    expect(alert).to_contain_text("1 isian belum terkirim.")
    expect(alert).to_be_in_viewport()
    expect(page.locator(".subtitle")).not_to_contain_text("Draf")
    expect(page.get_by_role("button", name="Periksa & ajukan")).to_be_hidden()
    expect(page.get_by_role("button", name="Simpan draf")).to_have_count(0)
    expect(grid.cell(page, 1)).to_have_value("90")
    expect(grid.cell(page, 1)).not_to_be_editable()
    assert troubles(page) == []
    alert.get_by_role("link", name="Lihat keadaan terbaru formulir ini").click()
    expect(page.locator("[data-leftover]")).to_contain_text("Indikator 1: 90")
    assert grid.amounts() == [84.75]


@pytest.mark.parametrize("returned", [0, 1])
def test_what_was_typed_too_late_is_named_and_not_used_when_the_form_comes_back(live_url, page, returned):
    grid = Grid(how_many=2)
    grid.open(page, live_url)
    _hand_in(grid, "105", "50")
    grid.cell(page, 1).fill("90")
    expect(page.get_by_role("alert")).to_contain_text("1 isian belum terkirim.")
    _send_back(grid, returned)

    page.goto(f"/isian/{grid.sheet.pk}/")
    left = page.locator("[data-leftover]")
    expect(left).to_contain_text("Isian lama dari perangkat ini tidak dipakai")
    expect(left).to_contain_text("Indikator 1: 90")
    grid.cell(page, returned + 1).fill("77")
    expect(page.locator("[data-strip]")).to_contain_text("Tersimpan pukul")
    expect(left).to_contain_text("Indikator 1: 90")
    assert troubles(page) == []
    left.get_by_role("button", name="Buang isian ini").click()
    expect(left).to_be_hidden()
    page.evaluate(SENT)

    expected = [105, 50]
    expected[returned] = 77
    assert grid.amounts() == expected


def test_a_line_that_was_found_right_meanwhile_takes_nothing_and_says_so(live_url, page):
    grid = Grid(how_many=2)
    grid.open(page, live_url)
    _hand_in(grid, "105", "50")
    _send_back(grid, 1)

    grid.cell(page, 1).fill("90")

    left = page.locator("[data-leftover]")
    expect(left).to_contain_text("Indikator 1: 90")
    assert grid.amounts() == [105, 50]
