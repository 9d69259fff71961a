"""The tables with which an office's plans are set up: objectives, activities, indicators, targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy

from runut.lib.imports import Column
from runut.lib.numbers import typed_number
from runut.organisation.actions.tables import Besides, Kind
from runut.organisation.models import Office
from runut.planning.actions.definitions import WRITTEN, factor_told, told, value_told
from runut.planning.actions.taking import AIMED, Activities, Indicators, Objectives, Targets, plans_to_open
from runut.planning.models import Budget, Indicator, IndicatorVersion, Kegiatan, Sasaran, Target
from runut.planning.rules import parent_code, written_months, written_scale


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
    versions = IndicatorVersion.objects.filter(indicator__in=rows).select_related("supplier").order_by("no")
    last = {one.indicator_id: one for one in versions}
    return [
        (
            row.code, one.name, one.unit_of_measure, WRITTEN[one.polarity],
            WRITTEN[one.aggregation], ", ".join(one.scale), row.unit.code if row.unit else "", "",
            row.sasaran.text if row.sasaran else "", row.kegiatan.code if row.kegiatan else "", one.definition,
            one.formula, one.source, one.baseline, one.start.strftime("%d-%m-%Y"), "",
            written_scale(one.own_scale), one.numerator, one.numerator_unit, one.denominator, one.denominator_unit,
            factor_told(one), value_told(one), written_months(one.months), one.supplier.code if one.supplier else "",
            str(told("cascading", one.cascading)),
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
    "sasaran", gettext_lazy("Tujuan dan sasaran"),
    gettext_lazy("Dari dokumen perencanaan tahun itu. Bila belum ada, dibuatkan Perjanjian Kinerja."),
    (
        Column("year", "Tahun", required=True, width=8), Column("tujuan", "Tujuan", width=45),
        Column("sasaran", "Sasaran", required=True, width=55),
    ),
    Objectives, _objectives, one_of=("year", "tujuan", "sasaran"), besides=Besides("year", plans_to_open),
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
    Activities, _activities, one_of=("code", "year"),
    stands_on=lambda cells: [parent_code(cells.get("code", "")) or ""],
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
        Column("predicates", "Skala predikat", width=30), Column("numerator", "Pembilang", width=30),
        Column("numerator_unit", "Satuan pembilang"), Column("denominator", "Penyebut", width=30),
        Column("denominator_unit", "Satuan penyebut"), Column("multiplier", "Pengali", form="number"),
        Column("value_kind", "Jenis nilai"), Column("months", "Bulan ukur", width=24),
        Column("supplier", "Kode unit penyedia", form="code"), Column("cascading", "Jenis cascading"),
    ),
    Indicators, _indicators,
)  # fmt: skip

TARGETS = Kind(
    "target", gettext_lazy("Target"),
    gettext_lazy("Setahun dan tiap periode. “-” berarti tidak diukur; kosong berarti tetap."),
    (
        Column("code", "Kode indikator", required=True, form="code"), Column("year", "Tahun", required=True, width=8),
        Column("q0", AIMED[0], form="number"), Column("q1", AIMED[1], form="number"),
        Column("q2", AIMED[2], form="number"), Column("q3", AIMED[3], form="number"),
        Column("q4", AIMED[4], form="number"), Column("basis", "Dasar", width=24),
    ),
    Targets, _targets, one_of=("code", "year"),
)  # fmt: skip

KINDS = (OBJECTIVES, ACTIVITIES, INDICATORS, TARGETS)
