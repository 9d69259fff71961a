"""What people type while they follow a period up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class NilForm(forms.Form):
    """Why there is nothing to report."""

    reason = forms.CharField(
        label=gettext_lazy("Mengapa nihil"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Misalnya: tidak ada pengaduan yang masuk pada triwulan ini."),
    )


class ScanForm(forms.Form):
    """The paper that was handed in."""

    file = forms.FileField(
        label=gettext_lazy("Pindaian formulir kertas"),
        help_text=gettext_lazy("PDF atau foto; paling besar 10 MB. Pastikan nama, tanda tangan, dan angkanya terbaca."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class ReasonForm(forms.Form):
    """Why a form is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: unit ini tidak menyuplai data pada triwulan ini."),
    )
