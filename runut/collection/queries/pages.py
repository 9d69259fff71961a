"""The tasks behind a sheet, for the pages that show them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from runut.collection.models import Delivery, Figure, Line, OutsideEntry, PaperEntry, Sheet
from runut.collection.permissions import own_first, tasks_of
from runut.collection.queries.rows import Row
from runut.lib.dates import date_time
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import WorkPage, work_page


def page_of(sheet: Sheet, work: str, actor: Actor) -> WorkPage | None:
    """The task of this kind for a sheet that the person may see, as a work page: the person's open one, else another
    that is open, else the latest. One query or two.
    """
    latest = list(tasks_of(sheet, work).order_by("-pk"))
    opened = [task for task in reversed(latest) if task.state == TaskState.OPEN]
    task = own_first(opened or latest[:1], actor)
    return work_page(task, actor) if task else None


def paper_of(sheet: Sheet) -> PaperEntry | None:
    """The paper from which the sheet was last typed in by somebody else. One query."""
    return PaperEntry.objects.filter(sheet=sheet).select_related("by").order_by("-pk").first()


def begun_by_others(sheet: Sheet, actor: Actor) -> str:
    """That others have typed in the open form, who, how much and when, or that its recipient has opened it; "" for
    neither, and where the person has it in hand. `sheet` comes with its period's office. At most three queries.
    """
    filling = Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work="fill", state=TaskState.OPEN)
    if filling.filter(pegawai=actor.pegawai_id).exists():
        return ""
    lines = sheet.lines.filter(edited_at__isnull=False).exclude(edited_by=actor.pegawai_id).select_related("edited_by")
    typed, zone = list(lines.order_by("edited_at", "pk")), calendar_of(sheet.period.office).zone
    if typed and typed[-1].edited_at is not None:
        names = dict.fromkeys(line.edited_by.full_name for line in typed if line.edited_by is not None)
        told = {"who": ", ".join(names), "n": len(typed), "at": date_time(typed[-1].edited_at, zone)}
        return _("%(who)s sudah mengisi %(n)s baris formulir ini, terakhir %(at)s.") % told
    sent = Delivery.objects.filter(sheet=sheet, opened_at__isnull=False).exclude(recipient=actor.pegawai_id)
    opened = sent.select_related("recipient").first()
    if opened is None or opened.opened_at is None:
        return ""
    told = {"who": opened.recipient or sheet.subject, "at": date_time(opened.opened_at, zone)}
    return _("%(who)s sudah membuka formulir ini, %(at)s.") % told


def late_reason_of(sheet: Sheet) -> str:
    """Why the sheet was handed in late, as its filler wrote the last time; "" in time. One query."""
    done = Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work="fill", state=TaskState.DONE)
    return done.order_by("-pk").values_list("late_reason", flat=True).first() or ""


def task_after(sheet: Sheet) -> Task | None:
    """What is open for the sheet's member now, else for the run as a whole. One query or two."""
    rows = Task.objects.filter(run=sheet.run_id, state=TaskState.OPEN).select_related("jabatan", "pegawai")
    mine = rows.filter(branch__member=sheet.member).order_by("pk").first()
    return mine or rows.filter(branch__isnull=True).order_by("pk").first()


def first_task(run: Run) -> Task | None:
    """The first open task of a run."""
    return Task.objects.filter(run=run, state=TaskState.OPEN).order_by("pk").first()


def is_unusual(row: Row, outside: OutsideEntry | None = None) -> bool:
    """Whether a reviewer should look at the row first: something stands out, it was sent back before, or another
    system's record says otherwise."""
    differs = outside is not None and not outside.says(row.line.amount, row.line.text)
    return bool(row.line.verdict_note) or row.stands_out or differs


def may_see_line(actor: Actor, line: Line) -> bool:
    """Whether the person may see the line's sheet, or its figure in another sheet. At most two queries."""
    sheets, figures = Sheet.objects.visible_to(actor), Figure.objects.visible_to(actor)
    return sheets.filter(pk=line.sheet_id).exists() or figures.filter(pk=line.figure_id).exists()
