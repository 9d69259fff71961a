"""The scale by which an office puts a word to a percentage."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models import Office, OfInstansi, Pegawai


class OfficeScaleQuerySet(models.QuerySet["OfficeScale"]):
    def of(self, office_id: int, day: date) -> OfficeScaleQuerySet:
        """Those that had begun by that day, the one in force first."""
        return self.filter(office=office_id, start__lte=day).order_by("-start", "-pk")


class OfficeScale(OfInstansi):
    """A scale of predicates as an office took it up; what comes later takes its place from its first day, and it stays.

    `classes` from the highest: word, lower bound as text (null for the lowest), and whether the bound is in.
    Without classes the office puts no word to its percentages from that day.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="scales")
    start = models.DateField(_("berlaku mulai"))
    name = models.CharField(_("nama"), max_length=120, blank=True)
    source = models.CharField(_("dasar"), max_length=200, blank=True)
    classes = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfficeScaleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "-start"], name="scale_of_office")]

    def __str__(self) -> str:
        return self.name or str(_("Tanpa predikat"))

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"
