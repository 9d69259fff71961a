"""What a document may become. A signed one is never edited: a later version supersedes it."""

from runut.documents.rules.kinds import State

MOVES: dict[State, set[State]] = {
    "draft": {"signed", "superseded"},
    "signed": {"superseded"},
    "superseded": set(),
}
