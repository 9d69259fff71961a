"""What was noted on a report when it was sent back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from runut.documents.models import Document
from runut.sop.models import Run, Task, TaskState

SHOWN = 20
# Of an open task's form: what is being written, by the id of the person who writes it.
UNFINISHED = "unfinished"


def remarks_since_draft(run: Run, *, told: str = "") -> list[Task]:
    """Returns with remarks on the report since it was last drafted, newest first. Two queries.

    told: a reason that the page shows already; a return that says nothing else is left out.
    """
    drafted = _drafted(run).first()
    return _said(_returns(run).filter(pk__gt=drafted or 0), told)


def remarks_before(run: Run, *, told: str = "") -> list[Task]:
    """The same for whoever judges it: of the round before, too. None while it was drafted never. Two queries."""
    drafted = list(_drafted(run)[:2])
    return _said(_returns(run).filter(pk__gt=drafted[-1]), told) if drafted else []


def returned_unchanged(document: Document | None, run: Run) -> Task | None:
    """The last return, where the version that stands now is the one that was sent back. One query."""
    last = _returns(run).select_related("done_by").first() if document is not None else None
    same = document is not None and last is not None and last.done_at is not None and document.made_at < last.done_at
    return last if same else None


def unfinished_of(task: Task, pegawai_id: int) -> dict[str, str]:
    """What this person has typed so far while judging, field -> text. No query."""
    kept: Mapping[str, dict[str, str]] = task.form.get(UNFINISHED) or {}
    return kept.get(str(pegawai_id), {})


def _drafted(run: Run) -> QuerySet[Task, int]:
    done = Task.objects.filter(run=run, work="draft", state=TaskState.DONE).order_by("-pk")
    return done.values_list("pk", flat=True)


def _returns(run: Run) -> QuerySet[Task]:
    rows = Task.objects.filter(run=run, state=TaskState.RETURNED, branch__isnull=True).exclude(work="compile")
    return rows.order_by("-pk")


def _said(rows: QuerySet[Task], told: str) -> list[Task]:
    found: Iterable[Task] = rows.select_related("done_by")[:SHOWN]
    return [row for row in found if row.form.get("remarks") or row.reason != told]
