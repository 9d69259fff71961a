"""Reading plans: what was promised for a period, and the dictionary of indicators."""

from runut.planning.queries.dictionary import (
    Entry,
    entries_of,
    found_indicators,
    history_of,
    in_force,
    target_history,
    targets_of,
)
from runut.planning.queries.promises import Promise, answerable_for, period_end, promises_of, stakeholders_of

__all__ = [
    "Entry",
    "Promise",
    "answerable_for",
    "entries_of",
    "found_indicators",
    "history_of",
    "in_force",
    "period_end",
    "promises_of",
    "stakeholders_of",
    "target_history",
    "targets_of",
]
