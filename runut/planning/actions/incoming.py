"""The tables with which an office's plans are set up: objectives, activities, indicators, targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from runut.lib.imports import Column
from runut.lib.numbers import typed_number
from runut.organisation.actions.tables import Besides, Kind
from runut.organisation.models import Office
from runut.planning.actions import offers
from runut.planning.actions.definitions import TABLE
from runut.planning.actions.taking import AIMED, Activities, Objectives, Targets, plans_to_open
from runut.planning.actions.taking_indicators import Indicators
from runut.planning.models import Budget, IndicatorVersion, Kegiatan, Sasaran, Target
from runut.planning.queries import left_out_of_files
from runut.planning.rules import parent_code


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
    rows = IndicatorVersion.objects.filter(indicator__office=office, indicator__pegawai__isnull=True).order_by("no")
    hung = (f"indicator__{name}" for name in ("office", "unit", "tujuan", "sasaran", "kegiatan", "serves", "jabatan"))
    named = rows.select_related(*hung, "keeper", "supplier")
    last = {version.indicator.code: version for version in named}
    return [[column.out(version) for column in TABLE] for _code, version in sorted(last.items())]


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
    "sasaran", gettext_lazy("Tujuan dan sasaran"),
    gettext_lazy("Dari dokumen perencanaan tahun itu. Bila belum ada, dibuatkan Perjanjian Kinerja."),
    (
        Column("year", "Tahun", required=True, width=8), Column("tujuan", "Tujuan", width=45, most=300),
        Column("sasaran", "Sasaran", required=True, width=55, most=300),
    ),
    Objectives, _objectives, one_of=("year", "tujuan", "sasaran"), besides=Besides("year", plans_to_open),
    fixed=("year", "tujuan", "sasaran"),
)  # fmt: skip

ACTIVITIES = Kind(
    "kegiatan", gettext_lazy("Program, kegiatan, sub kegiatan"),
    gettext_lazy("Menurut DPA; yang di atasnya lebih dahulu."),
    (
        Column("code", "Kode", required=True, form="code"),
        Column("name", "Nama", required=True, width=50, most=250),
        Column("nomenclature", "Nomenklatur", most=20), Column("unit", "Kode unit", form="code"),
        Column("sasaran", "Sasaran", width=45), Column("year", "Tahun", width=8),
        Column("ceiling", gettext_noop("Pagu"), form="number"), Column("basis", "Dasar", most=200),
    ),
    Activities, _activities, one_of=("code", "year"),
    stands_on=lambda cells: [parent_code(cells.get("code", "")) or ""], fixed=("code", "nomenclature"),
    offers=offers.of_activities,
)  # fmt: skip

INDICATORS = Kind(
    "indikator", gettext_lazy("Indikator"), gettext_lazy("Kamus indikator: apa yang diukur, oleh siapa, bagaimana."),
    tuple(column.column for column in TABLE), Indicators, _indicators, left_out=left_out_of_files,
    stands_on=lambda cells: [cells.get("serves", "")], fixed=("code", "unit", "nip"), offers=offers.of_indicators,
)  # fmt: skip

TARGETS = Kind(
    "target", gettext_lazy("Target"),
    gettext_lazy("Setahun dan tiap periode. “-” berarti tidak diukur; kosong berarti tetap."),
    (
        Column("code", gettext_noop("Kode indikator"), required=True, form="code"),
        Column("year", "Tahun", required=True, width=8),
        *(Column(f"q{quarter}", heading, form="number", most=60) for quarter, heading in enumerate(AIMED)),
        Column("basis", "Dasar", width=24, most=200),
    ),
    Targets, _targets, one_of=("code", "year"), left_out=left_out_of_files, fixed=("code", "year"),
    offers=offers.of_targets,
)  # fmt: skip

KINDS = (OBJECTIVES, ACTIVITIES, INDICATORS, TARGETS)
