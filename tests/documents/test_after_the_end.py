"""What a correction leaves behind once everybody has signed: in the figure's history, on the case, on the form."""

import pytest

from runut.documents.actions import renew_parafs
from runut.documents.models import RegisterEntry
from runut.documents.queries import main_document
from tests.documents import builders
from tests.sop.play import open_task


@pytest.fixture
def both_signed(office, to_sign):
    for person in to_sign.pptk:
        builders.sign(office, to_sign.run, person, member=person)
    return to_sign


def test_the_history_of_a_figure_names_everybody_who_signed_it(office, both_signed, client_for):
    page = client_for(office.camat).get(f"/angka/{both_signed.a1.pk}/").text

    signs = page.split('data-label="Tanda"')[1].split("</td>")[0]
    first, second = (signs.index(person.full_name) for person in both_signed.pptk)
    assert first < second


def test_the_case_leads_to_its_paper_and_says_its_number(office, both_signed, client_for):
    page = client_for(office.camat).get(both_signed.case.get_absolute_url()).text

    assert f'<a href="/dokumen/{main_document(both_signed.run).pk}/">' in page
    assert RegisterEntry.objects.get().number in page


def test_a_form_that_was_repaired_before_its_signature_says_so_in_print(office, repaired, client_for):
    document = main_document(repaired.run)
    for person in (repaired.kasi, office.sekretaris):
        renew_parafs(document=document, by=office.actor(person), data_hash=document.data_hash)
    builders.sign(office, repaired.run)
    of_a, of_b = (repaired.run.sheets.get(pegawai=person) for person in (repaired.a, repaired.b))

    repaired_page = client_for(repaired.a).get(f"/isian/{of_a.pk}/cetak/").text
    other = client_for(repaired.b).get(f"/isian/{of_b.pk}/cetak/").text

    words = "Sebagian angka dalam tabel ini sudah diperbaiki sesudah diajukan"
    assert words in repaired_page and words not in other


def test_a_draft_to_be_initialled_says_that_nobody_signed_it_and_its_page_has_a_button_to_print(
    office, compiled, client_for
):
    task = open_task(compiled.run, "paraf")
    client = client_for(office.sekretaris)

    to_initial = client.get(f"/tugas/{task.pk}/paraf/").text
    page = client.get(f"/dokumen/{main_document(compiled.run).pk}/").text

    assert "Konsep ini belum ditandatangani." in to_initial
    assert '<button class="btn btn-primary" type="button" data-print hidden>Cetak</button>' in page
