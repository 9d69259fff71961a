"""Who is offered to open a case, and where the others are led."""

import re

import pytest

from runut.organisation.models import Jabatan
from runut.sop.models import SopVersion
from tests.correction.test_pages import text_of


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
    SopVersion.objects.filter(sop__category="correction").update(state="retired")
    if not heads:
        Jabatan.objects.filter(pk=office.jabatan["camat"].pk).update(heads_office=False)

    page = text_of(client_for(office.camat).get(f"/perbaikan/buka/?run={ngoro.run.pk}"))

    empty = page.split("Belum ada SOP perbaikan yang berlaku")[1]
    assert "Pustaka menyediakan SOP perbaikan" in empty
    assert re.findall(r'href="(/sop/[a-z/]*)"', empty)[0] == onward
