"""A period's forms: made, sent out, and given to those who join later."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.audit.actions import record
from runut.collection.actions.absent import about_absent, hand_to_stand_ins
from runut.collection.actions.forms_of import make_sheets
from runut.collection.actions.years import bind_year
from runut.collection.models import Basis, Delivery, Figure, Line, Period, Sheet, SheetKind
from runut.collection.permissions import check_can_send, may_act, open_task
from runut.collection.queries import (
    asked_of,
    basis_of,
    candidates,
    chosen_stand_ins,
    edition_of,
    edition_on,
    filled_until,
    recipients,
)
from runut.collection.queries.status import Candidate
from runut.lib.dates import renamed_period
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import active_pegawai, local_day, supplying_units
from runut.sop.actions import take_in
from runut.sop.actions.act import Act, Result, begin, complete
from runut.sop.actions.run import retitle, set_scope
from runut.sop.models import RunState
from runut.sop.queries import definition_of

# The reason that the system gives itself for leaving somebody out.
NO_INDICATOR = gettext_noop("belum ada indikator")


@transaction.atomic
def prepare_period(
    *,
    task_id: int,
    by: Actor,
    year: int,
    quarter: int,
    members: Collection[int],
    left_out: Mapping[int, str] | None = None,
    absent: Mapping[int, str] | None = None,
    due: date | None = None,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Make the forms of a period from the plan: a sheet per member, a line per indicator with its target.

    members: ids of units or pegawai, as the procedure collects by. left_out: id -> reason, for every other one who
    ought to hand in data. absent: id -> "later" or "instead", for who is away. due: the day on which forms are to be
    in, instead of the norm. Where the step came back before the forms were sent out, they are made anew. Refused when
    the period was opened before, when somebody is left out without reason, and when a member has no indicator.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="prepare")
    if act.result is not None:
        return act.result
    unsent = _check_once(act, year, quarter, basis := basis_of(act.definition))
    today, until = local_day(act.run.office, act.now), filled_until(act.definition, act.calendar, act.now, due)
    expected = candidates(act.run.office, basis, year, quarter, today, until)
    reasons = _reasons(expected, left_out or {})
    chosen = [each.pk for each in _check_members(expected, frozenset(members), reasons)]
    period = _make_period(act, unsent, year, quarter, basis, _closing(act, due) if due else None)
    _name_after(act, year, quarter)
    edition = edition_on(act.run.office, basis, today)
    sheets = make_sheets(period, asked_of(act.run.office, basis, chosen, year, quarter, edition), chosen, edition)
    away = about_absent(act, [each for each in expected if each.pk in chosen], absent or {}, period.due_at)
    set_scope(run=act.run, each=_kind(basis), members=chosen, due_at=period.due_at, own_dues=away.later)
    facts = _facts(period, {each.name: reasons[each.pk] for each in expected if each.pk not in chosen})
    after = facts | away.told | {"sheets": [[sheet.pk, sheet.member] for sheet in sheets]}
    record("period.prepared", subject=period, by=act.actor, after=after, at=act.now)
    form = {**facts, "sheets": len(sheets), "instead": {str(pk): other for pk, other in away.instead.items()}}
    return complete(act, members=chosen, form=form, late_reason=late_reason)


def _facts(period: Period, left_out: Mapping[str, str]) -> dict[str, object]:
    return {
        "year": period.year,
        "quarter": period.quarter,
        "basis": str(period.basis),
        "due_at": period.due_at.isoformat() if period.due_at else None,
        "left_out": dict(left_out),
    }


def _name_after(act: Act, year: int, quarter: int) -> None:
    """A run that was named after another quarter bears the one that is collected in it."""
    if quarter:
        title = renamed_period(act.run.title, year, quarter, act.run.office.terms)
        retitle(run=act.run, title=title, by=act.actor)


def _closing(act: Act, day: date) -> datetime:
    """When the office closes on a day: until then the forms may come."""
    at = act.calendar.closing(day)
    if at is None:
        raise Refused(_("Kantor tutup pada tanggal itu. Pilih hari kerja sebagai batas pengajuan."), code="due")
    if at <= act.now:
        raise Refused(_("Batas pengajuan sudah lewat. Pilih tanggal sesudah hari ini."), code="due")
    return at


def _make_period(
    act: Act, unsent: Period | None, year: int, quarter: int, basis: str, due_at: datetime | None
) -> Period:
    """unsent: the run's period whose forms came back; they are blank still, and give way to those that are made now."""
    run = act.run
    period = unsent or Period(instansi_id=run.instansi_id, office=run.office, basis=basis, run=run)
    period.year, period.quarter, period.opened_at, period.due_at = year, quarter, act.now, due_at
    if unsent is not None:
        Line.objects.filter(sheet__period=unsent).delete()
        Sheet.objects.filter(period=unsent).delete()
        Figure.objects.filter(period=unsent).delete()
    period.save()
    return period


