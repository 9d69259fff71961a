"""The dictionary of indicators as pages show it: a constant number of queries, however long it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from runut.audit.queries import trail
from runut.lib.dates import Lang, period_words
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, IndicatorVersion, Target
from runut.planning.queries.versions import Difference, differences
from runut.planning.rules import Described, Hint, hints, same_name

YEAR = 0
# How many years of targets are looked at: those of the longest plan.
AHEAD = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator with its definition in force, the year's target and what its definition lacks; nothing of one that
    has ended."""

    indicator: Indicator
    version: IndicatorVersion
    target: Target | None
    hints: tuple[Hint, ...]


def defined_on(day: date, actor: Actor, office: Office) -> list[tuple[IndicatorVersion, Target | None]]:
    """Every indicator that is in force on a day, as it is defined then, with the year's target. Two queries."""
    seen = Indicator.objects.visible_to(actor).filter(office=office)
    rows = IndicatorVersion.objects.filter(_held(day), indicator__in=seen).order_by("indicator__code", "no")
    rows = rows.select_related("indicator__unit", "indicator__pegawai", "keeper")
    versions = {row.indicator_id: row for row in rows}
    targets = targets_of(versions, [day.year])
    return [(version, targets[pk].get((day.year, YEAR))) for pk, version in versions.items()]


def _held(day: date, of: str = "") -> Q:
    """The versions that hold on a day; `of` leads from a row to its versions."""
    return Q(**{f"{of}start__lte": day}) & (Q(**{f"{of}end__isnull": True}) | Q(**{f"{of}end__gte": day}))


def found_indicators(
    actor: Actor, office: Office, search: str, *, ended: bool = False
) -> tuple[QuerySet[Indicator], QuerySet[Indicator]]:
    """Whose code or present name has the words, in the order of their codes: those that have not ended, and those
    that have (which go by any name that they had); the other way round where the ended ones are asked for."""
    rows, today = Indicator.objects.visible_to(actor).filter(office=office).order_by("code"), timezone.localdate()
    rows = rows.select_related("unit", "pegawai", "sasaran")
    lasting, over = rows.lasting(today), rows.ended(today)
    if words := search.strip():
        coded, named = Q(code__icontains=words), Q(versions__name__icontains=words)
        lasting = lasting.filter(_held(today, "versions__") & named | coded).distinct()
        over = over.filter(named | coded).distinct()
    return (over, lasting) if ended else (lasting, over)


def left_out_of_files(office: Office) -> str:
    """That indicators of persons are not handed out in a file, and how many they are; "" without any. One query."""
    count = Indicator.objects.filter(office=office, pegawai__isnull=False).count()
    if not count:
        return ""
    return ngettext(
        "%(n)d indikator perorangan (IKI) beserta targetnya tidak ikut dalam berkas, karena memuat NIP pegawai.",
        "%(n)d indikator perorangan (IKI) beserta targetnya tidak ikut dalam berkas, karena memuat NIP pegawai.",
        count,
    ) % {"n": count}


def entries_of(indicators: Sequence[Indicator], actor: Actor, office: Office, year: int) -> list[Entry]:
    """Three queries."""
    ids, today = [indicator.pk for indicator in indicators], timezone.localdate()
    every: dict[int, list[IndicatorVersion]] = defaultdict(list)
    for row in IndicatorVersion.objects.filter(indicator__in=ids).order_by("-no"):
        every[row.indicator_id].append(row)
    versions = {pk: in_force(rows, today) for pk, rows in every.items()}
    targets = targets_of(ids, range(year - 1, year + AHEAD))
    twins = _twins(actor, office)
    return [_entry(one, versions[one.pk], targets[one.pk], year, twins) for one in indicators]


def _entry(
    indicator: Indicator,
    version: IndicatorVersion,
    aims: Mapping[tuple[int, int], Target],
    year: int,
    twins: Mapping[str, Sequence[tuple[int, str]]],
) -> Entry:
    return Entry(
        indicator, version, aims.get((year, YEAR)), () if version.is_over else _hints(version, aims, year, twins)
    )


def targets_of(indicators: Collection[int], years: Collection[int]) -> dict[int, dict[tuple[int, int], Target]]:
    """Per indicator the latest version of each target, by year and quarter. One query."""
    rows = Target.objects.filter(indicator__in=list(indicators), year__in=list(years)).order_by("no")
    found: dict[int, dict[tuple[int, int], Target]] = defaultdict(dict)
    for row in rows:
        found[row.indicator_id][row.year, row.quarter] = row
    return found


def history_of(indicator: Indicator) -> list[IndicatorVersion]:
    """All versions, the latest first. One query."""
    return list(indicator.versions.select_related("keeper", "supplier").order_by("-no"))


def why_ended(indicator: Indicator) -> str:
    """The reason that was given when it was ended last; "" where it never was. One query."""
    last = trail(indicator).filter(event="indicator.ended").order_by("pk").last()
    return str(last.payload["reason"]) if last is not None else ""


def changes_of(versions: Sequence[IndicatorVersion]) -> list[tuple[IndicatorVersion, tuple[Difference, ...]]]:
    """Each version, the latest first, with what it changed of the one before; nothing for the first."""
    before = [*versions[1:], *versions[-1:]]
    return [(later, differences(former, later)) for later, former in zip(versions, before, strict=True)]


def target_history(indicator: Indicator) -> list[tuple[str, Target]]:
    """Every target that was ever set with the words for its time, the latest year first. One query."""
    lang: Lang = "en" if get_language() == "en" else "id"
    rows = Target.objects.filter(indicator=indicator).order_by("-year", "quarter", "-no")
    return [(period_words(row.year, row.quarter, indicator.office.terms, lang), row) for row in rows]


def in_force(versions: Sequence[IndicatorVersion], on: date) -> IndicatorVersion:
    """The version that holds on a day, of all versions from the last to the first; before the first, the first."""
    return next((row for row in versions if row.start <= on), versions[-1])


def _twins(actor: Actor, office: Office) -> dict[str, list[tuple[int, str]]]:
    """By name as it is compared: the indicators that the person may see and that have it now. One query."""
    seen = Indicator.objects.visible_to(actor).filter(office=office)
    rows = IndicatorVersion.objects.filter(indicator__in=seen, end__isnull=True)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, code, name in rows.order_by("indicator__code").values_list("indicator", "indicator__code", "name"):
        found[same_name(name)].append((pk, code))
    return found


def _hints(
    version: IndicatorVersion,
    targets: Mapping[tuple[int, int], Target],
    year: int,
    twins: Mapping[str, Sequence[tuple[int, str]]],
) -> tuple[Hint, ...]:
    amounts: dict[tuple[int, int], Decimal] = {
        key: row.amount for key, row in targets.items() if row.amount is not None
    }
    described = Described(
        name=version.name,
        polarity=version.polarity,
        value_type=version.value_type,
        aggregation=version.aggregation,
        definition=version.definition,
        # What divides by what says how it is computed.
        formula=version.formula or (version.numerator if version.is_quotient else ""),
        source=version.source,
        baseline=version.baseline,
        evidence_needed=version.evidence_needed,
        targets=amounts,
        promised=(year, YEAR) in targets,
        unit=version.unit_of_measure,
        value_kind=version.value_kind,
        scale=version.scale,
        twins=[code for pk, code in twins.get(same_name(version.name), ()) if pk != version.indicator_id],
    )
    return tuple(hints(described, year))
