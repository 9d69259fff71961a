"""Whose rows they are: the government, and the office that keeps them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=models.Model)


class Instansi(models.Model):
    """A government (kabupaten, kota, provinsi): the tenant that every other row belongs to."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama"), max_length=150)

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        return f"instansi:{self.pk}"


class OfInstansi(models.Model):
    """A row that belongs to one government, so that data can be partitioned by tenant."""

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Viewer(Protocol):
    """Who looks: the offices in which the person works now."""

    @property
    def office_ids(self) -> Collection[int]: ...


class Person(Viewer, Protocol):
    """Somebody who looks, and who it is."""

    @property
    def pegawai_id(self) -> int: ...


class OfficeRows(models.QuerySet[Row]):
    """Rows of an office: whoever works there may see them."""

    def visible_to(self, actor: Viewer) -> OfficeRows[Row]:
        return self.filter(office_id__in=actor.office_ids)


class OfOffice(OfInstansi):
    """A row that one office keeps; its history stands in the office's stream."""

    office_id: int

    class Meta:
        abstract = True

    @property
    def audit_stream(self) -> str:
        return f"office:{self.office_id}"
