"""What the database itself refuses: migration operations that write triggers on SQLite and PostgreSQL.

Put the operations in a migration after the table exists:

    operations = [
        triggers.append_only("audit_entry"),
        triggers.frozen_columns("sop_sopversion", "OLD.state <> 'draft'", ["definition", "content_hash"]),
        triggers.no_overlap("organisation_assignment", ["jabatan_id"], where="{row}.kind = 'definitif'"),
    ]

A refusal reaches Django as IntegrityError on both databases.

Trap: to alter a table SQLite's schema editor makes a new one, copies the rows and drops the old one,
and the triggers go with it. Every migration that alters such a table must therefore end with the same
operation again. Running one twice is harmless: it drops its own trigger first.
"""

import hashlib
from collections.abc import Mapping, Sequence

from django.core.exceptions import ImproperlyConfigured
from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

CHECK_VIOLATION = "23514"
UNIQUE_VIOLATION = "23505"


class Triggers(Operation):
    """Statements per database vendor, run one by one and never parsed or interpolated."""

    reduces_to_sql = True
    reversible = True
    elidable = False

    def __init__(self, label: str, make: dict[str, list[str]], drop: dict[str, list[str]]) -> None:
        self.label = label
        self.make = make
        self.drop = drop

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are invisible to the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(app_label, schema_editor, self.drop)
        self._run(app_label, schema_editor, self.make)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(app_label, schema_editor, self.drop)

    def describe(self) -> str:
        return self.label

    def _run(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        statements: dict[str, list[str]],
    ) -> None:
        connection = schema_editor.connection
        if not router.allow_migrate(connection.alias, app_label):
            return
        if connection.vendor not in statements:
            raise ImproperlyConfigured(f"Runut keeps its data in SQLite or PostgreSQL, not in {connection.vendor}.")
        for sql in statements[connection.vendor]:
            # None, not (): the text may contain per cent signs and takes no parameters.
            schema_editor.execute(sql, params=None)


def append_only(table: str) -> Operation:
    """Refuse UPDATE and DELETE (on PostgreSQL also TRUNCATE) of any row.

    On SQLite `INSERT OR REPLACE` deletes without asking unless `PRAGMA recursive_triggers` is on;
    the backend in `lib.sqlite_fair` switches it on.
    """
    name = _name(table, "append_only")
    message = f"{table} is append-only"
    sqlite = [
        _sqlite_trigger(f"{name}_{event}", f"BEFORE {event.upper()}", table, "", _abort(message))
        for event in ("update", "delete")
    ]
    postgres = [
        _postgres_function(name, _raise(message, CHECK_VIOLATION, name)),
        _postgres_trigger(f"{name}_row", "BEFORE UPDATE OR DELETE", table, "ROW", name),
        _postgres_trigger(f"{name}_all", "BEFORE TRUNCATE", table, "STATEMENT", name),
    ]
    return Triggers(
        f"Refuse to change or delete rows of {table}",
        {"sqlite": sqlite, "postgresql": postgres},
        _drops(table, name, sqlite=["update", "delete"], postgres=["row", "all"]),
    )


def frozen_columns(table: str, when_sql: str, columns: Sequence[str]) -> Operation:
    """Refuse an UPDATE that changes one of the columns while the condition holds of the row as it was.

    `when_sql` names the old row `OLD`, for example `OLD.state <> 'draft'`. Writing the same value again is
    allowed, so that saving a whole object does no harm.
    """
    name = _name(table, "frozen", when_sql, *columns)
    message = f"{table} is frozen: {', '.join(columns)}"
    sqlite_changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    postgres_changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    sqlite = _sqlite_trigger(
        f"{name}_update", "BEFORE UPDATE", table, f"({when_sql}) AND ({sqlite_changed})", _abort(message)
    )
    body = f"IF ({when_sql}) AND ({postgres_changed}) THEN {_raise(message, CHECK_VIOLATION, name)} END IF; RETURN NEW;"
    postgres = [
        _postgres_function(name, body),
        _postgres_trigger(f"{name}_row", "BEFORE UPDATE", table, "ROW", name),
    ]
    return Triggers(
        f"Freeze {', '.join(columns)} of {table}",
        {"sqlite": [sqlite], "postgresql": postgres},
        _drops(table, name, sqlite=["update"], postgres=["row"]),
    )


