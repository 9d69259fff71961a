"""The form of an office as it changes over the years: which columns and which indicators it has."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.collection.rules.columns import Column, read_columns
from runut.organisation.models import Office, OfInstansi, Pegawai


class FormEdition(OfInstansi):
    """An edition of an office's form (format isian), in force from a day on. Append-only: a change is a new edition.

    columns: [{"code", "heading"}] in their order; heading "" is the usual one. indicators: ids in their order, none for
    all in the plan's order. waiver: why a calculated column was left out that a procedure names.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="form_editions")
    basis = models.CharField(_("dasar"), max_length=20)
    no = models.PositiveSmallIntegerField(_("edisi"))
    start = models.DateField(_("berlaku mulai"))
    columns = models.JSONField(_("kolom"))
    indicators = models.JSONField(_("indikator"), default=list)
    reason = models.CharField(_("alasan"), max_length=300)
    waiver = models.CharField(_("alasan tanpa kolom hitungan"), max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "basis", "no"], name="form_edition_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.basis} {self.no}"

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"

    @property
    def layout(self) -> tuple[Column, ...]:
        return read_columns(self.columns)
