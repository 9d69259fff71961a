"""The end of a case: what holds is written down, and what waited goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions import mark_values
from runut.collection.models import MarkKind, Value
from runut.collection.queries import current_values, with_binding
from runut.correction.actions.items import lock_held
from runut.correction.models import Correction, CorrectionItem, Decision
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, complete, release
from runut.sop.models import Run, RunState


def conclude(
    act: Act,
    *,
    members: Sequence[int] | None = None,
    chosen: Sequence[int] = (),
    form: Mapping[str, object] | None = None,
    reason: str = "",
    late_reason: str = "",
    data_hash: str = "",
) -> Result:
    """Do the step as `complete` does; when it was the run's last one, close the case it corrects."""
    result = complete(
        act,
        members=members,
        chosen=chosen,
        form=form,
        reason=act.why_back(reason),
        late_reason=late_reason,
        data_hash=data_hash,
    )
    if result.run_state == RunState.DONE:
        close_case(run=act.run, by=act.actor)
    return result


@transaction.atomic
def close_case(*, run: Run, by: Actor) -> Correction | None:
    """Close the open case that this run corrects, and release the run that waited for it; None without one.

    What no meeting decided is decided by the end of the procedure: the value that holds then.
    """
    case = Correction.objects.select_for_update(of=("self",)).filter(run=run, closed_at__isnull=True).first()
    if case is None:
        return None
    lock_held(case)
    settle(case)
    return shut(case, by, gettext_noop("Perbaikan selesai sesuai SOP."))


def settle(case: Correction) -> None:
    """Write the decision of the items that have none yet: their current version, old or new."""
    items = list(CorrectionItem.objects.filter(correction=case, decided__isnull=True).select_related("figure"))
    current = current_values([item.figure for item in items])
    for item in items:
        item.decided = current[item.figure_id]
        item.decision = Decision.OLD if item.decided.pk == item.before_id else Decision.NEW
    CorrectionItem.objects.bulk_update(items, ["decided", "decision"])


def shut(case: Correction, by: Actor, reason: str) -> Correction:
    """The case's end, with what it held released. The case is locked and settled."""
    case.closed_at, case.close_reason = timezone.now(), reason
    case.save(update_fields=["closed_at", "close_reason"])
    CorrectionItem.objects.filter(correction=case).update(open=False)
    rows = CorrectionItem.objects.filter(correction=case).order_by("pk")
    decided = [list(row) for row in rows.values_list("figure", "decision", "decided")]
    _let_hold(rows.values_list("decided", flat=True), by, reason)
    record(
        "correction.closed",
        subject=case,
        by=by,
        after={"code": case.code, "items": decided},
        reason=reason,
        at=case.closed_at,
    )
    others = Correction.objects.open().filter(source=case.source_id, holds_source=True)
    if case.holds_source and not others.exists():
        held = Run.objects.select_related("office").get(pk=case.source.collected_by.pk)
        if held.state == RunState.HELD:
            release(run=held, by=by)
    return case


def _let_hold(decided: Iterable[int | None], by: Actor, reason: str) -> None:
    """What was decided holds from here on, also where neither a check nor a meeting nor a signature said so."""
    values = with_binding(Value.objects.filter(pk__in=[pk for pk in decided if pk]))
    fresh = [value for value in values if not value.binds]  # type: ignore[attr-defined]
    mark_values(values=fresh, kind=MarkKind.DECIDED, by=by, basis=reason[:200])
