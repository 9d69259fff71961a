"""What the dictionary says of forms: they belong to a room above it."""

from __future__ import annotations

from django import template

from runut.collection.queries.former import Former, asking_forms, former_forms
from runut.planning.models import Indicator

register = template.Library()


@register.inclusion_tag("components/former_forms.html")
def forms_of_former_version(indicator: Indicator) -> dict[str, Former | None]:
    """That forms are out which keep a former definition or target. One query, three where there are any."""
    return {"former": former_forms(indicator)}


@register.inclusion_tag("components/asking_forms.html")
def forms_asking(indicator: Indicator) -> dict[str, Former | None]:
    """That forms are out which ask for the indicator. Two queries where there are any, else one."""
    return {"out": asking_forms(indicator)}
