"""What comes out of the printer: borders stand on the sheet, and signatures stand with what they are under."""

import pytest

from runut.documents.queries import main_document
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.documents import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# On the sheet as on paper: how far each table reaches beyond the block it stands in, and how its blocks may break.
BEYOND = """() => [...document.querySelectorAll("main table")].map(
  (table) => table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right)"""
BREAKS = """() => [...document.querySelectorAll(".closing, .signing, .group")].map(
  (block) => [block.className, getComputedStyle(block).breakBefore, getComputedStyle(block).breakAfter])"""


@pytest.fixture
def signed(live_url):
    office = build_office()
    return office, builders.signed_recap(office, office.asn_of(office.kasi[0])[:2])


def test_tables_and_signatures_stay_on_the_sheet(signed, page, live_url):
    office, run = signed
    camat = Officer(office.camat, page).enter(live_url)
    camat.go(main_document(run).get_absolute_url())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 1400})

    beyond = page.evaluate(BEYOND)
    assert beyond and max(beyond) < 0
    rules = {name.split()[0]: (before, after) for name, before, after in page.evaluate(BREAKS)}
    assert rules["closing"][0] == rules["signing"][0] == "avoid"
    assert rules["group"][1] == "avoid"
