"""What an order, a plan and a meeting must say, how far wrong data had come, and what a decision means."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from runut.collection.rules import NO_PARTS, Parts
from runut.lib.dates import Lang, long_date
from runut.lib.errors import Refused
from runut.lib.worktime import Calendar
from runut.sop.rules.definition import Definition, EachKind, Outcome, Step
from runut.sop.rules.kinds import return_words

OriginCode = Literal["submitted", "validated", "signed", "published"]

# From the least to the furthest; a draft has come nowhere yet.
_WAY: tuple[OriginCode, ...] = ("submitted", "validated", "signed", "published")
FEWEST_PRESENT = 2
TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Content:
    """What a version of a figure says."""

    amount: Decimal | None
    text: str
    measure: str
    parts: Parts = NO_PARTS


def case_code(year: int, no: int) -> str:
    """What a case is called: PD-2026-001."""
    return f"PD-{year}-{no:03d}"


def case_title(code: str, period: str, names: Sequence[str], *, personal: bool) -> str:
    """What the run of a case is called, so that it differs from another one on the same period.

    names: of the indicators. A single one is named, unless it is a person's: the title is read by the whole office.
    The title is kept as it is, so it is in Indonesian.
    """
    about = names[0] if len(names) == 1 and not personal else gettext_noop("%(n)s angka") % {"n": len(names)}
    words = {"period": period, "code": code, "about": about}
    title = gettext_noop("Perbaikan data kinerja %(period)s, %(code)s: %(about)s") % words
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 2].rstrip() + " …"


def origin_of(states: Collection[str]) -> OriginCode:
    """How far the figures' sheets had come: the furthest of them.

    Raises Refused when one of them is still with whoever fills it in: then nothing was handed in yet.
    """
    if any(state not in _WAY for state in states) or not states:
        raise Refused(
            _("Ada angka yang formulirnya belum diajukan. Angka itu masih dapat diubah langsung oleh pengisinya.")
        )
    return max((place for place in _WAY if place in states), key=_WAY.index)


def check_is_a_case(origin: str, *, under_way: bool) -> None:
    """Data that nobody validated go back on the spot: no case is needed while their run is under way."""
    if origin == "submitted" and under_way:
        raise Refused(_("Data ini belum diperiksa. Minta pemeriksa atau penghimpun mengembalikannya kepada pengisi."))


def check_order_day(day: date, today: date, reason: str) -> None:
    """An order is dated today; an earlier day says why, a later one is refused."""
    if day > today:
        raise Refused(_("Tanggal surat tidak boleh sesudah hari ini."), code="day")
    if day < today and not reason.strip():
        raise Refused(
            _("Tanggal surat sudah lewat. Tulis alasan tanggal mundur, atau pakai tanggal hari ini."),
            code="back_dated_reason",
        )


def check_due_day(day: date, calendar: Calendar, today: date, code: str = "") -> None:
    """A repair is due on a day on which the office works; on another nobody can be asked for it.

    code: the field, whose label says which figure it is about.
    """
    if day < today:
        raise Refused(_("Batas waktu sudah lewat. Pilih hari ini atau sesudahnya."), code=code)
    if not calendar.is_working_day(day):
        lang: Lang = "en" if get_language() == "en" else "id"
        words = {
            "day": long_date(day, lang),
            "next": long_date(calendar.working_day_from(day), lang),
        }
        raise Refused(_("Kantor tutup pada %(day)s. Hari kerja berikutnya %(next)s.") % words, code=code)


def check_team_roles(roles: Collection[str]) -> None:
    """A team has one leader."""
    if list(roles).count("Ketua") > 1:
        raise Refused(_("Ketua tim cukup satu orang. Pilih Sekretaris atau Anggota untuk yang lain."), code="team")


def check_meeting_time(at: datetime, now: datetime) -> None:
    if at > now:
        raise Refused(_("Waktu rapat belum tiba. Catat hasil rapat setelah rapat berlangsung."), code="held_at")


def attendance_problems(present: Collection[int], leader: int | None) -> Iterator[tuple[str, str]]:
    """What is wrong with who was there, as (field, sentence): at least two people, whoever leads among them."""
    if leader is not None and leader not in present:
        yield "leader", _("Pimpinan rapat belum dicentang hadir.")
    if len(present) < FEWEST_PRESENT:
        yield "present", _("Rapat dihadiri paling sedikit dua orang. Centang siapa saja yang hadir.")


def check_present(present: Collection[int], leader: int) -> None:
    for field, sentence in attendance_problems(present, leader):
        raise Refused(sentence, code=field)


def deferring_button(outcomes: Sequence[Outcome]) -> str:
    """What the button says with which deferred items go back; "" where a meeting cannot send any back."""
    return next((return_words(each.label) for each in outcomes if each.back and each.items == "chosen"), "")


def decision_problem(decision: str, basis: str, button: str = "") -> tuple[str, str] | None:
    """What keeps an item from being decided for good, as (field, sentence); whoever shows it says which item it is.

    decision: "" where there is none. button: with which a deferred item goes back, see `deferring_button`.
    """
    if not decision:
        return "decision", _("Belum diputus. Pilih putusannya.")
    if decision == "deferred" and button:
        words = _("Masih ditunda. Putuskan sekarang, atau tulis alasannya di bawah lalu tekan “%(button)s”.")
        return "decision", words % {"button": button}
    if decision == "deferred":
        return "decision", _("Masih ditunda. Putuskan, atau kembalikan kepada yang memperbaikinya.")
    if decision in ("old", "other") and not basis.strip():
        return "basis", _("Tulis dasarnya.")
    return None


def deferral_problem(decisions: Collection[str]) -> str:
    """What keeps a meeting from sending items back; "" when one of them is deferred."""
    return "" if "deferred" in decisions else _("Pilih “Tunda” pada angka yang dikembalikan, lalu kembalikan.")


def content_decided(decision: str, before: Content, proposed: Content | None, other: Content | None) -> Content:
    """What the figure says after the decision. Without a proposal only the old value or another can hold."""
    if decision == "old":
        return before
    if decision == "other":
        assert other is not None, "another value is read before it is decided"
        return other
    if proposed is None:
        raise Refused(_("Belum ada usulan angka baru untuk butir ini. Pilih angka lama, angka lain, atau tunda."))
    return proposed


def minutes_code(place: int, case: str) -> str:
    """What tells the minutes of a run's meetings apart: BA-1/PD-2026-007. The office's own number is its book's."""
    return f"BA-{place}/{case}" if case else f"BA-{place}"


