"""The history before the first release is folded: a database at its end is taken over, one before it is refused."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

ROOMS = ["audit", "organisation", "planning", "sop", "collection", "correction", "documents", "publication"]


def forget(room, *names):
    recorder = MigrationRecorder(connection)
    for name in names:
        recorder.record_unapplied(room, name)


def end_of_folded(room):
    [(_, name)] = MigrationLoader(None).disk_migrations[room, "0001_tables"].replaces
    return name


def test_a_database_at_the_end_of_the_folded_history_is_taken_over(committed_db):
    # The steps after the folded history are none of its own.
    for room in ROOMS:
        call_command("migrate", room, "0002_guards", verbosity=0)
    for room in ROOMS:
        forget(room, "0001_tables", "0002_guards")

    call_command("migrate", verbosity=0)

    folded = {(room, name) for room in ROOMS for name in ("0001_tables", "0002_guards", end_of_folded(room))}
    assert folded <= set(MigrationRecorder(connection).applied_migrations())


@pytest.mark.parametrize("room", ["collection", "correction"])
def test_a_database_before_its_end_is_refused(committed_db, room):
    # Of the room nothing is applied, neither the folded history nor what came after it.
    forget(room, *(name for app, name in MigrationRecorder(connection).applied_migrations() if app == room))

    # Of a room that others build on Django misses the step; of a last one the tables stand in the way.
    with pytest.raises((InconsistentMigrationHistory, DatabaseError), match=r"before its dependency|already exists"):
        call_command("migrate", verbosity=0)

    assert room not in {applied for applied, _ in MigrationRecorder(connection).applied_migrations()}
