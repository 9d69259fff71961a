"""A wrong setting stops the start with a sentence that says how to correct it."""

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from runut import configuration


def _database(address, tmp_path):
    return configuration.database(address, directory=tmp_path)


def test_without_an_address_the_database_is_in_the_data_directory(tmp_path):
    entry = _database("", tmp_path)

    assert (entry["ENGINE"], entry["NAME"]) == ("runut.lib.sqlite_fair", str(tmp_path / "runut.sqlite3"))
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in entry["OPTIONS"]["init_command"]


def test_an_absolute_sqlite_address_names_its_file(tmp_path):
    assert _database(f"sqlite:///{tmp_path}/a%20b.sqlite3", tmp_path)["NAME"] == f"{tmp_path}/a b.sqlite3"


def test_a_postgres_address_is_taken_apart(tmp_path):
    entry = _database("postgres://ani:r%40hasia@db.example:5433/runut?sslmode=require", tmp_path)

    found = (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"])
    assert found == ("ani", "r@hasia", "db.example", "5433", "runut")
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["CONN_MAX_AGE"] == 0 and entry["OPTIONS"]["pool"]


def test_a_postgres_socket_is_reached_by_its_directory(tmp_path):
    assert _database("postgresql://postgres:@/runut?host=/run/pg", tmp_path)["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://a/b", "write sqlite:///"),
        ("runut.sqlite3", "write sqlite:///"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgres://ani@db.example/", "names no database"),
        ("postgres://ani@db.example:lima/runut", "port that is no number"),
    ],
)
def test_a_wrong_address_is_answered_with_a_right_one(address, sentence, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        _database(address, tmp_path)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    monkeypatch.delenv("RUNUT_SECRET_KEY", raising=False)

    first, second = configuration.secret_key(tmp_path), configuration.secret_key(tmp_path)

    assert first == second and len(first) >= 50
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_damaged_secret_key_is_not_used(tmp_path, monkeypatch):
    monkeypatch.delenv("RUNUT_SECRET_KEY", raising=False)
    (tmp_path / "secret-key").write_text("short")

    with pytest.raises(ImproperlyConfigured, match="delete the file"):
        configuration.secret_key(tmp_path)


def test_a_short_secret_key_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("RUNUT_SECRET_KEY", "rahasia")

    with pytest.raises(ImproperlyConfigured, match="32 characters"):
        configuration.secret_key(tmp_path)


def test_a_flag_is_yes_or_no(monkeypatch):
    monkeypatch.setenv("RUNUT_HTTPS", "mungkin")

    with pytest.raises(ImproperlyConfigured, match="RUNUT_HTTPS=1"):
        configuration.flag("RUNUT_HTTPS")


def test_hosts_are_bare_names(monkeypatch):
    monkeypatch.setenv("RUNUT_HOSTS", "http://runut.example")

    with pytest.raises(ImproperlyConfigured, match="bare names"):
        configuration.hosts(behind_https=False)


def test_behind_https_the_name_must_be_known(monkeypatch):
    monkeypatch.delenv("RUNUT_HOSTS", raising=False)

    with pytest.raises(ImproperlyConfigured, match="RUNUT_HOSTS"):
        configuration.hosts(behind_https=True)


def test_a_misspelt_setting_is_named():
    with pytest.raises(ImproperlyConfigured, match="RUNUT_HOST: no such setting"):
        configuration.check_environment({"RUNUT_HOST": "a", "HOME": "b"})


def test_the_command_ends_with_the_sentence_and_no_traceback(tmp_path):
    environment = {**os.environ, "DATABASE_URL": "mysql://a/b", "RUNUT_DATA": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE")

    done = subprocess.run(
        [sys.executable, "-m", "runut", "serve"], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.startswith("runut: DATABASE_URL begins with 'mysql'")
    assert "Traceback" not in done.stderr


def test_mail_goes_to_the_server_that_is_named_over_tls():
    plain = configuration.mail("smtp://runut:rahasia%40@mail.contoh.example", sender="runut@contoh.example")
    secure = configuration.mail("smtps://mail.contoh.example", sender="runut@contoh.example")
    inside = configuration.mail("smtp://10.0.0.5:25/?tls=no", sender="runut@contoh.example")

    assert (plain.host, plain.port, plain.user, plain.password) == ("mail.contoh.example", 587, "runut", "rahasia@")
    assert (plain.tls_after_greeting, plain.tls_at_once) == (True, False)
    assert (secure.port, secure.tls_after_greeting, secure.tls_at_once) == (465, False, True)
    assert (inside.port, inside.tls_after_greeting, inside.tls_at_once) == (25, False, False)


def test_without_a_mail_server_nothing_is_sent():
    assert configuration.mail("", sender="").backend.endswith("dummy.EmailBackend")


@pytest.mark.parametrize(
    ("address", "sender", "sentence"),
    [
        ("mail.contoh.example", "a@contoh.example", "smtp://user:password"),
        ("http://mail.contoh.example", "a@contoh.example", "smtp://user:password"),
        ("smtp://mail.contoh.example:dua", "a@contoh.example", "no number"),
        ("smtp://mail.contoh.example", "", "RUNUT_MAIL_FROM"),
    ],
)
def test_a_mail_server_that_cannot_be_understood_stops_the_start(address, sender, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        configuration.mail(address, sender=sender)
