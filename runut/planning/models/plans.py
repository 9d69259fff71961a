"""Planning documents in versions, and the objectives they set."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runut.organisation.models import Office, OfInstansi
from runut.organisation.permissions import Actor


class PlanKind(models.TextChoices):
    RENSTRA = "renstra", _("Renstra")
    RENJA = "renja", _("Renja")
    PK = "pk", _("Perjanjian Kinerja")
    RENCANA_AKSI = "rencana_aksi", _("Rencana Aksi")
    DPA = "dpa", _("DPA")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, actor: Actor) -> PlanQuerySet:
        """The plans of the offices that the person works in."""
        return self.filter(office__in=actor.office_ids)


class Plan(OfInstansi):
    """A planning document in one version, in force from a day to a day; a change (perubahan) is the next version.

    Only one version is open (`end` empty): the database refuses days that overlap. A version that has ended keeps in
    `snapshot` how its tree stood, and does not change any more.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(_("jenis"), max_length=20, choices=PlanKind)
    title = models.CharField(_("judul"), max_length=200)
    year = models.PositiveSmallIntegerField(_("tahun"))
    last_year = models.PositiveSmallIntegerField(_("sampai tahun"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    start = models.DateField(_("mulai berlaku"))
    end = models.DateField(_("sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar"), max_length=200, blank=True)
    reason = models.CharField(_("alasan perubahan"), max_length=300, blank=True)
    snapshot = models.JSONField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "kind", "year", "version"], name="plan_version_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("planning:plan", args=[self.pk])

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"

    @property
    def last_day(self) -> date:
        """The day on which it ended, or will."""
        return self.end or date(self.last_year or self.year, 12, 31)

    @property
    def version_words(self) -> str:
        """How officers call the version: murni, then Perubahan 1, 2 …"""
        return gettext("Perubahan %(no)s") % {"no": self.version - 1} if self.version > 1 else gettext("Murni")


class Tujuan(OfInstansi):
    """A goal of a plan, which its objectives serve."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tujuan_set")
    no = models.PositiveSmallIntegerField(_("nomor"))
    text = models.CharField(_("tujuan"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="tujuan_no_once")]

    def __str__(self) -> str:
        return self.text


class Sasaran(OfInstansi):
    """An objective under a plan: the measurable result that its indicators show."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sasaran_set")
    tujuan = models.ForeignKey(Tujuan, on_delete=models.PROTECT, null=True, blank=True, related_name="sasaran_set")
    no = models.PositiveSmallIntegerField(_("nomor"))
    text = models.CharField(_("sasaran"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="sasaran_no_once")]

    def __str__(self) -> str:
        return self.text
