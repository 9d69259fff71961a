from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runut.lib.worktime import DEFAULT_HOURS, RAMADAN_HOURS, Calendar, Hours, Season

JAKARTA = ZoneInfo("Asia/Jakarta")
# The days off from February to April 2026, by the joint decree of three ministers (SKB 1497, 2 and 5 of 2025).
HOLIDAYS = frozenset(
    {date(2026, 2, 16), date(2026, 2, 17), date(2026, 4, 3), date(2026, 4, 5)}
    | {date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24)}
)
RAMADAN = Season(date(2026, 2, 19), date(2026, 3, 20))
PLAIN = Calendar()
YEAR = Calendar(holidays=HOLIDAYS)
FASTING = Calendar(holidays=HOLIDAYS, seasons=(RAMADAN,))
SERVICE = Calendar(zone="Asia/Jayapura", hours=Hours.of({0: [(0, 60), (1380, 1440)], 1: [(0, 10)], 5: [(600, 1440)]}))
CALENDARS = st.sampled_from([PLAIN, YEAR, FASTING, SERVICE, Calendar(zone="Asia/Makassar", holidays=HOLIDAYS)])
MOMENTS = st.datetimes(datetime(2026, 1, 20), datetime(2026, 4, 20), timezones=st.just(UTC))
MINUTES = st.integers(0, 6000)


def wib(text):
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def due(calendar, start, amount, unit):
    return calendar.due(wib(start), amount, unit).astimezone(JAKARTA).isoformat(sep=" ")[:16]


def test_a_week_has_the_minutes_of_the_law():
    assert sum(map(DEFAULT_HOURS.minutes, range(7))) == 37 * 60 + 30
    assert sum(map(RAMADAN_HOURS.minutes, range(7))) == 32 * 60 + 30


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-11-19 10:00", 15, "menit", "2026-11-19 10:15"),
        ("2026-11-19 11:50", 30, "menit", "2026-11-19 13:20"),  # over the break
        ("2026-11-19 15:30", 30, "menit", "2026-11-19 16:00"),  # ends at closing, not at the next opening
        ("2026-11-20 15:50", 120, "menit", "2026-11-23 08:50"),  # over the week-end
        ("2026-11-20 11:00", 60, "menit", "2026-11-20 13:30"),  # the long break on Friday
        ("2026-11-21 09:00", 2, "jam", "2026-11-23 09:30"),  # Saturday counts from Monday
        ("2026-11-19 12:20", 10, "menit", "2026-11-19 13:10"),  # handed over in the break
        ("2026-11-19 19:00", 0, "menit", "2026-11-20 07:30"),
        ("2026-11-19 10:00", 0, "menit", "2026-11-19 10:00"),
        ("2026-11-19 10:00", 1, "hari", "2026-11-20 10:00"),  # Ngoro: from Thursday 10.00 to Friday 10.00
        ("2026-11-20 15:50", 3, "hari", "2026-11-25 15:50"),
        ("2026-11-20 16:20", 1, "hari", "2026-11-23 16:00"),  # Monday closes earlier
        ("2026-11-19 11:45", 1, "hari", "2026-11-20 13:00"),  # Friday's break began at 11.30
        ("2026-11-19 05:00", 1, "hari", "2026-11-19 16:00"),  # begun before opening: that whole day
        ("2026-11-19 16:00", 1, "hari", "2026-11-20 16:00"),  # the moment of closing belongs to the day
        ("2026-11-19 16:01", 1, "hari", "2026-11-20 16:30"),  # begun after closing: the whole next day
        ("2026-11-21 10:00", 1, "hari", "2026-11-23 16:00"),  # begun on Saturday: Monday
        ("2026-11-21 10:00", 3, "hari", "2026-11-25 16:00"),
        ("2026-11-21 10:00", 0, "hari", "2026-11-23 07:30"),
    ],
)
def test_a_norm_ends_in_working_time(start, amount, unit, expected):
    assert due(PLAIN, start, amount, unit) == expected


def test_480_minutes_are_one_day_and_half_an_hour():
    assert due(PLAIN, "2026-11-18 09:00", 480, "menit") == "2026-11-19 09:30"
    assert due(PLAIN, "2026-11-18 07:30", 480, "menit") == "2026-11-19 08:00"


def test_ten_hours_from_before_the_long_holiday_in_normal_hours():
    # Tuesday 14.00 to 16.00 is two hours, Wednesday 25 March seven and a half, then half an hour.
    assert due(YEAR, "2026-03-17 14:00", 10, "jam") == "2026-03-26 08:00"


