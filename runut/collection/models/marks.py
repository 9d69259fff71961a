"""What was said of a value: that it was judged, signed, published or taken back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.collection.models.figures import Value
from runut.organisation.models import OfInstansi, Pegawai


class MarkKind(models.TextChoices):
    VALIDATED = "validated", _("Divalidasi")
    VERIFIED = "verified", _("Diverifikasi")
    SIGNED = "signed", _("Ditandatangani")
    PUBLISHED = "published", _("Diterbitkan")
    REVOKED = "revoked", _("Tanda tangan dibatalkan")
    PAST = "past", _("Dari dokumen lama")
    DECIDED = "decided", _("Diputuskan")


# That somebody judged a value: against its standard, or against its evidence.
JUDGED = (MarkKind.VALIDATED, MarkKind.VERIFIED)
# That somebody answers for it with a signature: given here, or on the old paper it was copied from.
SIGNED = (MarkKind.SIGNED, MarkKind.PAST)
# What makes a value hold even in place of one that was signed. DECIDED: by the end of a case without more.
FINAL = (*SIGNED, MarkKind.PUBLISHED, MarkKind.DECIDED)
# What makes a value hold where none was signed before it: a later one that has none of these is a proposal.
BINDING = (*JUDGED, *FINAL)


class Mark(OfInstansi):
    """That a value was validated, verified, signed, published or unsigned at a moment. Append-only."""

    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=20, choices=MarkKind)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["value", "kind", "at"], name="mark_of_value")]

    def __str__(self) -> str:
        return f"{self.value_id} {self.kind}"
