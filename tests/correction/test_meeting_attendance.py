"""Who was at a meeting: nobody is taken to have been there, and whoever was can be named."""

import pytest

from runut.correction.models import Attendance, Meeting
from tests.sop.play import open_task


def text_of(response):
    return response.content.decode()


@pytest.fixture
def recording(office, at_meeting, client_for):
    """The secretary's browser, the address that takes the minutes, and a form without anybody present."""
    task = open_task(at_meeting.run, "rapat")
    form = {"key": "k-1", "act": "complete", "day": "2026-01-01", "clock": "09.00", "place": "Aula",
            "leader": office.sekretaris.pk, "minutes": "Dibahas.",
            f"decision-{at_meeting.a.pk}": "new", f"decision-{at_meeting.b.pk}": "new"}  # fmt: skip
    return client_for(office.sekretaris), f"/tugas/{task.pk}/rapat/", form


def test_nobody_is_ticked_before_somebody_ticks_them(at_meeting, recording):
    browser, url, _form = recording

    page = browser.get(url, follow=True)

    assert not page.context["form"]["present"].value()
    shown = text_of(page)
    assert "Semua yang diundang hadir" in shown
    assert not [line for line in shown.splitlines() if 'name="present"' in line and "checked" in line]


def test_all_who_were_invited_are_present_by_one_tick(recording):
    browser, url, form = recording
    invited = {each.pegawai.pk for each in browser.get(url, follow=True).context["form"].people}

    browser.post(url, {**form, "all_present": "on"})

    rows = Attendance.objects.filter(meeting=Meeting.objects.get())
    assert set(rows.values_list("pegawai", flat=True)) == invited
    assert set(rows.values_list("present", flat=True)) == {True}


def test_somebody_of_the_office_who_was_not_invited_can_have_been_there(office, recording):
    browser, url, form = recording
    guest = office.asn[-1]
    assert guest.pk not in {each.pegawai.pk for each in browser.get(url, follow=True).context["form"].people}

    browser.post(url, {**form, "present": [office.sekretaris.pk], "guests": [guest.pk]})

    present = Attendance.objects.filter(meeting=Meeting.objects.get(), present=True)
    assert set(present.values_list("pegawai", flat=True)) == {office.sekretaris.pk, guest.pk}


def test_everything_that_is_wrong_is_said_at_once(office, at_meeting, recording):
    browser, url, form = recording
    a, b = at_meeting.a.pk, at_meeting.b.pk
    wrong = {**form, "place": "", "minutes": "", "clock": "23.59", f"decision-{a}": "", f"decision-{b}": "old"}

    answer = browser.post(url, {**wrong, "day": "2026-12-31", "present": [office.kasubag.pk]})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "place", "minutes", "clock", "leader", "present", f"decision-{a}", f"basis-{b}"
    }  # fmt: skip
    assert not Meeting.objects.exists()


def test_a_return_is_told_all_that_it_lacks(office, at_meeting, recording):
    browser, url, form = recording

    answer = browser.post(url, {**form, "act": "return", "reason": "", "place": "", "all_present": "on"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Pilih “Tunda” pada angka yang dikembalikan" in page
    assert "Tulis alasan pengembalian agar penerima tahu" in page
    assert set(answer.context["form"].errors) == {"place", "__all__"}


def test_a_tick_for_all_is_kept_with_the_unfinished_minutes(recording):
    browser, url, form = recording
    assert "checked" not in str(browser.get(url, follow=True).context["form"]["all_present"])

    browser.post(url, {**form, "act": "save", "all_present": "on"})

    assert "checked" in str(browser.get(url, follow=True).context["form"]["all_present"])
