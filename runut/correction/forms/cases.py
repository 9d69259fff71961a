"""Opening a case: which figures, what is wrong with each, why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from runut.correction.models import Stage
from runut.correction.queries import Choosable
from runut.lib.acts import ids_in
from runut.lib.fields import OfficerForm
from runut.sop.models import Sop

SHOWN = 100


@dataclass(frozen=True, slots=True)
class PickedRow:
    """A figure to choose, as the page shows it."""

    choice: Choosable
    chosen: bool
    what: str


class FigurePicker:
    """Figures with a box and a text each: `item` lists the ids chosen, `what-<id>` says what is wrong."""

    def __init__(self, rows: Sequence[Choosable], post: QueryDict | None, chosen: Collection[int] = ()) -> None:
        self.rows, self.post, self.first = rows, post, chosen

    @property
    def picked(self) -> dict[int, str]:
        """Figure id -> what is wrong, for the boxes that are ticked and may be."""
        return {row.choice.row.figure.pk: row.what for row in self._all if row.chosen}

    @property
    def shown(self) -> list[PickedRow]:
        """Chosen ones first; of the others as many as a page bears."""
        rows = sorted(self._all, key=lambda row: not row.chosen)
        return rows[: max(SHOWN, sum(row.chosen for row in rows))]

    @property
    def hidden(self) -> int:
        return len(self.rows) - len(self.shown)

    @property
    def _all(self) -> list[PickedRow]:
        ticked = picked_ids(self.post) if self.post is not None else frozenset(self.first)
        return [self._row(row, row.row.figure.pk in ticked) for row in self.rows]

    def _row(self, row: Choosable, ticked: bool) -> PickedRow:
        told = "; ".join(dict.fromkeys(report.what for report in row.reports))
        what = told if self.post is None else (self.post.get(f"what-{row.row.figure.pk}") or "").strip()
        return PickedRow(row, ticked and row.case is None, what)


def picked_ids(post: QueryDict) -> frozenset[int]:
    return frozenset(ids_in(post.getlist("item")))


class CaseForm(OfficerForm):
    sop = forms.ChoiceField(label=_("SOP yang dijalankan"))
    stage = forms.ChoiceField(
        label=_("Pada tahap mana kesalahan terjadi?"), choices=Stage.choices, initial=Stage.REPORTING
    )
    reason = forms.CharField(
        label=_("Alasan perbaikan"),
        help_text=_("Alasan ini tampil di berkas perbaikan dan tersimpan di riwayat."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: object, sops: Sequence[Sop], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sop"].choices = [(sop.pk, sop.title) for sop in sops]  # type: ignore[attr-defined]
        if sops:
            self.fields["sop"].initial = sops[0].pk


class ReasonForm(OfficerForm):
    """Why a report is declined, or a case given up."""

    reason = forms.CharField(label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
