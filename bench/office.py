"""An invented office of any size, with its head, its section heads and their people, and two procedures in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.contrib.auth.hashers import make_password

from runut.lib.nip import synthetic_nip
from runut.lib.worktime import DEFAULT_HOURS, RAMADAN_HOURS
from runut.organisation.models import (
    Assignment,
    Instansi,
    Jabatan,
    JabatanKind,
    Office,
    Pegawai,
    Unit,
    User,
    WorkCalendar,
)
from runut.organisation.permissions import Actor
from runut.organisation.rules import hours_as_text
from runut.sop import actions
from runut.sop.models import Sop
from runut.sop.rules import definition as sop
from runut.sop.rules.parse import dump

SINCE = date(2024, 1, 2)
PEOPLE_PER_SECTION = 20
# The post that does each of the seven straight steps.
LANES = ("camat", "kasubag", "kasubag", "sekretaris", "camat", "staf", "staf")
SLOTS = {"kepala": "camat", "sekretaris": "sekretaris", "perencana": "kasubag", "staf": "staf"}
LANE_OF = {"camat": "kepala", "sekretaris": "sekretaris", "kasubag": "perencana", "staf": "staf"}
_people = count()
_offices = count(1)


@dataclass
class World:
    """One office: who acts for each post, its people and the head of each one's section."""

    instansi: Instansi
    office: Office
    posts: dict[str, Jabatan] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    people: list[Actor] = field(default_factory=list)
    superiors: list[Actor] = field(default_factory=list)
    users: dict[int, int] = field(default_factory=dict)
    straight: Sop | None = None
    spread: Sop | None = None

    def at(self, place: int) -> Actor:
        """Who does the straight procedure's step at this place."""
        return self.actors[LANES[place]]

    def post(self, place: int) -> Jabatan:
        return self.posts[LANES[place]]


def build(people: int, instansi: Instansi | None = None) -> World:
    """An office with this many people in sections of twenty, and both procedures in force."""
    world = bare(people, instansi)
    world.straight, world.spread = _in_force(world, straight()), _in_force(world, spread())
    return world


def bare(people: int, instansi: Instansi | None = None) -> World:
    """The same office before it has any procedure."""
    number = next(_offices)
    instansi = instansi or Instansi.objects.create(code=f"UKUR{number}", name="Kabupaten Contoh")
    office = Office.objects.create(
        instansi=instansi, code=f"U{number}", slug=f"ukur-{number}", name=f"Dinas Contoh {number}",
        short_name=f"Contoh {number}", kind="dinas",
    )  # fmt: skip
    WorkCalendar.objects.create(
        instansi=instansi, office=office, zone="Asia/Jakarta", hours=hours_as_text(DEFAULT_HOURS),
        ramadan_hours=hours_as_text(RAMADAN_HOURS),
    )  # fmt: skip
    world = World(instansi, office)
    _staff(world)
    _sections(world, people)
    return world


def _staff(world: World) -> None:
    unit = Unit.objects.create(instansi=world.instansi, office=world.office, code="01", name="Sekretariat")
    names = {"camat": "Kepala Dinas", "sekretaris": "Sekretaris", "kasubag": "Kepala Subbagian", "staf": "Staf"}
    above: Jabatan | None = None
    for key, name in names.items():
        post = world.posts[key] = Jabatan.objects.create(
            instansi=world.instansi, office=world.office, unit=unit, superior=above, code=key, name=name,
            kind=JabatanKind.ADMINISTRATOR, heads_office=key == "camat",
        )  # fmt: skip
        above = above or post
    world.actors |= dict(zip(names, seat(world, list(world.posts.values())), strict=True))


