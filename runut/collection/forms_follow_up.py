"""What people type while they follow a period up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from runut.collection.actions.kept import SCANS
from runut.collection.queries import Absence
from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.fields import DayField, OfficerForm
from runut.lib.uploads import upload_hint
from runut.organisation.models import Pegawai


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

    begun = forms.BooleanField(
        label=gettext_lazy("Ya, datanya diserahkan di atas kertas; saya mengambil alih formulir ini."),
        error_messages={
            "required": gettext_lazy("Formulir ini sudah dipegang orang lain. Centang bila memang maksudnya.")
        },
    )

    def __init__(self, *args: Any, begun: bool, **more: Any) -> None:
        """begun: whether somebody else has opened the form or typed in it."""
        super().__init__(*args, **more)
        if not begun:
            del self.fields["begun"]


class ReasonForm(OfficerForm):
    """Why a form is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: unit ini tidak menyuplai data pada periode ini."),
    )


class AbsentForm(OfficerForm):
    """What becomes of the form of somebody who is on leave or has left."""

    what = forms.ChoiceField(label=gettext_lazy("Yang dilakukan"), widget=forms.RadioSelect)
    to = forms.TypedChoiceField(label=gettext_lazy("Pengganti"), coerce=int, required=False, empty_value=None)
    day = DayField(label=gettext_lazy("Batas tersendiri"), required=False)
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)

    def __init__(self, data: QueryDict | None, away: Absence, people: Sequence[Pegawai], day: date | None) -> None:
        """day: the proposed last day for filling in after a leave."""
        instead = away.instead.pk if away.instead is not None else None
        first = "give" if instead is not None or day is None else "later"
        super().__init__(data, initial={"what": first, "to": instead, "day": day, "reason": away.words})
        whats = [("give", gettext_lazy("Serahkan kepada pengganti"))]
        whats += [("later", gettext_lazy("Tunggu dengan batas tersendiri"))] if not away.left else []
        whats += [("close", gettext_lazy("Tutup tanpa data, dihitung tersendiri"))] if away.left else []
        self.fields["what"].choices = whats  # type: ignore[attr-defined]
        names = [("", gettext_lazy("Pilih pengganti")), *((one.pk, one.full_name) for one in people)]
        self.fields["to"].choices = names  # type: ignore[attr-defined]
        if away.left:
            del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wanted = {"give": "to", "later": "day"}.get(cleaned.get("what", ""))
        if wanted and not cleaned.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, gettext_lazy("Bagian ini belum diisi."))
        return cleaned
