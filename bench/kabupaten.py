"""A kabupaten after years of use: its offices, their people, and every figure of every quarter, made by SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from django.utils import timezone

from bench import office
from bench.databases import settle
from bench.office import World
from runut.audit.models import Entry
from runut.collection.models import Delivery, Figure, Line, Mark, Period, Sheet, Value
from runut.organisation.actions import mark_coordinating
from runut.organisation.models import Instansi
from runut.planning.models import Indicator, IndicatorVersion, Target
from runut.sop.models import Branch, Run, RunScope, Task
from runut.sop.rules import definition as sop

# Of each office: people who hand in data, and indicators of each. 420 values a quarter.
PEOPLE, EACH = 42, 10
BATCH = 500
NAMES = (
    "Nilai kepuasan masyarakat", "Berkas selesai tepat waktu", "Laporan kegiatan yang selesai", "Pengaduan ditangani",
    "Kunjungan lapangan", "Peserta yang dilatih", "Data yang dimutakhirkan", "Rapat dengan notula", "Surat dijawab",
    "Temuan ditindaklanjuti",
)  # fmt: skip
SEQUENCES = (Run, Period, Branch, Sheet, Delivery, Figure, Line, Value, Mark, Task, Target, RunScope, Entry)


@dataclass(frozen=True)
class Size:
    """So many offices with so many years of quarters behind them."""

    offices: int
    years: int

    @property
    def quarters(self) -> int:
        return 4 * self.years

    @property
    def values(self) -> int:
        return self.offices * self.quarters * PEOPLE * EACH


def build(size: Size, last: tuple[int, int]) -> list[World]:
    """The offices, with all quarters up to and with this one (year, quarter) collected, validated and signed.

    In every other office an operator types in what the people hand over; in the rest each one does so oneself.
    """
    instansi = Instansi.objects.create(code="KAB", name="Kabupaten Contoh")
    worlds = [office.bare(PEOPLE, instansi) for _number in range(size.offices)]
    mark_coordinating(office=worlds[0].office, coordinates=True, by=None)
    runs = [office._in_force(world, procedure(operator=bool(no % 2))) for no, world in enumerate(worlds)]
    versions = [each.versions.get(state="in_force").pk for each in runs]
    first = last[0] * 4 + last[1] - size.quarters
    with _unchecked():
        _helpers(worlds, versions, [_plan(world, first // 4) for world in worlds], size, first)
        for made, given, source in _tables(size):
            _insert(made, given, source)
        for model in SEQUENCES:
            _renumber(model)
    settle()
    return worlds


def procedure(*, operator: bool) -> sop.Definition:
    """Forms made, sent out, filled in, validated by each one's superior, gathered, signed."""
    lane, more = ("staf", {}) if operator else ("pegawai", {"actor": sop.Actor("subject")})
    steps = (
        office._step("siapkan", "staf", "bagikan", no=1, work="prepare", norm=sop.Norm(1, "hari")),
        office._step("bagikan", "staf", "isi", no=2, work="distribute", norm=sop.Norm(30, "menit")),
        office._step("isi", lane, "periksa", no=3, work="fill", act="isi", each="pegawai", norm=sop.Norm(3, "hari"),
                     **more),
        office._step("periksa", "penilai", "himpun", no=4, back="isi", work="review", act="validasi", each="pegawai",
                     actor=sop.Actor("superior"), paraf=True, norm=sop.Norm(30, "menit", per="item")),
        office._step("himpun", "staf", "tandatangan", no=5, work="compile", norm=sop.Norm(1, "hari")),
        office._step("tandatangan", "kepala", None, no=6, work="sign", norm=sop.Norm(30, "menit")),
    )  # fmt: skip
    lanes = tuple(office._lane(key) for key in ("staf", "pegawai", "penilai", "kepala"))
    return sop.Definition("kumpul", "Pengumpulan Data Kinerja", "collection", "pegawai", lanes, steps)


