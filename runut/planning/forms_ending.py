"""The forms with which an indicator or a plan is ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runut.lib.fields import DayField, OfficerForm
from runut.planning.forms import RevisionForm
from runut.planning.models import Indicator
from runut.planning.queries import Measures


class IndicatorEndForm(OfficerForm):
    """The last day of an indicator, and why it ends."""

    last_day = DayField(
        label=_("Hari terakhir berlaku"),
        help_text=_("Misalnya 31-12-2025. Formulir periode yang berakhir sesudah hari itu tidak lagi menanyakannya."),
    )
    reason = forms.CharField(
        label=_("Alasan diakhiri"), max_length=300, help_text=_("Misalnya: tidak ada lagi di Renstra 2025–2029.")
    )


class Ending(TypedDict):
    last_day: date
    reason: str
    indicators: list[Indicator]


class PlanEndForm(OfficerForm):
    """The last day of a plan, and why it ends."""

    last_day = DayField(label=_("Hari terakhir berlaku"))
    reason = forms.CharField(
        label=_("Alasan diakhiri"), max_length=300, help_text=_("Misalnya: diganti Renstra 2025–2029.")
    )
    indicators = forms.TypedMultipleChoiceField(
        label=_("Indikator yang ikut diakhiri"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Centang yang tidak dipakai lagi: berakhir pada hari yang sama, dengan alasan yang sama. Yang tidak "
            "dicentang tetap berlaku dan tetap ditanyakan formulir; pindahkan ke dokumen penggantinya dengan Ubah "
            "tempat di halaman indikator. Formulir yang sudah keluar tidak berubah."
        ),
    )  # fmt: skip

    def __init__(self, *args: object, measures: Sequence[Measures], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.indicator.pk: one.indicator for one in measures}
        choices = self.fields["indicators"]
        assert isinstance(choices, forms.TypedMultipleChoiceField)
        choices.choices = [(one.indicator.pk, _measure(one)) for one in measures]
        if not measures:
            del self.fields["indicators"]

    def ending(self) -> Ending:
        """The last day, why, and the indicators that end with it."""
        data, ticked = self.cleaned_data, set(self.cleaned_data.get("indicators", ()))
        chosen = [row for pk, row in self.known.items() if pk in ticked]
        return {"last_day": data["last_day"], "reason": data["reason"], "indicators": chosen}


def _measure(one: Measures) -> str:
    label = f"{one.indicator.code} · {one.name}"
    if not one.serves:
        return label
    return gettext("%(label)s (juga mendukung %(code)s)") % {"label": label, "code": one.serves}


class ResumptionForm(RevisionForm):
    """A new version of an indicator that was ended: it is in force again from a day on, as it was or changed."""

    start = DayField(label=_("Berlaku lagi mulai"))
    reason = forms.CharField(
        label=_("Alasan diberlakukan lagi"), max_length=300,
        help_text=_("Misalnya: dipakai lagi di Renstra Perubahan 2026."),
    )  # fmt: skip
