"""NIP, the number of a civil servant: read, written, masked, and invented for demos and tests.

Eighteen digits. PNS: birth yyyymmdd, first appointment yyyymm, sex, sequence 001 to 999 (Perka BKN 22/2007 and
43/2007). PPPK: birth yyyymmdd, year of the contract, the digit 2, number of the contract 1 to 9, sex, sequence.
The 13th and 14th digits tell them apart: a month, or 21 to 29.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from .errors import Refused

Kind = Literal["pns", "pppk"]
Sex = Literal[1, 2]

MALE: Sex = 1
FEMALE: Sex = 2
LENGTH = 18
MONTHS = range(1, 13)
PPPK_MARKS = range(21, 30)
USUAL_AGES = range(16, 61)
# Sequences of real people rarely come this far within one month, so an invented number is nobody's.
SYNTHETIC_SEQUENCES = range(900, 1000)

# How a spreadsheet writes a number of 18 digits, of which it keeps 15: 1,98501012010012E+17.
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+0?17", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Nip:
    """A number that can be right. The warnings are sentences about what is unusual, never a refusal."""

    digits: str
    kind: Kind
    born: date
    appointed_year: int
    appointed_month: int | None  # PNS only
    contract: int | None  # PPPK only: which contract it is
    sex: Sex
    sequence: int
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return format_nip(self.digits)


def read_nip(text: str) -> Nip:
    """Read a number written with or without spaces and dots; Refused says exactly what is wrong with it."""
    digits = _digits(text)
    born = _born(digits)
    year, mark, sequence = int(digits[8:12]), int(digits[12:14]), int(digits[15:])
    is_pppk = mark in PPPK_MARKS
    if not is_pppk and mark not in MONTHS:
        raise _wrong(
            _(
                "NIP ini keliru pada angka ke-13 dan ke-14, “%(mark)s”. Untuk PNS isinya bulan pengangkatan, "
                "01 sampai 12; untuk PPPK 21 sampai 29. Periksa lagi pada SK."
            )
            % {"mark": digits[12:14]}
        )
    sex = _sex(digits)
    if sequence == 0:
        raise _wrong(_("NIP ini keliru pada tiga angka terakhir. Nomor urut dimulai dari 001."))
    age = _age_when_appointed(born, year, None if is_pppk else mark)
    return Nip(
        digits=digits,
        kind="pppk" if is_pppk else "pns",
        born=born,
        appointed_year=year,
        appointed_month=None if is_pppk else mark,
        contract=mark - 20 if is_pppk else None,
        sex=sex,
        sequence=sequence,
        warnings=() if age in USUAL_AGES else (_unusual_age(age),),
    )


def format_nip(digits: str) -> str:
    """Eighteen digits as they are printed: 8 6 1 3."""
    return f"{digits[:8]} {digits[8:14]} {digits[14:15]} {digits[15:]}"


def mask_nip(digits: str) -> str:
    """For eyes outside the office: everything hidden but the sequence."""
    return f"•••••••• •••••• • {digits[15:]}"


def synthetic_nip(born: date, appointed: tuple[int, int], sex: Sex, sequence: int, pppk: bool = False) -> str:
    """An invented number of the right shape; `appointed` is (year, month), of which a PPPK shows only the year."""
    if sequence not in SYNTHETIC_SEQUENCES:
        raise ValueError("an invented NIP has a sequence from 900 to 999")
    year, month = appointed
    digits = f"{born:%Y%m%d}{year:04d}{21 if pppk else month:02d}{sex}{sequence}"
    return read_nip(digits).digits


def _wrong(sentence: str) -> Refused:
    return Refused(sentence, code="nip")


def _digits(text: str) -> str:
    if _SHORTENED.fullmatch(text.strip()):
        sentence = _("NIP ini menjadi angka di lembar kerja (%(text)s), sehingga angka belakangnya hilang. Jadikan "
                     "format kolomnya Teks, lalu ketik ulang NIP-nya.")  # fmt: skip
        raise _wrong(sentence % {"text": text.strip()})
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits:
        raise _wrong(_("NIP belum diisi. Tulis 18 angka, boleh dengan spasi."))
    stranger = re.search(r"[^0-9]", digits)
    if stranger:
        raise _wrong(
            _("NIP hanya berisi angka; di sini ada “%(sign)s”. Periksa apakah itu seharusnya angka.")
            % {"sign": stranger.group()}
        )
    if len(digits) != LENGTH:
        raise _wrong(
            _("NIP harus 18 angka; yang ditulis %(count)d. Periksa lagi angka yang kurang atau lebih.")
            % {"count": len(digits)}
        )
    return digits


def _born(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise _wrong(
            _(
                "NIP ini keliru pada delapan angka pertama, “%(birth)s”. Isinya tanggal lahir: tahun, bulan, "
                "tanggal, misalnya 19850417."
            )
            % {"birth": digits[:8]}
        ) from None


def _sex(digits: str) -> Sex:
    if digits[14] == "1":
        return MALE
    if digits[14] == "2":
        return FEMALE
    raise _wrong(
        _("NIP ini keliru pada angka ke-15, “%(digit)s”. Isinya 1 untuk laki-laki atau 2 untuk perempuan.")
        % {"digit": digits[14]}
    )


def _age_when_appointed(born: date, year: int, month: int | None) -> int:
    """Years at the first of the month; of a PPPK, whose month is not told, the age reached in that year."""
    too_early = (year, month) <= (born.year, born.month) if month else year <= born.year
    if too_early:
        raise _wrong(
            _(
                "NIP ini keliru: tahun pengangkatan %(year)d tidak sesudah tanggal lahir. "
                "Periksa dua belas angka pertama."
            )
            % {"year": year}
        )
    if month is None:
        return year - born.year
    return year - born.year - ((month, 1) < (born.month, born.day))


def _unusual_age(age: int) -> str:
    return _("Menurut NIP ini usia saat diangkat %(age)d tahun. Itu tidak lazim; periksa lagi pada SK.") % {"age": age}