def test_ten_hours_from_before_the_long_holiday_in_ramadan_hours():
    # In Ramadan Tuesday ends at 15.00: an hour more is left for 26 March.
    assert due(FASTING, "2026-03-17 14:00", 10, "jam") == "2026-03-26 09:00"


def test_ramadan_opens_later_closes_earlier_and_has_a_short_break():
    assert due(FASTING, "2026-02-18 07:40", 1, "hari") == "2026-02-19 08:00"
    assert due(FASTING, "2026-02-18 15:40", 1, "hari") == "2026-02-19 15:00"
    assert due(FASTING, "2026-02-19 11:50", 20, "menit") == "2026-02-19 12:40"


def test_the_clock_runs_in_the_zone_of_the_office():
    kintom = Calendar(zone="Asia/Makassar")

    # 16.00 WITA is 15.00 WIB: the office in Kintom has closed, the one in Ngoro has not.
    at = datetime(2026, 11, 19, 8, 0, tzinfo=UTC)

    assert kintom.due(at, 30, "menit") == datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    assert PLAIN.due(at, 30, "menit") == datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


def test_answers_are_in_utc():
    assert PLAIN.due(wib("2026-11-19 10:00"), 1, "jam").tzinfo is UTC
    assert PLAIN.next_opening(wib("2026-11-21 10:00")) == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def test_next_opening_is_now_while_the_office_is_open():
    assert PLAIN.next_opening(wib("2026-11-19 10:00")) == wib("2026-11-19 10:00")
    assert PLAIN.next_opening(wib("2026-11-19 12:00")) == wib("2026-11-19 13:00")
    assert PLAIN.next_opening(wib("2026-11-19 16:00")) == wib("2026-11-20 07:30")


def test_lateness_is_counted_in_working_days():
    at = wib("2026-11-19 10:00")

    assert PLAIN.late_days(at, at) == 0
    assert PLAIN.late_days(at, at + timedelta(hours=3)) == 0
    assert PLAIN.late_days(at, wib("2026-11-20 08:00")) == 1
    assert PLAIN.late_days(at, wib("2026-11-22 08:00")) == 1
    assert PLAIN.late_days(at, wib("2026-11-23 08:00")) == 2


def test_working_days_leave_out_holidays_and_week_ends():
    assert YEAR.working_days_between(date(2026, 3, 17), date(2026, 3, 25)) == 1
    assert YEAR.working_days_between(date(2026, 3, 25), date(2026, 3, 17)) == 0
    assert not YEAR.is_working_day(date(2026, 3, 18))
    assert YEAR.is_working_day(date(2026, 3, 17))


def test_a_holiday_beats_a_season_and_the_first_season_holds():
    saturday = Season(date(2026, 3, 14), date(2026, 3, 22), Hours.of({5: [(480, 720)]}))
    calendar = Calendar(holidays=HOLIDAYS, seasons=(saturday, RAMADAN))

    assert calendar.hours_on(date(2026, 3, 14)) == ((480, 720),)
    assert calendar.hours_on(date(2026, 3, 21)) == ()
    assert calendar.hours_on(date(2026, 3, 16)) == ()


def test_wrong_hours_amounts_and_datetimes_are_errors():
    for days in ({0: [(600, 500)]}, {0: [(500, 600), (600, 700)]}, {0: [(-1, 5)]}, {0: [(5, 1441)]}):
        with pytest.raises(ValueError):
            Hours.of(days)
    with pytest.raises(ValueError, match="seven"):
        Hours(((),))
    with pytest.raises(ValueError, match="never open"):
        Calendar(hours=Hours.of({}))
    with pytest.raises(ValueError, match="negative"):
        PLAIN.due(wib("2026-11-19 10:00"), -1, "menit")
    with pytest.raises(ValueError, match="aware"):
        PLAIN.due(datetime(2026, 11, 19), 1, "menit")
    with pytest.raises(ValueError, match="unknown unit"):
        PLAIN.due(wib("2026-11-19 10:00"), 1, "minggu")


def test_a_mistyped_year_is_an_error_and_not_a_table_of_centuries():
    with pytest.raises(OverflowError):
        PLAIN.due(datetime(9026, 1, 1, tzinfo=UTC), 1, "menit")
    with pytest.raises(OverflowError):
        PLAIN.due(wib("2026-11-19 10:00"), 10**9, "jam")


def test_a_norm_of_many_years_extends_the_table():
    assert due(Calendar(zone="Asia/Jakarta"), "2026-01-05 07:30", 52 * 20 * 5, "hari") == "2045-12-11 07:30"


def test_equal_calendars_share_their_table():
    again = Calendar(holidays=frozenset(set(HOLIDAYS)))

    assert again == YEAR
    assert again._table is YEAR._table


