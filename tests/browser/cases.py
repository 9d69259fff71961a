"""Finding a figure wrong and following its case, through the pages: report, opening, dossier, history."""

import re

from playwright.sync_api import expect

from runut.collection.models import Figure
from runut.correction.models import Correction


def figure_of(play, code):
    """The figure of an indicator in the play's collection."""
    return Figure.objects.get(period__run=play.collection, indicator__indicator__code=code)


def report_error(officer, name, *, what, proposed=""):
    """From the figure's history: say what is wrong and what it should be."""
    officer.main.get_by_role("link", name="Laporkan kesalahan pada angka ini").click()
    officer.sees(name)
    officer.write({"Apa yang keliru?": what, "Menurut Anda, angka yang benar berapa?": proposed})
    officer.main.get_by_role("button", name="Laporkan kesalahan").click()
    officer.told("Laporan Anda sudah disampaikan")


def choose(officer, wrong, *, search=""):
    """On the page that opens a case: tick figures by name and say what is wrong with each."""
    if search:
        officer.field("Cari indikator, unit, atau pegawai").fill(search)
        officer.press("search")
    while (folded := officer.main.locator("details.fold:not([open]) > summary")).count():
        folded.first.click()
    for name, what in wrong.items():
        line = officer.row(name)
        line.get_by_role("checkbox").check()
        line.get_by_role("textbox").fill(what)


def open_case(officer, play, *, reason):
    """Say why, start the procedure; the play goes on with the new case's run."""
    officer.field("Alasan perbaikan").fill(reason)
    officer.press("open")
    expect(officer.page).to_have_url(re.compile(r"/perbaikan/\d+/$"))
    officer.sees(reason)
    play.case = Correction.objects.select_related("run").latest("pk")
    play.run = play.case.run
    return play.case


def item(officer, name):
    """The line of a figure in the dossier's table of before and after."""
    return officer.main.locator("#beda").get_by_role("row").filter(has_text=name)


def repair(officer, name, value, *, cause="", reason=""):
    """Type a figure into the grid of repairs, with why when given, and go on to the check."""
    officer.page.get_by_label(re.compile(rf"^Realisasi .*, {re.escape(name)}, ")).fill(value)
    if cause:
        officer.field(f"Penyebab kesalahan, {name}").fill(cause)
    if reason:
        officer.field(f"Alasan perubahan, {name}").fill(reason)
    officer.press("check")
