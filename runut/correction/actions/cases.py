"""Opening a case, and giving one up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions import append_value, repeat_judgements
from runut.collection.models import Figure, Period, Sheet
from runut.collection.queries import current_values
from runut.correction import permissions
from runut.correction.actions.closing import settle, shut
from runut.correction.actions.items import figures_to_correct, locked_case, put_items, required_repairers, title_of
from runut.correction.models import Correction, CorrectionItem, Decision, Origin, Stage
from runut.correction.rules import case_code, check_is_a_case, origin_of, repair_each
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.sop.actions import abandon, start_run, suspend_for
from runut.sop.models import Command, Run, RunState, Sop, SopVersion, VersionState
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Definition


@transaction.atomic
def open_case(
    *,
    source: Period,
    sop: Sop,
    by: Actor,
    items: Mapping[int, str],
    reason: str,
    stage: Stage = Stage.REPORTING,
    key: str = "",
) -> Correction:
    """Open a case on figures of a period (figure id -> what is wrong) and start the procedure that corrects them.

    A source run that is still under way waits for it. Open reports on the same figures are accepted.
    The same key again returns the case that was opened with it.
    """
    # In the order in which an act on the source's run locks: the run, then the office.
    if source.run_id:
        Run.objects.select_for_update(of=("self",)).get(pk=source.run_id)
    office = Office.objects.select_for_update(of=("self",)).get(pk=source.office_id)
    opened = _opened_with(key, by, sop)
    if opened is not None:
        return opened
    source = Period.objects.select_related("run__version", "office__calendar").get(pk=source.pk)
    actor = permissions.check_can_open(by, source)
    definition = _check_procedure(sop, source)
    if not reason.strip():
        raise Refused(_("Tulis alasan perbaikan ini."), code="reason")
    figures = figures_to_correct(source.pk, items)
    origin = _origin(source, list(figures.values()))
    under_way = source.run is not None and source.run.state in (RunState.RUNNING, RunState.HELD)
    check_is_a_case(origin, under_way=under_way)
    year, no = _number(source)
    title = title_of(source, case_code(year, no), list(figures.values()))
    run = _start(source, sop, actor, definition, list(figures.values()), title, key)
    case = _make(office, run, source, (year, no), origin, stage, actor, reason)
    put_items(case, actor, items)
    _hold_source(case, actor)
    return case


def _opened_with(key: str, by: Actor, sop: Sop) -> Correction | None:
    stored = Command.objects.filter(key=key, verb="start").first() if key else None
    if stored is None:
        return None
    run = start_run(sop=sop, by=by, title="", key=key)
    return Correction.objects.get(run=run)


def _check_procedure(sop: Sop, source: Period) -> Definition:
    """A correction procedure of the same office, in force."""
    version = SopVersion.objects.filter(sop=sop, state=VersionState.IN_FORCE).defer("definition", "source").first()
    if sop.office_id != source.office_id or sop.category != "correction" or version is None:
        raise Refused(_("Pilih SOP perbaikan yang berlaku di kantor ini."), code="sop")
    return definition_of(version)


def _origin(source: Period, figures: Sequence[Figure]) -> Origin:
    """How far the data had come; what was copied from an old paper was signed there."""
    if source.run_id is None:
        return Origin.SIGNED
    states = dict(Sheet.objects.filter(run=source.run_id, period=source).values_list("member", "state"))
    return Origin(origin_of({states.get(figure.member, "") for figure in figures}))


def _start(
    source: Period, sop: Sop, by: Actor, definition: Definition, figures: Sequence[Figure], title: str, key: str
) -> Run:
    each = repair_each(definition)
    repairers = required_repairers(figures, each, local_day(source.office, timezone.now()))
    members = list(dict.fromkeys(pk for found in repairers.values() for pk in found))
    return start_run(sop=sop, by=by, title=title, scope={each: members}, follows=source.run, key=key)


def _number(source: Period) -> tuple[int, int]:
    """The year and number of the office's next case. The caller holds the office."""
    year = local_day(source.office, timezone.now()).year
    last = Correction.objects.filter(office=source.office_id, year=year).aggregate(last=Max("no"))["last"] or 0
    return year, last + 1


