"""The last day of a tenure is a day of work: sign-in, inbox and acts go on until it ends in the office's zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from runut.organisation.models import WorkCalendar
from tests.cast import PASSWORD
from tests.collection import builders
from tests.harness.clock import START
from tests.sop.play import open_task


def _close(client_for, office, person, last):
    held, sent = person.assignments.get(), {"end": last.isoformat(), "reason": "SK pensiun 12"}
    return client_for(office.admin).post(f"/atur/penugasan/{held.pk}/tutup/", sent, follow=True).text


def _signs_in(person):
    client = Client()
    client.post("/masuk/", {"login": person.nip, "password": PASSWORD})
    return client.get("/tugas/").status_code == 200


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Jayapura"])
def test_whoever_leaves_today_works_until_the_day_ends_in_the_office_s_zone(office, client_for, frozen_time, zone):
    WorkCalendar.objects.filter(office=office.office).update(zone=zone)
    builders.give_indicators(office, people=[office.asn[0]])
    run, browser = builders.start(office), client_for(office.staf)
    task = open_task(run, "siapkan")

    today = START.astimezone(ZoneInfo(zone)).date()

    said = _close(client_for, office, office.staf, today)
    page = browser.get("/tugas/").text

    assert "Hari terakhir bertugas" in said and "akunnya ditutup" not in said
    assert "sampai akhir hari itu tetap bertugas" in said
    assert f'href="/tugas/{task.pk}/"' in page
    assert "Berhenti" not in client_for(office.admin).get("/atur/pegawai/", {"q": office.staf.nip}).text
    end = datetime(today.year, today.month, today.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)
    frozen_time.move_to(end - timedelta(minutes=1))
    assert client_for(office.staf).get("/tugas/").status_code == 200 and _signs_in(office.staf)
    assert builders.prepare(office, run, [office.asn[0]], late_reason="Ditunggu.")
    frozen_time.move_to(end + timedelta(minutes=1))
    assert client_for(office.staf).get("/tugas/").status_code == 302 and not _signs_in(office.staf)
    assert "Berhenti" in client_for(office.admin).get("/atur/pegawai/", {"q": office.staf.nip}).text


def test_a_last_day_in_the_past_closes_the_account_at_once(office, client_for, frozen_time):
    browser = client_for(office.staf)

    said = _close(client_for, office, office.staf, START.date() - timedelta(days=1))

    assert "akunnya ditutup" in said
    assert browser.get("/tugas/").status_code == 302 and not _signs_in(office.staf)
