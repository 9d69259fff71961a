"""The tables with which an office's plans are set up: objectives, activities, indicators, targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.imports import Column, Faults
from runut.lib.numbers import format_number, typed_number
from runut.lib.reading import read_number
from runut.organisation.actions.incoming import person_of, unit_of
from runut.organisation.actions.tables import Cells, Kind, Taken, belongs, changes
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.planning.actions.activities import Named, change_activity, define_activity, set_budget
from runut.planning.actions.indicators import Hangs, Place, define_indicator, hang_indicator, revise_indicator
from runut.planning.actions.plans import add_goal, add_objective
from runut.planning.actions.targets import Aim, Change, set_targets
from runut.planning.models import (
    Budget,
    Indicator,
    IndicatorVersion,
    Kegiatan,
    Plan,
    Sasaran,
    Target,
    ValueType,
)
from runut.planning.rules import COMBINED, DIRECTIONS, NOMENCLATURES, parent_code, read_aim

WRITTEN = {code: word for word, code in reversed([*DIRECTIONS.items(), *COMBINED.items()]) if word}


_SAYS = {
    "name": gettext_lazy("Nama indikator"), "unit_of_measure": gettext_lazy("Satuan"), "polarity": gettext_lazy("Arah"),
    "aggregation": gettext_lazy("Penggabungan"), "scale": gettext_lazy("Urutan predikat"),
    "value_type": gettext_lazy("Jenis nilai"), "definition": gettext_lazy("Definisi operasional"),
    "formula": gettext_lazy("Cara menghitung"), "source": gettext_lazy("Sumber data"),
    "baseline": gettext_lazy("Data dasar"),
}  # fmt: skip


def _plan_of(office: Office, year: str) -> Plan:
    """The plan in force that has the year's objectives: the PK of that year, else what spans it."""
    number = _year(year)
    rows = Plan.objects.filter(office=office, end__isnull=True, year__lte=number)
    found = [row for row in rows.order_by("-year", "kind") if (row.last_year or row.year) >= number]
    if not found:
        raise Refused(
            _("Belum ada dokumen perencanaan tahun %(year)s. Tambahkan dulu di Perencanaan.") % {"year": year}
        )
    return next((row for row in found if row.kind == "pk"), found[0])


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100):
        raise Refused(_("Tahun “%(text)s” tidak dikenal: tulis empat angka.") % {"text": text})
    return int(text)


def _take_objective(office: Office, cells: Cells, by: Actor) -> Taken:
    plan, text = _plan_of(office, cells["year"]), cells["sasaran"]
    goal = plan.tujuan_set.filter(text=cells["tujuan"]).first() if cells.get("tujuan") else None
    if cells.get("tujuan") and goal is None:
        goal = add_goal(plan=plan, text=cells["tujuan"], by=by)
    if plan.sasaran_set.filter(text=text, tujuan=goal).exists():
        return Taken(text, "same")
    add_objective(plan=plan, text=text, goal=goal, by=by)
    return Taken(text, "new", belongs((_("Dokumen"), plan), (_("Tujuan"), goal)))


