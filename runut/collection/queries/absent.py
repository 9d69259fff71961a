"""Who of the people asked is on leave or has left, until when, and who may fill in instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from runut.collection.models import Sheet
from runut.lib.worktime import Calendar
from runut.organisation.models import Assignment, Office, Pegawai
from runut.organisation.queries import (
    active_pegawai,
    calendar_of,
    holders,
    last_posts,
    local_day,
    on_leave,
    unit_heads,
)
from runut.organisation.rules import away_words, gone_words
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Definition, Norm

# For whom a procedure without a time of its own waits that long after a leave.
AFTER_LEAVE = Norm(3, "hari")
# How long such a procedure's forms are taken to be out.
OF_ITSELF = Norm(10, "hari")


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away: words as the pages say it; left: for good, already. until: the last day of a leave.

    instead: who is proposed to fill in, another holder of the same position who is there.
    """

    words: str
    left: bool
    until: date | None = None
    instead: Pegawai | None = None


def absences(office: Office, people: Collection[int], start: date, end: date, on: date) -> dict[int, Absence]:
    """Who of these people is on leave between two days, or leaves by the later one. `on`: today.

    Two queries, four where somebody is away.
    """
    posts, leaves = last_posts(people, max(on, end), office.pk), on_leave(people, start, end)
    ends = {pk: held for pk, held in posts.items() if held.end is not None and held.end < max(on, end)}
    away = ends.keys() | leaves.keys()
    instead = _stand_ins({pk: posts[pk] for pk in away if pk in posts}, start, end, on) if away else {}
    found = {}
    for pk, row in leaves.items():
        words = away_words(row.end, row.start if row.start > on else None)
        found[pk] = Absence(words, False, row.end, instead.get(pk))
    for pk, held in ends.items():
        assert held.end is not None
        found[pk] = Absence(gone_words(held.end_cause, held.end), held.end < on, None, instead.get(pk))
    return found


def absences_of_heads(office: Office, units: Collection[int], start: date, end: date, on: date) -> dict[int, Absence]:
    """Unit id -> that whoever heads it is away, said by name, and nobody else in the position is there. `on`: today.

    Four queries, six where somebody is away.
    """
    heads = unit_heads(units)
    held = holders(set(heads.values()), on)
    away = absences(office, {post.pegawai_id for posts in held.values() for post in posts}, start, end, on)
    found = {}
    for unit, jabatan in heads.items():
        posts = held.get(jabatan, [])
        if posts and all(post.pegawai_id in away for post in posts):
            first = posts[0].pegawai
            words = f"{first.full_name} {away[first.pk].words}"
            found[unit] = replace(away[first.pk], words=words, instead=None)
    return found


def _stand_ins(away: Mapping[int, Assignment], start: date, end: date, on: date) -> dict[int, Pegawai]:
    """Another holder of each one's position, stand-ins included, who is not on leave himself. Two queries."""
    held = holders({one.jabatan_id for one in away.values()}, on)
    others = {one.pegawai_id for posts in held.values() for one in posts} - away.keys()
    there = others - on_leave(others, start, end).keys()
    found = {
        pk: next((one.pegawai for one in held.get(post.jabatan_id, ()) if one.pegawai_id in there), None)
        for pk, post in away.items()
    }
    return {pk: person for pk, person in found.items() if person is not None}


def absences_by_sheet(
    office: Office, sheets: Iterable[Sheet], filling: Mapping[str, Task], on: date
) -> dict[int, Absence]:
    """Sheet id -> that whoever fills it in is away: the person it is about, of a unit who holds the position that
    fills, said by name. filling: member -> its open fill task. Three queries, five where somebody is away.
    """
    held = holders({task.jabatan_id for task in filling.values() if task.jabatan_id}, on)
    fillers = {sheet.pk: _fillers(sheet, filling.get(sheet.member), held) for sheet in sheets}
    people = {pk for names in fillers.values() for pk in names}
    away = absences(office, people, on, on, on) if people else {}
    found = {}
    for sheet, names in fillers.items():
        first = next((pk for pk in names if pk in away), None)
        if first is not None:
            found[sheet] = replace(away[first], words=f"{names[first]} {away[first].words}".strip())
    return found


def _fillers(sheet: Sheet, task: Task | None, held: Mapping[int, Sequence[Assignment]]) -> dict[int, str]:
    """Who fills the form in, with the name where the form does not bear it."""
    if sheet.pegawai_id is not None:
        return {sheet.pegawai_id: ""}
    if task is None:
        return {}
    seated = [task.pegawai] if task.pegawai else [post.pegawai for post in held.get(task.jabatan_id or 0, ())]
    return {person.pk: person.full_name for person in seated}


def absence_of(sheet: Sheet) -> Absence | None:
    """Whether whoever fills the form in is away today. `sheet` comes with its period's office."""
    office = sheet.period.office
    rows = Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work="fill", state=TaskState.OPEN)
    task = rows.select_related("pegawai").order_by("-pk").first()
    filling = {sheet.member: task} if task is not None else {}
    return absences_by_sheet(office, [sheet], filling, local_day(office, timezone.now())).get(sheet.pk)


def may_fill_for(sheet: Sheet) -> list[Pegawai]:
    """The people of the office who are there today and could fill in for somebody. Two queries."""
    office = sheet.period.office
    today = local_day(office, timezone.now())
    people = [one for one in active_pegawai(office, today) if one.pk != sheet.pegawai_id]
    away = on_leave([one.pk for one in people], today, today)
    return [one for one in people if one.pk not in away]


def due_after(calendar: Calendar, until: date, norm: Norm | None) -> datetime:
    """By when somebody fills in who is back the day after: the step's own time from then on, to closing."""
    norm = norm or AFTER_LEAVE
    back = datetime.combine(until, time(23, 59), ZoneInfo(calendar.zone))
    due = calendar.due(back, norm.amount, norm.unit)
    return calendar.closing(calendar.local_day(due)) or due


def day_after_leave(sheet: Sheet, away: Absence) -> date | None:
    """By which day the form of somebody on leave is proposed to be in; None for who has left. Two queries."""
    if away.until is None:
        return None
    fill = next(step for step in definition_of(sheet.run.version).steps if step.work == "fill")
    calendar = calendar_of(sheet.period.office)
    return calendar.local_day(due_after(calendar, away.until, fill.norm))


def filled_until(definition: Definition, calendar: Calendar, now: datetime, day: date | None) -> date:
    """Until which day a period's forms are filled in: the day that was set, else by the step's own time."""
    fill = next((step for step in definition.steps if step.work == "fill"), None)
    norm = fill.norm if fill is not None and fill.norm is not None else OF_ITSELF
    return day or calendar.local_day(calendar.due(now, norm.amount, norm.unit))


def chosen_stand_ins(run: Run) -> dict[int, int]:
    """pegawai id -> who fills in instead, as it was decided when the forms were made. One query."""
    made = Task.objects.filter(run=run, work="prepare", state=TaskState.DONE).order_by("-pk")
    found = (made.values_list("form", flat=True).first() or {}).get("instead") or {}
    return {int(pk): int(other) for pk, other in found.items()}
