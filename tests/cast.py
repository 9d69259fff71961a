"""The fixed cast: one office with its head, secretary, section heads and staff, all invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count

from django.conf import settings
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
from runut.organisation.queries import actor_of, local_day
from runut.organisation.rules import hours_as_text

PASSWORD = "padi-menguning-2026"
SINCE = date(2024, 1, 2)
ASN_PER_SECTION = 3

# What the same posts are called: head, secretary, subsection, sections, section head, member.
WORDS = {
    "kecamatan": (
        "Camat",
        "Sekretaris Kecamatan",
        "Subbagian Program dan Keuangan",
        ("Seksi Pemerintahan", "Seksi Pelayanan Umum", "Seksi Ketenteraman", "Seksi Pemberdayaan"),
    ),
    "dinas": (
        "Kepala Dinas",
        "Sekretaris Dinas",
        "Subbagian Perencanaan dan Keuangan",
        ("Bidang Perdagangan", "Bidang Perindustrian", "Bidang Metrologi", "Bidang Pasar"),
    ),
    "inspektorat": (
        "Inspektur",
        "Sekretaris Inspektorat",
        "Subbagian Evaluasi dan Pelaporan",
        ("Inspektur Pembantu I", "Inspektur Pembantu II", "Inspektur Pembantu III", "Inspektur Pembantu IV"),
    ),
}
NAMES = (
    "Arga Wiratama",
    "Sekar Pramesti",
    "Joko Santika",
    "Laras Kinanti",
    "Bayu Lesmana",
    "Rina Mandasari",
    "Heru Palwaga",
    "Dewi Anjani",
    "Galih Saputra",
    "Intan Maharani",
    "Krisna Adiputra",
    "Melati Puspita",
    "Naufal Ramadi",
    "Oktavia Serayu",
    "Panji Asmara",
    "Ratih Kumala",
    "Satria Buana",
    "Tirta Nugraha",
    "Utari Wening",
    "Wahyu Segara",
    "Yasmin Cendana",
)
_people = count()
_offices = count(1)


@dataclass
class Cast:
    """An office and its people. `camat` is the head, whatever the office calls the post."""

    instansi: Instansi
    office: Office
    camat: Pegawai
    sekretaris: Pegawai
    kasubag: Pegawai
    staf: Pegawai
    admin: Pegawai
    kasi: list[Pegawai]
    asn: list[Pegawai]
    units: list[Unit]
    jabatan: dict[str, Jabatan] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Pegawai]:
        """All with a post in the office's tree: everyone but the admin."""
        return [self.camat, self.sekretaris, self.kasubag, self.staf, *self.kasi, *self.asn]

    def asn_of(self, kasi: Pegawai) -> list[Pegawai]:
        """The three people a section head leads."""
        first = self.kasi.index(kasi) * ASN_PER_SECTION
        return self.asn[first : first + ASN_PER_SECTION]

    def actor(self, pegawai: Pegawai) -> Actor:
        from django.utils import timezone

        return actor_of(pegawai, local_day(self.office, timezone.now()))


def build_office(kind: str = "kecamatan", zone: str = "Asia/Jakarta", instansi: Instansi | None = None) -> Cast:
    """Twenty people with sign-ins in six units, and an admin. The password of all is PASSWORD."""
    number = next(_offices)
    if instansi is None:
        instansi = Instansi.objects.create(code=f"CTH{number}", name="Kabupaten Contoh")
    office = Office.objects.create(
        instansi=instansi,
        code=f"K{number:02d}",
        slug=f"{kind}-contoh-{number}",
        name=f"{kind.capitalize()} Contoh {number}",
        short_name=f"Contoh {number}",
        kind=kind,
        place="Contoh",
    )
    WorkCalendar.objects.create(
        instansi=instansi,
        office=office,
        zone=zone,
        hours=hours_as_text(DEFAULT_HOURS),
        ramadan_hours=hours_as_text(RAMADAN_HOURS),
    )
    units = _units(office, kind)
    jabatan = _posts(office, kind, units)
    people = _people_of(office, 21)
    camat, sekretaris, kasubag, staf, admin = people[:5]
    cast = Cast(instansi, office, camat, sekretaris, kasubag, staf, admin, people[5:9], people[9:21], units, jabatan)
    _seat(cast)
    return cast


