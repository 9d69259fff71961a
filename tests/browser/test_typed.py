"""What was typed on a page of work stays in its tab until the act was taken, also through the end of a session."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.officer import Officer
from tests.cast import PASSWORD, build_office
from tests.collection import builders
from tests.correction import builders as cases
from tests.harness.accessibility import troubles
from tests.sop.play import install, open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NOTE = "Responden bulan Juli terhitung dua kali."
BACK = "Yang tadi Anda ketik di halaman ini belum dikirim."


@pytest.fixture
def office(live_url):
    return build_office()


@pytest.fixture
def sheet(office):
    unit, other = office.units[2:4]
    run = builders.collection_of_units(office, [unit, other], how_many=2)
    builders.fill_in(office, run, unit, "84,75", "90", who=office.kasi[0])
    return builders.sheet_of(run, unit)


@pytest.fixture
def checker(office, sheet, page, live_url):
    checker = Officer(office.sekretaris, page).enter(live_url)
    checker.go(f"/validasi/{sheet.pk}/")
    return checker


def write_a_note(checker):
    checker.page.get_by_label("Beri catatan").first.check()
    checker.page.locator(".ready input").first.check()
    checker.page.locator("[name^=note-]").first.fill(NOTE)


def a_note_is_there(checker, *, told):
    """The note, its tick and its ready words; told or not that they come from this tab."""
    expect(checker.page.locator("[name^=note-]").first).to_have_value(NOTE)
    expect(checker.page.get_by_label("Beri catatan").first).to_be_checked()
    expect(checker.page.locator(".ready input").first).to_be_checked()
    expect(checker.page.get_by_label("Sesuai").last).to_be_checked()
    expect(checker.page.locator("[data-typed]")).to_be_visible(visible=told)


def nothing_is_there(officer):
    expect(officer.page.locator("[data-typed]")).to_be_hidden()
    expect(officer.page.locator("[name^=note-]").first).to_have_value("")
    expect(officer.page.get_by_label("Beri catatan").first).not_to_be_checked()


def test_a_checkers_notes_are_put_back_after_a_reload_until_they_are_thrown_away(checker):
    write_a_note(checker)

    checker.page.reload()

    checker.sees(BACK)
    a_note_is_there(checker, told=True)
    assert troubles(checker.page) == []
    assert checker.page.locator("[aria-live=polite] [data-typed]").count() == 1
    checker.page.get_by_role("button", name="Buang ketikan ini").click()
    checker.sees("Ketikan tadi sudah dibuang.")
    expect(checker.page.get_by_label("Beri catatan").first).not_to_be_checked()
    checker.page.reload()
    nothing_is_there(checker)


def test_a_return_after_the_session_ended_was_not_sent_says_so_and_loses_nothing(checker, sheet, office):
    write_a_note(checker)
    checker.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    checker.press("return")

    checker.sees("Tindakan tadi belum terkirim")
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    checker.field("NIP atau surel").fill(office.sekretaris.nip)
    checker.page.get_by_label("Kata sandi").fill(PASSWORD)
    checker.main.get_by_role("button", name="Masuk", exact=True).click()
    expect(checker.page).to_have_url(f"/validasi/{sheet.pk}/")
    a_note_is_there(checker, told=True)
    checker.press("return")
    checker.told("dikembalikan")
    assert sheet.lines.get(verdict="noted").verdict_note.endswith(NOTE)


def test_nothing_is_put_back_after_an_act_that_was_taken(checker, sheet, office):
    write_a_note(checker)
    checker.press("return")
    checker.told("dikembalikan")
    builders.fill_in(office, sheet.period.run, office.units[2], "85", who=office.kasi[0])

    checker.go(f"/validasi/{sheet.pk}/")

    expect(checker.page.locator("[data-typed]")).to_be_hidden()
    expect(checker.page.locator("[name^=note-]").first).to_have_value("")


def test_a_refused_act_shows_what_was_sent_and_keeps_it(checker, sheet):
    checker.page.get_by_label("Beri catatan").first.check()
    checker.press("return")
    checker.warned("catatan")
    checker.page.locator("[name^=note-]").first.fill(NOTE)

    checker.go("/tugas/")
    checker.go(f"/validasi/{sheet.pk}/")

    expect(checker.page.locator("[name^=note-]").first).to_have_value(NOTE)
    expect(checker.page.get_by_label("Beri catatan").first).to_be_checked()


def test_another_person_at_the_same_tab_sees_nothing_of_it(checker, sheet, office, live_url):
    write_a_note(checker)
    admin = Officer(office.camat, checker.page).enter(live_url)

    for path in (f"/validasi/{sheet.pk}/", "/tugas/"):
        admin.go(path)
        expect(admin.page.locator("[data-typed]")).to_be_hidden()
        assert NOTE not in admin.page.content()

    checker.enter(live_url)
    checker.go(f"/validasi/{sheet.pk}/")
    a_note_is_there(checker, told=True)


def test_the_page_that_opens_a_case_puts_back_its_ticks_and_words(office, page, live_url):
    install(office, "ngoro")
    run = cases.signed(office, office.units[2:4])
    camat = Officer(office.camat, page).enter(live_url)
    address = f"/perbaikan/buka/?run={run.pk}"
    camat.go(address)
    while (folded := camat.main.locator("details.fold:not([open]) > summary")).count():
        folded.first.click()
    camat.page.locator("[name=item]").first.check()
    camat.page.locator("[name^=what-]").first.fill(NOTE)
    camat.field("Alasan perbaikan").fill("Hasil pemeriksaan rekap.")

    camat.page.reload()

    camat.sees(BACK)
    expect(camat.page.locator("[name=item]").first).to_be_checked()
    expect(camat.page.locator("[name^=what-]").first).to_have_value(NOTE)
    expect(camat.page.locator("[name^=what-]").first).to_be_visible()
    expect(camat.field("Alasan perbaikan")).to_have_value("Hasil pemeriksaan rekap.")


def test_an_order_and_a_plan_are_put_back_and_their_next_pages_are_blank(office, page, live_url):
    install(office, "ngoro")
    run = cases.signed(office, office.units[2:4])
    case = cases.open_case(office, run, {cases.figures(run, office.units[2])[0]: "bulan April ikut terhitung"})
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(f"/tugas/{open_task(case.run, 'perintah').pk}/perintah/")
    camat.write({"Nomor surat": "800/17/2026", "Isi perintah": "Agar diperbaiki."})
    for seat, role in enumerate(["Ketua", "Anggota"]):
        page.locator("#tim select").nth(seat).select_option(label=role)

    camat.page.reload()

    camat.sees(BACK)
    expect(camat.field("Nomor surat")).to_have_value("800/17/2026")
    camat.act().told("Perintah sudah dikirim.")
    kasubag = Officer(office.kasubag, page).enter(live_url)
    kasubag.go(f"/tugas/{open_task(case.run, 'rencana').pk}/rencana/")
    expect(page.locator("[data-typed]")).to_be_hidden()
    kasubag.field("Bukti yang diperlukan untuk").fill("Rekap yang ditandatangani.")
    page.reload()
    expect(kasubag.field("Bukti yang diperlukan untuk")).to_have_value("Rekap yang ditandatangani.")
