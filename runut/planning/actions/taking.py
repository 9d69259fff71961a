"""The rows of the tables with which an office's plans are set up, taken batch by batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.lib.codes import coded
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.lib.imports import Faults, read_under
from runut.lib.numbers import format_number
from runut.lib.reading import read_number, written_places
from runut.organisation.actions.known import (
    Cells,
    Lookup,
    Taken,
    Taker,
    unit_of,
    units_by_code,
)
from runut.organisation.actions.told import belongs, changes, stood
from runut.organisation.models import Office, Unit
from runut.organisation.permissions import Actor
from runut.planning.actions.activities import Named, change_activity, define_activity, set_budget
from runut.planning.actions.known import (
    activities_by_code,
    indicators_by_code,
    latest_versions,
    objective_of,
    objectives_by_text,
)
from runut.planning.actions.plans import Drawn, add_goal, add_objective, open_plan
from runut.planning.actions.targets import Aim, Change, set_targets
from runut.planning.models import (
    Budget,
    Indicator,
    Kegiatan,
    Plan,
    PlanKind,
    Sasaran,
    Target,
    Tujuan,
)
from runut.planning.rules import NOMENCLATURES, of_another_level, parent_code, read_aim

# So much money a field holds.
MOST_MONEY = Decimal(10) ** 16
AIMED = (
    gettext_noop("Target setahun"), gettext_noop("Target TW I"), gettext_noop("Target TW II"),
    gettext_noop("Target TW III"), gettext_noop("Target TW IV"),
)  # fmt: skip


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100):
        raise Refused(_("Tahun “%(text)s” tidak dikenal: tulis empat angka.") % {"text": text})
    return int(text)


def _title(year: int) -> str:
    return gettext_noop("Perjanjian Kinerja %(year)s") % {"year": year}


def _plans_of(office: Office) -> list[Plan]:
    return list(Plan.objects.filter(office=office).defer("snapshot").order_by("-year", "kind", "version"))


def _spanning(plans: Sequence[Plan], year: int) -> Plan | None:
    """The plan in force that has the year's objectives: the PK of that year, else what spans it."""
    found = [row for row in plans if row.end is None and row.year <= year <= (row.last_year or row.year)]
    return next((row for row in found if row.kind == "pk"), found[0] if found else None)


def _first_day(plans: Sequence[Plan], year: int) -> date:
    """From when a PK of the year can hold: after the one that ended. Refused where that lasted to the year's end."""
    ends = [row.end for row in plans if row.kind == PlanKind.PK and row.year == year and row.end is not None]
    first = max((end + timedelta(days=1) for end in ends), default=date(year, 1, 1))
    if first.year > year:
        sentence = _("%(plan)s sudah berakhir, dan belum ada dokumen perencanaan lain untuk tahun itu.")
        raise Refused(sentence % {"plan": _title(year)})
    return max(first, date(year, 1, 1))


def plans_to_open(office: Office, named: Iterable[str]) -> list[str]:
    """The PK that objectives of these years would open, where no plan spans one; a sentence each. One query."""
    plans = _plans_of(office)
    years = [year for year in sorted({_year(year) for year in named}) if _spanning(plans, year) is None]
    return [sentence for year in years if (sentence := _opening(plans, year))]


def _opening(plans: Sequence[Plan], year: int) -> str:
    """That the year's PK will be made, and from when; "" where its rows are refused."""
    try:
        first = _first_day(plans, year)
    except Refused:
        return ""
    told = _(
        "%(plan)s akan dibuat dan berlaku sejak 1 Januari %(year)s, karena belum ada dokumen perencanaan "
        "untuk tahun itu."
    )
    if first > date(year, 1, 1):
        told = _("%(plan)s akan dibuat dan berlaku sejak %(day)s, karena yang sebelumnya sudah berakhir.")
    return told % {"plan": _title(year), "year": year, "day": short_date(first)}


