"""Offices, their units and their positions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models.tenancy import OfficeRows, OfInstansi, OfOffice, Viewer


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


class OfficeQuerySet(models.QuerySet["Office"]):
    def visible_to(self, actor: Viewer) -> OfficeQuerySet:
        return self.filter(pk__in=actor.office_ids)

    def overseen_by(self, actor: Viewer) -> OfficeQuerySet:
        """All offices of the government, for whoever works in one that coordinates them; otherwise none."""
        own = Office.objects.visible_to(actor).filter(coordinates=True)
        return self.filter(instansi__in=own.values("instansi"))


class Office(OfInstansi):
    """A perangkat daerah: the body that has SOPs, a head and a working calendar.

    coordinates: it follows how far the other offices are (kantor pengampu); only the operator says so.
    """

    code = models.CharField(_("kode"), max_length=40)
    # Part of public addresses, which do not name the government: unique in the whole installation.
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("nama"), max_length=150)
    short_name = models.CharField(_("nama singkat"), max_length=60)
    kind = models.CharField(_("jenis"), max_length=20, choices=OfficeKind)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    place = models.CharField(_("tempat"), max_length=60, blank=True)
    number_code = models.CharField(_("kode nomor surat"), max_length=40, blank=True)
    terms = models.JSONField(_("istilah"), default=dict, blank=True)
    duties_policy = models.CharField(_("rangkap wewenang"), max_length=10, choices=Policy, default=Policy.WARN)
    coordinates = models.BooleanField(_("kantor pengampu"), default=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instansi", "code"], name="office_code_once")]

    @property
    def letterhead(self) -> dict[str, object]:
        """What papers print of the office now, in the shape that the letterhead's template reads."""
        told = {"name": self.name, "address": self.address, "phone": self.phone, "place": self.place}
        return {"instansi": {"name": self.instansi.name}, **told}

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        return f"office:{self.pk}"


class Unit(OfOffice):
    """A part of an office (sekretariat, subbagian, seksi, bidang, kelurahan), in a tree."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=150)
    supplies_data = models.BooleanField(_("penyuplai data"), default=False)
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)

    objects = OfficeRows.as_manager()

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


class Jabatan(OfOffice):
    """A position. Duties, lanes and tasks belong to it; a person only holds it for a time."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="jabatan_set")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="jabatan_set")
    superior = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="subordinates")
    code = models.CharField(_("kode"), max_length=40)
    name = models.CharField(_("nama"), max_length=150)
    short_name = models.CharField(_("nama singkat"), max_length=60, blank=True)
    kind = models.CharField(_("jenis"), max_length=20, choices=JabatanKind)
    heads_office = models.BooleanField(_("pimpinan kantor"), default=False)
    heads_unit = models.BooleanField(_("kepala unit"), default=False)
    single_holder = models.BooleanField(_("satu pemangku"), default=True)
    closed_on = models.DateField(_("dihapus"), null=True, blank=True)

    objects = OfficeRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="jabatan_code_once"),
            models.UniqueConstraint(
                fields=["office"], condition=models.Q(heads_office=True), name="one_head_of_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name