def needs_team(definition: Definition, step: Step) -> bool:
    """Whether the order names a team: in a correction that a plan follows (R-NGORO-11)."""
    ahead = definition.steps[definition.index(step.id) :]
    return definition.category == "correction" and any(s.work == "plan" for s in ahead)


def makes_sheets(definition: Definition, step: Step) -> bool:
    """Whether this order is the last word on the scope: no plan stands between it and the repair."""
    fill = repair_step(definition)
    if definition.category != "correction" or fill is None:
        return False
    between = definition.steps[definition.index(step.id) + 1 : definition.index(fill.id)]
    return not any(s.work in ("plan", "instruct") for s in between)


def repair_step(definition: Definition) -> Step | None:
    """Where the figures are repaired: the first step in which sheets are filled in."""
    return next((step for step in definition.steps if step.work == "fill"), None)


def repair_each(definition: Definition) -> EachKind:
    """The set over which the repair fans out; people, where a procedure repairs without fanning out."""
    step = repair_step(definition)
    return (step.each if step else None) or "pegawai"


def next_lanes(definition: Definition, step: Step) -> list[str]:
    """To whom an order goes: the names of the lanes of the step that follows it."""
    forward = next((o for o in step.outcomes if not o.back and o.to), None)
    if forward is None or forward.to is None:
        return []
    return [definition.lane(key).name for key in definition.step(forward.to).lanes]
