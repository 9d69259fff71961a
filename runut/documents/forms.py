"""What people type about documents. Whether it may happen is decided by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from runut.collection.queries import Quarter
from runut.correction.queries import ItemRow
from runut.documents.actions import Adequacy, Line, Sending
from runut.documents.models import Register, RegisterEntry
from runut.documents.rules.content import Content
from runut.documents.rules.numbering import USUAL_CLASSIFICATION
from runut.documents.rules.report import CHAPTERS, CODES, mark_of
from runut.lib.fields import DayField, OfficerForm
from runut.organisation.models import Assignment

LONG = 4000
WAYS = (
    ("langsung", _("Diantar langsung")),
    ("pos", _("Pos atau kurir")),
    ("surel", _("Surel")),
    ("aplikasi", _("Aplikasi persuratan")),
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CompileForm(OfficerForm):
    """Why the work goes on without some, and the judgement of each repaired figure."""

    missing = forms.CharField(
        label=_("Mengapa dilanjutkan tanpa data itu?"), max_length=1000, required=False, widget=_area(2)
    )
    ANSWERS = (("ya", _("Ya")), ("tidak", _("Tidak")))

    def __init__(self, *args: object, content: Content, repaired: Iterable[ItemRow] = (), **kwargs: object) -> None:
        """repaired: the items of the case that the content is about, with what was asked for and handed in."""
        super().__init__(*args, **kwargs)
        self.repaired = {row.figure.pk: row for row in repaired}
        self.items = list(content["rows"]) if content["kind"] == "correction" else []
        if not content["missing"]:
            del self.fields["missing"]
        for row in self.items:
            self._add_questions(str(row["figure"]), f"{row['indicator']}, {row['subject']}")

    def _add_questions(self, figure: str, what: str) -> None:
        for name, label in (("cause", _("Penyebab kesalahan sudah hilang?")), ("follow", _("Dapat ditindaklanjuti?"))):
            self.fields[f"{name}_{figure}"] = forms.ChoiceField(
                label=label,
                choices=self.ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Jawab ya atau tidak untuk “%(what)s”.") % {"what": what}},
            )
        self.fields[f"note_{figure}"] = forms.CharField(label=_("Catatan"), max_length=500, required=False)

    @property
    def questions(self) -> list[tuple[Mapping[str, object], list[forms.BoundField], ItemRow | None]]:
        """Each figure with its three fields, and its item of the case."""
        return [
            (
                row,
                [self[f"{name}_{row['figure']}"] for name in ("cause", "follow", "note")],
                self.repaired.get(int(row["figure"])),
            )
            for row in self.items
        ]

    @staticmethod
    def answered(kept: Mapping[int, Mapping[str, object]]) -> dict[str, object]:
        """What the fields of these figures say at first: figure id -> the judgement as it was stored."""
        first: dict[str, object] = {}
        for figure, answer in kept.items():
            first[f"cause_{figure}"] = "ya" if answer["cause_gone"] else "tidak"
            first[f"follow_{figure}"] = "ya" if answer["can_follow_up"] else "tidak"
            first[f"note_{figure}"] = answer["note"]
        return first

    def adequacy(self) -> dict[int, Adequacy]:
        """Figure id -> judgement; also from a form of which something else is still wrong."""
        found: dict[int, Adequacy] = {}
        for row in self.items:
            figure = int(row["figure"])
            cause, follow = self.cleaned_data.get(f"cause_{figure}"), self.cleaned_data.get(f"follow_{figure}")
            if cause and follow:
                note = self.cleaned_data.get(f"note_{figure}", "")
                found[figure] = Adequacy(cause == "ya", follow == "ya", note)
        return found

    def notes(self) -> dict[int, str]:
        """Figure id -> what is still wrong, "" where nothing was written, of the figures that do not suffice."""
        if not self.is_bound:
            return {}
        self.is_valid()  # what is valid of it is in cleaned_data then
        return {figure: judged.note.strip() for figure, judged in self.adequacy().items() if not judged.suffices}


class HandedOn(TypedDict):
    """What the report is handed on with, as the action takes it."""

    chapters: dict[str, str]
    reasons: dict[int, str]
    known: dict[str, list[str]]
    unchanged: bool


class DraftForm(OfficerForm):
    """The texts of the report's chapters."""

    def __init__(
        self,
        *args: object,
        unfinished: bool,
        gaps: Sequence[tuple[Quarter, str]] = (),
        returned: bool = False,
        **kwargs: object,
    ) -> None:
        """gaps: the quarters that the year goes without, each with the reason, "" where nobody has said why.

        returned: the report was sent back, so it may be asked whether it goes on as it was.
        """
        super().__init__(*args, **kwargs)
        self.gaps, self.unexplained = gaps, [quarter for quarter, reason in gaps if not reason]
        for quarter in self.unexplained:
            self.fields[f"reason_{quarter.no}"] = forms.CharField(
                label=_("Mengapa dilanjutkan tanpa data %(name)s yang lengkap?") % {"name": quarter.name},
                max_length=300,
                required=not unfinished,
                error_messages={"required": _("Tulis alasannya; alasan itu tercetak dalam laporan.")},
            )
        for chapter in CHAPTERS:
            self.fields[f"chapter_{chapter.code}"] = forms.CharField(
                label=chapter.title,
                help_text=_(chapter.hint),
                max_length=100_000,
                required=not unfinished,
                error_messages={"required": _("Bab ini masih kosong. Tulis dulu, atau tekan Simpan konsep.")},
                widget=_area(8),
            )
            self.fields[f"seen_{chapter.code}"] = forms.CharField(
                max_length=16,
                required=False,
                initial=mark_of(str(self.initial.get(f"chapter_{chapter.code}", ""))),
                widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
            )
        if returned:
            self.fields["unchanged"] = forms.BooleanField(label=_("Serahkan tanpa perubahan"), required=False)

    def chapters(self) -> dict[str, str]:
        return {chapter.code: self.cleaned_data.get(f"chapter_{chapter.code}", "") for chapter in CHAPTERS}

    def known(self) -> dict[str, list[str]]:
        """Chapter -> marks of what the page knows to be kept: what it began with, and what it had on the way."""
        found = dict[str, list[str]]()
        for code in CODES:
            seen, sent = self.cleaned_data.get(f"seen_{code}", ""), self.data.get(f"sent_chapter_{code}")
            found[code] = [seen, *([mark_of(sent)] if sent is not None else [])] if seen else []
        return found

    def seen_now(self, kept: Mapping[str, str]) -> dict[str, str]:
        """The marks that the page goes on with, field -> mark, once it was saved: of what is kept as it was typed."""
        typed = self.chapters()
        same = [code for code in CODES if mark_of(kept[code]) == mark_of(typed[code])]
        return {f"seen_{code}": mark_of(kept[code]) for code in same}

    def handed_on(self) -> HandedOn:
        return HandedOn(
            chapters=self.chapters(),
            reasons=self.reasons(),
            known=self.known(),
            unchanged=self.cleaned_data.get("unchanged", False),
        )

    def reasons(self) -> dict[int, str]:
        """Quarter -> why the year goes on without it, as far as it was written now."""
        return {each.no: self.cleaned_data.get(f"reason_{each.no}", "") for each in self.unexplained}


