"""The working-time clock: when something is due, and how long it took, in the hours an office is open.

Pure values: the hours, holidays and seasons of an office go in, aware UTC datetimes come out. A norm in `menit` or
`jam` is spent in working minutes. A norm of n `hari` ends at the same local time on the n-th following working
day: at that day's closing time if it closes earlier, at its opening if it opens later, after the break if the time
falls inside it. Work handed over outside working time counts from the next opening; the very moment of closing still
belongs to its day.

The law: Perpres 21/2023. 37 h 30 min a week without breaks, from 07.30 local time, break 60 min, on Friday 90; in
Ramadan 32 h 30 min, from 08.00, break 30 min, on Friday 60. Where the break lies is each office's choice: the
defaults put it around noon. Holidays and the days of Ramadan are decreed every year, so they are data.

The zones meant here know no daylight saving. In one that does, an hour that the clocks skip is lost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

Unit = Literal["menit", "jam", "hari"]
Interval = tuple[int, int]

# Moments are whole microseconds of local time since the first day of the calendar, day 0 of `date.toordinal`.
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
# A mistyped year must not make the table fill the memory.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Hours:
    """The open intervals of each weekday, Monday first, as minutes after local midnight."""

    week: tuple[tuple[Interval, ...], ...]

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        for intervals in self.week:
            minutes = [minute for interval in intervals for minute in interval]
            if any(later <= earlier for earlier, later in pairwise(minutes)):
                raise ValueError(f"intervals must come in order, with a break between them: {intervals}")
            if minutes and not (minutes[0] >= 0 and minutes[-1] <= 24 * 60):
                raise ValueError(f"the minutes of a day run from 0 to 1440: {intervals}")

    @classmethod
    def of(cls, days: Mapping[int, Iterable[Interval]]) -> "Hours":
        """From weekday (Monday is 0) to its intervals; a day left out is closed."""
        return cls(tuple(tuple((start, end) for start, end in days.get(day, ())) for day in range(7)))

    def minutes(self, weekday: int) -> int:
        """Working minutes of one weekday."""
        return sum(end - start for start, end in self.week[weekday])


DEFAULT_HOURS = Hours.of(dict.fromkeys(range(4), ((450, 720), (780, 960))) | {4: ((450, 690), (780, 990))})
RAMADAN_HOURS = Hours.of(dict.fromkeys(range(4), ((480, 720), (750, 900))) | {4: ((480, 690), (750, 930))})


@dataclass(frozen=True)
class Season:
    """Days, both included, on which other hours hold: Ramadan, or a week of service on Saturday."""

    start: date
    end: date
    hours: Hours = RAMADAN_HOURS


class _Spans(NamedTuple):
    """The open spans of some years in order, the work done before each, and the days that have any."""

    first_year: int
    last_year: int
    opens: list[int]
    closes: list[int]
    before: list[int]
    days: list[int]
    first_span: list[int]  # of each day in `days`

    def work_until(self, moment: int) -> int:
        span = bisect_right(self.opens, moment) - 1
        if span < 0:
            return 0
        return self.before[span] + min(moment, self.closes[span]) - self.opens[span]

    def total(self) -> int:
        return self.before[-1] + self.closes[-1] - self.opens[-1] if self.opens else 0


class _Table:
    """The spans of one set of hours, built for more years when somebody asks beyond them.

    Shared between threads without a lock: growing replaces the whole value, and a call works on the one it took.
    """

    def __init__(self, hours: Hours, seasons: tuple[Season, ...], holidays: frozenset[date]) -> None:
        self._hours, self._seasons, self._holidays = hours, seasons, holidays
        self._spans: _Spans | None = None

    def hours_on(self, day: date) -> tuple[Interval, ...]:
        if day in self._holidays:
            return ()
        hours = next((season.hours for season in self._seasons if season.start <= day <= season.end), self._hours)
        return hours.week[day.weekday()]

    def around(self, *moments: int) -> _Spans:
        """The spans of the years of these moments and one more on each side."""
        years = [date.fromordinal(moment // DAY).year for moment in moments]
        if min(years) <= FIRST_YEAR or max(years) >= LAST_YEAR:
            raise OverflowError(f"The working calendar knows the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}.")
        spans = self._spans
        if spans and spans.first_year < min(years) and max(years) < spans.last_year:
            return spans
        first, last = min(years) - 1, max(years) + 1
        if spans:
            first, last = min(first, spans.first_year), max(last, spans.last_year)
        return self._build(first, last)

    def beyond(self, spans: _Spans) -> _Spans:
        """The same spans and as many years again."""
        if spans.last_year >= LAST_YEAR:
            raise OverflowError(f"The norm does not end before the year {LAST_YEAR}.")
        years = spans.last_year - spans.first_year + 1
        return self._build(spans.first_year, min(spans.last_year + years, LAST_YEAR))

    def _build(self, first_year: int, last_year: int) -> _Spans:
        spans = _Spans(first_year, last_year, [], [], [], [], [])
        worked = 0
        for ordinal in range(date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal() + 1):
            intervals = self.hours_on(date.fromordinal(ordinal))
            if intervals:
                spans.days.append(ordinal)
                spans.first_span.append(len(spans.opens))
            for start, end in intervals:
                spans.opens.append(ordinal * DAY + start * MINUTE)
                spans.closes.append(ordinal * DAY + end * MINUTE)
                spans.before.append(worked)
                worked += (end - start) * MINUTE
        self._spans = spans
        return spans


@lru_cache(maxsize=512)
def _table(hours: Hours, seasons: tuple[Season, ...], holidays: frozenset[date]) -> _Table:
    return _Table(hours, seasons, holidays)


@dataclass(frozen=True)
class Calendar:
    """The working time of one office. Of seasons that overlap the first holds; a holiday beats them all.

    Equal calendars share their table, so making one per request costs nothing.
    """

    zone: str = "Asia/Jakarta"
    hours: Hours = DEFAULT_HOURS
    holidays: frozenset[date] = frozenset()
    seasons: tuple[Season, ...] = ()
    _table: _Table = field(init=False, repr=False, compare=False)
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not any(self.hours.week):
            raise ValueError("an office that is never open has no working time")
        object.__setattr__(self, "_zone", ZoneInfo(self.zone))
        object.__setattr__(self, "_table", _table(self.hours, self.seasons, self.holidays))

    def due(self, start: datetime, amount: int, unit: Unit) -> datetime:
        """When a norm of so many minutes, hours or days that begins at `start` is used up.

        An amount of 0 gives the start itself, or the next opening if the office is closed then.
        """
        if amount < 0:
            raise ValueError("a norm is not negative")
        moment = self._moment(start)
        if unit == "hari":
            return self._utc(self._after_days(moment, amount))
        if unit not in ("menit", "jam"):
            raise ValueError(f"unknown unit of time: {unit}")
        return self._utc(self._after_work(moment, amount * (MINUTE if unit == "menit" else 60 * MINUTE)))

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from start to end; 0 when the end is not later."""
        first, last = self._moment(start), self._moment(end)
        if last <= first:
            return 0
        spans = self._table.around(first, last)
        return (spans.work_until(last) - spans.work_until(first)) // MINUTE

    def since(self, end: datetime, minutes: int) -> datetime:
        """The latest moment from which so many working minutes have passed until `end`."""
        if minutes < 0:
            raise ValueError("a time that has passed is not negative")
        last = first = self._moment(end)
        spans = self._table.around(last)
        while (done := spans.work_until(last) - minutes * MINUTE) < 0:
            first -= 366 * DAY
            spans = self._table.around(first, last)
        span = max(0, bisect_right(spans.before, done) - 1)
        return self._utc(min(last, spans.opens[span] + done - spans.before[span]))

    def late_days(self, due: datetime, now: datetime) -> int:
        """Working days begun since the day on which it was due: 0 on that day itself, even past the hour."""
        if now <= due:
            return 0
        return self.working_days_between(self.local_day(due), self.local_day(now))

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself while the office is open, otherwise when it opens next."""
        moment = self._moment(at)
        spans, span = self._last_span(moment)
        if span >= 0 and moment < spans.closes[span]:
            return self._utc(moment)
        return self._utc(spans.opens[span + 1])

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when the end is not later."""
        if end <= start:
            return 0
        first, last = start.toordinal(), end.toordinal()
        days = self._table.around(first * DAY, last * DAY).days
        return bisect_right(days, last) - bisect_right(days, first)

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours_on(day))

    def working_day_from(self, day: date) -> date:
        """The day itself where the office is open on it, otherwise the next on which it is."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def hours_on(self, day: date) -> tuple[Interval, ...]:
        """The open intervals of a day in minutes after midnight; empty when closed."""
        return self._table.hours_on(day)

    def closing(self, day: date) -> datetime | None:
        """When the office closes on a day; None where it is closed all day."""
        hours = self.hours_on(day)
        return self._utc(day.toordinal() * DAY + hours[-1][1] * MINUTE) if hours else None

    def local_day(self, at: datetime) -> date:
        """The date on the office's wall at that moment."""
        return date.fromordinal(self._moment(at) // DAY)

    def _after_work(self, moment: int, work: int) -> int:
        if work == 0:
            return self._enter(moment)[0]
        spans = self._table.around(moment)
        until = spans.work_until(moment) + work
        while spans.total() < until:
            spans = self._table.beyond(spans)
            until = spans.work_until(moment) + work
        # The last span with less work before it: so a norm ends at closing, not at the next opening.
        span = bisect_left(spans.before, until) - 1
        return spans.opens[span] + until - spans.before[span]

    def _after_days(self, at: int, amount: int) -> int:
        """The same time some working days later. What begins before the office opens has its days whole: it ends
        when the last of them closes, as a norm in minutes does."""
        moment, day = self._enter(at)
        if amount == 0:
            return moment
        spans = self._table.around(moment)
        whole = moment > at and moment == spans.opens[spans.first_span[bisect_left(spans.days, day)]]
        amount -= whole
        while (position := bisect_right(spans.days, day) + amount - 1) >= len(spans.days):
            spans = self._table.beyond(spans)
        target = spans.days[position]
        wanted = target * DAY + moment - day * DAY
        span = spans.first_span[position]
        last = spans.first_span[position + 1] - 1 if position + 1 < len(spans.days) else len(spans.opens) - 1
        while span < last and wanted > spans.closes[span]:
            span += 1
        if whole:
            return spans.closes[last]
        return min(max(wanted, spans.opens[span]), spans.closes[span])

    def _enter(self, moment: int) -> tuple[int, int]:
        """The moment moved into working time (closing counts as inside), and the day it belongs to."""
        spans, span = self._last_span(moment)
        if span < 0 or moment > spans.closes[span]:
            span += 1
            moment = spans.opens[span]
        return moment, spans.opens[span] // DAY

    def _last_span(self, moment: int) -> tuple[_Spans, int]:
        """Spans that go on after the moment, and the last of them that opens no later (-1: none)."""
        spans = self._table.around(moment)
        while (span := bisect_right(spans.opens, moment) - 1) + 1 >= len(spans.opens):
            spans = self._table.beyond(spans)
        return spans, span

    def _moment(self, at: datetime) -> int:
        if at.tzinfo is None:
            raise ValueError("the working-time clock needs an aware datetime")
        local = at.astimezone(self._zone)
        seconds = (local.hour * 60 + local.minute) * 60 + local.second
        return local.toordinal() * DAY + seconds * SECOND + local.microsecond

    def _utc(self, moment: int) -> datetime:
        day, rest = divmod(moment, DAY)
        local = datetime.fromordinal(day) + timedelta(microseconds=rest)
        return local.replace(tzinfo=self._zone).astimezone(UTC)
