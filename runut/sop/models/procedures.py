"""Procedures as written: versions, and which positions fill their lanes."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from runut.organisation.models import Jabatan, Office, OfInstansi, Pegawai


class Sop(OfInstansi):
    """A procedure of one office, across its versions."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="sops")
    code = models.SlugField(_("kode"), max_length=60)
    title = models.CharField(_("nama SOP"), max_length=200)
    category = models.CharField(_("golongan"), max_length=20)
    # Counts the changes of who stands in its lanes, so that a process may keep them in memory.
    lanes_revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="sop_code_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sop:sop", args=[self.pk])


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draf")
    IN_FORCE = "in_force", _("Berlaku")
    RETIRED = "retired", _("Tidak berlaku")


class SopVersion(OfInstansi):
    """A procedure as it stood from one day to another; unchangeable once in force.

    `definition` is the parsed file as plain JSON, `content_hash` its SHA-256, `source` the file's text.
    """

    sop = models.ForeignKey(Sop, on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField(_("versi"))
    state = models.CharField(_("status"), max_length=20, choices=VersionState, default=VersionState.DRAFT)
    definition = models.JSONField()
    content_hash = models.CharField(max_length=64)
    source = models.TextField(blank=True)
    effective_from = models.DateField(_("mulai berlaku"), null=True, blank=True)
    effective_to = models.DateField(_("sampai"), null=True, blank=True)
    ratified_at = models.DateTimeField(null=True, blank=True)
    ratified_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ratified_title = models.CharField(max_length=200, blank=True)
    revision_reason = models.TextField(_("alasan perubahan"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sop", "no"], name="sop_version_once"),
            models.UniqueConstraint(fields=["sop"], condition=models.Q(state="in_force"), name="one_version_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.sop} v{self.no}"

    @property
    def audit_stream(self) -> str:
        return f"office:{self.sop.office_id}"


class LaneBinding(OfInstansi):
    """Which position of the office stands in a lane's slot. A slot may have several positions."""

    sop = models.ForeignKey(Sop, on_delete=models.PROTECT, related_name="bindings")
    slot = models.CharField(_("peran"), max_length=40)
    jabatan = models.ForeignKey(Jabatan, on_delete=models.PROTECT, related_name="lane_bindings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sop", "slot", "jabatan"], name="lane_binding_once")]

    def __str__(self) -> str:
        return f"{self.slot}: {self.jabatan_id}"