def no_overlap(
    table: str,
    keys: Sequence[str],
    start: str = "start",
    end: str = "end",
    where: str = "",
    pk: str = "id",
    closes: Mapping[str, str] | None = None,
) -> Operation:
    """Refuse a row whose days [start, end] meet those of another row with the same keys.

    Both days count as inside; `end` NULL means open; `start` must be NOT NULL. Two NULL keys are the same key.
    `where` narrows the rule to some rows and names the row `{row}`, for example `{row}.kind = 'definitif'`:
    it must hold of both rows. `closes` says, by vendor and naming the row alike, on which day an open row ends.

    SQLite has one writer at a time. On PostgreSQL the trigger takes a transaction lock on the key before it
    looks, so of two sessions the second waits and then sees the first one's row (READ COMMITTED, the default).
    """
    last = {vendor: f'COALESCE({{row}}."{end}", {sql})' for vendor, sql in (closes or {}).items()}
    name = _name(table, "no_overlap", where, *keys, start, end, *last.values())
    message = f"{table} overlaps: another row with the same {', '.join(keys)} covers these days"
    mine = where.replace("{row}", "NEW") or "TRUE"
    sqlite_same = " AND ".join(f'other."{k}" IS NEW."{k}"' for k in keys)
    postgres_same = " AND ".join(map(_same_key, keys))
    plain = f'{{row}}."{end}"'
    postgres_found = _overlapping(table, postgres_same, start, last.get("postgresql", plain), where, pk)
    found = f"({mine}) AND {_overlapping(table, sqlite_same, start, last.get('sqlite', plain), where, pk)}"
    sqlite = [
        _sqlite_trigger(f"{name}_{event}", f"AFTER {event.upper()}", table, found, _abort(message))
        for event in ("insert", "update")
    ]
    postgres = _refusing_overlap(name, table, keys, mine, postgres_found, message)
    return Triggers(
        f"Refuse overlapping rows of {table} with the same {', '.join(keys)}",
        {"sqlite": sqlite, "postgresql": postgres},
        _drops(table, name, sqlite=["insert", "update"], postgres=["row"]),
    )


def _refusing_overlap(name: str, table: str, keys: Sequence[str], mine: str, found: str, message: str) -> list[str]:
    """On PostgreSQL, under a lock on the key."""
    values = ", ".join(f'NEW."{key}"::text' for key in keys)
    body = (
        f"IF ({mine}) THEN "
        f"PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(chr(31), {_literal(name)}, {values}), 0)); "
        f"IF {found} THEN {_raise(message, UNIQUE_VIOLATION, name)} END IF; "
        "END IF; RETURN NULL;"
    )
    return [
        _postgres_function(name, body),
        _postgres_trigger(f"{name}_row", "AFTER INSERT OR UPDATE", table, "ROW", name),
    ]


def _overlapping(table: str, same: str, start: str, last: str, where: str, pk: str) -> str:
    """last: the last day of a row, which it names `{row}`."""
    theirs = where.replace("{row}", "other") or "TRUE"
    mine, its = last.replace("{row}", "NEW"), last.replace("{row}", "other")
    return (
        f'EXISTS (SELECT 1 FROM "{table}" other WHERE {same} AND other."{pk}" <> NEW."{pk}" AND ({theirs}) '
        f'AND ({its} IS NULL OR NEW."{start}" <= {its}) '
        f'AND ({mine} IS NULL OR other."{start}" <= {mine}))'
    )


def _same_key(key: str) -> str:
    # Spelled out, because PostgreSQL uses no index for IS NOT DISTINCT FROM.
    return f'(other."{key}" = NEW."{key}" OR (other."{key}" IS NULL AND NEW."{key}" IS NULL))'


def _name(table: str, purpose: str, *parts: str) -> str:
    """A name that fits PostgreSQL's 63 bytes with its suffix, and differs when the rule differs."""
    digest = hashlib.sha256("\x1f".join((table, purpose, *parts)).encode()).hexdigest()[:8]
    return f"{table[:34]}_{purpose}_{digest}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _abort(message: str) -> str:
    return f"SELECT RAISE(ABORT, {_literal(message)});"


def _raise(message: str, code: str, constraint: str) -> str:
    return (
        f"RAISE EXCEPTION USING MESSAGE = {_literal(message)}, ERRCODE = {_literal(code)}, "
        f"CONSTRAINT = {_literal(constraint)};"
    )


def _sqlite_trigger(name: str, moment: str, table: str, condition: str, body: str) -> str:
    when = f" WHEN {condition}" if condition else ""
    return f'CREATE TRIGGER "{name}" {moment} ON "{table}" FOR EACH ROW{when} BEGIN {body} END'


def _postgres_function(name: str, body: str) -> str:
    return f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN {body} END $body$'


def _postgres_trigger(name: str, moment: str, table: str, level: str, function: str) -> str:
    return f'CREATE TRIGGER "{name}" {moment} ON "{table}" FOR EACH {level} EXECUTE FUNCTION "{function}"()'


def _drops(table: str, name: str, *, sqlite: Sequence[str], postgres: Sequence[str]) -> dict[str, list[str]]:
    return {
        "sqlite": [f'DROP TRIGGER IF EXISTS "{name}_{suffix}"' for suffix in sqlite],
        "postgresql": [
            *(f'DROP TRIGGER IF EXISTS "{name}_{suffix}" ON "{table}"' for suffix in postgres),
            f'DROP FUNCTION IF EXISTS "{name}"()',
        ],
    }
