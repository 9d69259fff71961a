"""What may be chosen in the columns of the tables with which an office's plans are set up: a query for each list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from runut.lib.workbooks import Offer
from runut.organisation.actions.offers import positions, units
from runut.organisation.models import Office
from runut.planning.actions.definitions import choices
from runut.planning.models import Indicator, IndicatorVersion, Kegiatan, Sasaran, Tujuan
from runut.planning.rules import NOMENCLATURES


def of_activities(office: Office) -> Mapping[str, Offer]:
    editions = Offer(tuple(one.key for one in NOMENCLATURES), tuple(one.title for one in NOMENCLATURES))
    return {"nomenclature": editions, "unit": units(office), "sasaran": _objectives(office)}


def of_indicators(office: Office) -> Mapping[str, Offer]:
    goals = Tujuan.objects.filter(plan__office=office, plan__end__isnull=True).order_by("plan__year", "no")
    activities = list(Kegiatan.objects.filter(office=office).order_by("code").values_list("code", "name"))
    unit = units(office)
    return {
        **{key: Offer(words) for key, words in choices().items()},
        **dict.fromkeys(("unit", "keeper", "supplier"), unit),
        "sasaran": _objectives(office), "tujuan": _once(goals.values_list("text", flat=True)),
        "kegiatan": Offer(tuple(code for code, _name in activities), tuple(name for _code, name in activities)),
        "serves": _indicators(office, more=True), "jabatan": positions(office),
    }  # fmt: skip


def of_targets(office: Office) -> Mapping[str, Offer]:
    return {"code": _indicators(office)}


def _objectives(office: Office) -> Offer:
    rows = Sasaran.objects.filter(plan__office=office, plan__end__isnull=True).order_by("plan__year", "no")
    return _once(rows.values_list("text", flat=True))


def _once(texts: Iterable[str]) -> Offer:
    return Offer(tuple(dict.fromkeys(texts)))


def _indicators(office: Office, *, more: bool = False) -> Offer:
    """Those of the office itself, by their codes. more: the table may name one that is not there yet."""
    own = Indicator.objects.filter(office=office, pegawai__isnull=True)
    rows = IndicatorVersion.objects.filter(indicator__in=own).order_by("indicator__code", "no")
    names = dict(rows.values_list("indicator__code", "name"))
    return Offer(tuple(names), tuple(names.values()), more=more)
