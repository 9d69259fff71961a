"""The forms of the dictionary: a definition, and the targets of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runut.lib.errors import Refused
from runut.lib.fields import DayField, NumberField, OfficerForm
from runut.lib.numbers import typed_number
from runut.lib.reading import fits, read_quantity
from runut.organisation.models import Office, Pegawai, Unit
from runut.planning.actions import FIELDS, Aim, Place
from runut.planning.models import (
    Aggregation,
    Frequency,
    IndicatorKind,
    IndicatorVersion,
    Level,
    Method,
    Polarity,
    Sasaran,
    Target,
    ValueType,
)  # fmt: skip

LONG = forms.Textarea(attrs={"rows": 3})

# The form in parts; what is in none of them stands in the first.
PARTS = (
    (_("Cara menghitung"), (
        "method", "aggregation", "decimals", "cap", "scale", "formula", "numerator", "denominator", "multiplier",
        "frequency",
    )),
    (_("Sumber data dan bukti"), (
        "source", "producer", "keeper", "contact", "baseline", "baseline_year", "evidence_needed",
    )),
    (_("Lainnya"), ("why", "links", "publishable", "notes")),
)  # fmt: skip


class DefinitionForm(OfficerForm):
    """What a version of an indicator says. `particulars` gives it as the actions take it."""

    name = forms.CharField(
        label=_("Nama indikator"),
        max_length=300,
        help_text=_("Misalnya: Indeks Kepuasan Masyarakat."),
    )
    unit_of_measure = forms.CharField(
        label=_("Satuan"), max_length=60, help_text=_("Misalnya: indeks, %, desa, dokumen.")
    )
    kind = forms.ChoiceField(label=_("Macam"), choices=IndicatorKind.choices)
    polarity = forms.ChoiceField(label=_("Arah"), choices=Polarity.choices, widget=forms.RadioSelect)
    method = forms.ChoiceField(label=_("Cara menghitung capaian"), choices=Method.choices, required=False)
    value_type = forms.ChoiceField(label=_("Jenis nilai"), choices=ValueType.choices, widget=forms.RadioSelect)
    scale = forms.CharField(
        label=_("Urutan predikat"), max_length=300, required=False,
        help_text=_("Untuk predikat: dari yang terendah, dipisah koma. Misalnya: D, C, CC, B, BB, A, AA."),
    )  # fmt: skip
    aggregation = forms.ChoiceField(label=_("Penggabungan triwulan menjadi setahun"), choices=Aggregation.choices)
    decimals = forms.IntegerField(label=_("Angka desimal"), min_value=0, max_value=6, initial=2)
    cap = NumberField(
        label=_("Batas atas capaian (%)"),
        required=False,
        help_text=_("Kosongkan bila tidak dibatasi."),
    )
    definition = forms.CharField(
        label=_("Definisi operasional"), required=False, widget=LONG,
        help_text=_("Apa persisnya yang dihitung, dan apa yang tidak."),
    )  # fmt: skip
    formula = forms.CharField(label=_("Cara menghitung"), required=False, widget=LONG)
    numerator = forms.CharField(label=_("Pembilang"), max_length=200, required=False)
    denominator = forms.CharField(label=_("Penyebut"), max_length=200, required=False)
    multiplier = NumberField(label=_("Pengali"), initial=Decimal(100))
    frequency = forms.ChoiceField(
        label=_("Frekuensi pengukuran"), choices=Frequency.choices, initial=Frequency.QUARTERLY
    )
    source = forms.CharField(label=_("Sumber data"), max_length=200, required=False)
    producer = forms.CharField(label=_("Produsen data"), max_length=200, required=False)
    keeper = forms.ModelChoiceField(
        label=_("Unit penanggung jawab"), queryset=Unit.objects.none(), required=False,
        empty_label=_("Belum ditetapkan"),
    )  # fmt: skip
    contact = forms.CharField(label=_("Narahubung"), max_length=150, required=False)
    baseline_year = forms.IntegerField(
        label=_("Tahun data dasar"), min_value=1990, max_value=2100, required=False, localize=False,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )  # fmt: skip
    baseline = forms.CharField(label=_("Data dasar (baseline)"), max_length=60, required=False)
    evidence_needed = forms.CharField(label=_("Bukti dukung wajib"), max_length=300, required=False)
    why = forms.CharField(label=_("Alasan pemilihan"), required=False, widget=LONG)
    links = forms.CharField(label=_("Tautan SDGs, SPM, IKK"), max_length=120, required=False)
    publishable = forms.BooleanField(label=_("Boleh dipublikasikan"), required=False, initial=True)
    notes = forms.CharField(label=_("Keterangan"), required=False, widget=LONG)

    def __init__(self, *args: object, office: Office, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        keeper = self.fields["keeper"]
        assert isinstance(keeper, forms.ModelChoiceField)
        keeper.queryset = Unit.objects.filter(office=office, closed_on__isnull=True).order_by("code")

    def clean_scale(self) -> list[str]:
        return [name for part in self.cleaned_data["scale"].split(",") if (name := " ".join(part.split()))]

    def clean(self) -> dict[str, object]:
        data = self.cleaned_data
        if data.get("value_type") == ValueType.ORDINAL and len(data.get("scale") or ()) == 1:
            self.add_error("scale", _("Urutan predikat memerlukan sedikitnya dua predikat, atau kosongkan."))
        if bool(data.get("numerator")) != bool(data.get("denominator")):
            self.add_error("denominator", _("Pembilang dan penyebut diisi berpasangan."))
        return data

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        later = {name for _heading, names in PARTS for name in names}
        first = [self[name] for name in self.fields if name not in later]
        rest = [(str(heading), [self[name] for name in names]) for heading, names in PARTS]
        return [(gettext("Yang diukur"), first), *rest]

    def particulars(self) -> dict[str, object]:
        return {field: self.cleaned_data[field] for field in FIELDS if field in self.cleaned_data}


class NewIndicatorForm(DefinitionForm):
    """A new indicator: where it hangs, who reports it, from when it holds."""

    code = forms.CharField(label=_("Kode"), max_length=40, help_text=_("Pendek dan khas, misalnya IKU-1."))
    level = forms.ChoiceField(label=_("Tingkat"), choices=Level.choices, initial=Level.SASARAN)
    sasaran = forms.ModelChoiceField(
        label=_("Sasaran"), queryset=Sasaran.objects.none(), required=False,
        empty_label=_("Tanpa sasaran"),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Dilaporkan oleh unit"), queryset=Unit.objects.none(), required=False,
        empty_label=_("Bukan unit"),
    )  # fmt: skip
    pegawai = forms.ModelChoiceField(
        label=_("Atau oleh pegawai"), queryset=Pegawai.objects.none(), required=False,
        empty_label=_("Bukan pegawai"),
    )  # fmt: skip
    start = DayField(label=_("Mulai berlaku"))

    field_order = ("code", "name", "level", "sasaran", "unit", "pegawai", "start")

    def __init__(self, *args: object, office: Office, **kwargs: object) -> None:
        super().__init__(*args, office=office, **kwargs)
        offered = {
            "sasaran": Sasaran.objects.filter(plan__office=office).order_by("plan__year", "no"),
            "unit": Unit.objects.filter(office=office, closed_on__isnull=True).order_by("code"),
            "pegawai": Pegawai.objects.filter(office=office, left_on__isnull=True).order_by("name"),
        }
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if bool(data.get("unit")) == bool(data.get("pegawai")):
            self.add_error("unit", _("Pilih satu: unit atau pegawai yang melaporkannya."))
        return data

    def place(self) -> Place:
        """Where the indicator hangs and who reports it."""
        named = ("code", "level", "sasaran", "unit", "pegawai", "start")
        return Place(**{name: self.cleaned_data[name] for name in named})


class RevisionForm(DefinitionForm):
    """A new version: what changes, from when, and why."""

    start = DayField(label=_("Perubahan berlaku mulai"))
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        help_text=_("Misalnya: Renstra Perubahan 2026."),
    )

    field_order = ("start", "reason")

    @classmethod
    def values_of(cls, version: IndicatorVersion, today: date) -> dict[str, object]:
        """The form as it opens: the present version, from today on."""
        now: dict[str, object] = {field: getattr(version, field) for field in FIELDS}
        return now | {"scale": ", ".join(version.scale), "start": today}


class TargetsForm(OfficerForm):
    """The targets of one year. A quarter that is left empty is not measured."""

    basis = forms.CharField(
        label=_("Dasar"), max_length=200, required=False,
        help_text=_("Dokumen yang menetapkannya, misalnya PK 2026 atau PK Perubahan 2026."),
    )  # fmt: skip

    def __init__(self, *args: object, known: dict[int, Target], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        words = ("I", "II", "III", "IV")
        for quarter in range(5):
            row = known.get(quarter)
            label = _("Target triwulan %(no)s") % {"no": words[quarter - 1]} if quarter else _("Target setahun")
            self.fields[f"q{quarter}"] = forms.CharField(
                label=label, required=False, max_length=60, initial=_typed(row),
                widget=forms.TextInput(attrs={"class": "w-short num", "inputmode": "decimal"}),
            )  # fmt: skip
        self.order_fields(["q0", "q1", "q2", "q3", "q4", "basis"])

    def aims(self, value_type: str) -> dict[int, Aim] | None:
        """The targets as typed; None with the errors in the form."""
        found = {}
        for quarter in range(5):
            try:
                found[quarter] = _aim(self.cleaned_data[f"q{quarter}"], value_type)
            except Refused as refusal:
                self.add_error(f"q{quarter}", refusal.sentence)
        return None if self.errors else found


def _typed(row: Target | None) -> str:
    return "" if row is None else row.text or typed_number(row.amount)


def _aim(text: str, value_type: str) -> Aim:
    """A target as it was typed: a number, or a range or bound as it was understood, or a predicate."""
    if value_type == ValueType.ORDINAL:
        return Aim(text=" ".join(text.split()))
    found = read_quantity(text)
    if found is None:
        return Aim()
    if not fits(found.low) or not fits(found.high):
        raise Refused(gettext("Angka ini terlalu panjang: paling banyak 18 angka, dan 6 angka di belakang koma."))
    if found.is_exact:
        return Aim(found.low)
    return Aim(text=found.echo)
