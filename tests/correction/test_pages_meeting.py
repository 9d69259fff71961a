"""The pages of a meeting, before and after it."""

import re
from datetime import timedelta

from runut.correction.models import Decision
from runut.organisation.actions import update_office
from tests.correction import builders
from tests.correction.test_pages import text_of
from tests.sop.play import open_task


def test_the_minutes_have_a_number_and_room_for_two_signatures(office, at_meeting, client_for):
    builders.meet(
        office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}, office.kasubag, slot=1
    )

    page = text_of(client_for(office.kasubag).get(f"/perbaikan/{at_meeting.case.pk}/berita-acara/"))

    assert f"BA-1/{at_meeting.case.code}" in page
    signing = page.split('<div class="signing">')[1].split("</article>")[0]
    assert [name in signing for name in ("Pimpinan rapat", "Notulis")] == [True, True]
    assert [who.full_name in signing for who in (office.sekretaris, office.kasubag)] == [True, True]


def test_the_next_meeting_finds_the_other_number_that_was_decided(office, ngoro, at_meeting, client_for):
    task, browser, a = open_task(at_meeting.run, "rapat"), client_for(office.sekretaris), at_meeting.a.pk
    form = {"day": "2026-01-01", "clock": "09:00", "place": "Ruang rapat", "leader": office.sekretaris.pk,
            "present": [office.sekretaris.pk, office.kasubag.pk], "minutes": "Dibahas.", f"decision-{a}": "other",
            f"other-{a}": "55,6", f"basis-{a}": "hitung ulang", f"decision-{at_meeting.b.pk}": "deferred",
            "act": "return", "reason": "Bukti kurang", "key": "k-1"}  # fmt: skip
    assert browser.post(f"/tugas/{task.pk}/rapat/", form).status_code == 302
    case = at_meeting.case
    assert "55,6" in text_of(browser.get(case.get_absolute_url()))
    assert "55,6" in text_of(browser.get(f"/perbaikan/{case.pk}/berita-acara/"))

    builders.repair(office, at_meeting.run, ngoro.pptk_b, ngoro.pptk_b, "71")
    for step in ("himpun", "lapor"):
        builders.do(office, at_meeting.run, step, office.kasubag)
    again = browser.get(f"/perbaikan/{case.pk}/rapat/").context["form"]

    values = {name: again[f"{name}-{a}"].value() for name in ("decision", "other", "basis")}
    assert values == {"decision": "other", "other": "55,6", "basis": "hitung ulang"}
    assert again[f"decision-{at_meeting.b.pk}"].value() == ""


def test_what_is_wrong_with_a_decision_names_its_figure_once(office, at_meeting, client_for):
    task, browser, b = open_task(at_meeting.run, "rapat"), client_for(office.sekretaris), at_meeting.b
    name = b.figure.indicator.name
    form = {"day": "2026-01-01", "clock": "09:00", "place": "Ruang rapat", "leader": office.sekretaris.pk,
            "present": [office.sekretaris.pk, office.kasubag.pk], "minutes": "Dibahas.", "act": "complete",
            "key": "k-1", f"decision-{at_meeting.a.pk}": "old"}  # fmt: skip

    page = text_of(browser.post(f"/tugas/{task.pk}/rapat/", form))

    summary = page.split('class="error-summary"')[1].split("</ul>")[0]
    lines = re.findall(r"<a href=[^>]*>([^<]*)</a>", summary)
    assert f"Putusan {name}: Belum diputus. Pilih putusannya." in lines
    assert f"Dasar putusan {at_meeting.a.figure.indicator.name}: Tulis dasarnya." in lines


def test_the_minutes_keep_the_letterhead_of_the_day_they_were_recorded(office, at_meeting, frozen_time, client_for):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})
    url = f"/perbaikan/{at_meeting.case.pk}/berita-acara/"
    before = text_of(client_for(office.sekretaris).get(url)).split('class="kop"')[1].split("</div>")[0]
    frozen_time.shift(timedelta(days=1))

    update_office(office=office.office, changes={"address": "Jalan Baru 99"}, by=office.actor(office.admin))

    after = text_of(client_for(office.sekretaris).get(url)).split('class="kop"')[1].split("</div>")[0]
    assert after == before and "Jalan Baru 99" not in after
