"""What a person still has to do, on the person's page, for who may hand it over."""

from __future__ import annotations

from django import template
from django.template.context import Context

from runut.organisation.models import Pegawai
from runut.sop.queries.of_person import Waiting, waiting_with

register = template.Library()


@register.inclusion_tag("components/tasks_of.html", takes_context=True)
def tasks_of(context: Context, person: Pegawai) -> dict[str, Waiting | None]:
    """The person's open tasks in the runs the reader leads; nothing for others. Three queries."""
    actor = getattr(context.get("request"), "actor", None)
    return {"waiting": waiting_with(person, actor) if actor is not None else None}