class Objectives(Taker):
    """Goals and objectives, of the plan in force that has the year's."""

    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        self.plans: Lookup[str, Sequence[Plan]] = Lookup(lambda: {"": _plans_of(office)})
        goals = Tujuan.objects.filter(plan__office=office, plan__end__isnull=True, text__in=self.named("tujuan"))
        self.goals = Lookup(lambda: {(row.plan_id, row.text): row for row in goals.order_by("-no", "-pk")})
        sasaran = Sasaran.objects.filter(plan__office=office, plan__end__isnull=True, text__in=self.named("sasaran"))
        self.objectives: Lookup[tuple[int, int | None, str], bool] = Lookup(
            lambda: {(row.plan_id, row.tujuan_id, row.text): True for row in sasaran}
        )

    def take(self, cells: Cells, by: Actor) -> Taken:
        year, text, aim = _year(cells["year"]), cells["sasaran"], cells.get("tujuan", "")
        known = self._plan_of(year)
        goal = self.goals.get((known.pk, aim)) if known and aim else None
        if known and (goal or not aim) and self.objectives.get((known.pk, goal.pk if goal else None, text)):
            return Taken(text, "same")
        first = date(year, 1, 1) if known else _first_day(self.plans.get("") or (), year)

        def act() -> None:
            plan, above = known or self._opened(year, first, by), goal
            if aim and above is None:
                above = add_goal(plan=plan, text=aim, by=by)
                self.goals.put((plan.pk, aim), above)
            add_objective(plan=plan, text=text, goal=above, by=by)
            self.objectives.put((plan.pk, above.pk if above else None, text), True)

        where = _("Dokumen"), str(known or _title(year))
        made = "" if known else _("%(plan)s dibuat.") % {"plan": _title(year)}
        return Taken(text, "new", belongs(where, (_("Tujuan"), goal or aim)), act, made, stood=stood([where]))

    def _plan_of(self, year: int) -> Plan | None:
        return _spanning(self.plans.get("") or (), year)

    def _opened(self, year: int, first: date, by: Actor) -> Plan:
        """The PK of a year that no plan spans yet: an office that sets itself up has none, or it has ended."""
        drawn = Drawn(PlanKind.PK, _title(year), year, first)
        plan = open_plan(office=self.office, drawn=drawn, by=by)
        self.plans.put("", [*(self.plans.get("") or ()), plan])
        return plan


@dataclass(frozen=True, slots=True)
class _Ceiling:
    """The money of a year; None for a row that does not say it."""

    year: int
    amount: Decimal | None
    basis: str


def _rupiah(text: str) -> Decimal | None:
    amount = read_under("Pagu", read_number, text)
    if amount is not None and not (0 <= amount < MOST_MONEY and written_places(amount) <= 2):
        raise Refused(_("Pagu “%(text)s” bukan jumlah rupiah. Tulis angkanya, misalnya 42.500.000.") % {"text": text})
    return amount


class Activities(Taker):
    """Programs, activities and sub activities, with the money of a year."""

    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        codes = self.named("code")
        self.units = units_by_code(office, self.named("unit"))
        self.objectives = objectives_by_text(office, self.named("sasaran"))
        self.activities = activities_by_code(office, codes | set(filter(None, map(parent_code, codes))))
        mine = coded(Kegiatan.objects.filter(office=office), codes)
        money = Budget.objects.filter(kegiatan__in=mine, quarter=0).order_by("no")
        found = money.values_list("kegiatan__code", "year", "amount")
        self.money = Lookup(lambda: {(code, year): amount for code, year, amount in found})

    def take(self, cells: Cells, by: Actor) -> Taken:
        code, label, faults = cells["code"], f"{cells['code']} {cells['name']}", Faults()
        sasaran = faults.of(objective_of, self.objectives, cells.get("sasaran", ""), self.activities.get(code))
        unit = faults.of(unit_of, self.units, cells.get("unit", ""))
        year = faults.of(_year, cells.get("year", "") or str(timezone.localdate().year))
        amount = faults.of(_rupiah, cells.get("ceiling", ""))
        faults.settle()
        assert year is not None
        known = self.activities.get(code)
        before = self.money.get((known.code if known else code, year))
        if known is not None:
            # A column that is not there says nothing.
            unit = unit if "unit" in cells else known.unit
            sasaran = sasaran if "sasaran" in cells else known.sasaran
        named, ceiling = Named(cells["name"], unit, sasaran), _Ceiling(year, amount, cells.get("basis", ""))
        is_money = amount is not None and before != amount

        def act() -> None:
            kegiatan = known
            if kegiatan is None:
                nomenclature = cells.get("nomenclature", "") or NOMENCLATURES[0].key
                kegiatan = define_activity(office=self.office, code=code, nomenclature=nomenclature, named=named, by=by)
            else:
                change_activity(kegiatan=kegiatan, named=named, by=by)
                # A row that is rolled back leaves what was known as it was.
                kegiatan = copy(kegiatan)
                kegiatan.name, kegiatan.unit, kegiatan.sasaran = named.name, named.unit, named.sasaran
            self.activities.put(code, kegiatan)
            if is_money:
                self._set(kegiatan, ceiling, by)

        if known is None:
            return Taken(label, "new", self._where(code, unit, sasaran), act)
        return self._changed(known, cells, named, ceiling, before, act)

    def _changed(
        self, known: Kegiatan, cells: Cells, named: Named, ceiling: _Ceiling, before: Decimal | None,
        act: Callable[[], None],
    ) -> Taken:  # fmt: skip
        """What the row changes about an activity that is there. before: the money of the year until now."""
        pairs: list[tuple[str, object, object]] = [(_("Nama"), known.name, named.name)]
        pairs += [(_("Unit"), known.unit, named.unit)] if "unit" in cells else []
        pairs += [(_("Sasaran"), known.sasaran, named.sasaran)] if "sasaran" in cells else []
        if ceiling.amount is not None:
            pairs.append((_("Pagu %(year)s") % {"year": ceiling.year}, before, ceiling.amount))
        label = f"{cells['code']} {cells['name']}"
        if not (words := changes(*pairs)):
            return Taken(label, "same")
        if ceiling.amount not in (None, before) and ceiling.basis:
            words += "\n" + belongs((_("Dasar"), ceiling.basis))
        return Taken(label, "changed", words, act, about=known, stood=stood((what, now) for what, now, _then in pairs))

    def _where(self, code: str, unit: Unit | None, sasaran: Sasaran | None) -> str:
        """Where a new one belongs, and what is odd about its code."""
        above = self.activities.get(parent_code(code) or "")
        doubt = of_another_level(code, self.office.instansi.name, self.office.kind)
        return belongs((_("Di bawah"), above), (_("Unit"), unit), (_("Sasaran"), sasaran), (_("Periksa"), doubt))

    def _set(self, kegiatan: Kegiatan, ceiling: _Ceiling, by: Actor) -> None:
        assert ceiling.amount is not None
        set_budget(kegiatan=kegiatan, year=ceiling.year, amounts={0: ceiling.amount}, basis=ceiling.basis, by=by)
        self.money.put((kegiatan.code, ceiling.year), ceiling.amount)


