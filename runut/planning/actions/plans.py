"""Plans in versions, and their goals and objectives. A version that has ended keeps its tree and stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.planning.actions.indicators import end_indicator
from runut.planning.models import Indicator, Plan, Sasaran, Tujuan
from runut.planning.permissions import check_keeps
from runut.planning.queries.plans import begins_with, held_with
from runut.planning.queries.tree import snapshot_of
from runut.planning.rules import SEVERAL_YEARS, check_within, check_years


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a plan says of itself. last_year: of a plan over several years."""

    kind: str
    title: str
    year: int
    start: date
    last_year: int | None = None
    legal_basis: str = ""


@transaction.atomic
def open_plan(*, office: Office, drawn: Drawn, by: Actor | None) -> Plan:
    """A new plan; the next version where those of its year have ended. Refused where one of its kind holds in its
    time."""
    check_keeps(by, office.pk)
    check_years(drawn.kind, drawn.year, drawn.last_year)
    check_within(drawn.start, drawn.year, drawn.last_year)
    plan = Plan(
        instansi_id=office.instansi_id, office=office, kind=drawn.kind, title=drawn.title.strip(), year=drawn.year,
        last_year=drawn.last_year, start=drawn.start, legal_basis=drawn.legal_basis.strip(),
        version=_version_after(office, drawn),
    )  # fmt: skip
    with _alone(plan):
        plan.save()
    record("plan.opened", subject=plan, by=by, after=_told(plan))
    return plan


@transaction.atomic
def revise_plan(
    *, plan: Plan, start: date, legal_basis: str, reason: str, by: Actor | None, last_year: int | None = None
) -> Plan:
    """The next version (perubahan) from a day on. Goals and objectives go along; the one before ends the day before
    and keeps its tree as it stood. last_year: None where it stays."""
    check_keeps(by, plan.office_id)
    plan = _still_open(plan)
    if start <= plan.start:
        sentence = _("Perubahan berlaku sesudah versi sekarang dimulai, %(day)s. Pilih tanggal sesudahnya.")
        raise Refused(sentence % {"day": short_date(plan.start)}, code="start")
    last_year = last_year or plan.last_year
    check_years(plan.kind, plan.year, last_year)
    check_within(start, plan.year, last_year)
    if not legal_basis.strip():
        raise Refused(_("Tulis dasar perubahannya, misalnya nomor SK."), code="legal_basis")
    _close(plan, start - timedelta(days=1))
    later = Plan(
        instansi_id=plan.instansi_id, office=plan.office, kind=plan.kind, title=plan.title, year=plan.year,
        last_year=last_year, version=plan.version + 1, start=start, legal_basis=legal_basis.strip(),
        reason=reason.strip(),
    )  # fmt: skip
    with _alone(later):
        later.save()
    Tujuan.objects.filter(plan=plan).update(plan=later)
    Sasaran.objects.filter(plan=plan).update(plan=later)
    record("plan.revised", subject=later, by=by, before=_told(plan), after=_told(later), reason=reason.strip())
    return later


@transaction.atomic
def end_plan(
    *, plan: Plan, last_day: date, reason: str, by: Actor | None, indicators: Collection[Indicator] = ()
) -> None:
    """End a plan of several years for good, so that another one can follow. Its tree stays to be read as it stood.
    indicators: those that end with it, on the same day and for the same reason.

    Of two that begin on one day, the one that is not used ends the day before: it never held.
    """
    check_keeps(by, plan.office_id)
    plan = _still_open(plan)
    if plan.kind not in SEVERAL_YEARS:
        sentence = _("%(kind)s berakhir dengan sendirinya pada akhir %(year)s. Yang berubah: tekan Buat perubahan.")
        raise Refused(sentence % {"kind": plan.get_kind_display(), "year": plan.year}, code="kind")
    day_before = plan.start - timedelta(days=1)
    if last_day < plan.start and not (last_day == day_before and begins_with(plan)):
        sentence = _("Dokumen ini baru berlaku %(day)s. Pilih tanggal itu atau sesudahnya.")
        raise Refused(sentence % {"day": short_date(plan.start)}, code="last_day")
    if plan.last_year is not None and last_day.year > plan.last_year:
        sentence = _("Dokumen ini berakhir dengan sendirinya pada akhir %(year)s. Pilih tanggal sebelumnya.")
        raise Refused(sentence % {"year": plan.last_year}, code="last_day")
    if not reason.strip():
        raise Refused(_("Tulis mengapa dokumen ini diakhiri."), code="reason")
    _close(plan, last_day)
    for indicator in indicators:
        end_indicator(indicator=indicator, last_day=last_day, reason=reason, by=by)
    ended = {"end": last_day} | ({"indicators": [one.code for one in indicators]} if indicators else {})
    record("plan.ended", subject=plan, by=by, after=_told(plan) | ended, reason=reason.strip())


