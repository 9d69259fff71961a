"""Fields that read what officers write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.numbers import format_number, typed_number
from runut.lib.reading import read_number, written_places

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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


PLAIN = {
    "required": _("Bagian ini belum diisi."),
    "invalid_choice": _("Pilih salah satu yang ditawarkan."),
    "invalid_list": _("Pilih dari yang ditawarkan."),
    "min_value": _("Paling kecil %(limit_value)s."),
    "max_value": _("Paling besar %(limit_value)s."),
}
LENGTH = _("Terlalu panjang: paling banyak %(limit_value)s huruf, sekarang %(show_value)s.")
WHOLE = _("Isi dengan angka bulat.")


class OfficerForm(forms.Form):
    """A form that asks in words of the house for what is missing or wrong: the base of every form here."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def full_clean(self) -> None:
        """Put the words in just before they are needed: a form may add fields of its own after it was made."""
        for field in self.fields.values():
            _speak_plainly(field)
        super().full_clean()


def _speak_plainly(field: forms.Field) -> None:
    """Replace the framework's sentences; one that the field was given for itself stays."""
    usual = field.default_error_messages | forms.Field.default_error_messages
    plain: dict[str, StrOrPromise] = dict(PLAIN)
    if isinstance(field, forms.IntegerField):
        plain["invalid"] = WHOLE
    if not isinstance(field, forms.FileField):
        plain["max_length"] = LENGTH
    for code, sentence in plain.items():
        if field.error_messages.get(code) == usual.get(code):
            field.error_messages[code] = sentence
