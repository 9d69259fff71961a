"""What people type about procedures, runs and tasks. Whether it may happen is decided by the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runut.lib.errors import Refused
from runut.lib.fields import DayField, OfficerForm
from runut.lib.uploads import accepted, upload_hint
from runut.organisation.models import Jabatan, Office, Pegawai
from runut.organisation.queries import active_pegawai, local_day
from runut.sop.actions.particulars import Attachment, read_attachment
from runut.sop.models import SopVersion, Task
from runut.sop.permissions import has_already, held_now, side_by_side
from runut.sop.rules.definition import Definition, Header

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SOP_FILE_BYTES = 1_000_000


class AttachmentField(forms.FileField):
    """One file; cleaned to an Attachment that is what its name says."""

    widget = forms.FileInput(attrs={"accept": accepted()})

    def clean(self, data: UploadedFile | None, initial: object = None) -> Attachment | None:
        sent = super().clean(data, initial)
        if not sent:
            return None
        try:
            return read_attachment(sent)
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from refusal


class WorkForm(OfficerForm):
    """The particulars of a step; `particulars` gives them as its action takes them.

    `needed` names the fields that a step cannot go on without; a return needs its reason only.
    recorded: what was typed the last time, with which a new round begins.
    """

    needed: ClassVar[dict[str, StrOrPromise]] = {}

    def __init__(
        self, *args: Any, recorded: Mapping[str, object] = MappingProxyType({}), returning: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=self.begins(recorded), **kwargs)
        for name, sentence in self.needed.items():
            self.fields[name].required = not returning
            self.fields[name].error_messages["required"] = sentence

    def begins(self, recorded: Mapping[str, object]) -> dict[str, object]:
        """The fields as they stand before anything is typed."""
        return {name: recorded[name] for name in self.base_fields if name in recorded}

    def particulars(self) -> dict[str, object]:
        raise AssertionError("each kind of work says what its particulars are")


class DoForm(WorkForm):
    needed: ClassVar = {"note": _("Tulis apa yang sudah dikerjakan, supaya pelaksana berikutnya tahu.")}

    note = forms.CharField(
        label=_("Yang sudah dikerjakan"),
        help_text=_("Tulis singkat hasilnya, misalnya: daftar barang sudah dicocokkan, dua belas baris."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = AttachmentField(label=_("Lampiran"), help_text=upload_hint(), required=False)

    def particulars(self) -> dict[str, object]:
        file = self.cleaned_data["file"]
        return {"note": self.cleaned_data["note"], "files": [file] if file else []}


class CoordinateForm(WorkForm):
    WAYS = (
        ("langsung", _("Bertemu langsung")),
        ("telepon", _("Telepon atau pesan")),
        ("surat", _("Surat atau nota dinas")),
        ("rapat", _("Rapat")),
    )
    needed: ClassVar = {
        "to": _("Pilih sedikitnya satu orang yang Anda hubungi."),
        "note": _("Tulis apa yang Anda sampaikan."),
        "answer": _("Tulis tanggapan atau tanda terima dari yang dihubungi."),
    }

    to = forms.TypedMultipleChoiceField(
        label=_("Disampaikan kepada"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(label=_("Cara"), choices=WAYS, initial="langsung", widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Yang disampaikan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer = forms.CharField(
        label=_("Tanggapan atau tanda terima"),
        help_text=_("Misalnya: sudah diterima dan dipahami, atau nomor tanda terimanya."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    file = AttachmentField(label=_("Lampiran"), help_text=upload_hint(), required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        named: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        """people: id and words of whom one may name. named: those whose turn comes next, ticked already.

        Those get the task itself: that it arrived is written where somebody else was told.
        """
        super().__init__(*args, **kwargs)
        self.fields["way"].required = self.fields["to"].required
        if named:
            self.fields["answer"].required = False
            self.fields["answer"].help_text = _(
                "Perlu ditulis bila Anda memilih orang selain yang mendapat giliran berikutnya. Misalnya: sudah "
                "diterima dan dipahami, atau nomor tanda terimanya."
            )
        self.fields["to"].choices = people  # type: ignore[attr-defined]
        self.fields["to"].initial = list(named)

    def begins(self, recorded: Mapping[str, object]) -> dict[str, object]:
        told = super().begins(recorded)
        if isinstance(people := told.get("to"), list):
            told["to"] = [person["id"] for person in people]
        return told

    def particulars(self) -> dict[str, object]:
        data = self.cleaned_data
        return {
            "to": list(Pegawai.objects.filter(pk__in=data["to"]).order_by("name", "pk")),
            "way": data["way"],
            "note": data["note"],
            "answer": data["answer"],
            "files": [data["file"]] if data["file"] else [],
        }


class ReasonForm(OfficerForm):
    """Why a run is held or cancelled."""

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Alasan ini tersimpan di riwayat dan terlihat oleh pelaksana lain."),
        max_length=1000,
        error_messages={"required": _("Tulis alasannya; alasan ini tersimpan di riwayat.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOverForm(ReasonForm):
    """To which position or person an open task goes; who has it already is not offered."""

    to = forms.ChoiceField(
        label=_("Dialihkan kepada"),
        error_messages={
            "required": _("Pilih jabatan atau pegawai penerimanya."),
            "invalid_choice": _("Pilih penerima dari daftar. Yang sudah memegang tugas ini tidak ada di daftar."),
        },
    )
    field_order = ("to", "reason")

    def __init__(self, *args: object, task: Task, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.office = office = task.run.office
        day = local_day(office, timezone.now())
        tasks = side_by_side(task)
        held = held_now(tasks, day)
        posts = Jabatan.objects.filter(office=office, closed_on__isnull=True).exclude(kind="admin").order_by("name")
        jabatan = [row for row in posts if not any(has_already(each, row, held) for each in tasks)]
        people = [row for row in active_pegawai(office, day) if not any(has_already(each, row, held) for each in tasks)]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Pilih…")),
            (_("Jabatan"), [(f"j{row.pk}", row.name) for row in jabatan]),
            (_("Pegawai"), [(f"p{row.pk}", row.full_name) for row in people]),
        ]

    def receiver(self) -> Jabatan | Pegawai:
        """The chosen position or person; the choice was one of those offered."""
        kind, pk = self.cleaned_data["to"][0], int(self.cleaned_data["to"][1:])
        if kind == "j":
            return Jabatan.objects.get(pk=pk, office=self.office)
        return Pegawai.objects.get(pk=pk, office=self.office)


class ImportForm(OfficerForm):
    """An SOP as a file, as text, or out of the library; the first that is given counts."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=None)
    library = forms.ChoiceField(label=_("Ambil dari pustaka"), required=False)
    file = forms.FileField(
        label=_("Berkas SOP"),
        help_text=_(
            "Berkas SOP yang diunduh dari Runut, di kantor Anda atau kantor lain, atau yang Anda tulis sendiri."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.txt"}),
    )
    text = forms.CharField(
        label=_("Atau tempelkan isinya"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
    )

    def __init__(
        self, *args: object, offices: QuerySet[Office], library: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.file_name = ""
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
        self.fields["office"].initial = offices[0].pk if offices else None
        self.fields["library"].choices = [("", _("Tidak, saya punya berkasnya")), *library]  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        """The file's text, "" when none was sent; `file_name` keeps what it was called."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        self.file_name = file.name or ""
        if file.size > SOP_FILE_BYTES:
            raise ValidationError(_("Berkas ini terlalu besar untuk sebuah SOP. Paling besar 1 MB."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(
                _(
                    "Berkas ini tidak terbaca: mungkin berkas Word, PDF, atau foto. Unggah berkas SOP dari Runut. "
                    "Bila ditulis di Notepad, simpan dengan pengodean “UTF-8”."
                )
            ) from error
        return text

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        given = data.get("library") or data.get("file") or str(data.get("text") or "").strip()
        if not given and not self.errors:
            raise ValidationError(
                _("Belum ada SOP yang diimpor. Pilih dari pustaka, unggah berkas, atau tempel isinya.")
            )
        return data


class IdentityForm(OfficerForm):
    """Under which number the office keeps an SOP, and when it was made, as far as its file does not say it.

    no: the version that the page showed; a newer draft that came in meanwhile is not ratified unseen.
    """

    no = forms.IntegerField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Nomor SOP"),
        help_text=_("Nomor dari buku agenda kantor Anda, lengkap dengan nomor urutnya. Misalnya: 065/12/416-306/2026."),
        max_length=100,
        error_messages={"required": _("Isi nomor SOP sebagaimana tercatat di kantor Anda.")},
    )
    made_on = DayField(label=_("Tanggal pembuatan"), error_messages={"required": _("Isi tanggal pembuatan SOP ini.")})

    def __init__(self, *args: object, version: SopVersion, header: Header, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(no=version.no, number=header.number, made_on=header.made_on)
        for name, written in (("number", header.number), ("made_on", header.made_on)):
            # Who was not asked leaves it as the file says it.
            self.fields[name].required = not (written and self.is_bound and name not in self.data)

    def words(self) -> dict[str, Any]:
        """What was typed, as the actions take it."""
        return {"number": self.cleaned_data["number"], "made_on": self.cleaned_data["made_on"]}


class RatifyForm(IdentityForm):
    """With the day from which it holds, and why it changes."""

    effective_from = DayField(
        label=_("Mulai berlaku"),
        help_text=_("Hari ini, atau hari yang sudah lewat menurut naskahnya."),
        error_messages={"required": _("Isi tanggal mulai berlakunya SOP ini.")},
    )
    reason = forms.CharField(
        label=_("Alasan perubahan"),
        help_text=_("Perlu ditulis bila versi ini menggantikan versi yang berlaku."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasan perubahan SOP; alasan ini tersimpan bersama versinya.")},
    )

    def __init__(self, *args: object, today: date, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["effective_from"] = today
        self.fields["reason"].required = replaces

    def words(self) -> dict[str, Any]:
        return super().words() | {name: self.cleaned_data[name] for name in ("effective_from", "reason")}


class StartForm(OfficerForm):
    title = forms.CharField(
        label=_("Judul"),
        help_text=_("Judul ini tampil di Tugas Saya semua pelaksana."),
        max_length=200,
        error_messages={"required": _("Beri judul, misalnya nama SOP dan periodenya.")},
    )


class LanesForm(OfficerForm):
    """Which positions of the office stand in each slot of an SOP: a field per slot, named `slot_…`.

    bound: slot -> positions as they are kept. proposed: the same for slots that have none yet, ticked for the
    officer to look at.
    """

    def __init__(
        self,
        *args: object,
        definition: Definition,
        jabatan: Sequence[Jabatan],
        bound: Mapping[str, Sequence[int]],
        proposed: Mapping[str, Sequence[int]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {f"slot_{slot}": ids for slot, ids in {**proposed, **bound}.items()}
        self.known = {row.pk: row for row in jabatan}
        choices = [(row.pk, row.name) for row in jabatan]
        needed = needed_slots(definition)
        for slot, (names, notes) in slots_of(definition).items():
            if slot in proposed and not self.is_bound:
                notes = [*notes, str(_("Usulan, sama dengan SOP lain di kantor ini"))]
            self.fields[f"slot_{slot}"] = forms.TypedMultipleChoiceField(
                label=", ".join(names),
                help_text=". ".join(notes),
                choices=choices,
                coerce=int,
                required=slot in needed,
                error_messages={"required": _("Pilih sedikitnya satu jabatan.")},
                widget=forms.CheckboxSelectMultiple,
            )

    def bindings(self) -> dict[str, list[Jabatan]]:
        """slot -> the positions chosen for it."""
        return {
            name.removeprefix("slot_"): [self.known[pk] for pk in chosen] for name, chosen in self.cleaned_data.items()
        }


def slots_of(definition: Definition) -> dict[str, tuple[list[str], list[str]]]:
    """slot -> names and notes of the lanes that stand in it."""
    slots: dict[str, tuple[list[str], list[str]]] = {}
    for lane in definition.lanes:
        names, notes = slots.setdefault(lane.slot, ([], []))
        names.append(lane.name)
        if lane.note:
            notes.append(lane.note)
    return slots


def needed_slots(definition: Definition) -> set[str]:
    """Slots whose position does a step; where the subject or a superior acts, a position may be left out."""
    return {definition.lane(key).slot for step in definition.steps if step.actor.kind == "holder" for key in step.lanes}
