"""A step that is opened once more lies with whom it was handed over to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from runut.organisation.models import Jabatan
from runut.organisation.queries import active_pegawai
from runut.sop.models import Branch, Run, Task
from runut.sop.queries.hand_overs import hand_overs_of
from runut.sop.rules.definition import Step

Seat = tuple[str, int | None, int | None]
Holder = tuple[int | None, int | None]
Moves = Sequence[tuple[Holder, Holder]]


def seats_kept(
    run: Run, step: Step, branches: Sequence[Branch | None], seats: Sequence[Sequence[Seat]], day: date
) -> list[list[Seat]]:
    """seats: whose the step is by the procedure, for each branch; as they are after what was handed over before.

    Not to whoever holds no position of the office any more, or would judge figures of one's own. Two queries; one
    or two more where something was handed over.
    """
    moved = _moved(run, step, branches)
    last = [
        [_followed(seat, moved.get(branch.pk if branch else None, ())) for seat in of_branch]
        for branch, of_branch in zip(branches, seats, strict=True)
    ]
    there = _still_there(run, {holder for holders in last for holder in holders} if moved else set(), day)
    return [
        _without_clashes(step, branch, of_branch, [holder if holder in there else None for holder in holders])
        for branch, of_branch, holders in zip(branches, seats, last, strict=True)
    ]


def _without_clashes(
    step: Step, branch: Branch | None, seats: Sequence[Seat], holders: Sequence[Holder | None]
) -> list[Seat]:
    """The seats with those who have them now; nobody sits twice, or judges figures of one's own."""
    barred: set[Holder | None] = {None, *(seat[1:] for seat in seats)}
    if branch and step.work == "review":
        barred.add((None, branch.pegawai_id))
    return [
        seat if holder is None or holder in barred else (seat[0], *holder)
        for seat, holder in zip(seats, holders, strict=True)
    ]


def _moved(
    run: Run, step: Step, branches: Sequence[Branch | None]
) -> Mapping[int | None, Sequence[tuple[Holder, Holder]]]:
    """Branch id, or None -> from whom to whom its tasks of this step were handed over, oldest first."""
    of_step = Task.objects.filter(run=run, step=step.id)
    here = of_step.filter(branch__in=[b for b in branches if b]) if branches[0] else of_step.filter(branch=None)
    places = dict(here.values_list("pk", "branch"))
    moved: dict[int | None, list[tuple[Holder, Holder]]] = defaultdict(list)
    for given in hand_overs_of(places):
        if not given.once:
            moved[places[given.task]].append((given.of, given.to))
    return moved


def _followed(seat: Seat, moved: Moves) -> Holder:
    """With whom the seat came to lie in the end."""
    holder: Holder = seat[1:]
    for of, to in moved:
        holder = to if of == holder else holder
    return holder


def _still_there(run: Run, holders: set[Holder], day: date) -> set[Holder]:
    """Those that can still be given something: people who hold a position of the office, and positions it has."""
    people = {pegawai for _jabatan, pegawai in holders if pegawai}
    posts = {jabatan for jabatan, pegawai in holders if jabatan and not pegawai}
    found: set[Holder] = set()
    if people:
        here = active_pegawai(run.office, day).filter(pk__in=people, left_on=None)
        found |= {(None, pk) for pk in here.values_list("pk", flat=True)}
    if posts:
        open_ = Jabatan.objects.filter(pk__in=posts, office=run.office_id, closed_on=None)
        found |= {(pk, None) for pk in open_.values_list("pk", flat=True)}
    return found
