"""What the one calculation says of stored values, with the scale of predicates of their period."""

from __future__ import annotations

from runut.collection.models import Figure, Measure, Period, Value
from runut.collection.rules import Achievement, achievement
from runut.planning.models import IndicatorVersion
from runut.planning.queries import scale_at_end
from runut.planning.rules import OfOffice, no_scale


def scale_of(period: Period) -> OfOffice:
    """The scale of predicates of the period's office at its end."""
    return scale_at_end(period.office_id, period.year, period.quarter)


def achieved(
    figure: Figure, value: Value | None, of_office: OfOffice = no_scale, definition: IndicatorVersion | None = None
) -> Achievement:
    """The achievement of a value against the target it was given with; `figure` comes with its indicator.

    of_office: by which its percentage is called where the indicator has no scale of its own. definition: by which the
    value was measured, where that is not the figure's.
    """
    version = definition or figure.indicator
    if value is None:
        return achievement(None, "", Measure.NOT_FILLED, figure.target, figure.target_text, version)
    said = value.amount, value.text, value.measure
    return achievement(*said, value.target, value.target_text, version, of_office)
