"""Procedures as they are run: runs, branches, joins, tasks and what is done in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from runut.audit.models import Entry, Place
from runut.lib.prepared import Prepared, PreparedRows
from runut.organisation.models import Assignment, Jabatan, Office, OfInstansi, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.sop.models.procedures import SopVersion

# What a query over runs leaves unread: the definition is kept in memory under its hash.
HEAVY = ("version__definition", "version__source")


class RunState(models.TextChoices):
    RUNNING = "running", _("Berjalan")
    HELD = "held", _("Dijeda")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, actor: Actor) -> RunQuerySet:
        """Runs of the offices the person works in, and those with a task for the person."""
        own = models.Q(office__in=actor.office_ids)
        addressed = Task.objects.addressed_to(actor).values("run")
        return self.filter(own | models.Q(pk__in=addressed))


class Run(OfInstansi):
    """One execution of a procedure, for good on the version it began with."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="runs")
    version = models.ForeignKey(SopVersion, on_delete=models.PROTECT, related_name="runs")
    title = models.CharField(_("judul"), max_length=200)
    state = models.CharField(_("status"), max_length=20, choices=RunState, default=RunState.RUNNING)
    rev = models.PositiveIntegerField(default=0)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.TextField(_("alasan"), blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "state", "-started_at"], name="run_of_office")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sop:run", args=[self.pk])

    @property
    def audit_stream(self) -> str:
        return f"run:{self.pk}"


