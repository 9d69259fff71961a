"""Forms of which the dictionary or a target has moved on since they were made.

A number is measured by the definition and against the target in force on the last day of its period. A form keeps what
it was made with until somebody renews it, so that nothing changes unseen under a hand that types.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.db.models import Case, DecimalField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from runut.collection.models import SIGNED, Basis, Figure, Line, Mark, Period, Sheet, SheetState
from runut.lib.numbers import format_number
from runut.lib.prepared import Prepared
from runut.planning.models import IndicatorVersion, Target
from runut.planning.queries import Difference, Promise, differences, promises_of
from runut.planning.rules import FIELDS, UNITS

# Forms that are not signed yet.
IN_HAND = (SheetState.DRAFT, SheetState.RETURNED, SheetState.SUBMITTED, SheetState.VALIDATED)
# Without the units, which would be read one by one: who keeps or supplies a number does not change how it is measured.
MEASURING = tuple(field for field in FIELDS if field not in UNITS)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A figure that is measured by what holds no more: what changed since, on what basis, and what holds now."""

    figure: Figure
    promise: Promise
    changes: tuple[Difference, ...]
    bases: tuple[str, ...]


def outdated(figures: QuerySet[Figure]) -> QuerySet[Figure]:
    """Those whose definition or target another one has replaced by the end of their period."""
    last_month = Case(When(period__quarter=0, then=12), default=3 * F("period__quarter"), output_field=IntegerField())
    figures = figures.annotate(last_month=last_month)
    later = IndicatorVersion.objects.filter(
        Q(start__year__lt=OuterRef("period__year"))
        | Q(start__year=OuterRef("period__year"), start__month__lte=OuterRef("last_month")),
        indicator=OuterRef("indicator__indicator"), no__gt=OuterRef("indicator__no"),
    )  # fmt: skip
    moved = Q(_moved("target", OuterRef("period__quarter"))) | Q(_moved("annual_target", 0))
    return figures.filter(Q(Exists(later)) | moved)


def _moved(kept: str, quarter: OuterRef | int) -> Exists:
    """Where there is a target, and the latest one is another than the form's."""
    of_period = Target.objects.filter(
        indicator=OuterRef("indicator__indicator"), year=OuterRef("period__year"), quarter=quarter
    )
    newer = Target.objects.filter(
        indicator=OuterRef("indicator"), year=OuterRef("year"), quarter=OuterRef("quarter"), no__gt=OuterRef("no")
    )
    amount = ExpressionWrapper(OuterRef(kept), output_field=DecimalField())
    other = (
        ~Q(text=OuterRef(f"{kept}_text"))
        | Q(amount__isnull=True, kept__isnull=False)
        | Q(amount__isnull=False, kept__isnull=True)
        | Q(amount__lt=F("kept"))
        | Q(amount__gt=F("kept"))
    )
    return Exists(of_period.filter(~Exists(newer)).annotate(kept=amount).filter(other))


def never_signed(figures: QuerySet[Figure]) -> QuerySet[Figure]:
    """A number that was signed once keeps what it was signed with."""
    return figures.filter(~Exists(Mark.objects.filter(value__figure=OuterRef("pk"), kind__in=SIGNED)))


def of_sheets(sheets: QuerySet[Sheet] | Collection[Sheet]) -> QuerySet[Figure]:
    """The figures that these forms collect."""
    lines = Line.objects.filter(figure=OuterRef("pk"), corrects__isnull=True, sheet__in=sheets)
    return Figure.objects.filter(Exists(lines))


