"""Minutes that are kept while they are being written."""

import pytest

from runut.audit.models import Entry
from runut.correction.models import Decision, Meeting, MeetingDraft
from runut.sop.actions import hold
from tests.correction import builders
from tests.sop.play import open_task


def text_of(response):
    return response.content.decode()


@pytest.fixture
def writing(office, at_meeting, client_for):
    """The secretary's browser, the address that takes the minutes, and what has been typed so far."""
    url = f"/tugas/{open_task(at_meeting.run, 'rapat').pk}/rapat/"
    typed = {"day": "1 Januari", "clock": "09.00", "place": "Aula", "leader": office.kasubag.pk,
             "present": [office.kasubag.pk], "minutes": "Angka dibahas satu per satu.", "point-1": "Unduh ulang",
             f"decision-{at_meeting.a.pk}": "other", f"other-{at_meeting.a.pk}": "sekitar 9",
             "late_reason": "Rapat diundur"}  # fmt: skip
    return client_for(office.sekretaris), url, typed


def test_unfinished_minutes_are_kept_as_they_were_typed(office, at_meeting, writing):
    browser, url, typed = writing

    saved = browser.post(url, {**typed, "act": "save"}, follow=True)

    assert "Konsep notula tersimpan" in text_of(saved)
    form = saved.context["form"]
    assert {name: form[name].value() for name in ("day", "clock", "place", "minutes", "point-1")} == {
        name: typed[name] for name in ("day", "clock", "place", "minutes", "point-1")
    }
    assert (form["leader"].value(), form["present"].value()) == (str(office.kasubag.pk), [str(office.kasubag.pk)])
    assert form[f"decision-{at_meeting.a.pk}"].value() == "other"
    assert form[f"other-{at_meeting.a.pk}"].value() == "sekitar 9"
    assert saved.context["page"].late_reason == "Rapat diundur"
    assert not Meeting.objects.exists()
    assert not Entry.objects.filter(event="meeting.held").exists()


def test_the_page_saves_by_itself_and_says_so(writing):
    browser, url, typed = writing
    assert "data-keep" in text_of(browser.get(url, follow=True))

    answer = browser.post(url, {**typed, "act": "save"}, headers={"accept": "application/json"})

    assert answer.json()["words"].startswith("Konsep notula tersimpan")
    assert MeetingDraft.objects.get().typed["minutes"] == ["Angka dibahas satu per satu."]


def test_what_is_typed_later_replaces_it_and_an_unticked_box_stays_so(office, writing):
    browser, url, typed = writing
    browser.post(url, {**typed, "act": "save"})
    browser.post(url, {**typed, "present": [], "minutes": "Selesai.", "act": "save"})

    form = browser.get(url, follow=True).context["form"]

    assert (form["minutes"].value(), form["present"].value()) == ("Selesai.", [])


def test_what_was_typed_while_the_procedure_is_held_is_shown_with_the_refusal(office, at_meeting, writing):
    browser, url, typed = writing
    hold(run=at_meeting.run, by=office.actor(office.camat), reason="Menunggu data.")

    answer = browser.post(url, {**typed, "act": "complete", "key": "k" * 20})

    assert "sedang dijeda: Menunggu data." in text_of(answer) and not Meeting.objects.exists()
    assert "Yang tadi Anda tulis" in text_of(answer) and "Angka dibahas satu per satu." in text_of(answer)


def test_the_draft_is_of_the_seat_and_goes_with_the_meeting(office, at_meeting, writing, client_for):
    browser, url, typed = writing
    browser.post(url, {**typed, "act": "save"})
    assert client_for(office.staf).post(url, {**typed, "act": "save"}).status_code == 403
    other = client_for(office.kasubag).get(
        f"/tugas/{open_task(at_meeting.run, 'rapat', slot=1).pk}/rapat/", follow=True
    )
    assert "Angka dibahas" not in text_of(other)

    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})

    assert not MeetingDraft.objects.exists()
    assert browser.post(url, {**typed, "act": "save"}).status_code == 409
    assert not MeetingDraft.objects.exists()


def test_a_tab_left_open_while_the_meeting_was_recorded_says_nothing_was_saved(office, at_meeting, writing):
    browser, url, typed = writing
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})

    for act in ("complete", "save"):
        answer = browser.post(url, {**typed, "act": act, "key": "lama"})

        page = text_of(answer)
        assert answer.status_code == 409
        assert "Langkah ini sudah dikerjakan oleh" in page
        assert "Yang Anda kirim dari halaman tadi tidak disimpan." in page
        assert "Angka dibahas satu per satu." in page and f">{office.kasubag.pk}<" not in page
