"""Every page of work in its main states, wide and narrow: axe finds nothing, headings are in order, and nothing
scrolls sideways.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from runut.collection.actions import LineVerdict, review_sheet, start_year
from runut.collection.models import Figure, Sheet
from runut.collection.queries import rows_of
from runut.correction.actions.reports import report_error
from runut.documents.models import Dispatch, Document, RegisterEntry
from runut.organisation.actions import mark_coordinating
from runut.publication.models import Release
from runut.sop.actions import hold, remind
from runut.sop.models import Run, Task
from runut.web.demo.offices import KEMLAGI, NGORO
from tests.conftest import LOGIN_BACKEND
from tests.harness.accessibility import begin, end, equip
from tests.scenarios.stage import Play, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDE, NARROW = 1366, 360
ACT = 'main button[name="act"]:not([value="save"])'
REPORT = ["analisis", "draf", "koreksi", "rapat", "ajukan", "setujui", "tandatangan", "surat", "gandakan", "kirim"]
ORDERED = ["perintah", "rencana", "perbaiki", "himpun", "lapor"]
DECIDED = ["rapat", "paraf_kasubag", "agenda", "tandatangan", "arsip"]
OUTLINE = """() => ({
    lang: document.documentElement.lang,
    levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(heading => Number(heading.tagName[1])),
})"""
UNFOLD = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"
SPEC = replace(
    KEMLAGI,
    sops={
        **KEMLAGI.sops,
        "ngoro": NGORO.sops["ngoro"],
        "inspektorat": {"kepala": ("camat",), "staf": ("adm_umum",)},
    },
)


class Desk:
    """A browser at which one page lies open, first narrow, then wide. axe looks at it while others are driven."""

    def __init__(self, page, found, live_url):
        self.page, self.found, self.live_url = page, found, live_url
        self.who = self.name = self.width = None
        equip(page)

    def sign_in(self, person):
        client = Client()
        client.force_login(person.user, backend=LOGIN_BACKEND)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.live_url}
        self.page.context.clear_cookies()
        self.page.context.add_cookies([cookie])
        self.who = person

    def open(self, person, path, press=""):
        if self.who != person:
            self.sign_in(person)
        self.page.goto(path)
        if press:
            self.page.evaluate(UNFOLD)
            self.page.locator(press).first.click()
            self.page.wait_for_load_state()
        self.name = f"{path} {press}".strip()
        self.begin(NARROW)

    def widen(self):
        if self.width == NARROW:
            self._judge()
            self.begin(WIDE)

    def finish(self):
        self.widen()
        if self.width == WIDE:
            self._judge()
            self.width = None

    def begin(self, width):
        self.width = width
        self.page.set_viewport_size({"width": width, "height": 768})
        begin(self.page)

    def _judge(self):
        wrong = end(self.page)
        seen = self.page.evaluate(OUTLINE)
        levels = seen["levels"]
        if levels.count(1) != 1:
            wrong.append(f"{levels.count(1)} h1")
        wrong += [f"h{low} after h{high}" for high, low in pairwise(levels) if low > high + 1]
        if seen["lang"] != "id":
            wrong.append(f"lang {seen['lang']}")
        if wrong:
            self.found[f"{self.name} {self.width}"] = wrong


class Look:
    """Visits pages as one person or another and keeps what is wrong with each, at two desks by turns."""

    def __init__(self, play, new_page, live_url):
        self.play, self.found = play, {}
        self.free, self.busy = (Desk(new_page(), self.found, live_url) for _desk in range(2))

    def at(self, person, *paths, press=""):
        """Look at pages as this person; `press` sends the page's form by a button first: its errors show then."""
        for path in paths:
            self.free.finish()
            self.free.open(person, path, press)
            self.busy.widen()
            self.free, self.busy = self.busy, self.free

    def finish(self):
        """What is wrong, page by page, as text; empty when all is well."""
        self.busy.finish()
        self.free.finish()
        return "\n".join(f"{name}: {what}" for name, what in self.found.items())

    def task(self, step, member=None, run=None, press=""):
        """The page of an open step, as whoever has it to do."""
        task = self.play.task(step, member, run)
        self.at(self.play.world.holder(task).pegawai, f"/tugas/{task.pk}/", press=press)


@pytest.fixture
def look(live_url, new_page):
    return Look(Play(SPEC), new_page, live_url)


def test_what_is_wrong_with_a_page_is_found(new_page, live_url):
    desk = Desk(new_page(), {}, live_url)
    desk.page.goto("/bantuan/")
    desk.page.evaluate("""() => document.querySelector('main').insertAdjacentHTML('beforeend',
        '<h5>Tanda</h5><img src="/static/img/lambang.svg"><canvas width="900" height="1"></canvas>')""")

    desk.name = "/bantuan/"
    desk.begin(NARROW)
    desk.finish()

    narrow, wide = desk.found["/bantuan/ 360"], desk.found["/bantuan/ 1366"]
    assert any(words.startswith("image-alt: <img") for words in narrow) and "scrolls sideways by" in str(narrow)
    assert any(words.startswith("image-alt: <img") for words in wide) and "sideways" not in str(wide)
    assert any("h5 after h2" in words for words in wide)


