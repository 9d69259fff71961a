"""Why a task stands as it does: who sent it back and when, who paused its run and who may let it go on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runut.audit.models import Entry
from runut.lib.dates import Lang, date_time
from runut.lib.retold import retold
from runut.sop.models import HEAVY, Run, RunState, Task, TaskState
from runut.sop.queries.definitions import definition_of
from runut.sop.rules.flowchart import step_numbers


def sent_back_words(tasks: Iterable[Task]) -> dict[int, str]:
    """Task id -> who sent it back, at which step, and when. One query, none where nothing came back.

    The return is the latest one before the task was opened that gave its reason: of the same member, of the whole, or
    of any member where it is the whole that came back.
    """
    back = [task for task in tasks if task.opened_by_return]
    if not back:
        return {}
    of_runs = Task.objects.filter(run__in={task.run_id for task in back}, state=TaskState.RETURNED)
    returns = list(
        of_runs.filter(reason__in={task.return_reason for task in back})
        .select_related("done_by", "run__version")
        .defer("form", *(f"run__{name}" for name in HEAVY))
        .order_by("-done_at", "-pk")
    )
    found = {task.pk: next((one for one in returns if _led_to(one, task)), None) for task in back}
    return {pk: _returned(one) for pk, one in found.items() if one is not None}


def _led_to(returned: Task, task: Task) -> bool:
    return (
        returned.run_id == task.run_id
        and returned.reason == task.return_reason
        and (task.branch_id is None or returned.branch_id in (None, task.branch_id))
        and returned.done_at is not None
        and returned.done_at <= task.opened_at
    )


def _returned(task: Task) -> str:
    assert task.done_at is not None, "what was sent back has its time"
    who = person_in_words(task.done_title, task.done_by.full_name if task.done_by else "")
    no = step_numbers(definition_of(task.run.version))[task.step]
    words = {"who": who, "no": no, "step": task.text, "at": at_in_words(task.done_at)}
    if not task.printed_no:
        return _("Oleh %(who)s pada langkah “%(step)s”, %(at)s.") % words
    return _("Oleh %(who)s pada langkah %(no)s, %(at)s.") % words


def paused_words(runs: Iterable[Run]) -> dict[int, str]:
    """Run id -> why it is paused, by whom, since when, and what lets it go on. Two queries, none where none is."""
    held = {run.pk: run for run in runs if run.state == RunState.HELD}
    if not held:
        return {}
    later = Entry.objects.filter(stream=OuterRef("stream"), event="run.held").order_by("-seq").values("seq")[:1]
    entries = Entry.objects.filter(stream__in=[run.audit_stream for run in held.values()], event="run.held")
    last = {entry.stream: entry for entry in entries.annotate(last=Subquery(later)).filter(seq=F("last"))}
    following = Run.objects.filter(follows__in=held, state__in=(RunState.RUNNING, RunState.HELD))
    mended = set(following.filter(version__sop__category="correction").values_list("follows", flat=True))
    return {pk: _paused(run, last.get(run.audit_stream), waits=pk in mended) for pk, run in held.items()}


def _paused(run: Run, entry: Entry | None, *, waits: bool) -> str:
    parts = [_("SOP ini sedang dijeda: %(why)s") % {"why": f"{retold(run.stop_reason).rstrip('.')}."}]
    if entry is not None:
        words = {"who": person_in_words(entry.actor_title, entry.actor_name), "at": at_in_words(entry.at)}
        parts.append(_("Oleh %(who)s, sejak %(at)s.") % words)
    parts.append(
        _("Berlanjut sendiri begitu perbaikan datanya selesai.")
        if waits
        else _("Yang dapat melanjutkan: pimpinan kantor atau admin kantor.")
    )
    return " ".join(parts)


def cancelled_words(runs: Iterable[Run]) -> dict[int, str]:
    """Run id -> by whom it was cancelled, when and why. One query, none where none is."""
    over = {run.audit_stream: run for run in runs if run.state == RunState.CANCELLED}
    if not over:
        return {}
    entries = Entry.objects.filter(stream__in=over, event="run.cancelled", refused=False).order_by("seq")
    return {over[entry.stream].pk: _cancelled(over[entry.stream], entry) for entry in entries}


def _cancelled(run: Run, entry: Entry) -> str:
    words = {"who": person_in_words(entry.actor_title, entry.actor_name), "at": at_in_words(entry.at)}
    return _("Oleh %(who)s, %(at)s. Alasan: %(why)s") % {**words, "why": retold(run.stop_reason)}


def person_in_words(title: str, name: str) -> str:
    """Position and name of who did something, as far as they are known."""
    return ", ".join(word for word in (title, name) if word) or "–"


def at_in_words(moment: datetime) -> str:
    """A moment in the reader's language, at the place where the office is."""
    lang: Lang = "en" if get_language() == "en" else "id"
    return date_time(moment, timezone.get_current_timezone_name(), lang)
