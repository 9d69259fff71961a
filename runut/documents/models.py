"""Documents made from data: versions, signatures, numbers, copies, dispatch, archive."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from runut.collection.models import Basis
from runut.organisation.models import Office, OfInstansi, Pegawai
from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task


class DocumentKind(models.TextChoices):
    RECAP = "recap", _("Rekapitulasi data kinerja")
    CORRECTION = "correction", _("Laporan perbaikan data kinerja")
    REPORT = "report", _("Laporan kinerja (LKjIP)")


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Konsep")
    SIGNED = "signed", _("Ditandatangani")
    SUPERSEDED = "superseded", _("Digantikan")


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """Documents of the runs a person may see; those with figures of persons only for those who handle them.

        The latter are the office's head, and whoever gathers, initials, signs or passes on in that run.
        """
        handled = Task.objects.addressed_to(actor) | Task.objects.filter(done_by=actor.pegawai_id)
        handled = handled.exclude(work__in=("fill", "review"))
        headed = [held.jabatan.office_id for held in actor.assignments if held.jabatan.heads_office]
        open_to_office = models.Q(run__in=Run.objects.visible_to(actor)) & ~models.Q(basis=Basis.PEGAWAI)
        mine = models.Q(run__in=handled.order_by().values("run"))
        return self.filter(open_to_office | models.Q(office__in=headed) | mine)


class Document(OfInstansi):
    """One version of a document of a run: its content as data, frozen under a hash.

    Paraf and signatures bind to `data_hash`, which covers `content` without number, date and QR.
    A changed content is a new version that supersedes this one.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="documents")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("jenis"), max_length=20, choices=DocumentKind)
    no = models.PositiveSmallIntegerField(_("versi"))
    title = models.CharField(_("judul"), max_length=250)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(_("dasar"), max_length=20, choices=Basis)
    content = models.JSONField()
    data_hash = models.CharField(max_length=64)
    # Of the office when this version was signed, numbered or sent; when it was made if it was replaced before that.
    # Until then it follows the office.
    letterhead = models.JSONField(default=dict)
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=DocumentState, default=DocumentState.DRAFT)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    supersede_reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    made_title = models.CharField(max_length=200)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "kind", "no"], name="document_version_once")]
        indexes = [models.Index(fields=["office", "-made_at"], name="document_of_office")]

    def __str__(self) -> str:
        return f"{self.title} v{self.no}"

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    @property
    def audit_stream(self) -> str:
        return f"run:{self.run_id}"

    @property
    def shown_letterhead(self) -> Mapping[str, object]:
        """What the paper says of its office: as it was when that was frozen, else as it is now."""
        return self.letterhead or self.office.letterhead


class ReportDraft(OfInstansi):
    """The text of a report while it is written: chapter code to text. Edited freely, in nobody's log."""

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="report_draft")
    chapters = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.run_id} {self.saved_at:%Y-%m-%d}"


class Method(models.TextChoices):
    """How a document was signed. INTERNAL is an approval in the system, not a certified signature."""

    INTERNAL = "internal", _("Persetujuan dalam sistem (bukan TTE tersertifikasi)")


class Signature(OfInstansi):
    """A person's signature under one version of a document; kept when revoked."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="signature")
    data_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=20, choices=Method, default=Method.INTERNAL)
    pegawai = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    rank = models.CharField(max_length=60, blank=True)
    nip = models.CharField(max_length=18)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.document_id} {self.title}"


class Register(models.TextChoices):
    AGENDA = "agenda", _("Buku agenda")
    LETTER = "surat", _("Surat keluar")


class RegisterEntry(OfInstansi):
    """A line of an office's book: the number given to a document, once per book and year."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="register_entries")
    register = models.CharField(max_length=20, choices=Register)
    year = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField(_("nomor urut"))
    number = models.CharField(_("nomor"), max_length=80)
    day = models.DateField(_("tanggal"))
    subject = models.CharField(_("perihal"), max_length=200)
    recipient = models.CharField(_("penerima"), max_length=200)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    # Written under a day that was past already; the note says why.
    is_backdated = models.BooleanField(_("tanggal mundur"), default=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="register_entries")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "register", "year", "seq"], name="register_seq_once"),
            models.UniqueConstraint(fields=["office", "register", "year", "number"], name="register_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Copy(OfInstansi):
    """How many copies of a document were made, and for whom."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="copies")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveSmallIntegerField(_("jumlah"))
    meant_for = models.CharField(_("untuk"), max_length=200)

    def __str__(self) -> str:
        return f"{self.amount} x {self.meant_for}"


class Dispatch(OfInstansi):
    """A document sent out: to whom, how, when; the receipt may follow later."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="dispatches")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(_("penerima"), max_length=200)
    way = models.CharField(_("cara kirim"), max_length=80)
    sent_on = models.DateField(_("tanggal kirim"))
    received_on = models.DateField(_("tanggal terima"), null=True, blank=True)
    received_by = models.CharField(_("diterima oleh"), max_length=150, blank=True)

    def __str__(self) -> str:
        return f"{self.document_id} -> {self.recipient}"


class ArchiveItem(OfInstansi):
    """An archived document: its classification, how long it is kept, where the paper lies."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="archived")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    classification = models.CharField(_("kode klasifikasi"), max_length=40)
    retention_years = models.PositiveSmallIntegerField(_("retensi (tahun)"))
    place = models.CharField(_("tempat arsip fisik"), max_length=150, blank=True)
    day = models.DateField(_("tanggal arsip"))

    def __str__(self) -> str:
        return f"{self.classification} {self.document_id}"


class HandUp(OfInstansi):
    """A document handed up to a superior (report): to whom, with which words."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="hand_ups")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="hand_up")
    recipient = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    recipient_title = models.CharField(max_length=200)
    text = models.TextField(_("ringkasan"))

    def __str__(self) -> str:
        return f"{self.document_id} -> {self.recipient_title}"