def _take_activity(office: Office, cells: Cells, by: Actor) -> Taken:
    code, label, faults = cells["code"], f"{cells['code']} {cells['name']}", Faults()
    sasaran = faults.of(_objective_of, office, cells.get("sasaran", ""))
    unit = faults.of(unit_of, office, cells.get("unit", ""))
    year = faults.of(_year, cells.get("year", "") or str(timezone.localdate().year))
    amount = faults.of(read_number, cells.get("ceiling", ""))
    faults.settle()
    assert year is not None
    named, ceiling = Named(cells["name"], unit, sasaran), Ceiling(year, amount, cells.get("basis", ""))
    known = Kegiatan.objects.filter(office=office, code=code).first()
    if known is None:
        nomenclature = cells.get("nomenclature", "") or NOMENCLATURES[0].key
        known = define_activity(office=office, code=code, nomenclature=nomenclature, named=named, by=by)
        _set_ceiling(known, ceiling, by)
        above = Kegiatan.objects.filter(office=office, code=parent_code(code)).first()
        return Taken(label, "new", belongs((_("Di bawah"), above), (_("Unit"), unit), (_("Sasaran"), sasaran)))
    words = changes(
        (_("Nama"), known.name, named.name), (_("Unit"), known.unit, unit), (_("Sasaran"), known.sasaran, sasaran)
    )
    change_activity(kegiatan=known, named=named, by=by)
    words = "\n".join(filter(None, (words, _set_ceiling(known, ceiling, by))))
    return Taken(label, "changed" if words else "same", words)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The money of a year; None for a row that does not say it."""

    year: int
    amount: Decimal | None
    basis: str


def _set_ceiling(kegiatan: Kegiatan, ceiling: Ceiling, by: Actor) -> str:
    """What changes about the money, in words."""
    if ceiling.amount is None:
        return ""
    budgets = Budget.objects.filter(kegiatan=kegiatan, year=ceiling.year, quarter=0)
    before = budgets.order_by("-no").values_list("amount", flat=True).first()
    amounts = {0: ceiling.amount}
    if not set_budget(kegiatan=kegiatan, year=ceiling.year, amounts=amounts, basis=ceiling.basis, by=by):
        return ""
    return changes((_("Pagu %(year)s") % {"year": ceiling.year}, before, ceiling.amount))


def _objective_of(office: Office, text: str) -> Sasaran | None:
    if not text:
        return None
    found = (
        Sasaran.objects.filter(plan__office=office, plan__end__isnull=True, text=text).order_by("-plan__year").first()
    )
    if found is None:
        raise Refused(_("Sasaran “%(text)s” tidak ada. Tulis persis seperti di dokumen perencanaan.") % {"text": text})
    return found


def _take_indicator(office: Office, cells: Cells, by: Actor) -> Taken:
    code, name, faults = cells["code"], cells["name"], Faults()
    says = faults.of(_definition, cells)
    sasaran = faults.of(_objective_of, office, cells.get("sasaran", ""))
    hangs = Hangs(sasaran=sasaran, kegiatan=faults.of(_activity_of, office, cells))
    unit = faults.of(unit_of, office, cells.get("unit", ""))
    person = faults.of(person_of, office, cells.get("nip", ""))
    known = Indicator.objects.filter(office=office, code=code).first()
    if known is None and bool(cells.get("unit")) == bool(cells.get("nip")):
        faults.add(_("Isi satu: kode unit atau NIP yang melaporkannya."))
    faults.settle()
    assert says is not None
    if known is None:
        start = read_date(cells["start"]) if cells.get("start") else timezone.localdate().replace(month=1, day=1)
        place = Place(code, start, hangs, unit=unit, pegawai=person)
        define_indicator(office=office, place=place, particulars=says, by=by)
        whose = (_("Dilaporkan oleh"), unit or person)
        return Taken(name, "new", belongs(whose, (_("Sasaran"), sasaran), (_("Kegiatan"), hangs.kegiatan)))
    return _revised(known, says, hangs, cells, by)


def _revised(known: Indicator, says: dict[str, object], hangs: Hangs, cells: Cells, by: Actor) -> Taken:
    """What the row changes about an indicator that is there."""
    last = known.versions.latest("no")
    words = changes(
        (_("Sasaran"), known.sasaran, hangs.sasaran), (_("Kegiatan"), known.kegiatan, hangs.kegiatan),
        *((str(_SAYS[field]), _told(field, getattr(last, field)), _told(field, says[field])) for field in says),
    )  # fmt: skip
    if (known.sasaran, known.kegiatan) != (hangs.sasaran, hangs.kegiatan):
        kept = Hangs(known.tujuan, hangs.sasaran, hangs.kegiatan, known.serves, known.jabatan)
        hang_indicator(indicator=known, hangs=kept, by=by)
    if any(getattr(last, field) != value for field, value in says.items()):
        start, reason = _from(cells, last), cells.get("reason", "")
        revise_indicator(indicator=known, start=start, reason=reason, particulars=says, by=by, seen=last.no)
    return Taken(cells["name"], "changed" if words else "same", words)


def _told(field: str, value: object) -> object:
    """What a definition says, as the table writes it."""
    if field in ("polarity", "aggregation"):
        return WRITTEN[str(value)]
    if field == "value_type":
        return str(ValueType(str(value)).label)
    return ", ".join(value) if isinstance(value, (list, tuple)) else value


def _from(cells: Cells, last: IndicatorVersion) -> date:
    start = read_date(cells["start"]) if cells.get("start") else timezone.localdate()
    if start <= last.start:
        raise Refused(_("Definisinya berubah: isi Mulai berlaku dengan tanggal sesudah versi sekarang dimulai."))
    return start


def _definition(cells: Cells) -> dict[str, object]:
    """What the row says of the definition; a column that is not there says nothing."""
    faults = Faults()
    polarity = DIRECTIONS.get(cells.get("polarity", "").casefold())
    aggregation = COMBINED.get(cells.get("aggregation", "").casefold())
    if polarity is None:
        faults.add(_("Arah “%(text)s” tidak dikenal: tulis naik atau turun.") % {"text": cells["polarity"]})
    if aggregation is None:
        words = {"text": cells["aggregation"], "names": ", ".join(list(COMBINED)[:4])}
        faults.add(_("Penggabungan “%(text)s” tidak dikenal. Pilih: %(names)s.") % words)
    faults.settle()
    says: dict[str, object] = {"name": cells["name"], "unit_of_measure": cells["measure"], "polarity": polarity}
    says["aggregation"] = aggregation
    scale = [part.strip() for part in cells.get("scale", "").split(",") if part.strip()]
    says |= {"scale": scale, "value_type": ValueType.ORDINAL if scale else ValueType.NUMBER}
    return says | {name: cells[name] for name in ("definition", "formula", "source", "baseline") if name in cells}


def _activity_of(office: Office, cells: Cells) -> Kegiatan | None:
    code = cells.get("kegiatan", "")
    if not code:
        return None
    found = Kegiatan.objects.filter(office=office, code=code).first()
    if found is None:
        raise Refused(_("Kode kegiatan %(code)s tidak ada. Impor programnya dahulu.") % {"code": code})
    return found


def _take_targets(office: Office, cells: Cells, by: Actor) -> Taken:
    code, faults = cells["code"], Faults()
    year = faults.of(_year, cells["year"])
    indicator = faults.of(_indicator_of, office, code)
    faults.settle()
    assert year is not None and indicator is not None
    version = indicator.versions.latest("no")
    now = {row.quarter: Aim(row.amount, row.text) for row in indicator.targets.filter(year=year).order_by("no")}
    aims: dict[int, Change] = {}
    for quarter in range(5):
        typed = cells.get(f"q{quarter}", "")
        if typed and (read := faults.of(read_aim, typed, version.value_type, version.scale)):
            aims[quarter] = Change(Aim(*read), now.get(quarter))
    faults.settle()
    words = changes(
        *(
            (heading, _aim_told(now.get(quarter)), _aim_told(aims[quarter].to))
            for quarter, heading in enumerate(_HEADINGS) if quarter in aims
        )
    )  # fmt: skip
    rows = set_targets(indicator=indicator, year=year, changes=aims, basis=cells.get("basis", ""), by=by)
    state = "same" if not rows else "changed" if now else "new"
    return Taken(f"{code} {version.name} {year}", state, words if rows else "")  # type: ignore[arg-type]


def _indicator_of(office: Office, code: str) -> Indicator:
    found = Indicator.objects.filter(office=office, code=code).first()
    if found is None:
        raise Refused(_("Indikator dengan kode %(code)s tidak ada. Impor indikatornya dahulu.") % {"code": code})
    return found


def _aim_told(aim: Aim | None) -> str:
    return "" if aim is None else aim.text or (format_number(aim.amount) if aim.amount is not None else "-")


def _objectives(office: Office) -> Iterable[Sequence[str]]:
    rows = Sasaran.objects.filter(plan__office=office, plan__end__isnull=True).select_related("tujuan", "plan")
    return [
        (str(row.plan.year), row.tujuan.text if row.tujuan else "", row.text)
        for row in rows.order_by("plan__year", "no")
    ]


def _activities(office: Office) -> Iterable[Sequence[str]]:
    rows = Kegiatan.objects.filter(office=office).select_related("unit", "sasaran").order_by("code")
    year = timezone.localdate().year
    money = {b.kegiatan_id: b for b in Budget.objects.filter(kegiatan__in=rows, year=year, quarter=0).order_by("no")}
    return [
        (
            row.code, row.name, row.nomenclature, row.unit.code if row.unit else "",
            row.sasaran.text if row.sasaran else "", str(year) if row.pk in money else "",
            _plain(money[row.pk].amount) if row.pk in money else "",
            money[row.pk].basis if row.pk in money else "",
        )
        for row in rows
    ]  # fmt: skip


def _indicators(office: Office) -> Iterable[Sequence[str]]:
    """The office's own; those of people are not handed out in a file."""
    rows = Indicator.objects.filter(office=office, pegawai__isnull=True).select_related("unit", "sasaran", "kegiatan")
    last = {one.indicator_id: one for one in IndicatorVersion.objects.filter(indicator__in=rows).order_by("no")}
    return [
        (
            row.code, one.name, one.unit_of_measure, WRITTEN[one.polarity],
            WRITTEN[one.aggregation], ", ".join(one.scale), row.unit.code if row.unit else "", "",
            row.sasaran.text if row.sasaran else "", row.kegiatan.code if row.kegiatan else "", one.definition,
            one.formula, one.source, one.baseline, one.start.strftime("%d-%m-%Y"), "",
        )
        for row in rows.order_by("code")
        for one in [last[row.pk]]
    ]  # fmt: skip


