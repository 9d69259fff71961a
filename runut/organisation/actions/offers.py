"""What may be chosen in the columns of the tables with which an office is set up: a query for each list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from runut.lib.workbooks import Offer
from runut.organisation.models import Jabatan, JabatanKind, Office, Unit


def units(office: Office, *, more: bool = False) -> Offer:
    """Codes of the open units. more: the table itself may name one that is not there yet."""
    rows = Unit.objects.filter(office=office, closed_on__isnull=True).order_by("code").values_list("code", "name")
    return _coded(rows, more=more)


def positions(office: Office, *, more: bool = False) -> Offer:
    """Codes of the open positions."""
    rows = Jabatan.objects.filter(office=office, closed_on__isnull=True).order_by("code").values_list("code", "name")
    return _coded(rows, more=more)


def of_units(office: Office) -> Mapping[str, Offer]:
    return {"parent": units(office, more=True)}


def of_positions(office: Office) -> Mapping[str, Offer]:
    kinds = Offer(tuple(JabatanKind.values), tuple(str(label) for label in JabatanKind.labels))
    return {"kind": kinds, "unit": units(office), "superior": positions(office, more=True)}


def of_people(office: Office) -> Mapping[str, Offer]:
    return {"position": positions(office)}


def _coded(rows: Iterable[tuple[str, str]], *, more: bool) -> Offer:
    found = list(rows)
    return Offer(tuple(code for code, _name in found), tuple(name for _code, name in found), more=more)
