"""A row of a table on its way in, judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from runut.organisation.models import RowState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judged(Generic[T]):
    """A row and what becomes of it. brings: what it would write; None where it writes nothing."""

    no: int
    label: str
    state: RowState
    words: str = ""
    brings: T | None = None
