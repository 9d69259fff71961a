"""Reading plans: their trees, what was promised for a period, the dictionary of indicators, the register."""

from runut.planning.queries.dictionary import (
    Entry,
    entries_of,
    found_indicators,
    history_of,
    in_force,
    target_history,
    targets_of,
)
from runut.planning.queries.plans import (
    ActivityRow,
    Chapter,
    Missing,
    Rewording,
    activity_rows,
    budget_of,
    chapters_of,
    completeness,
    lacking,
    plans_of,
    registered_of,
    rewordings_of,
    versions_of,
)
from runut.planning.queries.promises import Promise, answerable_for, period_end, promises_of, stakeholders_of
from runut.planning.queries.scales import TakenUp, scale_at_end, scale_on, scales_of
from runut.planning.queries.tree import tree_of

__all__ = [
    "ActivityRow",
    "Chapter",
    "Entry",
    "Missing",
    "Promise",
    "Rewording",
    "TakenUp",
    "activity_rows",
    "answerable_for",
    "budget_of",
    "chapters_of",
    "completeness",
    "entries_of",
    "found_indicators",
    "history_of",
    "in_force",
    "lacking",
    "period_end",
    "plans_of",
    "promises_of",
    "registered_of",
    "rewordings_of",
    "scale_at_end",
    "scale_on",
    "scales_of",
    "stakeholders_of",
    "target_history",
    "targets_of",
    "tree_of",
    "versions_of",
]
