"""Inspektorat in the browser: every employee's form, checked by the superior, signed, published, corrected."""

import re

import pytest
from playwright.sync_api import expect

from runut.collection.models import Figure, Sheet
from runut.documents.models import Document
from runut.publication.models import Release
from runut.sop.models import Task
from runut.web.demo.offices import INSPEKTORAT
from tests.browser import by_paper, by_sheet
from tests.browser.driver import Scene
from tests.scenarios.stage import Play, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DONE, ON_TIME, BACK = (
    "Jumlah dokumen layanan yang diselesaikan",
    "Persentase layanan selesai tepat waktu",
    "Berkas yang dikembalikan karena keliru",
)
TYPED = {DONE: "121", ON_TIME: "95,6", BACK: "3"}
PDF = {"name": "rekap-agustus.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"}
PROGRAM = {"name": "rekap.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"}
NOTE = "Bukti tidak cocok dengan angka."
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def scene(live_url, new_page):
    scene = Scene(Play(INSPEKTORAT), new_page, live_url)
    scene.play.start("inspektorat", "kepegawaian")
    return scene


def sheet_of(scene, pegawai):
    return Sheet.objects.get(run=scene.play.run, member=member(pegawai))


def others_do(scene, step):
    """Everybody whose turn it is does an ordinary step, without a browser."""
    for task in Task.objects.filter(run=scene.play.run, step=step, state="open"):
        scene.play.do(step, task.branch.member)


@pytest.mark.requirement(
    "R-INSP-10", "R-INSP-11", "R-INSP-12", "R-INSP-13", "R-INSP-14", "R-INSP-15", "R-INSP-16", "R-INSP-17", "R-INSP-19"
)
def test_the_procedure_from_the_forms_to_a_second_publication(scene, new_page):
    _forms_are_made_and_sent(scene)
    scene.do("isi", member(scene.play.person("auditor1")), typed=TYPED)
    scene.do("isi", member(scene.play.person("auditor2", 1)), typed=TYPED)
    others_do(scene, "isi")
    _one_form_comes_back_and_goes_again(scene)
    _gathered_and_signed(scene)
    first = Document.objects.get(run=scene.play.run)
    wrong = _an_error_is_found_after_signature(scene)
    _repaired_validated_signed_and_published(scene, wrong)

    _the_old_document_is_marked(scene, first)
    _the_figure_shows_both(scene, wrong)
    _the_public_sees_no_names(scene, new_page())
    scene.play.run.refresh_from_db()
    assert scene.play.run.state == "done"
    board = scene.board(scene.officer("inspektur"))
    board.sees("Selesai", "putaran 2")
    for step in ("siapkan", "isi", "periksa", "himpun", "tandatangan", "terbitkan"):
        expect(board.page.locator(f'tr[data-step="{step}"]')).to_have_attribute("data-state", "done")
    board.go(f"/sop/jalan/{scene.play.run.pk}/riwayat/")
    board.sees("Angka tertukar dengan triwulan lalu.", "Ada kesalahan setelah ditandatangani", str(wrong))


def _forms_are_made_and_sent(scene):
    staf = scene.visitor("kepegawaian").sign_in()
    scene.officers[staf.pegawai.pk] = staf
    staf.sees("Menyiapkan formulir data kinerja untuk satu periode")
    scene.do("siapkan")
    task, _ = scene.open("bagikan")
    staf.sees("13 formulir", str(scene.play.person("auditor1", 2)), "Belum diisi")
    by_sheet.distribute(staf, scene.world, task)
    board = scene.board(staf)
    board.sees("0 dari 13", "Mengisi formulir data kinerja")


def _one_form_comes_back_and_goes_again(scene):
    """Step 4: Irban I finds one figure wrong; the others go on meanwhile; the note stands beside the cell."""
    careless, irban = scene.play.person("auditor1"), scene.officer("irban1")
    assert irban.asks() == 3
    task, _ = scene.open("periksa", member(careless))
    irban.sees("Formulir 1 dari 3", "121", "95,6")
    by_sheet.review(irban, scene.world, task, notes={ON_TIME: NOTE})
    expect(irban.page.get_by_role("heading", name="Periksa data kinerja:")).to_be_visible()
    by_sheet.decide(irban)
    irban.press("complete")
    irban.told("sudah divalidasi").sees("Formulir 3 dari 3")
    by_sheet.decide(irban)
    irban.press("complete")
    irban.told("sudah divalidasi")
    others_do(scene, "periksa")
    assert scene.play.open_steps() == ["isi"]

    auditor = scene.of(careless)
    auditor.page.goto("/tugas/")
    auditor.sees("Dikembalikan", "putaran 2")
    task, _ = scene.open("isi", member(careless))
    assert by_sheet.cell_of(auditor, ON_TIME).input_value() == "95,6"
    assert not by_sheet.cell_of(auditor, DONE).count()
    row = auditor.page.locator("tr", has=by_sheet.cell_of(auditor, ON_TIME))
    beside = row.locator("xpath=following-sibling::tr[1]")
    expect(beside).to_contain_text(NOTE)
    by_sheet.fill(auditor, scene.world, task, typed={ON_TIME: "94,5"})
    task, _ = scene.open("periksa", member(careless))
    irban.sees("94,5", NOTE)
    by_sheet.review(irban, scene.world, task)
    assert sheet_of(scene, careless).round == 2


