"""What the product itself wrote into a row: kept once in Indonesian, told to an English reader in English.

Only sentences of ours are known here. What an office or a person wrote stays as it was written.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext_noop, trans_real
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


# What stands in a row of an import without being a sentence.
PARTS = (gettext_noop("Realisasi %(old)s → %(new)s"), gettext_noop("Keterangan: %(note)s"))
# So many letters of ours must stand in what is taken for ours; in what is longer than that nothing is looked for.
_LEAST, _LONGEST = 10, 1000


def retold_result(text: str) -> str:
    """What an import said of a row in one line: any of our sentences, one after the other; else as it was written."""
    if not text or get_language() != "en":
        return text
    return " · ".join(_told(part) for part in text.split(" · "))


def _told(text: str) -> str:
    """The sentences in English as far as they are ours. A heading may stand before them."""
    for literal, sentence in _ours() if len(text) <= _LONGEST else ():
        if literal in text and (found := _whole(sentence).fullmatch(text)):
            gaps = found.groupdict()
            more = gaps.pop("more_")
            told = _(sentence) % gaps if gaps else _(sentence)
            return f"{told} {_told(more)}" if more else told
    heading, colon, rest = text.partition(": ")
    return f"{heading}{colon}{_told(rest)}" if rest else text


@cache
def _ours() -> list[tuple[str, str]]:
    """Every sentence that has its English, each with the longest of it that no gap interrupts; the plainest last."""
    # Django has no open door to all texts of a catalogue; its own view for scripts reads them here too.
    catalogue = trans_real.translation("en")._catalog  # type: ignore[attr-defined]
    texts = [text for text in catalogue.keys() if isinstance(text, str)]  # noqa: SIM118
    found = [(text, _GAP.split(text)[::2]) for text in texts if text.endswith(".") or text in PARTS]
    found = [(text, ours) for text, ours in found if sum(map(len, ours)) >= _LEAST and "%(" not in "".join(ours)]
    found.sort(key=lambda each: (-sum(map(len, each[1])), each[0]))
    return [(max(ours, key=len).replace("%%", "%"), text) for text, ours in found]


@cache
def _whole(sentence: str) -> re.Pattern[str]:
    """The sentence with anything in its gaps, the same in the same gap; more may stand behind it."""
    pieces, seen = [], set[str]()
    for at, piece in enumerate(_GAP.split(sentence)):
        if at % 2 == 0:
            pieces.append(re.escape(piece.replace("%%", "%")))
        else:
            pieces.append(f"(?P={piece})" if piece in seen else f"(?P<{piece}>.+?)")
            seen.add(piece)
    return re.compile("".join(pieces) + r"(?: (?P<more_>.+))?", re.DOTALL)


def _period(text: str) -> str:
    """The name of a period, or of several quarters: Year 2026; Quarter II 2026; Quarter I, Quarter II."""
    if found := _YEAR.fullmatch(text):
        return f"Year {found['year']}"
    parts = [_QUARTER.fullmatch(part) for part in text.split(", ")]
    quarters = [f"Quarter {part['no']}{part['year'] or ''}" for part in parts if part]
    return ", ".join(quarters) if len(quarters) == len(parts) else ""
