"""Starting a year, and why it goes on without some of its quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from runut.collection.queries import Quarter
from runut.lib.acts import new_key
from runut.lib.fields import OfficerForm


class YearForm(OfficerForm):
    """Which procedure gathers which year."""

    sop = forms.TypedChoiceField(label=gettext_lazy("SOP yang dijalankan"), coerce=int)
    tahun = forms.IntegerField(
        label=gettext_lazy("Tahun"),
        min_value=2000,
        max_value=2100,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
    )

    def __init__(self, data: QueryDict | dict[str, object], choices: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["sop"].choices = choices  # type: ignore[attr-defined]


class YearTitleForm(OfficerForm):
    """What the year's run is called."""

    title = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, title: str) -> None:
        super().__init__(data, initial={"title": title, "key": new_key()})


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter with what was typed of why it is wanting. asks: whether a reason may be written; lacks: whether one
    that is needed was left out."""

    quarter: Quarter
    reason: str
    asks: bool
    lacks: bool


class QuartersForm:
    """The reasons beside the quarters; those of whole quarters are not asked for."""

    def __init__(self, quarters: Sequence[Quarter], post: QueryDict | None, *, needs_all: bool = False) -> None:
        """needs_all: whether each quarter that is asked for needs its reason now."""
        self.quarters, self.post, self.needs_all = quarters, post, needs_all

    @property
    def rows(self) -> list[QuarterRow]:
        return [self._row(each) for each in self.quarters]

    @property
    def reasons(self) -> dict[int, str]:
        return {row.quarter.no: row.reason for row in self.rows if row.asks}

    @property
    def asks(self) -> bool:
        return any(row.asks for row in self.rows)

    def _row(self, quarter: Quarter) -> QuarterRow:
        typed, asks = self._typed(quarter), not quarter.is_complete
        lacks = asks and self.needs_all and self.post is not None and not typed.strip()
        return QuarterRow(quarter, typed, asks, lacks)

    def _typed(self, quarter: Quarter) -> str:
        if self.post is None:
            return quarter.reason
        return self.post.get(f"reason-{quarter.no}", quarter.reason)[:300]
