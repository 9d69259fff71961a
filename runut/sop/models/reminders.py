"""That people were reminded of what they have to do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models import OfInstansi, Pegawai
from runut.sop.models.running import Task


class MailState(models.TextChoices):
    """What became of the e-mail that goes with a reminder."""

    NONE = "none", _("Tanpa surel")
    WAITING = "waiting", _("Surel menunggu dikirim")
    SENT = "sent", _("Surel terkirim")
    FAILED = "failed", _("Surel gagal terkirim")


class Reminder(OfInstansi):
    """That somebody was asked to do an open task: in the person's own task list, and by e-mail where there is one.

    reason: why again on the same working day. claimed_at: when a job last set about sending the e-mail.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reminders")
    to = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    mail = models.CharField(max_length=10, choices=MailState, default=MailState.NONE)
    claimed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["task", "-at"], name="reminder_of_task"),
            models.Index(fields=["to", "-at"], name="reminder_of_pegawai"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.to_id} {self.at:%Y-%m-%d}"

    @property
    def trouble(self) -> str:
        """Why the e-mail did not go out, in words."""
        words = {
            "refused": _("alamat surelnya ditolak server"),
            "unreachable": _("server surel tidak dapat dihubungi"),
        }
        return str(words.get(self.error, ""))
