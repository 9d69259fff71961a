"""The government, its offices, their positions, and who holds them when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Instansi(models.Model):
    """A government (kabupaten, kota, provinsi): the tenant that every other row belongs to."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=150)

    def __str__(self) -> str:
        return self.name


class OfInstansi(models.Model):
    """A row that belongs to one government, so that data can be partitioned by tenant."""

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class OfficeKind(models.TextChoices):
    KECAMATAN = "kecamatan", _("Kecamatan")
    DINAS = "dinas", _("Dinas")
    BADAN = "badan", _("Badan")
    INSPEKTORAT = "inspektorat", _("Inspektorat")
    SEKRETARIAT = "sekretariat", _("Sekretariat")


class Policy(models.TextChoices):
    """What the office does when one person would act in two capacities."""

    WARN = "warn", _("Ingatkan")
    BLOCK = "block", _("Tolak")


class Office(OfInstansi):
    """A perangkat daerah: the body that has SOPs, a head and a working calendar."""

    code = models.CharField(_("kode"), max_length=40)
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("nama"), max_length=150)
    short_name = models.CharField(_("nama singkat"), max_length=60)
    kind = models.CharField(_("jenis"), max_length=20, choices=OfficeKind)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    place = models.CharField(_("tempat"), max_length=60, blank=True)
    number_code = models.CharField(_("kode nomor surat"), max_length=40, blank=True)
    terms = models.JSONField(_("istilah"), default=dict, blank=True)
    duties_policy = models.CharField(
        _("rangkap wewenang"), max_length=10, choices=Policy, default=Policy.WARN
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instansi", "code"], name="office_code_once"),
            models.UniqueConstraint(fields=["instansi", "slug"], name="office_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        return f"office:{self.pk}"


class Unit(OfInstansi):
    """A part of an office (sekretariat, subbagian, seksi, bidang, kelurahan), in a tree."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=150)
    supplies_data = models.BooleanField(_("penyuplai data"), default=False)
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name


class JabatanKind(models.TextChoices):
    PIMPINAN = "pimpinan", _("Pimpinan tinggi")
    ADMINISTRATOR = "administrator", _("Administrator")
    PENGAWAS = "pengawas", _("Pengawas")
    PELAKSANA = "pelaksana", _("Pelaksana")
    FUNGSIONAL = "fungsional", _("Fungsional")
    ADMIN = "admin", _("Admin sistem")


class Jabatan(OfInstansi):
    """A position. Duties, lanes and tasks belong to it; a person only holds it for a time."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="jabatan_set")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="jabatan_set")
    superior = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subordinates"
    )
    code = models.CharField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=150)
    short_name = models.CharField(_("nama singkat"), max_length=60, blank=True)
    kind = models.CharField(_("jenis"), max_length=20, choices=JabatanKind)
    heads_office = models.BooleanField(_("pimpinan kantor"), default=False)
    heads_unit = models.BooleanField(_("kepala unit"), default=False)
    single_holder = models.BooleanField(_("satu pemangku"), default=True)
    closed_on = models.DateField(_("dihapus"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="jabatan_code_once"),
            models.UniqueConstraint(
                fields=["office"], condition=models.Q(heads_office=True), name="one_head_of_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pegawai(OfInstansi):
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


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date) -> AssignmentQuerySet:
        """Assignments that hold on this date."""
        return self.filter(start__lte=on).filter(models.Q(end__isnull=True) | models.Q(end__gte=on))


class Assignment(OfInstansi):
    """One person holding one position from a day to a day, by a decree."""

    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="assignments")
    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(_("jenis"), max_length=10, choices=AssignmentKind, default=AssignmentKind.DEFINITIF)
    # Copied from the position so that the database can refuse a second definitive holder.
    exclusive = models.BooleanField(default=True, editable=False)
    start = models.DateField(_("mulai"))
    end = models.DateField(_("sampai"), null=True, blank=True)
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
        return f"{self.pegawai_id} {self.title}"

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
    superior = models.ForeignKey(
        Pegawai, on_delete=models.PROTECT, null=True, blank=True, related_name="supervises"
    )
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
        return f"{self.superior_id} -> {self.pegawai_id}"


class WorkCalendar(OfInstansi):
    """When an office works: its zone and its hours per weekday, also in Ramadan.

    `hours` and `ramadan_hours` map "0".."6" (Monday is 0) to lists of ["07.30", "12.00"] pairs.
    """

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="calendar")
    zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")
    hours = models.JSONField(_("jam kerja"))
    ramadan_hours = models.JSONField(_("jam kerja Ramadan"))
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.office_id} {self.zone}"


class HolidayKind(models.TextChoices):
    NATIONAL = "nasional", _("Libur nasional")
    COLLECTIVE = "cuti_bersama", _("Cuti bersama")
    REGIONAL = "daerah", _("Libur daerah")
    ELECTION = "pemilu", _("Hari pemungutan suara")


class Holiday(OfInstansi):
    """A day without work, for the whole government or one office, with the decree that says so."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="holidays")
    day = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=20, choices=HolidayKind)
    source = models.CharField(_("dasar"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "day"], condition=models.Q(office__isnull=True), name="holiday_once"
            ),
            models.UniqueConstraint(
                fields=["office", "day"], condition=models.Q(office__isnull=False), name="office_holiday_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Season(OfInstansi):
    """A span in which the Ramadan hours hold, as decreed."""

    start = models.DateField(_("mulai"))
    end = models.DateField(_("sampai"))
    source = models.CharField(_("dasar"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="season_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.start} - {self.end}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, login: str, pegawai: Pegawai, password: str | None = None) -> User:
        user = User(login=login, pegawai=pegawai)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in. What its person may see or do follows from the assignments, never from here."""

    login = models.CharField(_("nama masuk"), max_length=150, unique=True)
    pegawai = models.OneToOneField(Pegawai, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.login

    @property
    def audit_stream(self) -> str:
        return f"user:{self.pk}"


class ActivationCode(models.Model):
    """A printed one-time code with which a person sets the first password, or a new one.

    Only the code's hash is kept; a code is used once and dies at `expires_at`.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
