"""What is copied from an old paper: of which period and whose, what stands on it, and which paper it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.collection.actions import PaperSource, PastInput
from runut.collection.actions.kept import SCANS
from runut.collection.forms import PeriodForm
from runut.collection.queries import PastRow
from runut.collection.rules import WORDS, read_past
from runut.lib.dates import read_date
from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.lib.numbers import typed_number
from runut.lib.uploads import accepted, upload_hint
from runut.organisation.models import Office, Pegawai, Unit
from runut.planning.rules import read_aim

Members = tuple[Literal["unit", "pegawai"], list[int]]


class PastPeriodForm(PeriodForm):
    """Which period of which office, and whose figures stand on the paper."""

    milik = forms.ChoiceField(label=gettext_lazy("Data siapa"))
    kantor = forms.TypedChoiceField(label=gettext_lazy("Kantor"), coerce=int, required=False)

    field_order = ("kantor", "triwulan", "tahun", "milik")

    def __init__(
        self, data: QueryDict | None, offices: Sequence[Office], subjects: tuple[Sequence[Unit], Sequence[Pegawai]],
        initial: dict[str, object],
    ) -> None:  # fmt: skip
        super().__init__(data, offices[0].terms if len(offices) == 1 else {}, initial=initial)
        self.units, self.people = subjects
        self.fields["milik"].choices = [  # type: ignore[attr-defined]
            ("unit", _("Semua unit kerja")),
            (_("Unit kerja"), [(f"u{unit.pk}", unit.name) for unit in self.units]),
            (_("Pegawai"), [(f"p{person.pk}", person.full_name) for person in self.people]),
        ]
        self.fields["kantor"].choices = [(office.pk, office.name) for office in offices]  # type: ignore[attr-defined]
        if len(offices) == 1:
            del self.fields["kantor"]

    @property
    def members(self) -> Members:
        """What the chosen paper is about: the basis, and the units or people."""
        whose = self.cleaned_data["milik"]
        if whose == "unit":
            return "unit", [unit.pk for unit in self.units]
        return ("unit" if whose.startswith("u") else "pegawai"), [int(whose[1:])]


class PaperForm(OfficerForm):
    """Which paper it is."""

    number = forms.CharField(
        label=gettext_lazy("Nomor dokumen"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Seperti tertera. Kosongkan bila dokumennya tidak bernomor."),
    )
    signed_on = forms.CharField(
        label=gettext_lazy("Tanggal tanda tangan"),
        max_length=40,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-medium"}),
    )
    signer = forms.CharField(
        label=gettext_lazy("Penanda tangan"),
        max_length=150,
        help_text=gettext_lazy("Jabatan dan nama, misalnya: Camat, Arga Wiratama."),
    )
    file = forms.FileField(
        label=gettext_lazy("Pindaian atau berkas Excel"),
        help_text=gettext_lazy("PDF, foto, Excel, atau Word; paling besar 10 MB. Tanda tangannya terbaca."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.xlsx,.docx"}),
    )

    def clean_signed_on(self) -> date:
        try:
            return read_date(self.cleaned_data["signed_on"])
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None

    @property
    def source(self) -> PaperSource:
        data = self.cleaned_data
        return PaperSource(data["number"], data["signed_on"], data["signer"])


class PastScanForm(OfficerForm):
    """The scan of a paper whose rows came in from a table."""

    file = forms.FileField(
        label=gettext_lazy("Pindaian dokumen bertanda tangan"),
        help_text=format_lazy(
            "{} {}", upload_hint(SCANS), gettext_lazy("Pastikan nomor, tanda tangan, dan angkanya terbaca.")
        ),
        widget=forms.FileInput(attrs={"accept": accepted(SCANS)}),
    )


@dataclass(frozen=True, slots=True)
class CopiedRow:
    """An indicator with what was typed for it, right or wrong. Where there is a value already, nothing is typed."""

    row: PastRow
    typed: str
    target: str
    new_subject: bool
    error: str = ""
    target_error: str = ""


class CopiedForm:
    """The figures as they are copied from the paper."""

    def __init__(self, rows: Sequence[PastRow], post: QueryDict | None) -> None:
        self.source, self.post = rows, post

    @property
    def rows(self) -> list[CopiedRow]:
        found: list[CopiedRow] = []
        for row in self.source:
            fresh = not found or found[-1].row.member != row.member
            found.append(self._row(row, new_subject=fresh))
        return found

    def _row(self, row: PastRow, *, new_subject: bool) -> CopiedRow:
        sent = self._sent(row)
        version = row.version
        return CopiedRow(
            row,
            sent.typed,
            sent.target or "",
            new_subject,
            _refusal(lambda: read_past(sent.typed, version.value_type, version.scale)),
            _refusal(lambda: read_aim(sent.target or "", version.value_type, version.scale, version.unit_of_measure)),
        )

    def _sent(self, row: PastRow) -> PastInput:
        planned = row.promise.target_text or typed_number(row.promise.target)
        if self.post is None:
            return PastInput("", planned)
        return PastInput(self.post.get(f"v-{row.version.pk}", ""), self.post.get(f"t-{row.version.pk}", planned))

    @property
    def words(self) -> str:
        """What may stand in a cell instead of a number, as the papers write it."""
        return ", ".join(WORDS)

    @property
    def errors(self) -> list[CopiedRow]:
        return [row for row in self.rows if row.error or row.target_error] if self.post is not None else []

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def inputs(self) -> dict[int, PastInput]:
        """What was copied, for the indicators that have no value yet."""
        return {row.version.pk: self._sent(row) for row in self.source if row.value is None}


def _refusal(read: Callable[[], object]) -> str:
    try:
        read()
    except Refused as refusal:
        return refusal.sentence
    return ""
