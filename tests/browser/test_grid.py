"""The grid as officers use it: a block from Excel, a line that breaks, two people in one cell, a phone, no mouse."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from runut.collection.models import Evidence
from runut.organisation.models import Assignment
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection import builders
from tests.harness.accessibility import sideways, troubles

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PASTE = """(cell, [text, html]) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    clipboardData.setData('text/html', html)
    cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
}"""
ENGLISH = '<style>tr {mso-displayed-decimal-separator:"\\\\."; mso-displayed-thousand-separator:"\\\\,";}</style>'
INDONESIAN = ENGLISH.replace("\\\\.", "*").replace("\\\\,", "\\\\.").replace("*", "\\\\,")
SENT = """() => new Promise(done => {
    const look = () => { if (localStorage.length) setTimeout(look, 50); else done() }
    look()
})"""
SMALL = """() => [...document.querySelectorAll('main :is(input:not([type=hidden]), button, select, textarea)')]
    .filter(each => each.offsetWidth > 1 && each.type !== 'radio' && each.offsetHeight < 44)
    .map(each => each.outerHTML.slice(0, 90))"""
PHOTO = """async () => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 2600, height: 1300})
    const pen = canvas.getContext('2d')
    const noise = pen.createImageData(2600, 1300)
    for (let at = 0; at < noise.data.length; at += 4) {
        noise.data[at] = (at * 2654435761) >>> 24
        noise.data[at + 3] = 255
    }
    pen.putImageData(noise, 0, 0)
    const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 1))
    const files = new DataTransfer()
    files.items.add(new File([blob], 'bukti.jpeg', {type: 'image/jpeg'}))
    document.querySelector('[name=file]').files = files.files
    return blob.size
}"""


class Grid:
    """A section's form of ten indicators, and whoever fills it in."""

    def __init__(self, how_many=10):
        self.office = build_office()
        unit = self.office.units[2]
        for no in range(1, how_many + 1):
            builders.indicator(self.office, no, f"Indikator {no}", unit=unit)
        self.run = builders.start(self.office, "pengumpulan-unit")
        builders.prepare(self.office, self.run, [unit], everybody=self.office.units)
        builders.distribute(self.office, self.run)
        self.sheet = builders.sheet_of(self.run, unit)
        self.kasi = self.office.kasi[0]
        self.lines = list(self.sheet.lines.order_by("figure__no"))

    def next_quarter(self):
        """The same section's form of the quarter after."""
        self.run = builders.start_again(self.office, "pengumpulan-unit")
        builders.prepare(self.office, self.run, [self.office.units[2]], everybody=self.office.units, quarter=2)
        builders.distribute(self.office, self.run)
        self.sheet = builders.sheet_of(self.run, self.office.units[2])
        self.lines = list(self.sheet.lines.order_by("figure__no"))

    def amounts(self):
        saved = self.sheet.lines.order_by("figure__no").values_list("amount", flat=True)
        return [None if each is None else float(each) for each in saved]

    def open(self, page, live_url, who=None):
        officer = Officer(who or self.kasi, page).enter(live_url)
        officer.go(f"/isian/{self.sheet.pk}/")
        return officer

    def cell(self, page, no, column="v"):
        return page.locator(f"#{column}-{self.lines[no - 1].pk}")


@pytest.fixture
def grid(live_url):
    return Grid()


def _saved(page):
    """Everything typed has arrived: nothing waits on the device."""
    expect(page.locator("[data-strip]")).to_contain_text("Tersimpan pukul")
    page.evaluate(SENT)


def test_what_is_typed_before_the_script_has_come_is_saved_too(grid, page, live_url):
    held = []
    page.route("**/js/sheet*.js", lambda route: held.append(route), times=1)
    officer = Officer(grid.kasi, page).enter(live_url)
    page.goto(f"{live_url}/isian/{grid.sheet.pk}/", wait_until="commit")
    grid.cell(page, 1).fill("84,75")
    page.locator('[name^="n-"]').first.fill("Belum termasuk Desember.")
    for route in held:
        route.continue_()

    _saved(page)
    assert grid.amounts()[0] == 84.75
    officer.go(f"/isian/{grid.sheet.pk}/")
    expect(grid.cell(page, 1)).to_have_value("84,75")
    expect(page.locator('[name^="n-"]').first).to_have_value("Belum termasuk Desember.")


