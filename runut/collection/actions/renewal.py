"""Renewing forms that are out: they take the definition and the target in force, and keep what was typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.actions.forms_of import BATCH, NOT_EXPECTED, fill_beforehand, gathered_year
from runut.collection.models import Figure, Line, Measure, Period, Sheet, SheetKind, Verdict
from runut.collection.queries import Outdated, acts_of_form, handed_in_by, never_signed, of_sheets, outdated_of
from runut.collection.rules import EDITABLE, NO_PARTS, Parts, check_editable, realised
from runut.lib.errors import Refused
from runut.lib.numbers import format_number
from runut.organisation.permissions import Actor
from runut.planning.models import IndicatorVersion

NEW_FIGURE = ("indicator", "target", "target_text", "annual_target", "annual_target_text")
NEW_LINE = ("amount", "text", "numerator", "denominator", "measure", "note", "rev", "editable", "verdict")


@transaction.atomic
def renew_forms(*, period: Period, by: Actor) -> int:
    """All forms of a period that are not handed in; how many there were to renew."""
    actor = permissions.check_can_follow_up(by, period.collected_by)
    sheets = (
        Sheet.objects.of_run(period.run_id)
        .select_for_update(of=("self",))
        .filter(period=period, kind=SheetKind.COLLECTION, state__in=EDITABLE)
    )
    return _renew(period, list(sheets.order_by("pk")), actor)


@transaction.atomic
def renew_form(*, sheet: Sheet, by: Actor) -> int:
    """One form, by whoever fills it in."""
    sheet = Sheet.objects.locked(sheet.pk)
    check_editable(sheet.state, acts_of_form(sheet))
    return _renew(sheet.period, [sheet], permissions.check_can_fill(by, sheet))


def _renew(period: Period, sheets: Sequence[Sheet], actor: Actor) -> int:
    with translation.override("id"):
        found = outdated_of(period, never_signed(of_sheets(sheets).filter(period=period)))
        before, after = [_told(each, former=True) for each in found], [_told(each, former=False) for each in found]
    if not found:
        raise Refused(_("Tidak ada yang perlu diperbarui: semua formulir yang diisi memakai definisi dan target kini."))
    lines = _carried_over(period, found, sheets)
    kept = handed_in_by([each.figure for each in found if each.figure.indicator_id != each.promise.version.pk])
    Figure.objects.bulk_update([_renewed(each) for each in found], NEW_FIGURE, batch_size=BATCH)
    Line.objects.bulk_update(lines, NEW_LINE, batch_size=BATCH)
    renewed = {line.sheet_id for line in lines}
    Sheet.objects.filter(pk__in=renewed).update(rev=F("rev") + 1)
    told = {"items": before} | ({"definitions": kept} if kept else {})
    bases = "; ".join(dict.fromkeys(basis for each in found for basis in each.bases))
    record("forms.renewed", subject=period, by=actor, before=told, after={"items": after}, reason=bases)
    return len(renewed)


def _told(each: Outdated, *, former: bool) -> str:
    said = ", ".join(f"{one.what} {(one.before if former else one.after) or '–'}" for one in each.changes)
    return f"{each.promise.version.name} ({each.figure.member}): {said}"


def _renewed(each: Outdated) -> Figure:
    figure, promise = each.figure, each.promise
    figure.indicator = promise.version
    figure.target, figure.target_text = promise.target, promise.target_text
    figure.annual_target, figure.annual_target_text = promise.annual_target, promise.annual_target_text
    return figure


def _carried_over(period: Period, found: Sequence[Outdated], sheets: Collection[Sheet]) -> list[Line]:
    """The lines as the new definitions take them; `found` is as it was before."""
    by_figure = {each.figure.pk: each for each in found}
    gathered = gathered_year(period, {_place(each): each.promise.version for each in found})
    lines = list(Line.objects.filter(figure__in=by_figure, sheet__in=sheets).order_by("pk"))
    for line in lines:
        each = by_figure[line.figure_id]
        if period.quarter == 0 and line.edited_at is None:
            # What the form itself put there is put together anew, by the definition that holds now.
            fill_beforehand(line, gathered.get(_place(each)), each.promise.measured, period.office.terms)
        else:
            _carry_over(line, each.figure.indicator, each.promise.version, measured=each.promise.measured)
        line.rev, line.editable = line.rev + 1, True
        # What was found fine was measured by what holds no more; a note that waits for an answer stays.
        line.verdict = Verdict.NONE if line.verdict == Verdict.FINE else line.verdict
    return lines


def _place(each: Outdated) -> tuple[int, str]:
    return each.promise.version.indicator_id, each.figure.member


def _carry_over(line: Line, old: IndicatorVersion, new: IndicatorVersion, *, measured: bool) -> None:
    """Nothing that was typed is lost: what the new definition has no cell for goes into the note."""
    if line.edited_at is None and line.measure in (Measure.NOT_FILLED, Measure.NOT_MEASURED):
        line.measure = Measure.NOT_FILLED if measured else Measure.NOT_MEASURED
        line.note = line.note.replace(NOT_EXPECTED, "") if measured else NOT_EXPECTED
    elif (old.value_type != new.value_type or _other_unit(old, new)) and (line.text or line.amount is not None):
        unit = f" {old.unit_of_measure}" if _other_unit(old, new) else ""
        _keep_in_note(line, (line.text or format_number(line.amount)) + unit)
        line.amount, line.text, line.measure = None, "", Measure.NOT_FILLED
        _set_parts(line, NO_PARTS)
    elif old.is_quotient and not new.is_quotient and not line.parts.is_empty:
        _keep_in_note(line, f"{format_number(line.numerator)} ÷ {format_number(line.denominator)}")
        _set_parts(line, NO_PARTS)
    elif new.is_quotient and not old.is_quotient and line.amount is not None and not line.parts.are_known:
        # Nobody could follow a share without its components.
        _keep_in_note(line, format_number(line.amount))
        line.amount, line.measure = None, Measure.NOT_FILLED
    elif new.is_quotient and line.parts.are_known:
        line.amount = realised(line.parts, new)


def _other_unit(old: IndicatorVersion, new: IndicatorVersion) -> bool:
    """Whether a number of the one says something else in the other: minutes that became hours."""
    return old.unit_of_measure.strip().casefold() != new.unit_of_measure.strip().casefold()


def _set_parts(line: Line, parts: Parts) -> None:
    line.numerator, line.denominator = parts.numerator, parts.denominator


def _keep_in_note(line: Line, typed: str) -> None:
    with translation.override("id"):
        kept = _("Sebelum definisi diperbarui tertulis: %(typed)s.") % {"typed": typed}
    line.note = f"{line.note}\n{kept}".strip()
