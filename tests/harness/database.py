"""Databases for tests.

Ordinary tests share one database and are rolled back (`db`). A test that needs real commits, threads or processes asks
for `committed_db` (or `live_url`, which does) and gets a fresh copy of its own: the append-only triggers refuse the
flush with which Django usually cleans up, and a copy needs no cleaning.
"""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.harness.scenes import scenes_of

COPY_FIXTURES = {"committed_db", "live_url"}
_numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for a copy needs the database it is copied from, also when it runs alone.

    What touches no database is run once, with SQLite. Tests of one scene stand together,
    and one process takes all of them; a test in a browser builds all it needs and goes to whoever is free.
    """
    for item in items:
        if COPY_FIXTURES & set(getattr(item, "fixturenames", ())) or scenes_of(item):
            item.add_marker(pytest.mark.django_db)
    if os.environ.get("RUNUT_TEST_DB") == "postgres":
        pure = [item for item in items if not _touches_a_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if _touches_a_database(item)]
    items.sort(key=_place)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    """Tests of one group are run by one process."""
    if "live_url" in getattr(item, "fixturenames", ()):
        return item.nodeid
    scenes = scenes_of(item)
    if scenes:
        return "/".join([item.path.parent.name, *scenes])
    # The promises about the repository all read the whole of it; one process reads it once.
    room = "tests/repository"
    return room if item.nodeid.startswith(f"{room}/") else item.nodeid.partition("::")[0]


def _place(item: pytest.Item) -> tuple[bool, str, tuple[str, ...]]:
    """Scenes first, room by room, each behind the one that it is built on; then the others as they come."""
    scenes = scenes_of(item)
    return not scenes, str(item.path.parent) if scenes else "", scenes


def _touches_a_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@dataclass(frozen=True)
class CommittedDb:
    """A database copy that only this test uses; `url` is its DATABASE_URL for child processes."""

    name: str
    url: str
    vendor: str


@dataclass(frozen=True)
class DatabaseTemplate:
    """The migrated, empty database that copies are made of; `copy` gives the name of a new one, `drop` removes it."""

    copy: Callable[[], str]
    drop: Callable[[str], None]
    url: Callable[[str], str]


@pytest.fixture(scope="session")
def database_template(django_db_setup, django_db_blocker) -> Iterator[DatabaseTemplate]:
    with django_db_blocker.unblock():
        connection.close()
        maker = _sqlite_template if connection.vendor == "sqlite" else _postgres_template
        with maker(str(connection.settings_dict["NAME"])) as template:
            yield template


@contextmanager
def _sqlite_template(source: str) -> Iterator[DatabaseTemplate]:
    directory = Path(source).parent
    template = directory / "template.sqlite3"
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(template)) as target:
        original.backup(target)

    def copy() -> str:
        path = directory / f"copy-{next(_numbers)}.sqlite3"
        shutil.copyfile(template, path)
        return str(path)

    def drop(name: str) -> None:
        for leftover in directory.glob(f"{Path(name).name}*"):
            leftover.unlink()

    yield DatabaseTemplate(copy, drop, lambda name: f"sqlite:///{name}")


@contextmanager
def _postgres_template(source: str) -> Iterator[DatabaseTemplate]:
    template = f"{source}_template"
    settings = connection.settings_dict

    def execute(statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)

    def copy() -> str:
        name = f"{source}_copy_{next(_numbers)}"
        execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(name: str) -> None:
        execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def url(name: str) -> str:
        return f"postgres://{settings['USER']}@/{name}?host={settings['HOST']}"

    execute(f'CREATE DATABASE "{template}" TEMPLATE "{source}"')
    try:
        yield DatabaseTemplate(copy, drop, url)
    finally:
        drop(template)


@pytest.fixture
def committed_db(database_template, django_db_blocker) -> Iterator[CommittedDb]:
    """A fresh copy of the migrated database: commits are real, threads and child processes may use it."""
    with django_db_blocker.unblock():
        settings = connection.settings_dict
        shared = settings["NAME"]
        connections.close_all()
        name = database_template.copy()
        settings["NAME"] = name
        try:
            yield CommittedDb(name, database_template.url(name), connection.vendor)
        finally:
            connections.close_all()
            settings["NAME"] = shared
            database_template.drop(name)


@pytest.fixture
def _django_db_helper(request, stage, fresh_memory, django_db_blocker) -> Iterator[None]:
    """What `db` and the django_db mark mean: the test's own copy, its scenes, or a transaction of its own.

    Before a scene is raised what the process remembers is forgotten: a copy gives the same keys as the shared database.
    """
    scenes = scenes_of(request.node)
    with django_db_blocker.unblock():
        if scenes and not COPY_FIXTURES & set(request.fixturenames):
            with stage.performance(lambda: [request.getfixturevalue(name) for name in scenes]):
                yield
            return
        stage.strike()
    request.getfixturevalue("committed_db" if COPY_FIXTURES & set(request.fixturenames) else "_django_db_helper")
    yield
