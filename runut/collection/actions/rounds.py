"""What upper rooms do to sheets: open them for another round, and move a run's sheets on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.actions.review import judged_fields, send_back
from runut.collection.models import Line, Sheet, SheetState
from runut.collection.rules import HANDED_IN, MOVES
from runut.lib.errors import Refused
from runut.lib.states import check_move
from runut.organisation.permissions import Actor
from runut.sop.actions import Act
from runut.sop.models import Paraf, Run
from runut.sop.queries import definition_of


@transaction.atomic
def reopen_sheets(
    *,
    run: Run,
    members: Sequence[str],
    by: Actor,
    reason: str,
    notes: Mapping[int, str] | None = None,
    only: Collection[int] | None = None,
) -> list[Sheet]:
    """Send sheets back to be repaired in a new round; parafs under their content become void.

    members: "p7", "u3". notes: figure id -> what is wrong with it. only: figures that may be edited;
    without either every line may. The reason stands for lines without a note of their own.
    """
    if not reason.strip():
        raise Refused(_("Tulis alasan pengembalian agar penerima tahu apa yang harus diperbaiki."), code="reason")
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("unit", "pegawai")
    sheets = list(rows.filter(run=run, member__in=list(members)).order_by("pk"))
    if len(sheets) != len(set(members)):
        raise Refused(_("Formulir yang dipilih tidak ada dalam SOP ini. Muat ulang halaman, lalu pilih lagi."))
    wanted = set(notes or {}) | set(only or ())
    for sheet in sheets:
        _reopen(sheet, by, _noted_lines(sheet, notes or {}, wanted, reason), reason)
    _void_parafs(run, [sheet.member for sheet in sheets], reason)
    return sheets


def reopen_all(act: Act, *, reason: str) -> list[Sheet]:
    """Every form of the run is filled in again, where the return leads to that; none otherwise."""
    region = act.definition.region(act.outcome.to) if act.outcome.to else ()
    if not any(step.work == "fill" for step in region):
        return []
    members = list(Sheet.objects.filter(run=act.run).order_by("pk").values_list("member", flat=True))
    return reopen_sheets(run=act.run, members=members, by=act.actor, reason=reason)


def _reopen(sheet: Sheet, by: Actor, noted: Mapping[int, str], reason: str) -> None:
    if not noted:
        raise Refused(_("Pada formulir %(name)s, pilih angka yang diperbaiki.") % {"name": sheet.subject})
    before = sheet.state
    send_back(sheet, noted)
    after = {"state": sheet.state, "round": sheet.round, "notes": {str(pk): text for pk, text in noted.items()}}
    record("sheet.returned", subject=sheet, by=by, before={"state": before}, after=after, reason=reason)


def _noted_lines(sheet: Sheet, notes: Mapping[int, str], wanted: Collection[int], reason: str) -> dict[int, str]:
    lines = Line.objects.filter(sheet=sheet).values_list("pk", "figure")
    return {pk: notes.get(figure, "") or reason for pk, figure in lines if not wanted or figure in wanted}


def _void_parafs(run: Run, members: Collection[str], reason: str) -> None:
    Paraf.objects.filter(
        task__run=run, task__branch__member__in=members, task__work="review", voided_at__isnull=True
    ).update(voided_at=timezone.now(), void_reason=reason[:300])


@transaction.atomic
def move_sheets(
    *, run: Run, state: SheetState, by: Actor, members: Collection[str] | None = None, judged: str = ""
) -> int:
    """Bring the sheets of a run that were handed in to a state (signed, published); how many were moved.

    judged: by which act they were found right, where that is what is done to them.
    members: "p7", "u3", whose sheets alone are meant. Those already there are left alone, and those that
    were never handed in: a run may go on without somebody. Where the procedure has a review step, only
    validated sheets can be signed.
    """
    sheets = Sheet.objects.of_run(run).filter(state__in=HANDED_IN).exclude(state=state)
    if members is not None:
        sheets = sheets.filter(member__in=list(members))
    moving = list(sheets.select_for_update(of=("self",)).select_related("unit", "pegawai").order_by("pk"))
    reviewed = any(step.work == "review" for step in definition_of(run.version).steps)
    for sheet in moving:
        sentence = _("Formulir %(name)s masih %(state)s. Selesaikan dulu sebelum melanjutkan.") % {
            "name": sheet.subject,
            "state": sheet.state_label.lower(),
        }
        if reviewed and state == SheetState.SIGNED and sheet.state == SheetState.SUBMITTED:
            raise Refused(sentence, code="move")
        check_move(MOVES, sheet.state, state, sentence)
    if moving:
        noted = judged_fields(judged, timezone.now(), by.pegawai) if judged else {}
        Sheet.objects.filter(pk__in=[sheet.pk for sheet in moving]).update(state=state, **noted)
        after = {"state": str(state), "sheets": [[sheet.pk, sheet.state] for sheet in moving]}
        record("sheets.moved", subject=run, by=by, after=after)
    return len(moving)
