"""The people, the positions they hold, and who leads whom."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models.office import Jabatan, Office
from runut.organisation.models.tenancy import OfficeRows, OfInstansi, OfOffice


class Pegawai(OfOffice):
    """A civil servant (PNS or PPPK) as the government's employee register knows the person."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="pegawai_set")
    nip = models.CharField(_("NIP"), max_length=18, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    title_front = models.CharField(_("gelar depan"), max_length=40, blank=True)
    title_back = models.CharField(_("gelar belakang"), max_length=60, blank=True)
    rank = models.CharField(_("pangkat"), max_length=60, blank=True)
    email = models.EmailField(_("surel"), null=True, blank=True, unique=True)
    whatsapp = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    left_on = models.DateField(_("berhenti"), null=True, blank=True)

    objects = OfficeRows.as_manager()

    class Meta:
        verbose_name = _("pegawai")
        verbose_name_plural = _("pegawai")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        front = f"{self.title_front} " if self.title_front else ""
        back = f", {self.title_back}" if self.title_back else ""
        return f"{front}{self.name}{back}"


class AssignmentKind(models.TextChoices):
    """How a position is held. UU 30/2014 art. 14: Plh while the holder is away, Plt while there is none."""

    DEFINITIF = "definitif", _("Definitif")
    PLT = "plt", _("Plt.")
    PLH = "plh", _("Plh.")


class EndCause(models.TextChoices):
    """Why a tenure ended."""

    MOVED = "moved", _("Pindah tugas")
    RETIRED = "retired", _("Pensiun")
    RESIGNED = "resigned", _("Berhenti")
    DIED = "died", _("Meninggal dunia")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date) -> AssignmentQuerySet:
        """Assignments that hold on this date."""
        return self.filter(start__lte=on).filter(models.Q(end__isnull=True) | models.Q(end__gte=on))


class Assignment(OfInstansi):
    """One person holding one position from a day to a day, by a decree. end_cause: why it ended, where known."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="assignments")
    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(_("jenis"), max_length=10, choices=AssignmentKind, default=AssignmentKind.DEFINITIF)
    # Copied from the position so that the database can refuse a second definitive holder.
    exclusive = models.BooleanField(default=True, editable=False)
    start = models.DateField(_("mulai"))
    end = models.DateField(_("sampai"), null=True, blank=True)
    end_cause = models.CharField(_("sebab berakhir"), max_length=10, choices=EndCause, blank=True, db_default="")
    decree_number = models.CharField(_("nomor SK"), max_length=80, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="assignment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="definitif") | ~models.Q(decree_number=""),
                name="acting_needs_decree",
            ),
        ]
        indexes = [
            models.Index(fields=["pegawai", "start"], name="assignment_of_pegawai"),
            models.Index(fields=["jabatan", "start"], name="assignment_of_jabatan"),
        ]

    def __str__(self) -> str:
        return f"{self.pegawai}, {self.title}"

    @property
    def audit_stream(self) -> str:
        return self.jabatan.audit_stream

    @property
    def title(self) -> str:
        """The position as a signature block prints it: "Plt. Camat"."""
        prefix = "" if self.kind == AssignmentKind.DEFINITIF else f"{AssignmentKind(self.kind).label} "
        return f"{prefix}{self.jabatan.name}"


class Supervision(OfInstansi):
    """A direct superior other than the one the tree of positions gives, from a day to a day.

    `superior` is a person, also one outside the office; without a superior the pegawai is marked
    as having none inside the government (the head of an office).
    """

    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="supervisions")
    superior = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, blank=True, related_name="supervises")
    start = models.DateField(_("mulai"))
    end = models.DateField(_("sampai"), null=True, blank=True)
    reason = models.CharField(_("dasar"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(superior__isnull=True) | ~models.Q(superior=models.F("pegawai")),
                name="nobody_is_own_superior",
            ),
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")),
                name="supervision_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pegawai} -> {self.superior or '–'}"

    @property
    def audit_stream(self) -> str:
        return self.pegawai.audit_stream


class LeaveKind(models.TextChoices):
    """The kinds of PP 11/2017 art. 310; collective leave is a holiday of the calendar."""

    ANNUAL = "annual", _("Cuti tahunan")
    LONG = "long", _("Cuti besar")
    SICK = "sick", _("Cuti sakit")
    MATERNITY = "maternity", _("Cuti melahirkan")
    IMPORTANT = "important", _("Cuti karena alasan penting")
    UNPAID = "unpaid", _("Cuti di luar tanggungan negara")


class Leave(OfInstansi):
    """A person's leave from a day to a day. Others learn that somebody is away and until when, never the kind."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(_("jenis cuti"), max_length=10, choices=LeaveKind)
    start = models.DateField(_("mulai"))
    end = models.DateField(_("sampai"))
    letter_number = models.CharField(_("nomor surat cuti"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="leave_ends_after_start")
        ]
        indexes = [models.Index(fields=["pegawai", "start"], name="leave_of_pegawai")]

    def __str__(self) -> str:
        return f"{self.pegawai}, {self.start} - {self.end}"

    @property
    def audit_stream(self) -> str:
        return self.pegawai.audit_stream
