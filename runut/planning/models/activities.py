"""Programs, activities and sub-activities by national code, who answers for them, and their money."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from runut.organisation.models import Office, OfInstansi, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.models.plans import Sasaran


class ActivityLevel(models.TextChoices):
    PROGRAM = "program", _("Program")
    KEGIATAN = "kegiatan", _("Kegiatan")
    SUB_KEGIATAN = "sub_kegiatan", _("Sub kegiatan")


class KegiatanQuerySet(models.QuerySet["Kegiatan"]):
    def visible_to(self, actor: Actor) -> KegiatanQuerySet:
        """Those of the offices that the person works in."""
        return self.filter(office__in=actor.office_ids)


class Kegiatan(OfInstansi):
    """A program, kegiatan or sub kegiatan by its national code; the code says under which other it lies."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="kegiatan_set")
    code = models.CharField(_("kode"), max_length=20)
    level = models.CharField(_("tingkat"), max_length=20, choices=ActivityLevel, default=ActivityLevel.KEGIATAN)
    nomenclature = models.CharField(_("nomenklatur"), max_length=20, blank=True)
    name = models.CharField(_("nama"), max_length=250)
    sasaran = models.ForeignKey(Sasaran, on_delete=models.PROTECT, null=True, blank=True, related_name="programs")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = KegiatanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="kegiatan_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("planning:activity", args=[self.pk])

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"


class Stakeholder(OfInstansi):
    """The PPTK who answers for an activity (pemangku kegiatan), from a day to a day."""

    kegiatan = models.ForeignKey(Kegiatan, on_delete=models.PROTECT, related_name="stakeholders")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="stakes")
    start = models.DateField(_("mulai"))
    end = models.DateField(_("sampai"), null=True, blank=True)
    decree_number = models.CharField(_("nomor SK"), max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.pegawai_id} {self.kegiatan_id}"


class Budget(OfInstansi):
    """Money of an activity in a year, in rupiah; a change is a new row.

    quarter 0: the ceiling of the year (pagu). 1 to 4: what was spent from January to the end of that quarter.
    """

    kegiatan = models.ForeignKey(Kegiatan, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField(_("tahun"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"), default=0)
    no = models.PositiveSmallIntegerField(_("versi"), default=1)
    amount = models.DecimalField(_("rupiah"), max_digits=20, decimal_places=2)
    basis = models.CharField(_("dasar"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kegiatan", "year", "quarter", "no"], name="budget_version_once"),
            models.CheckConstraint(condition=models.Q(quarter__lte=4), name="budget_quarter_0_to_4"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="budget_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.kegiatan_id} {self.year}/{self.quarter}"