def test_a_block_from_an_english_excel_is_looked_at_applied_and_undone(grid, page, live_url):
    grid.open(page, live_url)
    grid.cell(page, 2).fill("12")
    _saved(page)
    texts = ["84.75", "1,234.5", "97.5%", "0.5", "n/a", "6", "7", "8", "9", "10"]

    grid.cell(page, 1).evaluate(PASTE, ["\n".join(texts) + "\n", ENGLISH])

    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("10 × 1 sel dari Excel → baris 1–10. 9 cocok, 1 tidak terbaca.")
    expect(preview.get_by_role("row").filter(has_text="n/a")).to_contain_text("bukan angka")
    expect(preview.get_by_role("row").filter(has_text="1,234.5")).to_contain_text("menggantikan 12")
    assert troubles(page) == []
    assert grid.amounts()[:2] == [None, 12]
    page.get_by_role("button", name="Terapkan 9").press("Enter")
    expect(grid.cell(page, 2)).to_have_value("1.234,5")
    _saved(page)
    expect(page.locator("tr.under").filter(has_text="seribu")).to_be_visible()
    assert grid.amounts() == [84.75, 1234.5, 97.5, 0.5, None, 6, 7, 8, 9, 10]

    expect(page.locator("[data-pasted]")).to_contain_text("9 isian ditempel.")

    page.keyboard.press("Control+z")

    expect(page.locator("[data-pasted]")).to_have_text(re.compile(r"^\s*Tempelan diurungkan\."))
    expect(page.get_by_role("button", name="Urungkan tempelan")).to_be_hidden()
    expect(grid.cell(page, 2)).to_have_value("12")
    expect(page.locator("[data-progress]")).to_have_text("1 dari 10 terisi")
    _saved(page)
    assert grid.amounts() == [None, 12, *[None] * 8]


def test_a_block_with_a_heading_and_rows_too_many_from_an_indonesian_excel(grid, page, live_url):
    grid.open(page, live_url)
    rows = ["Realisasi\tKeterangan", "84,75\tSurvei Juni", "1.234\t", "90\t"]

    grid.cell(page, 9).evaluate(PASTE, ["\r\n".join(rows) + "\r\n", INDONESIAN])

    preview = page.locator("[data-preview]")
    expect(preview).to_contain_text("3 × 2 sel dari Excel → baris 9–10. 3 cocok, 1 di luar formulir.")
    expect(preview).to_contain_text("Baris pertama dibaca sebagai judul kolom.")
    expect(preview).to_contain_text("Jumlah barisnya tidak sama dengan formulir.")
    preview.get_by_label("Titik, misalnya 84.75").check()
    expect(preview.get_by_role("row").filter(has_text="1.234")).to_contain_text("1,234")
    page.get_by_role("button", name="Batal").click()
    expect(preview).to_have_count(0)
    expect(grid.cell(page, 9)).to_be_focused()
    assert grid.amounts() == [None] * 10


def test_what_was_typed_outlives_a_broken_line_and_a_reload(grid, page, live_url):
    grid.open(page, live_url)
    page.route(re.compile(r"/isian/\d+/$"), _break_posts)
    grid.cell(page, 1).fill("84,75")
    grid.cell(page, 2).fill("90")
    grid.cell(page, 3).focus()
    strip = page.locator("[data-luring]")
    expect(strip).to_contain_text("Luring — 2 isian tersimpan di perangkat ini")

    page.reload()
    expect(strip).to_contain_text("Luring — 2 isian tersimpan di perangkat ini")
    expect(grid.cell(page, 1)).to_have_value("84,75")
    page.get_by_role("button", name="Periksa & ajukan").click()
    expect(strip).to_be_in_viewport()
    assert grid.amounts()[:3] == [None, None, None]
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator("details.usermenu summary").click()
    page.get_by_role("button", name="Keluar").click()
    assert len(asked) == 1 and "belum terkirim" in asked[0]
    expect(grid.cell(page, 2)).to_have_value("90")

    page.unroute(re.compile(r"/isian/\d+/$"))
    page.context.set_offline(True)
    grid.cell(page, 2).fill("91")
    page.context.set_offline(False)
    _saved(page)
    expect(strip).to_be_hidden()
    assert grid.amounts()[:3] == [84.75, 91, None]


