"""People who are on leave or have left: told when forms are made, and never waited for without end."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import Delivery, Period, Sheet
from runut.collection.queries import completeness, matrix
from runut.collection.queries.matrix import AWAY
from runut.lib.errors import Denied, Refused
from runut.organisation.actions import close_assignment
from runut.sop.models import Join, Task
from tests.collection import builders
from tests.collection.builders import fill_in, key_of, sheet_of
from tests.harness.scenes import scene
from tests.organisation.test_leaves import on_leave
from tests.organisation.test_triggers import hold
from tests.sop.play import open_task
from tests.sop.test_engine import assert_log_replays_to_the_rows

PAGE = "/periode/2026/1/"


def retire(office, pegawai, last_day, cause="retired"):
    for held in pegawai.assignments.all():
        close_assignment(assignment=held, end=last_day, cause=cause, reason="SK", by=office.actor(office.admin))


@scene
def section(office, frozen_time):
    """Three people of one section with indicators, and a run at its first step."""
    people = office.asn_of(office.kasi[0])
    builders.give_indicators(office, people=people)
    return people, builders.start(office)


def _prepare(client, run, people, *, out=(), **more):
    """Make the forms of these people; those left out for no reason of their own are on a course."""
    address = f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"
    sent = {"act": "complete", "key": "k", "tahun": "2026", "triwulan": "1", "member": [each.pk for each in people]}
    reasons = {f"reason-{each.pk}": "tugas belajar" for each in out}
    return client.post(address, sent | reasons | more, follow=True)


def _row(page, person):
    return next(row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if f'value="{person.pk}" id="m' in row)


def test_who_retired_in_the_period_is_listed_with_the_reason_and_a_proposal(office, section, client_for):
    (gone, heir, other), run = section
    retire(office, gone, date(2026, 1, 31))
    client = client_for(office.staf)

    page = client.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text
    _prepare(client, run, [heir], out=[other])
    builders.distribute(office, run)

    row = _row(page, gone)
    assert "pensiun per 1 Feb 2026" in row and " checked" not in row
    assert f"Usul: datanya dilaporkan {heir.full_name}" in row
    told = Entry.objects.get(event="period.prepared").payload["after"]["left_out"]
    assert told[gone.full_name] == "pensiun per 1 Feb 2026"
    assert f"<li>{gone.full_name} (pensiun per 1 Feb 2026)</li>" in client.get(PAGE).text


def test_what_was_theirs_is_filled_in_by_the_successor_and_judged_by_the_same_superior(office, section, client_for):
    (gone, heir, other), run = section
    retire(office, gone, date(2026, 1, 31))
    _prepare(client_for(office.staf), run, [gone, heir], out=[other])

    builders.distribute(office, run)

    sheet = sheet_of(run, gone)
    assert (open_task(run, "isi", key_of(gone)).pegawai, sheet.delivery.recipient) == (heir, heir)
    fill_in(office, run, gone, who=heir)
    assert open_task(run, "periksa", key_of(gone)).jabatan == office.jabatan["kasi1"]
    page = client_for(office.kasi[0]).get(f"/validasi/{sheet.pk}/").text
    assert f"oleh {heir.full_name}" in page
    assert_log_replays_to_the_rows(run)


def test_who_left_and_has_no_successor_is_not_made_to_fill_in(office, section, client_for):
    people, run = section
    for one in people:
        retire(office, one, date(2026, 1, 31), cause="moved")

    answer = _prepare(client_for(office.staf), run, people[:1])

    assert answer.status_code == 422
    assert "pindah tugas per 1 Feb 2026 dan belum ada penggantinya" in answer.text


def test_who_is_on_leave_while_forms_are_out_is_proposed_a_substitute(office, section, client_for):
    (away, instead, other), run = section
    on_leave(office, away, date(2026, 2, 2), date(2026, 2, 10))
    client = client_for(office.staf)

    page = client.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text
    _prepare(client, run, [away, instead], out=[other], **{f"absent-{away.pk}": "instead"})
    builders.distribute(office, run)

    row = _row(page, away)
    assert "cuti s.d. 10 Feb 2026" in row
    assert f'value="instead" selected>Diisi pengganti: {instead.full_name}' in row
    assert open_task(run, "isi", key_of(away)).pegawai == instead
    assert Entry.objects.get(event="period.prepared").payload["after"]["instead"] == {away.full_name: instead.full_name}


def test_or_a_day_after_the_leave_while_the_others_keep_theirs(office, section, client_for):
    (away, there, other), run = section
    on_leave(office, away, date(2026, 2, 2), date(2026, 2, 10))

    _prepare(client_for(office.staf), run, [away, there], out=[other], **{f"absent-{away.pk}": "later"})
    builders.distribute(office, run)

    dues = [open_task(run, "isi", key_of(each)).due_at.date() for each in (away, there)]
    assert dues == [date(2026, 2, 13), date(2026, 2, 6)]
    assert "cuti s.d. 10 Feb 2026" in client_for(office.staf).get(PAGE).text


def test_a_leave_outside_the_filling_window_changes_nothing(office, section, client_for):
    (later, *_others), run = section
    on_leave(office, later, date(2026, 2, 9), date(2026, 2, 20))

    page = client_for(office.staf).get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text

    assert "cuti s.d." not in page


def test_a_leave_that_begins_before_the_deadline_is_told_with_its_first_day(office, section, client_for):
    (soon, later, *_others), run = section
    on_leave(office, soon, date(2026, 2, 5), date(2026, 2, 7))
    on_leave(office, later, date(2026, 2, 9), date(2026, 2, 20))
    client, address = client_for(office.staf), f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"

    page = client.get(f"{address}?tahun=2026&triwulan=1").text
    shown = client.post(address, {"act": "show", "tahun": "2026", "triwulan": "1", "batas": "2026-02-12"}).text

    told = "cuti mulai 9 Feb 2026 s.d. 20 Feb 2026"
    assert "cuti mulai 5 Feb 2026 s.d. 7 Feb 2026" in _row(page, soon) and told not in page
    assert told in _row(shown, later) and f'name="absent-{later.pk}"' in shown and 'value="2026-02-12"' in shown


@scene
def left(office, people, frozen_time):
    """A retires while the form is out and has opened it."""
    Delivery.objects.filter(sheet=people.sheet).update(opened_at=people.sheet.delivery.sent_at)
    frozen_time.shift(timedelta(days=2))
    retire(office, people.a, date(2026, 2, 4))
    return people


def test_the_matrix_says_who_has_left_and_leads_to_what_may_be_done(office, left, client_for):
    page = client_for(office.staf).get(f"{PAGE}?saring=berhalangan").text

    assert "pensiun per 5 Feb 2026" in page and f"/isian/{left.sheet.pk}/berhalangan/" in page
    assert left.a.full_name in page and left.b.full_name not in page


def test_the_form_of_who_has_left_is_closed_and_counted_apart(office, left, client_for):
    client = client_for(office.staf)
    offered = client.get(f"/isian/{left.sheet.pk}/berhalangan/").text

    answer = client.post(
        f"/isian/{left.sheet.pk}/berhalangan/", {"what": "close", "reason": "pensiun per 5 Feb 2026"}, follow=True
    )

    assert 'value="close"' in offered and 'value="pensiun per 5 Feb 2026"' in offered
    assert "Ditutup karena pengisinya tidak bertugas lagi: 1" in answer.text
    assert f"{left.a.full_name}</a> (pensiun per 5 Feb 2026)" in answer.text
    assert "0 dari 1 sudah mengajukan" in answer.text
    assert completeness(left.run).total == 1
    assert "0 dari 1" in client.get("/periode/").text
    assert_log_replays_to_the_rows(left.run)
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}matriks.csv").content.decode("utf-8-sig")), delimiter=";"))
    closed = next(row for row in rows if row[1] == left.a.full_name)
    assert (closed[2], closed[-1], len(closed)) == ("Ditutup", "pensiun per 5 Feb 2026", len(rows[0]))


def test_the_last_one_awaited_lets_the_collection_go_on(office, left):
    fill_in(office, left.run, left.b)
    builders.review(office, left.run, left.b, left.kasi)
    assert Join.objects.get(run=left.run).pending == 1

    actions.close_form(sheet=left.sheet, by=office.actor(office.staf), reason="pensiun per 5 Feb 2026")

    assert open_task(left.run, "himpun").work == "compile"
    assert Join.objects.get(run=left.run).fired
    assert list(Sheet.objects.of_run(left.run)) == [sheet_of(left.run, left.b)]
    assert_log_replays_to_the_rows(left.run)


def test_the_form_is_handed_to_the_successor(office, left, client_for):
    heir = office.asn_of(left.kasi)[2]

    answer = client_for(office.staf).post(
        f"/isian/{left.sheet.pk}/berhalangan/",
        {"what": "give", "to": heir.pk, "reason": "pensiun per 5 Feb 2026"},
        follow=True,
    )

    assert f"Formulir {left.a.full_name} diisi {heir.full_name} mulai sekarang." in answer.text
    fill_in(office, left.run, left.a, who=heir)
    builders.review(office, left.run, left.a, left.kasi)
    assert f"/isian/{left.sheet.pk}/berhalangan/" not in client_for(office.staf).get(PAGE).text


def test_who_is_on_leave_meanwhile_is_waited_for_until_a_day_of_his_own(office, people, client_for):
    on_leave(office, people.a, date(2026, 2, 2), date(2026, 2, 10))
    address = f"/isian/{people.sheet.pk}/berhalangan/"
    client = client_for(office.staf)

    page = client.get(address).text
    early = client.post(address, {"what": "later", "day": "2026-02-04", "reason": "cuti"})
    closed = client.post(address, {"what": "later", "day": "2026-02-15", "reason": "cuti"})
    answer = client.post(address, {"what": "later", "day": "2026-02-13", "reason": "cuti"}, follow=True)

    assert 'value="2026-02-13"' in page and 'value="close"' not in page
    assert (early.status_code, closed.status_code) == (422, 422)
    assert "ditunggu sampai batas tersendiri" in answer.text and "cuti s.d. 10 Feb 2026" in answer.text
    task = open_task(people.run, "isi", key_of(people.a))
    assert task.due_at.date() == date(2026, 2, 13)
    assert Entry.objects.get(event="task.postponed").payload["reason"] == "cuti"
    assert_log_replays_to_the_rows(people.run)


def test_the_form_of_who_is_there_is_neither_closed_nor_given_away(office, people, client_for):
    answer = client_for(office.staf).get(f"/isian/{people.sheet.pk}/berhalangan/")

    assert answer.status_code == 409 and "tidak tercatat cuti atau berhenti" in answer.text
    with pytest.raises(Refused, match="tidak tercatat cuti atau berhenti"):
        actions.close_form(sheet=people.sheet, by=office.actor(office.staf), reason="x")
    with pytest.raises(Denied):
        actions.close_form(sheet=people.sheet, by=office.actor(people.b), reason="x")
    assert Task.objects.filter(run=people.run, work="fill", state="open").count() == 2


def test_only_for_somebody_who_is_away_another_fills_in_or_a_later_day_is_set(office, people):
    by, day = office.actor(office.staf), date(2026, 2, 13)

    with pytest.raises(Refused, match="tidak tercatat cuti atau berhenti"):
        actions.give_form(sheet=people.sheet, to=people.b, by=by, reason="x")
    with pytest.raises(Refused, match="tidak tercatat cuti atau berhenti"):
        actions.postpone_form(sheet=people.sheet, day=day, by=by, reason="x")
    on_leave(office, people.a, date(2026, 2, 2), date(2026, 2, 10))
    with pytest.raises(Refused, match="sudah tidak bertugas"):
        actions.close_form(sheet=people.sheet, by=by, reason="x")
    actions.postpone_form(sheet=people.sheet, day=day, by=by, reason="cuti")
    actions.give_form(sheet=people.sheet, to=people.b, by=by, reason="cuti")

    task = open_task(people.run, "isi", key_of(people.a))
    assert (task.pegawai, task.due_at.date()) == (people.b, day)


def test_everybody_s_stand_in_gets_the_task_however_many_they_are(office, section, client_for, monkeypatch):
    monkeypatch.setattr("runut.sop.actions.opening.AT_ONCE", 1)
    monkeypatch.setattr("runut.sop.actions.fanout.AT_ONCE", 1)
    (first, second, there), run = section
    for away in (first, second):
        on_leave(office, away, date(2026, 2, 2), date(2026, 2, 10))
    instead = {f"absent-{away.pk}": "instead" for away in (first, second)}
    _prepare(client_for(office.staf), run, [first, second, there], **instead)

    builders.distribute(office, run)

    assert [open_task(run, "isi", key_of(away)).pegawai for away in (first, second)] == [there, there]
    assert [sheet_of(run, away).delivery.recipient for away in (first, second)] == [there, there]
    page = client_for(there).get("/tugas/").text
    assert first.full_name in page and second.full_name in page
    assert not Task.objects.filter(run=run, step="isi", branch__pegawai=there).exists()


def test_who_is_away_is_counted_by_the_day_at_the_office(office, people, frozen_time):
    on_leave(office, people.a, date(2026, 2, 4), date(2026, 2, 10))
    frozen_time.move_to(datetime(2026, 2, 3, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta")))

    with timezone.override("Asia/Jayapura"):
        found = matrix(Period.objects.get(), office.actor(office.staf), AWAY)

    assert (found.counts[AWAY], found.rows) == (0, [])


def test_who_has_left_is_not_offered_as_a_newcomer(office, left, client_for):
    gone = office.asn_of(left.kasi)[2]
    retire(office, gone, date(2026, 2, 4))

    page = client_for(office.camat).get(f"/periode/{Period.objects.get().pk}/tambah/").text

    assert gone.full_name not in page


def test_a_form_that_was_closed_sent_again_and_then_withdrawn_counts_as_withdrawn(office, left, client_for):
    closing = {"what": "close", "reason": "pensiun per 5 Feb 2026"}
    client_for(office.staf).post(f"/isian/{left.sheet.pk}/berhalangan/", closing)
    left.a.assignments.update(end=None, end_cause="")
    actions.add_member(period=left.sheet.period, member=left.a.pk, by=office.actor(office.camat), reason="Kembali.")

    actions.withdraw_form(sheet=left.sheet, by=office.actor(office.staf), reason="Tidak menyuplai data.")

    page = client_for(office.staf).get(PAGE).text
    assert "Ditutup karena pengisinya tidak bertugas lagi" not in page
    assert Delivery.objects.get(sheet=left.sheet).closed_for == ""


def test_the_leave_of_who_fills_in_for_a_unit_shows_and_leads_to_what_may_be_done(office, units, client_for):
    on_leave(office, units.kasi, date(2026, 2, 2), date(2026, 2, 10))
    client, address = client_for(office.staf), f"/isian/{units.sheet.pk}/berhalangan/"
    words = f"{units.kasi.full_name} cuti s.d. 10 Feb 2026"

    page = client.get(f"{PAGE}?saring=berhalangan").text
    table = client.get(f"{PAGE}matriks.csv").content.decode("utf-8-sig")
    offered = client.get(address).text
    answer = client.post(address, {"what": "give", "to": office.kasi[1].pk, "reason": "cuti"}, follow=True)

    assert words in page and address in page
    assert f"/isian/{builders.sheet_of(units.run, units.other).pk}/" not in page
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert [row[-1] for row in rows] == ["Berhalangan", words, ""]
    assert 'value="later"' in offered and 'value="close"' not in offered
    assert f"diisi {office.kasi[1].full_name} mulai sekarang" in answer.text
    assert open_task(units.run, "isi", key_of(units.unit)).pegawai == office.kasi[1]
    assert address not in client.get(PAGE).text


def test_the_form_itself_says_that_its_filler_is_away_to_everybody_else(office, people, client_for):
    on_leave(office, people.a, date(2026, 2, 2), date(2026, 2, 10))
    words = f"{people.a.full_name} cuti s.d. 10 Feb 2026."

    chasing, looking, own = (
        client_for(each).get(f"/isian/{people.sheet.pk}/").text for each in (office.staf, office.camat, people.a)
    )

    assert words in chasing and f"/isian/{people.sheet.pk}/berhalangan/" in chasing
    assert words in looking
    assert "cuti s.d." not in own


def test_a_unit_whose_filler_is_there_says_nothing_of_leave(office, units, client_for):
    on_leave(office, office.camat, date(2026, 2, 2), date(2026, 2, 10))

    assert "cuti s.d." not in client_for(office.staf).get(PAGE).text


def test_the_head_of_a_unit_on_leave_is_told_when_forms_are_made_and_may_have_a_later_day(
    office, frozen_time, client_for
):
    away, other = office.units[2:4]
    head = office.kasi[0]
    builders.give_indicators(office, units=[away, other])
    run = builders.start(office, "pengumpulan-unit")
    on_leave(office, head, date(2026, 2, 2), date(2026, 2, 10))
    client = client_for(office.staf)

    page = client.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text
    out = [each for each in office.units if each not in (away, other)]
    _prepare(client, run, [away, other], out=out, **{f"absent-{away.pk}": "later"})
    builders.distribute(office, run)

    row = _row(page, away)
    assert f"{head.full_name} cuti s.d." in row and " checked" in row
    assert 'value="later" selected' in row and 'value="instead"' not in row
    assert "cuti" not in _row(page, other)
    late, usual = (open_task(run, "isi", key_of(unit)).due_at for unit in (away, other))
    assert late > usual


def test_who_stands_in_for_the_head_of_a_unit_is_waited_for_like_the_others(office, frozen_time, client_for):
    unit = office.units[2]
    builders.give_indicators(office, units=[unit])
    run = builders.start(office, "pengumpulan-unit")
    on_leave(office, office.kasi[0], date(2026, 2, 2), date(2026, 2, 10))
    hold(office, office.kasi[1], office.jabatan["kasi1"], date(2026, 2, 2), kind="plh", decree_number="2/2026")

    page = client_for(office.staf).get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text

    assert "cuti s.d." not in _row(page, unit)
