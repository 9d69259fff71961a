"""Kemlagi in the browser: from the order through the units' forms and the report to its dispatch."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from runut.collection.models import Value
from runut.correction.models import Order
from runut.documents.models import Document
from runut.sop.models import Task
from runut.web.demo.offices import KEMLAGI
from tests.browser import by_case, by_sheet
from tests.browser.driver import Scene
from tests.scenarios.stage import Play

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

IKM = "Indeks Kepuasan Masyarakat (IKM)"
SAKIP = "Nilai SAKIP kecamatan"


@pytest.fixture
def scene(live_url, new_page):
    scene = Scene(Play(KEMLAGI), new_page, live_url)
    scene.play.start("kemlagi", "camat")
    return scene


@pytest.mark.requirement(
    "R-KEMLAGI-5", "R-KEMLAGI-6", "R-KEMLAGI-8", "R-KEMLAGI-9", "R-KEMLAGI-23", "R-KEMLAGI-24", "R-KEMLAGI-25",
    "R-KEMLAGI-26", "R-KEMLAGI-27", "R-KEMLAGI-28", "R-KEMLAGI-29", "R-KEMLAGI-30",
)  # fmt: skip
def test_the_report_goes_from_the_order_to_its_dispatch(scene):
    play = scene.play
    _collect(scene)
    _report_is_returned_and_written_again(scene)
    _camat_refuses_once(scene)
    _sign_and_send(scene)

    play.run.refresh_from_db()
    assert play.run.state == "done"
    camat = scene.board(scene.officer("camat"))
    camat.sees("Selesai")
    for step in ("perintah", "isi", "draf", "setujui", "kirim"):
        expect(camat.page.locator(f'tr[data-step="{step}"]')).to_have_attribute("data-state", "done")
    expect(camat.page.locator('tr[data-step="koreksi"]')).to_contain_text("putaran 3")
    camat.go(f"/sop/jalan/{play.run.pk}/riwayat/")
    camat.sees("Bab III belum lengkap.", "Angka IKM perlu dijelaskan.", str(play.person("sekcam")))


def _collect(scene):
    """Steps 1 to 4: the order, the forms, the units' figures, their analysis."""
    camat = scene.visitor("camat").sign_in()
    scene.officers[camat.pegawai.pk] = camat
    assert camat.asks() == 1
    scene.do("perintah", number="800/17/416-315/2026")
    assert Order.objects.get(run=scene.play.run).number == "800/17/416-315/2026"
    assert camat.asks() == 0
    scene.do("siapkan")
    sekcam = scene.officer("sekcam")
    task, _ = scene.open("sampaikan")
    sekcam.sees("6 formulir", "Seksi Pelayanan", "Belum diisi")
    by_sheet.distribute(sekcam, scene.world, task)
    _fill(scene)
    pengolah = scene.open("himpun")[1]
    pengolah.sees("6 dari 6 sudah masuk", IKM, "84,75")
    scene.do("himpun")
    scene.do("analisis", text="Naik karena loket kedua dibuka.")


def _fill(scene):
    """Two units at their own pages, the others as is ordinary."""
    kasi = scene.play.person("kasi_pel")
    scene.do("isi", _member(scene, "PEL"), typed={IKM: "84,75"})
    scene.of(kasi).sees("Seksi Pelayanan", "Tribulan III 2026")
    scene.do("isi", _member(scene, "SUNGRAM"))
    scene.of(scene.play.person("sungram")).sees("2 indikator")
    for unit in ("UMPEG", "PEM", "PMD", "TRANTIB"):
        scene.play.do("isi", _member(scene, unit))


def _member(scene, unit):
    return f"u{scene.play.built.units[unit].pk}"


def _report_is_returned_and_written_again(scene):
    """Steps 5 and 6: the draft, its return with a remark on a chapter, the new draft."""
    sungram = scene.open("draf")[1]
    sungram.sees("Pengukuran kinerja tahun 2026", IKM, "99,71", SAKIP, "Tidak diukur")
    scene.do("draf")
    sekcam = scene.open("koreksi")[1]
    sekcam.field("Catatan untuk BAB III").fill("Tambahkan perbandingan dengan tahun lalu.")
    sekcam.act("return", reason="Bab III belum lengkap.").told("Dikembalikan dari langkah")
    assert scene.play.open_steps() == ["draf"]

    sungram.page.goto("/tugas/")
    sungram.sees("Dikembalikan", "Bab III belum lengkap.", "putaran 2")
    sungram = scene.open("draf")[1]
    sungram.sees("Catatan Sekretaris Kecamatan", "Tambahkan perbandingan dengan tahun lalu.")
    scene.do("draf", texts={"BAB III AKUNTABILITAS KINERJA": "Dibanding tahun lalu, IKM naik 0,65."})
    sekcam = scene.open("koreksi")[1]
    sekcam.sees("Dibanding tahun lalu, IKM naik 0,65.", "Yang berubah sejak versi 1")


