#!/usr/bin/env python3
"""Check an exported log of Runut, with nothing but Python.

    python3 verify_log.py FILE [--root HEX]

Exit 0: every chain holds (and the root is the one given). Exit 1: something was changed, taken out or cut.
Exit 2: the file cannot be read. What is checked is written in docs/log.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

TOLD = ("instansi_id", "actor_id", "actor_name", "actor_title", "subject_label", "payload")
FIXED = ("stream", "seq", "at", "event", "subject_type", "subject_id", "payload_hash", "refused", "prev_hash")
KEYS = {*TOLD, *FIXED, "hash"}
Line = dict[str, object]


class Unreadable(Exception):
    """The file is no export of a log."""


def content_hash(value: object) -> str:
    """SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Twice(dict[str, object]):
    """An object of which a key was written twice: readers differ in which one they take."""


def _object(pairs: list[tuple[str, object]]) -> Line:
    return dict(pairs) if len(dict(pairs)) == len(pairs) else Twice(pairs)


def written_twice(value: object) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, Twice) or any(written_twice(each) for each in inside)


def read(path: Path) -> Iterator[Line]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                line = json.loads(text, object_pairs_hook=_object)
                if not isinstance(line, dict) or not line.keys() >= KEYS or type(line["seq"]) is not int:
                    raise Unreadable(f"line {number} is no log entry")
                yield line
    except (OSError, ValueError) as error:  # a text that is no UTF-8 or no JSON, a number of too many digits
        raise Unreadable(str(error)) from error


def problems_of(line: Line, last_seq: int, last_hash: str) -> Iterator[tuple[str, str]]:
    if line.keys() - KEYS or written_twice(line):
        yield "keys", "something was written beside what the product writes"
    if line["seq"] != last_seq + 1:
        yield "gap", f"number {line['seq']} follows {last_seq}"
    elif line["prev_hash"] != last_hash:
        yield "chain", "does not continue the entry before it"
    if line["payload_hash"] != content_hash({name: line[name] for name in TOLD}):
        yield "payload", "what it tells was changed"
    if line["hash"] != content_hash({name: line[name] for name in FIXED}):
        yield "hash", "its fixed fields were changed"


def verify(lines: Iterator[Line], root: str) -> tuple[int, list[str], str]:
    """How many entries, what is wrong, and the root of these entries."""
    count, found = 0, []
    seqs: dict[str, int] = {}
    heads: dict[str, str] = {}
    for line in lines:
        stream = str(line["stream"])
        for code, text in problems_of(line, seqs.get(stream, 0), heads.get(stream, "")):
            found.append(f"{stream}#{line['seq']} {code}: {text}")
        seqs[stream], heads[stream] = int(str(line["seq"])), str(line["hash"])
        count += 1
    own_root = content_hash([[stream, heads[stream]] for stream in sorted(heads)])
    if root and own_root != root:
        found.append("root: not the one given: a tail is cut, or the log was rewritten")
    return count, found, own_root


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check an exported log of Runut.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--root", default="", help="the root noted down when the export was made")
    options = parser.parse_args(arguments)
    try:
        count, found, root = verify(read(options.file), options.root.lower())
    except Unreadable as error:
        print(f"unreadable: {error}", file=sys.stderr)
        return 2
    except (RecursionError, ValueError):  # nested without end, or letters that no text has
        print("unreadable: a line holds what no log entry can hold", file=sys.stderr)
        return 2
    for text in found:
        print(text)
    if found:
        print(f"{len(found)} problems in {count} entries")
        return 1
    print(f"ok: {count} entries, root {root}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
