"""The record of a meeting: place and time, who was there, a decision per item, further points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from runut.collection.models import Value
from runut.collection.rules import read_cell
from runut.correction.actions import Choice, MeetingInput, Point
from runut.correction.models import Decision
from runut.correction.queries import Invited, ItemRow, Judged, Seat
from runut.correction.rules import (
    Content,
    attendance_problems,
    check_meeting_time,
    decision_problem,
    deferral_problem,
)
from runut.lib.errors import Refused
from runut.lib.fields import DayField, OfficerForm
from runut.lib.numbers import typed_number
from runut.sop.rules.definition import Outcome

POINTS = (1, 2, 3)
DECISIONS = (
    (Decision.NEW, _("Pakai angka baru")),
    (Decision.OLD, _("Tetap angka lama")),
    (Decision.OTHER, _("Angka lain")),
    (Decision.DEFERRED, _("Tunda, kembalikan untuk diperbaiki")),
)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """An item on the table with its fields.

    own: whoever repaired it is the one who records the decision. judged: how its repair was judged before.
    """

    row: ItemRow
    decision: forms.BoundField
    other: forms.BoundField
    basis: forms.BoundField
    own: bool
    judged: Judged | None = None


class OfferedField(forms.ChoiceField):
    """A choice that the meeting owes; whether it may go on without is decided by the act, not by the form."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class PresentField(forms.TypedMultipleChoiceField):
    """Those who were ticked one by one. Somebody was there, but one box for all says it too."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class MeetingForm(OfficerForm):
    day = DayField(label=_("Tanggal rapat"))
    clock = forms.TimeField(
        label=_("Pukul"),
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("Tulis jam dengan menit, misalnya 09.00.")},
        widget=forms.TimeInput(attrs={"type": "time", "class": "w-short"}, format="%H:%M"),
    )
    place = forms.CharField(label=_("Tempat"), max_length=120)
    leader = forms.TypedChoiceField(label=_("Pimpinan rapat"), coerce=int)
    all_present = forms.BooleanField(label=_("Semua yang diundang hadir"), required=False)
    present = PresentField(
        label=_("Hadir"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Centang yang benar-benar hadir. Yang tidak dicentang tercatat tidak hadir."),
    )  # fmt: skip
    guests = forms.TypedMultipleChoiceField(
        label=_("Hadir di luar undangan"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.CharField(
        label=_("Notula"),
        help_text=_("Pokok pembahasan dan simpulan rapat."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        people: Sequence[Invited],
        others: Sequence[Seat],
        rows: Sequence[ItemRow],
        now: datetime,
        recorder: int,
        kept: Mapping[str, list[str]],
        outcome: Outcome | None = None,
        button: str = "",
        judged: Mapping[int, Judged] | None = None,
    ) -> None:
        """others: people of the office who were not invited. outcome: how the meeting is to end, once that is known.

        button: what stands on the one with which deferred items go back. judged: figure id -> its adequacy.
        """
        first = {"day": now.date(), "clock": now.strftime("%H:%M"), "leader": recorder}
        super().__init__(data, initial=first)
        self.people, self.rows, self.now, self.recorder = people, rows, now, recorder
        self.ends, self.button, self.judged = outcome, button, judged or {}
        seats = [(each.pegawai.pk, f"{each.pegawai.full_name}, {each.title or each.why}") for each in people]
        self.fields["leader"].choices = seats  # type: ignore[attr-defined]
        self.fields["present"].choices = seats  # type: ignore[attr-defined]
        guests = [(seat.pegawai.pk, f"{seat.pegawai.full_name}, {seat.title}") for seat in others]
        self.fields["guests"].choices = guests  # type: ignore[attr-defined]
        for row in rows:
            self._add(row)
        for no in POINTS:
            self._add_point(no)
        self._fill_in(kept)

    def _fill_in(self, kept: Mapping[str, list[str]]) -> None:
        """What was typed before, as it was typed."""
        for name in self.fields.keys() & kept.keys():
            several = isinstance(self.fields[name], forms.MultipleChoiceField)
            self.initial[name] = kept[name] if several else "".join(kept[name][:1])

    def _add(self, row: ItemRow) -> None:
        pk, name = row.item.pk, row.label
        earlier = row.decision if row.decision != Decision.DEFERRED else ""
        self.fields[f"decision-{pk}"] = OfferedField(
            label=_("Putusan %(name)s") % {"name": name}, choices=DECISIONS, initial=earlier,
            widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields[f"other-{pk}"] = forms.CharField(
            label=_("Angka lain untuk %(name)s") % {"name": name}, max_length=60, required=False,
            initial=_typed(row.item.decided) if earlier == Decision.OTHER else "",
            widget=forms.TextInput(attrs={"class": "w-short", "inputmode": "decimal"}),
        )  # fmt: skip
        self.fields[f"basis-{pk}"] = forms.CharField(
            label=_("Dasar putusan %(name)s") % {"name": name}, max_length=500, required=False,
            initial=row.item.decision_basis if earlier else "",
        )  # fmt: skip

    def _add_point(self, no: int) -> None:
        self.fields[f"point-{no}"] = forms.CharField(
            label=_("Putusan lain %(no)s") % {"no": no}, max_length=1000, required=False
        )
        self.fields[f"owner-{no}"] = forms.CharField(
            label=_("Penanggung jawab putusan %(no)s") % {"no": no}, max_length=150, required=False
        )
        self.fields[f"until-{no}"] = DayField(label=_("Batas waktu putusan %(no)s") % {"no": no}, required=False)

    def clean(self) -> dict[str, object]:
        """Everything that is wrong, at once: what the act would refuse one by one is said here field by field."""
        data = super().clean() or {}
        self._check_time(data)
        self._count_those_present(data)
        for row in self.rows:
            self._check_other(row, data)
            if self.ends is not None and self._owes(row, self.ends, data):
                self._check_decided(row, data)
        if self.ends is not None and self.ends.back and self.ends.items == "chosen" and self.rows:
            problem = deferral_problem([str(data.get(f"decision-{row.item.pk}")) for row in self.rows])
            if problem:
                self.add_error(None, problem)
        return data

    def _owes(self, row: ItemRow, ends: Outcome, data: Mapping[str, object]) -> bool:
        """Whether this item must be decided well: each where the meeting goes on, else those that do not go back."""
        decision = data.get(f"decision-{row.item.pk}")
        return not ends.back or (ends.items == "chosen" and decision not in ("", Decision.DEFERRED))

    @property
    def defers(self) -> bool:
        """Whether an item is put off as the form stands: then the way back is what is needed."""
        return any(line.decision.value() == Decision.DEFERRED for line in self.decisions)

    def _check_time(self, data: Mapping[str, object]) -> None:
        day, clock = data.get("day"), data.get("clock")
        if isinstance(day, date) and isinstance(clock, time):
            try:
                check_meeting_time(self._moment(day, clock), self.now)
            except Refused as refusal:
                self.add_error("clock", refusal.sentence)

    def _count_those_present(self, data: dict[str, object]) -> None:
        ticked, guests = data.get("present"), data.get("guests")
        invited = [each.pegawai.pk for each in self.people] if data.get("all_present") else ticked
        if not isinstance(invited, list) or not isinstance(guests, list):
            return
        data["present"] = [*invited, *guests]
        leader = data.get("leader")
        for field, sentence in attendance_problems({*invited, *guests}, leader if isinstance(leader, int) else None):
            self.add_error(field, sentence)

    def _check_other(self, row: ItemRow, data: dict[str, object]) -> None:
        pk = row.item.pk
        typed = str(data.get(f"other-{pk}") or "")
        if data.get(f"decision-{pk}") == Decision.OTHER:
            try:
                data[f"content-{pk}"] = _content(row, typed)
            except Refused as refusal:
                self.add_error(f"other-{pk}", refusal.sentence)
        elif typed.strip():
            self.add_error(f"decision-{pk}", _("Anda menulis angka lain. Pilih putusan “Angka lain”."))

    def _check_decided(self, row: ItemRow, data: Mapping[str, object]) -> None:
        pk = row.item.pk
        if f"decision-{pk}" not in data:
            return
        decision, basis = (str(data.get(f"{name}-{pk}") or "") for name in ("decision", "basis"))
        problem = decision_problem(decision, basis, self.button)
        if problem is not None:
            self.add_error(f"{problem[0]}-{pk}", problem[1])

    @property
    def decisions(self) -> list[DecisionRow]:
        return [self._decision(row) for row in self.rows]

    def _decision(self, row: ItemRow) -> DecisionRow:
        fields = [self[f"{name}-{row.item.pk}"] for name in ("decision", "other", "basis")]
        own = row.item.repairer_id is not None and row.item.repairer_id == self.recorder
        return DecisionRow(row.on_table, fields[0], fields[1], fields[2], own, self.judged.get(row.figure.pk))

    @property
    def points(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"point-{no}"], self[f"owner-{no}"], self[f"until-{no}"]) for no in POINTS]

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.now.tzinfo or ZoneInfo("Asia/Jakarta"))

    def meeting(self) -> MeetingInput:
        data = self.cleaned_data
        points = [
            Point(data[f"point-{no}"], data[f"owner-{no}"], data[f"until-{no}"]) for no in POINTS if data[f"point-{no}"]
        ]
        return MeetingInput(
            held_at=self._moment(data["day"], data["clock"]),
            place=data["place"],
            leader=data["leader"],
            minutes=data["minutes"],
            invited=[each.pegawai.pk for each in self.people],
            present=data["present"],
            points=points,
        )

    def choices(self) -> Mapping[int, Choice]:
        """Item id -> what was decided, for the items on which something was."""
        data = self.cleaned_data
        return {
            row.item.pk: Choice(
                Decision(data[f"decision-{row.item.pk}"]),
                data[f"basis-{row.item.pk}"],
                data.get(f"content-{row.item.pk}"),
            )
            for row in self.rows
            if data[f"decision-{row.item.pk}"]
        }


def _typed(value: Value | None) -> str:
    """A version as it is typed into a cell."""
    return (value.text or typed_number(value.amount)) if value else ""


def _content(row: ItemRow, typed: str) -> Content:
    """The other value, read as the indicator's kind of value."""
    amount, text = read_cell(typed, row.version.value_type, row.version.scale)
    if amount is None and not text:
        raise Refused(str(_("Isi dengan angka, misalnya 94,5.")))
    return Content(amount, text, "measured")
