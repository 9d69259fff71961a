"""A year that is gathered by a run of its own, beside the runs of its quarters."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from runut.collection.models.figures import Basis
from runut.lib.dates import QUARTERS
from runut.organisation.models import OfInstansi, Pegawai
from runut.sop.models import Run


class YearRun(OfInstansi):
    """That a run gathers a whole year. Its quarters are those of the same office, year and basis, whenever they ran."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="year_run")
    year = models.PositiveSmallIntegerField(_("tahun"))
    basis = models.CharField(_("dasar"), max_length=20, choices=Basis)

    def __str__(self) -> str:
        return f"{self.run_id} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("collection:year", args=[self.run_id])


class MissingQuarter(OfInstansi):
    """Why the year is gathered without a quarter, or before it is complete. Printed in the report of the year."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="missing_quarters")
    quarter = models.PositiveSmallIntegerField(_("triwulan"))
    reason = models.CharField(_("alasan"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "quarter"], name="missing_quarter_once"),
            models.CheckConstraint(condition=models.Q(quarter__gte=1, quarter__lte=4), name="missing_quarter_1_to_4"),
        ]

    def __str__(self) -> str:
        """As the log keeps it, whatever the reader's language."""
        return f"{self.run.office.terms.get('triwulan') or 'Triwulan'} {QUARTERS[self.quarter - 1]}"

    @property
    def audit_stream(self) -> str:
        return f"run:{self.run_id}"
