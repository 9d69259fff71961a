"""Django database backend: SQLite whose writers wait in a queue. `ENGINE = "runut.lib.sqlite_fair"`."""
