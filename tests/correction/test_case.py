"""Opening a case, changing its items, ending it."""

import pytest

from runut.audit.models import Entry
from runut.collection.models import MarkKind
from runut.correction import actions
from runut.correction.models import Correction, CorrectionItem, Origin, ReportState
from runut.lib.errors import Denied, Refused, Stale
from runut.planning.models import Stakeholder
from runut.sop.actions import cancel, resume
from runut.sop.models import RunScope, RunState, Task
from tests.collection import builders as forms
from tests.correction import builders
from tests.sop.play import do, install, open_task


@pytest.mark.requirement("R-NGORO-11")
def test_the_head_opens_a_case_on_signed_figures(office, ngoro, case):
    item = case.items.get(figure=ngoro.a1)
    assert (case.code, case.origin, case.source) == ("PD-2026-001", Origin.SIGNED, ngoro.run.period)
    assert (item.before, item.what, item.decided) == (builders.now_of(ngoro.a1), "bulan April ikut terhitung", None)
    assert open_task(case.run, "perintah").jabatan == office.jabatan["camat"]
    assert Entry.objects.filter(event="correction.opened", stream=f"run:{case.run_id}").count() == 1


def test_cases_are_numbered_within_their_office_and_year(office, ngoro, case):
    second = builders.open_case(office, ngoro.run, {ngoro.a2: "salah kolom"}, sop=case.run.version.sop)

    assert (case.no, second.no, second.code) == (1, 2, "PD-2026-002")


def test_tasks_of_two_cases_on_one_quarter_say_which_case_and_what_it_is_about(office, ngoro, case, client_for):
    builders.open_case(office, ngoro.run, {ngoro.a2: "salah kolom"}, sop=case.run.version.sop)

    page = client_for(office.camat).get("/tugas/").text

    assert "Perbaikan data kinerja Triwulan I 2026, PD-2026-001: 2 angka" in page
    assert f"Perbaikan data kinerja Triwulan I 2026, PD-2026-002: {ngoro.a2.indicator.name}" in page


def test_a_case_is_called_by_what_it_is_about_when_that_has_changed(office, ngoro, case):
    actions.remove_item(item=case.items.get(figure=ngoro.b1), by=office.actor(office.camat))

    case.run.refresh_from_db()
    assert case.run.title == f"Perbaikan data kinerja Triwulan I 2026, PD-2026-001: {ngoro.a1.indicator.name}"
    told = Entry.objects.get(event="run.retitled")
    assert (told.payload["after"], told.stream) == ({"title": case.run.title}, f"run:{case.run_id}")


def test_the_indicator_of_a_person_is_not_named_before_the_whole_office(office, kintom):
    case = builders.open_case(office, kintom.run, {kintom.fa: "keliru"}, code="kintom")

    assert case.run.title == "Perbaikan data kinerja Triwulan I 2026, PD-2026-001: 1 angka"


@pytest.mark.requirement("R-NGORO-25", "R-SIDOARJO-26")
def test_those_who_answer_for_the_figures_are_the_stakeholders_of_the_run(office, ngoro, case):
    scope = RunScope.objects.get(run=case.run, each="stakeholder")

    assert sorted(scope.members) == sorted([ngoro.pptk_a.pk, ngoro.pptk_b.pk])


def test_a_figure_that_nobody_answers_for_is_named(office, ngoro):
    Stakeholder.objects.filter(pegawai=ngoro.pptk_b).delete()

    with pytest.raises(Refused, match="Belum ada PPTK yang menangani indikator"):
        builders.open_case(office, ngoro.run, {ngoro.b1: "keliru"})
    assert not Correction.objects.exists()


def test_staff_report_but_do_not_open_a_case(office, ngoro):
    with pytest.raises(Denied, match="diperintahkan oleh pimpinan kantor"):
        builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"}, by=office.staf)


