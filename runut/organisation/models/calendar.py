"""When an office works, and when it does not."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models.office import Office
from runut.organisation.models.tenancy import OfInstansi, OfOffice


class WorkCalendar(OfOffice):
    """When an office works: its zone and its hours per weekday, also in Ramadan.

    `hours` and `ramadan_hours` map "0".."6" (Monday is 0) to lists of ["07.30", "12.00"] pairs.
    """

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="calendar")
    zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")
    hours = models.JSONField(_("jam kerja"))
    ramadan_hours = models.JSONField(_("jam kerja Ramadan"))
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.office}, {self.zone}"


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

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}" if self.office_id else f"instansi:{self.instansi_id}"


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

    @property
    def audit_stream(self) -> str:
        return f"instansi:{self.instansi_id}"