def _plan(world: World, year: int) -> tuple[int, int]:
    """Everybody's indicators, defined since the first year; the ids of the first one and of its version."""
    made = Indicator.objects.bulk_create(
        (
            Indicator(
                instansi=world.instansi, office=world.office, code=f"IKI-{place + 1:02}-{no + 1:02}", level="individu",
                pegawai=actor.pegawai,
            )
            for place, actor in enumerate(world.people)
            for no in range(EACH)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    versions = IndicatorVersion.objects.bulk_create(
        (
            IndicatorVersion(
                instansi=world.instansi, indicator=one, unit_of_measure="persen", start=date(year, 1, 1),
                name=f"{NAMES[place % EACH]} ({place // EACH + 1})", kind="iki",
            )
            for place, one in enumerate(made)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    assert (made[-1].pk - made[0].pk, versions[-1].pk - versions[0].pk) == (len(made) - 1,) * 2, "ids with gaps"
    return made[0].pk, versions[0].pk


def _helpers(worlds: list[World], versions: list[int], plans: list[tuple[int, int]], size: Size, first: int) -> None:
    """Small tables to count by: `o` the offices, `t` the quarters (five more have targets), `p` people, `k` numbers."""
    moment = "timestamptz" if connection.vendor == "postgresql" else "text"
    names = ("n", "office", "version", "indicator", "defined", "person", "staf", "kasi", "post")
    o = [
        (
            n, world.office.pk, versions[n], *plans[n], world.people[0].pegawai_id, world.actors["staf"].pegawai_id,
            world.superiors[0].pegawai_id, world.posts["staf"].pk,
        )
        for n, world in enumerate(worlds)
    ]  # fmt: skip
    _table("o", ", ".join(f"{name} bigint" for name in names), o)
    t = []
    for n in range(size.quarters + 5):
        year, quarter = divmod(first + n, 4)
        at = datetime(year + (quarter == 3), (quarter * 3 + 3) % 12 + 1, 5, 2, tzinfo=UTC)
        moments = (connection.ops.adapt_datetimefield_value(at + timedelta(days=days)) for days in (0, 3, 4, 6))
        t.append((n, year, quarter + 1, *moments))
    _table("t", f"n bigint, year int, quarter int, at {moment}, filled {moment}, judged {moment}, signed {moment}", t)
    _table("p", "n bigint", [(n,) for n in range(PEOPLE)])
    _table("k", "n bigint", [(n,) for n in range(EACH)])


def _table(name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")
        cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


# What each row of the small tables says of the ids: quarter after quarter, office after office, person after person.
RUN = "(t.n * {offices} + o.n + 1)"
SHEET = f"(({RUN} - 1) * {PEOPLE} + p.n + 1)"
FIGURE = f"(({SHEET} - 1) * {EACH} + k.n + 1)"
OF_RUN = "FROM t, o WHERE t.n < {quarters}"
OF_SHEET = "FROM t, o, p WHERE t.n < {quarters}"
OF_FIGURE = "FROM t, o, p, k WHERE t.n < {quarters}"
PERSON = "o.person + p.n"
MEMBER = f"'p' || ({PERSON})"
KASI = f"o.kasi + p.n / {office.PEOPLE_PER_SECTION}"
AMOUNT = f"(50 + ({FIGURE} * 7919 + t.n * 131) %% 5000 / 100.0)"
Copied = tuple[models.Model, dict[str, str], str]


def _tables(size: Size) -> Iterator[Copied]:
    """What is copied how often, in the order in which it refers to each other."""
    words = {"offices": size.offices, "quarters": size.quarters}
    for made, given, source in (*_of_runs(), *_of_sheets(), *_of_figures()):
        ordered = f"{source.format(**words)} ORDER BY 1"
        yield made, {name: sql.format(**words) for name, sql in given.items()}, ordered


def _of_runs() -> Iterator[Copied]:
    now, tenant = timezone.now(), Instansi.objects.get().pk
    yield (
        Run(instansi_id=tenant, state="done", rev=3),
        {"id": RUN, "office_id": "o.office", "version_id": "o.version", "started_by_id": "o.staf",
         "title": "'Pengumpulan Triwulan ' || t.quarter || ' ' || t.year", "started_at": "t.at",
         "ended_at": "t.signed"},
        OF_RUN,
    )  # fmt: skip
    yield (
        Period(instansi_id=tenant, basis="pegawai"),
        {"id": RUN, "office_id": "o.office", "year": "t.year", "quarter": "t.quarter", "run_id": RUN,
         "opened_at": "t.at"},
        OF_RUN,
    )  # fmt: skip
    for place, work in enumerate(("prepare", "distribute", "compile")):
        yield (
            Task(instansi_id=tenant, step=work, round=1, work=work, printed_no="1", text="Mengerjakan", lane="staf",
                 state="done", outcome="complete", opened_at=now, counted_from=now),
            {"id": f"{RUN} * 3 + {place}", "run_id": RUN, "jabatan_id": "o.post", "done_by_id": "o.staf",
             "opened_at": "t.at", "counted_from": "t.at", "done_at": "t.at"},
            OF_RUN,
        )  # fmt: skip
    yield (
        Target(instansi_id=tenant, no=1),
        {"indicator_id": f"o.indicator + p.n * {EACH} + k.n", "year": "t.year", "quarter": "t.quarter",
         "amount": "60 + (o.n + p.n + k.n) %% 30"},
        "FROM t, o, p, k WHERE t.n < {quarters} + 5",
    )  # fmt: skip
    yield (
        Target(instansi_id=tenant, no=1, quarter=0),
        {"indicator_id": f"o.indicator + p.n * {EACH} + k.n", "year": "t.year", "amount": "90"},
        "FROM (SELECT DISTINCT year FROM t) AS t, o, p, k WHERE true",
    )  # fmt: skip


def _of_sheets() -> Iterator[Copied]:
    now, tenant = timezone.now(), Instansi.objects.get().pk
    yield (
        Branch(instansi_id=tenant, region="isi", state="done"),
        {"id": SHEET, "run_id": RUN, "member": MEMBER, "pegawai_id": PERSON},
        OF_SHEET,
    )
    yield (
        Sheet(instansi_id=tenant, state="signed", rev=4),
        {"id": SHEET, "period_id": RUN, "run_id": RUN, "member": MEMBER, "pegawai_id": PERSON,
         "submitted_at": "t.filled", "submitted_by_id": PERSON, "validated_at": "t.judged", "validated_by_id": KASI},
        OF_SHEET,
    )  # fmt: skip
    yield (
        Delivery(instansi_id=tenant),
        {"id": SHEET, "sheet_id": SHEET, "recipient_id": PERSON, "sent_at": "t.at", "opened_at": "t.at"},
        OF_SHEET,
    )
    for place, (work, who, when) in enumerate((("fill", PERSON, "t.filled"), ("review", KASI, "t.judged"))):
        step = {"fill": "isi", "review": "periksa"}[work]
        yield (
            Task(instansi_id=tenant, step=step, round=1, work=work, printed_no="3", text="Mengerjakan", lane="pegawai",
                 state="done", outcome="complete", opened_at=now, counted_from=now),
            {"id": f"{{offices}} * {{quarters}} * 3 + {SHEET} * 2 + {place} + 3", "run_id": RUN, "branch_id": SHEET,
             "pegawai_id": who, "done_by_id": who, "opened_at": "t.at", "counted_from": "t.at", "done_at": when},
            OF_SHEET,
        )  # fmt: skip
        event = {"fill": "sheet.submitted", "review": "sheet.validated"}[work]
        yield (
            Entry(event=event, subject_type="collection.sheet", instansi_id=tenant, payload_hash="0" * 64,
                  hash="0" * 64, prev_hash="0" * 64, payload={"state": "submitted"}, actor_name="Contoh"),
            {"at": when, "stream": f"'run:' || {RUN}", "seq": f"p.n * 2 + {place} + 1", "subject_id": SHEET,
             "actor_id": who},
            OF_SHEET,
        )  # fmt: skip


def _of_figures() -> Iterator[Copied]:
    tenant = Instansi.objects.get().pk
    yield (
        Figure(instansi_id=tenant, annual_target=Decimal(90)),
        {"id": FIGURE, "period_id": RUN, "indicator_id": f"o.defined + p.n * {EACH} + k.n", "member": MEMBER,
         "pegawai_id": PERSON, "no": "k.n + 1", "target": "60 + (o.n + p.n + k.n) %% 30"},
        OF_FIGURE,
    )  # fmt: skip
    yield (
        Line(instansi_id=tenant, measure="measured", rev=1, verdict="fine"),
        {"id": FIGURE, "sheet_id": SHEET, "figure_id": FIGURE, "amount": AMOUNT, "edited_at": "t.filled",
         "edited_by_id": PERSON},
        OF_FIGURE,
    )  # fmt: skip
    yield (
        Value(instansi_id=tenant, no=1, measure="measured", by_title="Pelaksana"),
        {"id": FIGURE, "figure_id": FIGURE, "sheet_id": SHEET, "amount": AMOUNT, "at": "t.filled", "by_id": PERSON,
         "target": "60 + (o.n + p.n + k.n) %% 30"},
        OF_FIGURE,
    )  # fmt: skip
    for kind, who, when in (("validated", KASI, "t.judged"), ("signed", "o.staf - 3", "t.signed")):
        yield (
            Mark(instansi_id=tenant, kind=kind, by_title="Pejabat", basis="Rekap"),
            {"value_id": FIGURE, "at": when, "by_id": who},
            OF_FIGURE,
        )


def _insert(made: models.Model, given: dict[str, str], source: str) -> None:
    """Copies of a row that was never saved, some columns given as SQL; the first of these orders them.

    What the database itself fills in is left to it.
    """
    fields = {
        field.column: field
        for field in made._meta.concrete_fields
        if not isinstance(getattr(made, field.attname), DatabaseDefault)
    }
    rest = [column for column in fields if column not in given and not fields[column].primary_key]
    params = [fields[column].get_db_prep_save(getattr(made, fields[column].attname), connection) for column in rest]
    names = ", ".join(f'"{column}"' for column in (*given, *rest))
    values = ", ".join((*given.values(), *["%s"] * len(rest)))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {made._meta.db_table} ({names}) SELECT {values} {source}", params)


@contextmanager
def _unchecked() -> Iterator[None]:
    """Without asking of each of millions of rows whether what it refers to is there: it is, by how it was counted."""
    ways = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON", "PRAGMA synchronous = OFF",
                   "PRAGMA synchronous = FULL"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = origin",
                       "SET synchronous_commit = off", "SET synchronous_commit = on"),
    }[connection.vendor]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ways[0])
        cursor.execute(ways[2])
        yield
        cursor.execute(ways[1])
        cursor.execute(ways[3])


def _renumber(model: type[models.Model]) -> None:
    """Let the next row continue after those whose numbers were given."""
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
