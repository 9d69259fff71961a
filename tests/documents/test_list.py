"""The list of documents: what is found in it."""

import pytest

from runut.collection.models import Figure
from runut.documents.queries import main_document
from runut.sop.models import Task
from tests.documents import builders

pytestmark = pytest.mark.django_db


def test_the_report_of_a_case_is_found_by_its_code_and_a_search_without_a_find_says_so(office, to_sign, client_for):
    client, case = client_for(office.camat), to_sign.case.code

    found = client.get(f"/dokumen/?q={case}").text
    nothing = client.get("/dokumen/?q=PD-1999-001").text

    assert f"Laporan Perbaikan Data Kinerja Triwulan I 2026 ({case})" in found
    assert "Tidak ada dokumen yang cocok" in nothing and "Belum ada dokumen" not in nothing


def test_every_document_is_a_part_of_the_archive(office, compiled, client_for):
    client = client_for(office.camat)

    shelf, everything = client.get("/arsip/").text, client.get("/dokumen/").text

    assert '<a href="/dokumen/">Semua dokumen</a>' in shelf
    assert '<a href="/dokumen/" aria-current="page">Semua dokumen</a>' in everything
    assert '<a href="/arsip/?tampil=agenda">Agenda dan surat</a>' in everything


def test_the_board_the_step_and_the_figure_lead_to_the_version_that_counts(office, compiled, client_for):
    builders.initial(office, compiled.run)
    builders.sign(office, compiled.run)
    signed = Task.objects.get(run=compiled.run, work="sign")
    figure = Figure.objects.filter(period__run=compiled.run).first()
    now, camat = main_document(compiled.run), client_for(office.camat)
    link = f'<a href="/dokumen/{now.pk}/">'

    for address in (compiled.run.get_absolute_url(), f"/tugas/{signed.pk}/", figure.get_absolute_url()):
        assert link in camat.get(address).text, address
    assert link not in client_for(compiled.b).get(compiled.run.get_absolute_url()).text
