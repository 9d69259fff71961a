"""The pages of this room, as a browser uses them."""

import re

import pytest
from django.urls import reverse

from runut.audit.models import Entry
from runut.correction import actions
from runut.correction.models import Correction, CorrectionItem, Decision, ErrorReport, Meeting, Order
from tests.cast import build_office
from tests.collection import builders as forms
from tests.correction import builders
from tests.correction.test_analysis import examine
from tests.sop.play import holder, install, open_task


def key_in(response):
    return re.search(r'name="key" value="([^"]+)"', response.content.decode()).group(1)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def camat(office, client_for):
    return client_for(office.camat)


def test_a_figure_is_reported_from_its_page(office, ngoro, client_for):
    browser, url = client_for(office.staf), f"/kesalahan/lapor/?figure={ngoro.a1.pk}"
    assert f'href="{url}"' in text_of(browser.get(ngoro.a1.get_absolute_url()))
    assert "97,8" in text_of(browser.get(url))

    wrong = browser.post(url, {"what": "Salah bulan", "proposed": "kira-kira", "stage": "pelaporan"})
    assert (wrong.status_code, "Isi dengan angka" in text_of(wrong)) == (422, True)
    assert "Salah bulan" in text_of(wrong)
    sent = browser.post(url, {"what": "Salah bulan", "proposed": "92,1", "stage": "pelaporan"}, follow=True)
    assert "sudah disampaikan" in text_of(sent)
    assert ErrorReport.objects.get().proposed == "92,1"


def test_a_figure_of_another_office_is_not_found(office, ngoro, client_for):
    stranger = build_office("dinas", instansi=office.instansi)

    assert client_for(stranger.camat).get(f"/kesalahan/lapor/?figure={ngoro.a1.pk}").status_code == 404
    assert client_for(stranger.camat).get("/kesalahan/lapor/").status_code == 404


def test_the_head_answers_reports_from_the_list(office, ngoro, client_for, camat):
    client_for(office.staf).post(f"/kesalahan/lapor/?figure={ngoro.a1.pk}", {"what": "Keliru", "stage": "pelaporan"})
    report = ErrorReport.objects.get()
    assert "laporan kesalahan baru" in text_of(camat.get("/tugas/"))
    assert "laporan kesalahan baru" not in text_of(client_for(office.staf).get("/tugas/"))
    page = text_of(camat.get("/kesalahan/"))
    assert f"/kesalahan/{report.pk}/tolak/" in page
    assert f"/perbaikan/buka/?report={report.pk}" in page
    assert f"/kesalahan/{report.pk}/tolak/" not in text_of(client_for(office.staf).get("/kesalahan/"))

    url = f"/kesalahan/{report.pk}/tolak/"
    assert client_for(office.staf).post(url, {"reason": "x"}).status_code == 403
    assert camat.post(url, {"reason": ""}).status_code == 422
    assert camat.post(url, {"reason": "Sesuai rekap"}).status_code == 302
    assert "Sesuai rekap" in text_of(camat.get("/kesalahan/?status=declined"))
    assert "laporan kesalahan baru" not in text_of(camat.get("/tugas/"))


def test_the_head_opens_a_case_from_a_report(office, ngoro, client_for, camat):
    sop = install(office, "ngoro")
    client_for(office.staf).post(f"/kesalahan/lapor/?figure={ngoro.a1.pk}", {"what": "Keliru", "stage": "pelaporan"})
    url = f"/perbaikan/buka/?report={ErrorReport.objects.get().pk}"
    page = camat.get(url)
    assert f'value="{ngoro.a1.pk}" id="item-{ngoro.a1.pk}" checked' in text_of(page)

    form = {"key": key_in(page), "item": ngoro.a1.pk, f"what-{ngoro.a1.pk}": "Keliru", "sop": sop.pk,
            "stage": "pelaporan", "reason": "", "act": "open"}  # fmt: skip
    assert camat.post(url, form).status_code == 422
    done = camat.post(url, {**form, "reason": "Salah bulan"})
    again = camat.post(url, {**form, "reason": "Salah bulan"})

    case = Correction.objects.get()
    assert (done.url, again.url) == (case.get_absolute_url(), case.get_absolute_url())
    assert "PD-2026-001" in text_of(camat.get("/perbaikan/"))


