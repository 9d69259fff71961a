"""What one installation may set from outside, read from the environment and checked at the start."""

import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on", "ya"}
NO = {"", "0", "false", "no", "off", "tidak"}

# Each connection runs these once. FULL: a signature survives a power cut.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
SQLITE_WAIT_SECONDS = 20


def flag(name: str) -> bool:
    """Whether the environment variable `name` says yes. Raises ImproperlyConfigured on another word."""
    word = os.environ.get(name, "").strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}: write {name}=1 to switch it on, or leave it out.")


def data_directory() -> Path:
    """The directory that holds the database, the uploaded files and the secret key; made when missing."""
    directory = Path(os.environ.get("RUNUT_DATA") or ".data").expanduser().resolve()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data directory {directory} cannot be made ({error.strerror}): "
            "set RUNUT_DATA (or --data) to a directory that this user may write to."
        ) from error
    return directory


def secret_key(directory: Path) -> str:
    """The key that signs sessions: RUNUT_SECRET_KEY, or one made once and kept in the data directory."""
    given = os.environ.get("RUNUT_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured(
                "RUNUT_SECRET_KEY is shorter than 32 characters: use a longer random text, or leave it out."
            )
        return given
    path = directory / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_key(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be written to {path} ({error.strerror}): give this user the right to write there."
        ) from error
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _kept_key(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key {path} cannot be read ({error.strerror}): run as the user who owns it."
        ) from error
    if len(key) < 32:
        raise ImproperlyConfigured(f"The secret key {path} is damaged: delete the file; everybody signs in again.")
    return key


def hosts(*, behind_https: bool) -> list[str]:
    """Names by which browsers may call this server: RUNUT_HOSTS (comma-separated), this machine always."""
    given = [name.strip() for name in os.environ.get("RUNUT_HOSTS", "").split(",") if name.strip()]
    for name in given:
        if "/" in name or " " in name:
            raise ImproperlyConfigured(
                f"RUNUT_HOSTS contains {name!r}: write bare names without http:// and separate them by commas."
            )
    if behind_https and not given:
        raise ImproperlyConfigured(
            "RUNUT_HTTPS is on: set RUNUT_HOSTS to the name people type, e.g. runut.example.go.id."
        )
    return [*given, "localhost", "127.0.0.1", "[::1]", socket.gethostname().lower()]


def database(address: str, *, directory: Path) -> dict[str, Any]:
    """Django's entry for DATABASE_URL: `sqlite:///file`, `postgres://user:password@host:port/name`, or empty."""
    if not address:
        return _sqlite(str(directory / "runut.sqlite3"))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(_sqlite_name(address))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(address)
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme or 'nothing'!r}: write sqlite:///path/to/file.sqlite3 "
        "or postgres://user:password@host:5432/name, or leave it out for the embedded database."
    )


def _sqlite_name(address: str) -> str:
    prefix = "sqlite:///"
    name = unquote(address.removeprefix(prefix)) if address.startswith(prefix) else ""
    if not name or name == ":memory:":
        raise ImproperlyConfigured(
            "DATABASE_URL names no file: write sqlite:///relative/path or sqlite:////absolute/path (four slashes)."
        )
    return str(Path(name).resolve())


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "runut.lib.sqlite_fair",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_WAIT_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgres(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL has a port that is no number: use e.g. :5432, or none.") from error
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured("DATABASE_URL names no database: write postgres://user:password@host:5432/name.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        # The pool keeps connections over requests, so Django itself must not.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            # What a connection asks again and again is planned once: half of a small query's time is its planning.
            "server_side_binding": True,
            "prepare_threshold": 5,
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            **options,
        },
    }


@dataclass(frozen=True)
class Mail:
    """The server that e-mail goes through. The backend of nowhere: nothing is ever sent."""

    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls_at_once: bool = False
    tls_after_greeting: bool = False
    sender: str = ""


def mail(address: str, *, sender: str) -> Mail:
    """The server in RUNUT_MAIL: `smtp://user:password@host:port`, or `smtps` for TLS from the start.

    Plain `smtp` changes over to TLS before the password is sent; `?tls=no` is for a server inside the office.
    """
    if not address:
        return Mail()
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("RUNUT_MAIL has a port that is no number: use e.g. :587, or none.") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("RUNUT_MAIL: write smtp://user:password@mail.example.go.id:587, or leave it out.")
    if "@" not in sender:
        raise ImproperlyConfigured("RUNUT_MAIL is set: set RUNUT_MAIL_FROM too, the address that reminders come from.")
    at_once = parts.scheme == "smtps"
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or (465 if at_once else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_at_once=at_once,
        tls_after_greeting=not at_once and dict(parse_qsl(parts.query)).get("tls", "yes") not in NO,
        sender=sender,
    )


def check_environment(environment: Mapping[str, str]) -> None:
    """Refuse a misspelt RUNUT_ variable: a setting that silently does nothing is worse than a stop."""
    unknown = sorted(name for name in environment if name.startswith("RUNUT_") and name not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(
            f"{', '.join(unknown)}: no such setting. Known are {', '.join(sorted(KNOWN))}; correct or remove it."
        )


KNOWN = {
    "RUNUT_DATA",
    "RUNUT_DEMO",
    "RUNUT_DEBUG",
    "RUNUT_HOSTS",
    "RUNUT_HTTPS",
    "RUNUT_MAIL",
    "RUNUT_MAIL_FROM",
    "RUNUT_SECRET_KEY",
    "RUNUT_TEST_DB",
}
