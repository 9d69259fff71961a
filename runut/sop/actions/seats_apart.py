"""Nobody is given data of one's own to judge while another of the same lane can do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from runut.organisation.queries import holders
from runut.sop.actions.seats_kept import Seat
from runut.sop.models import Branch, Run, Task, TaskState

Others = Callable[[Branch, Sequence[Seat]], list[Seat]]


def others_in_lane(run: Run, branches: Sequence[Branch], everybody: Sequence[Seat], day: date) -> Others:
    """Of some of the lane's seats, those of somebody else than whom a branch's data are of and who handed them in.

    None of them where nobody else sits there. A vacant seat goes with the others. Two queries.
    """
    members = [branch.member for branch in branches]
    done = Task.objects.filter(run=run, branch__member__in=members, work="fill", state=TaskState.DONE)
    authors = dict(done.order_by("done_at", "pk").values_list("branch__member", "done_by"))
    held = holders([post for _lane, post, _pegawai in everybody if post], day)
    people = {post: {one.pegawai_id for one in held.get(post or 0, ())} for _lane, post, _pegawai in everybody}

    def others(branch: Branch, seats: Sequence[Seat]) -> list[Seat]:
        own = {branch.pegawai_id, authors.get(branch.member)}
        if not any(people[post] - own for _lane, post, _pegawai in seats):
            return []
        return [seat for seat in seats if not people[seat[1]] or people[seat[1]] - own]

    return others
