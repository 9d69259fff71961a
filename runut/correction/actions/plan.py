"""The plan of a correction: who repairs which figure, until when, with what evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.correction.actions.closing import conclude
from runut.correction.actions.instruct import make_forms
from runut.correction.actions.items import locked_case, required_repairers, scope_to
from runut.correction.models import Correction, CorrectionItem
from runut.correction.queries import correction_of
from runut.correction.rules import check_due_day, repair_each
from runut.lib.errors import Refused
from runut.lib.worktime import Calendar
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin
from runut.sop.actions.opening import scope_of


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One item of the plan. repairer: id of the pegawai, or of the unit for a procedure by unit."""

    repairer: int
    due_on: date
    evidence: str
    cause: str = ""


@transaction.atomic
def set_plan(
    *,
    task_id: int,
    by: Actor,
    entries: Mapping[int, PlanEntry],
    key: str = "",
    outcome: str = "complete",
    late_reason: str = "",
) -> Result:
    """Set the plan (item id -> entry), make the forms for the repair, and hand them to their repairers.

    Everybody who answers for a touched activity stays in the run's scope: they sign at the end.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="plan")
    if act.replayed:
        assert act.result is not None
        return act.result
    assert not act.outcome.back, "a return is given back without a plan"
    case = correction_of(act.run)
    if case is None or case.closed_at is not None:
        raise Refused(_("SOP ini berjalan tanpa angka yang diperbaiki. Buka perbaikan dari halaman Perbaikan."))
    case = locked_case(case)
    items = list(CorrectionItem.objects.filter(correction=case).select_related("figure__indicator__indicator"))
    members = _assign(act, case, items, entries)
    form = {"items": [[i.figure_id, entries[i.pk].repairer, entries[i.pk].due_on.isoformat()] for i in items]}
    return conclude(act, members=members, form=form, late_reason=late_reason)


def _assign(act: Act, case: Correction, items: Sequence[CorrectionItem], entries: Mapping[int, PlanEntry]) -> list[int]:
    each, today = repair_each(act.definition), act.calendar.local_day(act.now)
    repairers = required_repairers([item.figure for item in items], each, today)
    in_scope = {int(member[1:]) for member in scope_of(act.run, each)}
    answering = {pk for found in repairers.values() for pk in found}
    for item in items:
        _check_entry(item, entries.get(item.pk), answering | in_scope, act.calendar, today)
    for item in items:
        entry = entries[item.pk]
        item.due_on, item.needed_evidence = entry.due_on, entry.evidence.strip()
        item.suspected_cause = entry.cause.strip()
    CorrectionItem.objects.bulk_update(items, ["due_on", "needed_evidence", "suspected_cause"])
    chosen = {item.pk: entries[item.pk].repairer for item in items}
    make_forms(act.run, case, act.actor, each, items, chosen)
    scope_to(act.run, each, repairers | {-pk: [repairer] for pk, repairer in chosen.items()}, _dues(act, entries))
    record(
        "correction.planned",
        subject=case,
        by=act.actor,
        after={"items": [[i.figure_id, chosen[i.pk], i.due_on, i.needed_evidence, i.suspected_cause] for i in items]},
        at=act.now,
    )
    return list(dict.fromkeys(chosen.values()))


def _dues(act: Act, entries: Mapping[int, PlanEntry]) -> dict[int, datetime]:
    """Repairer -> when the office closes on the first of the days planned for that one's figures."""
    dues: dict[int, datetime] = {}
    for entry in entries.values():
        day = entry.due_on
        at = act.calendar.closing(day)
        assert at is not None, "a repair is due on a working day"
        dues[entry.repairer] = min(at, dues.get(entry.repairer, at))
    return dues


def _check_entry(
    item: CorrectionItem, entry: PlanEntry | None, candidates: set[int], calendar: Calendar, today: date
) -> None:
    label = item.figure.indicator.name
    if entry is None:
        raise Refused(_("“%(name)s” belum direncanakan. Pilih siapa yang memperbaiki.") % {"name": label})
    if entry.repairer not in candidates:
        raise Refused(_("“%(name)s”: pilih pelaksana dari daftar pemangku kegiatan.") % {"name": label})
    if not entry.evidence.strip():
        raise Refused(_("“%(name)s”: tulis bukti yang diperlukan.") % {"name": label})
    check_due_day(entry.due_on, calendar, today, f"due-{item.pk}")
