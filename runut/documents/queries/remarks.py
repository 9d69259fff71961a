"""What was noted on a document when it was judged or sent back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from runut.documents.models import Document
from runut.sop.models import Run, Task, TaskState

SHOWN = 20
# A return of the whole; what whoever gathers sends back is told where it is filled in. A judgement, or a draft.
_RETURN = Q(state=TaskState.RETURNED) & ~Q(work="compile")
_JUDGED = Q(state=TaskState.DONE, work__in=("approve", "draft"))
# Of an open task's form: what is being written, by the id of the person who writes it.
UNFINISHED = "unfinished"


def remarks_since_draft(run: Run, *, told: str = "") -> list[Task]:
    """What was noted on a run's document since its report was last drafted, newest first; all while it never was.

    told: a reason that the page shows already; what says nothing else is left out. One query.
    """
    return _noted(run, told, rounds=1)


def remarks_before(run: Run, *, told: str = "") -> list[Task]:
    """The same for whoever judges, initials or signs it: of the round before, too. One query."""
    return _noted(run, told, rounds=2)


def remarks_of(run: Run) -> list[Task]:
    """All that was noted on a run's document, newest first. One query."""
    return _noted(run, "", rounds=SHOWN)


def returned_unchanged(document: Document | None, run: Run) -> Task | None:
    """The last return, where the version that stands now is the one that was sent back. One query."""
    last = _returns(run).select_related("done_by").first() if document is not None else None
    same = document is not None and last is not None and last.done_at is not None and document.made_at < last.done_at
    return last if same else None


def unfinished_of(task: Task, pegawai_id: int) -> dict[str, str]:
    """What this person has typed so far while judging, field -> text. No query."""
    kept: Mapping[str, dict[str, str]] = task.form.get(UNFINISHED) or {}
    return kept.get(str(pegawai_id), {})


def _returns(run: Run) -> QuerySet[Task]:
    return Task.objects.filter(_RETURN, run=run, branch__isnull=True).order_by("-pk")


def _noted(run: Run, told: str, *, rounds: int) -> list[Task]:
    """Judgements and returns with what was noted, back to the report's last draft, or to an earlier one."""
    rows = Task.objects.filter(_RETURN | _JUDGED, run=run, branch__isnull=True).select_related("done_by")
    found: list[Task] = []
    drafted, since = 0, 0
    for row in rows.order_by("-pk")[: 2 * SHOWN]:
        if row.work == "draft" and row.state == TaskState.DONE:
            drafted, since = drafted + 1, len(found)
            if drafted == rounds:
                break
        elif _says_something(row, told):
            found.append(row)
    return found[:since] if drafted else found


def _says_something(row: Task, told: str) -> bool:
    if row.form.get("remarks") or row.form.get("remark"):
        return True
    return row.state == TaskState.RETURNED and row.reason != told