def test_pages_of_a_collection_of_units_and_its_report(look):
    play, camat = look.play, look.play.person("camat")
    look.at(
        camat,
        "/tugas/",
        "/periode/",
        "/periksa-tabel/",
        "/perbaikan/",
        "/kesalahan/",
        "/arsip/",
        "/dokumen/",
        "/lkjip/",
    )
    run = play.start("kemlagi", "camat")
    _forms(look, run)
    _figures(look, run)
    _year(look, run)
    for step in REPORT:
        play.until(step)
        look.task(step)
        if step in ("draf", "rapat", "tandatangan"):
            look.task(step, press=ACT)
    play.to_the_end()
    _papers(look, run)

    assert look.finish() == ""


def _forms(look, run):
    play = look.play
    look.at(play.person("camat"), "/sop/", f"/sop/{run.version.sop_id}/", f"/sop/{run.version.sop_id}/mulai/",
            f"/sop/{run.version.sop_id}/peran/", f"/sop/{run.version.sop_id}/banding/", "/sop/impor/")  # fmt: skip
    for step in ("perintah", "siapkan", "sampaikan"):
        play.until(step)
        look.task(step)
    play.until("isi")
    run.refresh_from_db()


def _figures(look, run):
    play, camat = look.play, look.play.person("camat")
    sheet = Sheet.objects.filter(run=run).order_by("pk").first()
    first = rows_of(sheet)[0].line.pk
    task = play.task("isi", sheet.member)
    filler = play.world.holder(task).pegawai
    here = f"/isian/{sheet.pk}/"
    look.at(filler, "/tugas/", here, f"{here}baris/{first}/", f"{here}periksa/")
    Task.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(hours=5))
    look.at(filler, "/tugas/", here, f"{here}periksa/", f"{here}nihil/")
    _follow_up(look, run, here)
    Task.objects.filter(pk=task.pk).update(due_at=None)
    play.do("isi", sheet.member)
    look.at(filler, here, f"/tugas/{task.pk}/", f"{here}tarik/")
    hold(run=run, by=play.actor("camat"), reason="Menunggu rilis data.")
    look.at(camat, f"/sop/jalan/{run.pk}/", here)
    from runut.sop.actions import resume

    resume(run=Run.objects.get(pk=run.pk), by=play.actor("camat"))
    play.until("himpun")
    look.at(filler, here, f"{here}terkirim/", f"{here}periksa/", f"{here}cetak/")
    look.task("himpun")
    look.task("himpun", press='main [name="act"][value="return"]')
    figure = Figure.objects.filter(period__run=run).order_by("pk").first()
    look.at(camat, "/periode/", "/periode/2026/3/", f"/angka/{figure.pk}/", "/himpunan/2026/3/",
            f"/sop/jalan/{run.pk}/", f"/sop/jalan/{run.pk}/riwayat/", "/sop/jalan/", "/tugas/menunggu/")  # fmt: skip


def _follow_up(look, run, here):
    """Somebody is late: the matrix, whom one reminds, withdrawing a form and typing it in from paper."""
    camat, period = look.play.person("camat"), f"/periode/{run.period.pk}/ingatkan/"
    mark_coordinating(office=run.office, coordinates=True, by=None)
    look.at(camat, "/periode/2026/3/?saring=terlambat", period, "/periode/2026/3/kantor/")
    look.at(camat, f"{here}tarik-formulir/")
    look.at(camat, f"{here}kertas/", press='main form button[type="submit"]')
    remind(run=Run.objects.get(pk=run.pk), by=look.play.actor("sekcam"), address="http://runut.contoh.example")
    look.at(camat, "/periode/2026/3/", period)


def _papers(look, run):
    camat = look.play.person("camat")
    document = Document.objects.filter(run=run).latest("pk")
    letter, sent = RegisterEntry.objects.filter(register="surat").latest("pk"), Dispatch.objects.latest("pk")
    sender = look.play.world.actor(sent.task.done_by).pegawai
    look.at(camat, f"/dokumen/{document.pk}/", f"/surat/{letter.pk}/", "/dokumen/", "/arsip/", "/lkjip/2026/",
            f"/sop/jalan/{run.pk}/", f"/sop/jalan/{run.pk}/riwayat/", "/tugas/selesai/")  # fmt: skip
    look.at(sender, f"/pengiriman/{sent.pk}/terima/")


def _year(look, run):
    """A year beside its quarters: each quarter's state, and why three of them are wanting."""
    reasons = dict.fromkeys((1, 2, 3, 4), "SOP belum berlaku.")
    camat, title = look.play.person("camat"), "Data kinerja Tahun 2026"
    by = look.play.actor("camat")
    year = start_year(sop=run.version.sop, by=by, year=2026, title=title, reasons=reasons)
    look.at(camat, f"/periode/setahun/{year.pk}/", f"/sop/jalan/{year.pk}/", "/periode/2026/3/")


