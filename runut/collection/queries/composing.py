"""What whoever composes a form chooses from, and what the procedures want of it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from runut.collection.queries.status import basis_of
from runut.organisation.models import Office
from runut.organisation.permissions import Actor, offices_to_manage
from runut.planning.models import IndicatorVersion
from runut.sop.models import SopVersion, VersionState
from runut.sop.queries import definition_of


def offices_to_compose(actor: Actor) -> list[Office]:
    """The offices whose forms the person looks after; Denied when there is none. One query."""
    return list(Office.objects.filter(pk__in=offices_to_manage(actor)).order_by("code", "pk"))


def naming_achievement(office: Office, basis: str) -> list[str]:
    """The collection procedures in force, by their titles, that collect by this basis and record the achievement.

    One query.
    """
    rows = SopVersion.objects.filter(sop__office=office, sop__category="collection", state=VersionState.IN_FORCE)
    found = []
    for version in rows.select_related("sop"):
        definition = definition_of(version)
        if basis_of(definition) == basis and any("capaian" in text.casefold() for text in definition.header.records):
            found.append(version.sop.title)
    return found


def indicators_to_choose(office: Office, on: date) -> list[IndicatorVersion]:
    """The indicators of the office's units that are defined on a day, in the plan's order. One query."""
    rows = IndicatorVersion.objects.filter(indicator__office=office, indicator__unit__isnull=False, start__lte=on)
    rows = rows.filter(Q(end__isnull=True) | Q(end__gte=on)).select_related("indicator__unit", "indicator__sasaran")
    ordered = rows.order_by("indicator__unit__code", "indicator__sasaran__no", "indicator__code", "-no")
    found: dict[int, IndicatorVersion] = {}
    for row in ordered:
        found.setdefault(row.indicator_id, row)
    return list(found.values())
