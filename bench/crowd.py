"""A quarter in which one person keeps the figures of very many employees: the largest workbook that comes back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils import timezone

from bench import office
from runut.collection.models import Figure, Line, Period, Sheet
from runut.collection.queries.export import period_columns, period_headings, period_lines, rows_of_period_forms
from runut.collection.queries.rows import Row
from runut.lib.workbooks import write_workbook
from runut.organisation.models import Pegawai
from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, IndicatorVersion
from runut.sop import actions
from runut.sop.models import Branch, Run, Task
from runut.sop.rules import definition as sop

LINES_EACH = 10
YEAR, QUARTER = 2026, 1
BATCH = 500


def build(lines: int) -> tuple[int, int]:
    """An office with a quarter of so many lines, all one person's to fill in; the ids of the period and the person."""
    world = office.build(1)
    world.people = office.seat(world, [world.people[0].acting.jabatan] * (lines // LINES_EACH))  # type: ignore[union-attr]
    people = [actor.pegawai for actor in world.people]
    staff = world.actors["staf"]
    run = actions.start_run(sop=office._in_force(world, _record()), by=staff, title="Catatan kinerja pegawai")
    Task.objects.filter(run=run).update(state="done", done_at=timezone.now())
    period = Period.objects.create(
        instansi=world.instansi, office=world.office, year=YEAR, quarter=QUARTER, basis="pegawai", run=run,
        opened_at=timezone.now(),
    )  # fmt: skip
    _tasks(world, run, people)
    _lines(world, period, people)
    return period.pk, staff.pegawai_id


def _record() -> sop.Definition:
    steps = (
        office._step("siapkan", "staf", "isi", no=1),
        office._step("isi", "staf", "himpun", no=2, work="fill", each="pegawai"),
        office._step("himpun", "kepala", None, no=3),
    )
    lanes = tuple(office._lane(slot) for slot in ("staf", "kepala"))
    return sop.Definition("catat", "Mencatat Kinerja Pegawai", "collection", "pegawai", lanes, steps)


def _tasks(world: office.World, run: Run, people: list[Pegawai]) -> None:
    now = timezone.now()
    branches = Branch.objects.bulk_create(
        (Branch(instansi=world.instansi, run=run, region="isi", member=f"p{each.pk}", pegawai=each) for each in people),
        batch_size=BATCH,
    )
    Task.objects.bulk_create(
        (
            Task(
                instansi=world.instansi, run=run, branch=branch, step="isi", work="fill", jabatan=world.posts["staf"],
                state="open", text="Mencatat", round=1, opened_at=now, counted_from=now,
            )
            for branch in branches
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _lines(world: office.World, period: Period, people: list[Pegawai]) -> None:
    """Everybody has indicators of one's own, as employees do."""
    chance = random.Random(2026)
    for first in range(0, len(people), BATCH):
        some = people[first : first + BATCH]
        sheets = Sheet.objects.bulk_create(
            Sheet(instansi=world.instansi, period=period, run=period.run, member=f"p{each.pk}", pegawai=each)
            for each in some
        )
        made = Indicator.objects.bulk_create(
            [
                Indicator(
                    instansi=world.instansi, office=world.office, code=f"IKI-{each.pk}-{no}", level="individu",
                    pegawai=each,
                )
                for each in some
                for no in range(LINES_EACH)
            ]
        )  # fmt: skip
        versions = IndicatorVersion.objects.bulk_create(
            IndicatorVersion(
                instansi=world.instansi, indicator=one, unit_of_measure="laporan", start=date(YEAR, 1, 1),
                name=f"Laporan kegiatan ke-{place % LINES_EACH + 1} yang selesai",
            )
            for place, one in enumerate(made)
        )  # fmt: skip
        figures = Figure.objects.bulk_create(
            Figure(
                instansi=world.instansi, period=period, indicator=version, member=sheet.member,
                pegawai_id=sheet.pegawai_id, no=place % LINES_EACH + 1, target=Decimal(chance.randint(4, 90)),
            )
            for place, version in enumerate(versions)
            for sheet in [sheets[place // LINES_EACH]]
        )  # fmt: skip
        Line.objects.bulk_create(
            Line(instansi=world.instansi, sheet=sheets[place // LINES_EACH], figure=figure)
            for place, figure in enumerate(figures)
        )


def workbook(period: Period, by: Actor, seed: int) -> bytes:
    """The product's workbook of the period, filled in everywhere: numbers, and now and then a note."""
    heads = period_headings(period)
    rows = _filled(rows_of_period_forms(period, by, heads), random.Random(seed))
    lines = period_lines(rows, heads, period.office.calendar.zone)
    return write_workbook("Data kinerja", [period.name], period_columns(heads), lines)


def _filled(rows: Iterator[Row], chance: random.Random) -> Iterator[Row]:
    """None below 1: of a percentage the product would ask whether it was meant as a share."""
    for row in rows:
        row.line.measure, row.line.amount = "measured", Decimal(chance.randint(101, 9_000)) / 100
        row.line.note = "Laporan terlambat masuk" if chance.random() < 0.05 else ""
        yield row
