"""The forms of plans, their objectives, activities, money, and the register of documents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.dates import in_terms
from runut.lib.fields import DayField, NumberField, OfficerForm
from runut.organisation.models import Office, Pegawai, Unit
from runut.planning.actions import Deed, Drawn, Named
from runut.planning.forms import offer
from runut.planning.models import DocumentKind, Kegiatan, Plan, PlanKind, Sasaran, Tujuan
from runut.planning.rules import NOMENCLATURES, SEVERAL_YEARS, Typed, readings

RUPIAH = 10**15
QUARTERS = ("I", "II", "III", "IV")


class YearField(forms.IntegerField):
    """A year of four digits, never grouped."""

    widget = forms.NumberInput(attrs={"class": "w-short"})

    def __init__(self, **kwargs: object) -> None:
        super().__init__(min_value=2000, max_value=2100, localize=False, **kwargs)  # type: ignore[arg-type]


class PlanForm(OfficerForm):
    """A new planning document."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=PlanKind.choices)
    title = forms.CharField(
        label=_("Judul"), max_length=200, help_text=_("Misalnya: Perjanjian Kinerja Kecamatan Contoh 2026.")
    )
    year = YearField(label=_("Tahun"))
    last_year = YearField(
        label=_("Sampai tahun"), required=False, help_text=_("Hanya untuk Renstra: tahun terakhirnya.")
    )
    start = DayField(label=_("Mulai berlaku"))
    legal_basis = forms.CharField(
        label=_("Dasar"), max_length=200, required=False, help_text=_("Nomor dan tanggal dokumennya.")
    )

    def drawn(self) -> Drawn:
        return Drawn(**{name: self.cleaned_data[name] for name in self.fields})


