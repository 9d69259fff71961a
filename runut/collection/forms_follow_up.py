"""What people type while they follow a period up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from runut.collection.actions.paper import SCANS
from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.lib.uploads import upload_hint


class DueForm(OfficerForm):
    """By which day the forms are to be in; and, of a period that has not begun, that this is meant so."""

    early = forms.BooleanField(
        label=gettext_lazy("Ya, formulir periode ini memang disiapkan sebelum periodenya mulai."),
        error_messages={
            "required": gettext_lazy("Periode ini belum mulai. Ganti periodenya, atau centang pernyataan ini.")
        },
    )
    batas = forms.CharField(
        label=gettext_lazy("Batas pengajuan"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Sampai kantor tutup pada hari itu. Kosongkan untuk mengikuti baku waktu SOP."),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-medium"}),
    )

    def __init__(self, *args: Any, not_begun: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["early"].required = not_begun

    def clean_batas(self) -> date | None:
        typed = self.cleaned_data["batas"]
        try:
            return read_date(typed) if typed else None
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None


class NilForm(OfficerForm):
    """Why there is nothing to report."""

    reason = forms.CharField(
        label=gettext_lazy("Mengapa nihil"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Misalnya: tidak ada pengaduan yang masuk pada periode ini."),
    )


class ScanForm(OfficerForm):
    """The paper that was handed in."""

    file = forms.FileField(
        label=gettext_lazy("Pindaian formulir kertas"),
        help_text=format_lazy(
            "{} {}", upload_hint(SCANS), gettext_lazy("Pastikan nama, tanda tangan, dan angkanya terbaca.")
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class ReasonForm(OfficerForm):
    """Why a form is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: unit ini tidak menyuplai data pada periode ini."),
    )
