"""What a document may become. A signed one is never edited: a later version supersedes it."""

from collections.abc import Mapping

MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"signed", "superseded"}),
    "signed": frozenset({"superseded"}),
    "superseded": frozenset(),
}
