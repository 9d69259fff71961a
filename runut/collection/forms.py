"""The forms of this room: the choice of a period, the verdicts of a review."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from runut.collection.actions import LineVerdict
from runut.collection.actions.evidence import ALLOWED
from runut.collection.actions.period import NO_INDICATOR
from runut.collection.models import OutsideEntry, Value
from runut.collection.queries import Candidate, Row, is_unusual
from runut.collection.queries.prepared_before import PreparedBefore
from runut.lib.acts import new_key
from runut.lib.dates import in_terms, period_words, read_date
from runut.lib.errors import Refused
from runut.lib.fields import OfficerForm
from runut.lib.uploads import upload_hint
from runut.planning.queries import period_end

# Notes that reviewers write most: ticked, and added to in words.
READY_NOTES = (
    gettext_lazy("Bukti tidak cocok dengan angka."),
    gettext_lazy("Belum ada bukti."),
    gettext_lazy("Satuan keliru."),
    gettext_lazy("Salah periode."),
    gettext_lazy("Cara menghitung keliru."),
)


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A line before the reviewer. row.value is what was handed in; unusual ones come first.

    replaced: the version that it stands for now, in a correction or after a return. outside: what another system's
    record says. remarks: how many notes people wrote beside the figure. fine: whether that is ticked; of an unusual one
    only by the person. note: as typed. ready: the notes to tick, each with its place and whether it is.
    """

    row: Row
    noted: bool
    note: str
    unusual: bool
    replaced: Value | None
    outside: OutsideEntry | None
    remarks: int
    ready: list[tuple[int, str, bool]]
    fine: bool

    @property
    def lacks_evidence(self) -> bool:
        return any(finding.field == "evidence" for finding in self.row.warnings)

    @property
    def outside_differs(self) -> bool:
        return self.outside is not None and not self.outside.says(self.row.line.amount, self.row.line.text)

    @property
    def change(self) -> Decimal | None:
        """How much the number differs from the one that holds for the previous period."""
        return self._beyond(self.row.last)

    @property
    def repaired(self) -> Decimal | None:
        """How much it differs from the version that it stands for now: one's own earlier round, or what was wrong."""
        return self._beyond(self.replaced)

    def _beyond(self, old: Value | None) -> Decimal | None:
        new = self.row.value
        if old is None or old.amount is None or new is None or new.amount is None:
            return None
        return new.amount - old.amount


class VerdictForm:
    """The verdicts of a review as they were sent, for showing them again."""

    def __init__(
        self,
        rows: Sequence[Row],
        post: QueryDict | None = None,
        replaced: Mapping[int, Value] | None = None,
        outside: Mapping[int, OutsideEntry] | None = None,
        remarks: Mapping[int, int] | None = None,
    ) -> None:
        """line id -> the version that stands no more; -> what another system's record says; figure id -> remarks."""
        self.rows, self.post, self.replaced, self.outside = rows, post, replaced or {}, outside or {}
        self.remarks = remarks or {}

    @property
    def shown(self) -> list[VerdictRow]:
        verdicts = self.verdicts
        shown = [
            VerdictRow(
                row,
                verdict.noted,
                self._typed(row),
                is_unusual(row, outside),
                self.replaced.get(row.line.pk),
                outside,
                self.remarks.get(row.line.figure_id, 0),
                self._ready(row),
                self._sent(row) == "fine" or not (self._sent(row) or is_unusual(row, outside)),
            )
            for row in self.rows
            for verdict, outside in ((verdicts[row.line.pk], self.outside.get(row.line.pk)),)
        ]
        return sorted(shown, key=lambda each: not each.unusual)

    @property
    def verdicts(self) -> dict[int, LineVerdict]:
        return {row.line.pk: LineVerdict(self._sent(row) == "noted", self._note(row)) for row in self.rows}

    @property
    def undecided(self) -> list[VerdictRow]:
        """The unusual lines of which nothing is said yet: nobody passes them along with the others."""
        return [each for each in self.shown if each.unusual and not (each.fine or each.noted)]

    def checked(self) -> dict[int, LineVerdict]:
        """The verdicts; Refused (code "note") for anything else sent. A line that was not sent is fine."""
        for row in self.rows:
            if self._sent(row) not in (None, "fine", "noted"):
                raise Refused(
                    gettext("Pilih Sesuai atau Beri catatan untuk “%(name)s”.") % {"name": row.version.name},
                    code="note",
                )
        return self.verdicts

    @property
    def due(self) -> date | None:
        """By which day what goes back is waited for; Refused (code "due") where no day was typed."""
        try:
            return read_date(self.typed_due) if self.typed_due else None
        except Refused as refusal:
            raise Refused(refusal.sentence, code="due") from None

    @property
    def typed_due(self) -> str:
        return (self.post or QueryDict()).get("due", "").strip()

    @property
    def outdated_reason(self) -> str:
        return (self.post or QueryDict()).get("outdated_reason", "")

    def _sent(self, row: Row) -> str | None:
        return (self.post or QueryDict()).get(f"verdict-{row.line.pk}")

    def _typed(self, row: Row) -> str:
        return (self.post or QueryDict()).get(f"note-{row.line.pk}", "")

    def _ready(self, row: Row) -> list[tuple[int, str, bool]]:
        chosen = (self.post or QueryDict()).getlist(f"ready-{row.line.pk}")
        return [(no, str(words), str(no) in chosen) for no, words in enumerate(READY_NOTES)]

    def _note(self, row: Row) -> str:
        """What was ticked, then what was typed."""
        return " ".join([*(words for _no, words, chosen in self._ready(row) if chosen), self._typed(row)]).strip()


