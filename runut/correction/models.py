"""Errors found in data that were already handed in, and the case that corrects them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runut.collection.models import Figure, Line, Period, Value
from runut.correction.rules import case_code
from runut.organisation.models import Office, OfInstansi, Pegawai
from runut.organisation.permissions import Actor
from runut.sop.models import Run, RunState, Task


class Stage(models.TextChoices):
    """Where in the SAKIP chain the error lies."""

    PLANNING = "perencanaan", _("Perencanaan")
    EXECUTION = "pelaksanaan", _("Pelaksanaan")
    MONITORING = "monev", _("Monitoring dan evaluasi")
    REPORTING = "pelaporan", _("Pelaporan")


class ReportState(models.TextChoices):
    OPEN = "open", _("Menunggu keputusan")
    ACCEPTED = "accepted", _("Diperbaiki")
    DECLINED = "declined", _("Tidak diperbaiki")


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def visible_to(self, actor: Actor) -> ErrorReportQuerySet:
        """One's own reports, and those on figures that the person may see."""
        seen = models.Exists(Figure.objects.visible_to(actor).filter(pk=models.OuterRef("figure")))
        return self.filter(models.Q(reported_by=actor.pegawai_id) | models.Q(seen))


class ErrorReport(OfInstansi):
    """Somebody's statement that a figure is wrong, and why. It changes nothing by itself."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="error_reports")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="error_reports")
    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(_("apa yang keliru"))
    proposed = models.CharField(_("angka yang benar"), max_length=60, blank=True)
    stage = models.CharField(_("tahap"), max_length=20, choices=Stage, default=Stage.REPORTING)
    reported_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    reported_title = models.CharField(max_length=200)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.OPEN)
    decline_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_title = models.CharField(max_length=200, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "state", "-reported_at"], name="report_of_office")]

    def __str__(self) -> str:
        return f"{self.figure_id}: {self.what[:60]}"

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"


class Origin(models.TextChoices):
    """How far the wrong data had come when the error was found."""

    SUBMITTED = "submitted", _("Sudah diajukan")
    VALIDATED = "validated", _("Tervalidasi, belum ditandatangani")
    SIGNED = "signed", _("Sudah ditandatangani")
    PUBLISHED = "published", _("Sudah terbit")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, actor: Actor) -> CorrectionQuerySet:
        """Cases of the runs a person may see, and of the runs whose data they correct."""
        runs = Run.objects.visible_to(actor).values("pk")
        return self.filter(models.Q(run__in=runs) | models.Q(source__run__in=runs))

    def open(self) -> CorrectionQuerySet:
        return self.filter(closed_at__isnull=True)


class Correction(OfInstansi):
    """A case: the figures said to be wrong, the run that corrects them, what was decided.

    `run` is the source's own run where its procedure names the return itself. `holds_source` says
    that the run whose data are corrected waits for this case.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="corrections")
    year = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField(_("nomor"))
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="corrections")
    source = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="corrections")
    origin = models.CharField(max_length=20, choices=Origin)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REPORTING)
    reason = models.TextField(_("alasan"))
    opened_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    holds_source = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(_("alasan ditutup"), blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "no"], name="correction_no_once"),
            models.UniqueConstraint(
                fields=["run"], condition=models.Q(closed_at__isnull=True), name="one_open_case_per_run"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return case_code(self.year, self.no)

    @property
    def audit_stream(self) -> str:
        return f"run:{self.run_id}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was given up. With `run`."""
        return self.closed_at is not None and self.run.state == RunState.CANCELLED

    def get_absolute_url(self) -> str:
        return reverse("correction:correction", args=[self.pk])


class Decision(models.TextChoices):
    PENDING = "", _("Belum diputuskan")
    NEW = "new", _("Pakai angka baru")
    OLD = "old", _("Tetap angka lama")
    OTHER = "other", _("Angka lain")
    DEFERRED = "deferred", _("Ditunda")


class CorrectionItem(OfInstansi):
    """One wrong figure of a case: the value before, the one proposed, the one decided.

    The proposed one is what the repairer last handed in on the sheet of the case's run. `open` goes
    with the case: a figure is corrected by one case at a time.
    """

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="items")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="correction_items")
    report = models.ForeignKey(ErrorReport, on_delete=models.PROTECT, null=True, related_name="items")
    before = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(_("apa yang keliru"))
    field = models.CharField(_("kolom"), max_length=40, default="realisasi")
    repairer = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("paling lambat"), null=True)
    needed_evidence = models.CharField(_("bukti yang diperlukan"), max_length=300, blank=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.PENDING, blank=True)
    decision_basis = models.TextField(_("dasar putusan"), blank=True)
    decided = models.ForeignKey(Value, on_delete=models.PROTECT, null=True, related_name="+")
    suspected_cause = models.TextField(_("dugaan penyebab"), blank=True)
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["correction", "figure"], name="item_once_per_case"),
            models.UniqueConstraint(fields=["figure"], condition=models.Q(open=True), name="figure_in_one_open_case"),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id}/{self.figure_id}"