class ApproveForm(OfficerForm):
    """A remark on the whole, and on each chapter of a report."""

    remark = forms.CharField(label=_("Catatan penilai"), max_length=LONG, required=False, widget=_area(3))

    def __init__(self, *args: object, with_chapters: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.judges_chapters = with_chapters
        for chapter in CHAPTERS if with_chapters else ():
            self.fields[f"chapter_{chapter.code}"] = forms.CharField(
                label=_("Catatan untuk %(chapter)s") % {"chapter": chapter.title},
                max_length=LONG,
                required=False,
                widget=_area(2),
            )

    def remarks(self) -> dict[str, str]:
        """Chapter title -> remark, of the chapters that have one."""
        found = {chapter.title: self.cleaned_data.get(f"chapter_{chapter.code}", "") for chapter in CHAPTERS}
        return {title: remark for title, remark in found.items() if remark}


class HandUpForm(OfficerForm):
    recipient = forms.ChoiceField(
        label=_("Dilaporkan kepada"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih kepada siapa laporan ini disampaikan.")},
    )
    text = forms.CharField(
        label=_("Ringkasan untuk penerima"),
        help_text=_("Misalnya: tiga angka diperbaiki, semua berbukti, satu target belum tercapai."),
        max_length=LONG,
        widget=_area(4),
        error_messages={"required": _("Tulis ringkasan isi laporan untuk penerimanya.")},
    )

    def __init__(self, *args: object, recipients: Sequence[Assignment], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(held.pegawai_id, f"{held.pegawai.full_name}, {held.title}") for held in recipients]
        self.fields["recipient"].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.fields["recipient"].initial = choices[0][0]


class RegisterForm(OfficerForm):
    """A line for a book; where the document has a number already, first whether it goes on with that one."""

    NEW = "new"
    number = forms.ChoiceField(label=_("Nomor dokumen"), widget=forms.RadioSelect)
    register = forms.ChoiceField(label=_("Dicatat dalam"), choices=Register.choices, widget=forms.RadioSelect)
    classification = forms.CharField(
        label=_("Kode klasifikasi"),
        max_length=20,
        initial=USUAL_CLASSIFICATION,
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    seq = forms.IntegerField(
        label=_("Nomor urut"),
        min_value=1,
        max_value=99_999,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
    )
    day = DayField(label=_("Tanggal"))
    subject = forms.CharField(label=_("Perihal"), max_length=200)
    recipient = forms.CharField(label=_("Penerima"), max_length=200)
    note = forms.CharField(label=_("Keterangan"), max_length=300, required=False)

    def __init__(
        self, data: Mapping[str, object] | None, *, initial: dict[str, object], given: Sequence[RegisterEntry]
    ) -> None:
        super().__init__(data, initial=initial)
        # A page that was opened before there was a number did not ask which one.
        if not given or (data is not None and "number" not in data):
            del self.fields["number"]
            return
        words = _("Pakai nomor yang sudah ada: %(number)s (%(book)s)")
        kept = [(str(e.pk), words % {"number": e.number, "book": e.get_register_display()}) for e in given]
        self.fields["number"].choices = [*kept, (self.NEW, _("Beri nomor baru"))]  # type: ignore[attr-defined]
        self.fields["number"].initial = kept[0][0]

    def clean(self) -> None:
        if self.cleaned_data.get("number", self.NEW) != self.NEW:
            for name in Line.__slots__:
                self.errors.pop(name, None)

    @property
    def new(self) -> list[forms.BoundField]:
        """The fields of a new line."""
        return [self[name] for name in Line.__slots__]

    def line(self) -> Line | int:
        """The new line, or the id of the line that is kept."""
        chosen = self.cleaned_data.get("number", self.NEW)
        if chosen != self.NEW:
            return int(chosen)
        return Line(**{name: self.cleaned_data[name] for name in Line.__slots__})


class CopiesForm(OfficerForm):
    """How many copies, and for whom. Lines without a name are left out."""

    LINES = 4

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for no in range(1, self.LINES + 1):
            # Of the lines, the first must be filled; the others are there for whoever needs them.
            self.fields[f"whom_{no}"] = forms.CharField(
                label=_("Untuk siapa"),
                max_length=200,
                required=no == 1,
                error_messages={"required": _("Tulis untuk siapa salinannya, paling sedikit satu.")},
            )
            self.fields[f"amount_{no}"] = forms.IntegerField(
                label=_("Jumlah"),
                min_value=1,
                max_value=999,
                required=no == 1,
                error_messages={"required": _("Tulis berapa banyak salinannya.")},
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
            )

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"whom_{no}"], self[f"amount_{no}"]) for no in range(1, self.LINES + 1)]

    def clean(self) -> None:
        for no in range(2, self.LINES + 1):
            whom, amount = self.cleaned_data.get(f"whom_{no}"), self.cleaned_data.get(f"amount_{no}")
            if amount and not whom:
                self.add_error(f"whom_{no}", _("Tulis untuk siapa salinan ini."))

    def copies(self) -> list[tuple[int, str]]:
        data = self.cleaned_data
        return [
            (data.get(f"amount_{no}") or 1, data[f"whom_{no}"])
            for no in range(1, self.LINES + 1)
            if data.get(f"whom_{no}")
        ]