def test_the_search_keeps_what_was_ticked_and_typed(office, ngoro, camat):
    install(office, "ngoro")
    url = f"/perbaikan/buka/?run={ngoro.run.pk}"
    form = {"item": ngoro.a1.pk, f"what-{ngoro.a1.pk}": "Salah bulan", "q": "tidak ada", "act": "search"}
    page = text_of(camat.post(url, {**form, "reason": "Alasan saya"}))

    assert ">Salah bulan</textarea>" in page
    assert f'id="item-{ngoro.a1.pk}" checked' in page
    assert f'id="item-{ngoro.b1.pk}"' not in page
    assert "Alasan saya" in page


def test_what_is_typed_beside_an_unticked_box_is_not_lost(office, ngoro, camat):
    sop = install(office, "ngoro")
    url = f"/perbaikan/buka/?run={ngoro.run.pk}"
    form = {"key": key_in(camat.get(url)), "item": ngoro.a1.pk, f"what-{ngoro.a1.pk}": "Salah bulan",
            f"what-{ngoro.b1.pk}": "Salah satuan", "sop": sop.pk, "stage": "pelaporan", "reason": "Unduh"}  # fmt: skip

    wrong = camat.post(url, {**form, "act": "open"})
    found = camat.post(url, {**form, "act": "search", "q": "tidak ada"})

    assert (wrong.status_code, Correction.objects.exists()) == (422, False)
    assert f"{ngoro.b1.indicator.name}, {ngoro.b1.unit.name}, tetapi angkanya belum dicentang" in text_of(wrong)
    assert all("Salah satuan" in text_of(page) for page in (wrong, found))
    assert camat.post(url, {**form, "act": "open", f"what-{ngoro.b1.pk}": ""}).status_code == 302


def test_the_words_of_a_report_alone_hold_nothing_up(office, ngoro, client_for, camat):
    sop = install(office, "ngoro")
    client_for(office.staf).post(f"/kesalahan/lapor/?figure={ngoro.b1.pk}", {"what": "Keliru", "stage": "pelaporan"})
    url = f"/perbaikan/buka/?run={ngoro.run.pk}"
    form = {"key": key_in(camat.get(url)), "item": ngoro.a1.pk, f"what-{ngoro.a1.pk}": "Salah bulan",
            f"what-{ngoro.b1.pk}": "Keliru", "sop": sop.pk, "stage": "pelaporan", "reason": "Salah unduh"}  # fmt: skip

    assert camat.post(url, {**form, "act": "open"}).status_code == 302
    assert [item.figure for item in Correction.objects.get().items.all()] == [ngoro.a1]


def test_a_figure_under_correction_links_to_its_case(office, ngoro, case, camat):
    page = text_of(camat.get(f"/perbaikan/buka/?run={ngoro.run.pk}"))

    assert "Sedang diperbaiki dalam PD-2026-001" in page
    assert f'id="item-{ngoro.a1.pk}"' not in page


def test_staff_read_why_they_cannot_open_a_case(office, ngoro, client_for):
    install(office, "ngoro")
    url = f"/perbaikan/buka/?run={ngoro.run.pk}"

    assert "diperintahkan oleh pimpinan kantor" in text_of(client_for(office.staf).get(url))
    assert client_for(office.staf).post(url, {"act": "open"}).status_code == 403
    assert Entry.objects.filter(event="correction:open", refused=True).exists()


def test_without_a_period_one_chooses_it_first(office, ngoro, camat):
    assert f"/perbaikan/buka/?run={ngoro.run.pk}" in text_of(camat.get("/perbaikan/buka/"))


def test_the_order_is_written_on_its_page(office, ngoro, case, camat, client_for):
    task = open_task(case.run, "perintah")
    url = f"/tugas/{task.pk}/perintah/"
    page = camat.get(url)
    assert f'data-task="{task.pk}"' in text_of(page)
    a, b = case.items.get(figure=ngoro.a1).pk, case.items.get(figure=ngoro.b1).pk
    form = {"key": key_in(page), "act": "complete", "number": "065/1/2026", "day": "2026-01-01", "subject": "Perbaikan",
            "text": "Perbaiki.", "stage": "pelaporan", f"role-{office.kasubag.pk}": "Ketua",
            "shown": [a, b], "keep": [a]}  # fmt: skip
    assert client_for(office.staf).post(url, form).status_code == 403
    backdated = camat.post(url, form)
    assert (backdated.status_code, "alasan tanggal mundur" in text_of(backdated)) == (422, True)

    done = camat.post(url, {**form, "back_dated_reason": "Ditulis tangan lebih dulu"})
    again = camat.post(url, {**form, "back_dated_reason": "Ditulis tangan lebih dulu"})

    assert (done.url, again.url) == ("/tugas/", "/tugas/")
    assert (Order.objects.count(), case.items.count()) == (1, 1)
    assert "065/1/2026" in text_of(camat.get(url))
    assert "065/1/2026" in text_of(camat.get(case.get_absolute_url()))


