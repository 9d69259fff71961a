"""Codes that an office gives its things: one code whatever its capitals. What is kept stays as it was first written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower

M = TypeVar("M", bound=Model)
V = TypeVar("V")


def plain_code(code: str) -> str:
    """A code as it is compared."""
    return code.strip().casefold()


def same_code(one: str, other: str) -> bool:
    return plain_code(one) == plain_code(other)


def coded(rows: QuerySet[M], codes: Iterable[str], field: str = "code") -> QuerySet[M]:
    """The rows with one of these codes."""
    wanted = {code.strip() for code in codes}
    # A database may know no capitals but those from A to Z: what is written alike is found in any case.
    plain = Q(_plain_code__in={code.lower() for code in wanted}) | Q(**{f"{field}__in": wanted})
    return cast("QuerySet[M]", rows.alias(_plain_code=Lower(field)).filter(plain))


def with_plain(found: Mapping[str, V]) -> dict[str, V]:
    """Things by their codes, to be asked for with `by_code`."""
    return {_plain_key(code): each for code, each in found.items()} | dict(found)


def by_code(found: Mapping[str, V], code: str) -> V | None:
    """The one with this code. Where older ones differ in their capitals only, the one that is written alike."""
    return found[code] if code in found else found.get(_plain_key(code))


def _plain_key(code: str) -> str:
    """What no code is, so that it stands beside them."""
    return f"{plain_code(code)}\n"
