"""State tables: what a thing may become is data, and one function reads it."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from .errors import Refused

S = TypeVar("S", bound=Hashable)


def check_move(moves: Mapping[S, Collection[S]], before: S, after: S, sentence: str) -> None:
    """Raise Refused with the sentence unless the table allows the move.

    A state that the table does not name allows nothing, and staying where one is counts as a move
    like any other: it is allowed only if the table says so.
    """
    if after not in moves.get(before, ()):
        raise Refused(sentence, code="move")
