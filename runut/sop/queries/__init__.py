"""Reading procedures and runs: definitions, the inbox, a work page, the board, the history."""

from runut.sop.queries.definitions import bindings_of, definition_of, kept_bindings_of, proposed_bindings
from runut.sop.queries.inbox import next_of_kind
from runut.sop.queries.said import act_in_words, next_in_words, waiting_in_words, what_begins
from runut.sop.queries.starters import startable, who_starts
from runut.sop.queries.why import cancelled_words
from runut.sop.queries.work import (
    WorkPage,
    barred,
    goes_back,
    only_returns,
    task_for_page,
    with_owed_words,
    with_refusal,
    with_words,
    work_page,
)

__all__ = [
    "WorkPage",
    "act_in_words",
    "barred",
    "bindings_of",
    "cancelled_words",
    "definition_of",
    "goes_back",
    "kept_bindings_of",
    "next_in_words",
    "next_of_kind",
    "only_returns",
    "proposed_bindings",
    "startable",
    "task_for_page",
    "waiting_in_words",
    "what_begins",
    "who_starts",
    "with_owed_words",
    "with_refusal",
    "with_words",
    "work_page",
]
