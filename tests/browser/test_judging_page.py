"""What is noted while a report is judged saves itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.officer import Officer
from tests.cast import build_office
from tests.documents import builders
from tests.sop.play import open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NOTED = "Sebut langkah perbaikannya."


def arrives(judge, task):
    """What is sent on leaving a page comes a moment later."""
    for _try in range(50):
        task.refresh_from_db(fields=["form"])
        if NOTED in str(task.form):
            return
        judge.page.wait_for_timeout(100)


def test_a_note_is_still_there_after_the_page_was_left(live_url, page):
    office = build_office()
    run = builders.yearly(office, office.units[2:4])
    builders.draft(office, run)
    judge = Officer(office.sekretaris, page).enter(live_url)
    address = f"/tugas/{open_task(run, 'koreksi').pk}/nilai/"
    judge.go(address)

    judge.field("Catatan untuk BAB IV").press_sequentially(NOTED)
    judge.go("/tugas/")
    arrives(judge, open_task(run, "koreksi"))
    judge.go(address)

    expect(judge.field("Catatan untuk BAB IV")).to_have_value(NOTED)
