"""What is known of the plans' things that a batch of rows names: read together, a question each."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from runut.lib.codes import coded
from runut.lib.errors import Refused
from runut.organisation.actions.known import Codes, Lookup
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


def activities_by_code(office: Office, codes: set[str]) -> Codes[Kegiatan]:
    """One query."""
    rows = coded(Kegiatan.objects.filter(office=office), codes).select_related("unit", "sasaran")
    return Codes(lambda: {row.code: row for row in rows})


def indicators_by_code(office: Office, codes: set[str]) -> Codes[Indicator]:
    """One query."""
    rows = coded(indicators_of(office), codes)
    return Codes(lambda: {row.code: row for row in rows})


def indicators_of(office: Office) -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(office=office)
    return rows.select_related("sasaran", "kegiatan", "tujuan", "serves", "jabatan", "unit", "pegawai")


def latest_versions(office: Office, codes: set[str]) -> Codes[IndicatorVersion]:
    """By the indicator's code. One query."""
    rows = coded(IndicatorVersion.objects.filter(indicator__office=office), codes, "indicator__code")
    return Codes(
        lambda: {
            row.indicator.code: row for row in rows.select_related("indicator", "keeper", "supplier").order_by("no")
        }
    )
