"""Examining collected figures: what is seen in each, what follows from it, and which are wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions import check_report_is_free, explain_quarters, reopen_all, reopen_sheets
from runut.collection.models import Figure
from runut.collection.queries import rows_of_run
from runut.collection.queries.yearly import report_early
from runut.collection.rules import is_below
from runut.correction.actions.closing import conclude
from runut.correction.actions.items import check_not_ordered, locked_case, name_run, put_items, take_out
from runut.correction.models import Analysis, Correction, CorrectionItem
from runut.correction.queries import correction_of
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin
from runut.sop.actions.opening import member_pk
from runut.sop.models import Run
from runut.sop.rules.flow import leads_to

# So many indicators are named in a sentence.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Note:
    """What was seen in one figure. A flagged one says what is wrong with it."""

    text: str = ""
    follow_up: str = ""
    flagged: bool = False
    what: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.follow_up or self.flagged or self.what)


@transaction.atomic
def save_notes(*, task_id: int, by: Actor, notes: Mapping[int, Note]) -> None:
    """Keep what was written so far (figure id -> note) without deciding anything. No log entry: it is a draft."""
    act = begin(task_id=task_id, by=by, work="analyse")
    _keep(act.run, notes)


@transaction.atomic
def analyse(
    *,
    task_id: int,
    by: Actor,
    notes: Mapping[int, Note],
    key: str = "",
    drop_unflagged: bool = False,
    outcome: str = "complete",
    reason: str = "",
    late_reason: str = "",
    early_reason: str = "",
) -> Result:
    """End the examination. What is flagged becomes an item of the case, or goes back to whoever filled it in.

    Notes kept before count as well. drop_unflagged takes items that were not found wrong out of the case.
    early_reason: why the report of the year is begun before its later quarters; asked for only where it is.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="analyse")
    if act.replayed:
        assert act.result is not None
        return act.result
    _keep(act.run, notes)
    flagged = _flagged(act.run)
    chosen: list[int] = []
    case = correction_of(act.run)
    if act.outcome.back:
        chosen = _send_back(act, flagged, reason)
    elif case is not None and case.closed_at is None:
        _to_items(act, case, flagged, drop_unflagged=drop_unflagged)
    elif flagged and act.step.outcome("return") is not None:
        raise Refused(_("Ada angka yang ditandai keliru. Kembalikan angka itu, atau hapus tandanya."), code="flagged")
    elif case is None:
        _check_examined(act.run)
    form: dict[str, object] = {"flagged": sorted(flagged)}
    if not act.outcome.back and leads_to(act.definition, act.outcome, "draft"):
        form |= _begin_report(act, early_reason.strip())
    _log(act, flagged)
    return conclude(act, chosen=chosen, form=form, reason=reason, late_reason=late_reason)


def _keep(run: Run, notes: Mapping[int, Note]) -> None:
    for pk, note in notes.items():
        if note.flagged and not note.what.strip():
            name = Figure.objects.select_related("indicator").get(pk=pk).indicator.name
            raise Refused(_("“%(name)s” ditandai keliru. Tulis apa yang keliru.") % {"name": name}, code=f"what-{pk}")
    known = {row.figure_id: row for row in Analysis.objects.filter(run=run, figure__in=list(notes))}
    fresh: list[Analysis] = []
    changed: list[Analysis] = []
    for pk, note in notes.items():
        row = known.get(pk)
        if row is None and note.is_empty:
            continue
        row = row or Analysis(instansi_id=run.instansi_id, run=run, figure_id=pk)
        row.text, row.follow_up, row.flagged, row.what = note.text, note.follow_up, note.flagged, note.what
        (changed if row.pk else fresh).append(row)
    _check_known(run, [row.figure_id for row in fresh])
    Analysis.objects.bulk_create(fresh)
    Analysis.objects.bulk_update(changed, ["text", "follow_up", "flagged", "what"])


def _check_known(run: Run, figures: Collection[int]) -> None:
    """The figures are the run's own, or those of the data its case corrects."""
    case = correction_of(run)
    rows = Figure.objects.filter(period=case.source_id) if case else Figure.objects.filter(period__run=run)
    if rows.filter(pk__in=figures).count() != len(figures):
        raise Refused(_("Ada angka yang bukan bagian dari pengumpulan ini. Muat ulang halaman."))


