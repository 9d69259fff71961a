"""What people type when something is published, sent back after signing, or withdrawn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.documents.rules.content import Content
from runut.lib.fields import OfficerForm
from runut.publication.models import InformationClass

FEW = 5


class PublishForm(OfficerForm):
    information_class = forms.ChoiceField(
        label=_("Golongan informasi"),
        help_text=_("Informasi yang dikecualikan tidak dapat diterbitkan."),
        choices=InformationClass.choices,
        initial=InformationClass.PERIODIC,
        widget=forms.RadioSelect,
    )
    checked = forms.BooleanField(
        label=_("Saya sudah memeriksa apa yang menjadi publik"),
        error_messages={"required": _("Periksa dulu apa yang menjadi publik, lalu beri tanda di sini.")},
    )

    def __init__(self, *args: object, content: Content, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.rows = content["rows"]
        for row in self.rows:
            asked = _("Apa yang keliru pada “%(what)s”, %(who)s?") % {"what": row["indicator"], "who": row["subject"]}
            self.fields[f"wrong_{row['figure']}"] = forms.CharField(label=asked, max_length=500, required=False)

    @property
    def lists_figures(self) -> bool:
        """Whether the list of the figures stands open: where they are few, and where something came back in it."""
        return self.is_bound or len(self.rows) <= FEW

    @property
    def wrongs(self) -> list[tuple[dict[str, str | int], forms.BoundField]]:
        """Each figure with the field that says what is wrong with it."""
        return [(row, self[f"wrong_{row['figure']}"]) for row in self.rows]

    def figures(self) -> dict[int, str]:
        """Figure id -> what is wrong with it, of those that something was written about."""
        found = {int(row["figure"]): self.cleaned_data.get(f"wrong_{row['figure']}", "") for row in self.rows}
        return {figure: what.strip() for figure, what in found.items() if what.strip()}

    def members(self) -> list[int]:
        """Whose figures are wrong: ids of units or pegawai."""
        wrong = self.figures()
        keys = dict.fromkeys(str(row["member"]) for row in self.rows if row["figure"] in wrong)
        return [int(key[1:]) for key in keys]


class WithdrawForm(OfficerForm):
    reason = forms.CharField(
        label=_("Alasan penarikan"),
        help_text=_("Alasan ini tampil pada halaman publik."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasan penarikan; alasan ini tampil pada halaman publik.")},
    )
