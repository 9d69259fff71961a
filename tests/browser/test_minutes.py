"""The minutes of a meeting save themselves, and say so when they cannot."""

import pytest
from playwright.sync_api import expect

from runut.correction.models import MeetingDraft
from tests.browser.officer import Officer
from tests.cast import build_office
from tests.correction import builders
from tests.sop.play import open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def meeting(live_url):
    office = build_office()
    unit = office.units[2]
    source = builders.signed(office, [unit])
    case = builders.open_case(office, source, {builders.figures(source, unit)[0]: "salah bulan"})
    builders.give_order(office, case.run)
    builders.plan(office, case)
    builders.repair(office, case.run, office.kasi[0], office.kasi[0], "92,1")
    for step in ("himpun", "lapor"):
        builders.do(office, case.run, step, office.kasubag)
    return office, case


def test_minutes_are_kept_through_the_end_of_a_session(meeting, page, live_url):
    office, case = meeting
    secretary = Officer(office.sekretaris, page).enter(live_url)
    secretary.go(f"/perbaikan/{case.pk}/rapat/")
    status = page.locator("[data-kept]")

    secretary.field("Notula").fill("Angka pertama dibahas.")
    expect(status).to_contain_text("Konsep notula tersimpan pukul")
    page.context.clear_cookies()
    secretary.field("Notula").fill("Angka pertama dan kedua dibahas.")
    expect(status).to_contain_text("Belum tersimpan")
    secretary.act()
    expect(secretary.field("Notula")).to_have_value("Angka pertama dan kedua dibahas.")

    secretary.enter(live_url)
    secretary.act()
    expect(status).to_contain_text("Konsep notula tersimpan pukul")
    task = open_task(case.run, "rapat")
    assert MeetingDraft.objects.get(task=task).typed["minutes"] == ["Angka pertama dan kedua dibahas."]


def test_the_way_back_comes_out_when_a_figure_is_put_off(meeting, page, live_url):
    office, case = meeting
    secretary = Officer(office.sekretaris, page).enter(live_url)
    secretary.go(f"/perbaikan/{case.pk}/rapat/")
    back = page.locator('button[name="act"][value="return"]')
    expect(back).to_be_hidden()

    page.get_by_label("Tunda, kembalikan untuk diperbaiki").check()

    expect(back).to_be_visible()
