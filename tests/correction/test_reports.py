"""Reporting a figure as wrong, and declining."""

import pytest
from django.urls import reverse

from runut.audit.models import Entry
from runut.correction import actions, queries
from runut.correction.models import ErrorReport, ReportState, Stage
from runut.lib.errors import Denied, Refused, Stale
from tests.cast import build_office
from tests.correction import builders


def test_anybody_who_sees_a_figure_may_report_it(office, ngoro):
    report = actions.report_error(
        figure=ngoro.a1, by=office.actor(office.staf), what="Bulan April ikut", proposed="92,1", stage=Stage.EXECUTION
    )

    assert (report.state, report.value, report.stage) == (ReportState.OPEN, builders.now_of(ngoro.a1), Stage.EXECUTION)
    assert Entry.objects.get(event="error.reported").actor_name == office.staf.full_name


def test_a_stranger_does_not_report(office, ngoro):
    stranger = build_office("dinas", instansi=office.instansi)

    with pytest.raises(Denied, match="di luar kantor"):
        actions.report_error(figure=ngoro.a1, by=stranger.actor(stranger.staf), what="Keliru")


def test_a_report_says_what_is_wrong(office, ngoro):
    with pytest.raises(Refused, match="Tulis apa yang keliru"):
        actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="  ")


def test_a_figure_not_handed_in_is_not_reported(office, people):
    figure = people.run.period.figures.first()

    with pytest.raises(Refused, match="belum diajukan"):
        actions.report_error(figure=figure, by=office.actor(people.a), what="Keliru")


def test_ones_own_report_is_not_repeated(office, ngoro):
    actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="Keliru")

    with pytest.raises(Stale, match="sudah melaporkan"):
        actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="Keliru")


def test_reports_on_one_figure_stand_together(office, ngoro, django_assert_num_queries):
    for person in (office.staf, office.kasubag):
        actions.report_error(figure=ngoro.a1, by=office.actor(person), what="Keliru")
    actions.report_error(figure=ngoro.b1, by=office.actor(office.staf), what="Satuan")

    actor = office.actor(office.camat)
    with django_assert_num_queries(3):
        groups = queries.report_groups(actor)
    assert [(g.figure, len(g.reports)) for g in groups] == [(ngoro.a1, 2), (ngoro.b1, 1)]


def test_the_head_declines_with_a_reason(office, ngoro):
    report = actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="Keliru")
    with pytest.raises(Refused, match="Tulis alasan"):
        actions.decline_report(report=report, by=office.actor(office.camat), reason=" ")

    declined = actions.decline_report(report=report, by=office.actor(office.camat), reason="Sesuai rekap")

    assert (declined.state, declined.decline_reason) == (ReportState.DECLINED, "Sesuai rekap")
    with pytest.raises(Stale, match="sudah diputus"):
        actions.decline_report(report=report, by=office.actor(office.camat), reason="Sesuai rekap")


def test_staff_do_not_decline(office, ngoro):
    report = actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="Keliru")

    with pytest.raises(Denied, match="diputus oleh pimpinan"):
        actions.decline_report(report=report, by=office.actor(office.kasubag), reason="Sesuai")
    assert ErrorReport.objects.get().state == ReportState.OPEN


def test_the_heads_own_tasks_say_that_reports_wait(office, ngoro, client_for):
    actions.report_error(figure=ngoro.a1, by=office.actor(office.staf), what="Keliru")

    head, staff = (client_for(one).get("/tugas/").text for one in (office.camat, office.staf))

    assert "1 laporan kesalahan menunggu putusan Anda." in head
    assert f'href="{reverse("correction:reports")}">Lihat laporan</a>' in head
    assert "laporan kesalahan menunggu" not in staff


def test_only_who_may_open_a_case_is_offered_it_at_its_procedure(office, case, client_for):
    address = f"/sop/{case.run.version.sop_id}/"

    head, staff = (client_for(one).get(address).text for one in (office.camat, office.staf))

    assert "Buka perbaikan data</a>" in head
    assert "Buka perbaikan data</a>" not in staff
    assert "Perbaikan dibuka oleh pimpinan kantor atau penanda tangan data." in staff
    assert "Perbaikan dibuka oleh pimpinan kantor" not in head
