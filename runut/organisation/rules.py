"""When an organisation's data are right, and who leads whom: values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.lib.worktime import Hours

WEEKDAYS = range(7)
# Without 0, O, 1 and I, which look alike on paper.
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
# The words that offices have of their own, and the usual ones.
TERMS = {"triwulan": "Triwulan", "lkjip": "LKjIP"}
# What follows +62 in a mobile number, from its 8 on.
MOBILE_DIGITS = (9, 12)
LOGIN_SEPARATORS = " .-\u00a0\u2009\u202f\t"


@dataclass(frozen=True, slots=True)
class Superior:
    """Whoever leads a person directly: a position (whoever holds it), or one person by name. Never both."""

    jabatan_id: int | None = None
    pegawai_id: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A position as the climb needs it: what it hangs under, and who holds it today, first come first."""

    superior_id: int | None
    heads_office: bool
    holders: tuple[int, ...]


def superior_in_tree(pegawai_id: int, main: int, posts: Mapping[int, Post]) -> Superior | None:
    """The nearest held position above the main one, past vacant ones and past the person's own.

    None at the top: the head of an office has a superior only where one is named.
    """
    seen = {main}
    above = None if main not in posts or posts[main].heads_office else posts[main].superior_id
    while above is not None and above not in seen and above in posts:
        seen.add(above)
        others = [holder for holder in posts[above].holders if holder != pegawai_id]
        if others and len(others) == len(posts[above].holders):
            return Superior(jabatan_id=above)
        if others:
            # The person shares this position and would get the own sheet with it: so the other one, by name.
            return Superior(pegawai_id=others[0])
        above = posts[above].superior_id
    return None


def login_of(text: str) -> str:
    """What was typed as a name to sign in with: an NIP without its spaces, or an e-mail in small letters."""
    text = text.strip()
    if "@" in text:
        return text.lower()
    return "".join(sign for sign in text if sign not in LOGIN_SEPARATORS)


def mobile_number(typed: str) -> str:
    """An Indonesian mobile number as chat addresses write it, 62812…, however it was typed; "" for nothing."""
    text = typed.strip()
    digits = "".join(sign for sign in text if sign.isdigit())
    bare = digits.removeprefix("00").removeprefix("62").removeprefix("0")
    odd = set(text) - set("0123456789 +-.()")
    if text and (odd or not bare.startswith("8") or not MOBILE_DIGITS[0] <= len(bare) <= MOBILE_DIGITS[1]):
        raise Refused(_("Tulis nomor ponsel Indonesia, misalnya 0812 3456 7890."), code="whatsapp")
    return f"62{bare}" if text else ""


