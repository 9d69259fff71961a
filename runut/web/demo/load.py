"""Loading the demonstration: five offices, their past, their present, and who signs in how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone, translation

from runut.organisation.actions import fill_holidays
from runut.organisation.models import Jabatan, JabatanKind, Pegawai
from runut.organisation.queries import holders
from runut.planning.models import Stakeholder
from runut.sop.library import read
from runut.web.demo.build import Built, build_office, lead
from runut.web.demo.offices import INSPEKTORAT, KEMLAGI, KINTOM, NGORO, OFFICES, SIDOARJO, secretariat
from runut.web.demo.people import invented_people
from runut.web.demo.stage import (
    Quarter,
    Stage,
    collect,
    collect_half,
    correct,
    go_on,
    quarters_before,
    raise_curtain,
    recent,
)

PASSWORD = "Contoh-Runut-2026"
Row = dict[str, str]


def load_demo(say: Callable[[str], None]) -> list[Row]:
    """Everything, in one transaction per office; the sign-ins as rows of office, sop, lane, name, nip, password."""
    quarters = quarters_before(timezone.now(), 3)
    years = sorted({year for year, _quarter in quarters})
    people, hashed = invented_people(), make_password(PASSWORD)
    heads: dict[str, Pegawai] = {}
    rows: list[Row] = []
    with translation.override("id"):
        for spec in OFFICES:
            say(f"{spec.name} ...")
            with transaction.atomic():
                if spec.instansi not in heads:
                    above = build_office(secretariat(spec.instansi), people=people, password=hashed, years=years)
                    heads[spec.instansi] = above.person("sekda")
                    for year in {*years, _year_before(quarters), quarters[-1][0] + 1, timezone.now().year}:
                        fill_holidays(instansi=above.office.instansi, year=year, by=above.actor("sekda"))
                promised = sorted({*years, _year_before(quarters)}) if spec is KEMLAGI else years
                built = build_office(spec, people=people, password=hashed, years=promised)
                lead(
                    built.person(next(job.code for job in spec.jobs if job.heads_office)),
                    heads[spec.instansi],
                    built.since,
                )
                stage = raise_curtain(built, PASSWORD)
                STORIES[spec.key](stage, quarters)
                rows += list(sign_ins(built))
    return rows


def _ngoro(stage: Stage, quarters: list[Quarter]) -> None:
    """Signed and delivered quarters; one corrected to the end, one correction under way, one untouched."""
    runs = [collect(stage, "pengumpulan-unit", quarter) for quarter in quarters]
    correct(stage, "ngoro", runs[0], ["IKU-02"])
    correct(stage, "ngoro", runs[1], ["IKU-01", "IKU-05"], until="rapat", now=True)


def _sidoarjo(stage: Stage, quarters: list[Quarter]) -> None:
    runs = [collect(stage, "pengumpulan-unit", quarter) for quarter in quarters]
    correct(stage, "sidoarjo", runs[0], ["IKU-03"])
    correct(stage, "sidoarjo", runs[1], ["IKU-02", "IKU-04"], until="himpun", now=True)


def _kemlagi(stage: Stage, quarters: list[Quarter]) -> None:
    """A year that ended with its report, sent; of this year a quarter, and one with half of its forms handed in."""
    last = _year_before(quarters)
    for quarter in (1, 2, 3, 4):
        collect(stage, "kemlagi", (last, quarter), reports=quarter == 4)
    if quarters[1][0] > last:
        collect(stage, "kemlagi", quarters[1], reports=False)
    collect_half(stage, "kemlagi", quarters[2], fill="isi")


def _year_before(quarters: list[Quarter]) -> int:
    """The last whole year before that of the latest quarter."""
    return quarters[-1][0] - 1


def _kintom(stage: Stage, quarters: list[Quarter]) -> None:
    """Corrected before signature and then signed; a correction under way; validated and awaiting signature."""
    first, second, third = quarters
    collect(stage, "pengumpulan-pegawai", third, until="tandatangan", clock=recent(stage, third, days=4))
    runs = [
        collect(stage, "pengumpulan-pegawai", first, until="tandatangan"),
        collect(stage, "pengumpulan-pegawai", second, until="tandatangan", clock=recent(stage, second, days=8)),
    ]
    wrong = [f"IKI-11-2.{stage.built.person('pel_pem').pk}"]
    go_on(stage, runs[0], after=correct(stage, "kintom", runs[0], wrong))
    correct(stage, "kintom", runs[1], wrong, until="koreksi")


def _inspektorat(stage: Stage, quarters: list[Quarter]) -> None:
    """A published quarter, and one in the middle: filled, checked, one form sent back."""
    collect(stage, "inspektorat", quarters[1])
    collect_half(stage, "inspektorat", quarters[2], fill="isi", review="periksa")


STORIES: dict[str, Callable[[Stage, list[Quarter]], None]] = {
    NGORO.key: _ngoro,
    SIDOARJO.key: _sidoarjo,
    KEMLAGI.key: _kemlagi,
    KINTOM.key: _kintom,
    INSPEKTORAT.key: _inspektorat,
}


def sign_ins(built: Built) -> Iterator[Row]:
    """Who stands in which lane of which procedure, with what to type at the sign-in."""
    for code, slots in built.spec.sops.items():
        definition = read(code)
        for lane in definition.lanes:
            for person, title in _in_lane(built, lane.slot, slots.get(lane.slot, ())):
                yield {
                    "office": built.office.name,
                    "sop": code,
                    "lane": lane.key,
                    "jabatan": title,
                    "name": person.full_name,
                    "nip": person.nip,
                    "password": PASSWORD,
                }


def _in_lane(built: Built, slot: str, jobs: tuple[str, ...]) -> Iterator[tuple[Pegawai, str]]:
    if jobs:
        wanted = [built.jobs[job] for job in jobs]
    elif slot == "pptk":
        rows = Stakeholder.objects.filter(kegiatan__office=built.office).values_list("pegawai", flat=True)
        posts = Jabatan.objects.filter(assignments__pegawai__in=list(rows), office=built.office)
        wanted = list(posts.exclude(kind=JabatanKind.ADMIN))
    elif slot == "kepala_unit":
        wanted = [job for job in built.jobs.values() if job.heads_unit]
    else:
        wanted = [job for job in built.jobs.values() if job.kind != JabatanKind.ADMIN]
    found = holders([job.pk for job in wanted], _today(built))
    for job in wanted:
        for held in found.get(job.pk, []):
            yield held.pegawai, job.name


def _today(built: Built) -> date:
    return max(built.since, timezone.localdate())
