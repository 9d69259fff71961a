"""Taking up a scale of predicates for an office."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from runut.audit.actions import record
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.planning.models import OfficeScale
from runut.planning.permissions import check_keeps
from runut.planning.rules import Scale, as_stored


@transaction.atomic
def take_up_scale(*, office: Office, scale: Scale | None, start: date, by: Actor | None) -> OfficeScale:
    """From `start` the office's percentages have the words of this scale, or none. The scales before it stay."""
    check_keeps(by, office.pk)
    row = OfficeScale.objects.create(
        instansi_id=office.instansi_id, office=office, start=start, name=scale.name if scale else "",
        source=scale.source if scale else "", classes=as_stored(scale) if scale else [], at=timezone.now(),
        by=by.pegawai if by else None,
    )  # fmt: skip
    after = {"name": row.name, "source": row.source, "classes": row.classes, "start": start}
    record("scale.taken_up", subject=row, by=by, after=after)
    return row
