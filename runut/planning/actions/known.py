"""What is known of the plans' things that a batch of rows names: read together, a question each."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.organisation.actions.known import Lookup
from runut.organisation.models import Office
from runut.planning.models import Indicator, IndicatorVersion, Kegiatan, Sasaran, Tujuan


def objectives_by_text(office: Office, texts: set[str]) -> Lookup[str, Sasaran]:
    """One query."""
    rows = Sasaran.objects.filter(plan__office=office, plan__end__isnull=True, text__in=texts)
    return Lookup(lambda: {row.text: row for row in rows.order_by("plan__year", "-pk")})


def goals_by_text(office: Office, texts: set[str]) -> Lookup[str, Tujuan]:
    """One query."""
    rows = Tujuan.objects.filter(plan__office=office, plan__end__isnull=True, text__in=texts).select_related("plan")
    return Lookup(lambda: {row.text: row for row in rows.order_by("plan__year", "-pk")})


def goal_of(goals: Lookup[str, Tujuan], text: str, of: Indicator | None) -> Tujuan | None:
    """The same of a goal."""
    if not text or (of is not None and of.tujuan and of.tujuan.text == text):
        return of.tujuan if text and of is not None else None
    if (found := goals.get(text)) is None:
        raise Refused(_("Tujuan “%(text)s” tidak ada. Tulis persis seperti di dokumen perencanaan.") % {"text": text})
    return found


def objective_of(objectives: Lookup[str, Sasaran], text: str, of: Indicator | Kegiatan | None) -> Sasaran | None:
    """The one with these words, of a plan in force; or the one that it serves as it stands."""
    if (found := objectives.get(text)) is None and of is not None and of.sasaran and of.sasaran.text == text:
        return of.sasaran
    if text and found is None:
        raise Refused(_("Sasaran “%(text)s” tidak ada. Tulis persis seperti di dokumen perencanaan.") % {"text": text})
    return found


def activities_by_code(office: Office, codes: set[str]) -> Lookup[str, Kegiatan]:
    """One query."""
    rows = Kegiatan.objects.filter(office=office, code__in=codes).select_related("unit", "sasaran")
    return Lookup(lambda: {row.code: row for row in rows})


def indicators_by_code(office: Office, codes: set[str]) -> Lookup[str, Indicator]:
    """One query."""
    rows = indicators_of(office).filter(code__in=codes)
    return Lookup(lambda: {row.code: row for row in rows})


def indicators_of(office: Office) -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(office=office)
    return rows.select_related("sasaran", "kegiatan", "tujuan", "serves", "jabatan", "unit", "pegawai")


def latest_versions(office: Office, codes: set[str]) -> Lookup[str, IndicatorVersion]:
    """By the indicator's code. One query."""
    rows = IndicatorVersion.objects.filter(indicator__office=office, indicator__code__in=codes)
    return Lookup(
        lambda: {
            row.indicator.code: row for row in rows.select_related("indicator", "keeper", "supplier").order_by("no")
        }
    )
