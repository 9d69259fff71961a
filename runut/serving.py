"""`runut serve` and `runut demo`: prepare what is new, then keep a web server and a worker running.

The process that supervises loads no Django application: it starts fast and stays small.
"""

import hashlib
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from importlib import import_module
from pathlib import Path
from typing import cast

from runut.lib.first_office import CREATE_OFFICE, HEADER

PACKAGE = Path(__file__).resolve().parent
PORTS_TO_TRY = 50
START_SECONDS = 60
STOP_SECONDS = 10
COURTESY_SECONDS = 5
# A child that dies more often than this, within the window, will not get better by itself.
RESTARTS_ALLOWED = 5
RESTART_WINDOW_SECONDS = 60


def say(line: str) -> None:
    """Progress goes to stderr: stdout carries the address and nothing else."""
    print(line, file=sys.stderr, flush=True)


def serve(*, host: str, first_port: int, demo: bool) -> int:
    """Serve until SIGTERM or Ctrl-C; gives the exit code. Prints the bare address on stdout when it answers."""
    data = Path(import_module("runut.settings").DATA)  # a bad configuration raises here, with its sentence
    stop = Stop()
    if not _prepare_if_new(data, demo=demo):
        return 1
    port = free_port(host, first_port)
    if port is None:
        last = min(first_port + PORTS_TO_TRY - 1, 65535)
        say(f"Ports {first_port} to {last} are all taken: choose another with --port.")
        return 1
    if first_port and port != first_port:
        say(f"Port {first_port} is taken; using {port}.")
    children = [Child("web server", web_command(host, port)), Child("worker", [*_python(), "runut", "worker"])]
    try:
        return _supervise(children, port=port, demo_file=data / "demo.json" if demo else None, stop=stop)
    finally:
        if stop.from_terminal:  # the children have heard it too; a second signal would cut off a running job
            wait_for(lambda: not any(child.is_running() for child in children), seconds=COURTESY_SECONDS)
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait_or_kill()


class Stop(threading.Event):
    """Set by SIGTERM, Ctrl-C, a closed terminal or (on Windows) Ctrl-Break."""

    def __init__(self) -> None:
        super().__init__()
        self.from_terminal = False
        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._heard)

    def _heard(self, number: int, _frame: object) -> None:
        self.from_terminal = number == signal.SIGINT and os.name != "nt"
        self.set()


def wait_for(happened: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until it has happened, at most so long; gives whether it has."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def free_port(host: str, first: int) -> int | None:
    """The first port from `first` on that nobody listens on; with 0, any that the system gives."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, min(first + PORTS_TO_TRY, 65536) if first else 1):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # there it would allow a port that is in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return None


def web_command(host: str, port: int) -> list[str]:
    """One web process with four threads: what an office PC needs, and what SQLite likes."""
    listen = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"]
    size = ["--workers", "1", "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning"]
    return [*_python(), "granian", *listen, *size, "runut.wsgi:application"]


def _python() -> list[str]:
    return [sys.executable, "-m"]


def _environment() -> dict[str, str]:
    paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path), "PYTHONUNBUFFERED": "1"}


class Child:
    """A process that is started again when it dies."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self._command = command
        self._deaths: list[float] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def restart(self) -> bool:
        """Start it again; False when it has died too often to go on."""
        now = time.monotonic()
        self._deaths = [moment for moment in self._deaths if now - moment < RESTART_WINDOW_SECONDS] + [now]
        if len(self._deaths) > RESTARTS_ALLOWED:
            say(f"The {self.name} stops again and again: read the lines above, correct the cause and start once more.")
            return False
        say(f"The {self.name} stopped; starting it again.")
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self._process is not None and self.is_running():
            # Windows knows no polite terminate; a break is what console programs listen to.
            self._process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM))

    def wait_or_kill(self) -> None:
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _supervise(children: list[Child], *, port: int, demo_file: Path | None, stop: threading.Event) -> int:
    for child in children:
        child.start()
    address = f"http://127.0.0.1:{port}"
    answer = _wait_until_it_answers(address, children[0], stop)
    if answer is None:
        if not stop.is_set():
            say("The web server does not answer: read the lines above; `runut check` may say more.")
        return 0 if stop.is_set() else 1
    if demo_file is not None:
        for line in sign_ins(demo_file):
            say(line)
    print(address, flush=True)
    if HEADER in answer:
        for line in first_steps(address):
            say(line)
    say("Stop with Ctrl-C.")
    while not stop.wait(0.5):
        for child in children:
            if not child.is_running() and not stop.is_set() and not child.restart():
                return 1
    say("Stopping.")
    return 0


def _wait_until_it_answers(address: str, web: Child, stop: threading.Event) -> Message | None:
    """The headers of the first good answer; None when none came."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and web.is_running() and not stop.is_set():
        try:
            with opener.open(f"{address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return cast(Message, answer.headers)
        except (urllib.error.URLError, OSError):
            stop.wait(0.1)
    return None


def first_steps(address: str) -> Iterator[str]:
    """Lines that tell how an empty installation gets its first office and its admin."""
    given = os.environ.get("RUNUT_DATA")
    yield "Nobody can sign in here yet. Take up the first office and its admin in another terminal (own names):"
    if given:
        yield f"  {'set' if os.name == 'nt' else 'export'} RUNUT_DATA={shlex.quote(str(Path(given).resolve()))}"
    yield f"  {_program()} {CREATE_OFFICE}"
    yield f"It prints a one-time code: use it at {address}/aktivasi/, then follow the six steps of {address}/siapkan/."


def _program() -> str:
    """How this program was called, so that the line works as it is told."""
    called = Path(sys.argv[0])
    return "runut" if called.stem == "runut" else f"{shlex.quote(sys.executable)} -m runut"


def sign_ins(demo_file: Path) -> Iterator[str]:
    """Lines that tell who may sign in to the demo, office by office."""
    people = json.loads(demo_file.read_text(encoding="utf-8"))
    rows = people if isinstance(people, list) else people["people"]
    office = None
    for row in rows:
        if row["office"] != office:
            office = row["office"]
            yield f"{office}:"
        yield f"  {row['nip']}  {row['password']}  {row['name']} ({row['lane']})"


# --- Preparing ------------------------------------------------------------------------------------------------------


def fingerprint() -> str:
    """Changes whenever a file of the product changes, so that an unchanged product starts without preparing again."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path.relative_to(PACKAGE)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _prepare_if_new(data: Path, *, demo: bool) -> bool:
    stamp = data / "prepared"
    current = fingerprint()
    embedded = not os.environ.get("DATABASE_URL") and (data / "runut.sqlite3").exists()
    loaded = not demo or (data / "demo.json").exists()
    if embedded and loaded and stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return True
    done = subprocess.run(
        [*_python(), "runut", "prepare"],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        check=False,
    )
    if done.returncode != 0:
        say("Preparing did not succeed: read the lines above, correct the cause and start again; nothing is half done.")
        return False
    stamp.write_text(current, encoding="ascii")
    return True


def prepare() -> None:
    """Bring database and static files up to this version; in the demo, load its offices once."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    data = Path(settings.DATA)
    say(f"Preparing {data} ...")
    say("  database")
    call_command("migrate", interactive=False, verbosity=0)
    say("  static files")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    if settings.DEMO and not (data / "demo.json").exists():
        say("  demo offices (once; this takes a little)")
        call_command("load_demo")
