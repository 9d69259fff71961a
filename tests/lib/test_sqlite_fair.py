import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import types
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.utils import ConnectionHandler

import runut
from runut.lib import triggers
from runut.lib.sqlite_fair import lock as lock_module
from runut.lib.sqlite_fair import posix
from runut.lib.sqlite_fair.base import _lock_path
from runut.lib.sqlite_fair.lock import WriterLock

ROOT = Path(runut.__file__).parents[1]

CHILD = """
import sys, time
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "runut.lib.sqlite_fair", "NAME": sys.argv[1], "OPTIONS": {
    "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"}}}, USE_TZ=True)
from django.db import connection, transaction

def write(who):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO note (who) VALUES (%s)", [who])

"""
HOLD = """
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note (who) VALUES ('child')")
    print("holding", flush=True)
    time.sleep(60)
"""
BUSY = """
write("child")
print("writing", flush=True)
while True:
    write("child")
"""


@contextmanager
def opened(alias, **settings):
    """A connection by an alias that the settings do not have."""
    connections.settings[alias] = ConnectionHandler({"default": settings}).settings["default"]
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@pytest.fixture
def connection(tmp_path, django_db_blocker):
    options = {"timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"}
    name = str(tmp_path / "fair.sqlite3")
    with (
        django_db_blocker.unblock(),
        opened("fair", ENGINE="runut.lib.sqlite_fair", NAME=name, OPTIONS=options) as connection,
    ):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE note (id integer PRIMARY KEY, who varchar(20))")
        yield connection


@pytest.fixture
def child(connection):
    """Start a child process on the same database and wait until it says that it writes."""
    started = []

    def start(code):
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD + code, connection.settings_dict["NAME"]], stdout=subprocess.PIPE, cwd=ROOT
        )
        started.append(process)
        assert process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def atomic(connection):
    return transaction.atomic(using=connection.alias)


def add(connection, who):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note (who) VALUES (%s)", [who])


