"""The log: written once, chained, and checked by two programs that agree."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from runut.audit import queries
from runut.audit.actions import record, record_refusal
from runut.audit.models import Entry
from runut.audit.rules import log_root, verify

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_log.py"


@pytest.fixture
def written(office):
    """Three entries in the office's stream and a refused one in a person's."""
    camat = office.actor(office.camat)
    for number in range(3):
        record("office.updated", subject=office.office, by=camat, after={"phone": f"0{number}"}, reason="pindah")
    record_refusal("sop:task", subject=office.staf, by=office.actor(office.staf), reason="bukan", stream="pegawai:1")
    return list(queries.all_entries())


def rewritten(entries, place, **fields):
    for name, value in fields.items():
        setattr(entries[place], name, value)
    return verify(entries)


def test_entries_of_a_stream_are_numbered_and_chained(written):
    first, second, third, alone = written

    assert [entry.seq for entry in written] == [1, 2, 3, 1]
    assert (second.prev_hash, third.prev_hash, alone.prev_hash) == (first.hash, second.hash, "")
    assert verify(written) == []


def test_an_entry_says_who_acted_in_whose_name(written, office):
    entry = written[0]

    assert (entry.actor_id, entry.actor_name, entry.actor_title) == (office.camat.pk, "Arga Wiratama", "Camat")
    assert entry.payload == {"before": {}, "after": {"phone": "00"}, "reason": "pindah"}


def test_the_trail_of_a_row_is_its_entries_in_order(written, office):
    assert list(queries.trail(office.office)) == written[:3]
    assert list(queries.stream("pegawai:1")) == written[3:]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"payload": {"before": {}, "after": {}, "reason": "lain"}}, ["payload"]),
        ({"actor_name": "Orang Lain"}, ["payload"]),
        ({"actor_id": 999}, ["payload"]),
        ({"event": "office.created"}, ["hash"]),
        ({"refused": True}, ["hash"]),
        ({"hash": "0" * 64}, ["hash", "chain"]),
    ],
)
def test_a_changed_entry_shows(written, fields, codes):
    assert [problem.code for problem in rewritten(written, 1, **fields)] == codes


def test_a_missing_entry_shows(written):
    assert [problem.code for problem in verify([written[0], written[2], written[3]])] == ["gap"]


def test_a_cut_tail_shows_only_against_the_root(written):
    root = log_root(queries.heads())
    cut = [written[0], written[1], written[3]]

    assert verify(written, root) == []
    assert verify(cut) == []
    assert [problem.code for problem in verify(cut, root)] == ["root"]


def test_the_database_refuses_to_change_or_delete_an_entry(written):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=written[0].pk).update(event="x")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=written[0].pk).delete()

    assert Entry.objects.count() == 4


def run_tool(path, *options):
    return subprocess.run([sys.executable, TOOL, path, *options], capture_output=True, text=True, check=False)


def tampered(path, change):
    lines = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def test_the_script_and_the_product_agree_about_an_export(written, tmp_path, capsys):
    path = tmp_path / "log.jsonl"
    call_command("export_log", str(path))
    root = log_root(queries.heads())

    answer = run_tool(path, "--root", root)

    assert f"4 entries, root {root}" in capsys.readouterr().out
    assert (answer.returncode, answer.stdout) == (0, f"ok: 4 entries, root {root}\n")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda lines: lines[1].update(actor_name="Orang Lain"), "#2 payload"),
        (lambda lines: lines[1].update(at="2020-01-01T00:00:00+00:00"), "#2 hash"),
        (lambda lines: lines[1].update(catatan="disisipkan"), "#2 keys"),
        (lambda lines: lines.pop(1), "#3 gap"),
        (lambda lines: lines.pop(2), "root: not the one given"),
    ],
)
def test_the_script_finds_what_was_done_to_an_export(written, tmp_path, change, found):
    path = tmp_path / "log.jsonl"
    call_command("export_log", str(path))
    tampered(path, change)

    answer = run_tool(path, "--root", log_root(queries.heads()))

    assert answer.returncode == 1
    assert found in answer.stdout


@pytest.mark.parametrize("key", ["event", "reason"])
def test_the_script_finds_a_key_that_is_written_twice(written, tmp_path, key):
    """In the line itself, and in what it tells."""
    path = tmp_path / "log.jsonl"
    call_command("export_log", str(path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{key}":', f'"{key}": "lain", "{key}":', 1), encoding="utf-8")

    answer = run_tool(path)

    assert (answer.returncode, " keys: " in answer.stdout) == (1, True)


DEEP = "[" * 200_000
BIG = '{"seq": ' + "9" * 5000 + "}"


@pytest.mark.parametrize(
    "text",
    ["bukan json\n", '{"stream": "a"}\n', DEEP, BIG, None],
    ids=["no json", "no entry", "deep", "long number", "no file"],
)
def test_the_script_says_when_it_cannot_read(tmp_path, text):
    path = tmp_path / "log.jsonl"
    if text is not None:
        path.write_text(text, encoding="utf-8")

    answer = run_tool(path)

    assert answer.returncode == 2
    assert answer.stderr.startswith("unreadable: ")


def test_the_command_checks_the_log_where_it_stands(written, capsys):
    call_command("verify_log")

    assert capsys.readouterr().out == f"ok, root {log_root(queries.heads())}\n"


def test_the_command_ends_with_1_when_the_root_is_another(written, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_log", root="0" * 64)

    assert "root" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["verify-log"], ["export-log", "log.jsonl"]])
def test_where_there_is_no_log_a_sentence_says_so(tmp_path, command):
    place = {"RUNUT_DATA": str(tmp_path / "data"), "DATABASE_URL": "", "PYTHONPATH": str(TOOL.parent.parent)}
    answer = subprocess.run(
        [sys.executable, "-m", "runut", *command], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, **place},
    )  # fmt: skip

    assert answer.returncode == 2
    assert "There is no log here yet" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "log.jsonl").exists()
