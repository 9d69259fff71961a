"""How a period was prepared in the round before, for whoever prepares it once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from runut.organisation.queries import local_day
from runut.sop.models import RunScope, Task
from runut.sop.queries.rounds import recorded_before


@dataclass(frozen=True, slots=True)
class PreparedBefore:
    """due: the day that was set, if one was. members: ids of those who took part. reasons: name -> why not.

    later, instead: ids of those on leave who got a day of their own, or somebody who fills in for them.
    """

    year: int
    quarter: int
    due: date | None
    members: frozenset[int]
    reasons: Mapping[str, str]
    later: frozenset[int]
    instead: frozenset[int]

    @property
    def due_text(self) -> str:
        """As the field of the day wants it."""
        return self.due.isoformat() if self.due else ""

    def absent(self, pk: int) -> str:
        """What was decided about somebody's leave, as the page sends it."""
        return "instead" if pk in self.instead else "later" if pk in self.later else ""


def prepared_before(task: Task) -> PreparedBefore | None:
    """None where the step is done for the first time. At most two queries."""
    form = recorded_before(task)
    if "year" not in form:
        return None
    scope = RunScope.objects.filter(run=task.run_id, each=form["basis"]).first()
    due = str(form["due_at"] or "")
    return PreparedBefore(
        year=int(str(form["year"])),
        quarter=int(str(form["quarter"])),
        due=local_day(task.run.office, datetime.fromisoformat(due)) if due else None,
        members=frozenset(scope.members if scope else ()),
        reasons=cast("Mapping[str, str]", form["left_out"]),
        later=frozenset(int(pk) for pk in (scope.own_dues if scope else ())),
        instead=frozenset(int(pk) for pk in cast("Mapping[str, int]", form.get("instead") or {})),
    )