def outdated_of(period: Period, figures: QuerySet[Figure]) -> list[Outdated]:
    """What has moved on of the period's figures, form by form, with what holds now. `period` comes with its office.
    One query; four where anything has."""
    rows = outdated(figures).select_related("period", "indicator__indicator", "unit", "pegawai")
    found = list(rows.order_by("unit__code", "pegawai__name", "member", "no", "pk"))
    if not found:
        return []
    kind: Literal["unit", "pegawai"] = "unit" if period.basis == Basis.UNIT else "pegawai"
    members = {int(figure.member[1:]) for figure in found}
    promised = promises_of(period.office, kind, members, period.year, period.quarter)
    by_place = {
        (f"{kind[0]}{pk}", promise.version.indicator_id): promise for pk, rows in promised.items() for promise in rows
    }
    held = ((figure, by_place.get((figure.member, figure.indicator.indicator_id))) for figure in found)
    told = (_told(figure, promise) for figure, promise in held if promise is not None)
    return [each for each in told if each.changes]


def outdated_lines(sheet: Sheet, *, unsigned: bool = False) -> list[Outdated]:
    """Of one form. A repair measures as the number was measured that it repairs. One query; three where anything has.

    unsigned: without what was signed once, which no renewing changes.
    """
    if sheet.is_correction:
        return []
    # Beginning with the form's few lines; of many forms the period's figures are looked through instead.
    lines = Line.objects.filter(corrects__isnull=True, sheet=sheet)
    figures = Figure.objects.filter(pk__in=lines.values("figure"))
    return outdated_of(sheet.period, never_signed(figures) if unsigned else figures)


def _told(figure: Figure, promise: Promise) -> Outdated:
    changes, bases = list[Difference](), list[str]()
    if promise.version.pk != figure.indicator_id:
        versions = Difference(_("Versi definisi"), str(figure.indicator.no), str(promise.version.no))
        changes += differences(figure.indicator, promise.version, MEASURING) or (versions,)
        bases.append(promise.version.revision_reason)
    kept, now = _aim(figure.target, figure.target_text), _aim(promise.target, promise.target_text)
    if kept != now and (now or not promise.measured):
        changes.append(Difference(_("Target"), kept, now or _("tidak diukur")))
        bases.append(promise.basis)
    kept, now = (
        _aim(figure.annual_target, figure.annual_target_text),
        _aim(promise.annual_target, promise.annual_target_text),
    )
    if kept != now and figure.period.quarter:
        changes.append(Difference(_("Target setahun"), kept, now))
        bases.append(promise.annual_basis)
    return Outdated(figure, promise, tuple(changes), tuple(dict.fromkeys(filter(None, bases))))


def _aim(amount: Decimal | None, text: str) -> str:
    return text or ("" if amount is None else format_number(amount))


@dataclass(frozen=True, slots=True)
class Moved:
    """One change as it stands in several forms: what changed of which indicator, and whose forms have the former."""

    name: str
    changes: tuple[Difference, ...]
    bases: tuple[str, ...]
    subjects: tuple[str, ...]


def together(found: Iterable[Outdated]) -> list[Moved]:
    """The same change of the same indicator once, with everybody whose form it concerns."""
    groups: dict[tuple[str, tuple[Difference, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for each in found:
        figure = each.figure
        subject = figure.pegawai.full_name if figure.pegawai else figure.unit.name if figure.unit else figure.member
        groups[each.promise.version.name, each.changes, each.bases].append(subject)
    return [Moved(name, changes, bases, tuple(who)) for (name, changes, bases), who in groups.items()]


def renewable(period: Period, states: Collection[str]) -> QuerySet[Figure]:
    """The figures of a period's forms in these states that were never signed."""
    return _renewable(period.pk, period.run_id, states)


def _renewable(period: int, run: int | None, states: Collection[str]) -> QuerySet[Figure]:
    sheets = Sheet.objects.of_run(run).filter(period=period, kind="collection", state__in=states)
    return never_signed(of_sheets(sheets).filter(period=period))


def is_outdated(period: Period) -> bool:
    """Whether anything has moved on that the period's forms are still measured by, signed or not yet. One query."""
    assert period.run_id is not None, "a period that was copied from papers has no forms"
    return bool(_MOVED_ON.all(period.pk, period.run_id))


_MOVED_ON = Prepared(lambda period, run: outdated(_renewable(period, run, IN_HAND)).only("pk")[:1], int, int)