class RunScope(OfInstansi):
    """The people or units that a run fans out over, as ids, per kind of set.

    due_at: by when they are to have filled in what they are sent, where a day was set instead of the norm.
    own_dues: member's id -> such a moment as ISO text, where each has one of his own.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scopes")
    each = models.CharField(max_length=20)
    members = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    own_dues = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "each"], name="scope_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.each}: {len(self.members)}"


class BranchState(models.TextChoices):
    OPEN = "open", _("Berjalan")
    DONE = "done", _("Selesai")
    DROPPED = "dropped", _("Dikeluarkan")


class Branch(OfInstansi):
    """One member's way through a fan-out: a pegawai's or a unit's."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="branches")
    region = models.CharField(max_length=40)
    member = models.CharField(max_length=24)
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=BranchState, default=BranchState.OPEN)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "region", "member"], name="branch_once"),
            models.CheckConstraint(
                condition=models.Q(pegawai__isnull=True) ^ models.Q(unit__isnull=True),
                name="branch_of_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.region} {self.member}"


class Join(OfInstansi):
    """How many members of a fan-out are still under way. The next step opens when none is.

    waiting: members still to be opened in batches, each with its step and, after a return, why. They are pending.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="joins")
    region = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1)
    total = models.PositiveIntegerField(default=0)
    pending = models.PositiveIntegerField(default=0)
    waiting = models.JSONField(default=list)
    fired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "region", "round"], name="join_once"),
            models.CheckConstraint(condition=models.Q(pending__lte=models.F("total")), name="join_not_overfull"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.region}: {self.pending}/{self.total}"


class TaskState(models.TextChoices):
    OPEN = "open", _("Perlu dikerjakan")
    DONE = "done", _("Selesai")
    RETURNED = "returned", _("Dikembalikan")
    COVERED = "covered", _("Dikerjakan rekan")
    SUPERSEDED = "superseded", _("Digantikan")
    CANCELLED = "cancelled", _("Dibatalkan")


_HOLD_RUN = PreparedRows(
    tuple,
    lambda pk: (
        Run.objects.select_for_update().filter(pk__in=Task.objects.filter(pk=pk).values("run")).values_list("pk")
    ),
    int,
)
# The last entry of the run's log is read along: under the run's lock hardly anybody else can add one.
_LAST_LOGGED = Entry.objects.last_of(Concat(Value("run:"), Cast(OuterRef("run_id"), models.TextField())))
# Whom the task is for is read only where a refusal names it.
_TO_DO = Prepared(
    lambda pk: (
        Task.objects.select_for_update(of=("run",))
        .select_related("run__office__calendar", "run__version__sop", "branch")
        .defer(*(f"run__{name}" for name in HEAVY))
        .filter(pk=pk)
        .annotate(logged_seq=Subquery(_LAST_LOGGED.values("seq")), logged_hash=Subquery(_LAST_LOGGED.values("hash")))
    ),
    int,
)


class TaskQuerySet(models.QuerySet["Task"]):
    def addressed_to(self, actor: Actor) -> TaskQuerySet:
        """Tasks of the person, or of a position the person holds now."""
        position = models.Q(jabatan__in=actor.jabatan_ids, pegawai__isnull=True)
        return self.filter(position | models.Q(pegawai=actor.pegawai_id))

    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """Tasks of the runs of the offices the person works in, and those for the person."""
        own = models.Q(run__office__in=actor.office_ids)
        position = models.Q(jabatan__in=actor.jabatan_ids, pegawai__isnull=True)
        return self.filter(own | position | models.Q(pegawai=actor.pegawai_id))

    def locked(self, pk: int) -> Task:
        """The task, with its run locked: whoever comes second sees what the first one left.

        The run is locked first and by itself, as every command does: two slots of one step cannot wait for each
        other, and what is read after the wait is what the first one committed.
        """
        _HOLD_RUN.all(pk)
        return self.locked_as_seen(pk)

    def locked_as_seen(self, pk: int) -> Task:
        """The same in one statement: whoever had to wait for the run may have the task as it was before the wait.

        The caller must hold it against what is read afterwards, and ask for it anew when it has changed.
        """
        found = _TO_DO.first(pk)
        if found is None:
            raise Task.DoesNotExist
        seq, hash_ = vars(found)["logged_seq"], vars(found)["logged_hash"]
        found.last_logged = Place(seq, hash_) if seq else None
        return found


class Task(OfInstansi):
    """One step to be done once: by the holder of a position, or by one person.

    `slot` tells apart the lanes of a joint step; `round` counts how often the step was opened for
    this member. What the step is called and in which lane it lies is copied from the definition,
    so that an inbox reads one table.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="tasks")
    step = models.CharField(max_length=40)
    slot = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    work = models.CharField(max_length=20)
    printed_no = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    lane = models.CharField(max_length=40)
    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, null=True, related_name="tasks")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="tasks")
    state = models.CharField(max_length=20, choices=TaskState, default=TaskState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    # From when its time runs (behind others with the same official; anew after a hold), and for how
    # many working minutes, where that is not the norm.
    counted_from = models.DateTimeField()
    counted_minutes = models.IntegerField(null=True)
    left_minutes = models.IntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="tasks_done")
    done_as = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="+")
    done_title = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    late_reason = models.TextField(blank=True)
    form = models.JSONField(default=dict, blank=True)
    opened_by_return = models.BooleanField(default=False)
    return_reason = models.TextField(blank=True)

    # Known of a task that was locked: the last entry of its run's log.
    last_logged: Place | None = None
    # Known in a list of what is done: the colleague who did it where one is enough.
    covered_by: str = ""

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step", "slot"],
                condition=models.Q(state="open", branch__isnull=True),
                name="one_open_task_per_step",
            ),
            models.UniqueConstraint(
                fields=["run", "branch", "step", "slot"],
                condition=models.Q(state="open", branch__isnull=False),
                name="one_open_task_per_member",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["jabatan", "due_at", "id"], condition=models.Q(state="open"), name="task_open_of_jabatan"
            ),
            models.Index(
                fields=["pegawai", "due_at", "id"], condition=models.Q(state="open"), name="task_open_of_pegawai"
            ),
            models.Index(fields=["run", "state"], name="task_of_run"),
            # Both, or SQLite goes through all of the run's tasks to find a member's.
            models.Index(fields=["run", "branch"], name="task_of_member"),
            models.Index(fields=["done_by", "-done_at"], name="task_done_by"),
        ]

    def __str__(self) -> str:
        return f"{self.printed_no}. {self.text}"

    def get_absolute_url(self) -> str:
        return reverse("sop:task", args=[self.pk])


class Paraf(OfInstansi):
    """An official's initials under one content, given while doing a task.

    They hold for exactly the content with this hash (without number, date and QR). When the content
    changes the paraf is void, visibly: the row stays, with the time and the reason. `asked_again` says
    that a signature waits for it to be given anew, so that it stands in the inbox of whoever the task is for.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="parafs")
    data_hash = models.CharField(max_length=64)
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)
    asked_again = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asked_again=False) | models.Q(voided_at__isnull=False), name="paraf_asked_when_void"
            )
        ]
        indexes = [models.Index(fields=["task"], condition=models.Q(asked_again=True), name="paraf_asked_again")]

    def __str__(self) -> str:
        return f"{self.title} {self.data_hash[:8]}"


class TaskFile(OfInstansi):
    """A file attached to a task: what the step says is to be kept in soft copy."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="task/%Y/%m/")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Command(OfInstansi):
    """A request as it was carried out, under the key its form was given.

    The same key again returns `result`; with other content, or from another person, it is refused.
    """

    key = models.CharField(max_length=64, unique=True)
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class ClockState(OfInstansi):
    """By which revision of an office's calendar its open tasks were last reckoned."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="clock_state")
    revision = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.office_id}: {self.revision}"
