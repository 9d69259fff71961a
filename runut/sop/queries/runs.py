"""The runs a person may see, as a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q

from runut.organisation.permissions import Actor
from runut.sop.models import Run, RunState, Sop, TaskState

PAGE_SIZE = 20
FILTERS: dict[str, tuple[str, ...]] = {
    "berjalan": (RunState.RUNNING, RunState.HELD),
    "selesai": (RunState.DONE,),
    "dibatalkan": (RunState.CANCELLED,),
}


def runs_list(actor: Actor, *, which: str = "berjalan", sop: int | None = None, search: str = "", page: str | int = 1
) -> Page[Run]:  # fmt: skip
    """Runs of the person's offices, latest first, each with `.open_tasks` and `.next_due`."""
    runs = Run.objects.filter(office__in=actor.office_ids, state__in=FILTERS.get(which, FILTERS["berjalan"]))
    if sop is not None:
        runs = runs.filter(version__sop=sop)
    if words := search.strip():
        runs = runs.filter(title__icontains=words)
    chosen = Paginator(runs.only("pk").order_by("-started_at", "-pk"), PAGE_SIZE).get_page(page)
    is_open = Q(tasks__state=TaskState.OPEN)
    shown = Run.objects.filter(pk__in=[run.pk for run in chosen.object_list])
    chosen.object_list = list(
        shown.select_related("version__sop", "office")
        .defer("version__definition", "version__source")
        .annotate(open_tasks=Count("tasks", filter=is_open), next_due=Min("tasks__due_at", filter=is_open))
        .order_by("-started_at", "-pk")
    )
    return chosen


def awaited(run: Run, actor: Actor) -> Sequence[Run]:
    """The runs that a held run waits for, as far as this person may see them. One query, none for another run."""
    if run.state != RunState.HELD:
        return ()
    runs = Run.objects.visible_to(actor).filter(follows=run.pk, state__in=FILTERS["berjalan"])
    return list(runs.only("pk", "title").order_by("pk"))


def latest_titles(sop: Sop) -> list[str]:
    """What the latest dozen of its runs are called, less those that were cancelled. One query."""
    rows = Run.objects.filter(version__sop=sop).exclude(state=RunState.CANCELLED).order_by("-pk")
    return list(rows.values_list("title", flat=True)[:12])
