"""Going back in the browser after an act: the page that is there now, never a circle."""

import pytest
from playwright.sync_api import expect

from runut.documents.models import Signature
from runut.sop.models import Task
from tests.browser import by_paper
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.documents import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_back_after_a_signature_leads_to_the_step_that_is_done(live_url, page):
    office = build_office()
    kasi = office.kasi[0]
    run = builders.validated(office, office.asn_of(kasi)[:2])
    builders.compile_data(office, run)
    builders.initial(office, run)
    camat = Officer(office.camat, page).enter(live_url)
    camat.go("/tugas/")
    camat.page.get_by_role("link", name="Menandatangani").first.click()
    by_paper.sign(camat, None, Task.objects.get(run=run, work="sign"))
    assert Signature.objects.filter(document__run=run).exists()

    camat.page.go_back()

    expect(camat.page.get_by_role("heading", level=1)).to_be_visible()
    assert camat.page.url.startswith(live_url)
