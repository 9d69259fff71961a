"""A fan-out under way: later batches, people who join late, people who leave."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop import permissions
from runut.sop.actions.opening import AT_ONCE, Ground, open_members, open_step, opened_as_logged
from runut.sop.models import HEAVY, Branch, BranchState, Join, Run, RunState, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.rules.flow import beyond


@transaction.atomic
def open_waiting(*, join_id: int) -> int:
    """Open the next batch of a join's waiting members; how many were opened, 0 when none is left."""
    run_id = Join.objects.values_list("run_id", flat=True).get(pk=join_id)
    run = Run.objects.select_for_update(of=("self",)).select_related("office", "version").defer(*HEAVY).get(pk=run_id)
    join = Join.objects.get(pk=join_id)
    batch, rest = join.waiting[:AT_ONCE], join.waiting[AT_ONCE:]
    if not batch or run.state not in (RunState.RUNNING, RunState.HELD):
        return 0
    step, reason = batch[0][0], "".join(batch[0][2:])
    ground = Ground(run, definition_of(run.version), calendar_of(run.office), timezone.now(), reason)
    open_members(ground, join.region, step, [place[1] for place in batch], again=join.round > 1)
    join.waiting = rest
    join.save(update_fields=["waiting"])
    return len(batch)


@transaction.atomic
def open_awaited(*, run: Run, members: Collection[str]) -> None:
    """Open these members of a fan-out now instead of in their turn, with all who stand before them."""
    for join in Join.objects.filter(run=run, fired=False).order_by("pk"):
        while any(place[1] in members for place in join.waiting) and open_waiting(join_id=join.pk):
            join.refresh_from_db(fields=["waiting"])


@task()
def open_waiting_members(join_id: int) -> int:
    """The job that opens all waiting members, batch by batch. Run twice, it opens nothing twice."""
    opened = 0
    while batch := open_waiting(join_id=join_id):
        opened += batch
    return opened


@transaction.atomic
def join_late(*, run: Run, region: str, member: str, by: Actor, reason: str) -> Task:
    """Add a member to a fan-out that is still open (a pegawai who joined after distribution, or comes back)."""
    run = _locked(run)
    return _join_late(run, region, member, permissions.check_can_lead(by, run), reason)


@transaction.atomic
def take_in(*, run: Run, region: str, member: str, by: Actor, reason: str) -> Task:
    """The same, as when what was withdrawn is sent again. Whoever calls has checked that this person may."""
    return _join_late(_locked(run), region, member, by, reason)


def _join_late(run: Run, region: str, member: str, actor: Actor, reason: str) -> Task:
    join = Join.objects.filter(run=run, region=region).order_by("-round").first()
    definition = definition_of(run.version)
    if not reason.strip():
        raise Refused(_("Tulis alasan menambahkannya ke pengumpulan ini."), code="reason")
    if run.state != RunState.RUNNING or join is None or join.fired or not definition.step(region).join.late:
        raise Refused(_("Pengumpulan ini sudah ditutup. Yang baru bergabung masuk periode berikutnya."))
    known = Branch.objects.filter(run=run, region=region, member=member).first()
    if known is not None and known.state != BranchState.DROPPED:
        raise Refused(_("Yang bersangkutan sudah termasuk dalam pengumpulan ini."))
    Join.objects.filter(pk=join.pk).update(total=F("total") + 1, pending=F("pending") + 1)
    ground = Ground(run, definition, calendar_of(run.office), timezone.now())
    open_members(ground, region, region, [member], again=known is not None)
    after = {"region": region, "member": member, "opened": [opened_as_logged(task) for task in ground.opened]}
    record("run.member_joined", subject=run, by=actor, after=after, reason=reason)
    return ground.opened[0]


@transaction.atomic
def drop_member(*, run: Run, region: str, member: str, by: Actor, reason: str) -> None:
    """Take a member out of an open fan-out (moved, retired). Once nobody is awaited any more it goes on."""
    run = _locked(run)
    _take_out(run, region, member, permissions.check_can_lead(by, run), reason)


@transaction.atomic
def take_out(*, run: Run, region: str, member: str, by: Actor, reason: str) -> None:
    """The same, because what was sent to the member is withdrawn. Whoever calls has checked that this person may."""
    _take_out(_locked(run), region, member, by, reason)


def _locked(run: Run) -> Run:
    rows = Run.objects.select_for_update(of=("self",)).select_related("office", "version").defer(*HEAVY)
    return rows.get(pk=run.pk)


def _take_out(run: Run, region: str, member: str, actor: Actor, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Tulis alasan mengeluarkannya dari pengumpulan ini."), code="reason")
    branch = Branch.objects.filter(run=run, region=region, member=member, state=BranchState.OPEN).first()
    join = Join.objects.filter(run=run, region=region, fired=False).order_by("-round").first()
    if join is not None and any(place[1] == member for place in join.waiting):
        raise Refused(_("Formulirnya masih dalam antrean dibuka. Ulangi sebentar lagi."))
    if branch is None or join is None:
        raise Refused(_("Yang bersangkutan tidak sedang mengisi dalam pengumpulan ini."))
    definition = definition_of(run.version)
    following = beyond(definition, region) if join.pending == 1 and join.total > 1 else None
    if join.pending == 1 and run.state == RunState.HELD:
        raise Refused(_("Hanya ia yang masih ditunggu, dan SOP ini sedang dijeda. Lanjutkan dulu SOP ini."))
    if join.pending == 1 and (following is None or run.state != RunState.RUNNING):
        raise Refused(_("Hanya ia yang masih ditunggu. Kerjakan atau alihkan tugasnya, atau batalkan SOP ini."))
    Branch.objects.filter(pk=branch.pk).update(state=BranchState.DROPPED)
    Task.objects.filter(branch=branch, state=TaskState.OPEN).update(
        state=TaskState.CANCELLED, done_at=timezone.now(), reason=reason
    )
    Join.objects.filter(pk=join.pk).update(total=F("total") - 1, pending=F("pending") - 1, fired=following is not None)
    ground = Ground(run, definition, calendar_of(run.office), timezone.now())
    if following is not None:
        before = Task.objects.filter(run=run, branch=None, step=following).aggregate(last=Max("round"))["last"] or 0
        open_step(ground, definition.step(following), None, {following: before})
    after = {"region": region, "member": member, "opened": [opened_as_logged(task) for task in ground.opened]}
    record("run.member_dropped", subject=run, by=actor, after=after, reason=reason)
