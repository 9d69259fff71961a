"""The ways between a figure, its form, the reports on it, its case and the case's paper."""

from datetime import timedelta

from runut.correction import actions
from runut.documents.queries import main_document
from tests.collection.builders import sheet_of
from tests.correction import builders
from tests.documents import builders as papers


def test_a_figure_and_the_paper_lead_to_the_case(office, ngoro, case, client_for):
    builders.give_order(office, case.run)
    builders.plan(office, case)
    builders.repair(office, case.run, ngoro.pptk_a, ngoro.pptk_a, "92,1")
    builders.repair(office, case.run, ngoro.pptk_b, ngoro.pptk_b, "70")
    papers.compile_data(office, case.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    link = f'href="{case.get_absolute_url()}"'
    camat = client_for(office.camat)

    figure, beside, paper = (
        camat.get(address.get_absolute_url()).text for address in (ngoro.a1, ngoro.a2, main_document(case.run))
    )

    assert link in figure and case.code in figure
    assert link not in beside
    assert link in paper and f"Buka {case.code}" in paper


def test_a_report_that_was_accepted_names_its_case_also_once_it_is_closed(office, ngoro, frozen_time, client_for):
    for who in (office.staf, office.kasubag):
        actions.report_error(figure=ngoro.a1, by=office.actor(who), what="Keliru")
    first = builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"})
    actions.withdraw_case(case=first, by=office.actor(office.camat), reason="Salah lapor.")
    frozen_time.shift(timedelta(hours=1))
    actions.report_error(figure=ngoro.a1, by=office.actor(office.kasubag), what="Tetap keliru")
    second = builders.open_case(office, ngoro.run, {ngoro.a1: "keliru"})

    page = client_for(office.camat).get("/kesalahan/?status=accepted").text

    said = [f"Diperbaiki dalam {case.code}" for case in (first, second)]
    assert [page.count(words) for words in said] == [2, 1]
    assert said[1] in page.split("Tetap keliru")[1] and said[0] not in page.split("Tetap keliru")[1]


def test_the_page_of_a_signed_figure_in_its_form_leads_to_the_report_of_an_error(office, ngoro, client_for):
    sheet = sheet_of(ngoro.run, ngoro.units[0])
    line = sheet.lines.get(figure=ngoro.a1)
    link = f'href="/kesalahan/lapor/?figure={ngoro.a1.pk}"'

    page = client_for(ngoro.pptk_a).get(f"/isian/{sheet.pk}/baris/{line.pk}/").text

    assert link in page and "Laporkan kesalahan pada angka ini" in page


def test_the_page_of_a_figure_that_is_being_filled_in_asks_for_no_report(office, people, client_for):
    sheet = sheet_of(people.run, people.a)

    page = client_for(people.a).get(f"/isian/{sheet.pk}/baris/{sheet.lines.first().pk}/").text

    assert "/kesalahan/lapor/" not in page
