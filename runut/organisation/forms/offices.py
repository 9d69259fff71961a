"""Positions, working hours, holidays."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.lib.fields import DayField, OfficerForm
from runut.organisation.models import HolidayKind, Jabatan, JabatanKind, Unit
from runut.organisation.rules import WEEKDAYS, minute_of

ZONES = [("Asia/Jakarta", _("WIB")), ("Asia/Makassar", _("WITA")), ("Asia/Jayapura", _("WIT"))]
DAY_NAMES = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))
Spans = list[list[str]]


class JabatanForm(OfficerForm):
    name = forms.CharField(label=_("Nama jabatan"), max_length=150)
    short_name = forms.CharField(label=_("Nama singkat"), max_length=60, required=False)
    code = forms.CharField(label=_("Kode"), max_length=40, help_text=_("Pendek dan khas, misalnya KASI-YAN."))
    kind = forms.ChoiceField(label=_("Jenis"), choices=JabatanKind.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("Langsung di bawah kantor")
    )
    superior = forms.ModelChoiceField(
        label=_("Jabatan atasan"), queryset=Jabatan.objects.none(), required=False, empty_label=_("Tidak ada")
    )
    heads_office = forms.BooleanField(label=_("Pimpinan kantor"), required=False)
    heads_unit = forms.BooleanField(label=_("Kepala unit"), required=False)
    single_holder = forms.BooleanField(label=_("Hanya satu pemangku"), required=False, initial=True)

    def __init__(self, *args: object, office_id: int, but: int | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        unit, superior = self.fields["unit"], self.fields["superior"]
        assert isinstance(unit, forms.ModelChoiceField) and isinstance(superior, forms.ModelChoiceField)
        unit.queryset = Unit.objects.filter(office_id=office_id, closed_on__isnull=True).order_by("code")
        others = Jabatan.objects.filter(office_id=office_id, closed_on__isnull=True).exclude(pk=but or 0)
        superior.queryset = others.order_by("name")


class UnitForm(OfficerForm):
    name = forms.CharField(label=_("Nama unit"), max_length=150)
    code = forms.CharField(label=_("Kode"), max_length=40, help_text=_("Pendek dan khas, misalnya SEK atau PEM."))
    parent = forms.ModelChoiceField(
        label=_("Di bawah unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Langsung di bawah kantor"),
    )
    supplies_data = forms.BooleanField(label=_("Menyuplai data kinerja"), required=False)

    def __init__(self, *args: object, offered: Collection[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Unit.objects.filter(pk__in=offered).order_by("code")


class CloseForm(OfficerForm):
    """The end of a unit or a position, and on what basis."""

    on = DayField(label=_("Ditutup per tanggal"))
    reason = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor peraturan atau SK."))


class HoursField(forms.CharField):
    """One day's hours, "07.30-12.00, 13.00-16.00"; empty is closed. Gives pairs of clock times."""

    def to_python(self, value: object) -> Spans:  # type: ignore[override]
        text = super().to_python(value) or ""
        try:
            spans = [self._span(part) for part in text.replace(";", ",").split(",") if part.strip()]
        except ValueError as error:
            raise forms.ValidationError(_("Tulis seperti 07.30-12.00, 13.00-16.00. Kosongkan bila libur.")) from error
        minutes = [minute_of(clock) for span in spans for clock in span]
        if any(later <= earlier for earlier, later in pairwise(minutes)):
            raise forms.ValidationError(_("Jam harus berurutan, dengan jeda di antara dua masa kerja."))
        return spans

    def prepare_value(self, value: object) -> object:
        if isinstance(value, list):
            return ", ".join(f"{start}-{end}" for start, end in value)
        return value

    def _span(self, part: str) -> list[str]:
        start, sign, end = part.replace("–", "-").partition("-")
        if not sign:
            raise ValueError("a span has two ends")
        return [_clock(start), _clock(end)]


def _clock(text: str) -> str:
    minute = minute_of(text)
    return f"{minute // 60:02d}.{minute % 60:02d}"


class CalendarForm(OfficerForm):
    """Zone, and hours per weekday, also in Ramadan. Fields are `day_0` (Monday) and `ramadan_0`."""

    zone = forms.ChoiceField(label=_("Zona waktu"), choices=ZONES, widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for day in WEEKDAYS:
            ramadan = _("%(day)s, Ramadan") % {"day": DAY_NAMES[day]}
            for name, label in ((f"day_{day}", DAY_NAMES[day]), (f"ramadan_{day}", ramadan)):
                widget = forms.TextInput(attrs={"aria-label": label})
                self.fields[name] = HoursField(
                    label=label, required=False, max_length=80, empty_value="", widget=widget
                )

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Per weekday its name, its usual hours and those in Ramadan."""
        return [(str(DAY_NAMES[day]), self[f"day_{day}"], self[f"ramadan_{day}"]) for day in WEEKDAYS]

    def hours(self, prefix: str) -> dict[str, Spans]:
        found = {str(day): self.cleaned_data[f"{prefix}_{day}"] for day in WEEKDAYS}
        return {day: spans for day, spans in found.items() if spans}


class HolidayForm(OfficerForm):
    day = DayField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=HolidayKind.choices)
    only_here = forms.BooleanField(label=_("Hanya untuk kantor ini"), required=False)
    source = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor SKB atau surat edaran."))


class SeasonForm(OfficerForm):
    start = DayField(label=_("Mulai"))
    end = DayField(label=_("Sampai"))
    source = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor surat edaran."))


class ReasonForm(OfficerForm):
    reason = forms.CharField(label=_("Alasan"), max_length=200)


class YearForm(OfficerForm):
    year = forms.IntegerField(
        label=_("Tahun"),
        min_value=2020,
        max_value=2100,
        localize=False,
        widget=forms.NumberInput(attrs={"class": "w-short"}),
    )