def _gathered_and_signed(scene):
    """Steps 5 and 6: the recap with a paraf for everybody, a wrong password, then the signature."""
    staf = scene.open("himpun")[1]
    staf.sees("13 dari 13 sudah masuk", str(scene.play.person("auditor1")), "94,5", "diparaf Inspektur Pembantu I")
    scene.do("himpun")
    task, inspektur = scene.open("tandatangan")
    inspektur.sees("Sebelum Anda menandatangani", "39 angka", "Lengkap dan berlaku untuk isi ini")
    by_paper.sign(inspektur, scene.world, task, password="bukan-kata-sandi")
    inspektur.warned("Kata sandi tidak cocok. Sisa 4 percobaan.")
    assert Document.objects.get(run=scene.play.run).state == "draft"
    by_paper.sign(inspektur, scene.world, task)
    document = Document.objects.get(run=scene.play.run)
    inspektur.go(f"/dokumen/{document.pk}/")
    inspektur.sees("Ditandatangani", str(inspektur))


def _an_error_is_found_after_signature(scene):
    """Step 7: one figure of one employee is wrong; only that one goes back, with what is wrong."""
    wrong = scene.play.person("auditor2", 1)
    task, inspektur = scene.open("terbitkan")
    inspektur.unfold("Ada yang perlu diperbaiki?")
    inspektur.unfold("Pilih angka yang keliru dari 39 angka")
    row = inspektur.main.get_by_role("row").filter(has_text=str(wrong)).filter(has_text=DONE)
    row.get_by_label("Apa yang keliru pada").fill("Angka tertukar dengan triwulan lalu.")
    inspektur.act("return", reason="Angka tertukar dengan triwulan lalu.").told(
        f"Dikembalikan dari langkah “{task.text}”"
    )
    assert scene.play.open_steps() == ["isi"]
    return wrong


def _repaired_validated_signed_and_published(scene, wrong):
    task, ppupd = scene.open("isi", member(wrong))
    ppupd.sees("Angka tertukar dengan triwulan lalu.", "putaran 2")
    expect(ppupd.main.locator("table.grid del")).to_have_text("121")
    by_sheet.fill(ppupd, scene.world, task, typed={DONE: "119"})
    scene.do("periksa", member(wrong))
    scene.open("himpun")[1].sees("Yang berubah sejak versi 1", "119")
    scene.do("himpun")
    scene.do("tandatangan")
    inspektur = scene.do("terbitkan")
    inspektur.sees("Triwulan III 2026")


def _the_old_document_is_marked(scene, first):
    second = Document.objects.exclude(pk=first.pk).get(run=scene.play.run)
    reader = scene.officer("inspektur")
    reader.go(f"/dokumen/{first.pk}/")
    reader.sees("Digantikan oleh versi 2", "dibatalkan", "121")
    reader.main.get_by_role("link", name="Buka versi itu").click()
    expect(reader.page).to_have_url(re.compile(f"/dokumen/{second.pk}/"))
    reader.sees("Ditandatangani", "119", "menggantikan versi 1")


def _the_figure_shows_both(scene, wrong):
    figure = Figure.objects.get(period__run=scene.play.run, pegawai=wrong, indicator__name=DONE)
    reader = scene.of(wrong)
    reader.go(f"/angka/{figure.pk}/")
    expect(reader.main.locator("del")).to_have_text("121")
    expect(reader.main.locator("ins")).to_have_text("119")
    reader.sees("v1", "v2", "berlaku", "Salah mengambil bulan pada rekap.", str(scene.play.person("irban2")))