def _sections(world: World, people: int) -> None:
    heads, places = [], []
    for number, first in enumerate(range(0, people, PEOPLE_PER_SECTION), 1):
        head = Jabatan.objects.create(
            instansi=world.instansi, office=world.office, superior=world.posts["camat"], code=f"kasi{number}",
            name=f"Kepala Seksi {number}", kind=JabatanKind.PENGAWAS,
        )  # fmt: skip
        place = Jabatan.objects.create(
            instansi=world.instansi, office=world.office, superior=head, code=f"asn{number}",
            name=f"Pelaksana Seksi {number}", kind=JabatanKind.PELAKSANA, single_holder=False,
        )  # fmt: skip
        heads.append(head)
        places += [place] * min(PEOPLE_PER_SECTION, people - first)
    leading = seat(world, heads)
    world.people = seat(world, places)
    world.superiors = [leading[number // PEOPLE_PER_SECTION] for number in range(people)]


def seat(world: World, posts: list[Jabatan]) -> list[Actor]:
    """A new person with a sign-in for each of these posts, as actors."""
    people = Pegawai.objects.bulk_create((_person(world) for _post in posts), batch_size=500)
    held = Assignment.objects.bulk_create(
        (
            Assignment(instansi=world.instansi, pegawai=person, jabatan=post, exclusive=post.single_holder, start=SINCE)
            for person, post in zip(people, posts, strict=True)
        ),
        batch_size=500,
    )
    password = make_password(None)
    users = User.objects.bulk_create(
        (User(login=person.nip, pegawai=person, password=password) for person in people), batch_size=500
    )
    world.users |= {user.pegawai_id: user.pk for user in users}
    return [Actor(person, (one,), one) for person, one in zip(people, held, strict=True)]


def _person(world: World) -> Pegawai:
    number = next(_people)
    born = date(1965 + number // 100 % 35, 1 + number // 3500 % 12, 1 + number // 42_000 % 28)
    nip = synthetic_nip(born, (2010, 3), 1 + number % 2, 900 + number % 100)
    return Pegawai(
        instansi=world.instansi, office=world.office, nip=nip, name=f"Contoh {number}", rank="Penata (III/c)"
    )


def _in_force(world: World, definition: sop.Definition) -> Sop:
    by = world.actors["camat"]
    version = actions.import_version(office=world.office, text=dump(definition), by=by)
    for lane in definition.lanes:
        if lane.slot in SLOTS:
            actions.bind_lane(sop=version.sop, slot=lane.slot, jabatan=[world.posts[SLOTS[lane.slot]]], by=by)
    actions.put_in_force(
        version=version, by=by, effective_from=date(2026, 1, 5), number="065/01/000/2026", made_on=date(2026, 1, 2)
    )
    return Sop.objects.get(pk=version.sop_id)


def _lane(key: str) -> sop.Lane:
    return sop.Lane(key, key.capitalize(), key)


def _step(key: str, lane: str, to: str | None, *, back: str = "", **more: object) -> sop.Step:
    outcomes = [sop.Outcome("complete", to, "Selesai")]
    if back:
        outcomes.append(sop.Outcome("return", back, "Kembalikan", back=True))
    return sop.Step(
        id=key, printed_no=str(more.pop("no")), text=f"Mengerjakan kegiatan {key}", lanes=(lane,),
        work=str(more.pop("work", "do")), outcomes=tuple(outcomes), **more,
    )  # fmt: skip


def straight() -> sop.Definition:
    """Seven steps in a row in four lanes, each with a norm."""
    keys = [f"langkah{number}" for number in range(1, 8)]
    steps = [
        _step(key, LANE_OF[LANES[place]], keys[place + 1] if place < 6 else None, no=place + 1, norm=sop.Norm(2, "jam"))
        for place, key in enumerate(keys)
    ]
    return sop.Definition(
        "lurus", "Urusan Lurus", "collection", "pegawai", tuple(_lane(slot) for slot in SLOTS), tuple(steps)
    )


def spread() -> sop.Definition:
    """Staff prepare, everybody fills, each one's superior validates and initials, staff gather, the head signs."""
    item = sop.Norm(15, "menit", per="item")
    steps = (
        _step("siapkan", "staf", "isi", no=1, norm=sop.Norm(1, "hari")),
        _step("isi", "pegawai", "periksa", no=2, work="fill", each="pegawai", actor=sop.Actor("subject"), act="isi",
              norm=sop.Norm(3, "hari")),
        _step("periksa", "penilai", "himpun", no=3, back="isi", work="review", each="pegawai",
              actor=sop.Actor("superior"), act="validasi", paraf=True, norm=item),
        _step("himpun", "staf", "tandatangan", no=4, norm=sop.Norm(1, "hari")),
        _step("tandatangan", "kepala", None, no=5),
    )  # fmt: skip
    lanes = tuple(_lane(key) for key in ("staf", "pegawai", "penilai", "kepala"))
    return sop.Definition("sebar", "Urusan Sebar", "collection", "pegawai", lanes, steps)
