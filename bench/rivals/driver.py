"""Plain SQL over the product's own connection: no ORM, the same transactions, the same durability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

KEY = {"sqlite": "integer primary key", "postgresql": "bigint generated always as identity primary key"}


def run(sql: str, params: Sequence[object] = ()) -> Any:
    """Execute straight on the driver; its cursor. `?` stands for a parameter on both databases."""
    raw = connection.connection
    if connection.vendor == "postgresql":
        return raw.execute(sql.replace("?", "%s"), params)
    return raw.execute(sql, params)


def for_update() -> str:
    """SQLite has one writer anyway."""
    return " for update" if connection.vendor == "postgresql" else ""


def create(statements: Iterable[str]) -> None:
    """Make tables; `{key}` becomes a numbering primary key."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.replace("{key}", KEY[connection.vendor]))