def _flagged(run: Run) -> dict[int, str]:
    rows = Analysis.objects.filter(run=run, flagged=True)
    return dict(rows.order_by("pk").values_list("figure", "what"))


def _check_examined(run: Run) -> None:
    """What has missed its target is analysed before the examination ends."""
    told = set(Analysis.objects.filter(run=run).exclude(text="").values_list("figure", flat=True))
    silent = [
        row for row in rows_of_run(run, beside=False) if is_below(row.achievement.level) and row.figure.pk not in told
    ]
    if silent:
        names = ", ".join(row.version.name for row in silent[:NAMED]) + (" …" if len(silent) > NAMED else "")
        sentence = _("Tulis analisis untuk indikator yang belum mencapai target: %(names)s.")
        raise Refused(sentence % {"names": names}, code="text")


def _to_items(act: Act, case: Correction, flagged: Mapping[int, str], *, drop_unflagged: bool) -> None:
    """Make the findings the items of the case (Kintom 1): with the figure, its value, and what is wrong."""
    case = locked_case(case)
    items = list(CorrectionItem.objects.filter(correction=case))
    known = {item.figure_id: item for item in items}
    fresh = {pk: what for pk, what in flagged.items() if pk not in known}
    gone = [item for item in items if item.figure_id not in flagged] if drop_unflagged else []
    if len(items) - len(gone) + len(fresh) == 0:
        raise Refused(_("Tandai paling sedikit satu angka yang keliru."), code="flagged")
    if fresh or gone:
        check_not_ordered(case)
    if gone:
        take_out(case, act.actor, gone, gettext_noop("Tidak ditemukan keliru saat diteliti."))
    if fresh:
        put_items(case, act.actor, fresh)
    if fresh or gone:
        name_run(case, act.actor)
    for pk, what in flagged.items():
        if pk in known and known[pk].what != what:
            CorrectionItem.objects.filter(pk=known[pk].pk).update(what=what)


def _send_back(act: Act, flagged: Mapping[int, str], reason: str) -> list[int]:
    """Let the flagged lines be filled in again; ids of the members they go back to."""
    each = act.definition.step(act.outcome.to).each if act.outcome.to else None
    if each is None or act.outcome.items != "chosen":
        reopen_all(act, reason=reason)
        return []
    members = list(
        dict.fromkeys(Figure.objects.filter(pk__in=list(flagged)).order_by("pk").values_list("member", flat=True))
    )
    if not members:
        raise Refused(_("Tandai dulu angka yang keliru, lalu kembalikan."), code="flagged")
    reopen_sheets(run=act.run, members=members, by=act.actor, reason=reason, notes=dict(flagged), only=list(flagged))
    Analysis.objects.filter(run=act.run, figure__in=list(flagged)).update(flagged=False)
    return [member_pk(member) for member in members]


def _begin_report(act: Act, reason: str) -> dict[str, object]:
    """The report of the year is begun: no other run has it, and where quarters are still to come it is said why."""
    check_report_is_free(act.run)
    early = report_early(act.run)
    if early is None:
        return {}
    if not reason:
        raise Refused(f"{early.words} {_('Tulis alasannya, atau akhiri di sini.')}", code="early")
    quarters = [quarter.no for quarter in early.quarters]
    explain_quarters(run=act.run, by=act.actor, reasons=dict.fromkeys(quarters, reason))
    return {"early": {"quarters": quarters, "reason": reason}}


def _log(act: Act, flagged: Mapping[int, str]) -> None:
    rows = Analysis.objects.filter(run=act.run).order_by("pk")
    record(
        "data.analysed",
        subject=act.run,
        by=act.actor,
        after={
            "outcome": act.outcome.code,
            "flagged": [[pk, what] for pk, what in flagged.items()],
            "notes": [[row.figure_id, row.text, row.follow_up] for row in rows if row.text or row.follow_up],
        },
        at=act.now,
    )
