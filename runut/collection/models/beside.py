"""What lies beside the figures: evidence, paper forms, foreign records, remarks, and that a form was sent."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.collection.models.figures import Figure, Line, Measure, Sheet
from runut.collection.rules.months import told
from runut.organisation.models import OfInstansi, Pegawai, Staged


class Evidence(OfInstansi):
    """A file or link that supports the figure of a line (bukti dukung).

    `sha256` is of the file as it is kept; `sent_sha256` of the file as it was sent, before a photo lost its metadata.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="evidence_set")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="evidence/%Y/%m/", blank=True)
    link = models.URLField(max_length=500, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    sent_sha256 = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class PaperEntry(OfInstansi):
    """That somebody typed in for another what was handed in on paper, with the scan of it. Append-only.

    round: the sheet's, when it was begun. `sha256` is of the scan as it is kept.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="paper_entries")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="paper/%Y/%m/")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class Source(models.TextChoices):
    """Another system that keeps a record of what somebody achieved."""

    EKINERJA = "ekinerja", _("e-Kinerja")


class OutsideEntry(OfInstansi):
    """What another system's record says of a line: its number under its reference, out of which row of which table.

    Append-only. taken: whether it was written into the line; else it stands beside what a person had typed there, who
    chooses between the two.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="outside_entries")
    staged = models.ForeignKey(Staged, on_delete=models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    source = models.CharField(max_length=20, choices=Source)
    reference = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=60, blank=True)
    taken = models.BooleanField()
    # How months made its number, as `rules.months` keeps it; null where they did not.
    made_of = models.JSONField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """e-Kinerja, ref EK-17; without a reference, the row of the table. `staged` comes along."""
        source = self.get_source_display()
        if self.reference:
            return _("%(source)s, ref %(reference)s") % {"source": source, "reference": self.reference}
        return _("%(source)s, %(file)s baris %(no)s") % {"source": source, "file": self.staged.name, "no": self.no}

    @property
    def derivation(self) -> str:
        """How its number was made of months, in words; "" where it was not."""
        return told(self.made_of)

    def says(self, amount: Decimal | None, text: str) -> bool:
        """Whether this is what it says."""
        return (self.amount, self.text) == (amount, text)


class Remark(OfInstansi):
    """What somebody wrote beside a figure (catatan). It stays there through every round; never changed or deleted."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="remarks")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("catatan"))
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.figure_id} {self.at:%Y-%m-%d}"

    @property
    def audit_stream(self) -> str:
        return f"run:{self.sheet.run_id}"


class Delivery(OfInstansi):
    """That a form was sent to the one who must fill it in, when it was first opened, and that it was withdrawn.

    closed_for: why it was closed as it was, because its filler had left; "" where it was withdrawn.
    """

    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="delivery")
    recipient = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    closed_for = models.CharField(max_length=300, blank=True, db_default="")

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.sent_at:%Y-%m-%d}"


class StagedLine(OfInstansi):
    """What a row of a period's workbook would write into a line, until it is brought in or thrown away.

    rev: the line's revision when the workbook was made, or the table was read. Of another system's record comes its
    reference along, how months made it, and whether it is to be taken into the line or to stand beside what was typed.
    """

    staged = models.ForeignKey(Staged, on_delete=models.CASCADE, related_name="+")
    no = models.PositiveIntegerField()
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="+")
    rev = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=60, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    measure = models.CharField(max_length=20, choices=Measure)
    note = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True, db_default="")
    taken = models.BooleanField(db_default=True)
    made_of = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staged", "line"], name="staged_line_once")]

    def __str__(self) -> str:
        return f"{self.staged_id} {self.no}"
