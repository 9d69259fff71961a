"""The items of a case: what each figure said before, what was proposed, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from runut.collection.models import Evidence, Figure, Value
from runut.collection.queries import achieved, scale_of
from runut.collection.rules import Achievement
from runut.correction.models import Correction, CorrectionItem, Decision
from runut.correction.queries.cases import correction_of
from runut.correction.queries.records import carried_out
from runut.organisation.permissions import Actor
from runut.planning.models import IndicatorVersion
from runut.planning.rules import OfOffice
from runut.sop.models import Run


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One figure of a case. Versions are None until there are any; they stay readable for ever.

    proposed: what the repairer last handed in. decided: what the meeting, or the end of the case,
    settled on, be it that another number was handed in since. files: evidence by its id.
    """

    item: CorrectionItem
    figure: Figure
    before: Value
    proposed: Value | None
    decided: Value | None
    files: Mapping[int, Evidence]
    achievement_before: Achievement
    achievement_proposed: Achievement | None
    achievement_after: Achievement | None

    @property
    def version(self) -> IndicatorVersion:
        return self.figure.indicator

    @property
    def label(self) -> str:
        return self.figure.indicator.name

    @property
    def subject(self) -> str:
        """Whose figure it is, in words."""
        return subject_of(self.figure)

    @property
    def after(self) -> Value | None:
        """The version that now holds, or is proposed: cause, reason and evidence are its own."""
        return _latest(self.item, self.decided, self.proposed)

    @property
    def decision(self) -> Decision:
        """What was decided on the version as it is now; pending where no meeting has had it before it."""
        return decision_on(self.item, self.proposed)

    @property
    def on_table(self) -> ItemRow:
        """The row as a meeting has it before it: what was handed in, also where an earlier one decided otherwise."""
        return replace(self, decided=None)

    @property
    def cause(self) -> str:
        return (self.after.cause if self.after else "") or self.item.suspected_cause

    @property
    def reason(self) -> str:
        return self.after.reason if self.after else ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        kept = self.after.evidence if self.after else []
        return tuple(self.files[entry["id"]] for entry in kept if entry["id"] in self.files)

    @property
    def lacks_evidence(self) -> bool:
        """Whether evidence was asked for and none is there."""
        return bool(self.item.needed_evidence) and not self.evidence

    @property
    def is_refused(self) -> bool:
        """Whether the last meeting decided on another number than the one proposed; how the case ended is no matter."""
        return self.proposed is not None and self.item.refused == self.proposed.pk  # type: ignore[attr-defined]

    @property
    def is_replaced(self) -> bool:
        """Whether another version stands for the wrong one, be it only proposed."""
        return self.after is not None and self.after.pk != self.before.pk

    @property
    def difference(self) -> Decimal | None:
        """After minus before, where both are numbers."""
        after = self.after
        if after is None or after.amount is None or self.before.amount is None:
            return None
        return after.amount - self.before.amount


def decision_on(item: CorrectionItem, value: Value | None) -> Decision:
    """What was decided on this version of an item's figure; pending where it was handed in after the decision.

    The item comes from `decisions_of` or from an `ItemRow`. What a case ended with stays decided.
    """
    if item.decided is None:
        is_about = value is not None and item.put_off == value.pk  # type: ignore[attr-defined]
        return Decision(item.decision) if is_about else Decision.PENDING
    is_later = item.open and value is not None and value.no > item.decided.no
    return Decision.PENDING if is_later else Decision(item.decision)


def decisions_of(run: Run) -> dict[int, CorrectionItem]:
    """Figure id -> its item in the run's latest case, for `decision_on`, with the version before. One query."""
    rows = _with_last_meeting(CorrectionItem.objects.filter(correction__run=run))
    return {item.figure_id: item for item in rows.select_related("before", "decided").order_by("pk")}


def _latest(item: CorrectionItem, decided: Value | None, proposed: Value | None) -> Value | None:
    if decided is None or decision_on(item, proposed) == Decision.PENDING:
        return proposed
    return decided


def subject_of(figure: Figure) -> str:
    if figure.pegawai is not None:
        return figure.pegawai.full_name
    return figure.unit.name if figure.unit else ""


def items_of_run(run: Run) -> list[ItemRow]:
    """The items of the case that this run corrects; none when it corrects nothing. Five queries."""
    case = correction_of(run)
    return items_of(case) if case else []


def items_of(case: Correction, actor: Actor | None = None) -> list[ItemRow]:
    """The items of a case in the order of the forms; only those the actor may see. Four queries."""
    rows = _rows(case)
    if actor is not None:
        rows = rows.filter(Exists(Figure.objects.visible_to(actor).filter(pk=OuterRef("figure"))))
    items = list(rows)
    proposed = _proposed(case, items)
    files = _files([value for item in items for value in (item.decided, proposed.get(item.figure_id))])
    scales = {period.pk: scale_of(period) for period in {item.figure.period for item in items}}
    return [_row(item, proposed.get(item.figure_id), files, scales[item.figure.period_id]) for item in items]


def _rows(case: Correction) -> QuerySet[CorrectionItem]:
    return (
        _with_last_meeting(CorrectionItem.objects.filter(correction=case))
        .select_related(
            "figure__indicator__indicator",
            "figure__period",
            "figure__unit",
            "figure__pegawai",
            "before__by",
            "decided__by",
            "repairer",
            "line__sheet",
        )
        .order_by("figure__unit__code", "figure__pegawai__name", "figure__no", "pk")
    )


def _with_last_meeting(rows: QuerySet[CorrectionItem]) -> QuerySet[CorrectionItem]:
    """With what the last meeting had before it: `refused`, where it did not take it, and `put_off`, where it waits."""
    other = When(~Q(value=F("proposed")), decision__in=(Decision.OLD, Decision.OTHER), then=F("proposed"))
    later = When(decision=Decision.DEFERRED, then=F("proposed"))
    last = carried_out().filter(item=OuterRef("pk")).order_by("-pk")
    return rows.annotate(
        refused=Subquery(last.values(proposal=Case(other))[:1]), put_off=Subquery(last.values(proposal=Case(later))[:1])
    )


def _proposed(case: Correction, items: Sequence[CorrectionItem]) -> dict[int, Value]:
    """Per figure, the latest version handed in on a sheet of the case's run after the wrong one."""
    rows = (
        Value.objects.filter(
            sheet__run=case.run_id,
            figure__in=[item.figure_id for item in items],
            figure__correction_items__correction=case,
            no__gt=F("figure__correction_items__before__no"),
        )
        .select_related("by")
        .order_by("no")
    )
    return {row.figure_id: row for row in rows}


def _files(values: Iterable[Value | None]) -> dict[int, Evidence]:
    wanted = {entry["id"] for value in values if value for entry in value.evidence}
    rows = Evidence.objects.filter(pk__in=wanted).select_related("uploaded_by") if wanted else []
    return {row.pk: row for row in rows}


def _row(item: CorrectionItem, proposed: Value | None, files: Mapping[int, Evidence], scale: OfOffice) -> ItemRow:
    after = _latest(item, item.decided, proposed)
    return ItemRow(
        item=item,
        figure=item.figure,
        before=item.before,
        proposed=proposed,
        decided=item.decided,
        files=files,
        achievement_before=achieved(item.figure, item.before, scale),
        achievement_proposed=achieved(item.figure, proposed, scale) if proposed else None,
        achievement_after=achieved(item.figure, after, scale) if after else None,
    )