def test_a_figure_is_in_one_open_case_at_a_time(office, ngoro, case):
    with pytest.raises(Refused, match="sedang diperbaiki dalam PD-2026-001"):
        builders.open_case(office, ngoro.run, {ngoro.a1: "lagi"}, sop=case.run.version.sop)


def test_the_same_click_again_opens_one_case(office, ngoro):
    sop = install(office, "ngoro")
    first = builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"}, sop=sop, key="k-1")
    again = builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"}, sop=sop, key="k-1")

    assert (first, Correction.objects.count()) == (again, 1)


@pytest.mark.parametrize(
    ("what", "reason", "sentence"), [("", "alasan", "tulis apa yang keliru"), ("salah", " ", "Tulis alasan perbaikan")]
)
def test_a_case_says_what_is_wrong_and_why_it_is_opened(office, ngoro, what, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        builders.open_case(office, ngoro.run, {ngoro.a1: what}, reason=reason)


def test_a_collection_procedure_corrects_nothing(office, ngoro):
    with pytest.raises(Refused, match="Pilih SOP perbaikan"):
        builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"}, sop=ngoro.run.version.sop)


@pytest.mark.requirement("R-KINTOM-10")
def test_the_signature_waits_while_validated_data_are_corrected(office, kintom):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")

    kintom.run.refresh_from_db()
    assert (case.origin, case.holds_source) == (Origin.VALIDATED, True)
    assert (kintom.run.state, kintom.run.stop_reason) == (RunState.HELD, "Menunggu perbaikan data PD-2026-001.")
    assert RunScope.objects.get(run=case.run, each="pegawai").members == [kintom.a.pk]
    with pytest.raises(Refused, match="sedang dijeda"):
        builders.do(office, kintom.run, "tandatangan", office.camat)


def test_data_not_yet_validated_go_back_without_a_case(office, people):
    forms.fill_in(office, people.run, people.a)
    [figure, _other] = builders.figures(people.run, people.a)

    with pytest.raises(Refused, match="Data ini belum diperiksa"):
        builders.open_case(office, people.run, {figure: "keliru"}, code="kintom")


def test_figures_may_be_added_and_removed_until_the_order(office, ngoro, case):
    [added] = actions.add_items(case=case, by=office.actor(office.camat), items={ngoro.a2.pk: "salah kolom"})
    actions.remove_item(item=added, by=office.actor(office.camat))

    assert CorrectionItem.objects.filter(correction=case).count() == 2
    builders.give_order(office, case.run)
    builders.plan(office, case)
    with pytest.raises(Stale, match="sudah berjalan"):
        actions.add_items(case=case, by=office.actor(office.camat), items={ngoro.a2.pk: "salah kolom"})


def test_a_figure_that_somebody_else_took_out_is_answered_with_a_sentence(office, ngoro, case):
    item, by = case.items.get(figure=ngoro.a1), office.actor(office.camat)
    actions.remove_item(item=item, by=by)

    with pytest.raises(Stale, match="sudah dikeluarkan"):
        actions.remove_item(item=item, by=by)


def test_the_source_does_not_go_on_while_its_data_are_corrected(office, kintom):
    builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    by = office.actor(office.camat)

    with pytest.raises(Refused, match="menunggu perbaikan datanya"):
        resume(run=kintom.run, by=by)

    kintom.run.refresh_from_db()
    assert kintom.run.state == RunState.HELD


def test_a_correction_is_not_cancelled_behind_its_case(office, case):
    with pytest.raises(Refused, match="halaman Perbaikan"):
        cancel(run=case.run, by=office.actor(office.camat), reason="Salah buka.")


def test_the_last_figure_of_a_case_stays(office, ngoro):
    case = builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"})

    with pytest.raises(Refused, match="paling sedikit satu angka"):
        actions.remove_item(item=case.items.get(), by=office.actor(office.camat))


def test_open_reports_on_the_figures_are_answered_by_the_case(office, ngoro):
    report = actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="Bulannya salah")
    case = builders.open_case(office, ngoro.run, {ngoro.a1: "Bulannya salah"})

    report.refresh_from_db()
    assert (report.state, case.items.get().report) == (ReportState.ACCEPTED, report)


