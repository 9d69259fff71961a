"""An office's year: every indicator over the periods that were collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from runut.collection.models import Figure, Measure, Period, Value
from runut.collection.queries import holding_values
from runut.collection.rules import Achievement, achievement, uncounted
from runut.collection.rules import gather as over_the_year
from runut.documents.rules.content import YearRow
from runut.lib.dates import short_quarter
from runut.lib.numbers import format_number, format_percent
from runut.planning.models import Aggregation, Frequency
from runut.planning.queries import period_end, scale_on
from runut.planning.rules import Scale, word_of

Measured = tuple[Figure, Value | None]


def year_of(period: Period) -> tuple[list[YearRow], tuple[str, ...], str]:
    """The rows of the year to which a period belongs, the names of the quarters, and what gives the predicates.

    Three queries.
    """
    figures = list(
        Figure.objects.filter(
            period__office=period.office_id, period__year=period.year, period__basis=period.basis, period__void=False
        )
        .select_related("period", "unit", "pegawai", "indicator__indicator__sasaran")
        .order_by("indicator__indicator__sasaran__no", "indicator__indicator__code", "member", "period__quarter")
    )
    values = holding_values(figures)
    quarters = sorted({figure.period.quarter for figure in figures if figure.period.quarter})
    per_indicator: dict[tuple[int, str], list[Measured]] = defaultdict(list)
    for figure in figures:
        key = (figure.indicator.indicator_id, figure.member)
        per_indicator[key].append((figure, values.get(figure.pk)))
    scale = scale_on(period.office_id, period_end(period.year, 0))
    terms = period.office.terms
    rows = [_year_row(measured, quarters, scale, terms) for measured in per_indicator.values()]
    return rows, tuple(short_quarter(quarter, terms) for quarter in quarters), scale.told if scale else ""


def _year_row(
    measured: Sequence[Measured], quarters: Sequence[int], scale: Scale | None, terms: Mapping[str, object]
) -> YearRow:
    figure = measured[-1][0]
    version = figure.indicator
    by_quarter = {each.period.quarter: value for each, value in measured}
    words, found = _of_the_year(measured, terms)
    return YearRow(
        sasaran=version.indicator.sasaran.text if version.indicator.sasaran else "",
        indicator=version.name,
        measure=version.unit_of_measure,
        target=figure.annual_target_text or format_number(figure.annual_target),
        actuals=tuple(_words(by_quarter.get(quarter)) for quarter in quarters),
        actual=words,
        achievement=format_percent(found.percent) if found.percent is not None else found.label,
        level=found.level,
        predicate=word_of(scale, found.percent),
    )


def _of_the_year(measured: Sequence[Measured], terms: Mapping[str, object]) -> tuple[str, Achievement]:
    """The year's value in words and its achievement: the yearly figure if there is one, else the quarters together."""
    figure, version = measured[-1][0], measured[-1][0].indicator
    yearly = [value for each, value in measured if each.period.quarter == 0 and value is not None]
    counted = yearly or [value for _figure, value in measured if value is not None]
    numbers = [value.amount for value in counted if value.measure == Measure.MEASURED and value.amount is not None]
    texts = [value.text for value in counted if value.measure == Measure.MEASURED and value.text]
    amount = over_the_year(numbers, version.aggregation)
    if missing := () if yearly else _missing(measured):
        names = {"quarters": ", ".join(short_quarter(quarter, terms) for quarter in missing)}
        words = _("%(amount)s (tanpa %(quarters)s)") % (names | {"amount": format_number(amount)})
        return words, uncounted(_("Belum lengkap: %(quarters)s belum ada.") % names)
    text = texts[-1] if texts else ""
    is_measured = amount is not None or bool(text)
    measure = Measure.MEASURED if is_measured else counted[-1].measure if counted else Measure.NOT_FILLED
    found = achievement(amount, text, measure, figure.annual_target, figure.annual_target_text, version)
    return text or format_number(amount), found


def _missing(measured: Sequence[Measured]) -> tuple[int, ...]:
    """The quarters without which a sum says nothing of the year: nobody handed them in, or a release is waited for.

    Of an indicator that is measured less often than every quarter, or that is not summed, none.
    """
    version = measured[-1][0].indicator
    often = version.frequency in (Frequency.QUARTERLY, Frequency.MONTHLY)
    if version.aggregation != Aggregation.CUMULATIVE or not often:
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