def test_a_wrong_date_keeps_what_was_typed(office, case, camat):
    url = f"/tugas/{open_task(case.run, 'perintah').pk}/perintah/"
    page = camat.post(url, {"day": "31-02-2026", "number": "065/9", "act": "complete"})

    assert (page.status_code, "tidak ada di kalender" in text_of(page), 'value="065/9"' in text_of(page)) == (
        422, True, True,
    )  # fmt: skip


def test_the_plan_offers_the_pptk_who_answers(office, ngoro, case, client_for):
    builders.give_order(office, case.run)
    task, browser = open_task(case.run, "rencana"), client_for(office.kasubag)
    url = f"/tugas/{task.pk}/rencana/"
    page = browser.get(url)
    pk = case.items.get(figure=ngoro.a1).pk
    assert f'<option value="{ngoro.pptk_a.pk}" selected>' in text_of(page)

    form = {"key": key_in(page), "act": "complete"}
    for item in case.items.all():
        form |= {f"repairer-{item.pk}": ngoro.pptk_a.pk, f"due-{item.pk}": "2030-01-01", f"evidence-{item.pk}": "Rekap"}
    wrong = browser.post(url, {**form, f"evidence-{pk}": ""})
    assert (wrong.status_code, "Bagian ini belum diisi" in text_of(wrong)) == (422, True)
    assert browser.post(url, form).url == "/tugas/"
    assert CorrectionItem.objects.get(pk=pk).repairer == ngoro.pptk_a
    assert "Rekap" in text_of(client_for(office.staf).get(url))


def test_the_camat_marks_what_is_wrong(office, kintom, camat):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    url = f"/tugas/{open_task(case.run, 'teliti').pk}/analisis/"
    page = camat.get(url)
    assert f'name="wrong-{kintom.fa.pk}" checked' in text_of(page)
    both = {"shown": [kintom.fa.pk, kintom.fb.pk], f"wrong-{kintom.fa.pk}": "on", f"what-{kintom.fa.pk}": "bukti"}
    wrong = camat.post(url, {**both, f"wrong-{kintom.fb.pk}": "on", "act": "complete"})
    assert (wrong.status_code, "Tulis apa yang keliru" in text_of(wrong)) == (422, True)

    assert camat.post(url, {**both, f"text-{kintom.fb.pk}": "Wajar", "act": "save"}).url == url
    assert "Wajar" in text_of(camat.get(url))
    assert camat.post(url, {**both, "act": "complete", "key": key_in(page)}).url == "/tugas/"
    assert case.items.get().what == "bukti"


@pytest.mark.requirement("R-NGORO-20")
def test_the_meeting_is_recorded_under_the_cases_address(office, ngoro, at_meeting, client_for):
    browser, case = client_for(office.sekretaris), at_meeting.case
    task = open_task(at_meeting.run, "rapat")
    assert browser.get(f"/tugas/{task.pk}/rapat/").url == f"/perbaikan/{case.pk}/rapat/"
    page = browser.get(f"/perbaikan/{case.pk}/rapat/")
    shown = text_of(page)
    assert ("97,8" in shown, "92,1" in shown, f'data-task="{task.pk}"' in shown) == (True, True, True)
    assert ngoro.pptk_a.full_name in shown

    a, b = at_meeting.a.pk, at_meeting.b.pk
    form = {"key": key_in(page), "day": "2026-01-01", "clock": "09.00", "place": "Ruang rapat",
            "leader": office.sekretaris.pk, "present": [office.sekretaris.pk, office.kasubag.pk],
            "minutes": "Dibahas.", f"decision-{a}": "new", f"basis-{a}": "rekap", f"decision-{b}": "other",
            "act": "complete", "point-1": "Perbaiki cara unduh"}  # fmt: skip
    url = f"/tugas/{task.pk}/rapat/"
    assert client_for(office.staf).post(url, form).status_code == 403
    wrong = browser.post(url, {**form, f"other-{b}": "banyak"})
    assert (wrong.status_code, "Dibahas." in text_of(wrong)) == (422, True)
    final = {**form, f"other-{b}": "71,5", f"basis-{b}": "hitung ulang"}
    assert browser.post(url, final).url == "/tugas/"
    assert browser.post(url, final).url == "/tugas/"

    assert (Meeting.objects.count(), builders.now_of(ngoro.b1).amount) == (1, 71.5)
    assert browser.get(f"/perbaikan/{case.pk}/rapat/").url == f"/perbaikan/{case.pk}/berita-acara/"
    minutes = text_of(browser.get(f"/perbaikan/{case.pk}/berita-acara/"))
    assert ("71,5" in minutes, "Perbaiki cara unduh" in minutes, "tidak hadir" in minutes) == (True, True, True)


