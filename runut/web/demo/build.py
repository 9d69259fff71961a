"""Bringing a described office into an empty database: an initial load, before anybody has signed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

from runut.organisation.models import (
    Assignment,
    Instansi,
    Jabatan,
    Office,
    Pegawai,
    Supervision,
    Unit,
    User,
    WorkCalendar,
)
from runut.organisation.permissions import Actor
from runut.organisation.queries import actor_of, free_slug
from runut.planning.models import (
    ActivityLevel,
    Aggregation,
    Budget,
    Indicator,
    IndicatorVersion,
    Kegiatan,
    Level,
    OfficeScale,
    Plan,
    PlanKind,
    Polarity,
    Sasaran,
    Stakeholder,
    Target,
    Tujuan,
    ValueType,
)
from runut.planning.rules import SHIPPED, as_stored
from runut.web.demo.meanings import MEANINGS
from runut.web.demo.people import Person
from runut.web.demo.spec import INSTANSI, IndicatorSpec, JobSpec, OfficeSpec

HOURS = {
    **{str(day): [["07.30", "12.00"], ["13.00", "16.00"]] for day in range(4)},
    "4": [["07.30", "11.30"], ["13.00", "16.30"]],
}
RAMADAN_HOURS = {
    **{str(day): [["08.00", "12.00"], ["12.30", "15.00"]] for day in range(4)},
    "4": [["08.00", "11.30"], ["12.30", "15.30"]],
}


@dataclass(slots=True)
class Built:
    """An office as it stands in the database, with its people by position code."""

    spec: OfficeSpec
    office: Office
    since: date
    units: dict[str, Unit] = field(default_factory=dict)
    jobs: dict[str, Jabatan] = field(default_factory=dict)
    people: dict[str, list[Pegawai]] = field(default_factory=dict)

    def person(self, job: str) -> Pegawai:
        """Whoever holds this position, the first of several."""
        return self.people[job][0]

    def actor(self, job: str) -> Actor:
        return actor_of(self.person(job), self.since)


def build_office(spec: OfficeSpec, *, people: Iterator[Person], password: str, years: Sequence[int]) -> Built:
    """The office with units, positions, people, sign-ins, plan, indicators and targets.

    password: the hashed password that all its people share. years: those that have targets, earliest first.
    """
    code, name = INSTANSI[spec.instansi]
    instansi, _new = Instansi.objects.get_or_create(code=code, defaults={"name": name})
    office = Office.objects.create(
        instansi=instansi, code=spec.code, slug=free_slug(instansi, name=spec.short, code=spec.code),
        name=spec.name, short_name=spec.short, kind=spec.kind, address=spec.address, place=spec.place,
        number_code=spec.number_code, terms=dict(spec.terms), coordinates=spec.coordinates,
    )  # fmt: skip
    WorkCalendar.objects.create(
        instansi=instansi, office=office, zone=spec.zone, hours=HOURS, ramadan_hours=RAMADAN_HOURS
    )
    built = Built(spec, office, date(years[0], 1, 2))
    _units(built)
    _jobs(built)
    _people(built, people, password)
    if spec.indicators:
        _plan(built, years)
    return built


def _units(built: Built) -> None:
    office = built.office
    for spec in built.spec.units:
        built.units[spec.code] = Unit.objects.create(
            instansi_id=office.instansi_id, office=office, code=spec.code, name=spec.name,
            supplies_data=spec.supplies, parent=built.units.get(spec.under),
        )  # fmt: skip


def _jobs(built: Built) -> None:
    office = built.office
    for spec in built.spec.jobs:
        built.jobs[spec.code] = Jabatan.objects.create(
            instansi_id=office.instansi_id, office=office, unit=built.units[spec.unit],
            superior=built.jobs.get(spec.above), code=spec.code, name=spec.name, short_name=spec.short,
            kind=spec.kind, heads_office=spec.heads_office, heads_unit=spec.heads_unit,
            single_holder=spec.people == 1,
        )  # fmt: skip


def _people(built: Built, people: Iterator[Person], password: str) -> None:
    for spec in built.spec.jobs:
        built.people[spec.code] = [_hire(built, spec, next(people), password) for _ in range(spec.people)]
    if "admin" in built.jobs:
        clerk = built.people["umpeg"][0]
        _assign(built, clerk, built.jobs["admin"], exclusive=False)
        built.people["admin"] = [clerk]


def _hire(built: Built, spec: JobSpec, person: Person, password: str) -> Pegawai:
    pegawai = Pegawai.objects.create(
        instansi_id=built.office.instansi_id, office=built.office, nip=person.nip, name=person.name,
        title_back=person.title_back, rank=spec.rank,
    )  # fmt: skip
    User.objects.create(login=person.nip, pegawai=pegawai, password=password)
    _assign(built, pegawai, built.jobs[spec.code], exclusive=spec.people == 1)
    return pegawai


def _assign(built: Built, pegawai: Pegawai, jabatan: Jabatan, *, exclusive: bool) -> None:
    Assignment.objects.create(
        instansi_id=built.office.instansi_id, pegawai=pegawai, jabatan=jabatan, exclusive=exclusive,
        start=built.since,
    )  # fmt: skip


def lead(head: Pegawai, superior: Pegawai, since: date) -> None:
    """Name the superior, outside the office, of an office's head."""
    Supervision.objects.create(
        instansi_id=head.instansi_id, pegawai=head, superior=superior, start=since,
        reason="Kepala perangkat daerah bertanggung jawab kepada Sekretaris Daerah",
    )  # fmt: skip