class Order(OfInstansi):
    """A head's written order (nota dinas, perintah): number, date, subject, reason, to whom."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="order")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(_("nomor"), max_length=80)
    day = models.DateField(_("tanggal"))
    subject = models.CharField(_("hal"), max_length=200)
    text = models.TextField(_("isi perintah"))
    decree = models.CharField(_("nomor SK tim"), max_length=80, blank=True)
    addressed_to = models.CharField(_("kepada"), max_length=300, blank=True)
    back_dated_reason = models.TextField(_("alasan tanggal mundur"), blank=True)

    # Known of an order that was read with the others of its run: the one that was given anew in its place.
    replaced_by: Order | None = None

    def __str__(self) -> str:
        return self.subject


class TeamMember(OfInstansi):
    """A person in the team that an order names, with the position held on that day."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="team")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("jabatan"), max_length=200)
    role = models.CharField(_("peran"), max_length=80)

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.role}"

    @property
    def role_words(self) -> str:
        """The role in the reader's language; the order keeps it in Indonesian."""
        return gettext(self.role) if self.role else ""


class Analysis(OfInstansi):
    """What was seen in one figure when the collected data were examined."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="analyses")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="analyses")
    text = models.TextField(_("analisis"), blank=True)
    follow_up = models.TextField(_("tindak lanjut"), blank=True)
    flagged = models.BooleanField(_("keliru"), default=False)
    what = models.TextField(_("apa yang keliru"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "figure"], name="analysis_once")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.figure_id}"


class Meeting(OfInstansi):
    """A meeting that decides: when, where, who led, who was there, what was said."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="meeting")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="meetings")
    held_at = models.DateTimeField(_("waktu"))
    place = models.CharField(_("tempat"), max_length=120)
    leader = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    minutes = models.TextField(_("notula"))

    def __str__(self) -> str:
        return f"{self.run_id} {self.held_at:%Y-%m-%d}"


class MeetingDraft(OfInstansi):
    """What was typed of a meeting that is not recorded yet: name of the field to its values. In nobody's log."""

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="meeting_draft")
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.task_id} {self.saved_at:%Y-%m-%d}"


class Attendance(OfInstansi):
    """Who was invited to a meeting and whether the person came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    present = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pegawai_id}"


class Resolution(OfInstansi):
    """A point a meeting decided that is not a figure: what, who does it, until when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    no = models.PositiveSmallIntegerField()
    text = models.TextField(_("putusan"))
    owner = models.CharField(_("penanggung jawab"), max_length=150, blank=True)
    due_on = models.DateField(_("paling lambat"), null=True)

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.no}"


class ItemDecision(OfInstansi):
    """What one meeting decided on one item. A later meeting adds its own; none is changed.

    `value` is the version that holds from then on; empty when the item was put off.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(CorrectionItem, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=10, choices=Decision)
    basis = models.TextField(_("dasar"), blank=True)
    proposed = models.ForeignKey(Value, on_delete=models.PROTECT, null=True, related_name="+")
    value = models.ForeignKey(Value, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="decision_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.item_id} {self.decision}"
