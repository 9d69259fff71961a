"""Reminding people: it stands in their task list at once, and an e-mail follows after the commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from runut.audit.actions import record
from runut.integrations import mail
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.actions.once import answered, keep_answer
from runut.sop.models import HEAVY, MailState, Reminder, Run
from runut.sop.queries.reminders import Debtor, by_person, debtors, letter_text, subject_line, unsent

# A job ends well before its lease of five minutes; what is left goes to the next one.
PEOPLE_AT_ONCE = 20
CLAIM = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were reminded, and the names of those who had been on the same working day."""

    people: int
    spared: tuple[str, ...]


@transaction.atomic
def remind(*, run: Run, by: Actor, address: str, reason: str = "", key: str = "") -> Reminded:
    """Remind everybody of a run who is late or due soon; whoever calls has checked that this person may.

    Nobody twice on one working day, unless with a reason. address: how this server is called, for the links.
    The same key again reminds nobody.
    """
    # Two who press at once: the second sees whom the first has reminded.
    Office.objects.select_for_update(of=("self",)).get(pk=run.office_id)
    known = answered(key, "remind", by, run.pk)
    if known is not None:
        return Reminded(int(str(known["people"])), ())
    now, words = timezone.now(), reason.strip()
    found = debtors(run, by.pegawai_id, now)
    if not found:
        raise Refused(_("Belum ada yang terlambat atau segera jatuh tempo, jadi tidak ada yang perlu diingatkan."))
    chosen = [debtor for debtor in found if words or not debtor.was_today]
    spared = tuple(debtor.person.full_name for debtor in found if debtor.was_today and not words)
    if chosen:
        _write(run, by, chosen, now, words)
        transaction.on_commit(partial(send_waiting.enqueue, run.pk, address))
    keep_answer(key, "remind", by, run.pk, {"people": len(chosen)})
    return Reminded(len(chosen), spared)


def _write(run: Run, by: Actor, chosen: Sequence[Debtor], now: datetime, reason: str) -> None:
    posts = mail.is_set_up()
    Reminder.objects.bulk_create(
        [
            Reminder(
                instansi_id=run.instansi_id, task=one, to=debtor.person, by=by.pegawai, at=now, reason=reason[:300],
                mail=MailState.WAITING if posts and debtor.person.email else MailState.NONE,
            )
            for debtor in chosen
            for one in debtor.tasks
        ],
        batch_size=500,
    )  # fmt: skip
    after = {"tasks": [[one.pk, debtor.person.pk] for debtor in chosen for one in debtor.tasks]}
    record("tasks.reminded", subject=run, by=by, after=after, reason=reason, at=now)


@transaction.atomic
def send_again(*, run: Run, by: Actor, address: str) -> int:
    """Let the e-mails of a run be tried again that failed, or that nobody has sent for long; how many."""
    rows = unsent(run, timezone.now())
    tasks = list(rows.values_list("task", "to"))
    count = rows.update(mail=MailState.WAITING, claimed_at=None, error="")
    if count:
        record("reminders.sent_again", subject=run, by=by, after={"tasks": [list(row) for row in tasks]})
        transaction.on_commit(partial(send_waiting.enqueue, run.pk, address))
    return count


@task()
def send_waiting(run_id: int, address: str) -> int:
    """The job that sends a run's waiting e-mails, one per person, some people at a time; how many rows it closed.

    Each row is claimed before its e-mail leaves, so that two jobs do not send the same. A claim that led to nothing
    is taken over after a while.
    """
    claimed, closed = _claim(run_id, timezone.now()), 0
    if not claimed:
        return 0
    run = Run.objects.select_related("office", "version").defer(*HEAVY).get(pk=run_id)
    with translation.override("id"):
        letters = [_letter(run, rows, address) for rows in claimed]
        for rows, error in zip(claimed, mail.send(letters), strict=True):
            state = MailState.FAILED if error else MailState.SENT
            closed += Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(mail=state, error=error)
    if closed and _waiting(run_id, timezone.now()).exists():
        send_waiting.enqueue(run_id, address)
    return closed


def _waiting(run_id: int, now: datetime) -> QuerySet[Reminder]:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return Reminder.objects.filter(free, task__run=run_id, mail=MailState.WAITING)


def _claim(run_id: int, now: datetime) -> list[list[Reminder]]:
    """The rows of the first people, each person's together, that no other job has claimed meanwhile."""
    rows = (
        _waiting(run_id, now).select_related("to", "task__branch__pegawai", "task__branch__unit").order_by("to", "pk")
    )
    mine = []
    for group in islice(by_person(rows).values(), PEOPLE_AT_ONCE):
        free = _waiting(run_id, now).filter(pk__in=[row.pk for row in group])
        if free.update(claimed_at=now) == len(group):
            mine.append(group)
    return mine


def _letter(run: Run, rows: Sequence[Reminder], address: str) -> mail.Letter:
    person, zone = rows[0].to, calendar_of(run.office).zone
    text = letter_text(person, run, [row.task for row in rows], zone, address)
    return mail.Letter(person.email or "", subject_line(run), text)
