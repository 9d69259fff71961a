"""The way from a step of a correction to its case, for those who may read that."""

from __future__ import annotations

from django import template

from runut.correction.models import Correction
from runut.sop.queries import WorkPage

register = template.Library()


@register.inclusion_tag("components/case_link.html")
def case_link(page: WorkPage) -> dict[str, Correction | None]:
    """A link to the case that the step's run deals with. One query, and only in a procedure of corrections."""
    if page.definition.category != "correction":
        return {"case": None}
    return {"case": Correction.objects.visible_to(page.reader).filter(run=page.task.run_id).first()}
