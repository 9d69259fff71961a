"""The way from a page to the history of what it shows, for those who may read that history."""

from __future__ import annotations

from django import template
from django.db.models import Model
from django.template.context import Context
from django.urls import reverse

from runut.web.log import may_read_trail

register = template.Library()


@register.inclusion_tag("components/trail_link.html", takes_context=True)
def trail_link(context: Context, subject: object) -> dict[str, str]:
    """A link to the trail of this row; nothing without a row, without a trail, or where the reader may not read it."""
    actor = getattr(context.get("request"), "actor", None)
    if (
        not isinstance(subject, Model)
        or actor is None
        or not may_read_trail(actor, subject._meta.label_lower, subject.pk)
    ):
        return {"url": ""}
    return {"url": reverse("web:trail", args=[subject._meta.label_lower, subject.pk])}
