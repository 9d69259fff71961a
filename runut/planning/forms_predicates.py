"""The scale of predicates of one indicator, as part of its definition."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.planning.models import IndicatorVersion
from runut.planning.rules import (
    SHIPPED,
    WORDLESS,
    Scale,
    as_kept,
    check_writable,
    own_scale,
    read_classes,
    scale_by_code,
    shipped_as,
    written_classes,
)

OWN = "own"
PREDICATE_FIELDS = ("which_scale", "own_name", "own_source", "own_classes")
_FIELD_OF = {"own_name": "own_name", "own_source": "own_source"}


class PredicateForm(OfficerForm):
    """The office's scale, one that ships, one of the indicator's own, or no words; `predicate_scale` is kept."""

    which_scale = forms.ChoiceField(
        label=_("Skala predikat"), required=False,
        choices=[
            ("", _("Menurut skala kantor")),
            *((one.code, f"{one.name}: {', '.join(each.name for each in one.classes)}") for one in SHIPPED),
            (OWN, _("Skala sendiri, diisi di bawah")),
            (WORDLESS.code, _("Tanpa predikat untuk indikator ini")),
        ],
        help_text=_("Kata untuk persen capaian indikator ini. Biasanya menurut skala kantor. Tanpa predikat bila "
                    "persennya tidak perlu kata, misalnya jumlah kegiatan atau nilai uang."),
    )  # fmt: skip
    own_name = forms.CharField(label=_("Nama skala sendiri"), max_length=120, required=False)
    own_source = forms.CharField(
        label=_("Dasar skala sendiri"), max_length=200, required=False,
        help_text=_("Nomor dan tanggal peraturan atau keputusannya."),
    )  # fmt: skip
    own_classes = forms.CharField(
        label=_("Predikat skala sendiri"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu baris satu predikat, dari yang tertinggi, dengan mulai berapa persen; yang terendah tanpa "
                    "batas. Misalnya: Tuntas ≥ 100, lalu Hampir tuntas ≥ 90, lalu Belum tuntas."),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        try:
            scale = self._scale(str(data.get("which_scale", "")))
        except Refused as refused:
            self.add_error(_FIELD_OF.get(refused.code, "own_classes"), refused.sentence)
        else:
            data["predicate_scale"] = as_kept(scale)
        return data

    def _scale(self, which: str) -> Scale | None:
        if which != OWN:
            if any(self.cleaned_data.get(name) for name in PREDICATE_FIELDS[1:]):
                raise Refused(gettext("Untuk memakai predikat ini, pilih “Skala sendiri”; atau kosongkan isinya."))
            return WORDLESS if which == WORDLESS.code else scale_by_code(which)
        name, source = (str(self.cleaned_data.get(field, "")) for field in ("own_name", "own_source"))
        for field, text in (("own_name", name), ("own_source", source)):
            if not text:
                raise Refused(gettext("Skala sendiri memerlukan nama dan dasarnya."), code=field)
        check_writable(name, source)
        return own_scale(name, source, read_classes(str(self.cleaned_data.get("own_classes", ""))))


def values_of_scale(version: IndicatorVersion) -> dict[str, object]:
    """The fields as they open for a version."""
    scale = version.own_scale
    if scale is not None and not scale.classes:
        return {"which_scale": WORDLESS.code}
    if scale is None or (code := shipped_as(scale)):
        return {"which_scale": code if scale else ""}
    classes = written_classes(scale, "\n")
    return {"which_scale": OWN, "own_name": scale.name, "own_source": scale.source, "own_classes": classes}