class Targets(Taker):
    """What is promised: a row has the targets of an indicator for a year and its quarters."""

    def __init__(self, office: Office, rows: Sequence[Cells]) -> None:
        super().__init__(office, rows)
        self.indicators = indicators_by_code(office, self.named("code"))
        self.versions = latest_versions(office, self.named("code"))
        years = [int(year) for year in self.named("year") if year.isascii() and year.isdecimal() and len(year) == 4]
        mine = coded(Indicator.objects.filter(office=office), self.named("code"))
        found = Target.objects.filter(indicator__in=mine, year__in=years)
        self.aims: Lookup[tuple[str, int], Mapping[int, Aim]] = Lookup(lambda: _by_year(found))

    def take(self, cells: Cells, by: Actor) -> Taken:
        code, faults = cells["code"], Faults()
        year = faults.of(_year, cells["year"])
        indicator = faults.of(self._indicator_of, code)
        faults.settle()
        assert year is not None and indicator is not None
        code = indicator.code
        version = self.versions.get(code)
        assert version is not None
        unit = version.unit_of_measure
        now, aims = self.aims.get((code, year)) or {}, dict[int, Change]()
        for quarter in range(5):
            typed = cells.get(f"q{quarter}", "")
            reading = partial(read_aim, value_type=version.value_type, scale=version.scale, unit=unit)
            if typed and (read := faults.of(read_under, AIMED[quarter], reading, typed)):
                aims[quarter] = Change(Aim(*read), now.get(quarter))
        faults.settle()
        label = f"{code} {version.name} {year}"
        if all(now.get(quarter) == change.to for quarter, change in aims.items()):
            return Taken(label, "same")

        def act() -> None:
            set_targets(indicator=indicator, year=year, changes=aims, basis=cells.get("basis", ""), by=by)
            self.aims.put((code, year), {**now, **{quarter: change.to for quarter, change in aims.items()}})

        words = changes(
            *(
                (_(heading), _aim_told(now.get(quarter)), _aim_told(aims[quarter].to))
                for quarter, heading in enumerate(AIMED) if quarter in aims
            )
        )  # fmt: skip
        stands = stood((_(AIMED[quarter]), _aim_told(now.get(quarter))) for quarter in aims)
        if now and (basis := cells.get("basis")):
            words += "\n" + belongs((_("Dasar"), basis))
        return Taken(label, "changed" if now else "new", words, act, about=indicator, stood=stands)

    def _indicator_of(self, code: str) -> Indicator:
        if (found := self.indicators.get(code)) is None:
            raise Refused(_("Indikator dengan kode %(code)s tidak ada. Impor indikatornya dahulu.") % {"code": code})
        return found


def _by_year(rows: QuerySet[Target]) -> Mapping[tuple[str, int], Mapping[int, Aim]]:
    found: dict[tuple[str, int], dict[int, Aim]] = defaultdict(dict)
    for row in rows.select_related("indicator").order_by("no"):
        found[row.indicator.code, row.year][row.quarter] = Aim(row.amount, row.text)
    return found


def _aim_told(aim: Aim | None) -> str:
    return "" if aim is None else aim.text or (format_number(aim.amount) if aim.amount is not None else "-")