def count(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        return cursor.fetchone()[0]


def is_free(connection):
    """Whether somebody else could take the writer lock now."""
    other = WriterLock(_lock_path(connection.settings_dict["NAME"]))
    try:
        return other.acquire(0.05)
    finally:
        other.close()


def test_a_transaction_holds_the_lock_until_it_commits(connection):
    with atomic(connection):
        add(connection, "a")
        assert not is_free(connection)

    assert is_free(connection)
    assert count(connection) == 1


def test_a_rollback_gives_the_lock_back(connection):
    with pytest.raises(ZeroDivisionError), atomic(connection):
        add(connection, "a")
        raise ZeroDivisionError

    assert is_free(connection)
    assert count(connection) == 0


def test_a_savepoint_takes_nothing_and_gives_nothing_back(connection):
    with atomic(connection):
        with atomic(connection):
            add(connection, "a")
        assert not is_free(connection)
        with pytest.raises(ZeroDivisionError), atomic(connection):
            raise ZeroDivisionError
        assert not is_free(connection)

    assert is_free(connection)


def test_closing_inside_a_transaction_gives_the_lock_back(connection):
    with atomic(connection):
        add(connection, "a")
        connection.close()

    assert is_free(connection)
    assert count(connection) == 0


def test_a_commit_that_fails_gives_the_lock_back_with_its_rollback(connection):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE parent (id integer PRIMARY KEY)")
        cursor.execute(
            "CREATE TABLE baby (id integer PRIMARY KEY, "
            "parent_id integer REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        )

    with pytest.raises(IntegrityError), atomic(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO baby VALUES (1, 99)")

    assert is_free(connection)
    with atomic(connection):
        add(connection, "a")


def test_a_waiting_thread_writes_when_the_first_one_is_done(connection):
    def other():
        mine = connections["fair"]
        with atomic(mine):
            add(mine, "other")
        mine.close()

    thread = threading.Thread(target=other)
    with atomic(connection):
        add(connection, "first")
        thread.start()
        thread.join(0.3)
        still_waiting = thread.is_alive()
    thread.join(10)

    assert still_waiting
    assert count(connection) == 2


def test_the_wait_ends_with_an_error_when_the_time_is_over(connection):
    connection.settings_dict["OPTIONS"]["timeout"] = 0.1
    holder = WriterLock(_lock_path(connection.settings_dict["NAME"]))
    holder.acquire(1)

    with pytest.raises(OperationalError, match="database is locked"), atomic(connection):
        add(connection, "a")
    holder.close()
    connection.settings_dict["OPTIONS"]["timeout"] = 5
    with atomic(connection):
        add(connection, "b")

    assert count(connection) == 1


def test_a_killed_child_loses_the_lock_and_its_work(connection, child):
    process = child(HOLD)
    assert not is_free(connection)

    process.send_signal(signal.SIGKILL)
    process.wait()
    with atomic(connection):
        add(connection, "parent")

    assert count(connection) == 1


def test_two_processes_take_turns(connection, child):
    child(BUSY)
    waits = []

    for _ in range(30):
        began = time.monotonic()
        with atomic(connection):
            add(connection, "parent")
        waits.append(time.monotonic() - began)

    # Without the queue the busy process keeps the lock for seconds on end.
    assert max(waits) < 2


def test_a_forked_child_does_not_share_its_parents_lock(tmp_path):
    mine = WriterLock(tmp_path / "db.writelock")
    mine.acquire(1)

    pid = os.fork()
    if pid == 0:
        mine.release()
        got_it = mine.acquire(0.05)
        os._exit(3 if got_it else 0)
    _, status = os.waitpid(pid, 0)

    other = WriterLock(tmp_path / "db.writelock")
    assert os.waitstatus_to_exitcode(status) == 0
    assert not other.acquire(0.05)
    mine.close()
    assert other.acquire(1)
    other.close()


def test_a_database_in_memory_takes_no_lock(tmp_path, monkeypatch, django_db_blocker):
    monkeypatch.chdir(tmp_path)

    with django_db_blocker.unblock(), opened("memory", ENGINE="runut.lib.sqlite_fair", NAME=":memory:") as connection:
        with atomic(connection), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.connection.close()

    assert list(tmp_path.iterdir()) == []


def test_a_link_an_address_and_the_file_share_one_lock(tmp_path):
    database = tmp_path / "data.sqlite3"
    database.touch()
    (tmp_path / "link.sqlite3").symlink_to(database)

    expected = database.resolve().with_name("data.sqlite3.writelock")

    assert _lock_path(str(database)) == expected
    assert _lock_path(str(tmp_path / "link.sqlite3")) == expected
    assert _lock_path(f"file:{database}?cache=private") == expected


def test_replace_cannot_slip_past_an_append_only_table(connection):
    with connection.schema_editor() as editor:
        triggers.append_only("note").database_forwards("app", editor, None, None)
    add(connection, "a")

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO note VALUES (1, 'b')")


@pytest.fixture
def windows(monkeypatch):
    """The Windows back end over a msvcrt made of flock."""
    fcntl = importlib.import_module("fcntl")
    modes = {2: fcntl.LOCK_EX | fcntl.LOCK_NB, 0: fcntl.LOCK_UN}
    fake = types.SimpleNamespace(LK_NBLCK=2, LK_UNLCK=0, locking=lambda fd, mode, _: fcntl.flock(fd, modes[mode]))
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.delitem(sys.modules, "runut.lib.sqlite_fair.windows", raising=False)
    yield importlib.import_module("runut.lib.sqlite_fair.windows")
    sys.modules.pop("runut.lib.sqlite_fair.windows", None)


@pytest.fixture(params=["posix", "windows"])
def back_end(request, monkeypatch):
    module = posix if request.param == "posix" else request.getfixturevalue("windows")
    monkeypatch.setattr(lock_module, "acquire", module.acquire)
    monkeypatch.setattr(lock_module, "release", module.release)


def test_both_back_ends_exclude_wait_and_give_back(back_end, tmp_path):
    first, second = (WriterLock(tmp_path / "db.writelock") for _ in "12")

    assert first.acquire(1)
    assert first.acquire(1), "whoever has the lock has it"
    assert not second.acquire(0.05)
    threading.Timer(0.1, first.release).start()
    assert second.acquire(10)
    second.release()
    assert first.acquire(1)
    first.close()
    second.close()