def test_an_answer_lost_on_its_way_makes_no_conflict_with_oneself(grid, page, live_url):
    grid.open(page, live_url)
    lost = []
    page.route(re.compile(r"/isian/\d+/$"), lambda route: _lose_the_answer(route, lost))

    grid.cell(page, 1).fill("84,75")
    expect(page.locator("[data-luring]")).to_contain_text("Luring")
    grid.cell(page, 1).fill("84,76")

    _saved(page)
    assert lost == [200]
    assert (grid.amounts()[0], grid.sheet.lines.get(figure__no=1).rev) == (84.76, 2)


def test_the_end_of_a_session_keeps_what_was_typed_until_somebody_signs_in(grid, page, live_url):
    kasi = grid.open(page, live_url)
    page.context.clear_cookies()
    grid.cell(page, 1).fill("84,75")
    expect(page.locator("[data-luring]")).to_contain_text("Sesi Anda sudah berakhir. 1 isian tersimpan")
    way_in = page.locator("[data-luring]").get_by_role("link", name="Masuk lagi (jendela baru)")
    with page.expect_popup() as window:
        way_in.click()
    expect(window.value.get_by_role("heading", name="Masuk", level=1)).to_be_visible()

    kasi.enter(live_url)

    _saved(page)
    assert grid.amounts()[0] == 84.75


def test_what_came_too_late_for_the_form_is_shown_and_not_lost(live_url, page):
    grid = Grid(how_many=1)
    grid.open(page, live_url)
    builders.type_in(grid.office, grid.sheet, grid.kasi, "84,75")
    builders.submit(grid.office, grid.run, grid.office.units[2], grid.kasi)
    grid.cell(page, 1).fill("90")
    expect(page.get_by_role("alert")).to_contain_text("1 isian belum terkirim.")

    page.reload()

    leftover = page.locator("[data-leftover]")
    expect(leftover).to_contain_text("Indikator 1: 90")
    leftover.get_by_role("button", name="Buang isian ini").click()
    expect(leftover).to_be_hidden()
    assert (grid.amounts(), page.evaluate("localStorage.length")) == ([84.75], 0)


def test_a_number_with_its_comma_lost_is_put_right_with_one_press(live_url, page):
    grid = Grid(how_many=1)
    builders.type_in(grid.office, grid.sheet, grid.kasi, "84,75")
    builders.submit(grid.office, grid.run, grid.office.units[2], grid.kasi)
    grid.next_quarter()
    grid.open(page, live_url)
    cell = grid.cell(page, 1)
    cell.fill("8475")
    expect(page.locator("[data-hint]")).to_contain_text("8.475 jauh berbeda dari periode lalu (84,75).")

    page.get_by_role("button", name="Pakai 84,75").click()

    expect(page.locator("[data-hint]")).to_have_count(0)
    expect(cell).to_have_value("84,75")
    cell.fill("80")
    page.get_by_role("link", name="Sudah benar, tulis sebabnya").click()
    expect(grid.cell(page, 1, "n")).to_be_focused()
    page.keyboard.type("Survei diulang.")
    expect(page.get_by_role("link", name="Sudah benar, tulis sebabnya")).to_have_count(0)
    _saved(page)
    assert grid.amounts() == [80]


def _break_posts(route):
    route.abort() if route.request.method == "POST" else route.continue_()


def _lose_the_answer(route, lost):
    if lost or route.request.method != "POST":
        route.continue_()
        return
    lost.append(route.fetch().status)
    route.abort()


def _hold_first(route, held):
    """Keeps the first thing that is sent under way."""
    if held or route.request.method != "POST":
        route.continue_()
    else:
        held.append(route)


