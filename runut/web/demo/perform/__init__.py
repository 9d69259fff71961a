"""How a demonstration person does each kind of work: through the same actions as the pages."""

from __future__ import annotations

from collections.abc import Callable

from runut.sop.models import Run, Task, TaskState
from runut.web.demo.perform import cases, papers, sheets
from runut.web.demo.perform.world import Performer, World

PERFORMERS: dict[str, Performer] = {
    "prepare": sheets.prepare,
    "distribute": sheets.send,
    "fill": sheets.fill,
    "review": sheets.review,
    "instruct": cases.instruct,
    "plan": cases.plan,
    "analyse": cases.examine,
    "meet": cases.meet,
    "coordinate": cases.coordinate,
    "do": cases.do,
    "compile": papers.compile_,
    "draft": papers.draft,
    "report": papers.report,
    "initial": papers.initial,
    "register": papers.register,
    "approve": papers.approve,
    "sign": papers.sign,
    "publish": papers.publish,
    "reproduce": papers.reproduce,
    "dispatch": papers.dispatch,
    "archive": papers.archive,
}


def perform(world: World, task: Task) -> None:
    """Let whoever the task is for do it, with its ordinary outcome."""
    PERFORMERS[task.work](world, task.run, task, world.holder(task))


def play(world: World, run: Run, *, until: str = "", before_each: Callable[[Task], None] | None = None) -> None:
    """Do the run's open tasks one after the other, until this step is open, or to the end."""
    while True:
        open_tasks = Task.objects.filter(run=run, state=TaskState.OPEN).select_related(
            "run__office", "run__version", "branch__pegawai", "branch__unit", "jabatan", "pegawai"
        )
        task = (
            open_tasks.exclude(step=until).order_by("opened_at", "pk").first()
            if until
            else open_tasks.order_by("opened_at", "pk").first()
        )
        if task is None:
            return
        if before_each is not None:
            before_each(task)
        perform(world, task)


__all__ = ["PERFORMERS", "World", "perform", "play"]
