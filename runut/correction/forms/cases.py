"""Opening a case: which figures, what is wrong with each, why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.correction.models import Stage
from runut.correction.queries import Choices, Choosable
from runut.lib.acts import ids_in
from runut.lib.fields import OfficerForm
from runut.sop.models import Sop

# So many rows a page bears, and so many it shows without folding them.
SHOWN, UNFOLDED = 100, 4


@dataclass(frozen=True, slots=True)
class PickedRow:
    """A figure to choose, as the page shows it. forgotten: something was typed, but its box is not ticked. bare: the
    other way round."""

    choice: Choosable
    chosen: bool
    what: str
    forgotten: bool = False
    bare: bool = False

    @property
    def error(self) -> str:
        """What is wrong with the row, for beside its fields."""
        if self.forgotten:
            return _("Angka ini belum dicentang.")
        return _("Tulis apa yang keliru.") if self.bare else ""

    @property
    def told(self) -> str:
        """The same for a list of all that is wrong on the page: whose row it is, and what to do."""
        names = {"names": f"{self.choice.row.version.name}, {self.choice.subject}"}
        if self.bare:
            return _("%(names)s: tulis apa yang keliru.") % names
        sentence = _(
            "Anda menulis apa yang keliru pada %(names)s, tetapi angkanya belum dicentang. "
            "Centang, atau hapus tulisannya."
        )
        return sentence % names


@dataclass(frozen=True, slots=True)
class PickedForm:
    """The figures of one form. is_open: whether they are shown at once, and not folded under its name."""

    member: str
    name: str
    rows: list[PickedRow]
    is_open: bool

    @property
    def marked(self) -> int:
        """How many are ticked, or were typed on."""
        return sum(row.chosen or row.forgotten for row in self.rows)


class FigurePicker:
    """Figures with a box and a text each: `item` lists the ids chosen, `what-<id>` says what is wrong.

    What is folded away is sent like the rest, so that no tick is lost. q, whose: what the list was narrowed to.
    asks: whether what was sent is to be complete, as it need not be for a search.
    """

    def __init__(
        self,
        choices: Choices,
        post: QueryDict | None,
        chosen: Collection[int] = (),
        *,
        q: str = "",
        whose: str = "",
        asks: bool = False,
    ) -> None:
        self.rows, self.forms_there = choices.rows, choices.whose
        self.post, self.first, self.q, self.whose, self.asks = post, chosen, q, whose, asks

    @property
    def picked(self) -> dict[int, str]:
        """Figure id -> what is wrong, for the boxes that are ticked and may be."""
        return {row.choice.row.figure.pk: row.what for row in self._all if row.chosen}

    @property
    def shown(self) -> list[PickedRow]:
        """Chosen ones first, and those typed on; of the others as many as a page bears."""
        rows = sorted(self._all, key=lambda row: not (row.chosen or row.forgotten))
        return rows[: max(SHOWN, sum(row.chosen or row.forgotten for row in rows))]

    @property
    def groups(self) -> list[PickedForm]:
        """The same, form by form: first those with a ticked figure. Few rows stand open, many are folded."""
        shown = self.shown
        of: dict[tuple[str, str], list[PickedRow]] = {}
        for row in shown:
            of.setdefault((row.choice.row.figure.member, row.choice.subject), []).append(row)
        plain = len(shown) <= UNFOLDED or len(of) == 1
        return [
            PickedForm(member, name, rows, plain or member == self.whose or any(r.chosen or r.forgotten for r in rows))
            for (member, name), rows in of.items()
        ]

    @property
    def hidden(self) -> int:
        return len(self.rows) - len(self.shown)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """All that keeps the choice from being taken: the id of the field it is about, and the sentence."""
        found = [(f"what-{row.choice.row.figure.pk}", row.told) for row in self._all if row.error]
        if not found and self.post is not None and not picked_ids(self.post):
            return [("cari", _("Pilih paling sedikit satu angka yang keliru."))]
        return found

    @property
    def _all(self) -> list[PickedRow]:
        ticked = picked_ids(self.post) if self.post is not None else frozenset(self.first)
        return [self._row(row, row.row.figure.pk in ticked) for row in self.rows]

    def _row(self, row: Choosable, ticked: bool) -> PickedRow:
        told = "; ".join(dict.fromkeys(report.what for report in row.reports))
        what = told if self.post is None else (self.post.get(f"what-{row.row.figure.pk}") or "").strip()
        # Words of a report stand in the field from the start: nobody typed them.
        typed = self.post is not None and what not in ("", told)
        free = row.case is None
        bare = self.asks and ticked and free and not what
        return PickedRow(row, ticked and free, what, typed and free and not ticked, bare)


def picked_ids(post: QueryDict) -> frozenset[int]:
    return frozenset(ids_in(post.getlist("item")))


def typed_ids(post: QueryDict) -> frozenset[int]:
    """The figures beside which something stands: a search does not take them away."""
    names = [name for name in post if name.startswith("what-") and (post.get(name) or "").strip()]
    return frozenset(ids_in([name.removeprefix("what-") for name in names]))


class CaseForm(OfficerForm):
    sop = forms.ChoiceField(label=gettext_lazy("SOP yang dijalankan"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Pada tahap mana kesalahan terjadi?"), choices=Stage.choices, initial=Stage.REPORTING
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan perbaikan"),
        help_text=gettext_lazy("Alasan ini tampil di berkas perbaikan dan tersimpan di riwayat."),
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

    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