def code_of(text: str) -> str:
    """A one-time code as it was printed, however it was typed."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def check_span(start: date, end: date | None) -> None:
    if end is not None and end < start:
        raise Refused(_("Tanggal selesai mendahului tanggal mulai. Periksa kedua tanggal itu."), code="span")


def check_decree(*, acting: bool, decree_number: str) -> None:
    """Plt and Plh act by a written order (UU 30/2014 art. 14)."""
    if acting and not decree_number.strip():
        raise Refused(
            _("Plt. dan Plh. bekerja berdasarkan surat perintah. Isi nomor SK atau surat perintahnya."),
            code="decree",
        )


def hours_from(days: Mapping[str, Sequence[Sequence[str]]]) -> Hours:
    """Stored hours, {"0": [["07.30", "12.00"], …]} with Monday as "0", as working minutes."""
    try:
        return Hours.of(
            {int(day): [(minute_of(start), minute_of(end)) for start, end in spans] for day, spans in days.items()}
        )
    except ValueError as error:
        raise Refused(
            _("Jam kerja tidak terbaca. Tulis seperti 07.30-12.00, berurutan dan dengan jeda di antaranya."),
            code="hours",
        ) from error


def hours_as_text(hours: Hours) -> dict[str, list[list[str]]]:
    """The stored form of working hours; closed days stay out."""
    return {
        str(day): [[clock_of(start), clock_of(end)] for start, end in hours.week[day]]
        for day in WEEKDAYS
        if hours.week[day]
    }


def minute_of(clock: str) -> int:
    """ "07.30" or "07:30" as minutes after midnight."""
    hour, _sign, minute = clock.strip().replace(":", ".").partition(".")
    if not (hour.isdigit() and (minute or "0").isdigit()) or int(hour) > 24 or int(minute or 0) > 59:
        raise ValueError(f"no time of day: {clock}")
    return int(hour) * 60 + int(minute or 0)


def clock_of(minute: int) -> str:
    return f"{minute // 60:02d}.{minute % 60:02d}"


def gone_words(cause: str, last_day: date) -> str:
    """Why somebody is not there any more, and since when: the day after the last one, as decrees count it."""
    words = {
        "moved": _("pindah tugas per %(day)s"), "retired": _("pensiun per %(day)s"),
        "resigned": _("berhenti per %(day)s"), "died": _("meninggal dunia, tidak bertugas per %(day)s"),
    }.get(cause, _("tidak bertugas lagi per %(day)s"))  # fmt: skip
    return words % {"day": short_date(last_day + timedelta(days=1))}


def away_words(until: date, start: date | None = None) -> str:
    """That somebody is on leave, never of which kind. start: of a leave that has not begun yet."""
    if start is not None:
        return _("cuti mulai %(start)s s.d. %(day)s") % {"start": short_date(start), "day": short_date(until)}
    return _("cuti s.d. %(day)s") % {"day": short_date(until)}


def check_not_self(pegawai_id: int, superior_id: int | None) -> None:
    if pegawai_id == superior_id:
        raise Refused(_("Seseorang tidak dapat menjadi atasan bagi dirinya sendiri. Pilih orang lain."), code="self")


def check_unit_can_close(on: date, today: date, *, below: Sequence[str], held: Sequence[str]) -> None:
    """A unit ends when nobody works in it any more. below: its open units; held: its positions in use."""
    if on > today:
        raise Refused(_("Tanggal penutupan paling lambat hari ini."), code="day")
    if below:
        raise Refused(
            _("Masih ada unit di bawahnya: %(names)s. Pindahkan atau tutup dahulu unit itu.")
            % {"names": ", ".join(below)},
            code="below",
        )
    if held:
        raise Refused(
            _("Masih ada jabatan yang dipangku di unit ini: %(names)s. Pindahkan dahulu jabatannya ke unit lain.")
            % {"names": ", ".join(held)},
            code="held",
        )


def check_position_can_close(
    on: date, today: date, *, heads_office: bool, held: Sequence[str], below: Sequence[str]
) -> None:
    """A position ends when it is vacant. held: who holds or will hold it; below: the open positions under it."""
    if on > today:
        raise Refused(_("Tanggal penutupan paling lambat hari ini."), code="day")
    if heads_office:
        raise Refused(_("Jabatan pimpinan kantor tidak dapat ditutup."), code="head")
    if held:
        raise Refused(
            _("Jabatan ini masih dipangku: %(names)s. Tutup dahulu penugasannya.") % {"names": ", ".join(held)},
            code="held",
        )
    if below:
        raise Refused(
            _("Masih ada jabatan di bawahnya: %(names)s. Pindahkan dahulu ke bawah atasan lain.")
            % {"names": ", ".join(below)},
            code="below",
        )


def check_no_cycle(start: int, above: Mapping[int, int | None]) -> None:
    """Nothing hangs under itself, however long the way up."""
    seen, here = {start}, above.get(start)
    while here is not None:
        if here in seen:
            raise Refused(
                _("Susunan ini berputar: yang di atas menjadi bawahannya sendiri. Pilih yang lain."),
                code="cycle",
            )
        seen.add(here)
        here = above.get(here)


def only_on_this_machine(address: str) -> bool:
    """Whether a web address leads nowhere but to the computer on which it is opened."""
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name.endswith(".localhost") or name == "::1" or name.startswith("127.")
