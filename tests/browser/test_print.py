"""What comes out of the printer: borders stand on the sheet, and signatures stand with what they are under."""

import re

import pytest
from django.db import transaction
from django.utils import timezone

from runut.documents.actions.versions import keep
from runut.documents.queries import content_of, main_document
from runut.documents.rules.paper import LYING, UPRIGHT
from runut.planning.models import Plan
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.collection import builders as collected
from tests.collection.builders import sheet_of
from tests.correction import builders as cases
from tests.documents import builders
from tests.harness.printed import sheets_of
from tests.sop.play import do

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
# The print of a long report: many rows, a target that is missed in words, long names, and money in every quarter.
LONG = "Persentase desa yang pertanggungjawabannya diselesaikan dengan baik dan tepat waktu sesuai ketentuan"
SPACER = """() => {
    const room = document.createElement("div")
    room.id = "spacer"
    document.querySelector("main .scroll").before(room)
}"""
# A correction's rows over and over, each with what is said under it, and numbered.
MANY_PAIRS = """() => {
    const table = document.querySelector("main table.grid")
    const [first, under] = table.querySelectorAll("tbody tr")
    const own = first.parentElement.rows.length === 2
    for (let no = 1; no <= 40; no += 1) {
        const pair = [first.cloneNode(true), under.cloneNode(true)]
        pair[0].querySelector("th").textContent = `Mulai${no}x`
        pair[1].querySelector("td").textContent = `Selesai${no}x ` + "kata ".repeat(60)
        const body = own ? first.parentElement.cloneNode(false) : first.parentElement
        body.append(...pair)
        table.append(body)
    }
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


def test_the_head_of_a_table_never_stands_on_a_sheet_without_a_row(signed, page, live_url):
    office, run = signed
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(main_document(run).get_absolute_url())
    page.evaluate(MANY_ROWS)
    page.evaluate(SPACER)

    on_first = set()
    for height in range(300, 560, 20):
        page.evaluate("(height) => { document.getElementById('spacer').style.height = `${height}px` }", height)
        sheets = sheets_of(page.pdf(prefer_css_page_size=True))
        with_head = [text for text in sheets if "Indikatorkinerja" in text]
        on_first.add(with_head[0] is sheets[0])
        assert all(re.search("Nilaikepuasan|Berkasselesai|Pengaduanyang", text) for text in with_head), height
    assert on_first == {True, False}


def test_what_is_said_under_a_figure_stands_on_the_sheet_of_the_figure(live_url, page):
    office = build_office()
    person = office.asn_of(office.kasi[0])[0]
    source = cases.validated(office, [person])
    case = cases.open_case(office, source, {cases.figures(source, person)[0]: "salah bulan"}, code="kintom")
    do(office, case.run, "teliti", office.camat)
    cases.give_order(office, case.run)
    do(office, case.run, "koordinasi", office.sekretaris)
    do(office, case.run, "teruskan", office.kasubag)
    cases.repair(office, case.run, person, person, "82,5")
    Officer(office.camat, page).enter(live_url).go(f"/isian/{sheet_of(case.run, person).pk}/cetak/")
    page.evaluate(MANY_PAIRS)
    page.evaluate(SPACER)

    for height in range(0, 140, 20):
        page.evaluate("(height) => { document.getElementById('spacer').style.height = `${height}px` }", height)
        sheets = sheets_of(page.pdf(prefer_css_page_size=True))
        assert len(sheets) > 2
        for no in range(1, 41):
            [sheet] = [text for text in sheets if f"Mulai{no}x" in text]
            assert f"Selesai{no}x" in sheet, (height, no)


def test_every_sheet_of_a_replaced_version_says_so(signed, page, live_url):
    office, run = signed
    content = content_of(main_document(run))
    other = {**content, "blocks": [*content["blocks"], {"kind": "paragraph", "text": "Baru."}]}
    first = main_document(run)
    with transaction.atomic():
        keep(run, other, by=office.actor(office.camat), at=timezone.now())
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(first.get_absolute_url())
    page.evaluate(MANY_ROWS)

    sheets = sheets_of(page.pdf(prefer_css_page_size=True))

    assert len(sheets) > 2
    assert ["Digantikanolehversi2" in text for text in sheets] == [True] * len(sheets)
    assert "Bukaversiitu" not in "".join(sheets)


def report(content, columns, rows):
    """What a report says that has such a table, made of the data of another document."""
    table = {
        "kind": "table", "caption": "Pengukuran kinerja",
        "columns": columns, "groups": [{"label": "", "member": "", "rows": rows}],
    }  # fmt: skip
    ending = [{"kind": "heading", "text": "BAB IV PENUTUP", "level": 2}, {"kind": "paragraph", "text": "Simpulan."}]
    return {**content, "kind": "report", "title": "Laporan Kinerja (LKjIP) Tahun 2026", "blocks": [table, *ending]}


@pytest.mark.parametrize("figure", ["84,75 *", "1.250.000.000,75", "1.250.000.000.000,75 (tanpa Triwulan II)"])
def test_a_long_report_repeats_its_heads_keeps_rows_whole_and_stays_within_a4(signed, page, live_url, figure):
    office, run = signed
    names = ["Target", "Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV", "Realisasi setahun"]
    heads = ["No", "Sasaran", "Indikator kinerja", "Satuan", *names, "Capaian", "Predikat"]
    columns = [{"label": head, "kind": "number" if head in (*names, "Capaian") else "text"} for head in heads]
    late = "Belum lengkap: Triwulan II dan Triwulan III belum ada."
    rows = [
        [f"{no}.", "Meningkatnya akuntabilitas kinerja kecamatan", f"Mulai{no} {LONG} Selesai{no}", "persen"]
        + [figure] * 6 + [late if no % 4 == 0 else "101,18%", "Sangat Tinggi"]
        for no in range(1, 41)
    ]  # fmt: skip
    content = report(content_of(main_document(run)), columns, rows)
    with transaction.atomic():
        document = keep(run, content, by=office.actor(office.camat), at=timezone.now())
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(document.get_absolute_url())
    lying = page.locator("main .paper-wide").count() == 1

    sheets = sheets_of(page.pdf(format="A4", landscape=lying, prefer_css_page_size=False))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": LYING if lying else UPRIGHT, "height": 1400})
    beyond = page.evaluate(BEYOND)

    assert max(beyond) <= 0
    assert len(sheets) > 2
    for no in range(1, 41):
        [sheet] = [text for text in sheets if f"Mulai{no}Persentase" in text]
        assert f"Selesai{no}" in sheet
    with_rows = [text for text in sheets if re.search(r"Mulai\d", text)]
    assert [text.count("Indikatorkinerja") for text in with_rows] == [1] * len(with_rows)
    [last] = [text for text in sheets if "dicatatoleh" in text]
    assert "BABIVPENUTUP" in last and "Simpulan." in last


def test_the_tree_is_printed_from_its_first_sheet_and_whole(live_url, page):
    office = build_office()
    collected.collection_of_units(office, office.units[2:4], how_many=3)
    plan = Plan.objects.get(office=office.office)
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(f"/rencana/{plan.pk}/pohon/")

    small = sheets_of(page.pdf(prefer_css_page_size=True))
    collected.give_indicators(office, units=office.units[4:6], how_many=3)
    camat.go(f"/rencana/{plan.pk}/pohon/")
    large = sheets_of(page.pdf(prefer_css_page_size=True))

    assert "Meningkatnyamutupelayanan" in small[0] and "Meningkatnyamutupelayanan" in large[0]
    assert page.locator(".tree-scroll.no-print").count() == 1
    code = plan.office.indicators.order_by("pk").first().code
    assert any(code in text for text in large[: large.index(next(one for one in large if "Sebagaidaftar" in one))])
    page.emulate_media(media="print")
    letters = page.locator(".tree-pages .tree text").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
    )
    assert min(letters) >= 8.5 * 96 / 72
    assert all(len(text) > 40 for text in (*small, *large))
