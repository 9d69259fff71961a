"""Which edition of an office's form holds on a day, and what it asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runut.collection.models import Basis, FormEdition, Period, Sheet, SheetKind
from runut.collection.rules import Column, heading_of, of_period, shipped
from runut.organisation.models import Office
from runut.planning.queries import Promise, promises_of


def edition_on(office: Office, basis: str, on: date) -> FormEdition | None:
    """The edition in force on a day; None for the official form. One query."""
    rows = FormEdition.objects.filter(office=office, basis=basis, start__lte=on)
    return rows.order_by("-start", "-no").first()


def editions_of(office: Office) -> list[FormEdition]:
    """All editions of an office, newest first. One query."""
    return list(FormEdition.objects.filter(office=office).select_related("by").order_by("basis", "-no"))


def layout_of(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet: of the edition it was opened with, else of the official form."""
    columns = sheet.edition.layout if sheet.edition is not None else shipped(sheet.period.basis)
    return of_period(columns, sheet.period.quarter)


def layout_of_period(period: Period) -> tuple[Column, ...]:
    """The columns of a period's forms: all were made in one edition. One query."""
    edition = edition_of(period)
    return of_period(edition.layout if edition is not None else shipped(period.basis), period.quarter)


def headings_of(sheet: Sheet, columns: Sequence[Column]) -> list[tuple[str, str]]:
    """(code, heading) per column, in the office's word for a quarter. `sheet` comes with its period's office."""
    return headings(columns, sheet.period.office, sheet.period.basis, sheet.period.quarter)


def headings(columns: Sequence[Column], office: Office, basis: str, quarter: int) -> list[tuple[str, str]]:
    own = "" if get_language() == "en" else str(office.terms.get("triwulan") or "")
    word = (own or _("Triwulan")) if quarter else _("Tahun")
    return [(column.code, heading_of(column, word, whole=basis == "unit")) for column in columns]


def asked_of(
    office: Office, basis: str, members: Collection[int], year: int, quarter: int, edition: FormEdition | None
) -> dict[int, list[Promise]]:
    """What each unit or pegawai must report for a period in this edition of the form. Two queries."""
    kind: Literal["unit", "pegawai"] = "unit" if basis == Basis.UNIT else "pegawai"
    return asked_by(edition, promises_of(office, kind, members, year, quarter))


def edition_of(period: Period) -> FormEdition | None:
    """The edition in which a period's forms were made: who joins later gets the same. One query."""
    first = Sheet.objects.filter(period=period, kind=SheetKind.COLLECTION).select_related("edition").order_by("pk")
    sheet = first.first()
    return sheet.edition if sheet else None


def asked_by(edition: FormEdition | None, promises: Mapping[int, Sequence[Promise]]) -> dict[int, list[Promise]]:
    """What an edition asks of each member: its own indicators in its own order, or all of the plan's."""
    if edition is None or not edition.indicators:
        return {pk: list(rows) for pk, rows in promises.items()}
    place = {pk: no for no, pk in enumerate(edition.indicators)}
    found = {
        pk: sorted(
            (row for row in rows if row.version.indicator_id in place), key=lambda r: place[r.version.indicator_id]
        )
        for pk, rows in promises.items()
    }
    return {pk: rows for pk, rows in found.items() if rows}
