"""What an office has made public, in versions."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from runut.documents.models import Document
from runut.lib.dates import Lang, period_words
from runut.organisation.models import Office, OfInstansi, Pegawai
from runut.sop.models import Task


class InformationClass(models.TextChoices):
    """Kinds of public information (UU 14/2008). Excluded information cannot be released."""

    PERIODIC = "berkala", _("Informasi berkala")
    ANYTIME = "setiap_saat", _("Informasi setiap saat")


class Release(OfInstansi):
    """Signed values opened to the public, frozen as rows; a later version supersedes it.

    `rows` and `signed_as` (positions, never names) are all that the public pages show.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="releases")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="releases")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="release")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(_("versi"))
    information_class = models.CharField(
        _("golongan informasi"), max_length=20, choices=InformationClass, default=InformationClass.PERIODIC
    )
    title = models.CharField(_("judul"), max_length=250)
    signed_as = models.JSONField(default=list)
    rows = models.JSONField()
    data_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    published_title = models.CharField(max_length=200)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    supersede_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "year", "no"], name="release_version_once")]

    def __str__(self) -> str:
        return f"{self.title} v{self.no}"

    @property
    def ordinal(self) -> str:
        """Which release of the year it is: Terbitan ke-2 tahun 2026, Triwulan III. `office` comes along."""
        words = {"no": self.no, "year": str(self.year), "period": self.period}
        return gettext("Terbitan ke-%(no)d tahun %(year)s, %(period)s") % words

    @property
    def period(self) -> str:
        """Triwulan III, in the office's own word; of a whole year "setahun"."""
        if not self.quarter:
            return gettext("setahun")
        lang: Lang = "en" if get_language() == "en" else "id"
        return period_words(self.year, self.quarter, self.office.terms, lang).removesuffix(f" {self.year}")

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"

    def get_absolute_url(self) -> str:
        return reverse("publication:release", args=[self.office.slug, self.year, self.no])
