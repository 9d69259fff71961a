"""What is promised for a year and its quarters. A change is a new row: a figure keeps the target it was given with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.planning.models import Indicator, Target
from runut.planning.permissions import check_keeps


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: a number, or as text a predicate, a range or a bound. Both empty: nothing is measured then."""

    amount: Decimal | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a target becomes, and what whoever changes it had before them; None where there was none."""

    to: Aim
    shown: Aim | None = None


@transaction.atomic
def set_targets(
    *, indicator: Indicator, year: int, changes: Mapping[int, Change], basis: str, by: Actor | None
) -> list[Target]:
    """Write the targets that change; quarter 0 is the year. A changed promise needs its basis.

    Refused (`stale`) where somebody else changed one of them meanwhile.
    """
    check_keeps(by, indicator.office_id)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    known = {row.quarter: row for row in Target.objects.filter(indicator=indicator, year=year).order_by("no")}
    for quarter, change in changes.items():
        _check_as_shown(known.get(quarter), change)
    changed = {quarter: change.to for quarter, change in changes.items() if _as_aim(known.get(quarter)) != change.to}
    revised = [quarter for quarter in changed if quarter in known]
    if revised and not basis.strip():
        raise Refused(_("Target yang sudah ditetapkan hanya berubah dengan dasar: tulis dokumennya."), code="basis")
    rows = [
        Target.objects.create(
            instansi_id=indicator.instansi_id, indicator=indicator, year=year, quarter=quarter,
            no=known[quarter].no + 1 if quarter in known else 1, amount=aim.amount, text=aim.text, basis=basis.strip(),
        )
        for quarter, aim in sorted(changed.items())
    ]  # fmt: skip
    if rows:
        before = {f"{year}/{quarter}": _told(known[quarter]) for quarter in revised}
        after = {f"{year}/{row.quarter}": _told(row) for row in rows}
        record("indicator.targets_set", subject=indicator, by=by, before=before, after=after, reason=basis.strip())
    return rows


def _check_as_shown(row: Target | None, change: Change) -> None:
    now = _as_aim(row)
    if now not in (change.shown, change.to):
        sentence = _("Target ini diubah orang lain menjadi %(now)s. Muat ulang halamannya, lalu periksa lagi.")
        raise Refused(sentence % {"now": _told(row) if row else "–"}, code="stale")


def _as_aim(row: Target | None) -> Aim | None:
    return None if row is None else Aim(row.amount, row.text)


def _told(row: Target) -> str:
    return row.text or ("-" if row.amount is None else str(row.amount.normalize()))