class PlanRevisionForm(OfficerForm):
    """The next version of a plan: from when, by what, and why."""

    start = DayField(label=_("Perubahan berlaku mulai"))
    legal_basis = forms.CharField(
        label=_("Dasar perubahan"), max_length=200, help_text=_("Nomor dan tanggal dokumennya.")
    )
    reason = forms.CharField(label=_("Alasan perubahan"), max_length=300)
    last_year = YearField(
        label=_("Sampai tahun"), required=False, help_text=_("Tahun terakhirnya. Kosongkan bila tetap.")
    )

    def __init__(self, *args: object, plan: Plan, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last_year"] = plan.last_year
        if plan.kind not in SEVERAL_YEARS:
            del self.fields["last_year"]


class WithdrawalForm(OfficerForm):
    """Why a registered document is taken back."""

    reason = forms.CharField(
        label=_("Alasan ditarik"), max_length=300,
        help_text=_(
            "Misalnya: terdaftar dua kali. Barisnya tetap tampil sebagai ditarik, dan berkasnya tetap dapat dibaca. "
            "Untuk membetulkan isinya, tarik dahulu, lalu daftarkan lagi."
        ),
    )  # fmt: skip


class GoalForm(OfficerForm):
    text = forms.CharField(label=_("Tujuan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ObjectiveForm(OfficerForm):
    """One more objective of a plan."""

    text = forms.CharField(
        label=_("Sasaran"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hasil yang dapat diukur, misalnya: Meningkatnya kualitas pelayanan publik."),
    )  # fmt: skip
    goal = forms.ModelChoiceField(
        label=_("Tujuan yang didukung"), queryset=Tujuan.objects.none(), required=False,
        empty_label=_("Langsung di bawah dokumen"),
    )  # fmt: skip

    def __init__(self, *args: object, plan: Plan, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "goal", Tujuan.objects.filter(plan=plan).order_by("no"))


class RewordForm(OfficerForm):
    text = forms.CharField(label=_("Bunyinya"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label=_("Alasan ditulis ulang"), max_length=300,
        help_text=_("Bunyi yang lama tetap dapat dibaca di halaman dokumennya, bersama alasan ini."),
    )  # fmt: skip


class ActivityForm(OfficerForm):
    """What an activity is called, whose it is, and which objective it serves."""

    name = forms.CharField(label=_("Nama"), max_length=250)
    unit = forms.ModelChoiceField(
        label=_("Unit pelaksana"), queryset=Unit.objects.none(), required=False, empty_label=_("Belum ditetapkan")
    )
    sasaran = forms.ModelChoiceField(
        label=_("Sasaran yang didukung"), queryset=Sasaran.objects.none(), required=False,
        empty_label=_("Belum ditetapkan"), help_text=_("Untuk program. Kegiatan di bawahnya mengikuti."),
    )  # fmt: skip

    def __init__(self, *args: object, office: Office, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", Unit.objects.filter(office=office, closed_on__isnull=True).order_by("code"))
        open_ones = Sasaran.objects.filter(plan__office=office, plan__end__isnull=True).select_related("plan")
        offer(self, "sasaran", open_ones.order_by("plan__year", "no"))

    def named(self) -> Named:
        return Named(self.cleaned_data["name"], self.cleaned_data["unit"], self.cleaned_data["sasaran"])

    @classmethod
    def values_of(cls, kegiatan: Kegiatan) -> dict[str, object]:
        return {"name": kegiatan.name, "unit": kegiatan.unit_id, "sasaran": kegiatan.sasaran_id}


class NewActivityForm(ActivityForm):
    """A new program, kegiatan or sub kegiatan."""

    code = forms.CharField(
        label=_("Kode"), max_length=20,
        help_text=_("Program 7.01.02, kegiatan 7.01.02.2.01, sub kegiatan 7.01.02.2.01.0001."),
    )  # fmt: skip
    nomenclature = forms.ChoiceField(label=_("Nomenklatur"), choices=[(one.key, one.title) for one in NOMENCLATURES])

    field_order = ("code", "nomenclature", "name")


class BudgetForm(OfficerForm):
    """The money of an activity in one year. What is left as it is, is not written again."""

    basis = forms.CharField(
        label=_("Dasar"), max_length=200, required=False, help_text=_("Misalnya DPA 2026 atau DPPA 2026.")
    )
    why_over = forms.CharField(
        label=_("Alasan realisasi melebihi pagu"), max_length=300, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: object, known: dict[int, Decimal], terms: Mapping[str, object], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for quarter in range(5):
            words = {"no": QUARTERS[quarter - 1]}
            label = _("Realisasi sampai triwulan %(no)s (Rp)") % words if quarter else _("Pagu setahun (Rp)")
            label = in_terms(str(label), terms)
            self.fields[f"q{quarter}"] = NumberField(
                high=RUPIAH, places=2, label=label, required=False, initial=known.get(quarter),
                widget=forms.TextInput(attrs={"class": "w-medium num", "inputmode": "decimal"}),
            )  # fmt: skip
        self.order_fields([*(f"q{quarter}" for quarter in range(5)), "why_over", "basis"])
        if self.is_bound and self["why_over"].data:
            self.ask_why_over()

    def ask_why_over(self) -> None:
        """Show the field for the reason; it stays hidden as long as nothing is over."""
        self.fields["why_over"].required = True
        self.fields["why_over"].widget = forms.TextInput(attrs={"maxlength": 300})

    def amounts(self) -> dict[int, Decimal]:
        """By quarter, what was typed; what is empty is not known."""
        typed = {quarter: self.cleaned_data[f"q{quarter}"] for quarter in range(5)}
        return {quarter: amount for quarter, amount in typed.items() if amount is not None}

    def understood(self) -> list[str]:
        """How what was changed was read, where it could have been meant as another amount."""
        changed = {no: amount for no, amount in self.amounts().items() if f"q{no}" in self.changed_data}
        return readings({no: Typed(str(self[f"q{no}"].data), amount) for no, amount in changed.items()})


class StakeholderForm(OfficerForm):
    """The PPTK of an activity from a day on."""

    pegawai = forms.ModelChoiceField(label=_("PPTK"), queryset=Pegawai.objects.none(), empty_label=_("Pilih pegawai"))
    start = DayField(label=_("Mulai"))
    decree = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)

    def __init__(self, *args: object, office: Office, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "pegawai", Pegawai.objects.filter(office=office, left_on__isnull=True).order_by("name"))


class RegisterForm(OfficerForm):
    """A planning document for the register."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=DocumentKind.choices)
    title = forms.CharField(label=_("Judul"), max_length=200)
    year = YearField(label=_("Tahun"))
    last_year = YearField(
        label=_("Sampai tahun"), required=False, help_text=_("Untuk dokumen beberapa tahun, misalnya Renstra.")
    )
    pegawai = forms.ModelChoiceField(
        label=_("Pegawai"), queryset=Pegawai.objects.none(), required=False, empty_label=_("Dokumen kantor"),
        help_text=_("Hanya untuk PK individu, IKI, dan Rencana Aksi individu."),
    )  # fmt: skip
    number = forms.CharField(label=_("Nomor"), max_length=80, required=False)
    signed_on = DayField(label=_("Tanggal"), required=False)
    file = forms.FileField(label=_("Berkas PDF"), required=False)
    link = forms.URLField(label=_("Atau tautannya"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: object, office: Office, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "pegawai", Pegawai.objects.filter(office=office, left_on__isnull=True).order_by("name"))

    def deed(self) -> Deed:
        return Deed(**{name: self.cleaned_data[name] for name in self.fields if name != "file"})
