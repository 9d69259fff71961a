"""From a step to its case, and from a step or a figure to what was written about the data, for who may read it."""

from __future__ import annotations

from django import template

from runut.collection.models import Figure
from runut.correction.models import Analysis, Correction
from runut.correction.queries import analyses_of, analyses_of_figure
from runut.sop.queries import WorkPage

register = template.Library()


@register.inclusion_tag("components/case_link.html")
def case_link(page: WorkPage) -> dict[str, Correction | None]:
    """A link to the case that the step's run deals with. One query, and only in a procedure of corrections."""
    if page.definition.category != "correction":
        return {"case": None}
    return {"case": Correction.objects.visible_to(page.reader).filter(run=page.task.run_id).first()}


@register.inclusion_tag("components/analyses.html")
def step_analyses(page: WorkPage) -> dict[str, list[Analysis]]:
    """What was written in an examination. One query, and only in a step that examines."""
    if page.task.work != "analyse":
        return {"rows": []}
    return {"rows": analyses_of([page.task.run_id], page.reader)}


@register.inclusion_tag("components/analyses.html")
def figure_analyses(figure: Figure) -> dict[str, object]:
    """What was written about a figure; whoever may read the figure may read this. One query."""
    return {"rows": analyses_of_figure(figure), "with_run": True}
