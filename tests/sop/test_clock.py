"""An office's calendar changes: open tasks are reckoned again, what is done keeps its date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.worktime import Calendar
from runut.organisation.actions import add_holiday
from runut.organisation.models import HolidayKind
from runut.organisation.queries import calendar_of
from runut.sop import actions
from runut.sop.actions.clock import follow_calendars
from runut.sop.models import Task
from runut.sop.rules.deadline import left_words
from tests.harness.scenes import scene
from tests.sop.play import do, install, open_task

JAKARTA = ZoneInfo("Asia/Jakarta")


@scene
def run(office, frozen_time):
    sop = install(office, "inspektorat")
    run = actions.start_run(
        sop=sop, by=office.actor(office.staf), title="Uji", scope={"pegawai": [p.pk for p in office.asn[:2]]}
    )
    follow_calendars()
    return run


def holiday(office, day):
    add_holiday(
        instansi=office.instansi, office=office.office, day=day, name="Libur daerah", kind=HolidayKind.REGIONAL,
        source="Keputusan Bupati", by=office.actor(office.admin),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-02-02T08:00", "sisa 2 hari kerja"),
        ("2026-02-03T15:00", "sisa 2 jam waktu kerja"),
        ("2026-02-04T07:30", "sisa 1 jam"),
    ],
)
def test_what_is_left_is_called_working_time_where_a_night_lies_between(now, words):
    due, moment = (datetime.fromisoformat(at).replace(tzinfo=JAKARTA) for at in ("2026-02-04T08:30", now))

    assert left_words(Calendar(), due, moment) == words


@pytest.mark.requirement("R-ALL-5")
def test_a_new_holiday_moves_what_is_still_open(office, run):
    before = open_task(run, "siapkan").due_at

    holiday(office, date(2026, 2, 4))
    moved = follow_calendars()

    assert (moved, open_task(run, "siapkan").due_at) == (1, before + timedelta(days=1))
    entry = Entry.objects.get(event="office.dues_reckoned")
    assert entry.payload["before"] != entry.payload["after"]


def test_what_is_done_keeps_the_date_it_had(office, run):
    do(office, run, "siapkan", office.staf)
    before = Task.objects.get(run=run, step="siapkan").due_at

    holiday(office, date(2026, 2, 4))
    follow_calendars()

    assert Task.objects.get(run=run, step="siapkan").due_at == before


def test_nothing_happens_while_the_calendar_stays(office, run):
    assert follow_calendars() == 0


def test_a_run_resumed_after_a_hold_keeps_the_time_it_had_left(office, run, frozen_time):
    head = office.actor(office.camat)
    actions.hold(run=run, by=head, reason="Menunggu data.")
    frozen_time.shift(timedelta(days=1))
    actions.resume(run=run, by=head)
    before = open_task(run, "siapkan").due_at

    holiday(office, date(2026, 2, 20))
    follow_calendars()

    assert open_task(run, "siapkan").due_at == before


def test_what_was_late_before_a_hold_is_late_by_as_much_after_it(office, run, frozen_time):
    task, head = open_task(run, "siapkan"), office.actor(office.camat)
    frozen_time.move_to(task.due_at + timedelta(days=1))
    calendar = calendar_of(office.office)
    before = calendar.elapsed(task.due_at, timezone.now())
    actions.hold(run=run, by=head, reason="Menunggu data.")
    frozen_time.shift(timedelta(days=7))

    actions.resume(run=run, by=head)

    task.refresh_from_db()
    assert before > 0 and calendar.elapsed(task.due_at, timezone.now()) == before
    holiday(office, date(2026, 12, 24))
    follow_calendars()
    assert Task.objects.get(pk=task.pk).due_at == task.due_at
