"""The office itself: what its papers say, its own words, and how strict it is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.fields import OfficerForm
from runut.organisation.models import Office, Policy
from runut.organisation.rules import TERMS


class OfficeForm(OfficerForm):
    """basis: the decree, asked for where the policy changes. agreed: that parafs are lost, asked where some are."""

    name = forms.CharField(label=_("Nama kantor"), max_length=150)
    short_name = forms.CharField(label=_("Nama singkat"), max_length=60)
    address = forms.CharField(
        label=_("Alamat"), max_length=200, required=False, help_text=_("Tercetak pada kepala surat.")
    )
    phone = forms.CharField(label=_("Telepon"), max_length=40, required=False)
    place = forms.CharField(
        label=_("Tempat"), max_length=60, required=False, help_text=_("Di depan tanggal surat, misalnya Ngoro.")
    )
    number_code = forms.CharField(
        label=_("Kode nomor surat"), max_length=40, required=False, help_text=_("Kode kantor dalam nomor surat.")
    )
    triwulan = forms.CharField(
        label=_("Sebutan triwulan"), max_length=30, required=False, help_text=_("Misalnya Triwulan atau Tribulan.")
    )
    lkjip = forms.CharField(
        label=_("Sebutan laporan tahunan"), max_length=30, required=False, help_text=_("Misalnya LKjIP atau LAKIP.")
    )
    duties_policy = forms.ChoiceField(
        label=_("Rangkap wewenang"),
        choices=[
            (Policy.WARN, _(
                "Ingatkan: yang ikut mengisi boleh memeriksa, dan yang memvalidasi boleh juga memverifikasi formulir "
                "yang sama; halamannya memperingatkan dan lognya menyebutkan."
            )),
            (Policy.BLOCK, _(
                "Tolak: yang ikut mengisi tidak dapat memeriksa isian itu atau menilai perbaikannya, dan yang "
                "memvalidasi tidak dapat memverifikasi formulir yang sama."
            )),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Dasar perubahan"), max_length=200, required=False,
        help_text=_("Nomor SK atau surat. Wajib bila aturan rangkap wewenang berubah."),
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("Ya, simpan. Paraf dan tanda tangannya dimintakan lagi"), required=False)

    def changes(self, office: Office) -> dict[str, object]:
        """The fields of the office; a word that is the usual one is not kept."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in (*TERMS, "basis", "agreed")}
        words = {
            key: self.cleaned_data[key] for key, usual in TERMS.items() if self.cleaned_data[key] not in ("", usual)
        }
        return given | {"terms": {key: word for key, word in office.terms.items() if key not in TERMS} | words}


def values_of_office(office: Office) -> dict[str, object]:
    """The fields as they open."""
    names = ("name", "short_name", "address", "phone", "place", "number_code", "duties_policy")
    return {name: getattr(office, name) for name in names} | TERMS | dict(office.terms)
