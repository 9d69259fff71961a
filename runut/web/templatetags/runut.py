"""Template filters: numbers, dates and names as an officer writes them.

Every filter answers an empty value with an en dash, never with 0 and never with "None".
Years and NIP do not pass through `angka`, so they are never grouped.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _

from runut.collection.queries import years_around
from runut.lib import dates, numbers
from runut.lib.errors import one_stop
from runut.lib.nip import format_nip, mask_nip
from runut.lib.retold import retold
from runut.sop.rules.deadline import norm_words
from runut.sop.rules.definition import Norm, Outcome
from runut.sop.rules.kinds import return_words

register = template.Library()

EMPTY = "–"

# What upper rooms know of a run, for the page of a room below them.
register.simple_tag(years_around, name="years_around")

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
    if value is None or value == "":
        return EMPTY
    return numbers.format_number(Decimal(str(value)), decimals)


@register.filter
def beda(value: object) -> str:
    """By how much something changed, always with its sign: "+1,5", "−5,7"."""
    if value is None or value == "":
        return EMPTY
    return numbers.format_change(Decimal(str(value)))


@register.filter
def persen(value: object) -> str:
    """97.5 as "97,50%": two decimals, as everywhere."""
    if value is None or value == "":
        return EMPTY
    return numbers.format_percent(Decimal(str(value)))


@register.filter
def tanggal(value: date | None) -> str:
    """Jumat, 20 November 2026; of a moment, its day in the reader's zone."""
    return dates.long_date(_day(value), _lang()) if value else EMPTY


@register.filter
def tanggal_surat(value: date | None) -> str:
    """20 November 2026, without the day of the week: for letters and signatures."""
    return dates.letter_date(_day(value), _lang()) if value else EMPTY


@register.filter
def tanggal_pendek(value: date | None) -> str:
    """20 Nov 2026."""
    return dates.short_date(_day(value), _lang()) if value else EMPTY


@register.filter
def waktu(value: datetime | None, zone: str = "") -> str:
    """Jumat, 20 November 2026 pukul 16.00 WIB, in `zone` or in the reader's zone."""
    return dates.date_time(value, zone or timezone.get_current_timezone_name(), _lang()) if value else EMPTY


@register.filter
def satu_titik(value: object) -> str:
    """A sentence without two full stops where it ends in a title such as S.E."""
    text = str(value)
    # A message that was put together with its links is markup already, and stays it.
    return mark_safe(one_stop(text)) if isinstance(text, SafeData) else one_stop(text)


@register.filter
def jam(value: datetime | None, zone: str = "") -> str:
    """16.00 WIB, in `zone` or in the reader's zone."""
    return dates.clock(value, zone or timezone.get_current_timezone_name(), _lang()) if value else EMPTY


@register.simple_tag
def saat(value: datetime) -> SafeString:
    """A moment in a cell: its day, and smaller its time. Put together here: a matrix shows hundreds."""
    return format_html(
        '<span class="nowrap"><time datetime="{}">{}</time> <span class="muted small">{}</span></span>',
        timezone.localtime(value).isoformat(), tanggal_pendek(value), jam(value),
    )  # fmt: skip


@register.simple_tag
@cache
def icons_url() -> str:
    """Where the drawings of all icons lie: asked for by each of a page's hundreds."""
    return static("img/icons.svg")


@register.filter
def durasi(minutes: int | None) -> str:
    """Working minutes in words, such as "5 jam 40 menit"; fewer than none carry a minus sign."""
    if minutes is None:
        return EMPTY
    sign = numbers.MINUS if minutes < 0 else ""
    return sign + dates.duration_words(abs(int(minutes)), _lang())


@register.filter
def norma(norm: Norm | None) -> str:
    """The allowed time in the unit in which the SOP is written."""
    if norm is None:
        return _("tanpa baku waktu")
    text = norm_words(norm)
    return _("%(time)s per berkas") % {"time": text} if norm.per == "item" else text


@register.filter(name="nip")
def nip_text(value: str | None, mode: str = "") -> str:
    """An NIP in its groups; with mode "samar" only so much of it as may leave the office."""
    if not value:
        return EMPTY
    return mask_nip(str(value)) if mode == "samar" else format_nip(str(value))


@register.filter
def ukuran(size: int | None) -> str:
    """A file size: "820 KB", "1,2 MB"."""
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


@register.filter
def istilah(text: str, terms: Mapping[str, object] | None) -> str:
    """A sentence in the words of the office whose dictionary this is."""
    return dates.in_terms(str(text), terms or {})


@register.filter
def asli(text: str | None) -> str:
    """What an office or its SOP wrote, as written: marked as Indonesian on a page that is not."""
    words = str(text or "")
    return words if _lang() == "id" or not words else format_html('<span lang="id">{}</span>', words)


@register.filter
def terjemah(text: str | None) -> str:
    """A word that the catalogue has where it comes from us; another is an office's own and stays as it was written."""
    words = str(text or "")
    known = retold(words)
    return known if known != words else asli(words)


@register.filter
def terjemah_baris(text: str | None) -> str:
    """The same line by line: one may be ours and the next an office's own."""
    return format_html_join("\n", "{}", ((terjemah(line),) for line in str(text or "").splitlines()))


@register.filter
def return_label(outcome: Outcome) -> str:
    """What stands on the button of a return."""
    return return_words(outcome.label)


def _lang() -> dates.Lang:
    return "en" if translation.get_language() == "en" else "id"


def _day(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


@register.filter
def banyak_salah(errors: Mapping[str, Iterable[object]]) -> int:
    """How many sentences the errors of a form are: a field, or the form itself, may have several."""
    return sum(1 for sentences in errors.values() for _each in sentences)