@transaction.atomic
def add_goal(*, plan: Plan, text: str, by: Actor | None) -> Tujuan:
    """One more goal at the end of the open version."""
    check_keeps(by, plan.office_id)
    plan = _still_open(plan)
    goal = Tujuan.objects.create(instansi_id=plan.instansi_id, plan=plan, no=_next(plan.tujuan_set), text=text.strip())
    record("plan.goal_added", subject=plan, by=by, after={"no": goal.no, "text": goal.text})
    return goal


@transaction.atomic
def add_objective(*, plan: Plan, text: str, goal: Tujuan | None, by: Actor | None) -> Sasaran:
    """One more objective at the end, under a goal of the same plan or under the plan itself."""
    check_keeps(by, plan.office_id)
    plan = _still_open(plan)
    if goal is not None and goal.plan_id != plan.pk:
        raise Refused(_("Pilih tujuan dari dokumen ini."), code="goal")
    objective = Sasaran.objects.create(
        instansi_id=plan.instansi_id, plan=plan, tujuan=goal, no=_next(plan.sasaran_set), text=text.strip()
    )
    told = {"no": objective.no, "text": objective.text, "tujuan": goal.no if goal else None}
    record("plan.objective_added", subject=plan, by=by, after=told)
    return objective


@transaction.atomic
def reword(*, node: Tujuan | Sasaran, text: str, reason: str, by: Actor | None) -> None:
    """Put a goal or objective of the open version in other words, with the reason; the former words stay in the log."""
    check_keeps(by, node.plan.office_id)
    plan, before = _still_open(node.plan), node.text
    if text.strip() == before:
        return
    if not reason.strip():
        raise Refused(_("Tulis alasannya: bunyi yang lama tetap dapat dibaca bersama alasan ini."), code="reason")
    node.text = text.strip()
    node.save(update_fields=["text"])
    item = f"{node._meta.verbose_name} {node.no}".capitalize()
    record(
        "plan.reworded", subject=plan, by=by, before={"item": item, "text": before},
        after={"item": item, "text": node.text}, reason=reason.strip(),
    )  # fmt: skip


def _version_after(office: Office, drawn: Drawn) -> int:
    """The first, or the one after the last of that year if that has ended."""
    last = Plan.objects.filter(office=office, kind=drawn.kind, year=drawn.year).order_by("-version").first()
    return last.version + 1 if last is not None and last.end is not None else 1


def _close(plan: Plan, last_day: date) -> None:
    """It keeps its tree as it stood, for what has ended does not change any more."""
    plan.snapshot, plan.end = snapshot_of(plan), last_day
    with _alone(plan):
        plan.save(update_fields=["snapshot", "end"])


@contextmanager
def _alone(plan: Plan) -> Iterator[None]:
    """The database takes no two that hold at a time; Refused says which one is in the way."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise _in_the_way(plan) from error


def _in_the_way(plan: Plan) -> Refused:
    """Why a plan cannot be as it is written: there is one of that year, or another one holds in its time."""
    held = held_with(plan)
    if held is None or (held.year == plan.year and held.end is None):
        sentence = _("%(kind)s %(year)s sudah ada. Perubahannya dibuat dari halaman dokumen itu.")
        return Refused(sentence % {"kind": plan.get_kind_display(), "year": plan.year}, code="taken")
    before = short_date(held.start - timedelta(days=1))
    words = {"title": held.title, "start": short_date(held.start), "day": short_date(held.last_day), "before": before}
    if plan.end is not None and held.end is None and held.start == plan.start:
        sentence = _(
            "%(title)s mulai pada hari yang sama. Akhiri yang tidak dipakai per %(before)s: dokumen itu tercatat "
            "tidak pernah berlaku."
        )
    elif held.end is not None:
        sentence = _("%(title)s berlaku %(start)s sampai %(day)s, jadi waktunya bertumpuk. Pilih hari di luarnya.")
    elif plan.end is not None:
        sentence = _(
            "%(title)s berlaku %(start)s sampai %(day)s, jadi waktunya bertumpuk. Akhiri dahulu yang mulai lebih "
            "dahulu, paling lambat sehari sebelum yang lain mulai."
        )
    else:
        sentence = _(
            "%(title)s berlaku sampai %(day)s, jadi waktunya bertumpuk. Buat perubahan dari dokumen itu; atau "
            "akhiri dahulu, lalu mulai dokumen ini sesudahnya."
        )
    return Refused(sentence % words, code="overlap")


def _still_open(plan: Plan) -> Plan:
    found = Plan.objects.select_for_update().select_related("office").get(pk=plan.pk)
    if found.end is not None:
        sentence = _("Versi ini berakhir %(day)s dan tidak diubah lagi. Buka versi yang berlaku.")
        raise Refused(sentence % {"day": short_date(found.end)}, code="ended")
    return found


def _next(rows: object) -> int:
    last: int | None = rows.aggregate(last=Max("no"))["last"]  # type: ignore[attr-defined]
    return (last or 0) + 1


def _told(plan: Plan) -> dict[str, object]:
    fields = ("title", "year", "last_year", "version", "start", "legal_basis")
    return {name: getattr(plan, name) for name in fields} | {"kind": plan.kind}
