"""Every kind of table that can be brought in, and the job that reads one and brings it in, step by step."""

from __future__ import annotations

from functools import partial
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task

from runut.collection.actions.from_past import OF_PAST
from runut.collection.actions.from_records import OF_RECORDS
from runut.collection.actions.from_sheet import OF_SHEET
from runut.collection.actions.from_workbook import OF_PERIOD
from runut.organisation.actions.imports import Incoming, bring_on, read_on
from runut.organisation.actions.incoming import KINDS as OF_OFFICE
from runut.organisation.actions.tables import Kind
from runut.organisation.models import Staged, StagedState
from runut.organisation.permissions import Actor, managed_office_ids
from runut.planning.actions.incoming import KINDS as OF_PLANS

SET_UP: dict[str, Kind] = {kind.key: kind for kind in (*OF_OFFICE, *OF_PLANS)}
KINDS: dict[str, Incoming] = SET_UP | {kind.key: kind for kind in (OF_PERIOD, OF_SHEET, OF_RECORDS, OF_PAST)}
# A file or table of up to this size is done while the person waits: it is there at once.
SMALL_FILE = 32 * 1024
SMALL_TABLE = 200
# Seconds after which a job leaves the rest to the next one, well within its lease.
LONG = 60


def tables_open_to(actor: Actor) -> QuerySet[Staged]:
    """The tables whose outcome the person may read: one's own, and what set up an office that one looks after."""
    set_up = Staged.objects.filter(kind__in=SET_UP, state=StagedState.DONE, office__in=managed_office_ids(actor))
    return Staged.objects.visible_to(actor) | set_up


def go_on(staged: Staged) -> Staged:
    """Do what is to be done with a table: at once when it is small, else by the worker."""
    size = staged.file.size if staged.state == StagedState.READING else 0
    if size <= SMALL_FILE and (staged.state == StagedState.READING or staged.to_bring <= SMALL_TABLE):
        work_on.call(staged.pk)
        staged.refresh_from_db()
    else:
        transaction.on_commit(partial(work_on.enqueue, staged.pk))
    return staged


@task()
def work_on(staged_id: int) -> None:
    """Read a table, or bring it in, from where it was left. Run twice, it does nothing twice."""
    kind, end = KINDS[Staged.objects.get(pk=staged_id).kind], monotonic() + LONG
    is_long = partial(_is_past, end)
    more = read_on(staged_id=staged_id, kind=kind, enough=is_long)
    while not more and bring_on(staged_id=staged_id, kind=kind):
        more = is_long()
    if more:
        work_on.enqueue(staged_id)


def _is_past(end: float) -> bool:
    return monotonic() > end
