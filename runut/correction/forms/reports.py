"""Saying that a figure is wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.collection.models import Figure
from runut.collection.rules import read_cell
from runut.correction.models import Stage
from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm


class ReportForm(OfficerForm):
    what = forms.CharField(
        label=_("Apa yang keliru?"),
        help_text=_("Misalnya: bulan April ikut terhitung, padahal masuk periode berikutnya."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proposed = forms.CharField(
        label=_("Menurut Anda, angka yang benar berapa?"),
        help_text=_("Misalnya 94,5. Kosongkan bila belum tahu."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-short", "inputmode": "decimal"}),
    )
    stage = forms.ChoiceField(
        label=_("Pada tahap mana kesalahan terjadi?"), choices=Stage.choices, initial=Stage.REPORTING
    )

    def __init__(self, *args: object, figure: Figure, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.figure = figure

    def clean_proposed(self) -> str:
        """As typed, when it can be read as a value of the indicator."""
        typed: str = self.cleaned_data["proposed"]
        version = self.figure.indicator
        try:
            read_cell(typed, version.value_type, version.scale)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return typed
