"""`runut serve`: one command, an address on stdout, and processes that come back."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from runut import serving
from runut.cli import main
from runut.lib.first_office import CREATE_OFFICE


def _free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def taken_port():
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        yield owner.getsockname()[1]


def test_a_taken_port_is_avoided(taken_port):
    assert serving.free_port("127.0.0.1", taken_port) != taken_port


def test_the_system_may_choose_the_port():
    assert serving.free_port("127.0.0.1", 0) > 0


@pytest.mark.parametrize("port", ["-1", "99999", "65536", "x", "²"])
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_what_is_no_port_is_told_in_a_sentence(command, port, capsys):
    with pytest.raises(SystemExit) as end:
        main([command, f"--port={port}"])

    assert end.value.code == 2
    assert "is no port: use a number from 1 to 65535, or 0 for any free one" in capsys.readouterr().err


def test_the_fingerprint_changes_with_a_file_of_the_product(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "PACKAGE", tmp_path)
    (tmp_path / "a.py").write_text("a")
    before = serving.fingerprint()
    (tmp_path / "b.html").write_text("b")

    after = serving.fingerprint()

    assert before != after == serving.fingerprint()


def test_a_child_that_keeps_dying_is_given_up(capfd):
    child = serving.Child("worker", [sys.executable, "-c", ""])

    answers = []
    for _ in range(serving.RESTARTS_ALLOWED + 1):
        answers.append(child.restart())
        child.wait_or_kill()

    assert answers == [True] * serving.RESTARTS_ALLOWED + [False]
    assert "again and again" in capfd.readouterr().err


def test_the_sign_ins_of_the_demo_are_listed_by_office(tmp_path):
    person = {"office": "Kecamatan Contoh", "sop": "x", "lane": "Camat", "name": "Ani", "nip": "12", "password": "p"}
    file = tmp_path / "demo.json"
    file.write_text(json.dumps([person, {**person, "lane": "Staf", "name": "Budi"}]))

    lines = list(serving.sign_ins(file))

    assert lines == ["Kecamatan Contoh:", "  12  p  Ani (Camat)", "  12  p  Budi (Staf)"]


class Served:
    """`runut serve` in a process of its own."""

    def __init__(self, directory, port):
        environment = {**os.environ, "RUNUT_DATA": str(directory)}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        self._errors = (directory / "stderr").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "runut", "serve", "--port", str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()

    def stop(self):
        """Ask to stop; gives the exit code, the rest of stdout, and stderr."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=20)
        self._errors.seek(0)
        errors = self._errors.read()
        self._errors.close()
        return self.process.returncode, rest, errors


def _children_of(pid):
    listing = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return {line.split(maxsplit=1)[1]: int(line.split()[0]) for line in listing.stdout.splitlines()}


def _worker(served):
    return next((pid for line, pid in _children_of(served.process.pid).items() if line.endswith("runut worker")), None)


@dataclass(frozen=True)
class FirstStart:
    """What `runut serve` did in a new directory, on a taken port, its worker killed, until it was asked to stop."""

    directory: Path
    taken: int
    address: str
    body: bytes
    workers: tuple[int | None, int | None]
    code: int
    rest: str
    errors: str


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        directory = tmp_path_factory.mktemp("data")
        served = Served(directory, taken)
        try:
            first_worker = _worker(served)
            os.kill(first_worker, signal.SIGKILL)
            with urllib.request.urlopen(f"{served.address}/healthz", timeout=5) as answer:
                body = answer.read()
            end = time.monotonic() + 10
            while _worker(served) in {None, first_worker} and time.monotonic() < end:
                time.sleep(0.1)
            second_worker = _worker(served)
        finally:
            code, rest, errors = served.stop()
    return FirstStart(directory, taken, served.address, body, (first_worker, second_worker), code, rest, errors)


def test_serve_prints_its_address_answers_restarts_its_worker_and_stops(first_start):
    first_worker, second_worker = first_start.workers

    assert first_start.address.startswith("http://127.0.0.1:")
    assert not first_start.address.endswith(f":{first_start.taken}")
    assert first_start.body == b"ok\n"
    assert second_worker not in {None, first_worker}
    assert (first_start.code, first_start.rest) == (0, "")
    assert f"Port {first_start.taken} is taken" in first_start.errors
    assert "The worker stopped; starting it again." in first_start.errors


def test_serve_says_on_stderr_how_an_empty_installation_gets_its_first_office(first_start):
    assert "Nobody can sign in here yet." in first_start.errors
    assert f"RUNUT_DATA={first_start.directory.resolve()}" in first_start.errors
    assert f"-m runut {CREATE_OFFICE}" in first_start.errors
    assert first_start.rest == ""


def test_only_the_first_start_prepares(first_start):
    port = _free()

    second = Served(first_start.directory, port)
    code, _, errors = second.stop()

    assert code == 0 and second.address == f"http://127.0.0.1:{port}"
    assert "Preparing" in first_start.errors and "Preparing" not in errors