def _targets(office: Office) -> Iterable[Sequence[str]]:
    """Those of this year."""
    year = timezone.localdate().year
    rows = Target.objects.filter(indicator__office=office, indicator__pegawai__isnull=True, year=year).order_by("no")
    found: dict[str, dict[int, Target]] = {}
    for row in rows.select_related("indicator"):
        found.setdefault(row.indicator.code, {})[row.quarter] = row
    return [
        (code, str(year), *(_aim(aims.get(quarter)) for quarter in range(5)), next(iter(aims.values())).basis)
        for code, aims in sorted(found.items())
    ]


def _aim(row: Target | None) -> str:
    return "" if row is None else row.text or typed_number(row.amount) or "-"


def _plain(amount: Decimal) -> str:
    return typed_number(amount.normalize())


OBJECTIVES = Kind(
    "sasaran", gettext_lazy("Tujuan dan sasaran"), gettext_lazy("Untuk dokumen perencanaan tahun itu yang sudah ada."),
    (
        Column("year", "Tahun", required=True, width=8), Column("tujuan", "Tujuan", width=45),
        Column("sasaran", "Sasaran", required=True, width=55),
    ),
    _take_objective, _objectives, one_of=("year", "tujuan", "sasaran"),
)  # fmt: skip

ACTIVITIES = Kind(
    "kegiatan", gettext_lazy("Program, kegiatan, sub kegiatan"),
    gettext_lazy("Menurut DPA; yang di atasnya lebih dahulu."),
    (
        Column("code", "Kode", required=True, form="code"), Column("name", "Nama", required=True, width=50),
        Column("nomenclature", "Nomenklatur"), Column("unit", "Kode unit", form="code"),
        Column("sasaran", "Sasaran", width=45), Column("year", "Tahun", width=8),
        Column("ceiling", "Pagu", form="number"), Column("basis", "Dasar"),
    ),
    _take_activity, _activities, one_of=("code", "year"), chained=True,
)  # fmt: skip

