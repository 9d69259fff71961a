"""How a task stands with its time: calm, soon, late, and the words for it. Late never blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runut.lib.dates import Lang, duration_words, short_date
from runut.lib.dates import clock as clock_time
from runut.lib.numbers import format_number
from runut.lib.worktime import Calendar
from runut.sop.rules.definition import Norm
from runut.sop.rules.worked import Clock

State = Literal["none", "calm", "soon", "late"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """`words` say how much working time is left or over, in the office's calendar."""

    at: datetime | None
    state: State
    words: str


def due_of(calendar: Calendar, start: datetime, minutes: int | None, norm: Norm | None) -> datetime | None:
    """When a task is due: so many working minutes after `start`, or by its norm; never without either."""
    if minutes is not None:
        return calendar.due(start, minutes, "menit") if minutes > 0 else start
    return calendar.due(start, norm.amount, norm.unit) if norm is not None else None


def deadline_of(
    calendar: Calendar, opened_at: datetime, due_at: datetime | None, now: datetime, left: int | None = None
) -> Deadline:
    """The deadline of a task. `left`: working minutes it had when its run was held; the clock then stands still."""
    if left is not None:
        words = _("dijeda, sisa %(time)s") % {"time": in_words(left)} if left > 0 else _("dijeda, sudah lewat batas")
        return Deadline(due_at, "none", words)
    if due_at is None:
        return Deadline(None, "none", "")
    if now > due_at:
        return Deadline(due_at, "late", late_words(calendar, due_at, now))
    total, rest = calendar.elapsed(opened_at, due_at), calendar.elapsed(now, due_at)
    today = calendar.local_day(calendar.next_opening(now))
    days = calendar.working_days_between(today, calendar.local_day(due_at))
    soon = days == 0 or rest * 4 <= total
    return Deadline(due_at, "soon" if soon else "calm", left_words(calendar, due_at, now))


def late_words(calendar: Calendar, due_at: datetime, now: datetime) -> str:
    """By how much it is late: working days, or time on the day itself."""
    days = calendar.late_days(due_at, now)
    if days:
        return ngettext("lewat %(n)d hari kerja", "lewat %(n)d hari kerja", days) % {"n": days}
    minutes = calendar.elapsed(due_at, now)
    return _("lewat %(time)s") % {"time": in_words(minutes)} if minutes else _("lewat batas hari ini")


def overran_words(late: int, total: int) -> str:
    """Of a fan-out that is done: of how many something was late."""
    return _("%(n)d dari %(total)d pernah terlambat") % {"n": late, "total": total}


def norm_words(norm: Norm) -> str:
    """A norm in the unit in which the SOP is written, in the reader's language."""
    words = {
        "menit": ngettext("%(n)s menit", "%(n)s menit", norm.amount),
        "jam": ngettext("%(n)s jam", "%(n)s jam", norm.amount),
        "hari": ngettext("%(n)s hari", "%(n)s hari", norm.amount),
    }
    return words[norm.unit] % {"n": format_number(Decimal(norm.amount))}


def later_words(norm: Norm, *, own: bool) -> str:
    """Of a step that waits for others: how much time it has, and from when. own: whether the reader is to do it."""
    words = {"norm": norm_words(norm)}
    if own:
        return _("Waktu baku %(norm)s, mulai dihitung saat giliran Anda.") % words
    return _("Waktu baku %(norm)s, mulai dihitung saat gilirannya.") % words


def in_words(minutes: int) -> str:
    """Working minutes in the reader's language."""
    lang: Lang = "en" if translation.get_language() == "en" else "id"
    return duration_words(abs(minutes), lang)


def left_words(calendar: Calendar, due_at: datetime, now: datetime) -> str:
    """How much is left: working days, or time, called working time where a night or a weekend lies between."""
    days = calendar.working_days_between(calendar.local_day(now), calendar.local_day(due_at))
    if days > 1:
        return ngettext("sisa %(n)d hari kerja", "sisa %(n)d hari kerja", days) % {"n": days}
    words = {"time": in_words(calendar.elapsed(now, due_at))}
    if calendar.local_day(now) == calendar.local_day(due_at):
        return _("sisa %(time)s") % words
    return _("sisa %(time)s waktu kerja") % words


def difference_words(clock: Clock, norm: Norm | None, start: datetime, end: datetime, due: datetime) -> str:
    """Of a step that was done, how its time compares with the norm; where the limit was another, with which one."""
    calendar, actual = clock.calendar, clock.elapsed(start, end)
    baku = calendar.elapsed(start, calendar.due(start, norm.amount, norm.unit)) if norm is not None else None
    # What was left after a hold is counted from the whole minute.
    by_norm = baku is not None and abs(clock.elapsed(start, due) - baku) <= 1
    late = late_words(calendar, due, end) if end > due else ""
    if by_norm:
        return late or _("lebih cepat %(time)s") % {"time": in_words(clock.elapsed(start, due) - actual)}
    lang: Lang = "en" if translation.get_language() == "en" else "id"
    limit = f"{short_date(calendar.local_day(due), lang)}, {clock_time(due, calendar.zone, lang)}"
    if late:
        return _("%(late)s dari batas %(limit)s") % {"late": late, "limit": limit}
    return _("%(time)s sebelum batas %(limit)s") % {"time": in_words(clock.elapsed(end, due)), "limit": limit}
