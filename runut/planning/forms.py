"""The forms of the dictionary: a definition, and the targets of a year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypedDict

from django import forms
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from runut.lib.dates import in_terms
from runut.lib.errors import Refused
from runut.lib.fields import DayField, NumberField, OfficerForm
from runut.lib.numbers import typed_number
from runut.lib.reading import could_be_another
from runut.lib.spelled import read_back
from runut.organisation.models import Jabatan, Office, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.planning.actions import Aim, Change, Hangs, Place
from runut.planning.forms_predicates import PREDICATE_FIELDS, PredicateForm, values_of_scale
from runut.planning.models import (
    Aggregation,
    Cascading,
    Frequency,
    Indicator,
    IndicatorKind,
    IndicatorVersion,
    Kegiatan,
    Method,
    Plan,
    Polarity,
    Sasaran,
    Target,
    Tujuan,
    ValueKind,
    ValueType,
)  # fmt: skip
from runut.planning.rules import (
    FIELDS,
    UNITS,
    Typed,
    doubts,
    read_aim,
    read_months,
    readings,
    said_of_value,
    written_months,
)

_NAME = Subquery(IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-no").values("name")[:1])
HUNG = ("tujuan", "sasaran", "kegiatan", "serves", "jabatan")
LONG = forms.Textarea(attrs={"rows": 3})
# Numbers first, then words.
VALUES = [
    (ValueType.NUMBER.value, ValueType.NUMBER.label), *((one.value, one.label) for one in ValueKind if one != "yes_no"),
    (ValueType.ORDINAL.value, ValueType.ORDINAL.label), (ValueKind.YES_NO.value, ValueKind.YES_NO.label),
]  # fmt: skip

# The form in parts; what is in none of them stands in the first.
PARTS = (
    (_("Cara menghitung"), (
        "method", "aggregation", "decimals", "cap", "scale", "formula", "numerator", "numerator_unit", "denominator",
        "denominator_unit", "multiplier", "frequency", "months",
    )),
    (_("Predikat capaian"), PREDICATE_FIELDS),
    (_("Sumber data dan bukti"), (
        "source", "producer", "supplier", "keeper", "contact", "baseline", "baseline_year", "evidence_needed",
    )),
    (_("Lainnya"), ("why", "cascading", "links", "publishable", "notes")),
)  # fmt: skip


class IndicatorField(forms.ModelChoiceField):
    """Indicators by code and present name."""

    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Indicator)
        return f"{obj.code} · {vars(obj)['title']}"


class DefinitionForm(PredicateForm):
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
    value_type = forms.ChoiceField(label=_("Jenis nilai"), choices=VALUES, widget=forms.RadioSelect)
    scale = forms.CharField(
        label=_("Urutan predikat"), max_length=300, required=False,
        help_text=_("Untuk predikat: dari yang terendah, dipisah koma. Misalnya: D, C, CC, B, BB, A, AA."),
    )  # fmt: skip
    aggregation = forms.ChoiceField(label=_("Penggabungan triwulan menjadi setahun"), choices=Aggregation.choices)
    decimals = forms.IntegerField(label=_("Angka desimal"), min_value=0, max_value=6, initial=2)
    cap = NumberField(
        low=100,
        high=1000,
        places=2,
        label=_("Batas atas capaian (%)"),
        required=False,
        help_text=_("Kosongkan bila tidak dibatasi."),
    )
    definition = forms.CharField(
        label=_("Definisi operasional"), required=False, widget=LONG,
        help_text=_("Apa persisnya yang dihitung, dan apa yang tidak."),
    )  # fmt: skip
    formula = forms.CharField(label=_("Cara menghitung"), required=False, widget=LONG)
    numerator = forms.CharField(
        label=_("Pembilang"), max_length=200, required=False,
        help_text=_("Bila diisi bersama penyebut, formulir menanyakan keduanya dan realisasinya dihitung sendiri."),
    )  # fmt: skip
    numerator_unit = forms.CharField(label=_("Satuan pembilang"), max_length=60, required=False)
    denominator = forms.CharField(label=_("Penyebut"), max_length=200, required=False)
    denominator_unit = forms.CharField(label=_("Satuan penyebut"), max_length=60, required=False)
    multiplier = NumberField(low=1, label=_("Pengali"), initial=Decimal(100))
    frequency = forms.ChoiceField(
        label=_("Frekuensi pengukuran"), choices=Frequency.choices, initial=Frequency.QUARTERLY
    )
    months = forms.CharField(
        label=_("Bulan ukur"), max_length=120, required=False,
        help_text=_("Bila hanya diukur pada bulan tertentu, misalnya: Juni, Desember. Triwulan lainnya tidak diukur."),
    )  # fmt: skip
    source = forms.CharField(label=_("Sumber data"), max_length=200, required=False)
    producer = forms.CharField(label=_("Produsen data"), max_length=200, required=False)
    keeper = forms.ModelChoiceField(
        label=_("Unit penanggung jawab"), queryset=Unit.objects.none(), required=False,
        empty_label=_("Belum ditetapkan"),
    )  # fmt: skip
    supplier = forms.ModelChoiceField(
        label=_("Unit penyedia data"), queryset=Unit.objects.none(), required=False,
        empty_label=_("Belum ditetapkan"),
    )  # fmt: skip
    contact = forms.CharField(label=_("Narahubung"), max_length=150, required=False)
    baseline_year = forms.IntegerField(
        label=_("Tahun data dasar"), min_value=1990, max_value=2100, required=False, localize=False,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )  # fmt: skip
    baseline = forms.CharField(label=_("Data dasar (baseline)"), max_length=60, required=False)
    evidence_needed = forms.CharField(label=_("Bukti dukung wajib"), max_length=300, required=False, widget=LONG)
    why = forms.CharField(label=_("Alasan pemilihan"), required=False, widget=LONG)
    cascading = forms.ChoiceField(label=_("Jenis cascading"), choices=Cascading.choices, required=False)
    links = forms.CharField(label=_("Tautan SDGs, SPM, IKK"), max_length=120, required=False)
    publishable = forms.BooleanField(label=_("Boleh dipublikasikan"), required=False, initial=True)
    notes = forms.CharField(label=_("Keterangan"), required=False, widget=LONG)

    def __init__(self, *args: object, office: Office, last: IndicatorVersion | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in UNITS:
            kept = getattr(last, f"{name}_id") if last else None
            offered = Q(closed_on__isnull=True) | Q(pk=kept)
            offer(self, name, Unit.objects.filter(offered, office=office).order_by("code"))

    def clean_scale(self) -> list[str]:
        return [name for part in self.cleaned_data["scale"].split(",") if (name := " ".join(part.split()))]

    def clean_months(self) -> list[int]:
        try:
            return read_months(self.cleaned_data["months"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        if data.get("value_type") == ValueType.ORDINAL and len(data.get("scale") or ()) == 1:
            self.add_error("scale", _("Urutan predikat memerlukan sedikitnya dua predikat, atau kosongkan."))
        scale = [name.casefold() for name in data.get("scale") or ()]
        if len(set(scale)) < len(scale):
            self.add_error("scale", gettext("Setiap predikat hanya disebut sekali."))
        if bool(data.get("numerator")) != bool(data.get("denominator")):
            self.add_error("denominator", _("Pembilang dan penyebut diisi berpasangan."))
        return data

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        later = {name for _heading, names in PARTS for name in names}
        first = [field for field in self.visible_fields() if field.name not in later]
        rest = [(str(heading), [self[name] for name in names]) for heading, names in PARTS]
        return [(gettext("Yang diukur"), first), *rest]

    def particulars(self) -> dict[str, object]:
        found = {field: self.cleaned_data[field] for field in FIELDS if field in self.cleaned_data}
        return found | said_of_value(self.cleaned_data["value_type"], self.cleaned_data["scale"])


class HangsForm(OfficerForm):
    """Where an indicator hangs in the tree of its office."""

    tujuan = forms.ModelChoiceField(
        label=_("Tujuan yang diukur"), queryset=Tujuan.objects.none(), required=False, empty_label=_("Bukan tujuan")
    )
    sasaran = forms.ModelChoiceField(
        label=_("Sasaran yang diukur"), queryset=Sasaran.objects.none(), required=False,
        empty_label=_("Tanpa sasaran"),
    )  # fmt: skip
    kegiatan = forms.ModelChoiceField(
        label=_("Program, kegiatan, atau sub kegiatan"), queryset=Kegiatan.objects.none(), required=False,
        empty_label=_("Tidak ada"), help_text=_("Yang diukur; atau, bila sasaran dipilih, yang mendukungnya."),
    )  # fmt: skip
    serves = IndicatorField(
        label=_("Mendukung indikator"), queryset=Indicator.objects.none(), required=False,
        empty_label=_("Tidak ada"), help_text=_("Indikator di atasnya, menurut cascading."),
    )  # fmt: skip
    jabatan = forms.ModelChoiceField(
        label=_("Jabatan yang bertanggung jawab"), queryset=Jabatan.objects.none(), required=False,
        empty_label=_("Belum ditetapkan"),
    )  # fmt: skip

    def __init__(self, *args: object, office: Office, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.filter(office=office, end__isnull=True)
        offered: dict[str, QuerySet[Any]] = {
            "tujuan": Tujuan.objects.filter(plan__in=plans).order_by("plan__year", "no"),
            "sasaran": Sasaran.objects.filter(plan__in=plans).order_by("plan__year", "no"),
            "kegiatan": Kegiatan.objects.filter(office=office).order_by("code"),
            "serves": Indicator.objects.visible_to(actor).filter(office=office).annotate(title=_NAME).order_by("code"),
            "jabatan": Jabatan.objects.filter(office=office, closed_on__isnull=True).order_by("name"),
        }
        for name, rows in offered.items():
            offer(self, name, rows)

    def hangs(self) -> Hangs:
        return Hangs(**{name: self.cleaned_data[name] for name in HUNG})

    @classmethod
    def values_of_place(cls, indicator: Indicator) -> dict[str, object]:
        return {name: getattr(indicator, f"{name}_id") for name in HUNG}


class NewIndicatorForm(DefinitionForm):
    """A new indicator: who reports it, from when it holds. Where it hangs is asked by a HangsForm beside it."""

    code = forms.CharField(label=_("Kode"), max_length=40, help_text=_("Pendek dan khas, misalnya IKU-1."))
    unit = forms.ModelChoiceField(
        label=_("Dilaporkan oleh unit"), queryset=Unit.objects.none(), required=False,
        empty_label=_("Bukan unit"),
    )  # fmt: skip
    pegawai = forms.ModelChoiceField(
        label=_("Atau oleh pegawai"), queryset=Pegawai.objects.none(), required=False,
        empty_label=_("Bukan pegawai"),
    )  # fmt: skip
    start = DayField(label=_("Mulai berlaku"))

    field_order = ("code", "name", "unit", "pegawai", "start")

    def __init__(self, *args: object, office: Office, **kwargs: object) -> None:
        super().__init__(*args, office=office, last=None, **kwargs)
        offer(self, "unit", Unit.objects.filter(office=office, closed_on__isnull=True).order_by("code"))
        offer(self, "pegawai", Pegawai.objects.filter(office=office, left_on__isnull=True).order_by("name"))

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if bool(data.get("unit")) == bool(data.get("pegawai")):
            self.add_error("unit", _("Pilih satu: unit atau pegawai yang melaporkannya."))
        return data

    def place(self, hangs: Hangs) -> Place:
        """Where the indicator hangs and who reports it."""
        named = {name: self.cleaned_data[name] for name in ("code", "unit", "pegawai", "start")}
        return Place(hangs=hangs, **named)


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose among these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class Revision(TypedDict):
    start: date
    reason: str
    seen: int
    contact_seen: str


class RevisionForm(DefinitionForm):
    """A new version: what changes, from when, and why."""

    start = DayField(
        label=_("Perubahan berlaku mulai"), help_text=_("Bila hanya Narahubung yang berubah, langsung berlaku.")
    )
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        required=False,
        help_text=_("Misalnya: Renstra Perubahan 2026. Boleh kosong hanya bila Narahubung saja yang berubah."),
    )

    seen = forms.IntegerField(widget=forms.HiddenInput)
    contact_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("start", "reason")

    def revision(self) -> Revision:
        """From when, why, and over what the page showed."""
        return {
            "start": self.cleaned_data["start"],
            "reason": self.cleaned_data["reason"],
            "seen": self.cleaned_data["seen"],
            "contact_seen": self.cleaned_data["contact_seen"],
        }

    @classmethod
    def values_of(cls, version: IndicatorVersion, today: date) -> dict[str, object]:
        """The form as it opens: the present version, from today on, or from the day after its end."""
        now: dict[str, object] = {field: getattr(version, field) for field in FIELDS}
        today = max(today, version.end + timedelta(days=1)) if version.end else today
        opens = {
            "scale": ", ".join(version.scale), "months": written_months(version.months), "start": today,
            "seen": version.no, "contact_seen": version.contact, "value_type": version.value_kind or version.value_type,
        }  # fmt: skip
        return now | values_of_scale(version) | opens


class TargetsForm(OfficerForm):
    """The targets of one year. A dash says that nothing is measured then; what is left empty has no target yet."""

    basis = forms.CharField(
        label=_("Dasar"),
        max_length=200,
        required=False,
        help_text=_("Dokumen yang menetapkannya, misalnya PK 2026 atau PK Perubahan 2026."),
    )

    def __init__(self, *args: object, known: dict[int, Target], version: IndicatorVersion, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.known = version, known
        words = ("I", "II", "III", "IV")
        for quarter in range(5):
            row = known.get(quarter)
            label = _("Target triwulan %(no)s") % {"no": words[quarter - 1]} if quarter else _("Target setahun")
            label = in_terms(str(label), version.indicator.office.terms)
            look = forms.TextInput(attrs={"class": "w-short num", "inputmode": "decimal"})
            self.fields[f"q{quarter}"] = forms.CharField(
                label=label, required=False, max_length=60, initial=_typed(row), widget=look
            )
            # What the page showed: only what was changed there is written, and not over somebody else's change.
            shown = forms.CharField(required=False, initial=_typed(row), widget=forms.HiddenInput)
            self.fields[f"was{quarter}"] = shown
            # What was read back once: sent again as it is, it is meant so.
            self.fields[f"read{quarter}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.order_fields([*(f"q{quarter}" for quarter in range(5)), "basis"])

    def changes(self) -> dict[int, Change] | None:
        """The targets that were changed, with what the page had shown; None with the errors in the form."""
        found = {}
        for quarter in range(5):
            typed, shown = self.cleaned_data[f"q{quarter}"], self.cleaned_data[f"was{quarter}"]
            if typed == shown:
                continue
            try:
                found[quarter] = Change(self._aim(typed), self._aim(shown) if shown else None)
            except Refused as refusal:
                self.add_error(f"q{quarter}", refusal.sentence)
        for quarter, change in found.items():
            self._ask_back(quarter, change.to.amount)
        return None if self.errors else found

    def _ask_back(self, quarter: int, amount: Decimal | None) -> None:
        """Say how a number was read that may have been meant as another; the same once more is taken so."""
        typed = self.cleaned_data[f"q{quarter}"]
        if amount is None or not could_be_another(typed) or self.cleaned_data[f"read{quarter}"] == typed:
            return
        words = {"typed": typed, "read": read_back(typed, amount)}
        sentence = gettext("“%(typed)s” %(read)s. Bila benar, simpan sekali lagi; bila bukan, perbaiki.")
        self.add_error(f"q{quarter}", sentence % words)
        self.data = {name: self.data.get(name) for name in self.data} | {self.add_prefix(f"read{quarter}"): typed}

    def remarks(self, changes: dict[int, Change]) -> tuple[list[str], list[str]]:
        """How what was typed was understood, and what is odd about the targets of the year now."""
        now = {quarter: Typed("", row.amount, row.text) for quarter, row in self.known.items()}
        new = {no: Typed(self.cleaned_data[f"q{no}"], each.to.amount, each.to.text) for no, each in changes.items()}
        return readings(new), doubts({**now, **new}, self.version.polarity, self.version.aggregation)

    def _aim(self, text: str) -> Aim:
        return Aim(*read_aim(text, self.version.value_type, self.version.scale, self.version.unit_of_measure))


def _typed(row: Target | None) -> str:
    if row is None:
        return ""
    return row.text or typed_number(row.amount) or "-"
