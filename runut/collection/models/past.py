"""Periods that never ran here: the signed papers their figures were copied from."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.models.figures import Basis, Measure, Period, Value
from runut.lib.csvtext import CONTENT_TYPE
from runut.lib.dates import short_date
from runut.organisation.models import OfInstansi, Pegawai, Staged, Unit
from runut.organisation.permissions import Actor
from runut.planning.models import IndicatorVersion


class PastReportQuerySet(models.QuerySet["PastReport"]):
    def without_scan(self) -> PastReportQuerySet:
        """Those of which there are only the rows of a table."""
        return self.filter(content_type=CONTENT_TYPE, scans__isnull=True)

    def visible_to(self, actor: Actor) -> PastReportQuerySet:
        """Of units: whoever works in the office. Of a person: the person, the head, whoever typed it in."""
        heads = [held.jabatan.office_id for held in actor.assignments if held.jabatan.heads_office]
        mine = Value.objects.filter(figure__pegawai=actor.pegawai_id, past_report__isnull=False)
        return self.filter(
            models.Q(period__basis=Basis.UNIT, period__office__in=actor.office_ids)
            | models.Q(period__office__in=heads)
            | models.Q(by=actor.pegawai_id)
            | models.Q(pk__in=mine.values("past_report"))
        )


class KeptPaper(OfInstansi):
    """A file of an old paper, with who brought it when; `sha256` is of the file as it is kept."""

    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="past/%Y/%m/")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)

    class Meta:
        abstract = True


class PastReport(KeptPaper):
    """A signed report of a period that never ran here (dokumen lama). Append-only.

    number, signed_on, signer: as they stand on the paper. file: its scan, or the rows that a table told of it; then
    its scan is one of `scans`. `sha256` is of the file as it is kept.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="past_reports")
    number = models.CharField(gettext_lazy("nomor"), max_length=100, blank=True)
    signed_on = models.DateField(gettext_lazy("tanggal"))
    signer = models.CharField(gettext_lazy("penanda tangan"), max_length=150)

    objects = PastReportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.source

    def get_absolute_url(self) -> str:
        return reverse("collection:past_report", args=[self.pk])

    @property
    def source(self) -> str:
        """Which paper it is: its number, its day and who signed it."""
        words = {"number": self.number, "day": short_date(self.signed_on), "signer": self.signer}
        if self.number:
            return _("nomor %(number)s, %(day)s, ditandatangani %(signer)s") % words
        return _("tanpa nomor, %(day)s, ditandatangani %(signer)s") % words

    @property
    def from_table(self) -> bool:
        """Whether it came in as rows of a table, and not as the paper itself."""
        return self.content_type == CONTENT_TYPE

    @property
    def audit_stream(self) -> str:
        return self.period.audit_stream


class PastScan(KeptPaper):
    """A scan of a signed report whose figures came in before it. Append-only; `sha256` is of the file as it is kept."""

    report = models.ForeignKey(PastReport, on_delete=models.PROTECT, related_name="scans")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="past_scan_once")]

    def __str__(self) -> str:
        return self.name


class StagedValue(OfInstansi):
    """What a row of a table of old figures would become, until it is brought in or thrown away.

    place: the figure's order among its member's. number, signed_on, signer: the paper that the row names; report: what
    it became.
    """

    staged = models.ForeignKey(Staged, on_delete=models.CASCADE, related_name="+")
    no = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=20, choices=Basis)
    indicator = models.ForeignKey(IndicatorVersion, on_delete=models.PROTECT, related_name="+")
    member = models.CharField(max_length=24)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.PositiveSmallIntegerField()
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target_text = models.CharField(max_length=60, blank=True)
    annual_target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    annual_target_text = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=20, choices=Measure)
    number = models.CharField(max_length=100, blank=True)
    signed_on = models.DateField()
    signer = models.CharField(max_length=150)
    report = models.ForeignKey(PastReport, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staged", "year", "quarter", "indicator", "member"], name="staged_value_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staged_id} {self.no}"