def _plan(built: Built, years: Sequence[int]) -> None:
    office, spec = built.office, built.spec
    plan = Plan.objects.create(
        instansi_id=office.instansi_id, office=office, kind=PlanKind.PK, title=f"Perjanjian Kinerja {years[-1]}",
        year=years[-1], start=date(years[-1], 1, 2),
    )  # fmt: skip
    OfficeScale.objects.create(
        instansi_id=office.instansi_id, office=office, name=SHIPPED[0].name, source=SHIPPED[0].source,
        classes=as_stored(SHIPPED[0]), start=built.since, at=datetime.combine(built.since, time(1), UTC),
    )  # fmt: skip
    tujuan = Tujuan.objects.create(instansi_id=office.instansi_id, plan=plan, no=1, text=spec.tujuan)
    sasaran = [
        Sasaran.objects.create(instansi_id=office.instansi_id, plan=plan, tujuan=tujuan, no=no, text=text)
        for no, text in enumerate(spec.sasaran, 1)
    ]
    for program in spec.programs:
        Kegiatan.objects.create(
            instansi_id=office.instansi_id, office=office, code=program.code, level=ActivityLevel.PROGRAM,
            name=program.name, sasaran=sasaran[program.sasaran - 1],
        )  # fmt: skip
    kegiatan = _kegiatan(built, years[-1])
    for row in spec.indicators:
        for owner in built.people[row.job] if row.job else [None]:
            _indicator(built, row, owner, sasaran, kegiatan, years)


def _kegiatan(built: Built, year: int) -> dict[str, Kegiatan]:
    made: dict[str, Kegiatan] = {}
    for spec in built.spec.kegiatan:
        kegiatan = made[spec.code] = Kegiatan.objects.create(
            instansi_id=built.office.instansi_id, office=built.office, code=spec.code, name=spec.name,
            unit=built.units[spec.unit],
        )  # fmt: skip
        Stakeholder.objects.create(
            instansi_id=built.office.instansi_id, kegiatan=kegiatan, pegawai=built.person(spec.pptk),
            start=built.since, decree_number=f"188/{built.since.year}",
        )  # fmt: skip
        amounts = [spec.ceiling, *(spec.ceiling * share // 100 for share in spec.spent)]
        Budget.objects.bulk_create(
            Budget(
                instansi_id=built.office.instansi_id, kegiatan=kegiatan, year=year, quarter=quarter, amount=amount,
                basis=f"DPA {year}",
            )
            for quarter, amount in enumerate(amounts)
        )  # fmt: skip
    return made


def _indicator(
    built: Built,
    row: IndicatorSpec,
    owner: Pegawai | None,
    sasaran: Sequence[Sasaran],
    kegiatan: dict[str, Kegiatan],
    years: Sequence[int],
) -> None:
    instansi_id, meaning, post = built.office.instansi_id, MEANINGS[row.name], _responsible(built, row)
    indicator = Indicator.objects.create(
        instansi_id=instansi_id, office=built.office, code=f"{row.code}.{owner.pk}" if owner else row.code,
        level=Level.INDIVIDUAL if owner else Level.SASARAN,
        sasaran=None if owner else sasaran[row.sasaran - 1], kegiatan=kegiatan.get(row.kegiatan),
        unit=built.units.get(row.unit), pegawai=owner, jabatan=post,
    )  # fmt: skip
    IndicatorVersion.objects.create(
        instansi_id=instansi_id, indicator=indicator, name=row.name, unit_of_measure=row.measure,
        polarity=Polarity.NEGATIVE if row.negative else Polarity.POSITIVE,
        aggregation=Aggregation.CUMULATIVE if row.adds_up else Aggregation.LAST,
        value_type=ValueType.ORDINAL if row.scale else ValueType.NUMBER, scale=list(row.scale),
        start=built.since, definition=meaning.definition, formula=meaning.formula, source=meaning.source,
        evidence_needed=meaning.evidence, keeper=post.unit,
    )  # fmt: skip
    amounts = {0: row.annual, **dict(enumerate(row.targets, 1))}
    Target.objects.bulk_create(
        Target(
            instansi_id=instansi_id, indicator=indicator, year=year, quarter=quarter,
            amount=Decimal(amount) if amount and not row.scale else None, text=amount if row.scale else "",
        )
        for year in years
        for quarter, amount in amounts.items()
    )  # fmt: skip


def _responsible(built: Built, row: IndicatorSpec) -> Jabatan:
    """The position that is measured by it, or that heads the unit that reports it."""
    if row.job:
        return built.jobs[row.job]
    return next(built.jobs[job.code] for job in built.spec.jobs if job.unit == row.unit and job.heads_unit)