def _make(
    office: Office,
    run: Run,
    source: Period,
    place: tuple[int, int],
    origin: Origin,
    stage: Stage,
    by: Actor,
    reason: str,
) -> Correction:
    now, (year, no) = timezone.now(), place
    case = Correction.objects.create(
        instansi_id=office.instansi_id, office=office, year=year, no=no, run=run, source=source, origin=origin,
        stage=stage, reason=reason.strip(), opened_by=by.pegawai, opened_at=now,
    )  # fmt: skip
    record(
        "correction.opened",
        subject=case,
        by=by,
        after={"code": case.code, "source": source.pk, "origin": origin, "stage": stage},
        reason=case.reason,
        at=now,
    )
    return case


def _hold_source(case: Correction, by: Actor) -> None:
    """The data are not signed or published while they are being corrected."""
    run, own = case.source.run, case.run_id == case.source.run_id
    shared = Correction.objects.open().filter(source=case.source_id, holds_source=True).exists()
    if run is None or own or (run.state != RunState.RUNNING and not shared):
        return
    if run.state == RunState.RUNNING:
        suspend_for(run=run, by=by, reason=gettext_noop("Menunggu perbaikan data %(code)s.") % {"code": case.code})
    case.holds_source = True
    case.save(update_fields=["holds_source"])


@transaction.atomic
def open_on_run(*, run: Run, by: Actor, figures: Mapping[int, str], reason: str) -> Correction:
    """Open a case on the run that collected the data, when its own procedure names the return (Inspektorat 6).

    No new run: the run's next round is the correction. The act that calls has judged who and when. A
    case that is open on the run already takes the further figures.
    """
    source = Period.objects.select_related("run", "office__calendar").get(run=run)
    case = Correction.objects.filter(run=run, closed_at__isnull=True).first()
    if case is None:
        office = Office.objects.select_for_update(of=("self",)).get(pk=source.office_id)
        case = _make(office, source.collected_by, source, _number(source), Origin.SIGNED, Stage.REPORTING, by, reason)
    known = set(CorrectionItem.objects.filter(correction=case).values_list("figure", flat=True))
    fresh = {pk: what for pk, what in figures.items() if pk not in known}
    if fresh or not known:
        put_items(case, by, fresh)
    return case


@transaction.atomic
def withdraw_case(*, case: Correction, by: Actor, reason: str) -> Correction:
    """Give a case up: its run is cancelled, and figures that were changed in it say again what they said before."""
    case = locked_case(case)
    actor = permissions.check_can_open(by, case.source)
    if not reason.strip():
        raise Refused(_("Tulis alasan membatalkan perbaikan ini."), code="reason")
    if case.run_id == case.source.run_id:
        raise Refused(_("Perbaikan ini putaran dari SOP yang sedang berjalan, jadi diselesaikan di sana."))
    if case.run.state in (RunState.RUNNING, RunState.HELD):
        abandon(run=case.run, by=actor, reason=reason)
    _restore(case, actor, reason)
    settle(case)
    return shut(case, actor, reason.strip())


def _restore(case: Correction, by: Actor, reason: str) -> None:
    items = list(CorrectionItem.objects.filter(correction=case).select_related("figure", "before"))
    current = current_values([item.figure for item in items])
    for item in items:
        before, now = item.before, current[item.figure_id]
        item.decision, item.decided = Decision.OLD, now
        if now.pk != before.pk:
            item.decided = append_value(
                figure=item.figure, by=by, amount=before.amount, text=before.text, measure=before.measure,
                note=before.note, parts=before.parts, evidence=before.evidence,
                cause=gettext_noop("Perbaikan dibatalkan."), reason=reason,
            )  # fmt: skip
            # What was found right before is not to be judged again: nobody has a task for it.
            repeat_judgements(of=before, on=item.decided, by=by)
        item.save(update_fields=["decision", "decided"])
