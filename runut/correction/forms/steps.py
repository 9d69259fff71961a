"""The forms of ordering, planning and examining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from runut.correction.actions import Note, OrderInput, PlanEntry
from runut.correction.models import Correction, CorrectionItem, Order, Stage
from runut.correction.queries import Examined, ItemRow, Seat
from runut.lib.acts import ids_in
from runut.lib.fields import DayField, OfficerForm

ROLES = (
    ("Ketua", _("Ketua")),
    ("Sekretaris", pgettext_lazy("peran dalam tim", "Sekretaris")),
    ("Anggota", _("Anggota")),
)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A person who may be in the team, with the field for the role."""

    seat: Seat
    field: forms.BoundField


class OrderForm(OfficerForm):
    """A letter. With a team, a field `role-<pegawai>` per person; with a case, its stage and what to leave out."""

    number = forms.CharField(
        label=_("Nomor surat"), help_text=_("Nomor nota dinas atau surat perintah."), max_length=80
    )
    day = DayField(label=_("Tanggal surat"))
    back_dated_reason = forms.CharField(
        label=_("Alasan tanggal mundur"),
        help_text=_("Hanya bila tanggal surat sebelum hari ini."),
        max_length=500,
        required=False,
    )
    subject = forms.CharField(label=_("Hal"), max_length=200)
    text = forms.CharField(label=_("Isi perintah"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    decree = forms.CharField(label=_("Nomor SK tim"), max_length=80, required=False)
    stage = forms.ChoiceField(label=_("Tahap kesalahan"), choices=Stage.choices)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        seats: Sequence[Seat],
        today: date,
        subject: str,
        case: Correction | None,
        before: Order | None = None,
    ) -> None:
        """before: the order of the round before, with which a new one begins; it is dated anew."""
        first = {"day": today, "subject": subject, "stage": case.stage if case else ""}
        super().__init__(data, initial=first | (_as_before(before) if before else {}))
        self.seats, self.case, self.sent = seats, case, data
        if case is None:
            del self.fields["stage"]
        for seat in seats:
            self.fields[f"role-{seat.pegawai.pk}"] = forms.ChoiceField(
                label=_("Peran %(name)s") % {"name": seat.pegawai.full_name},
                choices=[("", _("Tidak ikut")), *ROLES],
                required=False,
            )

    @property
    def leaders(self) -> list[TeamRow]:
        return self._team(leads=True)

    @property
    def others(self) -> list[TeamRow]:
        return self._team(leads=False)

    @property
    def team_error(self) -> str:
        """What is wrong with the team, for its part of the page."""
        return next((str(error.message) for error in self.non_field_errors().as_data() if error.code == "team"), "")

    @property
    def names_team(self) -> bool:
        """Whether a role or a decree stands in it."""
        return bool(self["decree"].value() or any(row.field.value() for row in self._all_rows))

    def _team(self, *, leads: bool) -> list[TeamRow]:
        return [row for row in self._all_rows if row.seat.leads == leads]

    @property
    def _all_rows(self) -> list[TeamRow]:
        return [TeamRow(seat, self[f"role-{seat.pegawai.pk}"]) for seat in self.seats]

    @property
    def drop(self) -> frozenset[int]:
        """Ids of the items that the order leaves out: those whose box was unticked."""
        if self.case is None or self.sent is None:
            return frozenset()
        shown, kept = _ids(self.sent, "shown"), _ids(self.sent, "keep")
        return shown - kept

    def order(self) -> OrderInput:
        data = self.cleaned_data
        team = {s.pegawai.pk: data[f"role-{s.pegawai.pk}"] for s in self.seats if data[f"role-{s.pegawai.pk}"]}
        return OrderInput(
            number=data["number"],
            day=data["day"],
            subject=data["subject"],
            text=data["text"],
            decree=data["decree"],
            back_dated_reason=data["back_dated_reason"],
            team=team,
        )

    def chosen_stage(self) -> Stage | None:
        stage = self.cleaned_data.get("stage")
        return Stage(stage) if stage else None


def _as_before(order: Order) -> dict[str, str]:
    words = {name: getattr(order, name) for name in ("number", "subject", "text", "decree")}
    return words | {f"role-{member.pegawai_id}": member.role for member in order.team.all()}


def _ids(sent: QueryDict, name: str) -> frozenset[int]:
    return frozenset(ids_in(sent.getlist(name)))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An item of the plan with its fields."""

    row: ItemRow
    repairer: forms.BoundField
    due: forms.BoundField
    evidence: forms.BoundField
    cause: forms.BoundField


class PlanForm(OfficerForm):
    """Per item: who repairs, until when, what evidence is needed, what the cause may be."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        rows: Sequence[ItemRow],
        candidates: Mapping[int, Sequence[tuple[int, str]]],
        due: date,
    ) -> None:
        super().__init__(data)
        self.rows = rows
        for row in rows:
            self._add(row.item, candidates.get(row.figure.pk, ()), due)

    def _add(self, item: CorrectionItem, candidates: Sequence[tuple[int, str]], due: date) -> None:
        label = item.figure.indicator.name
        first = item.repairer_id or (candidates[0][0] if candidates else None)
        missing = {"required": _("Bagian ini belum diisi.")}
        self.fields[f"repairer-{item.pk}"] = forms.TypedChoiceField(
            label=_("Yang memperbaiki %(name)s") % {"name": label}, choices=candidates, coerce=int, initial=first,
            error_messages=missing,
        )  # fmt: skip
        self.fields[f"due-{item.pk}"] = DayField(
            label=_("Batas waktu %(name)s") % {"name": label}, initial=item.due_on or due, error_messages=missing
        )
        self.fields[f"evidence-{item.pk}"] = forms.CharField(
            label=_("Bukti yang diperlukan untuk %(name)s") % {"name": label}, max_length=300,
            initial=item.needed_evidence, error_messages=missing,
        )  # fmt: skip
        self.fields[f"cause-{item.pk}"] = forms.CharField(
            label=_("Dugaan penyebab %(name)s") % {"name": label}, max_length=500, required=False,
            initial=item.suspected_cause,
        )  # fmt: skip

    @property
    def lines(self) -> list[PlanRow]:
        return [
            PlanRow(row, *(self[f"{name}-{row.item.pk}"] for name in ("repairer", "due", "evidence", "cause")))
            for row in self.rows
        ]

    def entries(self) -> dict[int, PlanEntry]:
        data = self.cleaned_data
        return {
            row.item.pk: PlanEntry(
                data[f"repairer-{row.item.pk}"],
                data[f"due-{row.item.pk}"],
                data[f"evidence-{row.item.pk}"],
                data[f"cause-{row.item.pk}"],
            )
            for row in self.rows
        }


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A figure under examination with what stands in its cells."""

    examined: Examined
    note: Note
    error: str
    is_open: bool = False

    @property
    def is_written(self) -> bool:
        return bool(self.note.text or self.note.follow_up)

    @property
    def waits(self) -> bool:
        """Whether the figure asks for a look, and nothing was written yet."""
        return self.examined.needs_a_look and not self.is_written


class EarlyForm(OfficerForm):
    """Why the report of the year is begun before its later quarters are collected."""

    early_reason = forms.CharField(
        label=_("Alasan menyusunnya sekarang"),
        help_text=_("Hanya bila laporan tetap dilanjutkan; alasannya tercetak di dalamnya."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("early_reason", "")) if self.is_valid() else ""


class NotesForm:
    """A text, a follow-up and a mark per figure; `shown` lists the figures that were on the page.

    `q` are the words by which the figures are to be found next.
    early: what is asked beside them where a report would begin early.
    """

    def __init__(self, rows: Sequence[Examined], data: QueryDict | None) -> None:
        self.source, self.data, self.early = rows, data, EarlyForm(data)
        self.errors: dict[int, str] = {}

    @property
    def notes(self) -> dict[int, Note]:
        """Figure id -> note, for the figures that were sent."""
        sent = _ids(self.data, "shown") if self.data is not None else frozenset()
        return {row.row.figure.pk: self._sent(row) for row in self.source if row.row.figure.pk in sent}

    @property
    def rows(self) -> list[NoteRow]:
        """Open stand those that are refused and those that wait; the list comes in pages."""
        sent = self.notes
        rows = [
            NoteRow(row, sent.get(row.row.figure.pk) or _stored(row), self.errors.get(row.row.figure.pk, ""))
            for row in self.source
        ]
        return [replace(row, is_open=bool(row.error) or row.waits) for row in rows]

    def _sent(self, row: Examined) -> Note:
        data, pk = self.data, row.row.figure.pk
        assert data is not None
        text, follow, what = ((data.get(f"{name}-{pk}") or "").strip() for name in ("text", "follow", "what"))
        return Note(text[:2000], follow[:2000], f"wrong-{pk}" in data, what[:1000])


def _stored(row: Examined) -> Note:
    note = row.note
    if note is None:
        return Note(flagged=bool(row.what), what=row.what)
    return Note(note.text, note.follow_up, note.flagged, note.what or row.what)