def test_a_withdrawn_case_leaves_the_figures_as_they_were(office, at_meeting, ngoro):
    case = actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Laporan keliru")

    at_meeting.run.refresh_from_db()
    now = builders.now_of(ngoro.a1)
    assert (case.closed_at is None, at_meeting.run.state) == (False, RunState.CANCELLED)
    assert (now.no, now.amount, now.reason) == (3, at_meeting.a.before.amount, "Laporan keliru")
    assert not CorrectionItem.objects.filter(open=True).exists()


def test_a_withdrawn_case_lets_the_signature_go_on(office, kintom):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    actions.withdraw_case(case=case, by=office.actor(office.camat), reason="Ternyata benar")

    kintom.run.refresh_from_db()
    assert kintom.run.state == RunState.RUNNING
    assert Task.objects.get(run=kintom.run, step="tandatangan", state="open").due_at is not None


def test_what_was_validated_before_a_withdrawn_case_needs_no_judge_again(office, kintom, client_for):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    actions.analyse(task_id=open_task(case.run, "teliti").pk, by=office.actor(office.camat), notes={})
    builders.give_order(office, case.run, of=builders.order(office, team={}))
    do(office, case.run, "koordinasi", office.sekretaris)
    do(office, case.run, "teruskan", office.kasubag)
    builders.repair(office, case.run, kintom.a, kintom.a, "80")
    before = case.items.get().before.marks.get(kind=MarkKind.VALIDATED)

    actions.withdraw_case(case=case, by=office.actor(office.camat), reason="Ternyata benar")

    now = builders.now_of(kintom.fa)
    mark = now.marks.get(kind=MarkKind.VALIDATED)
    assert (now.no, now.amount) == (3, case.items.get().before.amount)
    assert (mark.by, mark.basis) == (before.by, f"Sama dengan versi 1: {before.basis}")
    logged = Entry.objects.filter(event="values.validated").latest("pk")
    assert (logged.actor_id, logged.payload["after"]["values"]) == (office.camat.pk, [now.pk])
    address, camat = f"/tugas/{open_task(kintom.run, 'tandatangan').pk}/", client_for(office.camat)
    paper = camat.post(f"{address}dokumen-baru/", follow=True).text
    assert "Baca isinya di sini" in paper and "belum diperiksa" not in paper


def test_a_return_after_signature_opens_the_case_on_the_run_itself(office, ngoro):
    figures = {ngoro.a1.pk: "salah bulan"}
    case = actions.open_on_run(run=ngoro.run, by=office.actor(office.camat), figures=figures, reason="Salah bulan")
    same = actions.open_on_run(run=ngoro.run, by=office.actor(office.camat), figures=figures, reason="Salah bulan")

    assert (case.run, case.origin, case, case.items.count()) == (ngoro.run, Origin.SIGNED, same, 1)


def test_two_cases_on_one_source_release_it_when_the_last_is_closed(office, kintom):
    first = builders.open_case(office, kintom.run, {kintom.fa: "keliru"}, code="kintom")
    second = builders.open_case(office, kintom.run, {kintom.fb: "keliru"}, sop=first.run.version.sop)

    states = []
    for case in (first, second):
        actions.close_case(run=case.run, by=office.actor(office.camat))
        kintom.run.refresh_from_db()
        states.append(kintom.run.state)
    assert states == [RunState.HELD, RunState.RUNNING]


def test_lists_and_dossiers_take_as_many_queries_for_more_items(office, ngoro, case, client_for):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, counts = client_for(office.camat), []
    for figure in (None, ngoro.a2):
        if figure:
            actions.add_items(case=case, by=office.actor(office.camat), items={figure.pk: "salah kolom"})
        for url in ("/perbaikan/", case.get_absolute_url(), f"/perbaikan/buka/?run={ngoro.run.pk}"):
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                browser.get(url)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
