"""Composing a form: which columns in which order under which headings, and which indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.rules import KINDS, Column, label_of
from runut.lib.acts import is_id
from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.planning.models import IndicatorVersion

# So many indicators tell how a form looks.
PREVIEWED = 5


class EditionForm(OfficerForm):
    """From when the edition holds, and why it is made."""

    start = forms.CharField(
        label=gettext_lazy("Berlaku mulai"),
        max_length=40,
        help_text=gettext_lazy("Paling cepat hari ini. Formulir yang sudah dibuat tetap memakai edisinya."),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-medium"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan perubahan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: nota dinas Camat nomor 065/12."),
    )
    waiver = forms.CharField(
        label=gettext_lazy("Alasan tanpa kolom Capaian"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Hanya bila kolom itu tidak dipakai, sedangkan SOP mencatat persentase capaian."),
    )

    def clean_start(self) -> date:
        try:
            return read_date(self.cleaned_data["start"])
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column that a form may have. place: its number in the order as typed, "" where it is left out."""

    code: str
    label: str
    place: str
    heading: str
    wanted: bool
    calculated: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator that a form may ask for. place: as above."""

    version: IndicatorVersion
    place: str


class ComposeForm:
    """The columns and indicators as they are, or as they were sent."""

    def __init__(
        self,
        layout: Sequence[Column],
        chosen: Sequence[int],
        indicators: Sequence[IndicatorVersion],
        post: QueryDict | None,
    ) -> None:
        self.layout, self.chosen, self.indicators, self.post = layout, chosen, indicators, post

    @property
    def own_indicators(self) -> bool:
        return bool(self.chosen) if self.post is None else "own_indicators" in self.post

    @property
    def columns(self) -> list[ColumnRow]:
        """The form's own in their order, then those it does not have."""
        rows = [self._row(code) for code in KINDS]
        return sorted(rows, key=lambda row: _number(row.place))

    def _row(self, code: str) -> ColumnRow:
        kind = KINDS[code]
        known = next(((no, each) for no, each in enumerate(self.layout, 1) if each.code == code), None)
        place, heading = (str(known[0]), known[1].heading) if known else ("", "")
        if self.post is not None:
            place, heading = self.post.get(f"place-{code}", "").strip(), self.post.get(f"heading-{code}", "").strip()
        return ColumnRow(code, label_of(code), place, heading, kind.wanted, kind.calculated)

    def check_places(self) -> None:
        """Raise Refused for a place that is no number, or that two have: what was meant would be guessed."""
        _check_order([(row.place, label_of(row.code)) for row in self.columns])
        if self.own_indicators:
            _check_order([(row.place, row.version.name) for row in self.rows])

    @property
    def picked(self) -> list[Column]:
        """The columns that got a number, in its order."""
        return [Column(row.code, row.heading) for row in self.columns if is_id(row.place)]

    @property
    def rows(self) -> list[IndicatorRow]:
        places = {pk: str(no) for no, pk in enumerate(self.chosen, 1)}
        found = []
        for version in self.indicators:
            place = places.get(version.indicator_id, "")
            if self.post is not None:
                place = self.post.get(f"order-{version.indicator_id}", "").strip()
            found.append(IndicatorRow(version, place))
        return found

    @property
    def picked_indicators(self) -> list[int]:
        """The indicators that got a number, in its order; none where the form asks for all."""
        if not self.own_indicators:
            return []
        picked = sorted((row for row in self.rows if is_id(row.place)), key=lambda row: _number(row.place))
        return [row.version.indicator_id for row in picked]

    @property
    def asked(self) -> list[IndicatorVersion]:
        """What the preview shows: the chosen indicators in their order, or the first of all."""
        by_id = {version.indicator_id: version for version in self.indicators}
        picked = [by_id[pk] for pk in self.picked_indicators]
        return (picked or list(self.indicators))[:PREVIEWED]


def _number(place: str) -> int:
    return int(place) if is_id(place) else 10**6


def _check_order(places: Sequence[tuple[str, str]]) -> None:
    """places: what was typed, and for what; "" leaves it out."""
    given = [(place, name) for place, name in places if place]
    for place, name in given:
        if not is_id(place):
            words = {"name": name, "typed": place}
            raise Refused(_("%(name)s: nomor urut ditulis dengan angka, bukan “%(typed)s”.") % words)
    counted = Counter(int(place) for place, _name in given)
    for no, times in counted.items():
        if times > 1:
            names = ", ".join(name for place, name in given if int(place) == no)
            raise Refused(_("Nomor urut %(no)s dipakai lebih dari sekali: %(names)s.") % {"no": no, "names": names})
