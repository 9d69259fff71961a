"""An office's year: every indicator over the periods that were collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from runut.collection.models import Figure, Measure, Period, Value
from runut.collection.queries import holding_values
from runut.collection.rules import (
    Achievement,
    Quarterly,
    WholeYear,
    achievement,
    named_quarters,
    uncounted,
    whole_year,
)
from runut.documents.rules.content import UNSIGNED, YearRow
from runut.lib.dates import short_quarter
from runut.lib.numbers import format_number, format_percent
from runut.planning.models import Aggregation, Frequency, IndicatorVersion
from runut.planning.queries import scale_at_end
from runut.planning.rules import OfOffice, Scale
from runut.sop.models import HEAVY, RunState

Measured = tuple[Figure, Value | None]


def year_of(period: Period) -> tuple[list[YearRow], tuple[str, ...], str]:
    """The rows of the year to which a period belongs, the names of the quarters, and what gives the predicates.

    Three queries.
    """
    figures = list(
        Figure.objects.filter(
            period__office=period.office_id, period__year=period.year, period__basis=period.basis, period__void=False
        )
        .select_related("period__run", "unit", "pegawai", "indicator__indicator__sasaran")
        .defer(*(f"period__run__{name}" for name in HEAVY))
        .order_by("indicator__indicator__sasaran__no", "indicator__indicator__code", "member", "period__quarter")
    )
    values = holding_values(figures)
    quarters = sorted({figure.period.quarter for figure in figures if figure.period.quarter})
    per_indicator: dict[tuple[int, str], list[Measured]] = defaultdict(list)
    for figure in figures:
        key = (figure.indicator.indicator_id, figure.member)
        per_indicator[key].append((figure, values.get(figure.pk)))
    reading = _Reading(scale_at_end(period.office_id, period.year, 0), period.office.terms, period.pk)
    rows = [_year_row(measured, quarters, reading) for measured in per_indicator.values()]
    versions = [measured[-1][0].indicator for measured in per_indicator.values()]
    heads = tuple(short_quarter(quarter, reading.terms) for quarter in quarters)
    return rows, heads, _scales_told(versions, reading.of_office())


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a year is read with: the office's scale and words, and the period whose document it is.

    The figures of that period are signed with the document itself.
    """

    of_office: OfOffice
    terms: Mapping[str, object]
    period: int

    def is_bare(self, figure: Figure, value: Value | None) -> bool:
        """Whether a figure of another period stands there without a signature, while its collection still runs."""
        if value is None or value.measure == Measure.NOT_MEASURED or figure.period_id == self.period:
            return False
        run = figure.period.run
        return not value.was_signed and not (run and run.state == RunState.DONE)  # type: ignore[attr-defined]


def _scales_told(versions: Sequence[IndicatorVersion], of_office: Scale | None) -> str:
    """By which scales the predicates are: the office's, and those of indicators that have their own or no words."""
    own: dict[str, list[str]] = defaultdict(list)
    for version in versions:
        if (scale := version.own_scale) is None:
            continue
        told = scale.told if scale.classes else _("tanpa predikat")
        if f"“{version.name}”" not in own[told]:
            own[told].append(f"“{version.name}”")
    each = [_("%(scale)s untuk %(names)s") % {"scale": name, "names": ", ".join(own[name])} for name in own]
    return "; ".join([*([of_office.told] if of_office else []), *each])


def _year_row(measured: Sequence[Measured], quarters: Sequence[int], reading: _Reading) -> YearRow:
    figure = measured[-1][0]
    version = figure.indicator
    by_quarter = {each.period.quarter: value for each, value in measured}
    bare = {each.period.quarter for each, value in measured if reading.is_bare(each, value)}
    year = _of_the_year(measured, reading)
    found = year.found
    return YearRow(
        sasaran=version.indicator.sasaran.text if version.indicator.sasaran else "",
        indicator=version.name,
        measure=version.unit_of_measure,
        target=figure.annual_target_text or format_number(figure.annual_target),
        actuals=tuple(_words(by_quarter.get(quarter)) + (UNSIGNED if quarter in bare else "") for quarter in quarters),
        actual=year.words + (UNSIGNED if 0 in bare else ""),
        achievement=format_percent(found.percent) if found.percent is not None else found.label,
        level=found.level,
        predicate=found.predicate,
        derivation=year.derivation,
    )


@dataclass(frozen=True, slots=True)
class _Year:
    """The year's value in words, its achievement, and how it came about of its quarters or why it did not."""

    words: str
    found: Achievement
    derivation: str = ""


def _of_the_year(measured: Sequence[Measured], reading: _Reading) -> _Year:
    """The yearly figure if there is one, else the quarters together."""
    figure, version = measured[-1][0], measured[-1][0].indicator
    yearly = [(each, value) for each, value in measured if each.period.quarter == 0 and value is not None]
    counted = yearly or [(each, value) for each, value in measured if value is not None]
    whole = _together(counted, version, None if yearly else reading.terms)
    if whole.reason:
        return _Year(format_number(None), uncounted(whole.reason), whole.reason)
    amount, missing = whole.amount, () if yearly else _missing(measured)
    names = {"quarters": named_quarters(missing, reading.terms)}
    if missing and version.aggregation == Aggregation.CUMULATIVE:
        words = _("%(amount)s (tanpa %(quarters)s)") % (names | {"amount": format_number(amount)})
        return _Year(words, uncounted(_("Belum lengkap: %(quarters)s belum ada.") % names), whole.words)
    texts = [value.text for _each, value in counted if value.measure == Measure.MEASURED and value.text]
    text = texts[-1] if texts else ""
    is_measured = amount is not None or bool(text)
    measure = Measure.MEASURED if is_measured else counted[-1][1].measure if counted else Measure.NOT_FILLED
    aim, aim_text = figure.annual_target, figure.annual_target_text
    found = achievement(amount, text, measure, aim, aim_text, version, reading.of_office)
    words = text or format_number(amount)
    if missing and is_measured:
        words = _("%(amount)s (tanpa %(quarters)s)") % (names | {"amount": words})
    return _Year(words, found, whole.words)


def _together(
    counted: Sequence[tuple[Figure, Value]], version: IndicatorVersion, terms: Mapping[str, object] | None
) -> WholeYear:
    """terms: the office's words where these are quarters, None where it is the year's own figure."""
    numbers = [
        Quarterly(figure.period.quarter, value.amount, value.parts)
        for figure, value in counted
        if value.measure == Measure.MEASURED and value.amount is not None
    ]
    return WholeYear(numbers[-1].amount if numbers else None) if terms is None else whole_year(numbers, version, terms)


def _missing(measured: Sequence[Measured]) -> tuple[int, ...]:
    """The quarters that the year goes without: nobody handed them in, or a release is waited for. A sum says nothing
    without them; another figure is that of the quarters there are.

    Of an indicator that is measured less often than every quarter none.
    """
    if measured[-1][0].indicator.frequency not in (Frequency.QUARTERLY, Frequency.MONTHLY):
        return ()
    told = (Measure.MEASURED, Measure.NIL, Measure.NOT_MEASURED)
    known = {each.period.quarter for each, value in measured if value is not None and value.measure in told}
    return tuple(quarter for quarter in (1, 2, 3, 4) if quarter not in known)


def _words(value: Value | None) -> str:
    if value is None:
        return format_number(None)
    if value.measure != Measure.MEASURED:
        return str(Measure(value.measure).label)
    return value.text or format_number(value.amount)
