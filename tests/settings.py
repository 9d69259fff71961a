"""Settings of the test run: the product's own, on a database and a data directory that vanish afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="runut-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

os.environ["RUNUT_DATA"] = str(SCRATCH / "data")
for name in ("DATABASE_URL", "RUNUT_DEMO", "RUNUT_DEBUG", "RUNUT_HTTPS", "RUNUT_HOSTS", "RUNUT_SECRET_KEY"):
    os.environ.pop(name, None)
os.environ.pop("RUNUT_MAIL", None)

TEST_DB = os.environ.get("RUNUT_TEST_DB", "sqlite")
if TEST_DB not in {"sqlite", "postgres"}:
    raise SystemExit(f"RUNUT_TEST_DB is {TEST_DB!r}: write sqlite or postgres.")
if TEST_DB == "postgres":
    from tests.harness.postgres import start_server

    # One server for the processes of a run: the first one starts it and the others are told where it is.
    os.environ["DATABASE_URL"] = os.environ.get("POSTGRES_OF_THIS_RUN") or start_server()
    os.environ["POSTGRES_OF_THIS_RUN"] = os.environ["DATABASE_URL"]

from runut.settings import *  # noqa: E402, F403
from runut.settings import DATA, DATABASES, STORAGES, TASKS  # noqa: E402

if TEST_DB == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    # The same connection as the product's, less the wait for the disk at each commit.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
else:
    # A pool would hold connections to databases that a test wants to drop.
    DATABASES["default"]["OPTIONS"].pop("pool")
    DATABASES["default"]["CONN_MAX_AGE"] = None

# The tables of others straight from their models, as their migrations leave them; `runut serve` is tested with all.
MIGRATION_MODULES = dict.fromkeys(["auth", "contenttypes", "sessions", "axes", "django_tasks_database"])
TASKS["default"] = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
(DATA / "static").mkdir(exist_ok=True)
# Argon2 is slow on purpose; the tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
