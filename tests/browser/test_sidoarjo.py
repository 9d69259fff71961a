"""Sidoarjo in the browser: adequacy judged, review and verification apart, signed, delivered, received, archived."""

import pytest
import time_machine
from playwright.sync_api import expect

from runut.documents.models import Dispatch, Document, Signature
from runut.web.demo.offices import SIDOARJO
from tests.browser import by_paper, by_sheet, cases
from tests.browser.driver import Scene
from tests.scenarios.stage import MORNING, Play, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PROMOTED = "Industri kecil yang naik kelas"
PRICES = "Koefisien keragaman harga bahan pokok"


@pytest.fixture
def scene(live_url, new_page):
    with time_machine.travel(MORNING, tick=True):
        play = Play(SIDOARJO)
        play.collection = play.start("pengumpulan-unit", "pengolah")
        play.to_the_end()
        yield Scene(play, new_page, live_url)


@pytest.mark.requirement(
    "R-SIDOARJO-10", "R-SIDOARJO-16", "R-SIDOARJO-17", "R-SIDOARJO-20", "R-SIDOARJO-23", "R-SIDOARJO-26",
    "R-SIDOARJO-27", "R-SIDOARJO-28", "R-SIDOARJO-29", "R-SIDOARJO-30", "R-SIDOARJO-31", "R-SIDOARJO-32",
    "R-SIDOARJO-33", "R-SIDOARJO-34",
)  # fmt: skip
def test_the_correction_is_judged_verified_signed_delivered_and_archived(scene):
    case = the_head_opens_the_case(scene)
    scene.do("perintah")
    scene.do("rencana")
    the_stakeholders_repair(scene)
    one_repair_is_not_enough(scene)
    report_and_meet(scene)
    scene.do("reviu", remark="Uraian sudah jelas.")
    the_verification_fails_once(scene)
    scene.do("paraf")
    scene.do("agenda")
    the_stakeholders_sign_and_then_the_head(scene)
    scene.do("sampaikan")
    scene.do("arsip")

    scene.play.run.refresh_from_db()
    assert scene.play.run.state == "done"
    the_receipt_follows(scene)
    the_dossier_tells_it_all(scene, case)


def the_head_opens_the_case(scene):
    kadis = scene.officer("kadis")
    kadis.go("/perbaikan/")
    kadis.main.get_by_role("link", name="Buka perbaikan").click()
    kadis.main.get_by_role("link", name="Triwulan III 2026").click()
    wrong = {PROMOTED: "Satu usaha tercatat dua kali.", PRICES: "Harga pekan terakhir belum masuk."}
    cases.choose(kadis, wrong)
    return cases.open_case(kadis, scene.play, reason="Hasil pencocokan dengan laporan bidang.")


def the_stakeholders_repair(scene):
    people = {"kabid_ind": (PROMOTED, "15"), "kabid_dag": (PRICES, "7,9")}
    for job, (name, typed) in people.items():
        task, officer = scene.open("perbaiki", member(scene.play.person(job)))
        by_sheet.fill(officer, scene.world, task, typed={name: typed})


def one_repair_is_not_enough(scene):
    """Whoever gathers judges each figure; one does not suffice and goes back to its PPTK alone."""
    kabid = scene.play.person("kabid_ind")
    task, officer = scene.open("himpun")
    by_paper.judge(officer)
    judged = officer.main.locator("fieldset", has=officer.page.locator("legend", has_text=PROMOTED))
    judged.get_by_role("group", name="Penyebab kesalahan sudah hilang?").get_by_label("Tidak").check()
    judged.get_by_label("Catatan").fill("Daftar usahanya belum dicocokkan.")
    officer.act()
    officer.warned(f"Perbaikan ini belum memadai: {PROMOTED}, ")
    officer.unfold("Ada yang perlu diperbaiki?")
    officer.main.get_by_role("checkbox", name=kabid.full_name).check()
    officer.act("return", reason="Penyebabnya belum hilang.").told(f"Dikembalikan dari langkah “{task.text}”")
    assert scene.play.open_steps() == ["perbaiki"]
    _task, repairer = scene.open("perbaiki", member(kabid))
    repairer.sees("Penyebabnya belum hilang.", "Daftar usahanya belum dicocokkan.")
    cases.repair(repairer, PROMOTED, "14")
    by_sheet.hand_in(repairer)


def report_and_meet(scene):
    scene.do("himpun")
    scene.do("lapor")
    scene.do("rapat")


def the_verification_fails_once(scene):
    scene.send_back("verifikasi", reason="Bukti harga belum lengkap.")
    assert scene.play.open_steps() == ["himpun"]
    _task, officer = scene.open("himpun")
    officer.sees("Bukti harga belum lengkap.")
    report_and_meet(scene)
    scene.do("reviu")
    scene.do("verifikasi")


def the_stakeholders_sign_and_then_the_head(scene):
    scene.do("tandatangan", member(scene.play.person("kabid_ind")))
    assert scene.play.open_steps() == ["tandatangan"]
    scene.do("tandatangan", member(scene.play.person("kabid_dag")))
    _task, kadis = scene.open("ttd_kepala")
    kadis.sees("2 dari 3 sudah")
    scene.do("ttd_kepala")


def the_receipt_follows(scene):
    """The report was sent; that it arrived is written down later."""
    sent = Dispatch.objects.get(document__run=scene.play.run)
    staff = scene.officer("pengolah")
    staff.go(sent.document.get_absolute_url())
    staff.main.get_by_role("link", name="Catat tanda terima").click()
    staff.write({"Tanggal terima": scene.world.today.isoformat(), "Diterima oleh": "Petugas loket"})
    staff.main.get_by_role("button", name="Catat tanda terima").click()
    staff.sees("diterima Petugas loket")


def the_dossier_tells_it_all(scene, case):
    kadis = scene.officer("kadis")
    kadis.go(case.get_absolute_url())
    kadis.sees("Ditutup")
    expect(cases.item(kadis, PROMOTED).locator("del").first).to_have_text("16")
    expect(cases.item(kadis, PROMOTED).locator("ins").last).to_have_text("14")
    document = Document.objects.filter(run=scene.play.run).order_by("-no").first()
    signed = Signature.objects.filter(document=document, revoked_at=None).order_by("at")
    assert [signature.title for signature in signed] == [
        "Kepala Bidang Perindustrian",
        "Kepala Bidang Perdagangan",
        "Kepala Dinas Perindustrian dan Perdagangan",
    ]