def _camat_refuses_once(scene):
    """Steps 6 to 8: corrected, discussed, handed up, refused, and all of it once more."""
    scene.do("koreksi")
    scene.do("rapat", minutes="Tabel dan uraian dibaca bersama.")
    camat = scene.play.person("camat")
    scene.do("ajukan", to=camat)
    scene.send_back("setujui", reason="Angka IKM perlu dijelaskan.")
    sekcam = scene.open("koreksi")[1]
    sekcam.sees("Dikembalikan untuk diperbaiki", "Angka IKM perlu dijelaskan.", "Putaran")
    scene.do("koreksi")
    scene.do("rapat")
    scene.do("ajukan", to=camat)
    scene.do("setujui", remark="Baik.")


def _sign_and_send(scene):
    """Steps 9 to 12, and what the report then shows."""
    scene.do("tandatangan")
    scene.do("surat", recipient="Bupati Majapura")
    scene.do("gandakan", copies=((2, "Bagian Organisasi"), (1, "Arsip")))
    scene.do("kirim", recipient="Bagian Organisasi Setda")
    report = Document.objects.filter(run=scene.play.run, kind="report").latest("no")
    staf = scene.officer("pengolah")
    staf.go(f"/dokumen/{report.pk}/")
    staf.sees(
        "Ditandatangani", str(scene.play.person("camat")), "Camat Kemlagi", "Pengukuran kinerja tahun 2026", IKM,
        "Salinan 2 untuk Bagian Organisasi", "Dikirim kepada Bagian Organisasi Setda", "Catat tanda terima",
    )  # fmt: skip
    expect(staf.row(IKM)).to_contain_text("84,75")
    staf.main.get_by_role("link", name="Cetak surat pengantar").click()
    staf.sees("Surat pengantar", "Bupati Majapura", str(report.title))


def test_the_same_order_sent_twice_counts_once(scene):
    first, second = scene.officer("camat"), scene.visitor("camat").enter(scene.live_url)
    task = scene.play.task("perintah")
    for camat in (first, second):
        camat.open_task(task)
        camat.write({"Nomor surat": "800/17", "Isi perintah": "Agar dilaksanakan."})
    form = first.page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form')))")
    address = first.page.url
    first.act().told("Perintah sudah dikirim.")

    with second.page.expect_response(lambda response: response.request.method == "POST") as answer:
        second.act()
    assert answer.value.status == 409
    second.sees("Langkah ini sudah dikerjakan")
    again = first.page.request.post(address, form={**form, "act": "complete"}, headers={"Referer": address})
    assert (again.status, "Perintah sudah dikirim." in again.text()) == (200, True)
    first.page.go_back()
    first.sees("Nomor 800/17", "Selesai")
    assert Order.objects.filter(run=scene.play.run).count() == 1
    assert Task.objects.filter(run=scene.play.run, step="siapkan").count() == 1


def test_somebody_else_sees_whose_task_it_is(scene):
    task, sekcam = scene.play.task("perintah"), scene.officer("sekcam")
    assert sekcam.asks() == 0

    sekcam.go(f"/tugas/{task.pk}/")
    sekcam.at_task(task).sees("Menunggu", "Camat Kemlagi")
    expect(sekcam.page.locator('button[name="act"]')).to_have_count(0)
    sekcam.go(f"/tugas/{task.pk}/perintah/")
    sekcam.sees("Camat Kemlagi")
    expect(sekcam.page.locator('button[name="act"]')).to_have_count(0)


def test_a_form_read_before_it_was_handed_in_is_stale(scene):
    for step in ("perintah", "siapkan", "sampaikan"):
        scene.play.do(step)
    member = _member(scene, "PEL")
    task, kasi = scene.open("isi", member)
    late = scene.visitor("kasi_pel").enter(scene.live_url).open_task(task)
    by_sheet.fill(kasi, scene.world, task, typed={IKM: "84,75"})

    by_sheet.cell_of(late, IKM).fill("12")
    late.press("check")

    late.warned("Formulir ini sudah diajukan.").warned("1 isian belum terkirim.")
    late.main.get_by_role("link", name="Lihat keadaan terbaru formulir ini").click()
    late.sees("Isian yang belum sempat terkirim dari perangkat ini", f"{IKM}: 12")
    value = Value.objects.get(figure__period__run=task.run, figure__indicator__name=IKM)
    assert value.amount == Decimal("84.75")


def test_a_quarter_ends_after_the_analysis(scene):
    scene.play.until("analisis")

    scene.do("analisis", outcome="quarter_done")

    scene.play.run.refresh_from_db()
    assert scene.play.run.state == "done"
    camat = scene.board(scene.officer("camat"))
    expect(camat.page.locator('tr[data-step="draf"]')).to_have_attribute("data-state", re.compile("ahead|skipped"))


def test_an_order_without_a_number_is_asked_for_it(scene):
    task, camat = scene.open("perintah")

    camat.write({"Isi perintah": "Agar dilaksanakan."}).act()

    camat.warned("Nomor surat: Bagian ini belum diisi.")
    expect(camat.field("Isi perintah")).to_have_value("Agar dilaksanakan.")
    by_case.instruct(camat, scene.world, task)
