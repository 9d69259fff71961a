"""Signing in and one's own account."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from runut.lib.fields import OfficerForm
from runut.organisation.forms.people import MobileField
from runut.organisation.models import TextSize, User

LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]


class SignInForm(OfficerForm):
    login = forms.CharField(
        label=_("NIP atau surel"),
        help_text=_("NIP boleh ditulis dengan spasi."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(OfficerForm):
    """A new password, twice. `user` is the person it is for, where known."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Paling sedikit 12 huruf. Kalimat pendek yang hanya Anda tahu mudah diingat."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Tulis kata sandi baru sekali lagi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    user: User | None = None

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("Kedua kata sandi belum sama. Tulis lagi yang kedua."))
        if password:
            try:
                validate_password(str(password), self.user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ActivationForm(NewPasswordForm):
    login = forms.CharField(
        label=_("NIP atau surel"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Kode pada kertas"),
        help_text=_("Sepuluh huruf dan angka. Huruf besar atau kecil sama saja."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "w-medium",
            }
        ),
    )
    field_order = ("login", "code", "password", "again")


class ChangePasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=_("Kata sandi sekarang"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "password", "again")


class PreferencesForm(OfficerForm):
    language = forms.ChoiceField(label=_("Bahasa"), choices=LANGUAGES, widget=forms.RadioSelect)
    text_size = forms.TypedChoiceField(
        label=_("Ukuran huruf"), choices=TextSize.choices, coerce=int, widget=forms.RadioSelect
    )
    high_contrast = forms.BooleanField(label=_("Kontras tinggi"), required=False)


class NumberForm(OfficerForm):
    whatsapp = MobileField(
        label=_("Nomor WhatsApp Anda"),
        max_length=30,
        required=False,
        help_text=_("Misalnya 0812 3456 7890. Kosongkan untuk menghapusnya."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-medium"}),
    )
