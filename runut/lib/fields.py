"""Fields that read what officers write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.numbers import format_number, typed_number
from runut.lib.reading import read_number, written_places


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


class NumberField(forms.Field):
    """A number as officers write it (1.234,5), from `low` to `high`, with so many decimals at most."""

    widget = forms.TextInput(attrs={"class": "w-short num", "inputmode": "decimal"})

    def __init__(self, *, low: int = 0, high: int = 10**6, places: int = 4, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.low, self.high, self.places = low, high, places

    def to_python(self, value: object) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value if isinstance(value, Decimal) else None
        try:
            number = read_number(str(value))
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        if number is not None and (not self.low <= number <= self.high or written_places(number) > self.places):
            words = {
                "low": format_number(Decimal(self.low)),
                "high": format_number(Decimal(self.high)),
                "places": self.places,
            }
            raise forms.ValidationError(
                _("Isi angka dari %(low)s sampai %(high)s, paling banyak %(places)s angka di belakang koma.") % words
            )
        return number

    def prepare_value(self, value: object) -> object:
        return typed_number(value.normalize()) if isinstance(value, Decimal) else value


PLAIN = {"required": _("Bagian ini belum diisi."), "invalid_choice": _("Pilih salah satu yang ditawarkan.")}


class OfficerForm(forms.Form):
    """A form whose empty required fields ask in words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            usual = field.default_error_messages | forms.Field.default_error_messages
            for code, sentence in PLAIN.items():
                if field.error_messages.get(code) == usual.get(code):
                    field.error_messages[code] = sentence
            if isinstance(field, forms.IntegerField):
                field.error_messages["invalid"] = _("Isi dengan angka bulat.")
