"""The form by which an office takes up a scale of predicates."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.fields import DayField, NumberField, OfficerForm
from runut.lib.retold import retold
from runut.planning.rules import SHIPPED, Scale, own_scale, scale_by_code

OWN, NONE = "own", "none"
PLACES = range(1, 9)


def _said(scale: Scale) -> str:
    """A shipped scale with its words, in the reader's language."""
    return f"{retold(scale.name)}: {', '.join(retold(each.name) for each in scale.classes)}"


class ScaleForm(OfficerForm):
    """A shipped scale, one of the office's own, or none. `scale` reads it; Refused names the field in its code."""

    which = forms.ChoiceField(
        label=_("Skala"), widget=forms.RadioSelect,
        choices=lambda: [
            *((one.code, _said(one)) for one in SHIPPED), (OWN, _("Skala kantor sendiri")), (NONE, _("Tanpa predikat")),
        ],
    )  # fmt: skip
    start = DayField(label=_("Berlaku mulai"))
    name = forms.CharField(label=_("Nama skala"), max_length=120, required=False)
    source = forms.CharField(
        label=_("Dasar"), max_length=200, required=False, help_text=_("Nomor dan tanggal peraturan atau keputusannya.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for no in PLACES:
            self.fields[f"class_{no}"] = forms.CharField(
                label=_("Predikat ke-%(no)s") % {"no": no}, max_length=60, required=False
            )
            self.fields[f"from_{no}"] = NumberField(
                low=-1000, high=1000, places=2, label=_("Mulai dari (%)"), required=False
            )

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        if data.get("which") == OWN:
            for name in ("name", "source"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Skala sendiri memerlukan nama dan dasarnya."))
        return data

    def scale(self) -> Scale | None:
        """The scale that was chosen or typed; None for no predicates."""
        which = str(self.cleaned_data["which"])
        if which != OWN:
            return scale_by_code(which)
        return own_scale(self.cleaned_data["name"], self.cleaned_data["source"], self._pairs())

    def _pairs(self) -> list[tuple[str, Decimal | None]]:
        data = self.cleaned_data
        return [(data[f"class_{no}"], data[f"from_{no}"]) for no in PLACES if data[f"class_{no}"]]

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The classes as they are typed, from the highest."""
        return [(self[f"class_{no}"], self[f"from_{no}"]) for no in PLACES]

    def general(self) -> list[forms.BoundField]:
        return [self[name] for name in ("which", "start", "name", "source")]
