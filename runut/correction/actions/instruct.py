"""The order that sets people to work: a letter, a team, and for a correction its last scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions import make_correction_sheets
from runut.collection.models import Figure, Line, Value
from runut.correction.actions.closing import conclude
from runut.correction.actions.items import check_not_ordered, locked_case, required_repairers, scope_to, take_out
from runut.correction.models import Correction, CorrectionItem, Order, Stage, TeamMember
from runut.correction.queries import correction_of, structure, titles_of
from runut.correction.rules import check_order_day, check_team_roles, makes_sheets, needs_team, next_lanes, repair_each
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.sop.actions import Act, Result, begin
from runut.sop.actions.opening import member_key
from runut.sop.models import Run
from runut.sop.rules.definition import EachKind


@dataclass(frozen=True, slots=True)
class OrderInput:
    """A letter as it was written. team: pegawai id -> role in the team."""

    number: str
    day: date
    subject: str
    text: str
    decree: str = ""
    back_dated_reason: str = ""
    team: Mapping[int, str] | None = None


@transaction.atomic
def give_order(
    *,
    task_id: int,
    by: Actor,
    order: OrderInput,
    key: str = "",
    drop: Collection[int] = (),
    stage: Stage | None = None,
    outcome: str = "complete",
    late_reason: str = "",
) -> Result:
    """Give the order of an `instruct` step. drop: ids of items that the order leaves out of the case."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="instruct")
    if act.replayed:
        assert act.result is not None
        return act.result
    assert not act.outcome.back, "a return is given back without an order"
    _write(act, order)
    case = correction_of(act.run)
    if case is not None and case.closed_at is None:
        _set_scope(act, case, drop, stage)
    form = {"number": order.number, "day": order.day.isoformat(), "subject": order.subject}
    return conclude(act, form=form, late_reason=late_reason)


def _write(act: Act, order: OrderInput) -> Order:
    today, team = act.calendar.local_day(act.now), order.team or {}
    _check_words(order)
    check_order_day(order.day, today, order.back_dated_reason)
    _check_team(act, team, today)
    row = Order.objects.create(
        instansi_id=act.run.instansi_id, task=act.task, run=act.run, number=order.number, day=order.day,
        subject=order.subject, text=order.text, decree=order.decree,
        addressed_to=", ".join(next_lanes(act.definition, act.step)),
        back_dated_reason=order.back_dated_reason if order.day < today else "",
    )  # fmt: skip
    titles = titles_of(list(team), today)
    TeamMember.objects.bulk_create(
        [
            TeamMember(instansi_id=row.instansi_id, order=row, pegawai_id=pk, title=titles.get(pk, ""), role=role)
            for pk, role in team.items()
        ]
    )
    record(
        "order.given",
        subject=act.run,
        by=act.actor,
        after={
            "number": row.number, "day": row.day, "subject": row.subject, "text": row.text, "decree": row.decree,
            "to": row.addressed_to, "team": [[pk, role] for pk, role in team.items()],
        },
        reason=row.back_dated_reason,
        at=act.now,
    )  # fmt: skip
    return row


def _check_words(order: OrderInput) -> None:
    if not order.number.strip():
        raise Refused(_("Tulis nomor surat perintah atau nota dinas."), code="number")
    if not order.subject.strip():
        raise Refused(_("Tulis hal surat."), code="subject")
    if not order.text.strip():
        raise Refused(_("Tulis isi perintah."), code="text")


def _check_team(act: Act, team: Mapping[int, str], today: date) -> None:
    """The team is made of the office's people; who gives the order does not order himself."""
    if needs_team(act.definition, act.step) and not team:
        raise Refused(_("Pilih anggota tim dari susunan kantor, dengan perannya."), code="team")
    check_team_roles(team.values())
    if act.actor.pegawai_id in team:
        raise Refused(_("Yang memberi perintah tidak ikut dalam tim. Pilih orang lain sebagai anggota."), code="team")
    if team and not set(team) <= {seat.pegawai.pk for seat in structure(act.run.office, today)}:
        raise Refused(_("Ada anggota tim di luar susunan kantor. Muat ulang halaman, lalu pilih lagi."), code="team")


def _set_scope(act: Act, case: Correction, drop: Collection[int], stage: Stage | None) -> None:
    """The last word on which figures are corrected; without a plan to follow, the forms are made now."""
    case = locked_case(case)
    items = list(CorrectionItem.objects.filter(correction=case).select_related("figure__indicator__indicator"))
    gone = [item for item in items if item.pk in drop]
    if gone:
        check_not_ordered(case)
        take_out(case, act.actor, gone, gettext_noop("Dikeluarkan dalam perintah."))
    items = [item for item in items if item.pk not in drop]
    if not items:
        raise Refused(_("Perintah perbaikan memuat paling sedikit satu angka."), code="items")
    if stage is not None and stage != case.stage:
        record("correction.stage_set", subject=case, by=act.actor, before={"stage": case.stage}, after={"stage": stage})
        Correction.objects.filter(pk=case.pk).update(stage=stage)
    each, today = repair_each(act.definition), act.calendar.local_day(act.now)
    repairers = required_repairers([item.figure for item in items], each, today)
    scope_to(act.run, each, repairers)
    if makes_sheets(act.definition, act.step):
        chosen = {item.pk: repairers[item.figure_id][0] for item in items}
        make_forms(act.run, case, act.actor, each, items, chosen)


def make_forms(
    run: Run,
    case: Correction,
    by: Actor,
    each: EachKind,
    items: Sequence[CorrectionItem],
    repairers: Mapping[int, int],
) -> None:
    """A form for everybody who repairs, and on each item its line and repairer. repairers: item id -> member id."""
    wrong = Value.objects.in_bulk([item.before_id for item in items])
    lines: list[tuple[str, Figure, Value]] = [
        (member_key(each, repairers[item.pk]), item.figure, wrong[item.before_id]) for item in items
    ]
    make_correction_sheets(run=run, period=case.source, by=by, items=lines)
    made = dict(Line.objects.filter(sheet__run=run).values_list("figure", "pk"))
    for item in items:
        item.line_id = made[item.figure_id]
        item.repairer_id = repairers[item.pk] if each != "unit" else None
    CorrectionItem.objects.bulk_update(items, ["line", "repairer"])
    _tell(run, items)


def _tell(run: Run, items: Sequence[CorrectionItem]) -> None:
    """Write on each line what is wrong with its figure, which evidence is wanted, and until when: whoever repairs it
    has no other page to read it from."""
    asked = {item.line_id: _asked(item) for item in items}
    wanted = {item.line_id for item in items if item.needed_evidence}
    lines = list(Line.objects.filter(sheet__run=run, pk__in=[pk for pk in asked if pk]))
    for line in lines:
        line.asked, line.needs_evidence = asked[line.pk], line.pk in wanted
    Line.objects.bulk_update(lines, ["asked", "needs_evidence"])


def _asked(item: CorrectionItem) -> str:
    with translation.override("id"):
        parts = [_("Keliru: %(what)s") % {"what": item.what}]
        if item.needed_evidence:
            parts.append(_("Bukti yang diminta: %(evidence)s") % {"evidence": item.needed_evidence})
        if item.due_on:
            parts.append(_("Paling lambat %(day)s") % {"day": short_date(item.due_on)})
    return "\n".join(parts)
