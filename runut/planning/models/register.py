"""The register of planning documents: what an office has, by kind and year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models import Office, OfInstansi, Pegawai
from runut.organisation.permissions import Actor, managed_office_ids


class DocumentKind(models.TextChoices):
    RENSTRA = "renstra", _("Renstra")
    CASCADING = "cascading", _("Pohon kinerja (cascading)")
    IKU = "iku", _("SK IKU")
    RENJA = "renja", _("Renja")
    DPA = "dpa", _("DPA")
    PK = "pk", _("Perjanjian Kinerja")
    RENCANA_AKSI = "rencana_aksi", _("Rencana Aksi")
    SK_TIM = "sk_tim", _("SK Tim SAKIP")
    PK_INDIVIDU = "pk_individu", _("PK individu")
    IKI = "iki", _("IKI")
    RENCANA_AKSI_INDIVIDU = "rencana_aksi_individu", _("Rencana Aksi individu")
    OTHER = "lain", _("Dokumen lain")


class RegisteredQuerySet(models.QuerySet["Registered"]):
    def visible_to(self, actor: Actor) -> RegisteredQuerySet:
        """The office's; those of a person: that person, and who looks after the office."""
        kept = models.Q(office__in=managed_office_ids(actor))
        open_to_all = models.Q(pegawai__isnull=True) | models.Q(pegawai=actor.pegawai_id)
        return self.filter(kept | open_to_all, office__in=actor.office_ids)


class Registered(OfInstansi):
    """A planning document as it is registered; a newer one of its kind, year and person takes its place, and it stays.

    A document of several years (Renstra) counts in each of them; one that was withdrawn in none, and stays to be read.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="registered_set")
    kind = models.CharField(_("jenis"), max_length=30, choices=DocumentKind)
    year = models.PositiveSmallIntegerField(_("tahun"))
    last_year = models.PositiveSmallIntegerField(_("sampai tahun"))
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("judul"), max_length=200)
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    signed_on = models.DateField(_("tanggal"), null=True, blank=True)
    file = models.FileField(_("berkas"), upload_to="plans/%Y/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    link = models.URLField(_("tautan"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    withdraw_reason = models.CharField(max_length=300, blank=True, db_default="")

    objects = RegisteredQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "year", "kind"], name="registered_of_year")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | (models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~models.Q(withdraw_reason="")),
                name="registered_withdrawn_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"