def _units(office: Office, kind: str) -> list[Unit]:
    _head, _secretary, subsection, sections = WORDS[kind]
    secretariat = Unit.objects.create(
        instansi=office.instansi, office=office, code="01", name="Sekretariat", supplies_data=True
    )
    rest = [("01.1", subsection, secretariat), *((f"0{no}", name, None) for no, name in enumerate(sections, 2))]
    return [secretariat] + [
        Unit.objects.create(
            instansi=office.instansi, office=office, code=code, name=name, parent=parent, supplies_data=True
        )
        for code, name, parent in rest
    ]


def _posts(office: Office, kind: str, units: list[Unit]) -> dict[str, Jabatan]:
    head, secretary, subsection, sections = WORDS[kind]
    posts: dict[str, Jabatan] = {}

    def post(key: str, name: str, kind: str, **more: object) -> Jabatan:
        made = Jabatan.objects.create(instansi=office.instansi, office=office, code=key, name=name, kind=kind, **more)
        posts[key] = made
        return made

    camat = post("camat", head, JabatanKind.ADMINISTRATOR, heads_office=True)
    sekretaris = post(
        "sekretaris", secretary, JabatanKind.ADMINISTRATOR, unit=units[0], superior=camat, heads_unit=True
    )
    kasubag = post(
        "kasubag", f"Kepala {subsection}", JabatanKind.PENGAWAS, unit=units[1], superior=sekretaris, heads_unit=True
    )
    post("staf", "Pengelola Data", JabatanKind.PELAKSANA, unit=units[1], superior=kasubag, single_holder=False)
    for no, (name, unit) in enumerate(zip(sections, units[2:], strict=True), 1):
        kasi = post(f"kasi{no}", f"Kepala {name}", JabatanKind.PENGAWAS, unit=unit, superior=camat, heads_unit=True)
        post(f"asn{no}", f"Pelaksana {name}", JabatanKind.PELAKSANA, unit=unit, superior=kasi, single_holder=False)
    post("admin", "Admin Runut", JabatanKind.ADMIN, single_holder=False)
    return posts


def _people_of(office: Office, how_many: int) -> list[Pegawai]:
    people = Pegawai.objects.bulk_create(_person(office, place) for place in range(how_many))
    password = _hashed(settings.PASSWORD_HASHERS[0])
    User.objects.bulk_create(User(login=person.nip, pegawai=person, password=password) for person in people)
    return people


def _person(office: Office, place: int) -> Pegawai:
    number = next(_people)
    born = date(1970 + number // 100 % 25, 1 + number // 2500 % 12, 1 + number // 30_000 % 28)
    return Pegawai(
        instansi=office.instansi,
        office=office,
        nip=synthetic_nip(born, (2010, 3), 1 + number % 2, 900 + number % 100),
        name=NAMES[place],
        rank="Penata (III/c)",
    )


@cache
def _hashed(hasher: str) -> str:
    """Hashed once: a password hash is slow on purpose."""
    return make_password(PASSWORD)


def _seat(cast: Cast) -> None:
    seats = [
        (cast.camat, "camat"),
        (cast.sekretaris, "sekretaris"),
        (cast.kasubag, "kasubag"),
        (cast.staf, "staf"),
        (cast.admin, "admin"),
        *((person, f"kasi{no}") for no, person in enumerate(cast.kasi, 1)),
        *((person, f"asn{1 + place // ASN_PER_SECTION}") for place, person in enumerate(cast.asn)),
    ]
    Assignment.objects.bulk_create(
        Assignment(
            instansi=cast.instansi,
            pegawai=person,
            jabatan=cast.jabatan[key],
            exclusive=cast.jabatan[key].single_holder,
            start=SINCE,
        )
        for person, key in seats
    )
