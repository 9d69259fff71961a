"""The meeting that decides, item by item."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from runut.audit.models import Entry
from runut.collection.models import SheetState, Value
from runut.correction import actions, queries
from runut.correction.models import Decision, ItemDecision, Meeting
from runut.correction.rules import Content
from runut.lib.errors import Denied, Refused, Stale
from runut.sop.models import Task, TaskState
from tests.collection import builders as forms
from tests.correction import builders
from tests.sop.play import open_task


@pytest.mark.requirement("R-NGORO-19", "R-NGORO-20", "R-SIDOARJO-31")
def test_the_meeting_settles_the_value_of_each_item(office, ngoro, at_meeting):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})

    now_a, now_b = builders.now_of(ngoro.a1), builders.now_of(ngoro.b1)
    assert (now_a.no, now_a.amount) == (2, Decimal("92.1"))
    assert (now_b.no, now_b.amount, now_b.reason) == (3, Decimal("97.8"), "Putusan rapat: rekap SIAK")
    rows = {row.figure.pk: row for row in queries.items_of_run(at_meeting.run)}
    row = rows[ngoro.a1.pk]
    assert (row.before.amount, row.proposed.amount, row.decided) == (Decimal("97.8"), Decimal("92.1"), now_a)
    assert (row.cause, row.difference) == ("Salah ambil bulan April", Decimal("-5.7"))
    assert row.achievement_before.percent != row.achievement_after.percent
    assert open_task(at_meeting.run, "paraf_kasubag")


def test_the_minutes_hold_who_was_there_what_was_said_and_decided(office, at_meeting):
    due = builders.order(office).day + timedelta(days=7)
    of = builders.meeting(office, points=[actions.Point("Perbaiki cara unduh", "Staf", due)])
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}, of=of)

    [record] = queries.meetings_of(at_meeting.run)
    attended = [(a.pegawai, a.present) for a in record.attendances]
    assert attended == [(office.sekretaris, True), (office.kasubag, True), (office.kasi[0], False)]
    assert [(d.decision, d.basis) for d in record.decisions] == [("new", "rekap SIAK"), ("new", "rekap SIAK")]
    assert [(p.text, p.owner, p.due_on) for p in record.resolutions] == [("Perbaiki cara unduh", "Staf", due)]
    assert Entry.objects.get(event="meeting.held").payload["after"]["absent"] == [office.kasi[0].pk]


def test_another_value_may_be_decided(office, ngoro, at_meeting):
    other = actions.Choice(Decision.OTHER, "hitung ulang", Content(Decimal("93.5"), "", "measured"))
    builders.meet(office, at_meeting.run, {at_meeting.a: other, at_meeting.b: Decision.NEW})

    now = builders.now_of(ngoro.a1)
    assert (now.no, now.amount, now.cause) == (3, Decimal("93.5"), "Salah ambil bulan April")
    assert [v.no for v in Value.objects.filter(figure=ngoro.a1).order_by("no")] == [1, 2, 3]


@pytest.mark.requirement("R-NGORO-21", "R-SIDOARJO-34")
def test_a_deferred_item_goes_back_to_its_repairer_alone(office, ngoro, at_meeting):
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: actions.Choice(Decision.DEFERRED, "bukti belum ada")}
    builders.meet(office, at_meeting.run, choices, outcome="return", reason="Bukti kurang")

    back, other = (forms.sheet_of(at_meeting.run, p) for p in (ngoro.pptk_b, ngoro.pptk_a))
    assert (back.state, back.round, other.state) == (SheetState.RETURNED, 2, SheetState.SUBMITTED)
    assert back.lines.get().verdict_note == "bukti belum ada"
    assert [t.pegawai for t in Task.objects.filter(run=at_meeting.run, step="perbaiki", state="open")] == [ngoro.pptk_b]
    assert builders.now_of(ngoro.a1).no == 2

    builders.repair(office, at_meeting.run, ngoro.pptk_b, ngoro.pptk_b, "71")
    builders.do(office, at_meeting.run, "himpun", office.kasubag)
    builders.do(office, at_meeting.run, "lapor", office.kasubag)
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})
    assert builders.now_of(ngoro.b1).amount == 71
    assert [d.decision for d in ItemDecision.objects.filter(item=at_meeting.b).order_by("pk")] == ["deferred", "new"]


def test_what_was_decided_on_another_item_is_kept_when_one_goes_back(office, ngoro, at_meeting):
    other = actions.Choice(Decision.OTHER, "hitung ulang", Content(Decimal("55.6"), "", "measured"))
    choices = {at_meeting.a: other, at_meeting.b: actions.Choice(Decision.DEFERRED, "bukti belum ada")}
    builders.meet(office, at_meeting.run, choices, outcome="return", reason="Bukti kurang")

    kept = builders.now_of(ngoro.a1)
    rows = {row.figure.pk: row for row in queries.items_of_run(at_meeting.run)}
    [record] = queries.meetings_of(at_meeting.run)
    assert kept.amount == Decimal("55.6")
    assert (rows[ngoro.a1.pk].decided, rows[ngoro.b1.pk].decided) == (kept, None)
    assert [(d.decision, d.value) for d in record.decisions] == [("other", kept), ("deferred", None)]
    assert Entry.objects.get(event="correction.decided").payload["after"]["items"][0][2] == kept.pk


def test_an_item_that_was_decided_and_is_put_off_later_is_no_longer_decided(office, ngoro, at_meeting):
    other = actions.Choice(Decision.OTHER, "hitung ulang", Content(Decimal("55.6"), "", "measured"))
    builders.meet(office, at_meeting.run, {at_meeting.a: other, at_meeting.b: Decision.NEW})
    builders.do(office, at_meeting.run, "paraf_kasubag", office.kasubag, "return", reason="Dasarnya keliru")
    choices = {at_meeting.a: actions.Choice(Decision.DEFERRED, "hitung lagi"), at_meeting.b: Decision.NEW}
    builders.meet(office, at_meeting.run, choices, outcome="return", reason="Bukti kurang")
    builders.repair(office, at_meeting.run, ngoro.pptk_a, ngoro.pptk_a, "60")

    [row] = [row for row in queries.items_of_run(at_meeting.run) if row.figure == ngoro.a1]
    assert (row.decided, row.proposed.amount) == (None, Decimal(60))


def test_a_value_kept_at_a_return_needs_its_basis_too(office, at_meeting):
    choices = {at_meeting.a: actions.Choice(Decision.OLD), at_meeting.b: Decision.DEFERRED}

    with pytest.raises(Refused, match="Tulis dasarnya"):
        builders.meet(office, at_meeting.run, choices, outcome="return", reason="Bukti kurang")


def test_a_second_meeting_may_decide_otherwise(office, ngoro, at_meeting):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.OLD, at_meeting.b: Decision.NEW})
    builders.do(office, at_meeting.run, "paraf_kasubag", office.kasubag, "return", reason="Dasarnya keliru")
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})

    versions = Value.objects.filter(figure=ngoro.a1).order_by("no")
    assert [v.amount for v in versions] == [Decimal(text) for text in ("97.8", "92.1", "97.8", "92.1")]
    assert Meeting.objects.count() == 2


@pytest.mark.requirement("R-NGORO-20")
def test_going_on_needs_a_decision_on_every_item(office, at_meeting):
    with pytest.raises(Refused, match=": Belum diputus"):
        builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW})
    with pytest.raises(Refused, match=": Masih ditunda"):
        builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.DEFERRED})
    assert not Meeting.objects.exists()


def test_a_return_without_a_deferred_item_is_refused(office, at_meeting):
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}

    with pytest.raises(Refused, match="Pilih “Tunda”"):
        builders.meet(office, at_meeting.run, choices, outcome="return", reason="Bukti kurang")


def test_keeping_the_old_value_has_a_basis(office, at_meeting):
    old = actions.Choice(Decision.OLD)

    with pytest.raises(Refused, match="Tulis dasarnya"):
        builders.meet(office, at_meeting.run, {at_meeting.a: old, at_meeting.b: Decision.NEW})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"present": []}, "Pimpinan rapat belum dicentang"),
        ({"minutes": " "}, "Tulis notula"),
        ({"place": ""}, "Tulis tempat"),
        ({"invited": [0]}, "tidak dikenal"),
    ],
)
def test_an_incomplete_record_is_refused(office, at_meeting, change, sentence):
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}

    with pytest.raises(Refused, match=sentence):
        builders.meet(office, at_meeting.run, choices, of=builders.meeting(office, **change))


def test_one_person_is_no_meeting(office, at_meeting):
    alone = builders.meeting(office, present=[office.sekretaris.pk])

    with pytest.raises(Refused, match="paling sedikit dua orang"):
        builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}, of=alone)


def test_a_meeting_is_recorded_after_it_was_held(office, at_meeting):
    ahead = builders.meeting(office, held_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(Refused, match="belum tiba"):
        builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}, of=ahead)


@pytest.mark.requirement("R-NGORO-17")
def test_one_of_the_two_records_it_and_the_other_is_seen_to_have_been_covered(office, at_meeting):
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}
    with pytest.raises(Denied):
        builders.meet(office, at_meeting.run, choices, office.staf)
    builders.meet(office, at_meeting.run, choices, office.kasubag, slot=1)

    states = dict(Task.objects.filter(run=at_meeting.run, step="rapat").values_list("lane", "state"))
    assert states == {"kasubag": TaskState.DONE, "sekretaris": TaskState.COVERED}


def test_the_same_click_again_meets_once(office, at_meeting):
    task = open_task(at_meeting.run, "rapat")
    words = {
        "task_id": task.pk,
        "by": office.actor(office.sekretaris),
        "meeting": builders.meeting(office),
        "choices": {item.pk: actions.Choice(Decision.NEW) for item in (at_meeting.a, at_meeting.b)},
    }
    first = actions.hold_meeting(**words, key="k-1")

    assert actions.hold_meeting(**words, key="k-1") == first
    with pytest.raises(Stale):
        actions.hold_meeting(**words, key="k-2")
    assert Meeting.objects.count() == 1


def test_the_database_keeps_a_decision_as_it_was_made(office, at_meeting):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM correction_itemdecision")


def test_items_are_read_in_a_constant_number_of_queries(at_meeting, django_assert_num_queries):
    with django_assert_num_queries(4):
        rows = queries.items_of_run(at_meeting.run)

    assert len(rows) == 2
