"""What the product itself wrote into a row: kept once in Indonesian, told to an English reader in English.

Only sentences of ours are known here. What an office or a person wrote stays as it was written.
"""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from .dates import QUARTERS

# As the catalogue has them; what was put in is told in its turn. Words of the row may follow the sentence.
SENTENCES = (
    gettext_noop("Dihitung dari nilai %(quarters)s."),
    gettext_noop("Dihitung dari pembilang dan penyebut %(quarters)s."),
    gettext_noop("Menunggu perbaikan data %(code)s."),
    gettext_noop("Atas catatan pemeriksa: %(note)s"),
    gettext_noop("Putusan rapat: %(basis)s"),
    gettext_noop("Keliru: %(what)s"),
    gettext_noop("Lihat catatan pada %(chapters)s."),
    gettext_noop("Bukti yang diminta: %(evidence)s"),
    gettext_noop("Paling lambat %(day)s"),
)
_GAP = re.compile(r"%\((\w+)\)s")
_ROMAN = "|".join(sorted(QUARTERS, key=len, reverse=True))
_YEAR = re.compile(r"Tahun (?P<year>\d{4})")
# Whatever else an office calls its quarters stays: a semester, a section may be numbered like it.
_QUARTER = re.compile(rf"(?:Triwulan|Tribulan|Kuartal|TW) (?P<no>{_ROMAN})(?P<year> \d{{4}})?")


def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence with anything in its gaps; one that ends with its own stop may have more behind it."""
    begin, name, end = _GAP.split(sentence)
    more = r"(?P<more> .*)?" if end else ""
    return re.compile(rf"{re.escape(begin)}(?P<{name}>.+?){re.escape(end)}{more}", re.DOTALL)


_KNOWN = tuple((sentence, _pattern(sentence)) for sentence in SENTENCES)


def retold(text: str) -> str:
    """A stored text in the reader's language where it is one of ours, else as it was written."""
    if not text or get_language() != "en":
        return text
    told = _(text)
    if told != text:
        return told
    for sentence, pattern in _KNOWN:
        if found := pattern.fullmatch(text):
            inner = {name: retold(words) for name, words in found.groupdict().items() if words and name != "more"}
            return _(sentence) % inner + (found.groupdict().get("more") or "")
    return _period(text) or text


def _period(text: str) -> str:
    """The name of a period, or of several quarters: Year 2026; Quarter II 2026; Quarter I, Quarter II."""
    if found := _YEAR.fullmatch(text):
        return f"Year {found['year']}"
    parts = [_QUARTER.fullmatch(part) for part in text.split(", ")]
    quarters = [f"Quarter {part['no']}{part['year'] or ''}" for part in parts if part]
    return ", ".join(quarters) if len(quarters) == len(parts) else ""
