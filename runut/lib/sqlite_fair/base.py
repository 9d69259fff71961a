"""SQLite for several writers: each waits its turn on a lock file before BEGIN IMMEDIATE.

SQLite's own waiting sleeps in growing steps, so whoever has just committed usually takes the write lock again
and others starve for seconds. Here a writer first takes the operating system's lock on `<database>.writelock`
and gives it back at commit, rollback or close; a process that dies loses it by itself.

- Every outermost `atomic()` is a writer; a nested one is a savepoint and takes nothing. A page that only reads
  must not run in a transaction.
- A write outside `atomic()` does not queue: put every command in one.
- Databases in memory have no second process and take no lock.
- `OPTIONS["timeout"]` (seconds, default 20) bounds the wait; then OperationalError "database is locked".
- `transaction_mode` is IMMEDIATE unless the settings say otherwise; `PRAGMA recursive_triggers` is on, so that
  `INSERT OR REPLACE` cannot slip past a trigger that refuses to delete.
"""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from .lock import WriterLock

DEFAULT_TIMEOUT_SECONDS = 20.0


if TYPE_CHECKING:

    class _Base(base.DatabaseWrapper):
        """What Django's class has and its type stubs leave out."""

        transaction_mode: str | None

        def _start_transaction_under_autocommit(self) -> None: ...
        def _commit(self) -> None: ...
        def _rollback(self) -> None: ...
        def _close(self) -> None: ...

else:
    _Base = base.DatabaseWrapper


class DatabaseWrapper(_Base):
    display_name = "SQLite (fair)"

    _writer_lock: WriterLock | None = None

    def get_connection_params(self) -> dict[str, object]:
        params = super().get_connection_params()
        params.setdefault("timeout", DEFAULT_TIMEOUT_SECONDS)
        if self.transaction_mode is None:
            self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, object]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA recursive_triggers = ON")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            # A commit that failed leaves the transaction open; the rollback that follows ends the turn.
            if self.connection is None or not self.connection.in_transaction:
                self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self._writer_lock is not None:
                self._writer_lock.close()
                self._writer_lock = None

    def _take_turn(self) -> None:
        if self.is_in_memory_db():
            return
        path = _lock_path(str(self.settings_dict["NAME"]))
        if self._writer_lock is None or self._writer_lock.path != path:
            self._writer_lock = WriterLock(path)
        seconds = float(self.settings_dict["OPTIONS"].get("timeout", DEFAULT_TIMEOUT_SECONDS))
        if not self._writer_lock.acquire(seconds):
            raise OperationalError(f"database is locked: another writer did not finish within {seconds:g} s")

    def _end_turn(self) -> None:
        if self._writer_lock is not None:
            self._writer_lock.release()


def _lock_path(name: str) -> Path:
    """The lock beside the real file, so that a link and its target queue together."""
    if name.startswith("file:"):
        name = unquote(urlsplit(name).path)
    database = Path(name).resolve()
    return database.with_name(database.name + ".writelock")
