"""What was promised: the indicators of units and people with their targets, and who answers for activities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import F, Q
from django.utils.translation import get_language

from runut.lib.dates import Lang, period_words
from runut.organisation.models import Office
from runut.planning.models import IndicatorVersion, Stakeholder, Target
from runut.planning.rules import is_measured_in


@dataclass(frozen=True, slots=True)
class Promise:
    """An indicator as defined in a period, with the targets of that quarter and of the year.

    measured: whether the plan expects a value then; a target row left empty says that it does not; so do its months.
    basis: the paper by which each target was set.
    """

    version: IndicatorVersion
    target: Decimal | None
    target_text: str
    annual_target: Decimal | None
    annual_target_text: str
    measured: bool
    basis: str = ""
    annual_basis: str = ""

    @property
    def lacks_target(self) -> bool:
        """Whether a value is expected that there is nothing to hold against."""
        return self.measured and self.target is None and not self.target_text


def period_end(year: int, quarter: int) -> date:
    """The last day of a quarter, or of the year for quarter 0."""
    month = 3 * quarter or 12
    return date(year, month, 30 if month in (6, 9) else 31)


def first_period(version: IndicatorVersion, terms: Mapping[str, object]) -> str:
    """From which quarter a version holds: the one in which it begins, for a quarter is measured as of its last day."""
    lang: Lang = "en" if get_language() == "en" else "id"
    return period_words(version.start.year, (version.start.month + 2) // 3, terms, lang)


def promises_of(
    office: Office, of: Literal["unit", "pegawai"], members: Collection[int], year: int, quarter: int
) -> dict[int, list[Promise]]:
    """Per unit or pegawai, what must be reported for a period, in the order of the plan. Two queries.

    Whoever has no indicator is left out of the answer.
    """
    day = period_end(year, quarter)
    rows = (
        IndicatorVersion.objects.filter(indicator__office=office, **{f"indicator__{of}__in": list(members)})
        .filter(Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day))
        .select_related("indicator__sasaran")
        .order_by(F("indicator__sasaran__no").asc(nulls_last=True), "indicator__code", "-no")
    )
    versions: dict[int, IndicatorVersion] = {}
    for row in rows:
        versions.setdefault(row.indicator_id, row)
    targets = _targets(versions.keys(), year, {0, quarter})
    found: dict[int, list[Promise]] = defaultdict(list)
    for indicator_id, version in versions.items():
        member = version.indicator.unit_id if of == "unit" else version.indicator.pegawai_id
        assert member is not None
        found[member].append(
            _promise(version, targets.get((indicator_id, quarter)), targets.get((indicator_id, 0)), quarter)
        )
    return dict(found)


def _targets(indicators: Collection[int], year: int, quarters: Collection[int]) -> dict[tuple[int, int], Target]:
    """The latest version of each target, by indicator and quarter."""
    rows = Target.objects.filter(indicator__in=list(indicators), year=year, quarter__in=list(quarters))
    return {(row.indicator_id, row.quarter): row for row in rows.order_by("no")}


def _promise(version: IndicatorVersion, target: Target | None, annual: Target | None, quarter: int) -> Promise:
    return Promise(
        version=version,
        target=target.amount if target else None,
        target_text=target.text if target else "",
        annual_target=annual.amount if annual else None,
        annual_target_text=annual.text if annual else "",
        measured=_is_measured(version, target, quarter),
        basis=target.basis if target else "",
        annual_basis=annual.basis if annual else "",
    )


def _is_measured(version: IndicatorVersion, target: Target | None, quarter: int) -> bool:
    """What the quarter's target says; without one, what the months of measurement say."""
    if target is None:
        return is_measured_in(version.months, quarter)
    return target.amount is not None or bool(target.text)


def stakeholders_of(kegiatan: Collection[int], on: date) -> dict[int, list[int]]:
    """Per activity, the pegawai (PPTK) who answer for it on a day. One query."""
    rows = (
        Stakeholder.objects.filter(kegiatan__in=list(kegiatan), start__lte=on)
        .filter(Q(end__isnull=True) | Q(end__gte=on))
        .order_by("start", "pk")
    )
    found: dict[int, list[int]] = defaultdict(list)
    for kegiatan_id, pegawai_id in rows.values_list("kegiatan", "pegawai"):
        found[kegiatan_id].append(pegawai_id)
    return dict(found)


def answerable_for(versions: Sequence[IndicatorVersion], on: date) -> dict[int, list[int]]:
    """Per indicator, the pegawai (PPTK) who answer for its activity on a day. One query.

    `versions` come with their indicator. An indicator without activity or without PPTK is left out.
    """
    kegiatan = {v.indicator_id: v.indicator.kegiatan_id for v in versions if v.indicator.kegiatan_id}
    found = stakeholders_of([pk for pk in kegiatan.values() if pk], on)
    return {pk: found[activity] for pk, activity in kegiatan.items() if activity in found}
