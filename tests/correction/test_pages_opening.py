"""Who is offered to open a case, and where the others are led."""

import re

import pytest

from runut.organisation.models import Jabatan
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
