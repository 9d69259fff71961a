"""What changed from one version of a definition to the next, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from runut.lib.numbers import format_number
from runut.planning.models import IndicatorVersion
from runut.planning.rules import CHOSEN, FIELDS, UNITS, written_months, written_scale


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, and from what to what; "" where nothing stood or stands."""

    what: str
    before: str
    after: str


def differences(
    before: IndicatorVersion, after: IndicatorVersion, fields: Collection[str] = FIELDS
) -> tuple[Difference, ...]:
    """Field by field, in the order of the dictionary. `keeper` and `supplier` are read of both."""
    found = ((field, _said(before, field), _said(after, field)) for field in fields)
    return tuple(Difference(_label(field), then, now) for field, then, now in found if then != now)


def _label(field: str) -> str:
    name = str(IndicatorVersion._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]


def _said(version: IndicatorVersion, field: str) -> str:
    value = getattr(version, field)
    if field in CHOSEN:
        return str(getattr(version, f"get_{field}_display")())
    if field in UNITS:
        return value.name if value else ""
    if field == "predicate_scale":
        return written_scale(version.own_scale)
    if field == "months":
        return written_months(value)
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, Decimal):
        return format_number(value)
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
