"""The `runut` command: its own words first, everything else is handed to Django's management commands."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

HELP = """\
usage: runut COMMAND [options]

  demo [--port N] [--data DIR]     five invented offices at work, on this machine
  serve [--port N] [--data DIR]    the product: web server and worker, on an embedded database or DATABASE_URL
  create-office --help             take up an office and who looks after it; prints a one-time code
  mark-coordinating --help         let an office see how far all offices of its government are, in counts
  worker                           one more worker for the jobs in the background
  migrate                          bring the database up to this version
  check                            say what is wrong with the installation
  lint-sop FILE                    check an SOP file
  lint-table FILE                  check the figures of a published table
  export-log FILE, verify-log      write out the audit log, check its chain

Any other command of Django works too: runut help. Settings: DATABASE_URL, RUNUT_DATA, RUNUT_HOSTS, RUNUT_HTTPS.
"""

# These only read a file: they must not leave a data directory behind.
NEEDS_NO_DATA = {"lint-sop", "lint-table"}
WORKER = ["worker", "--queue-name", "*", "--no-startup-delay", "--no-reload"]


def main(argv: list[str] | None = None) -> int:
    """Run one command; gives the exit code. A bad configuration is one sentence on stderr and code 2."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runut.settings")
    if not words or words[0] in {"-h", "--help"}:
        print(HELP, end="")
        return 0
    try:
        return _run(words[0], words[1:])
    except ImproperlyConfigured as error:
        print(f"runut: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read has seen enough (`runut lint-table FILE | head`); nothing more may be written at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(command: str, rest: list[str]) -> int:
    if command in {"demo", "serve"}:
        return _serve(command, rest)
    if command == "prepare":
        from runut.serving import prepare

        prepare()
        return 0
    if command in NEEDS_NO_DATA:
        with tempfile.TemporaryDirectory(prefix="runut-") as scratch:
            os.environ["RUNUT_DATA"] = scratch
            return _manage([command.replace("-", "_"), *rest])
    return _manage([*WORKER, *rest] if command == "worker" else [command.replace("-", "_"), *rest])


def _manage(line: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["runut", *line])
    return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text} is no port: use a number from 1 to 65535, or 0 for any free one")
    return int(text)


def _serve(command: str, rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog=f"runut {command}")
    parser.add_argument("--port", type=_port, default=8000, help="first port to try (8000); 0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1; 0.0.0.0 for the office)")
    parser.add_argument("--data", type=Path, help="directory of the database and files (.data, or RUNUT_DATA)")
    options = parser.parse_args(rest)
    demo = command == "demo"
    if options.data:
        os.environ["RUNUT_DATA"] = str(options.data)
    elif demo:
        os.environ.setdefault("RUNUT_DATA", str(Path(".data") / "demo"))
    if demo:
        os.environ["RUNUT_DEMO"] = "1"
    from runut.serving import serve

    return serve(host=options.host, first_port=options.port, demo=demo)
