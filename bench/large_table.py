"""The acts on a large table, each in a process of its own: build, write, look at, bring in; and the floor of it."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from bench import crowd
from bench.databases import durability, settle
from runut.collection.actions.from_workbook import OF_PERIOD
from runut.collection.models import Period
from runut.collection.queries.columns import ACTUAL, KEY, NOTE
from runut.organisation.actions import imports
from runut.organisation.models import Pegawai, Staged, StagedState
from runut.organisation.permissions import Actor
from runut.organisation.queries import actor_of

FILE = "quarter.xlsx"
Facts = dict[str, int]
Found = dict[str, object]


def build(directory: Path, facts: Facts) -> Found:
    """The office and its quarter."""
    period, person = crowd.build(facts["rows"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (line_id bigint, rev int, amount text, note text)")
        # The floor writes beside the product's lines, so that neither is in the other's way.
        cursor.execute("CREATE TABLE bench_line AS SELECT id, rev, amount, note FROM collection_line")
        cursor.execute("CREATE UNIQUE INDEX bench_line_id ON bench_line (id)")
    settle()
    return {"period": period, "person": person, "durability": durability()}


def write(directory: Path, facts: Facts) -> Found:
    """The workbook of the quarter, filled in."""
    period, by = _period(facts)
    begin, worked = perf_counter(), _worked()
    content = crowd.workbook(period, by, facts["seed"])
    seconds, worked = perf_counter() - begin, _worked() - worked
    (directory / FILE).write_bytes(content)
    return {"written": seconds, "peak_mb": _peak(), "cpu": worked}


def runut(directory: Path, facts: Facts) -> Found:
    """Taken in as an upload, looked at, and brought in, as the product does it."""
    period, by = _period(facts)
    upload = SimpleUploadedFile(FILE, (directory / FILE).read_bytes())
    begin, worked = perf_counter(), _worked()
    staged = imports.receive(office=period.office, kind=OF_PERIOD, file=upload, by=by, about=period.pk)
    imports.read_on(staged_id=staged.pk, kind=OF_PERIOD, enough=lambda: False)
    looked = perf_counter()
    imports.bring_in(staged=staged, kind=OF_PERIOD, by=by)
    imports.bring_on(staged_id=staged.pk, kind=OF_PERIOD)
    end, worked = perf_counter(), _worked() - worked
    peak = _peak()
    staged = Staged.objects.get(pk=staged.pk)
    assert (staged.state, staged.counts["rejected"]) == (StagedState.DONE, 0), (staged.problem, staged.counts)
    assert staged.counts["changed"] + staged.counts["same"] == facts["rows"], staged.counts
    return {
        "looked at": looked - begin, "brought in": end - looked, "looked at and brought in": end - begin,
        "peak_mb": peak, "cpu": worked,
    }  # fmt: skip


def floor(directory: Path, facts: Facts) -> Found:
    """The same file with the same library, and the same numbers by bare SQL."""
    from python_calamine import CalamineWorkbook

    begin, worked = perf_counter(), _worked()
    rows = CalamineWorkbook.from_filelike(BytesIO((directory / FILE).read_bytes())).get_sheet_by_index(0).to_python()
    top = next(place for place, row in enumerate(rows) if KEY in row)
    key, actual, note = (rows[top].index(name) for name in (KEY, ACTUAL, NOTE))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM bench_floor")
        found = ((*str(row[key])[1:].split("-"), str(row[actual]), row[note]) for row in rows[top + 1 :])
        cursor.executemany("INSERT INTO bench_floor VALUES (%s, %s, %s, %s)", found)
        kind = "numeric" if connection.vendor == "postgresql" else "decimal"
        cursor.execute(
            f"UPDATE bench_line SET amount = CAST(new.amount AS {kind}), note = new.note, rev = bench_line.rev + 1 "
            "FROM bench_floor AS new WHERE bench_line.id = new.line_id"
        )
        assert cursor.rowcount == facts["rows"], cursor.rowcount
    seconds, worked = perf_counter() - begin, _worked() - worked
    return {"looked at and brought in": seconds, "peak_mb": _peak(), "cpu": worked}


def _period(facts: Facts) -> tuple[Period, Actor]:
    period = Period.objects.select_related("office__calendar", "run").get(pk=facts["period"])
    return period, actor_of(Pegawai.objects.get(pk=facts["person"]), timezone.localdate())


def _worked() -> float:
    """Seconds that the processor worked for this process and those it started, whatever else the machine did."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def _peak() -> int:
    """Megabytes that this process and the largest one it started took at most."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(sum(usage) / unit)


DO: dict[str, Callable[[Path, Facts], Found]] = {"build": build, "written": write, "runut": runut, "floor": floor}