class DispatchForm(OfficerForm):
    recipient_1 = forms.CharField(label=_("Penerima"), max_length=200)
    recipient_2 = forms.CharField(label=_("Penerima kedua"), max_length=200, required=False)
    recipient_3 = forms.CharField(label=_("Penerima ketiga"), max_length=200, required=False)
    way = forms.ChoiceField(label=_("Cara kirim"), choices=WAYS, initial="langsung", widget=forms.RadioSelect)
    sent_on = DayField(label=_("Tanggal kirim"))
    received_on = DayField(
        label=_("Tanggal terima"), help_text=_("Boleh menyusul lewat halaman dokumen."), required=False
    )
    received_by = forms.CharField(label=_("Diterima oleh"), max_length=150, required=False)

    def sendings(self) -> list[Sending]:
        data = self.cleaned_data
        recipients = [data[f"recipient_{no}"] for no in (1, 2, 3) if data.get(f"recipient_{no}")]
        way = str(dict(WAYS)[data["way"]])
        return [
            Sending(recipient, way, data["sent_on"], data["received_on"], data["received_by"])
            for recipient in recipients
        ]


class ReceiptForm(OfficerForm):
    received_on = DayField(label=_("Tanggal terima"))
    received_by = forms.CharField(label=_("Diterima oleh"), max_length=150)


class ArchiveForm(OfficerForm):
    classification = forms.CharField(
        label=_("Kode klasifikasi arsip"),
        max_length=40,
        initial=USUAL_CLASSIFICATION,
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )
    retention_years = forms.IntegerField(
        label=_("Disimpan berapa tahun"),
        min_value=1,
        max_value=100,
        initial=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
    )
    place = forms.CharField(
        label=_("Tempat arsip fisik"), help_text=_("Misalnya: lemari arsip 2, boks 14."), max_length=150, required=False
    )


class SignForm(OfficerForm):
    password = forms.CharField(
        label=_("Kata sandi Anda"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Tulis kata sandi Anda untuk menandatangani.")},
    )
    read = forms.BooleanField(
        label=_("Saya sudah membaca dokumen ini"),
        error_messages={"required": _("Baca dulu dokumennya, lalu beri tanda di sini.")},
    )
