"""Leaves: noted from a day to a day; who is away or gone, and who holds the same position."""

from datetime import date, timedelta

import pytest

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation import actions, queries
from runut.organisation.models import Leave
from runut.organisation.rules import away_words, gone_words

FROM, UNTIL = date(2026, 2, 9), date(2026, 2, 20)


def on_leave(office, pegawai, start=FROM, end=UNTIL, **more):
    by = office.actor(office.admin)
    return actions.record_leave(pegawai=pegawai, kind="annual", start=start, end=end, by=by, **more)


def test_the_admin_notes_a_leave_on_the_person_s_page(office, client_for):
    client, page = client_for(office.admin), f"/atur/pegawai/{office.asn[0].pk}/"
    sent = {"kind": "sick", "start": "2026-02-09", "end": "2026-02-20", "letter_number": "800/7"}

    answer = client.post(f"{page}cuti/", sent, follow=True)

    assert "Cuti sakit, 9 Feb 2026 – 20 Feb 2026" in answer.text and "800/7" in answer.text
    told = Entry.objects.get(event="leave.recorded").payload["after"]
    assert told == {"pegawai": office.asn[0].pk, "start": "2026-02-09", "end": "2026-02-20"}


def test_two_leaves_of_one_person_never_meet(office, client_for):
    on_leave(office, office.asn[0])
    sent = {"kind": "annual", "start": "2026-02-20", "end": "2026-02-27"}

    answer = client_for(office.admin).post(f"/atur/pegawai/{office.asn[0].pk}/cuti/", sent)
    backwards = client_for(office.admin).post(f"/atur/pegawai/{office.asn[0].pk}/cuti/", sent | {"end": "2026-02-19"})

    assert (answer.status_code, backwards.status_code, Leave.objects.count()) == (422, 422, 1)
    assert "sudah tercatat cuti lain" in answer.text and 'href="#id_start"' in answer.text
    assert "mendahului tanggal mulai" in backwards.text


def test_a_leave_that_was_not_taken_is_taken_back_and_the_log_keeps_it(office, client_for):
    leave = on_leave(office, office.asn[0])

    answer = client_for(office.admin).post(f"/atur/cuti/{leave.pk}/hapus/", follow=True)

    assert "Belum ada cuti yang dicatat." in answer.text
    assert Entry.objects.get(event="leave.removed").payload["before"]["end"] == "2026-02-20"


def test_a_leave_s_trail_is_for_that_person_and_who_looks_after_people_also_once_it_is_gone(office, client_for):
    person, colleague = office.asn[:2]
    leave = on_leave(office, person, letter_number="800/7")
    trail = f"/jejak/organisation.leave/{leave.pk}/"

    def answers():
        return [client_for(one).get(trail).status_code for one in (office.admin, office.camat, person, colleague)]

    there = answers()
    actions.remove_leave(leave=leave, by=office.actor(office.admin))

    assert there == answers() == [200, 200, 200, 404]
    page = client_for(office.admin).get(trail).text
    assert "Catatan cuti dihapus" in page and "Cuti tahunan" not in page and "800/7" not in page


def test_the_page_says_who_sees_the_kind(office, client_for):
    page = client_for(office.admin).get(f"/atur/pegawai/{office.asn[0].pk}/cuti/").text

    assert "hanya terlihat oleh admin dan pimpinan kantor, di halaman pegawainya" in page


def test_only_who_looks_after_people_notes_leaves(office):
    with pytest.raises(Denied):
        actions.record_leave(
            pegawai=office.asn[0], kind="annual", start=FROM, end=UNTIL, by=office.actor(office.asn[0])
        )


@pytest.mark.parametrize("kind", ["", "tahunan"])
def test_an_unknown_kind_is_refused(office, kind):
    with pytest.raises(Refused):
        actions.record_leave(pegawai=office.asn[0], kind=kind, start=FROM, end=UNTIL, by=None)


def test_a_leave_counts_on_its_first_and_its_last_day(office):
    person = office.asn[0]
    on_leave(office, person)

    days = [FROM - timedelta(days=1), FROM, UNTIL, UNTIL + timedelta(days=1)]

    assert [bool(queries.on_leave([person.pk], day, day)) for day in days] == [False, True, True, False]


def test_why_a_tenure_ended_is_kept_and_shown(office, client_for):
    held = office.asn[0].assignments.get()
    sent = {"end": "2026-01-31", "cause": "retired", "reason": "SK pensiun 4"}

    client_for(office.admin).post(f"/atur/penugasan/{held.pk}/tutup/", sent)

    held.refresh_from_db()
    assert held.end_cause == "retired"
    assert "Pensiun" in client_for(office.admin).get(f"/atur/pegawai/{office.asn[0].pk}/").text
    [gone] = queries.departed(office.office, since=date(2026, 1, 1), on=date(2026, 2, 3))
    assert (gone.pegawai, gone_words(gone.end_cause, gone.end)) == (office.asn[0], "pensiun per 1 Feb 2026")
    assert queries.departed(office.office, since=date(2026, 2, 1), on=date(2026, 2, 3)) == []


def test_others_read_until_when_and_nothing_else():
    assert away_words(UNTIL) == "cuti s.d. 20 Feb 2026"


def test_who_has_left_is_still_led_from_where_the_last_position_stands(office):
    person = office.asn[0]
    person.assignments.update(end=date(2026, 1, 31))

    found = queries.superiors_of_last_posts([person.pk, office.camat.pk], date(2026, 2, 3))

    assert {pk: one.jabatan_id for pk, one in found.items()} == {person.pk: office.jabatan["kasi1"].pk}
