"""The fields that every form of an act carries, read from a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Protocol

# Below the largest id of either database.
MOST_DIGITS = 18


class Posted(Protocol):
    """What a form sent: the last value of a name, or all of them."""

    def get(self, name: str, default: str, /) -> str | None: ...

    def getlist(self, name: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class ActInput:
    """key: idempotency key of the form as rendered. chosen: ids of whose work goes back; figures: ids of what of it."""

    key: str
    outcome: str
    reason: str
    late_reason: str
    chosen: tuple[int, ...]
    figures: tuple[int, ...] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """The two free texts, as `complete` takes them."""
        return {"reason": self.reason, "late_reason": self.late_reason}


def new_key() -> str:
    """A fresh key for a form about to be rendered."""
    return token_urlsafe(16)


def ids_in(sent: Iterable[str]) -> Iterator[int]:
    """The ids among what was sent; what no row can have is left out."""
    return (int(text) for text in sent if is_id(text))


def is_id(text: str) -> bool:
    """Whether a row can have this as its id. str.isdigit() also takes digits that int() refuses."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def read_act(post: Posted) -> ActInput:
    """The act as it was sent. Ids that are no numbers are left out."""
    return ActInput(
        key=(post.get("key", "") or "")[:64],
        outcome=post.get("act", "") or "complete",
        reason=_words(post.get("reason", "")),
        late_reason=_words(post.get("late_reason", "")),
        chosen=tuple(ids_in(post.getlist("chosen"))),
        figures=tuple(ids_in(post.getlist("figure"))),
    )


def _words(sent: str | None) -> str:
    """A browser counts a line's end as one letter, and sends two."""
    return (sent or "").replace("\r\n", "\n").strip()
