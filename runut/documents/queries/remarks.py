"""What was noted on a document when it was judged, refused or sent back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from runut.documents.models import Document
from runut.documents.queries.acted import version_at, versions_of
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.queries.inbox import subject_of

SHOWN = 20
NAMED = 3
# A return of the whole. A judgement, or a draft. A refusal to sign, be it by one of many.
_RETURN = Q(state=TaskState.RETURNED, branch__isnull=True) & ~Q(work="compile")
_JUDGED = Q(state=TaskState.DONE, work__in=("approve", "draft"), branch__isnull=True)
_REFUSED = Q(state=TaskState.RETURNED, branch__isnull=False, work="sign")
# Forms that were sent back while they were examined or gathered.
_PART = Q(state=TaskState.RETURNED) & (Q(work="compile") | Q(branch__isnull=False) & ~Q(work="sign"))
# Of an open task's form: what is being written, by the id of the person who writes it.
UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class Noted:
    """A judgement, a refusal or a return, as `components/remarks.html` shows it.

    version: the number of the document's version it was about, 0 where it was about forms. whom: whose forms.
    decided: the button with which a signature was refused.
    """

    task: Task
    version: int = 0
    whom: str = ""
    decided: str = ""

    def is_open_to(self, members: Collection[str] | None, *, whole: bool) -> bool:
        """members: whose part somebody may read, None for all. whole: whether what is about no single part, too."""
        if members is None:
            return True
        if self.task.branch is not None:
            return self.task.branch.member in members
        return whole and self.task.work != "compile"


def remarks_since_draft(run: Run, *, told: str = "") -> list[Noted]:
    """What was noted on a run's document since its report was last drafted, newest first; all while it never was.

    told: a reason that the page shows already; what says nothing else is left out. Two queries.
    """
    return _noted(run, told, rounds=1, parts=False)


def remarks_before(run: Run, *, told: str = "") -> list[Noted]:
    """The same for whoever judges, initials or signs it: of the round before, and why forms went back, too.

    Four queries at most.
    """
    return _noted(run, told, rounds=2, parts=True)


def remarks_of(run: Run) -> list[Noted]:
    """All that was noted on a run's document, and why forms went back, newest first. Four queries at most."""
    return _noted(run, "", rounds=SHOWN, parts=True)


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
    return Task.objects.filter(_RETURN, run=run).order_by("-pk")


def _noted(run: Run, told: str, *, rounds: int, parts: bool) -> list[Noted]:
    """Judgements and returns with what was noted, back to the report's last draft, or to an earlier one."""
    rows = _latest(run, _RETURN | _JUDGED | _REFUSED, 2 * SHOWN)
    if parts:
        rows = sorted([*rows, *_latest(run, _PART, SHOWN)], key=lambda row: (row.done_at, row.pk), reverse=True)
    found: list[Task] = []
    drafted, since = 0, 0
    for row in rows:
        if row.work == "draft" and row.state == TaskState.DONE:
            drafted, since = drafted + 1, len(found)
            if drafted == rounds:
                break
        elif _says_something(row, told):
            found.append(row)
    return _told(run, found[:since] if drafted else found)


def _latest(run: Run, kinds: Q, count: int) -> list[Task]:
    rows = Task.objects.filter(kinds, run=run).select_related("done_by", "branch__pegawai", "branch__unit")
    return list(rows.order_by("-done_at", "-pk")[:count])


def _says_something(row: Task, told: str) -> bool:
    if row.form.get("remarks") or row.form.get("remark"):
        return True
    return row.state == TaskState.RETURNED and row.reason != told


def _told(run: Run, rows: Sequence[Task]) -> list[Noted]:
    """With the version each was about, and whose forms went back. One query, and one more for what was gathered."""
    if not rows:
        return []
    versions, sent = versions_of([run.pk])[run.pk], _sent_back(run, [row for row in rows if row.work == "compile"])
    found = []
    for row in rows:
        if row.work == "compile" or (row.branch is not None and row.work != "sign"):
            found.append(Noted(row, whom=_names(sent.get(row.pk) or [subject_of(row.branch)])))
            continue
        version = version_at(versions, row)
        found.append(Noted(row, version.no if version else 0, decided=_decided(run, row)))
    return found


def _sent_back(run: Run, returns: Sequence[Task]) -> dict[int, list[str]]:
    """Id of a return of whoever gathers -> whose forms it opened again. At most one query."""
    if not returns:
        return {}
    at = {row.done_at: row.pk for row in returns if row.done_at is not None}
    opened = Task.objects.filter(run=run, opened_by_return=True, branch__isnull=False, opened_at__in=at, slot=0)
    found: dict[int, list[str]] = defaultdict(list)
    for task in opened.select_related("branch__pegawai", "branch__unit").order_by("pk"):
        found[at[task.opened_at]].append(subject_of(task.branch))
    return found


def _names(names: Iterable[str]) -> str:
    every = [name for name in names if name]
    more = _(", dan %(n)d lainnya") % {"n": len(every) - NAMED} if len(every) > NAMED else ""
    return "; ".join(every[:NAMED]) + more


def _decided(run: Run, row: Task) -> str:
    """The words on the button with which somebody refused to sign."""
    outcome = definition_of(run.version).step(row.step).outcome(row.outcome) if row.work == "sign" else None
    return _(outcome.label) if outcome is not None else ""