def test_a_deferred_item_is_returned_on_the_page(office, at_meeting, client_for):
    task, browser = open_task(at_meeting.run, "rapat"), client_for(office.sekretaris)
    url = f"/tugas/{task.pk}/rapat/"
    form = {"day": "2026-01-01", "clock": "09:00", "place": "Ruang rapat", "leader": office.sekretaris.pk,
            "present": [office.sekretaris.pk, office.kasubag.pk], "minutes": "Dibahas.",
            f"decision-{at_meeting.a.pk}": "new", f"decision-{at_meeting.b.pk}": "deferred"}  # fmt: skip
    blocked = browser.post(url, {**form, "act": "complete", "key": "k-1"})
    assert (blocked.status_code, "Masih ditunda" in text_of(blocked)) == (422, True)
    button = re.search(r'value="return">([^<]+)</button>', text_of(blocked)).group(1)
    assert f"lalu tekan “{button}”" in text_of(blocked)
    assert '<details class="act-return" open>' in text_of(blocked)
    without = browser.post(url, {**form, "act": "return", "key": "k-1"})
    assert (without.status_code, "Tulis alasan pengembalian" in text_of(without)) == (422, True)

    assert browser.post(url, {**form, "act": "return", "reason": "Bukti kurang", "key": "k-1"}).status_code == 302
    at_meeting.b.refresh_from_db()
    assert at_meeting.b.decision == Decision.DEFERRED


@pytest.mark.requirement("R-KEMLAGI-28")
def test_a_meeting_without_a_case_has_attendance_and_minutes(office, frozen_time, client_for):
    from runut.sop.actions import start_run

    unit = office.units[2]
    forms.give_indicators(office, units=[unit])
    run = start_run(sop=install(office, "kemlagi"), by=office.actor(office.camat), title="Pengumpulan")
    builders.give_order(office, run, of=builders.order(office, team={}))
    forms.prepare(office, run, [unit], everybody=office.units)
    forms.distribute(office, run, "sampaikan", office.sekretaris)
    forms.fill_in(office, run, unit, "84", "90", who=builders.head_of(office, unit))
    for step in ("himpun", "analisis", "draf", "koreksi"):
        builders.do(office, run, step, holder(office, open_task(run, step)).pegawai)
    task, browser = open_task(run, "rapat"), client_for(office.sekretaris)
    page = browser.get(f"/tugas/{task.pk}/rapat/")
    form = {"key": key_in(page), "day": "2026-01-01", "clock": "09:00", "place": "Aula", "act": "complete",
            "leader": office.sekretaris.pk, "present": [office.sekretaris.pk, office.kasi[0].pk],
            "minutes": "LKjIP disepakati."}  # fmt: skip

    assert browser.post(f"/tugas/{task.pk}/rapat/", form).url == "/tugas/"
    assert "LKjIP disepakati." in text_of(browser.get(f"/tugas/{task.pk}/notula/"))
    assert browser.get(f"/tugas/{task.pk}/rapat/").url == f"/tugas/{task.pk}/notula/"


def test_figures_are_added_and_removed_on_the_cases_page(office, ngoro, case, camat, client_for):
    url = f"/perbaikan/{case.pk}/angka/"
    assert client_for(office.staf).post(url, {"act": "add"}).status_code == 403
    assert camat.post(url, {"act": "add"}).status_code == 422
    form = {"act": "add", "item": ngoro.a2.pk, f"what-{ngoro.a2.pk}": "salah kolom"}
    assert camat.post(url, form).url == url
    assert camat.post(url, {"remove": case.items.get(figure=ngoro.a2).pk}).url == url
    assert case.items.count() == 2


def test_a_case_is_withdrawn_with_a_reason(office, case, camat, client_for):
    url = f"/perbaikan/{case.pk}/batalkan/"
    assert client_for(office.staf).post(url, {"reason": "x"}).status_code == 403
    assert camat.post(url, {"reason": ""}).status_code == 422
    assert camat.post(url, {"reason": "Ternyata benar"}).url == case.get_absolute_url()
    assert "Ternyata benar" in text_of(camat.get(case.get_absolute_url()))


