"""Tables that came in from outside, kept until somebody has looked at what they would change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models.office import Office
from runut.organisation.models.people import Pegawai
from runut.organisation.models.tenancy import OfInstansi, Viewer


class StagedQuerySet(models.QuerySet["Staged"]):
    def visible_to(self, actor: Viewer, pegawai_id: int) -> StagedQuerySet:
        """What the person brought in, in an office where the person works."""
        return self.filter(office__in=actor.office_ids, by=pegawai_id)


class Staged(OfInstansi):
    """Rows of one kind for one office, with what would become of each, and later what became.

    outcome: a list of {no, label, state, words}; state is new, changed, same or rejected. sha256 is of the rows,
    which go once they were brought in.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis"), max_length=30)
    name = models.CharField(_("berkas"), max_length=200)
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64)
    outcome = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = StagedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"
