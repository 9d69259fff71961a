"""The sheet in a real browser: cells that save themselves, the keyboard, without script, wide and narrow."""

from types import SimpleNamespace

import pytest

from tests.cast import PASSWORD, build_office
from tests.collection import builders
from tests.harness.accessibility import troubles
from tests.sop.play import open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def units(live_url):
    """Forms of two sections sent out, the first partly filled in."""
    office = build_office()
    unit, other = office.units[2:4]
    builders.indicator(office, 9, "Opini", unit=unit, target="BB", value_type="ordinal", scale=["C", "B", "BB", "A"])
    run = builders.collection_of_units(office, [unit, other], how_many=3)
    sheet = builders.sheet_of(run, unit)
    builders.type_in(office, sheet, office.kasi[0], "84,75")
    return SimpleNamespace(office=office, run=run, unit=unit, kasi=office.kasi[0], sheet=sheet)


def _sign_in(page, pegawai):
    page.goto("/masuk/")
    page.get_by_label("NIP atau surel").fill(pegawai.nip)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()


def _cell(page, sheet, no):
    return page.locator(f"#v-{sheet.lines.get(figure__no=no).pk}")


def _saved(page):
    page.get_by_role("status").filter(has_text="Tersimpan pukul").wait_for()


def test_a_cell_saves_itself_and_enter_goes_down(units, page):
    _sign_in(page, units.kasi)
    page.goto(f"/isian/{units.sheet.pk}/")

    _cell(page, units.sheet, 2).fill("1.234")
    _cell(page, units.sheet, 2).press("Enter")

    _saved(page)
    assert page.evaluate("document.activeElement.id") == _cell(page, units.sheet, 3).get_attribute("id")
    page.get_by_text("dibaca: seribu dua ratus tiga puluh empat").wait_for()
    page.get_by_text("1.542,50%").wait_for()
    assert units.sheet.lines.get(figure__no=2).amount == 1234


def test_a_wrong_cell_keeps_its_text_and_says_what_is_wrong(units, page):
    _sign_in(page, units.kasi)
    page.goto(f"/isian/{units.sheet.pk}/")

    _cell(page, units.sheet, 2).fill("delapan")

    page.get_by_text("Isi dengan angka, misalnya 94,5.").wait_for()
    assert _cell(page, units.sheet, 2).input_value() == "delapan"
    assert _cell(page, units.sheet, 2).get_attribute("aria-invalid") == "true"


def test_what_was_written_in_another_window_is_kept_and_shown(units, new_page):
    first, second = new_page(), new_page()
    for page in (first, second):
        _sign_in(page, units.kasi)
        page.goto(f"/isian/{units.sheet.pk}/")
    _cell(first, units.sheet, 2).fill("90")
    _saved(first)

    _cell(second, units.sheet, 2).fill("70")

    second.get_by_text("Anda mengubah sel ini di jendela lain pukul").wait_for()
    assert _cell(second, units.sheet, 2).input_value() == "90"
    assert units.sheet.lines.get(figure__no=2).amount == 90


def test_typing_without_a_connection_is_sent_when_it_is_back(units, page):
    _sign_in(page, units.kasi)
    page.goto(f"/isian/{units.sheet.pk}/")
    page.context.set_offline(True)
    _cell(page, units.sheet, 2).fill("90")
    page.get_by_text("Luring — 1 isian tersimpan di perangkat ini").wait_for()

    page.context.set_offline(False)

    _saved(page)
    assert units.sheet.lines.get(figure__no=2).amount == 90


def test_a_form_is_filled_and_handed_in_without_script(units, new_page):
    page = new_page(java_script_enabled=False)
    _sign_in(page, units.kasi)
    page.goto(f"/isian/{units.sheet.pk}/")
    for no in (2, 3):
        _cell(page, units.sheet, no).fill("80")
    _cell(page, units.sheet, 4).select_option("BB")
    page.get_by_role("button", name="Periksa & ajukan").click()

    page.get_by_role("button", name="Ajukan", exact=True).click()

    page.get_by_role("heading", name="Data sudah diajukan").wait_for()
    units.sheet.refresh_from_db()
    assert units.sheet.state == "submitted"


@pytest.mark.parametrize("width", [1366, 360])
def test_the_pages_are_accessible_and_fit(units, new_page, width):
    office, sheet = units.office, units.sheet
    line = sheet.lines.get(figure__no=1)
    page = new_page(viewport={"width": width, "height": 768})
    _sign_in(page, units.kasi)
    found = {}
    for path in (
        "/periode/", "/periode/buka/", "/periode/2026/1/", f"/isian/{sheet.pk}/",
        f"/isian/{sheet.pk}/baris/{line.pk}/", f"/isian/{sheet.pk}/periksa/",
    ):  # fmt: skip
        page.goto(path)
        found[path] = troubles(page)
    builders.fill_in(office, units.run, units.unit, "84,75", "9", "3", "A", who=units.kasi)
    reviewer = new_page(viewport={"width": width, "height": 768})
    _sign_in(reviewer, office.sekretaris)
    for path in (f"/validasi/{sheet.pk}/", f"/angka/{line.figure_id}/", f"/isian/{sheet.pk}/terkirim/"):
        reviewer.goto(path)
        found[path] = troubles(reviewer)
    clerk = new_page(viewport={"width": width, "height": 768})
    _sign_in(clerk, office.staf)
    again = builders.start_again(office, "pengumpulan-unit")
    task = open_task(again, "siapkan").pk
    for path in (f"/tugas/{task}/siapkan/", f"/tugas/{units.run.tasks.get(step='bagikan').pk}/bagikan/"):
        clerk.goto(path)
        found[path] = troubles(clerk)

    assert {path: each for path, each in found.items() if each} == {}


def test_a_large_workbook_says_how_far_it_is_until_its_outcome_shows(units, page, monkeypatch):
    """The worker is beside: here it begins when the page has asked once."""
    monkeypatch.setattr("runut.web.imports.go_on", lambda staged: staged)
    _sign_in(page, units.kasi)
    page.goto(f"/periode/{units.run.period.year}/{units.run.period.quarter}/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Unduh semua formulir (Excel)").click()
    page.get_by_role("link", name="Impor Excel").click()
    page.locator("input[type=file]").set_input_files(started.value.path())
    page.get_by_role("button", name="Lihat perubahannya").click()
    page.get_by_text("Membaca baris 0 dari").first.wait_for()
    assert troubles(page) == []

    from runut.organisation.models import Staged
    from runut.web.incoming import work_on

    work_on.call(Staged.objects.get().pk)

    page.get_by_text("0 baru, 0 berubah, 7 tetap, 0 ditolak").wait_for()
    assert "Tidak ada yang berubah." in page.locator("main").inner_text() and troubles(page) == []