def test_pages_of_plans_and_imports(look):
    camat, office = look.play.person("camat"), look.play.world.office
    plan, kegiatan, indicator = (
        office.plans.latest("pk"),
        office.kegiatan_set.latest("pk"),
        office.indicators.latest("pk"),
    )
    here, activity = f"/rencana/{plan.pk}/", f"/rencana/kegiatan/{kegiatan.pk}/"
    look.at(camat, "/rencana/", "/rencana/kegiatan/", here, f"{here}pohon/", f"{here}ubah/", activity)
    look.at(camat, f"{activity}pptk/", f"{activity}anggaran/2026/", f"/rencana/dokumen/{office.pk}/")
    look.at(camat, f"/rencana/baru/{office.pk}/", f"{here}sasaran/", press='main button[type="submit"]')
    look.at(camat, "/atur/indikator/", f"/atur/indikator/{indicator.pk}/", f"/atur/indikator/{indicator.pk}/tempat/")
    look.at(camat, "/atur/impor/", f"/atur/impor/{office.pk}/pegawai/", f"/atur/indikator/baru/{office.pk}/")
    look.at(camat, f"/atur/impor/{office.pk}/unit/", press='main button[type="submit"]')
    look.at(camat, "/atur/formulir/", "/atur/formulir/unit/susun/", "/atur/formulir/pegawai/susun/", "/periode/lama/")
    look.at(camat, "/atur/formulir/unit/susun/", press='main [name="act"][value="enforce"]')
    past = "/periode/lama/?tahun=2026&triwulan=2&milik=unit"
    look.at(camat, past, "/periode/buka/tahun/", press='main form[method="post"] button[type="submit"]')

    assert look.finish() == ""


def test_pages_of_a_correction_after_signature(look):
    play, camat = look.play, look.play.person("camat")
    source = play.start("kemlagi", "camat")
    play.to_the_end()
    figure = Figure.objects.get(period__run=source, indicator__indicator__code="IKU-01")
    look.at(camat, f"/kesalahan/lapor/?figure={figure.pk}")
    report = report_error(figure=figure, by=play.actor("pel_pel"), what="Bulan April ikut.", proposed="83,75")
    opening = f"/perbaikan/buka/?run={source.pk}"
    look.at(camat, "/kesalahan/", f"/kesalahan/{report.pk}/tolak/", opening, "/perbaikan/buka/")
    look.at(camat, opening, press='main button[type="submit"]:not([value="search"])')
    case = play.correct("ngoro", source, {"IKU-01": "83.75"})
    look.at(camat, f"/perbaikan/{case.pk}/", f"/perbaikan/{case.pk}/angka/", f"/perbaikan/{case.pk}/batalkan/")
    for step in ORDERED + DECIDED:
        play.until(step)
        look.task(step)
        if step in ("perintah", "rencana", "rapat"):
            look.task(step, press=ACT)
        if step == "perbaiki":
            mine = Sheet.objects.get(run=case.run)
            here, line = f"/isian/{mine.pk}/", rows_of(mine)[0].line.pk
            look.at(play.person("kasi_pel"), f"{here}baris/{line}/", f"{here}periksa/")
    play.to_the_end()
    look.at(camat, f"/perbaikan/{case.pk}/", f"/perbaikan/{case.pk}/berita-acara/", "/perbaikan/?lihat=semua")
    look.at(camat, f"/angka/{figure.pk}/", f"/dokumen/{Document.objects.latest('pk').pk}/", "/arsip/?tampil=arsip")

    assert look.finish() == ""


def test_pages_of_persons_figures_up_to_the_public(live_url, new_page):
    from runut.web.demo.offices import INSPEKTORAT

    look = Look(Play(INSPEKTORAT), new_page, live_url)
    play, inspektur = look.play, look.play.person("inspektur")
    run = play.start("inspektorat", "kepegawaian")
    play.until("periksa")
    person = play.person("auditor1")
    sheet = Sheet.objects.get(run=run, member=member(person))
    look.at(play.person("irban1"), f"/validasi/{sheet.pk}/")
    look.at(play.person("irban1"), f"/validasi/{sheet.pk}/", press='main [name="act"][value="return"]')
    line = rows_of(sheet)[0].line.pk
    review_sheet(
        task_id=play.task("periksa", sheet.member).pk, by=play.actor("irban1"), outcome="return",
        verdicts={line: LineVerdict(noted=True, note="Bukti tidak cocok.")},
    )  # fmt: skip
    look.at(person, "/tugas/", f"/isian/{sheet.pk}/", f"/isian/{sheet.pk}/baris/{line}/")
    for step in ("himpun", "tandatangan", "terbitkan"):
        play.until(step)
        look.task(step)
    look.task("terbitkan", press=ACT)
    look.task("terbitkan", press='main [name="act"][value="return"]')
    play.to_the_end()
    release = Release.objects.get()
    look.at(inspektur, "/publik/", release.get_absolute_url(), f"/terbit/{release.pk}/tarik/")
    look.at(inspektur, f"/isian/{sheet.pk}/", f"/validasi/{sheet.pk}/")

    assert look.finish() == ""