INDICATORS = Kind(
    "indikator", gettext_lazy("Indikator"), gettext_lazy("Kamus indikator: apa yang diukur, oleh siapa, bagaimana."),
    (
        Column("code", "Kode", required=True, form="code"), Column("name", "Nama indikator", required=True, width=45),
        Column("measure", "Satuan", required=True), Column("polarity", "Arah"), Column("aggregation", "Penggabungan"),
        Column("scale", "Urutan predikat"), Column("unit", "Kode unit", form="code"),
        Column("nip", "NIP", form="code", width=22), Column("sasaran", "Sasaran", width=40),
        Column("kegiatan", "Kode kegiatan", form="code"), Column("definition", "Definisi operasional", width=40),
        Column("formula", "Cara menghitung", width=40), Column("source", "Sumber data", width=24),
        Column("baseline", "Data dasar"), Column("start", "Mulai berlaku"), Column("reason", "Sebab perubahan"),
    ),
    _take_indicator, _indicators,
)  # fmt: skip

_HEADINGS = ("Target setahun", "Target TW I", "Target TW II", "Target TW III", "Target TW IV")

TARGETS = Kind(
    "target", gettext_lazy("Target"),
    gettext_lazy("Setahun dan tiap periode. “-” berarti tidak diukur; kosong berarti tetap."),
    (
        Column("code", "Kode indikator", required=True, form="code"), Column("year", "Tahun", required=True, width=8),
        Column("q0", _HEADINGS[0], form="number"), Column("q1", _HEADINGS[1], form="number"),
        Column("q2", _HEADINGS[2], form="number"), Column("q3", _HEADINGS[3], form="number"),
        Column("q4", _HEADINGS[4], form="number"), Column("basis", "Dasar", width=24),
    ),
    _take_targets, _targets, one_of=("code", "year"),
)  # fmt: skip

KINDS = (OBJECTIVES, ACTIVITIES, INDICATORS, TARGETS)