def _kind(basis: str) -> Literal["unit", "pegawai"]:
    return "unit" if basis == Basis.UNIT else "pegawai"


def _check_quarter(year: int, quarter: int) -> None:
    if not (2000 <= year <= 2100 and 0 <= quarter <= 4):
        raise Refused(_("Pilih tahun dan periodenya, misalnya periode III tahun 2026."), code="period")


def _check_once(act: Act, year: int, quarter: int, basis: str) -> Period | None:
    """One period is collected once, and by a run that was started for it. One whose run was cancelled gives way.

    The run's own period, where the forms made for it were not sent out.
    """
    _check_quarter(year, quarter)
    # Two runs may come for the same period at once; the second one is told that it was opened.
    Office.objects.select_for_update(of=("self",)).get(pk=act.run.office_id)
    rows = Period.objects.filter(office=act.run.office_id, year=year, quarter=quarter, basis=basis, void=False)
    known = rows.exclude(run=act.run).select_related("run", "office").first()
    if known is not None and known.run is None:
        raise Refused(
            _("%(name)s sudah ada dari dokumen lama, jadi tidak dibuka lagi. Lihat di Data Kinerja (%(url)s).")
            % {"name": known.name, "url": known.get_absolute_url()},
            code="duplicate",
        )
    if known is not None and known.collected_by.state == RunState.CANCELLED:
        rows.filter(pk=known.pk).update(void=True)
    elif known is not None:
        raise Refused(
            _("%(name)s sudah dibuka untuk kantor ini. Lihat di Data Kinerja, atau pilih periode lain.")
            % {"name": known.name},
            code="duplicate",
        )
    assert not act.outcome.back, "a return is given back without forms"
    own = Period.objects.filter(run=act.run).first()
    if own is not None and (act.run.branches.exists() or Delivery.objects.filter(sheet__run=act.run).exists()):
        raise Refused(_("SOP ini sudah mempunyai periode. Mulai SOP baru untuk periode lain."), code="duplicate")
    bind_year(run=act.run, wanted=Period(office=act.run.office, year=year, quarter=quarter, basis=basis))
    return own


def _reasons(expected: Sequence[Candidate], given: Mapping[int, str]) -> dict[int, str]:
    """Why somebody is left out. Nobody need write down what is known here; what was typed all the same goes first."""
    known = {each.pk: NO_INDICATOR for each in expected if not each.indicators}
    known |= {each.pk: each.away.words for each in expected if each.away is not None and each.away.left}
    return known | {pk: reason.strip() for pk, reason in given.items() if reason.strip()}


def _check_members(
    expected: Sequence[Candidate], members: Collection[int], reasons: Mapping[int, str]
) -> list[Candidate]:
    known = {candidate.pk for candidate in expected}
    if strangers := [pk for pk in members if pk not in known]:
        raise Refused(
            _("%(n)s yang dipilih bukan penyuplai data kantor ini. Muat ulang halaman, lalu pilih lagi.")
            % {"n": len(strangers)}
        )
    silent = [c.name for c in expected if c.pk not in members and not reasons.get(c.pk, "").strip()]
    if silent:
        raise Refused(
            _("Tulis alasan untuk yang tidak diikutkan (%(names)s), atau ikutkan lagi.") % {"names": ", ".join(silent)},
            code="left_out",
        )
    if not any(candidate.indicators for candidate in expected):
        raise Refused(
            _("Belum ada indikator untuk periode ini, jadi formulir belum dapat dibuat. Lengkapi dulu indikatornya."),
            code="no_indicator",
        )
    chosen = [candidate for candidate in expected if candidate.pk in members]
    if not chosen:
        raise Refused(_("Pilih paling sedikit satu yang mengisi formulir."), code="members")
    empty = [candidate.name for candidate in chosen if not candidate.indicators]
    if empty:
        raise Refused(
            _("Indikator untuk %(names)s belum ada. Lengkapi indikatornya, atau jangan diikutkan dan tulis alasannya.")
            % {"names": ", ".join(empty)},
            code="no_indicator",
        )
    return chosen


