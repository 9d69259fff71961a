"""Tables that came in from outside, kept until somebody has looked at what they would change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.lib.imports import Missing, hidden_told
from runut.lib.reading import Sign
from runut.organisation.models.office import Office
from runut.organisation.models.people import Pegawai
from runut.organisation.models.tenancy import OfInstansi, Person


class StagedState(models.TextChoices):
    """How far a table is. READY: it can be looked at. REFUSED: it cannot be taken, the problem says why."""

    READING = "reading", _("Sedang dibaca")
    READY = "ready", _("Menunggu keputusan")
    BRINGING = "bringing", _("Sedang disimpan")
    DONE = "done", _("Sudah diimpor")
    REFUSED = "refused", _("Tidak dapat diimpor")
    THROWN = "thrown", _("Dibuang")


UNDER_WAY = (StagedState.READING, StagedState.BRINGING)


class StagedQuerySet(models.QuerySet["Staged"]):
    def visible_to(self, actor: Person) -> StagedQuerySet:
        """What the person brought in, in an office where the person works."""
        return self.filter(office__in=actor.office_ids, by=actor.pegawai_id)


class Staged(OfInstansi):
    """A table of one kind for one office, on its way in.

    about: the thing inside the office that it is for, where the kind has one (a period). total: its rows. read_to,
    brought_to: the row up to which it was read and brought in, so that another worker goes on from there. counts: what
    would become of its rows, and later became; and of how many the file hides or leaves out, the first of them; and the
    file's SHA-256, for `sha256` is of the rows. sign: the decimal sign of its texts, comma or dot, as the person said;
    "" lets the table tell.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis"), max_length=30)
    about = models.BigIntegerField(null=True)
    name = models.CharField(_("berkas"), max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    sign = models.CharField(max_length=5, blank=True, db_default="")
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=StagedState, default=StagedState.READING)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    read_to = models.PositiveIntegerField(default=0)
    brought_to = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = StagedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"

    @property
    def chosen_sign(self) -> Sign | None:
        return "dot" if self.sign == "dot" else "comma" if self.sign == "comma" else None

    @property
    def file_sha256(self) -> str:
        return str(self.counts.get("file_sha256", ""))

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def unseen(self) -> str:
        """That rows were read which the file hides; "" for none."""
        return hidden_told(self.counts.get("hidden", 0), self.counts.get("hidden_rows", ()))

    @property
    def missing(self) -> Missing:
        """What is there and did not come back with the table in which it went out."""
        return Missing(self.counts.get("missing", 0), self.counts.get("missing_names", ()))

    @property
    def to_bring(self) -> int:
        """How many rows would change something."""
        return int(self.counts.get("new", 0)) + int(self.counts.get("changed", 0))


class RowState(models.TextChoices):
    """What becomes of a row. Rows that say what is there already are only counted. JOINED: it goes with another row."""

    NEW = "new", _("Baru")
    CHANGED = "changed", _("Berubah")
    JOINED = "joined", _("Digabung")
    SAME = "same", _("Tetap")
    REJECTED = "rejected", _("Ditolak")


class StagedRow(OfInstansi):
    """A row of a table on its way in. no: its row in the program that made it.

    words: why it is rejected, else what it would change, and later what it has changed. cells: as read,
    with what stood there then, gone once brought in; then what was made along with it.
    """

    staged = models.ForeignKey(Staged, on_delete=models.CASCADE, related_name="rows")
    no = models.PositiveIntegerField()
    label = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=RowState)
    words = models.TextField(blank=True)
    cells = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staged", "no"], name="staged_row_once")]

    def __str__(self) -> str:
        return f"{self.staged_id} {self.no}"
