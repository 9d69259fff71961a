"""What a form that came back says now, for whoever is asked about it once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from runut.collection.models import Sheet, Value
from runut.collection.queries.papers import printed, stated

TOLD = 3


def changed_again(forms: Collection[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """(run id, member) -> the figures that its form says otherwise in its present round than in the one before.

    One query, none without forms. A form that is not handed in again yet says nothing new.
    """
    if not forms:
        return {}
    sheets = Sheet.objects.filter(
        run__in={run for run, _member in forms}, member__in={member for _run, member in forms}, round__gt=1
    )
    values = Value.objects.filter(sheet__in=sheets).select_related("sheet", "figure__indicator")
    versions: dict[tuple[int, str], dict[int, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in values.order_by("figure__no", "figure", "no"):
        assert value.sheet is not None, "it was asked for by its form"
        versions[value.sheet.run_id or 0, value.sheet.member][value.figure_id].append(value)
    told = {form: [_change(found) for found in versions[form].values()] for form in forms if form in versions}
    return {form: _words([each for each in changes if each]) for form, changes in told.items() if any(changes)}


def _change(versions: list[Value]) -> str:
    """versions: of one figure, handed in with one form."""
    now = versions[-1]
    assert now.sheet is not None, "it was asked for by its form"
    before = [value for value in versions if value.round < now.sheet.round]
    if now.round < now.sheet.round or not before:
        return ""
    old, new = (printed("actual", stated(value)) for value in (before[-1], now))
    return "" if old == new else _("%(what)s %(before)s → %(after)s") % {
        "what": now.figure.indicator.name, "before": old, "after": new,
    }  # fmt: skip


def _words(changes: list[str]) -> str:
    return _("Berubah sejak putaran sebelumnya: %(told)s.") % {"told": in_short(changes)}


def in_short(changes: Sequence[str]) -> str:
    """The first of these changes, and how many more there are."""
    told, rest = "; ".join(changes[:TOLD]), len(changes) - TOLD
    return _("%(told)s; dan %(n)d perubahan lain") % {"told": told, "n": rest} if rest > 0 else told
