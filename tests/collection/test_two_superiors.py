"""Moved within the quarter: the form names both superiors with their days; who leads on the day it comes checks it."""

from datetime import date

from runut.organisation.actions import assign, close_assignment
from tests.collection.builders import fill_in, key_of
from tests.sop.play import open_task


def _move(office, person, jabatan, day, last_day):
    by = office.actor(office.admin)
    [held] = person.assignments.all()
    assign(pegawai=person, jabatan=jabatan, start=day, decree_number="SK 9", by=by)
    close_assignment(assignment=held, end=last_day, cause="moved", reason="SK 9", by=by)


def test_the_form_names_both_superiors_with_their_days(office, people, client_for):
    _move(office, people.a, office.jabatan["asn2"], date(2026, 2, 2), date(2026, 2, 1))
    first, second = office.kasi[0], office.kasi[1]
    client = client_for(people.a)

    pages = [client.get(f"/isian/{people.sheet.pk}/{more}").text for more in ("", "cetak/")]

    for page in pages:
        assert f"<li>{first.full_name}, {office.jabatan['kasi1'].name}: 1 Jan 2026 – 1 Feb 2026</li>" in page
        assert f"<li>{second.full_name}, {office.jabatan['kasi2'].name}: 2 Feb 2026 – 31 Mar 2026</li>" in page
        assert "diperiksa oleh atasan langsung pada hari diajukan" in page


def test_whoever_leads_on_the_day_it_is_handed_in_checks_it(office, people, client_for):
    _move(office, people.a, office.jabatan["asn2"], date(2026, 2, 2), date(2026, 2, 1))

    fill_in(office, people.run, people.a)

    assert open_task(people.run, "periksa", key_of(people.a)).jabatan == office.jabatan["kasi2"]
    assert "data-superiors" in client_for(office.kasi[1]).get(f"/validasi/{people.sheet.pk}/").text


def test_a_superior_who_was_replaced_is_named_too(office, people, client_for):
    by = office.actor(office.admin)
    [held] = office.kasi[0].assignments.all()
    close_assignment(assignment=held, end=date(2026, 1, 31), cause="retired", reason="SK 3", by=by)
    assign(
        pegawai=office.kasubag, jabatan=office.jabatan["kasi1"], kind="plt", start=date(2026, 2, 1),
        decree_number="800/3", by=by,
    )  # fmt: skip

    page = client_for(people.a).get(f"/isian/{people.sheet.pk}/").text

    assert f"{office.kasi[0].full_name}, {office.jabatan['kasi1'].name}: 1 Jan 2026 – 31 Jan 2026" in page
    assert f"{office.kasubag.full_name}, Plt. {office.jabatan['kasi1'].name}: 1 Feb 2026 – 31 Mar 2026" in page


def test_one_superior_all_along_is_not_named(office, people, client_for):
    assert "data-superiors" not in client_for(people.a).get(f"/isian/{people.sheet.pk}/").text
