"""Reading procedures and runs: definitions, the inbox, a work page, the board, the history."""

from runut.sop.queries.definitions import bindings_of, definition_of, kept_bindings_of
from runut.sop.queries.inbox import next_of_kind
from runut.sop.queries.work import (
    WorkPage,
    task_for_page,
    what_follows,
    with_owed_words,
    with_refusal,
    with_words,
    work_page,
)

__all__ = [
    "WorkPage",
    "bindings_of",
    "definition_of",
    "kept_bindings_of",
    "next_of_kind",
    "task_for_page",
    "what_follows",
    "with_owed_words",
    "with_refusal",
    "with_words",
    "work_page",
]
