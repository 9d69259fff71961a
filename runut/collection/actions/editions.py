"""Composing the form of an office: a new edition, in force from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.models import FormEdition
from runut.collection.queries import edition_on, naming_achievement
from runut.collection.rules import Column, check_calculated, check_columns, shipped
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import Actor, check_can_manage
from runut.organisation.queries import local_day
from runut.planning.models import Indicator


@transaction.atomic
def compose_form(
    *,
    office: Office,
    by: Actor,
    basis: Literal["unit", "pegawai"],
    columns: Sequence[Column],
    start: date,
    reason: str,
    indicators: Sequence[int] = (),
    waiver: str = "",
) -> FormEdition:
    """Put a new edition of the form in force. Forms that exist keep the one they were made with.

    indicators: ids in their order; empty for all, as the plan has them. waiver: why a calculated column is left out
    that a procedure's records name.
    """
    check_can_manage(by, office.pk)
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    check_columns(columns)
    check_calculated(columns, basis, naming_achievement(office, basis), waiver)
    now = timezone.now()
    _check_day(start, local_day(office, now), reason)
    _check_indicators(office, basis, indicators)
    before = edition_on(office, basis, start)
    edition = FormEdition(
        instansi_id=office.instansi_id, office=office, basis=basis, no=_next(office, basis), start=start,
        columns=[{"code": column.code, "heading": column.heading} for column in columns],
        indicators=list(indicators), reason=reason.strip(), waiver=waiver.strip(), at=now, by=by.pegawai,
        by_title=by.title,
    )  # fmt: skip
    edition.save(force_insert=True)
    _record(edition, before, by)
    return edition


def _next(office: Office, basis: str) -> int:
    last = FormEdition.objects.filter(office=office, basis=basis).order_by("-no").first()
    return last.no + 1 if last else 1


def _record(edition: FormEdition, before: FormEdition | None, by: Actor) -> None:
    facts = {"start": edition.start, "basis": edition.basis, "no": edition.no, "waiver": edition.waiver}
    record(
        "form.composed",
        subject=edition,
        by=by,
        before=_told(before.layout if before else shipped(edition.basis), before.indicators if before else []),
        after={**_told(edition.layout, edition.indicators), **facts},
        reason=edition.reason,
        at=edition.at,
    )


def _told(columns: Sequence[Column], indicators: Sequence[int]) -> dict[str, object]:
    named = [f"{column.code}: {column.heading}" if column.heading else column.code for column in columns]
    return {"columns": named, "indicators": list(indicators)}


def _check_day(start: date, today: date, reason: str) -> None:
    if start < today:
        raise Refused(
            _("Edisi berlaku paling cepat mulai hari ini; formulir yang sudah dibuat tidak berubah."), code="start"
        )
    if not reason.strip():
        raise Refused(_("Tulis alasan perubahan formulir ini."), code="reason")


def _check_indicators(office: Office, basis: str, indicators: Sequence[int]) -> None:
    if not indicators:
        return
    if basis != "unit":
        raise Refused(_("Indikator formulir pegawai mengikuti rencana masing-masing."), code="indicators")
    known = set(Indicator.objects.filter(office=office, unit__isnull=False).values_list("pk", flat=True))
    if not set(indicators) <= known:
        raise Refused(_("Ada indikator yang bukan indikator unit kantor ini. Muat ulang halaman."), code="indicators")
    if len(set(indicators)) < len(indicators):
        raise Refused(_("Satu indikator tidak dapat dipakai dua kali."), code="indicators")
