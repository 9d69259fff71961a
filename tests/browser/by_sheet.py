"""Making, sending, filling and checking forms, through the pages."""

import re

from playwright.sync_api import expect

from runut.collection.queries import rows_of, sheet_of

SETTLED = """() => document.readyState === "complete"
    && !Object.keys(localStorage).some(key => key.startsWith("runut.isian."))"""


def prepare(officer, world, task, *, left_out=None):
    """Choose the quarter, look who takes part, untick some with a reason (name -> reason)."""
    page = officer.page
    officer.field("Periode").select_option(str(world.quarter))
    officer.field("Tahun").fill(str(world.year))
    page.get_by_role("button", name="Tampilkan pengisi").click()
    for name, reason in (left_out or {}).items():
        page.get_by_label(f"{name} ikut", exact=True).uncheck()
        page.get_by_label(f"Alasan {name} tidak ikut").fill(reason)
    officer.act().told("Formulir sudah disiapkan.")


def distribute(officer, world, task):
    officer.act().told("Formulir sudah dibagikan.")


def fill(officer, world, task, *, typed=None):
    """Type every open cell of the grid, then check and hand in. typed: indicator name -> text, instead of the usual."""
    type_cells(officer, world, task, typed=typed)
    grid, asked = officer.page.url, [row for row in rows_of(sheet_of(task)) if row.line.needs_evidence]
    for row in asked:
        settled(officer)
        officer.main.get_by_role("link", name=row.version.name, exact=True).click()
        officer.field("Keterangan").fill("Bukti menyusul.")
        officer.main.get_by_role("button", name="Simpan draf").click()
        officer.told("Tersimpan")
        officer.page.goto(grid)
    officer.press("check")
    hand_in(officer)


def hand_in(officer):
    """From the answers to the confirmation."""
    expect(officer.page.get_by_role("heading", name="Periksa isian Anda")).to_be_visible()
    officer.act()
    officer.sees("Data sudah diajukan", "Tanda terima")


def type_cells(officer, world, task, *, typed=None):
    """Every cell of the grid that can be typed in; a figure that is not measured is said on its own page."""
    grid = officer.page.url
    for name, code, figure in _lines(task):
        words = (typed or {}).get(name)
        if words is None:
            words = str(world.proposals[figure]).replace(".", ",") if figure in world.proposals else world.actual(code)
        cell = cell_of(officer, name)
        if not cell.count():
            continue
        if not words:
            not_measured(officer, name)
            officer.page.goto(grid)
            continue
        cell.fill(words)
        explain(officer, name)


def cell_of(officer, name):
    """The cell for the value of an indicator, as a screen reader calls it."""
    return officer.page.get_by_label(re.compile(rf"^Realisasi .*, {re.escape(name)}, "))


def explain(officer, name, cause="Salah mengambil bulan pada rekap.", reason="Rekap diperiksa ulang."):
    """Where the grid asks why a figure changes, say so."""
    box = officer.page.get_by_label(f"Penyebab kesalahan, {name}", exact=True)
    if box.count():
        box.fill(cause)
        officer.page.get_by_label(f"Alasan perubahan, {name}", exact=True).fill(reason)


def settled(officer):
    """What was typed has reached the server: nothing of it waits on this device."""
    officer.page.wait_for_function(SETTLED)


def not_measured(officer, name):
    """On the indicator's own page: no figure this time, and why."""
    settled(officer)
    officer.main.get_by_role("link", name=name, exact=True).click()
    officer.tick("Tidak diukur pada periode ini")
    officer.field("Keterangan").fill("Belum diukur pada triwulan ini.")
    officer.main.get_by_role("button", name="Simpan draf").click()
    officer.told("Tersimpan")


def attach(officer, name, file):
    """Attach evidence to an indicator, on its own page. file: name, mimeType and buffer."""
    officer.main.get_by_role("link", name=name, exact=True).click()
    officer.field("Berkas bukti").set_input_files(file)
    officer.main.get_by_role("button", name="Lampirkan bukti").click()


def review(officer, world, task, *, notes=None):
    """Declare right; or, with notes (indicator name -> note), send those figures back."""
    for name, note in (notes or {}).items():
        row = officer.row(name)
        row.get_by_label("Beri catatan").check()
        officer.page.get_by_label(f"Catatan untuk {name}").fill(note)
    if notes:
        officer.press("return")
        officer.told("dikembalikan")
    else:
        decide(officer)
        verifies = officer.main.get_by_text("Verifikasi:", exact=True).count()
        officer.act().told("sudah diverifikasi" if verifies else "sudah divalidasi")


def decide(officer):
    """Tick what is to be looked at, one after the other."""
    for row in officer.main.locator("tr.unusual").all():
        row.get_by_label("Sesuai").check()


def _lines(task):
    """The task's lines: indicator name, code, figure."""
    return [(row.version.name, row.version.indicator.code, row.figure.pk) for row in rows_of(sheet_of(task))]