def default_period(today: date, latest: tuple[int, int] | None) -> tuple[int, int]:
    """The quarter after the latest that was opened, begun or not; where none was, the last that is over."""
    if latest is not None:
        year, quarter = latest
        return (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    running = (today.month + 2) // 3
    return (today.year, running - 1) if running > 1 else (today.year - 1, 4)


class PeriodForm(OfficerForm):
    """Which quarter or year. Shown again with the people or units as they are in that period."""

    tahun = forms.IntegerField(
        label=gettext_lazy("Tahun"),
        min_value=2000,
        max_value=2100,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short"}),
    )
    triwulan = forms.TypedChoiceField(
        label=gettext_lazy("Periode"),
        coerce=int,
        choices=[
            (1, gettext_lazy("Triwulan I")),
            (2, gettext_lazy("Triwulan II")),
            (3, gettext_lazy("Triwulan III")),
            (4, gettext_lazy("Triwulan IV")),
            (0, gettext_lazy("Setahun penuh")),
        ],
    )

    def __init__(self, data: Mapping[str, object] | None, terms: Mapping[str, object], **more: object) -> None:
        """terms: the office's own words."""
        super().__init__(data, **more)
        self.terms = terms
        field = self.fields["triwulan"]
        field.choices = [(no, in_terms(str(words), terms)) for no, words in field.choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """What was chosen, as the page sends it back to say whose members it showed."""
        return f"{self.cleaned_data['tahun']}-{self.cleaned_data['triwulan']}"

    @property
    def words(self) -> str:
        return period_words(self.cleaned_data["tahun"], self.cleaned_data["triwulan"], self.terms)

    @property
    def first_day(self) -> date:
        return date(self.cleaned_data["tahun"], max(1, 3 * self.cleaned_data["triwulan"] - 2), 1)

    @property
    def last_day(self) -> date:
        return period_end(self.cleaned_data["tahun"], self.cleaned_data["triwulan"])


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A candidate with what was ticked and why it is left out. absent: what is done where the person is on leave."""

    candidate: Candidate
    chosen: bool
    reason: str
    absent: str = ""

    @property
    def usual_reason(self) -> str:
        """Why the candidate is left out where nobody writes another reason."""
        if self.candidate.away is not None and self.candidate.away.left:
            return self.candidate.away.words
        return "" if self.candidate.indicators else gettext("belum ada indikator")

    @property
    def owes_reason(self) -> bool:
        """Whether it has still to be said why the candidate is left out."""
        return not (self.chosen or self.reason.strip() or self.usual_reason)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """What may be done about a leave, as value and words; empty for who is there."""
        away = self.candidate.away
        if away is None or away.left or away.until is None:
            return []
        ways = [("", gettext("Diisi sendiri, batas sama"))]
        if away.instead is not None:
            ways.append(("instead", gettext("Diisi pengganti: %(name)s") % {"name": away.instead.full_name}))
        return [*ways, ("later", gettext("Diisi sendiri, batas sesudah cuti"))]


def member_rows(
    candidates: Collection[Candidate], post: QueryDict | None, before: PreparedBefore | None = None
) -> list[MemberRow]:
    """Everybody who has an indicator and has not left is ticked at first; afterwards, as sent.

    before: how the same period was prepared in the round before, with which a new one begins.
    """
    if post is None:
        rows = [MemberRow(c, c.indicators > 0 and not c.has_left, "", _proposed(c)) for c in candidates]
        return [_as_before(row, before) for row in rows] if before else rows
    ticked = set(post.getlist("member"))
    return [
        MemberRow(c, str(c.pk) in ticked, post.get(f"reason-{c.pk}", ""), post.get(f"absent-{c.pk}", ""))
        for c in candidates
    ]


def _as_before(row: MemberRow, before: PreparedBefore) -> MemberRow:
    """As it was sent then; who was left out for want of indicators and has some now, is ticked."""
    pk, reason = row.candidate.pk, before.reasons.get(row.candidate.name, "")
    if pk in before.members:
        return replace(row, chosen=True, absent=before.absent(pk))
    if not reason or (reason == NO_INDICATOR and row.candidate.indicators):
        return row
    return replace(row, chosen=False, reason="" if reason in (NO_INDICATOR, row.usual_reason) else reason)


def _proposed(candidate: Candidate) -> str:
    """What is proposed for somebody on leave: whoever holds the same position, else a later day."""
    if candidate.away is None or candidate.away.until is None:
        return ""
    return "later" if candidate.away.instead is None else "instead"


class StartForm(OfficerForm):
    """Which collection procedure is started, and what this execution is called."""

    sop = forms.TypedChoiceField(label=gettext_lazy("SOP yang dijalankan"), coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Judul"),
        max_length=200,
        help_text=gettext_lazy(
            "Tampil di papan SOP, misalnya nama SOP dan periodenya. Periodenya sendiri dipilih pada langkah menyiapkan "
            "formulir; judul yang menyebut periode lain ikut disesuaikan di sana."
        ),
    )
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, choices: Sequence[tuple[int, str]], title: str) -> None:
        opens = {"sop": choices[0][0] if choices else None, "title": title, "key": new_key()}
        super().__init__(data, initial=opens)
        self.fields["sop"].choices = choices  # type: ignore[attr-defined]


class AddMemberForm(OfficerForm):
    """Somebody who joined after the forms were made."""

    member = forms.TypedChoiceField(label=gettext_lazy("Yang ditambahkan"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: pindah tugas ke kantor ini per 1 Juli."),
    )

    def __init__(self, data: QueryDict | None, choices: Sequence[tuple[int, str]], again: str = "") -> None:
        """again: whose withdrawn form is to be sent again."""
        super().__init__(data, initial={"member": again})
        self.fields["member"].choices = choices  # type: ignore[attr-defined]
        if again:
            self.fields["member"].label = gettext("Penerimanya")
            self.fields["reason"].help_text = gettext("Misalnya: sudah masuk kembali sesudah cuti.")


class RemarkForm(OfficerForm):
    """What a person writes beside a figure."""

    remark = forms.CharField(
        label=gettext_lazy("Tulis catatan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PartForm(OfficerForm):
    """A part of a file, as the page's script sends it. Without a part it asks how much has arrived."""

    key = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    total = forms.IntegerField(localize=False)
    at = forms.IntegerField(min_value=0, localize=False)
    part = forms.FileField(required=False, allow_empty_file=True)


class EvidenceForm(OfficerForm):
    """A file, or a link."""

    file = forms.FileField(
        label=gettext_lazy("Berkas bukti"),
        help_text=upload_hint(ALLOWED),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,image/jpeg,image/png"}),
    )
    link = forms.CharField(
        label=gettext_lazy("Atau tautan"),
        help_text=gettext_lazy("Isi tautan luar dapat berubah; berkas lebih aman."),
        max_length=500,
        required=False,
        widget=forms.URLInput,
    )
