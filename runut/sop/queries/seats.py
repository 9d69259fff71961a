"""The first open tasks of each position and of the person, read in their order from two partial indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from runut.organisation.permissions import Actor
from runut.sop.models import Task

ASKED = 10


def place_of(task: Task) -> str:
    """Where a list goes on that ended with this task."""
    return f"{task.due_at.isoformat() if task.due_at else ''}_{task.pk}"


def _read_place(after: str) -> tuple[datetime | None, int] | None:
    """The place written by `place_of`; None for an empty or broken one, which is the beginning."""
    due, _sep, pk = after.rpartition("_")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        return None
    try:
        at = parse_datetime(due) if due else None
    except ValueError:
        return None
    if due and (at is None or timezone.is_naive(at)):
        return None
    return at, int(pk)


def first_of_each_seat(actor: Actor, limit: int, after: str) -> list[int]:
    """Ids of the first open tasks of each position and of the person, in order, after a place. One query.

    It is run by itself: as a part of another query a planner without statistics may run it for every task.
    """
    with connection.cursor() as cursor:
        cursor.execute(*statement(actor, limit, after))
        return [row[0] for row in cursor.fetchall()]


def statement(actor: Actor, limit: int, after: str) -> tuple[str, list[int | str]]:
    """The statement of the above with its parameters.

    As SQL, because SQLite takes a limited part of a union only as a nested query. The plus sign keeps
    both databases from reading a position's tasks out of the index by person, where most have none.
    Only column names and numbers of ours stand in the text; every value is a parameter.
    """
    seats: list[tuple[str, int]] = [
        *(("jabatan_id = %s AND +pegawai_id IS NULL", pk) for pk in sorted(actor.jabatan_ids)),
        ("pegawai_id = %s", actor.pegawai_id),
    ]
    place = _read_place(after)
    parts, params = list[str](), list[int | str]()
    if place is None:
        asked, params = _asked_again(actor)
        parts.append(f"SELECT id, due_at, 0 AS later FROM ({asked} LIMIT {ASKED:d}) AS asked")
    for number, (seat, pk) in enumerate(seats):
        for part, values in _ordered(seat, pk, place):
            parts.append(f"SELECT id, due_at, 1 AS later FROM ({part} LIMIT {limit:d}) AS s{number}_{len(parts)}")
            params += values
    order = "later, CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id"
    union = " UNION ALL ".join(parts)
    return f"SELECT id FROM ({union}) AS merged ORDER BY {order} LIMIT {limit:d}", params


def _asked_again(actor: Actor) -> tuple[str, list[int | str]]:
    """The person's parafs that are wanted again, as one task for each running procedure.

    CROSS JOIN has SQLite begin with the few parafs, whatever it knows of the tables.
    """
    seats = sorted(actor.jabatan_ids) or [0]
    mine = f"(t.pegawai_id = %s OR t.pegawai_id IS NULL AND t.jabatan_id IN ({', '.join(['%s'] * len(seats))}))"
    joined = "sop_paraf p CROSS JOIN sop_task t CROSS JOIN sop_run r"
    on = "p.asked_again AND t.id = p.task_id AND r.id = t.run_id AND r.state = 'running'"
    head = f"SELECT MIN(t.id) AS id, MIN(t.due_at) AS due_at FROM {joined}"
    return f"{head} WHERE {on} AND {mine} GROUP BY t.run_id", [actor.pegawai_id, *seats]


def _ordered(
    seat: str, pk: int, place: tuple[datetime | None, int] | None
) -> Iterable[tuple[str, Sequence[int | str]]]:
    """The seat's tasks with a limit in their order, then those without, each readable from its index."""
    head = f"SELECT id, due_at FROM sop_task WHERE state = 'open' AND {seat}"
    if place is None:
        yield f"{head} AND due_at IS NOT NULL ORDER BY due_at, id", (pk,)
        yield f"{head} AND due_at IS NULL ORDER BY id", (pk,)
        return
    due, last = place
    if due is not None:
        at = connection.ops.adapt_datetimefield_value(due)
        yield f"{head} AND (due_at, id) > (%s, %s) ORDER BY due_at, id", (pk, str(at), last)
    yield f"{head} AND due_at IS NULL AND id > %s ORDER BY id", (pk, 0 if due is not None else last)
