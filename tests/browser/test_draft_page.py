"""The chapters of the yearly report save themselves while somebody writes."""

import re

import pytest
from playwright.sync_api import expect

from runut.documents.models import ReportDraft
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.documents import builders
from tests.sop.play import open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TYPED = "Kecamatan melayani dua belas desa."


@pytest.fixture
def writer(live_url, page):
    office = build_office()
    run = builders.yearly(office, office.units[2:4])
    writer = Officer(office.kasubag, page).enter(live_url)
    writer.go(f"/tugas/{open_task(run, 'draf').pk}/konsep/")
    return writer


def kept():
    return [draft.chapters["1"] for draft in ReportDraft.objects.all()]


def test_a_chapter_is_saved_a_moment_after_the_last_key(writer):
    status = writer.page.locator("[data-kept]")

    writer.field("BAB I").press_sequentially(TYPED)
    expect(status).to_have_text("Belum tersimpan.")

    expect(status).to_contain_text("Konsep tersimpan pukul")
    assert kept() == [TYPED]


def test_a_chapter_is_still_there_when_the_page_is_loaded_anew_right_after_the_last_key(writer):
    writer.field("BAB I").press_sequentially(TYPED)

    writer.page.reload()

    expect(writer.field("BAB I")).to_have_value(TYPED)
    expect(writer.page.locator("[data-kept]")).to_be_visible()


def test_a_chapter_survives_the_end_of_a_session(writer, live_url):
    page, status = writer.page, writer.page.locator("[data-kept]")
    page.context.clear_cookies()

    writer.field("BAB I").fill(TYPED)
    expect(status).to_contain_text("Belum tersimpan")
    page.locator('button[name="save"][value="1"]').click()

    expect(writer.field("BAB I")).to_have_value(TYPED)
    assert kept() == []


def test_two_windows_write_two_chapters_and_a_stale_one_says_so(writer):
    status = writer.page.locator("[data-kept]")
    other = Officer(writer.pegawai, writer.page.context.new_page())
    other.page.goto(writer.page.url)
    writer.field("BAB I").fill(TYPED)
    writer.field("BAB I").blur()
    expect(status).to_contain_text("Konsep tersimpan pukul")

    other.field("BAB II").fill("Perjanjian Kinerja memuat enam sasaran.")
    other.field("BAB II").blur()
    expect(other.page.locator("[data-kept]")).to_contain_text("Konsep tersimpan pukul")
    writer.field("BAB I").fill(f"{TYPED} Penduduknya bertambah.")
    writer.field("BAB I").blur()
    expect(status).to_have_text(re.compile("Konsep tersimpan pukul"))
    writer.page.wait_for_function("() => !document.querySelector('[data-kept]').textContent.includes('Belum')")

    chapters = ReportDraft.objects.get().chapters
    assert chapters["1"].endswith("bertambah.") and chapters["2"].startswith("Perjanjian")
    other.field("BAB I").fill("Teks lama.")
    other.field("BAB I").blur()
    expect(other.page.locator("[data-kept]")).to_contain_text("BAB I PENDAHULUAN sudah disimpan")
    assert ReportDraft.objects.get().chapters["1"] == chapters["1"]


def test_whoever_leaves_while_nothing_can_be_sent_is_asked_first(writer):
    page, asked = writer.page, []
    writer.field("BAB I").click()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    writer.field("BAB I").press_sequentially(TYPED)

    page.get_by_role("link", name="Perbaikan").first.click(no_wait_after=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    expect(writer.field("BAB I")).to_have_value(TYPED)
    page.context.set_offline(False)
