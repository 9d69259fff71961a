"""National codes of programs, activities and sub-activities (Permendagri 90/2019 and its updates of the nomenclature).

A code names its place: urusan `d`, bidang `dd`, program `dd`, kegiatan `d.dd` (the digit: 1 province, 2 kabupaten or
kota), sub kegiatan of two or four digits after the edition of the nomenclature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from runut.lib.errors import Refused

Depth = Literal["program", "kegiatan", "sub_kegiatan"]
DEPTHS: tuple[Depth, ...] = ("program", "kegiatan", "sub_kegiatan")
_PARTS = re.compile(r"[0-9X]\.(\d{2}|XX)\.\d{2}(?P<kegiatan>\.[12]\.\d{2}(?P<sub>\.\d{2,4})?)?")

_GOVERNMENTS = {
    "1": re.compile(r"\b(?:provinsi|propinsi|prov|daerah istimewa|daerah khusus|dki)\b", re.IGNORECASE),
    "2": re.compile(r"\b(?:kabupaten|kab|kota|kotamadya)\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """An edition of the national list: its key, its title, the digits that end the code of a sub kegiatan."""

    key: str
    title: str
    sub_digits: int


# The newest first. An office stays on the edition that its budget was made with.
NOMENCLATURES = (
    Nomenclature("900-2023", "Kepmendagri 900.1.15.5-1317 Tahun 2023", 4),
    Nomenclature("050-2021", "Kepmendagri 050-5889 Tahun 2021", 2),
    Nomenclature("90-2019", "Permendagri 90 Tahun 2019", 2),
)


def depth_of(code: str, nomenclature: str = "") -> Depth:
    """What the code names. Refused, saying how a code is written, when it names nothing.

    nomenclature: key of the edition that the code must belong to; without it either length of a sub kegiatan will do.
    """
    found = _PARTS.fullmatch(code)
    if found is None:
        sentence = _(
            "Kode %(code)s tidak mengikuti pola nasional. Tulis program seperti 7.01.02, kegiatan seperti "
            "7.01.02.2.01, sub kegiatan seperti 7.01.02.2.01.0001."
        )
        raise Refused(sentence % {"code": code}, code="code")
    digits = len(found["sub"]) - 1 if found["sub"] else 0
    edition = next((one for one in NOMENCLATURES if one.key == nomenclature), None)
    if nomenclature and edition is None:
        names = ", ".join(one.key for one in NOMENCLATURES)
        sentence = _("Nomenklatur “%(text)s” tidak dikenal. Pilih: %(names)s.")
        raise Refused(sentence % {"text": nomenclature, "names": names}, code="nomenclature")
    if digits == 3 or (digits and edition and digits != edition.sub_digits):
        wanted = str(edition.sub_digits) if edition else _("2 atau 4")
        sentence = _("Kode sub kegiatan %(code)s berakhir %(digits)s angka; menurut nomenklaturnya %(wanted)s angka.")
        raise Refused(sentence % {"code": code, "digits": digits, "wanted": wanted}, code="code")
    if digits:
        return "sub_kegiatan"
    return "kegiatan" if found["kegiatan"] else "program"


def of_another_level(code: str, government: str, office_kind: str) -> str:
    """What is odd about a code whose digit is of the other level of government; "" where nothing is, or none can tell.

    government: its name, which says what it is. office_kind: a kecamatan belongs to a kabupaten or kota, unless its
    government is called a province.
    """
    parts = code.split(".")
    own = _level_of(government) or ("2" if office_kind == "kecamatan" else "")
    if len(parts) < 5 or not own or parts[3] == own:
        return ""
    words = {"code": code, "other": ".".join([*parts[:3], own, *parts[4:]])}
    if own == "2":
        return _("%(code)s kode provinsi; kabupaten dan kota memakai %(other)s. Periksa di DPA.") % words
    return _("%(code)s kode kabupaten atau kota; provinsi memakai %(other)s. Periksa di DPA.") % words


def _level_of(government: str) -> str:
    """The digit of a government by its name: 1 of a province, 2 of a kabupaten or kota, "" where it says neither."""
    said = {digit for digit, words in _GOVERNMENTS.items() if words.search(government)}
    return said.pop() if len(said) == 1 else ""


def parent_code(code: str) -> str:
    """The code under which this one lies; "" for a program."""
    parts = code.split(".")
    return {6: ".".join(parts[:5]), 5: ".".join(parts[:3])}.get(len(parts), "")
