"""Fields that read what officers write."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.dates import read_date
from runut.lib.errors import Refused


class DayField(forms.Field):
    """A date: picked in the browser, or typed as 20-08-2026 or 20 Agustus 2026."""

    widget = forms.DateInput(attrs={"type": "date", "class": "w-medium"}, format="%Y-%m-%d")

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused


class OfficerForm(forms.Form):
    """A form whose empty required fields ask in words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.error_messages["required"] = _("Bagian ini belum diisi.")
            field.error_messages["invalid_choice"] = _("Pilih salah satu yang ditawarkan.")
