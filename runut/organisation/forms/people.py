"""People and the positions they hold."""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.errors import Refused
from runut.lib.fields import DayField, OfficerForm
from runut.lib.nip import read_nip
from runut.organisation.models import AssignmentKind, EndCause, Jabatan, LeaveKind, Office, Pegawai
from runut.organisation.rules import mobile_number


class MobileField(forms.CharField):
    """An Indonesian mobile number, or nothing; as chat addresses write it."""

    def clean(self, value: object) -> str:
        try:
            return mobile_number(str(super().clean(value)))
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused


class PegawaiForm(OfficerForm):
    """A person's data; `offices` are those one may add people to."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=None)
    nip = forms.CharField(
        label=_("NIP"),
        help_text=_("18 angka, boleh dengan spasi."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-medium"}),
    )
    name = forms.CharField(label=_("Nama tanpa gelar"), max_length=120)
    title_front = forms.CharField(label=_("Gelar depan"), max_length=40, required=False)
    title_back = forms.CharField(label=_("Gelar belakang"), max_length=60, required=False)
    rank = forms.CharField(label=_("Pangkat"), max_length=60, required=False)
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        error_messages={"invalid": _("Tulis surel yang lengkap, misalnya nama@contoh.go.id.")},
    )
    whatsapp = MobileField(label=_("Nomor WhatsApp"), max_length=30, required=False)

    def __init__(self, *args: object, offices: Collection[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        office = self.fields["office"]
        assert isinstance(office, forms.ModelChoiceField)
        office.queryset = Office.objects.filter(pk__in=offices).order_by("name")
        if len(offices) == 1:
            office.widget = office.hidden_widget()
            self.initial.setdefault("office", next(iter(offices)))

    def clean_nip(self) -> str:
        try:
            return read_nip(str(self.cleaned_data["nip"])).digits
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused


class AssignForm(OfficerForm):
    jabatan = forms.ModelChoiceField(
        label=_("Jabatan"), queryset=Jabatan.objects.none(), empty_label=_("Pilih jabatan")
    )
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=AssignmentKind.choices, initial=AssignmentKind.DEFINITIF, widget=forms.RadioSelect
    )
    start = DayField(label=_("Mulai"))
    end = DayField(label=_("Sampai"), required=False, help_text=_("Kosongkan bila belum ditentukan."))
    decree_number = forms.CharField(
        label=_("Nomor SK atau surat perintah"),
        max_length=80,
        required=False,
        help_text=_("Wajib untuk Plt. dan Plh."),
    )

    def __init__(self, *args: object, offices: Collection[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        jabatan = self.fields["jabatan"]
        assert isinstance(jabatan, forms.ModelChoiceField)
        jabatan.queryset = Jabatan.objects.filter(office_id__in=offices, closed_on__isnull=True).order_by("code")


class HolderForm(AssignForm):
    """The same, asked from the position: who is to hold it."""

    pegawai = forms.ModelChoiceField(
        label=_("Pemangku"), queryset=Pegawai.objects.none(), empty_label=_("Pilih pegawai")
    )
    field_order = ("pegawai",)

    def __init__(self, *args: object, offices: Collection[int], **kwargs: object) -> None:
        super().__init__(*args, offices=offices, **kwargs)
        del self.fields["jabatan"]
        pegawai = self.fields["pegawai"]
        assert isinstance(pegawai, forms.ModelChoiceField)
        pegawai.queryset = Pegawai.objects.filter(office_id__in=offices, left_on__isnull=True).order_by("name", "pk")


class CloseForm(OfficerForm):
    end = DayField(label=_("Hari terakhir"))
    cause = forms.ChoiceField(
        label=_("Sebab berakhir"),
        choices=[("", _("Tidak disebutkan")), *EndCause.choices],
        required=False,
        help_text=_("Tampil pada pengumpulan data: yang pensiun atau pindah tidak ditunggu lagi."),
    )
    reason = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor SK mutasi atau pensiun."))


class LeaveForm(OfficerForm):
    kind = forms.ChoiceField(label=_("Jenis cuti"), choices=LeaveKind.choices)
    start = DayField(label=_("Mulai"))
    end = DayField(label=_("Sampai"), help_text=_("Hari terakhir cuti."))
    letter_number = forms.CharField(label=_("Nomor surat cuti"), max_length=80, required=False)


class SuperiorForm(OfficerForm):
    """Any person of the same government may be named; typed by NIP, since the head's superior sits elsewhere."""

    nip = forms.CharField(
        label=_("NIP atasan langsung"),
        max_length=40,
        required=False,
        help_text=_("Kosongkan bila tidak ada atasan di pemerintah daerah ini."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-medium"}),
    )
    start = DayField(label=_("Mulai"))
    end = DayField(label=_("Sampai"), required=False)
    reason = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor SK atau nota dinas."))

    def __init__(self, *args: object, instansi_id: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.instansi_id = instansi_id
        self.superior: Pegawai | None = None

    def clean_nip(self) -> str:
        text = str(self.cleaned_data["nip"] or "").strip()
        if not text:
            return ""
        try:
            digits = read_nip(text).digits
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        self.superior = Pegawai.objects.filter(nip=digits, instansi_id=self.instansi_id).first()
        if self.superior is None:
            raise forms.ValidationError(_("NIP ini belum terdaftar. Daftarkan dahulu pegawainya."))
        return digits
