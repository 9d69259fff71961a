"""Who is offered to open a case, and where the others are led."""

import re

import pytest

from runut.correction.models import ErrorReport
from runut.organisation.models import Jabatan
from tests.correction.test_pages import text_of
from tests.sop.play import install


def test_who_may_not_open_a_case_is_led_to_report_the_error(office, ngoro, client_for):
    staf = client_for(office.staf)

    pages = [text_of(staf.get(url)) for url in ("/perbaikan/", "/perbaikan/buka/")]

    for page in pages:
        assert 'href="/perbaikan/buka/' not in page
        assert "pilih “Laporkan kesalahan pada angka ini”" in page and 'href="/periode/"' in page


@pytest.mark.parametrize("heads", [True, False])
def test_head_and_signer_are_offered_to_open_a_case(office, ngoro, client_for, heads):
    if not heads:
        Jabatan.objects.filter(pk=office.jabatan["camat"].pk).update(heads_office=False)
    browser = client_for(office.camat)

    listed, chosen = (text_of(browser.get(url)) for url in ("/perbaikan/", "/perbaikan/buka/"))

    assert 'href="/perbaikan/buka/"' in listed and "Laporkan kesalahan pada angka ini" not in listed
    assert re.findall(r"/perbaikan/buka/\?run=(\d+)", chosen) == [str(ngoro.run.pk)]


@pytest.mark.parametrize(("heads", "onward"), [(True, "/sop/impor/"), (False, "/sop/")])
def test_an_office_without_a_procedure_of_corrections_is_told_how_it_gets_one(office, ngoro, client_for, heads, onward):
    """The head is led to the library; a signer, who may not import, to the list of SOPs."""
    if not heads:
        Jabatan.objects.filter(pk=office.jabatan["camat"].pk).update(heads_office=False)

    page = text_of(client_for(office.camat).get(f"/perbaikan/buka/?run={ngoro.run.pk}"))

    empty = page.split("Belum ada SOP perbaikan yang berlaku")[1]
    assert "Pustaka menyediakan SOP perbaikan" in empty
    assert re.findall(r'href="(/sop/[a-z/]*)"', empty)[0] == onward


def test_a_case_opened_from_a_report_begins_with_its_stage(office, ngoro, client_for):
    install(office, "ngoro")
    figure = ngoro.a1
    staf = client_for(office.staf)
    url = f"/kesalahan/lapor/?figure={figure.pk}"
    staf.post(url, {"figure": figure.pk, "what": "Tertukar.", "proposed": "", "stage": "monev"})

    page = client_for(office.camat).get(f"/perbaikan/buka/?report={ErrorReport.objects.get().pk}").text

    assert 'value="monev" selected' in page
