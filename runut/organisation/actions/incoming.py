"""The tables with which an office is set up: its units, its positions, its people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from runut.lib.dates import read_date, short_date
from runut.lib.errors import Refused
from runut.lib.imports import Column, Faults, read_under, said_yes
from runut.lib.nip import read_nip
from runut.organisation.actions import offers
from runut.organisation.actions.known import (
    KEY,
    Cells,
    Taken,
    Taker,
    held_now,
    kept_code,
    key_of,
    known_row,
    people_by_nip,
    position_of,
    positions_by_code,
    rows_by_key,
    unit_of,
    units_by_code,
)
from runut.organisation.actions.offices import create_jabatan, update_jabatan
from runut.organisation.actions.people import assign, create_pegawai, update_pegawai
from runut.organisation.actions.rows import Changes
from runut.organisation.actions.tables import Kind
from runut.organisation.actions.told import Stood, belongs, changes, stood
from runut.organisation.actions.units import create_unit, update_unit
from runut.organisation.models import Assignment, Jabatan, JabatanKind, Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.organisation.rules import mobile_number


def _changes(row: Unit | Jabatan | Pegawai, fields: Changes) -> str:
    """What of the row would be another, in words; "" for nothing."""
    return changes(*((str(_FIELDS[field]), getattr(row, field), value) for field, value in fields.items()))


def _stood(row: Unit | Jabatan | Pegawai, fields: Iterable[str]) -> Stood:
    """What the row says now of these fields."""
    hidden = [str(_FIELDS[field]) for field in CONTACTS]
    return stood(((str(_FIELDS[field]), getattr(row, field)) for field in fields), hidden)


def _said(cells: Cells, known: object, told: Iterable[tuple[str, str, object]]) -> dict[str, object]:
    """The fields that a row says: (field, column, value). Of what is there, a column that is missing says nothing."""
    return {field: value for field, column, value in told if known is None or column in cells}


# What a field is called where somebody looks at what changes.
_FIELDS = {
    "code": gettext_lazy("Kode"), "name": gettext_lazy("Nama"),
    "short_name": gettext_lazy("Nama singkat"), "kind": gettext_lazy("Jenis"),
    "unit": gettext_lazy("Unit"), "superior": gettext_lazy("Jabatan atasan"), "parent": gettext_lazy("Unit di atasnya"),
    "supplies_data": gettext_lazy("Menyuplai data"), "heads_office": gettext_lazy("Pimpinan"),
    "heads_unit": gettext_lazy("Kepala unit"), "single_holder": gettext_lazy("Satu pemangku saja"),
    "title_front": gettext_lazy("Gelar depan"), "title_back": gettext_lazy("Gelar belakang"),
    "rank": gettext_lazy("Pangkat"), "email": gettext_lazy("Surel"), "whatsapp": gettext_lazy("WhatsApp"),
}  # fmt: skip


# What of a person is not kept in words once it is brought in.
CONTACTS = ("email", "whatsapp")


class _Units(Taker):
    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        self.units = units_by_code(office, self.named("code", "parent"))
        self.keyed = rows_by_key(office, Unit.objects.filter(office=office).select_related("parent"), self.named("key"))

    def take(self, cells: Cells, by: Actor) -> Taken:
        parent = unit_of(self.units, cells.get("parent", ""))
        known = known_row(self.keyed, cells, self.units.get(cells["code"]))
        code = kept_code(cells["code"], known)
        supplies = said_yes(cells.get("supplies", ""))
        told = (
            ("code", "code", code), ("name", "name", cells["name"]), ("parent", "parent", parent),
            ("supplies_data", "supplies", supplies),
        )  # fmt: skip
        fields = _said(cells, known, told)

        def act() -> None:
            if known is None:
                made = create_unit(office=self.office, by=by, code_is_free=True, **fields)  # type: ignore[arg-type]
            else:
                made = update_unit(unit=known, changes=fields, by=by)
            self.units.put(code, made)

        if known is None:
            return Taken(cells["name"], "new", belongs((_("Unit di atasnya"), parent)), act)
        words = _changes(known, fields)
        if not words:
            return Taken(cells["name"], "same")
        return Taken(cells["name"], "changed", words, act, about=known, stood=_stood(known, fields))


class _Positions(Taker):
    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        self.units = units_by_code(office, self.named("unit"))
        self.positions = positions_by_code(office, self.named("code", "superior"))
        posts = Jabatan.objects.filter(office=office).select_related("unit", "superior")
        self.keyed = rows_by_key(office, posts, self.named("key"))

    def take(self, cells: Cells, by: Actor) -> Taken:
        faults = Faults()
        known = faults.of(known_row, self.keyed, cells, self.positions.get(cells["code"]))
        code = kept_code(cells["code"], known)
        told = (
            ("code", "code", code),
            ("name", "name", cells["name"]), ("short_name", "short", cells.get("short", "")),
            ("kind", "kind", faults.of(_kind, cells["kind"])),
            ("unit", "unit", faults.of(unit_of, self.units, cells.get("unit", ""))),
            ("superior", "superior", faults.of(position_of, self.positions, cells.get("superior", ""))),
            ("heads_office", "heads_office", said_yes(cells.get("heads_office", ""))),
            ("heads_unit", "heads_unit", said_yes(cells.get("heads_unit", ""))),
            ("single_holder", "many", not said_yes(cells.get("many", ""))),
        )  # fmt: skip
        faults.settle()
        fields = _said(cells, known, told)

        def act() -> None:
            if known is None:
                made = create_jabatan(office=self.office, by=by, code_is_free=True, **fields)  # type: ignore[arg-type]
            else:
                made = update_jabatan(jabatan=known, changes=fields, by=by)
            self.positions.put(code, made)

        if known is None:
            where = belongs((_("Unit"), fields["unit"]), (_("Jabatan atasan"), fields["superior"]))
            return Taken(cells["name"], "new", where, act)
        words = _changes(known, fields)
        if not words:
            return Taken(cells["name"], "same")
        return Taken(cells["name"], "changed", words, act, about=known, stood=_stood(known, fields))


def _check_email(text: str) -> None:
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        sentence = _("Surel “%(text)s” bukan alamat surel. Tulis seperti nama@contoh.go.id, atau kosongkan.")
        raise Refused(sentence % {"text": text}) from error


def _check_kept(held: Sequence[Assignment], cells: Cells, start: date, jabatan: Jabatan | None) -> None:
    """Refused where a row that gives no position says of one another first day or decree than is kept."""
    said, decree = bool(cells.get("start")), cells.get("decree", "")

    def is_so(one: Assignment) -> bool:
        return (not said or one.start == start) and (not decree or " ".join(one.decree_number.split()) == decree)

    if not (said or decree) or any(map(is_so, held)):
        return
    if jabatan is None:
        raise Refused(_("Mulai dan SK dibaca bersama Kode jabatan. Isi Kode jabatannya, atau kosongkan Mulai dan SK."))
    sentence = _(
        "%(jabatan)s sudah dipegangnya sejak %(day)s, SK %(decree)s. Mulai dan SK jabatan yang sedang dipegang tidak "
        "diubah lewat tabel: kembalikan atau kosongkan selnya. Di halaman pegawainya, jabatan itu dapat ditutup lalu "
        "ditetapkan lagi."
    )
    [one] = held
    words = {"jabatan": jabatan.name, "day": short_date(one.start), "decree": one.decree_number or "–"}
    raise Refused(sentence % words)


def _kind(word: str) -> str:
    if word.casefold() in JabatanKind.values:
        return word.casefold()
    names = ", ".join(JabatanKind.values)
    raise Refused(_("Jenis jabatan “%(kind)s” tidak dikenal. Pilih: %(names)s.") % {"kind": word, "names": names})


class _People(Taker):
    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        self.people = people_by_nip(office, self.named("nip"))
        self.keyed = rows_by_key(office, Pegawai.objects.filter(office=office), self.named("key"))
        self.positions = positions_by_code(office, self.named("position"))
        self.held = held_now(self.people)

    def take(self, cells: Cells, by: Actor) -> Taken:
        faults = Faults()
        nip = faults.of(read_nip, cells["nip"])
        names = ("name", "title_front", "title_back", "rank", "email", "whatsapp")
        fields = {name: cells[name] for name in names if name in cells}
        if "whatsapp" in fields:
            fields["whatsapp"] = faults.of(read_under, "WhatsApp", mobile_number, fields["whatsapp"]) or ""
        jabatan = faults.of(position_of, self.positions, cells.get("position", ""))
        start = faults.of(read_date, cells["start"]) if cells.get("start") else timezone.localdate()
        faults.of(_check_email, cells.get("email", ""))
        known = faults.of(self._known, nip.digits, cells) if nip else None
        held = (self.held.get(known.pk) if known else None) or {}
        seats = jabatan is not None and jabatan.pk not in held
        is_unknown = jabatan is None and bool(cells.get("position"))  # said already
        if not seats and not is_unknown and start is not None:
            faults.of(_check_kept, [held[jabatan.pk]] if jabatan else list(held.values()), cells, start, jabatan)
        faults.settle()
        assert nip is not None and start is not None
        words = self._changed(known, fields) if known else ""

        def act() -> None:
            person = known
            if person is None:
                person = create_pegawai(office=self.office, nip=nip.digits, by=by, **fields)
            elif words:
                person = update_pegawai(pegawai=person, changes=fields, by=by)
            self.people.put(nip.digits, person)
            if jabatan is not None and seats:
                decree = cells.get("decree", "")
                made = assign(pegawai=person, jabatan=jabatan, start=start, by=by, decree_number=decree)
                self.held.put(person.pk, {**held, jabatan.pk: made})

        seat = belongs((_("Jabatan"), jabatan)) if seats else ""
        parts = {key: fields.get(key, getattr(known, key, "")) for key in names[:3]}
        name = Pegawai(**parts).full_name
        if known is not None and not words and not seats:
            return Taken(name, "same")
        said, kept = ("\n".join(filter(None, (one, seat))) for one in (words, self._kept(known, fields, name)))
        stands = _stood(known, fields) if known else []
        return Taken(name, "changed" if known else "new", said, act, kept=kept, about=known, stood=stands)

    def _known(self, nip: str, cells: Cells) -> Pegawai | None:
        """Whose row it is. Another number in it is somebody else, or a mistake: neither is guessed."""
        found = known_row(self.keyed, cells, self.people.get(nip))
        if found is not None and found.nip != nip:
            sentence = _(
                "Baris ini tadinya %(who)s, tetapi NIP-nya lain. Pegawai baru ditulis di baris kosong; NIP yang keliru "
                "diperbaiki di halaman pegawainya."
            )
            raise Refused(sentence % {"who": found.full_name})
        return found

    def _kept(self, known: Pegawai | None, fields: dict[str, str], name: str) -> str:
        """What stays to be read: of somebody new the name, of an address or a number only that it is another."""
        if known is None:
            return belongs((_("Nama"), name))
        told = self._changed(known, {field: value for field, value in fields.items() if field not in CONTACTS})
        hidden = [field for field in CONTACTS if field in fields and self._changed(known, {field: fields[field]})]
        return "\n".join(filter(None, (told, *(_("%(what)s: diubah") % {"what": _FIELDS[one]} for one in hidden))))

    @staticmethod
    def _changed(known: Pegawai, fields: dict[str, str]) -> str:
        wanted: dict[str, object] = {**fields}
        if "email" in fields:
            wanted["email"] = fields["email"].lower() or None
        return _changes(known, wanted)


def _units(office: Office) -> Iterable[Sequence[str]]:
    rows = Unit.objects.filter(office=office, closed_on__isnull=True).select_related("parent").order_by("code")
    return [
        (row.code, row.name, row.parent.code if row.parent else "", _yes(row.supplies_data), key_of(office, row.pk))
        for row in rows
    ]


def _positions(office: Office) -> Iterable[Sequence[str]]:
    rows = Jabatan.objects.filter(office=office, closed_on__isnull=True).select_related("unit", "superior")
    return [
        (
            row.code, row.name, row.short_name, row.kind, row.unit.code if row.unit else "",
            row.superior.code if row.superior else "", _yes(row.heads_office), _yes(row.heads_unit),
            _yes(not row.single_holder), key_of(office, row.pk),
        )
        for row in rows.order_by("code")
    ]  # fmt: skip


def _people(office: Office) -> Iterable[Sequence[str]]:
    today = timezone.localdate()
    held = Assignment.objects.in_force(today).filter(pegawai__office=office, kind="definitif").select_related("jabatan")
    posts = {row.pegawai_id: row for row in held.order_by("-start")}
    rows = Pegawai.objects.filter(office=office, left_on__isnull=True).order_by("name")
    return [
        (
            row.nip, row.name, row.title_front, row.title_back, row.rank, row.email or "", row.whatsapp,
            posts[row.pk].jabatan.code if row.pk in posts else "",
            posts[row.pk].start.strftime("%d-%m-%Y") if row.pk in posts else "",
            posts[row.pk].decree_number if row.pk in posts else "", key_of(office, row.pk),
        )
        for row in rows
    ]  # fmt: skip


def _yes(value: bool) -> str:
    return "ya" if value else ""


UNITS = Kind(
    "unit", gettext_lazy("Unit"), gettext_lazy("Bagian kantor; yang di atasnya lebih dahulu."),
    (
        Column("code", "Kode", required=True, form="code", most=40),
        Column("name", "Nama unit", required=True, width=40, most=150),
        Column("parent", gettext_noop("Kode unit di atasnya"), form="code"),
        Column("supplies", "Menyuplai data", form="yes"), KEY,
    ),
    _Units, _units, stands_on=lambda cells: [cells.get("parent", "")], offers=offers.of_units,
)  # fmt: skip

POSITIONS = Kind(
    "jabatan", gettext_lazy("Jabatan"), gettext_lazy("Jabatan menurut peta jabatan; atasannya lebih dahulu."),
    (
        Column("code", "Kode", required=True, form="code", most=40),
        Column("name", "Nama jabatan", required=True, width=40, most=150),
        Column("short", "Nama singkat", most=60), Column("kind", "Jenis", required=True),
        Column("unit", gettext_noop("Kode unit"), form="code"),
        Column("superior", gettext_noop("Kode jabatan atasan"), form="code"),
        Column("heads_office", "Pimpinan", form="yes"), Column("heads_unit", "Kepala unit", form="yes"),
        Column("many", gettext_noop("Boleh banyak pemangku"), form="yes"), KEY,
    ),
    _Positions, _positions, stands_on=lambda cells: [cells.get("superior", "")], offers=offers.of_positions,
)  # fmt: skip

PEOPLE = Kind(
    "pegawai", gettext_lazy("Pegawai"), gettext_lazy("PNS dan PPPK dengan jabatannya. NIP sebagai teks."),
    (
        Column("nip", "NIP", required=True, form="code", width=22),
        Column("name", "Nama", required=True, width=30, most=120),
        Column("title_front", "Gelar depan", most=40), Column("title_back", "Gelar belakang", most=60),
        Column("rank", "Pangkat", most=60), Column("email", "Surel", width=28, most=254),
        Column("whatsapp", "WhatsApp", form="code", most=20),
        Column("position", gettext_noop("Kode jabatan"), form="code"),
        Column("start", "Mulai"), Column("decree", "SK", most=80), KEY,
    ),
    _People, _people, one_of=("nip",), fixed=("nip",), offers=offers.of_people,
)  # fmt: skip

KINDS = (UNITS, POSITIONS, PEOPLE)
