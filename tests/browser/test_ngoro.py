"""Ngoro in the browser: a delivered figure is reported wrong, repaired by its PPTK, decided, signed by all of them."""

import pytest
import time_machine
from playwright.sync_api import expect

from runut.documents.models import Document
from runut.web.demo.offices import NGORO
from tests.browser import by_sheet, cases
from tests.browser.driver import Scene
from tests.harness.accessibility import troubles
from tests.scenarios.stage import MORNING, Play, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SATISFACTION = "Indeks Kepuasan Masyarakat (IKM)"
COMPLAINTS = "Gangguan ketenteraman dan ketertiban yang ditangani lebih dari 1x24 jam"


@pytest.fixture
def scene(live_url, new_page):
    with time_machine.travel(MORNING, tick=True):
        play = Play(NGORO)
        play.collection = play.start("pengumpulan-unit", "pengolah")
        play.to_the_end()
        yield Scene(play, new_page, live_url)


@pytest.mark.requirement(
    "R-NGORO-9", "R-NGORO-11", "R-NGORO-12", "R-NGORO-13", "R-NGORO-14", "R-NGORO-15", "R-NGORO-16",
    "R-NGORO-18", "R-NGORO-19", "R-NGORO-20", "R-NGORO-21", "R-NGORO-22", "R-NGORO-23", "R-NGORO-24",
    "R-NGORO-25", "R-NGORO-26",
)  # fmt: skip
def test_a_delivered_figure_is_corrected_by_its_stakeholders(scene):
    a_section_head_reports(scene)
    case = the_camat_opens_the_case(scene)
    scene.do("perintah")
    scene.do("rencana", cause="Rekap bulanan tidak dicocokkan.")
    the_stakeholders_repair(scene)
    scene.do("himpun")
    scene.do("lapor")
    the_meeting_sends_one_figure_back_and_then_decides(scene, case)
    number_and_parafs(scene)
    one_refuses_and_then_all_sign(scene)
    scene.do("arsip")

    scene.play.run.refresh_from_db()
    assert scene.play.run.state == "done"
    old_and_new_stay_readable(scene, case)


def a_section_head_reports(scene):
    """From the period to the unit's form, to the figure, to its history."""
    kasi = scene.officer("kasi_pel")
    kasi.go("/periode/2026/3/")
    kasi.main.get_by_role("link", name="Seksi Pelayanan", exact=True).click()
    kasi.main.get_by_role("link", name=SATISFACTION, exact=True).click()
    kasi.main.get_by_role("link", name="Riwayat angka").click()
    cases.report_error(kasi, SATISFACTION, what="Responden bulan Juli terhitung dua kali.", proposed="83,5")
    kasi.sees("Responden bulan Juli terhitung dua kali.", "83,5")


def the_camat_opens_the_case(scene):
    camat = scene.officer("camat")
    camat.go("/kesalahan/")
    camat.sees("Responden bulan Juli terhitung dua kali.")
    camat.main.get_by_role("link", name="Perintahkan perbaikan").click()
    expect(camat.row(SATISFACTION).get_by_role("checkbox")).to_be_checked()
    cases.choose(camat, {COMPLAINTS: "Satu pengaduan tercatat ganda."})
    case = cases.open_case(camat, scene.play, reason="Hasil pemeriksaan rekap.")
    camat.sees(SATISFACTION, COMPLAINTS)
    camat.go("/kesalahan/?status=accepted")
    return case


def the_stakeholders_repair(scene):
    people = {"kasi_pel": (SATISFACTION, "83,75"), "kasi_trantib": (COMPLAINTS, "3")}
    for job, (name, typed) in people.items():
        task, officer = scene.open("perbaiki", member(scene.play.person(job)))
        by_sheet.fill(officer, scene.world, task, typed={name: typed})


def the_meeting_sends_one_figure_back_and_then_decides(scene, case):
    scene.do(
        "rapat", decisions={SATISFACTION: "Tunda, kembalikan untuk diperbaiki"}, outcome="return",
        reason="Bukti IKM kurang.",
    )  # fmt: skip
    assert scene.play.open_steps() == ["perbaiki"]
    _task, kasi = scene.open("perbaiki", member(scene.play.person("kasi_pel")))
    kasi.sees("Bukti IKM kurang.")
    cases.repair(kasi, SATISFACTION, "83,5")
    by_sheet.hand_in(kasi)
    scene.do("himpun")
    scene.do("lapor")
    scene.do("rapat")
    sekcam = scene.officer("sekcam")
    sekcam.go(f"{case.get_absolute_url()}berita-acara/")
    sekcam.sees("Berita acara rapat", "Ruang rapat", "Pakai angka baru", "83,5")
    assert troubles(sekcam.page) == []


def number_and_parafs(scene):
    scene.do("paraf_kasubag")
    scene.do("paraf_sekretaris")
    scene.do("agenda")


def one_refuses_and_then_all_sign(scene):
    first, second = (member(scene.play.person(job)) for job in ("kasi_pel", "kasi_trantib"))
    scene.do("tandatangan", first)
    _task, kasi = scene.open("tandatangan", second)
    kasi.sees("1 dari 2 sudah")
    scene.send_back("tandatangan", member=second, reason="Jumlah pengaduan belum benar.")
    assert scene.play.open_steps() == ["rapat"]
    scene.do("rapat")
    number_and_parafs(scene)
    _task, kasi = scene.open("tandatangan", second)
    kasi.sees_no("belum diperiksa")
    assert kasi.page.get_by_text("Diparaf", exact=True).count() == 2
    scene.do("tandatangan", second)
    scene.do("tandatangan", first)


def old_and_new_stay_readable(scene, case):
    camat = scene.officer("camat")
    camat.go(case.get_absolute_url())
    camat.sees("Ditutup", "Pakai angka baru")
    camat.go(cases.figure_of(scene.play, "IKU-01").get_absolute_url())
    expect(camat.main.locator("del").last).to_have_text("84,75")
    expect(camat.main.locator("ins").first).to_have_text("83,5")
    original = Document.objects.get(run=scene.play.collection)
    camat.go(original.get_absolute_url())
    camat.sees("84,75", "Ditandatangani", "sudah diperbaiki sesudahnya")
