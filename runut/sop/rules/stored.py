"""A definition as plain JSON for the database, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import TypeVar, cast

from runut.sop.rules.definition import (
    Actor,
    Correction,
    Definition,
    Header,
    JoinRule,
    Lane,
    Norm,
    Outcome,
    Step,
)

Json = Mapping[str, object]
T = TypeVar("T")


def to_json(definition: Definition) -> dict[str, object]:
    """The definition as dicts, lists, strings and numbers."""
    return cast(dict[str, object], _plain(asdict(definition)))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def from_json(data: Json) -> Definition:
    """The definition that `to_json` wrote."""
    return _make(
        Definition,
        data,
        lanes=tuple(_make(Lane, item) for item in _list(data, "lanes")),
        steps=tuple(_step(item) for item in _list(data, "steps")),
        header=_make(Header, _dict(data, "header"), responsibilities=_duties(data)),
        corrections=tuple(_make(Correction, item) for item in _list(data, "corrections")),
    )


def _duties(data: Json) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = cast(list[list[object]], _dict(data, "header").get("responsibilities", []))
    return tuple((str(who), tuple(cast(list[str], what))) for who, what in rows)


def _step(data: Json) -> Step:
    norm = data.get("norm")
    return _make(
        Step,
        data,
        outcomes=tuple(_make(Outcome, item) for item in _list(data, "outcomes")),
        norm=_make(Norm, cast(Json, norm)) if norm else None,
        actor=_make(Actor, _dict(data, "actor")),
        join=_make(JoinRule, _dict(data, "join")),
    )


def _list(data: Json, key: str) -> list[Json]:
    return cast(list[Json], data.get(key) or [])


def _dict(data: Json, key: str) -> Json:
    return cast(Json, data.get(key) or {})


def _make(kind: type[T], data: Json, **ready: object) -> T:
    values = {key: tuple(item) if isinstance(item, list) else item for key, item in data.items()}
    return partial(kind, **{**values, **ready})()
