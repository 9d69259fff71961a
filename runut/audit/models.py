"""The append-only log: what was done, by whom, in which office's name, and why."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models


class Place(NamedTuple):
    """Where an entry stands in its stream, and the hash that the next one is chained to."""

    seq: int
    hash: str


class EntryQuerySet(models.QuerySet["Entry"]):
    def last_of(self, stream: str | models.expressions.Combinable) -> EntryQuerySet:
        """The last entry of a stream, as a queryset of at most one."""
        return self.filter(stream=stream).order_by("-seq")[:1]


class Entry(models.Model):
    """One act, as it was recorded in the transaction of the act itself.

    Entries of one stream (a run, an office, a user) form a hash chain: `hash` covers the
    stream, the number, the time, the event, the subject, `payload_hash` and the hash before;
    `payload_hash` covers the payload, the actor and the subject's label.
    The log has no foreign keys: it must outlive what it speaks of.
    """

    stream = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=64)
    instansi_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    actor_title = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=300, blank=True)
    payload = models.JSONField(default=dict)
    payload_hash = models.CharField(max_length=64)
    refused = models.BooleanField(default=False)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="entry_once_per_stream"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="entry_seq_from_one"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_of_subject"),
            models.Index(fields=["at"], name="entry_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.event}"