@transaction.atomic
def distribute(*, task_id: int, by: Actor, outcome: str = "complete", key: str = "", late_reason: str = "") -> Result:
    """Send each form to the one who fills it in: the person, or whoever heads the unit now."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="distribute")
    if act.result is not None:
        return act.result
    assert not act.outcome.back, "a return is given back, nothing is sent out"
    rows = Sheet.objects.filter(run=act.run, kind=SheetKind.COLLECTION)
    sheets = list(rows.select_related("unit", "pegawai").order_by("pk"))
    if not sheets:
        raise Refused(_("Formulir belum disiapkan. Siapkan dulu formulir periode ini."))
    instead = chosen_stand_ins(act.run)
    sent, vacant = _deliver(act, sheets, instead)
    # Those whom somebody replaces come first: the engine opens the first hundred at once, the others bit by bit.
    members = sorted((int(sheet.member[1:]) for sheet in sheets), key=lambda pk: pk not in instead)
    form = {"sent": sent, "sheets": len(sheets), "vacant": vacant}
    result = complete(act, members=members, form=form, late_reason=late_reason)
    if instead:
        hand_to_stand_ins(act.run, sheets, instead, act.actor)
    return result


def _deliver(act: Act, sheets: Sequence[Sheet], instead: Mapping[int, int]) -> tuple[int, list[str]]:
    """How many went to somebody, and whose form has nobody to fill it in yet."""
    to = recipients(sheets, local_day(act.run.office, act.now))
    to |= {sheet.pk: instead[pk] for sheet in sheets if (pk := sheet.pegawai_id or 0) in instead}
    Delivery.objects.bulk_create(
        [
            Delivery(instansi_id=sheet.instansi_id, sheet=sheet, recipient_id=to[sheet.pk], sent_at=act.now)
            for sheet in sheets
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    record(
        "sheets.distributed",
        subject=act.run,
        by=act.actor,
        after={"sheets": [[sheet.pk, to[sheet.pk]] for sheet in sheets]},
        at=act.now,
    )
    vacant = [sheet.subject for sheet in sheets if to[sheet.pk] is None]
    return len(sheets) - len(vacant), vacant


@transaction.atomic
def add_member(*, period: Period, member: int, by: Actor, reason: str) -> Sheet:
    """Give a form to a unit or pegawai that joined after the forms were made, or whose form was withdrawn, while
    filling is open.
    """
    period = Period.objects.select_for_update(of=("self",)).select_related("office", "run__version").get(pk=period.pk)
    key = f"{period.basis[0]}{member}"
    before = Sheet.objects.filter(run=period.collected_by, period=period, member=key).first()
    actor = check_can_send(by, period.collected_by, before)
    if not reason.strip():
        raise Refused(_("Tulis alasan menambahkannya, misalnya “pindah tugas per 1 Juli”."), code="reason")
    now, kind = timezone.now(), _kind(period.basis)
    day = local_day(period.office, now)
    known = _people_or_units(period, day)
    subject = known.get(member)
    if subject is None:
        raise Refused(_("Yang dipilih bukan penyuplai data kantor ini. Periksa penempatannya di Pengaturan."))
    edition = edition_of(period)
    promises = asked_of(period.office, kind, [member], period.year, period.quarter, edition)
    if not promises:
        raise Refused(
            _("Indikator untuk %(name)s belum ada. Lengkapi indikatornya, lalu ulangi.") % {"name": subject},
            code="no_indicator",
        )
    fill = next(step for step in definition_of(period.collected_by.version).steps if step.work == "fill")
    region = definition_of(period.collected_by.version).region_key(fill.id)
    take_in(run=period.collected_by, region=region, member=key, by=actor, reason=reason)
    sheet = before or make_sheets(period, promises, [member], edition)[0]
    _send_again(sheet, now, day)
    record("sheet.added", subject=sheet, by=actor, after={"member": key}, reason=reason, at=now)
    return sheet


def _send_again(sheet: Sheet, now: datetime, day: date) -> None:
    """To whoever is to have it now: a new form, or one that was withdrawn."""
    Delivery.objects.update_or_create(
        sheet=sheet,
        defaults={
            "instansi_id": sheet.instansi_id, "recipient_id": recipients([sheet], day)[sheet.pk], "sent_at": now,
            "opened_at": None, "withdrawn_at": None, "withdrawn_by": None, "closed_for": "",
        },
    )  # fmt: skip


def _people_or_units(period: Period, day: date) -> dict[int, str]:
    if period.basis == Basis.UNIT:
        return {unit.pk: unit.name for unit in supplying_units(period.office)}
    return {person.pk: person.full_name for person in active_pegawai(period.office, day)}


def mark_opened(*, sheet: Sheet, by: Actor) -> None:
    """Note when the recipient first looked at the form: whoever it was sent to, or has it to fill in now."""
    unopened = Delivery.objects.filter(sheet=sheet, opened_at__isnull=True, withdrawn_at__isnull=True)
    # Asked first: a page that is only read should not wait for the database's writer.
    found = unopened.first()
    if found is None:
        return
    task = None if found.recipient_id == by.pegawai_id else open_task(sheet, "fill", by)
    if found.recipient_id == by.pegawai_id or (task is not None and may_act(by, task)):
        unopened.update(opened_at=timezone.now())
