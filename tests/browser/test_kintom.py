"""Kintom in the browser: a figure found wrong before the signature is repaired, and the signature waits."""

import pytest
import time_machine
from playwright.sync_api import expect

from runut.collection.models import Sheet
from runut.web.demo.offices import KINTOM
from tests.browser import by_sheet, cases
from tests.browser.driver import Scene
from tests.harness.accessibility import troubles
from tests.scenarios.stage import MORNING, Play, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

INDICATOR = "Persentase layanan selesai tepat waktu"
WHY = {"cause": "Rekap bulan Juli terlewat.", "reason": "Disesuaikan dengan buku layanan."}


@pytest.fixture
def scene(live_url, new_page):
    with time_machine.travel(MORNING, tick=True):
        play = Play(KINTOM)
        play.collection = play.start("pengumpulan-pegawai", "adm_umum")
        play.until("tandatangan")
        yield Scene(play, new_page, live_url)


@pytest.fixture
def staff(scene):
    return scene.play.person("pel_pem")


@pytest.fixture
def old(scene, staff):
    """What the employee had handed in, and the Kasi and the Sekretaris had let pass."""
    return scene.world.actual(f"IKI-11-2.{staff.pk}")


@pytest.mark.requirement(
    "R-KINTOM-9", "R-KINTOM-10", "R-KINTOM-11", "R-KINTOM-12", "R-KINTOM-13", "R-KINTOM-14", "R-KINTOM-15",
    "R-KINTOM-16", "R-KINTOM-17", "R-KINTOM-18", "R-KINTOM-19", "R-KINTOM-21",
)  # fmt: skip
def test_a_figure_found_wrong_before_the_signature_is_repaired_and_then_signed(scene, staff, old):
    play = scene.play
    case = verify_again(scene, staff)
    the_order_reaches_the_one_who_repairs(scene, staff)
    the_repair_says_why(scene, staff, old)
    the_section_head_sends_it_back_once(scene, staff)
    gather(scene)
    the_secretary_sends_back_a_wrong_figure_then_a_wrong_recap(scene, staff)
    scene.do("tandatangan")

    play.run.refresh_from_db()
    assert play.run.state == "done"
    the_dossier_shows_before_and_after(scene, case, old)
    the_collection_is_initialled_again_and_signed(scene, staff)


def verify_again(scene, staff):
    """On the sign page the Camat doubts a figure; the signature is held from then on."""
    _task, camat = scene.open("tandatangan")
    camat.main.get_by_role("link", name="Verifikasi ulang").click()
    cases.choose(camat, {INDICATOR: "Buku layanan mencatat 93,2."}, search=staff.full_name)
    case = cases.open_case(camat, scene.play, reason="Selisih dengan buku layanan.")
    camat.sees("tanda tangan ditahan")
    held = scene.play.task("tandatangan", run=scene.play.collection)
    camat.go(f"/tugas/{held.pk}/")
    camat.sees(case.code)
    return case


def the_order_reaches_the_one_who_repairs(scene, staff):
    _task, camat = scene.open("teliti")
    first = camat.main.locator("details.examined").first
    expect(first).to_contain_text(staff.full_name)
    expect(first.get_by_role("checkbox")).to_be_checked()
    scene.do("teliti")
    scene.do("perintah", team={})
    scene.do("koordinasi", to=scene.play.person("sungram"))
    scene.do("teruskan", to=staff)


def the_repair_says_why(scene, staff, old):
    """The old figure stands beside the new one; cause and reason are asked for."""
    _task, officer = scene.open("perbaiki", member(staff))
    expect(officer.row(INDICATOR).locator("del")).to_have_text(old)
    cases.repair(officer, INDICATOR, "93")
    officer.warned("tulis penyebab kesalahannya")
    officer.warned("tulis alasan perubahannya")
    officer.main.get_by_role("link", name=staff.full_name).click()
    cases.repair(officer, INDICATOR, "93", **WHY)
    by_sheet.hand_in(officer)


def the_section_head_sends_it_back_once(scene, staff):
    kasi = scene.do("koreksi", member(staff), notes={INDICATOR: "Buku layanan menyebut 93,2."})
    assert kasi.pegawai == scene.play.person("kasi_pem")
    task, officer = scene.open("perbaiki", member(staff))
    assert task.round == 2
    officer.sees("Catatan pemeriksa: Buku layanan menyebut 93,2.")
    cases.repair(officer, INDICATOR, "93,2")
    by_sheet.hand_in(officer)
    scene.do("koreksi", member(staff))


def gather(scene):
    scene.do("sampaikan")
    scene.do("rekap")


def the_secretary_sends_back_a_wrong_figure_then_a_wrong_recap(scene, staff):
    scene.send_back("paraf", reason="Angka masih keliru.", chosen=[staff.full_name])
    _task, officer = scene.open("perbaiki", member(staff))
    officer.sees("Angka masih keliru.")
    cases.repair(officer, INDICATOR, "93,4")
    by_sheet.hand_in(officer)
    scene.do("koreksi", member(staff))
    gather(scene)
    scene.send_back("paraf", outcome="return_recap", reason="Rekap kurang satu penjelasan.")
    assert scene.play.open_steps() == ["rekap"]
    _task, evlap = scene.open("rekap")
    evlap.sees("Rekap kurang satu penjelasan.")
    scene.do("rekap")
    scene.do("paraf")


def the_dossier_shows_before_and_after(scene, case, old):
    camat = scene.officer("camat")
    camat.go(case.get_absolute_url())
    line = cases.item(camat, INDICATOR)
    expect(line.get_by_role("cell").first.locator("del")).to_have_text(old)
    expect(line.locator("ins").last).to_have_text("93,4")
    expect(line).to_contain_text(WHY["cause"])
    camat.sees("Ditutup")
    assert troubles(camat.page) == []


def the_collection_is_initialled_again_and_signed(scene, staff):
    """The held collection goes on; what was initialled is no longer what is to be signed."""
    collection = scene.play.collection
    collection.refresh_from_db()
    assert collection.state == "running"
    _task, camat = scene.open("tandatangan", run=collection)
    camat.sees("Belum dapat ditandatangani", "Paraf tidak berlaku lagi")
    expect(camat.main.get_by_label("Kata sandi Anda")).to_have_count(0)
    for job in ("kasi_pem", "sekcam"):
        officer = scene.officer(job)
        camat.sees(officer.pegawai.full_name)
        officer.go("/tugas/")
        officer.main.get_by_role("link", name="Paraf ulang").click()
        again = officer.page.url
        others = officer.sees_no if job == "kasi_pem" else officer.sees
        others(scene.play.person("pel_trantib").full_name)
        officer.sees("Isi dokumen berubah sejak Anda memaraf.", staff.full_name, "93,4")
        assert troubles(officer.page) == []
        officer.main.get_by_role("button", name="Paraf ulang").click()
        officer.told("1 paraf diperbarui")
    assert scene.of(staff).page.goto(again).status == 404
    scene.do("tandatangan", run=collection)

    collection.refresh_from_db()
    assert collection.state == "done"
    assert set(Sheet.objects.filter(run=collection).values_list("state", flat=True)) == {"signed"}
    figure = scene.play.case.items.get().figure
    assert [str(value.amount.normalize()) for value in figure.values.order_by("no")][1:] == ["93", "93.2", "93.4"]