def _the_public_sees_no_names(scene, page):
    release = Release.objects.get(document__run=scene.play.run)
    page.goto("/publik/")
    page.get_by_role("link", name=release.title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(release.title)
    text = page.content()
    for people in scene.play.built.people.values():
        for pegawai in people:
            assert pegawai.name not in text and pegawai.nip not in text
    assert not re.search(r"\d{8} ?\d{6} ?\d ?\d{3}", text)
    expect(page.get_by_role("main")).to_contain_text("Inspektur")


@pytest.fixture
def filling(scene):
    for step in ("siapkan", "bagikan"):
        scene.play.do(step)
    return scene


def test_a_form_is_filled_without_javascript(filling):
    auditor = filling.visitor("auditor1", java_script_enabled=False).sign_in()
    filling.officers[auditor.pegawai.pk] = auditor
    task, _ = filling.open("isi", member(auditor.pegawai))
    by_sheet.type_cells(auditor, filling.world, task, typed=TYPED)
    auditor.press("save")
    auditor.told("Tersimpan pukul").sees("3 dari 3 terisi")
    expect(by_sheet.cell_of(auditor, ON_TIME)).to_have_value("95,6")
    auditor.press("check")
    by_sheet.hand_in(auditor)

    assert sheet_of(filling, auditor.pegawai).state == "submitted"
    filling.do("periksa", member(auditor.pegawai))


def test_a_form_is_filled_on_a_phone(filling):
    auditor = filling.officer("auditor1", 1, **PHONE)
    filling.open("isi", member(auditor.pegawai))
    auditor.main.get_by_role("link", name=DONE, exact=True).click()
    for name, typed in TYPED.items():
        expect(auditor.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        by_sheet.cell_of(auditor, name).fill(typed)
        auditor.press("check" if name == BACK else "next")
    by_sheet.hand_in(auditor)

    auditor.sees(str(auditor), "3 indikator", "Inspektur Pembantu I")
    board = filling.board(auditor)
    assert board.page.locator(".board-cell svg").first.bounding_box()["width"] > 40
    assert sheet_of(filling, auditor.pegawai).state == "submitted"


def test_a_text_in_a_number_cell_is_kept_and_corrected(filling):
    auditor = filling.officer("auditor1", 2)
    task, _ = filling.open("isi", member(auditor.pegawai))
    by_sheet.type_cells(auditor, filling.world, task, typed={**TYPED, DONE: "seratus lebih"})
    auditor.press("check")

    auditor.warned(DONE)
    auditor.sees("Isi dengan angka, misalnya 94,5.")
    expect(by_sheet.cell_of(auditor, DONE)).to_have_value("seratus lebih")
    expect(by_sheet.cell_of(auditor, ON_TIME)).to_have_value("95,6")
    by_sheet.cell_of(auditor, DONE).fill("121")
    auditor.press("check")
    by_sheet.hand_in(auditor)
    assert sheet_of(filling, auditor.pegawai).state == "submitted"


def test_evidence_is_attached_and_a_wrong_file_is_refused(filling):
    ppupd = filling.officer("auditor2")
    task, _ = filling.open("isi", member(ppupd.pegawai))
    by_sheet.attach(ppupd, DONE, PROGRAM)
    ppupd.sees("tidak cocok dengan akhiran namanya", "Belum ada bukti.")
    ppupd.field("Berkas bukti").set_input_files(PDF)
    ppupd.main.get_by_role("button", name="Lampirkan bukti").click()
    ppupd.told("Bukti sudah dilampirkan.").sees("rekap-agustus.pdf")
    ppupd.open_task(task)
    by_sheet.fill(ppupd, filling.world, task)

    filling.open("periksa", member(ppupd.pegawai))
    irban = filling.officer("irban2")
    with irban.page.expect_download() as download:
        irban.main.get_by_role("link", name="rekap-agustus.pdf").click()
    assert download.value.suggested_filename == "rekap-agustus.pdf"


def test_two_tabs_hand_in_one_form_once(filling):
    auditor = filling.officer("auditor1")
    task, _ = filling.open("isi", member(auditor.pegawai))
    by_sheet.type_cells(auditor, filling.world, task)
    auditor.press("check")
    other = filling.visitor("auditor1").enter(filling.live_url).open_task(task)
    other.go(f"/isian/{sheet_of(filling, auditor.pegawai).pk}/periksa/")
    by_sheet.hand_in(auditor)

    other.act()
    other.sees("Langkah ini sudah dikerjakan")
    assert sheet_of(filling, auditor.pegawai).round == 1
    assert Task.objects.filter(run=filling.play.run, step="periksa", branch=task.branch).count() == 1
