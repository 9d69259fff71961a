"""`runut serve`: one command, an address on stdout, and processes that come back."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from runut import serving


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


@pytest.fixture(scope="module")
def started_before(tmp_path_factory):
    """A directory that `runut serve` has prepared at its first start."""
    directory = tmp_path_factory.mktemp("data")
    first = Served(directory, _free())
    code, _, errors = first.stop()
    assert (code, first.address[:17]) == (0, "http://127.0.0.1:")
    assert "Preparing" in errors
    return directory


@pytest.fixture
def serve(started_before):
    """Start `runut serve` on a port, once more; none outlives the test."""
    started = []

    def start(port):
        started.append(Served(started_before, port))
        return started[-1]

    yield start
    for served in started:
        served.stop()


class Served:
    """`runut serve` in a process of its own."""

    def __init__(self, directory, port):
        environment = {**os.environ, "RUNUT_DATA": str(directory)}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            environment.pop(name, None)
        self._errors = (directory / "stderr").open("w+")
        self._started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "runut", "serve", "--port", str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()
        self.seconds = time.monotonic() - self._started

    def stop(self):
        """Ask to stop; gives the exit code, the rest of stdout, and stderr."""
        if self._errors.closed:
            return None
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


def test_serve_prints_its_address_answers_restarts_its_worker_and_stops(serve, taken_port):
    served = serve(taken_port)
    first_worker = _worker(served)
    os.kill(first_worker, signal.SIGKILL)

    with urllib.request.urlopen(f"{served.address}/healthz", timeout=5) as answer:
        body = answer.read()
    end = time.monotonic() + 10
    while _worker(served) in {None, first_worker} and time.monotonic() < end:
        time.sleep(0.1)
    second_worker = _worker(served)
    code, rest, errors = served.stop()

    assert served.address.startswith("http://127.0.0.1:") and not served.address.endswith(f":{taken_port}")
    assert body == b"ok\n"
    assert second_worker not in {None, first_worker}
    assert (code, rest) == (0, "")
    assert f"Port {taken_port} is taken" in errors and "The worker stopped; starting it again." in errors


def test_a_second_start_prepares_nothing(serve):
    port = _free()

    second = serve(port)
    code, _, errors = second.stop()

    assert code == 0 and second.address == f"http://127.0.0.1:{port}"
    assert "Preparing" not in errors