def minutes_of(calendar, day):
    return {minute for start, end in calendar.hours_on(day) for minute in range(start, end)}


@settings(max_examples=60)
@given(calendar=CALENDARS, start=MOMENTS, amount=st.integers(1, 1500))
def test_a_due_time_agrees_with_walking_minute_by_minute(calendar, start, amount):
    local = start.replace(second=0, microsecond=0).astimezone(ZoneInfo(calendar.zone))
    minute, left = local.replace(tzinfo=None), amount
    open_minutes = {}
    while left:
        day = minute.date()
        if day not in open_minutes:
            open_minutes[day] = minutes_of(calendar, day)
        left -= (minute.hour * 60 + minute.minute) in open_minutes[day]
        minute += timedelta(minutes=1)

    answer = calendar.due(local, amount, "menit")

    assert answer.astimezone(ZoneInfo(calendar.zone)).replace(tzinfo=None) == minute


@given(calendar=CALENDARS, start=MOMENTS, amount=MINUTES)
def test_a_due_time_uses_exactly_its_minutes(calendar, start, amount):
    assert calendar.elapsed(start, calendar.due(start, amount, "menit")) == amount


@given(calendar=CALENDARS, start=MOMENTS, first=MINUTES, second=MINUTES)
def test_two_norms_in_a_row_end_like_one(calendar, start, first, second):
    # Nothing after closing time is still closing time, but nothing after night-fall is the next opening.
    start = calendar.due(start, 0, "menit")

    in_two = calendar.due(calendar.due(start, first, "menit"), second, "menit")

    assert in_two == calendar.due(start, first + second, "menit")


@given(
    calendar=CALENDARS,
    start=MOMENTS,
    later=st.timedeltas(timedelta(0), timedelta(days=9)),
    amount=st.integers(0, 500),
    more=st.integers(0, 50),
    unit=st.sampled_from(["menit", "jam", "hari"]),
)
def test_later_and_longer_never_end_earlier(calendar, start, later, amount, more, unit):
    amount, more = (amount % 40, more % 40) if unit == "hari" else (amount, more)

    answer = calendar.due(start, amount, unit)

    assert start <= answer
    assert answer <= calendar.due(start + later, amount, unit)
    assert answer <= calendar.due(start, amount + more, unit)


@given(calendar=CALENDARS, start=MOMENTS, amount=st.integers(0, 60), unit=st.sampled_from(["menit", "jam", "hari"]))
def test_a_due_time_lies_in_working_time(calendar, start, amount, unit):
    answer = calendar.due(start, amount, unit)

    just_before = answer - timedelta(microseconds=1)
    assert calendar.next_opening(answer) == answer or calendar.next_opening(just_before) == just_before


@given(calendar=CALENDARS, start=MOMENTS, amount=st.integers(1, 60))
def test_days_are_working_days(calendar, start, amount):
    begun = calendar.due(start, 0, "hari")
    # What begins before the first hour of a day has that day too.
    opening = calendar.hours_on(calendar.local_day(begun))[0][0]
    at = begun.astimezone(ZoneInfo(calendar.zone))
    whole = begun > start and at.hour * 60 + at.minute == opening

    answer = calendar.due(start, amount, "hari")

    just_before = answer - timedelta(microseconds=1)
    day = calendar.local_day(answer) if calendar.next_opening(answer) == answer else calendar.local_day(just_before)
    assert calendar.is_working_day(day)
    assert abs(calendar.working_days_between(calendar.local_day(begun), day) - amount + whole) <= (calendar is SERVICE)
    # Where a day closes at the midnight at which the next one opens, the moment names either.
    if whole and calendar is not SERVICE:
        assert answer == calendar.closing(day)


@given(calendar=CALENDARS, a=MOMENTS, b=MOMENTS, c=MOMENTS)
def test_elapsed_time_adds_up(calendar, a, b, c):
    a, b, c = sorted(moment.replace(second=0, microsecond=0) for moment in (a, b, c))

    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)
    assert calendar.elapsed(c, a) == 0


@given(CALENDARS, MOMENTS.map(lambda at: at.replace(second=0, microsecond=0)), st.integers(0, 300_000))
def test_since_is_the_latest_moment_from_which_so_much_work_has_passed(calendar, end, minutes):
    start = calendar.since(end, minutes)

    assert start <= end and calendar.elapsed(start, end) == minutes
    assert minutes == 0 or calendar.elapsed(start + timedelta(minutes=1), end) == minutes - 1


def test_time_that_has_passed_is_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        PLAIN.since(wib("2026-11-19 10:00"), -1)
