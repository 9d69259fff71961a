"""A run rebuilt from its log: what the entries say happened, played again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from runut.sop.rules.definition import Definition
from runut.sop.rules.memory import RunModel

Payload = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry as the replay reads it: the event and its payload's `before` and `after`."""

    event: str
    before: Mapping[str, object]
    after: Mapping[str, object]


def replay(definition: Definition, entries: Iterable[Happened]) -> RunModel:
    """The run after these entries of its stream, oldest first. Entries that move nothing are passed over."""
    run: RunModel | None = None
    for entry in entries:
        match entry.event:
            case "run.started":
                run = _start(definition, entry)
            case "task.completed" | "task.returned":
                assert run is not None, "a run starts before anything is done in it"
                _complete(run, entry)
            case "run.member_joined" | "run.member_dropped":
                assert run is not None, "a run starts before its members change"
                run.slots = {**run.slots, **_slots(entry)}
                change = run.join_late if entry.event == "run.member_joined" else run.drop
                change(str(entry.after["region"]), str(entry.after["member"]))
            case "task.recalled":
                assert run is not None, "a run starts before anything is taken back in it"
                run.slots = {**run.slots, **_slots(entry)}
                run.recall(str(entry.before["step"]), str(entry.before["member"]))
            case "run.cancelled":
                assert run is not None, "a run starts before it is cancelled"
                run.open.clear()
                run.ended = True
    assert run is not None, "a log without a start"
    return run


def _start(definition: Definition, entry: Happened) -> RunModel:
    members = cast(Sequence[str], entry.after.get("members") or ())
    each = definition.first.each
    run = RunModel.start(definition, slots=_slots(entry), scope={each: members} if each else {})
    return run


def _complete(run: RunModel, entry: Happened) -> None:
    members = cast("Sequence[str] | None", entry.after.get("members"))
    run.slots = {**run.slots, **_slots(entry)}
    run.complete(
        str(entry.before["step"]),
        cast("str | None", entry.before["member"]),
        cast(int, entry.before["slot"]),
        str(entry.after["outcome"]),
        chosen=members or (),
        members=members,
    )


def _slots(entry: Happened) -> dict[str, int]:
    """step -> how many seats it was opened with."""
    slots: dict[str, int] = {}
    for row in cast(Sequence[Sequence[object]], entry.after.get("opened") or ()):
        step, slot = str(row[0]), cast(int, row[1])
        slots[step] = max(slots.get(step, 0), slot + 1)
    return slots
