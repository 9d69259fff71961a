"""The page of a year's report: its steps as the procedure prints them, and its versions."""

import re

import pytest

from runut.collection.actions import explain_quarters
from runut.collection.models import MissingQuarter, YearRun
from runut.correction.models import Analysis
from runut.documents.queries import main_document, report_state
from runut.organisation.models import Office
from tests.correction import builders as cases
from tests.documents import builders
from tests.sop.play import open_task


def text(response):
    return response.content.decode()


def test_the_year_of_the_report_shows_its_steps_and_versions(office, yearly, client_for):
    builders.draft(office, yearly.run)

    page = text(client_for(office.kasi[0]).get("/lkjip/2026/"))

    assert "Laporan Kinerja (LKjIP) Tahun 2026, versi 1" in page
    assert "Mengoreksi konsep LKjIP" in page


def test_the_years_steps_carry_the_printed_numbers_and_their_rounds(office, yearly, client_for):
    run = yearly.run
    builders.draft(office, run)
    builders.send_back(office, run, "koreksi", office.sekretaris, reason="perlu dilengkapi")

    page = text(client_for(office.kasi[0]).get("/lkjip/2026/"))
    rows = " ".join(page.split())
    numbers = re.findall(r'<span class="no">(\w+)</span>', page)
    assert numbers == ["1a", "1b", "2a", "2b", "3", "4", "5", "6", "5"]
    assert "Mengoreksi konsep LKjIP · dikembalikan" in rows
    assert "Menyusun konsep LKjIP, putaran 2" in rows
    assert "Mengisi format pengumpulan data kinerja unit kerja · 2 dari 2" in rows


def test_the_steps_of_every_report_are_counted_in_one_query(office, yearly, client_for, django_assert_num_queries):
    builders.draft(office, yearly.run)
    actor = office.actor(office.camat)

    with django_assert_num_queries(3):
        [row] = report_state(actor, 2026)
    assert [step.state for step in row.steps][-1] == "open"


def test_a_year_without_a_report_says_so(office, client_for):
    assert "Belum ada laporan kinerja" in text(client_for(office.camat).get("/lkjip/2021/"))


def test_who_signs_by_a_procedure_without_parafs_is_told_so(office, yearly, client_for):
    run = yearly.run
    builders.draft(office, run)
    builders.approve(office, run, "koreksi", office.sekretaris)
    cases.meet(office, run, {}, office.sekretaris)
    builders.hand_up(office, run, "ajukan", office.sekretaris, office.camat)
    minutes = f'href="/tugas/{run.meetings.get().task_id}/notula/"'
    judged = text(client_for(office.camat).get(f"/tugas/{open_task(run, 'setujui').pk}/nilai/"))
    builders.approve(office, run, "setujui", office.camat)

    page = text(client_for(office.camat).get(f"/tugas/{open_task(run, 'tandatangan').pk}/ttd/", follow=True))

    assert "SOP ini tidak memakai paraf" in page and "Lengkap dan berlaku" not in page
    assert minutes in judged and minutes in page


def test_the_print_of_a_report_begins_with_its_title_year_and_office(office, yearly, client_for):
    builders.draft(office, yearly.run)
    report = main_document(yearly.run)

    page = text(client_for(office.camat).get(f"/dokumen/{report.pk}/"))

    assert f"Tahun {yearly.run.period.year}</p><p>{office.office.name}</p></div>" in page


def test_the_reasons_of_a_signed_year_are_read_only(office, yearly, client_for):
    run, client = yearly.run, client_for(office.camat)
    address = f"/periode/setahun/{run.pk}/"
    year = YearRun.objects.create(instansi_id=run.instansi_id, run=run, year=2026, basis="unit")
    explain_quarters(
        run=year.run, by=office.actor(office.camat), reasons=dict.fromkeys(range(1, 5), "SOP belum berlaku")
    )
    builders.draft(office, run)
    assert 'name="reason-1"' in text(client.get(address))
    builders.approve(office, run, "koreksi", office.sekretaris)
    cases.meet(office, run, {}, office.sekretaris)
    builders.hand_up(office, run, "ajukan", office.sekretaris, office.camat)
    builders.approve(office, run, "setujui", office.camat)
    signing = text(client.get(f"/tugas/{open_task(run, 'tandatangan').pk}/ttd/", follow=True))
    assert "Triwulan yang belum ada atau belum lengkap" in signing
    assert "Alasannya sudah ditulis: SOP belum berlaku" in signing
    builders.sign(office, run, office.camat)
    before = list(MissingQuarter.objects.filter(run=run).order_by("quarter").values_list("quarter", "reason"))

    page, sent = text(client.get(address)), client.post(address, {"reason-1": "Lain"})

    assert 'name="reason-1"' not in page and "Simpan alasan" not in page
    assert "belum dapat diserahkan" not in page and "Laporan tahun ini sudah ditandatangani." in page
    assert sent.status_code == 409 and "Laporan tahun ini sudah ditandatangani." in text(sent)
    after = list(MissingQuarter.objects.filter(run=run).order_by("quarter").values_list("quarter", "reason"))
    assert after == before


def test_an_office_that_writes_tribulan_reads_it_in_its_report(office, yearly, client_for):
    Office.objects.filter(pk=office.office.pk).update(terms={"triwulan": "Tribulan"})
    figure = yearly.run.period.figures.order_by("pk").first()
    Analysis.objects.update_or_create(
        run=yearly.run, figure=figure, defaults={"instansi": office.instansi, "text": "Antrean terurai."}
    )

    page = text(client_for(office.kasubag).get(f"/tugas/{open_task(yearly.run, 'draf').pk}/konsep/"))

    assert "Analisis tahun ini:" in page and "TW " not in page


def test_the_figures_of_a_year_stand_before_the_words_that_explain_them(office, yearly, client_for):
    builders.draft(office, yearly.run, chapters={**builders.TEXTS, "3": "IKM naik karena antrean daring."})

    page = client_for(office.camat).get(f"/dokumen/{main_document(yearly.run).pk}/").text

    places = [page.index(words) for words in ("BAB III", "Pengukuran kinerja tahun", "antrean daring", "BAB IV")]
    assert places == sorted(places)


@pytest.mark.parametrize("year", [0, 1999, 2101, 9999, 99999999999999999999])
def test_what_is_no_year_has_no_report(office, client_for, year):
    assert client_for(office.camat).get(f"/lkjip/{year}/").status_code == 404