def test_the_dossier_shows_before_proposed_and_decided(office, ngoro, at_meeting, camat):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})
    page = text_of(camat.get(at_meeting.case.get_absolute_url()))

    assert '<del class="num">97,8' in page
    assert '<ins class="num">92,1' in page
    assert ("Salah ambil bulan April" in page, "−5,7" in page, "rekap SIAK" in page) == (True, True, True)
    for part in ("perintah", "rencana", "beda", "rapat", "paraf", "ttd", "arsip"):
        assert f'id="{part}"' in page


def test_a_persons_figures_are_hidden_from_colleagues(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    url = case.get_absolute_url()

    assert "bukti tidak cocok" not in text_of(client_for(kintom.b).get(url))
    assert "bukti tidak cocok" in text_of(client_for(kintom.a).get(url))


@pytest.mark.parametrize("path", ["/perbaikan/", "/kesalahan/", "/perbaikan/buka/"])
def test_lists_are_empty_with_a_word_of_why(office, client_for, path):
    page = client_for(office.staf).get(path)

    assert (page.status_code, 'class="panel empty"' in text_of(page)) == (200, True)


def test_a_case_of_another_office_is_not_found(office, case, client_for):
    stranger = build_office("dinas", instansi=office.instansi)
    browser = client_for(stranger.camat)

    for name in ("correction", "items", "withdraw", "meeting", "minutes"):
        assert browser.get(reverse(f"correction:{name}", args=[case.pk])).status_code == 404
    for name in ("instruct", "plan", "analyse", "meet", "task_minutes"):
        task = open_task(case.run, "perintah")
        assert browser.get(reverse(f"correction:{name}", args=[task.pk])).status_code == 404


def test_whose_data_are_repaired_and_their_superior_are_ticked_to_be_told(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    examine(office, case.run, {kintom.fa: actions.Note(flagged=True, what="bukti tidak cocok")})
    builders.give_order(office, case.run, of=builders.order(office, team={}))
    first = client_for(office.sekretaris).get(_told(case.run, "koordinasi")).text
    builders.do(office, case.run, "koordinasi", office.sekretaris)

    page = client_for(office.kasubag).get(_told(case.run, "teruskan")).text

    ticked = r'name="to" value="(\d+)"[^>]*checked'
    assert re.findall(ticked, first) == [str(office.kasubag.pk)]
    assert {int(pk) for pk in re.findall(ticked, page)} == {kintom.a.pk, kintom.kasi.pk}


def _told(run, step):
    return f"/tugas/{open_task(run, step).pk}/koordinasi/"


def test_a_repaired_figure_is_judged_beside_the_wrong_one(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    examine(office, case.run, {kintom.fa: actions.Note(flagged=True, what="bukti tidak cocok")})
    builders.give_order(office, case.run, of=builders.order(office, team={}))
    builders.do(office, case.run, "koordinasi", office.sekretaris)
    builders.do(office, case.run, "teruskan", office.kasubag)
    builders.repair(office, case.run, kintom.a, kintom.a, "81,5")

    page = client_for(kintom.kasi).get(f"/validasi/{forms.sheet_of(case.run, kintom.a).pk}/").text

    assert re.search(r"<del>84,75\s*</del>.*?<ins>81,5\s*</ins>", page)
    assert re.search(r">−3,25<", page)
    assert "Penyebab: Salah ambil bulan April<br>Alasan: Sesuai rekap SIAK</p>" in page


def test_a_missing_team_is_asked_for_where_the_team_stands(office, case, camat):
    task = open_task(case.run, "perintah")
    page = camat.get(f"/tugas/{task.pk}/perintah/")
    sent = {"key": key_in(page), "act": "complete", "number": "065/1", "day": "2026-01-05", "subject": "Perbaikan",
            "text": "Perbaiki.", "stage": "pelaporan", "back_dated_reason": "Ditulis tangan"}  # fmt: skip

    answer = text_of(camat.post(f"/tugas/{task.pk}/perintah/", sent))

    assert "Pilih anggota tim" in answer[answer.index('id="tim"') :]


def test_an_order_that_needs_no_team_folds_it_away(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    examine(office, case.run, {kintom.fa: actions.Note(flagged=True, what="bukti tidak cocok")})
    task, camat = open_task(case.run, "perintah"), client_for(office.camat)
    page = camat.get(f"/tugas/{task.pk}/perintah/")

    again = camat.post(f"/tugas/{task.pk}/perintah/", {"key": key_in(page), "act": "complete", "decree": "188/2"})

    assert '<details class="panel stack" id="tim"><summary>Bentuk tim' in text_of(page)
    assert '<details class="panel stack" id="tim" open>' in text_of(again)
