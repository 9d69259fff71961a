"""Template filters: numbers, dates and names as an officer writes them.

Every filter answers an empty value with an en dash, never with 0 and never with "None".
Years and NIP do not pass through `angka`, so they are never grouped.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.sop.rules.definition import Norm, Outcome

register = template.Library()

EMPTY = "–"

# Tone and icon of every state word. A finished thing is plain text: it needs no attention.
TONES: dict[str, tuple[str, str]] = {
    "empty": ("plain", "circle"),
    "waiting": ("plain", "clock"),
    "ahead": ("plain", "circle"),
    "draft": ("wait", "edit"),
    "open": ("now", "square"),
    "active": ("now", "square"),
    "running": ("now", "square"),
    "opening": ("now", "square"),
    "submitted": ("note", "send"),
    "corrected": ("note", "edit"),
    "superseded": ("note", "switch"),
    "returned": ("bad", "return"),
    "late": ("bad", "late"),
    "void": ("bad", "cross"),
    "refused": ("bad", "cross"),
    "cancelled": ("plain", "cross"),
    "dropped": ("plain", "cross"),
    "retired": ("plain", "archive"),
    "held": ("wait", "pause"),
    "validated": ("good", "stamp"),
    "initialled": ("good", "stamp"),
    "signed": ("good", "stamp"),
    "done": ("done", "check"),
    "finished": ("done", "check"),
    "closed": ("done", "check"),
    "published": ("done", "check"),
    "in_force": ("good", "check"),
    "covered": ("done", "check"),
    "archived": ("done", "archive"),
}

CAPAIAN_ICONS: dict[str, str] = {
    "exceeded": "double-up",
    "achieved": "check",
    "nearly": "half",
    "low": "down",
    "critical": "cross",
    "none": "minus",
}

SEAL_ICONS: dict[str, str] = {"void": "cross", "published": "check", "received": "check"}


@register.filter
def angka(value: object, decimals: int | None = None) -> str:
    """1234.5 as "1.234,5"; `decimals` fixes the digits after the comma."""
    from runut.lib import numbers

    if value is None or value == "":
        return EMPTY
    return numbers.format_number(Decimal(str(value)), decimals)


@register.filter
def persen(value: object) -> str:
    """97.5 as "97,5%"."""
    from runut.lib import numbers

    if value is None or value == "":
        return EMPTY
    return numbers.format_percent(Decimal(str(value)))


@register.filter
def tanggal(value: date | None) -> str:
    """Jumat, 20 November 2026."""
    from runut.lib import dates

    return dates.long_date(value) if value else EMPTY


@register.filter
def tanggal_pendek(value: date | None) -> str:
    """20 Nov 2026."""
    from runut.lib import dates

    return dates.short_date(value) if value else EMPTY


@register.filter
def waktu(value: datetime | None, zone: str = "") -> str:
    """Jumat, 20 November 2026 pukul 16.00 WIB, in `zone` or in the reader's zone."""
    from runut.lib import dates

    return dates.date_time(value, zone or timezone.get_current_timezone_name()) if value else EMPTY


@register.filter
def jam(value: datetime | None) -> str:
    """16.00, in the reader's zone."""
    from runut.lib import dates

    if value is None:
        return EMPTY
    return dates.clock(timezone.localtime(value) if timezone.is_aware(value) else value)


@register.filter
def durasi(minutes: int | None) -> str:
    """Working minutes in words, such as "5 jam 40 menit"."""
    from runut.lib import dates

    return EMPTY if minutes is None else dates.duration_words(int(minutes))


@register.filter
def norma(norm: Norm | None) -> str:
    """The allowed time in the unit in which the SOP is written."""
    from runut.lib import numbers

    if norm is None:
        return _("tanpa baku waktu")
    text = f"{numbers.format_number(Decimal(norm.amount))} {norm.unit}"
    return _("%(time)s per berkas") % {"time": text} if norm.per == "item" else text


@register.filter
def nip(value: str | None, mode: str = "") -> str:
    """An NIP in its four groups; with mode "samar" only the last four digits show."""
    digits = str(value or "")
    if not digits:
        return EMPTY
    if mode == "samar":
        return "•" * max(len(digits) - 4, 0) + digits[-4:]
    if len(digits) != 18:
        return digits
    return " ".join((digits[:8], digits[8:14], digits[14:15], digits[15:]))


@register.filter
def ukuran(size: int | None) -> str:
    """A file size: "820 KB", "1,2 MB"."""
    from runut.lib import numbers

    if size is None:
        return EMPTY
    if size < 1_000_000:
        return f"{numbers.format_number(Decimal(max(1, round(size / 1000))))} KB"
    return f"{numbers.format_number(Decimal(size) / 1_000_000, 1)} MB"


@register.filter
def tone(state: str | None) -> str:
    """The colour of a state's chip: plain, wait, now, note, bad, good or done."""
    return TONES.get(str(state), ("plain", "circle"))[0]


@register.filter
def state_icon(state: str | None) -> str:
    return TONES.get(str(state), ("plain", "circle"))[1]


@register.filter
def capaian_level(level: str | None) -> str:
    """A known level of achievement, or "none"."""
    return level if level in CAPAIAN_ICONS else "none"


@register.filter
def capaian_icon(level: str | None) -> str:
    return CAPAIAN_ICONS.get(level or "none", "minus")


@register.filter
def seal_icon(kind: str | None) -> str:
    return SEAL_ICONS.get(kind or "", "stamp")


@register.filter
def forward_outcomes(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes that lead on; the first of them is the page's primary button."""
    return [outcome for outcome in outcomes if not outcome.back]


@register.filter
def return_outcomes(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.back]