def test_two_people_in_one_cell_choose_between_their_versions(grid, new_page, live_url):
    deputy = grid.office.asn_of(grid.kasi)[0]
    Assignment.objects.create(
        instansi=grid.office.instansi, pegawai=deputy, jabatan=Assignment.objects.get(pegawai=grid.kasi).jabatan,
        start=date(2026, 1, 1), kind="plh", decree_number="800/7",
    )  # fmt: skip
    first, second = new_page(), new_page()
    grid.open(first, live_url)
    grid.open(second, live_url, deputy)
    for no, typed in ((1, "90"), (2, "92")):
        grid.cell(first, no).fill(typed)
        _saved(first)
    expect(first.locator("[data-progress]")).to_have_text("2 dari 10 terisi")

    for no in (1, 2):
        grid.cell(second, no).fill("70")
    versus = second.locator("[data-versus]")
    expect(versus).to_have_count(2)
    expect(versus.first).to_contain_text(f"{grid.kasi.full_name} juga mengubah sel ini pukul")
    assert troubles(second) == []
    second.reload()
    expect(versus).to_have_count(2)
    expect(versus.first).to_contain_text("70")
    versus.nth(0).get_by_role("button", name="Pakai isian saya").click()
    expect(versus).to_have_count(1)
    versus.nth(0).get_by_role("button", name="Pakai yang tersimpan").click()
    expect(versus).to_have_count(0)

    expect(grid.cell(second, 1)).to_have_value("70")
    expect(grid.cell(second, 2)).to_have_value("92")
    _saved(second)
    assert grid.amounts()[:2] == [70, 92]


def test_who_types_on_while_another_s_version_comes_in_chooses_too(grid, new_page, live_url):
    first, second = new_page(), new_page()
    grid.open(first, live_url)
    grid.open(second, live_url)
    grid.cell(first, 1).fill("90")
    _saved(first)
    held = []
    second.route(lambda url: True, lambda route: _hold_first(route, held))
    grid.cell(second, 1).fill("7")
    while not held:
        second.wait_for_timeout(50)
    answer = held[0].fetch()
    grid.cell(second, 1).press_sequentially("5")
    held[0].fulfill(response=answer)

    versus = second.locator("[data-versus]")
    expect(versus).to_have_count(1)
    expect(versus).to_contain_text("75")
    assert grid.amounts()[0] == 90
    versus.get_by_role("button", name="Pakai isian saya").click()
    _saved(second)
    assert grid.amounts()[0] == 75


def test_a_form_is_filled_by_keyboard_alone(grid, page, live_url):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.open(page, live_url)
    page.evaluate("navigator.clipboard.writeText('81\\n82\\n83\\n84\\n85\\n86\\n87\\n88\\n89\\n')")
    grid.cell(page, 1).focus()

    page.keyboard.type("80")
    page.keyboard.press("Enter")
    expect(grid.cell(page, 2)).to_be_focused()
    page.keyboard.press("Control+v")
    expect(page.get_by_role("button", name="Terapkan 9")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-progress]")).to_have_text("10 dari 10 terisi")
    expect(grid.cell(page, 2)).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(grid.cell(page, 2)).to_have_value("81")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Indikator 1", level=1)).to_be_visible()
    page.go_back()
    grid.cell(page, 10, "n").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Periksa & ajukan")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Periksa isian Anda")).to_be_visible()
    assert grid.amounts() == [80, 81, 82, 83, 84, 85, 86, 87, 88, 89]


def test_a_phone_fills_line_by_line_and_a_photo_outlives_a_broken_line(live_url, new_page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    grid = Grid(how_many=2)
    page = new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    grid.open(page, live_url)
    page.get_by_role("link", name="Indikator 1", exact=True).click()
    grid.cell(page, 1).fill("84,75")
    page.get_by_role("button", name="Simpan & berikutnya").click()
    expect(page.get_by_role("heading", name="Indikator 2", level=1)).to_be_visible()
    assert (sideways(page), page.evaluate(SMALL)) == ([], [])
    assert grid.amounts() == [84.75, None]

    page.route(re.compile(r"/baris/\d+/$"), _break_posts)
    size = page.evaluate(PHOTO)
    page.get_by_role("button", name="Lampirkan bukti").click()
    expect(page.locator("#bukti")).to_contain_text("bukti.jpg masih ada di perangkat ini")
    page.unroute(re.compile(r"/baris/\d+/$"))
    page.reload()

    expect(page.locator("#bukti").get_by_role("link", name="bukti.jpg")).to_be_visible()
    evidence = Evidence.objects.get()
    assert size > 1_000_000 > evidence.size
