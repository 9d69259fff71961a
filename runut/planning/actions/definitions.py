"""The columns of the dictionary's table: what each says of a definition, and how a definition is written into it.

One line a column: the table that goes out, the one that comes in and its example all have these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from runut.lib.errors import Refused
from runut.lib.imports import Column, Faults, said_yes
from runut.lib.numbers import format_number, typed_number
from runut.lib.reading import read_number, written_places
from runut.organisation.actions.known import KEY, Cells, key_of
from runut.organisation.models import Unit
from runut.planning.models import Frequency, IndicatorKind, IndicatorVersion, Method, ValueKind, ValueType
from runut.planning.rules import (
    CASCADED,
    COMBINED,
    DIRECTIONS,
    VALUES,
    as_kept,
    from_kept,
    read_months,
    read_scale,
    said_of_value,
    written_months,
    written_scale,
)


class Silent(Enum):
    """Of an empty cell that changes nothing: what is there stays, and something new has the usual."""

    SILENT = 1


SILENT = Silent.SILENT
# Of a quotient that says nothing else: a percentage.
FACTOR, MOST, PLACES = Decimal(100), Decimal(10**6), 4
LEAST_CAP, MOST_CAP = 100, 1000
MOST_DECIMALS = 6
FIRST_YEAR, LAST_YEAR = 1990, 2100
_SPELLED = (DIRECTIONS, COMBINED, CASCADED, VALUES)
_WORDS = {code: word for words in _SPELLED for word, code in reversed(words.items()) if word}


def _as_is(text: str) -> object:
    return text


def _plainly(value: object) -> str:
    if isinstance(value, Decimal):
        return typed_number(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(value)
    return "" if value is None else str(value).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Told:
    """A column. field: what of the definition it says; "" where it says where the indicator hangs or when it begins.

    read: a cell as the definition keeps it, SILENT where it says nothing, Refused with what is wrong; None for the
    code of a unit. written: what is kept as the table has it. cell: the same out of the version, where it takes more.
    """

    column: Column
    field: str = ""
    read: Callable[[str], object] | None = _as_is
    written: Callable[[object], str] = _plainly
    cell: Callable[[IndicatorVersion], str] | None = None

    def out(self, version: IndicatorVersion) -> str:
        """The cell of an indicator's version, which comes along with everything that is named of it."""
        return self.cell(version) if self.cell else self.written(getattr(version, self.field))


def _known(words: Mapping[str, str], sentence: Callable[[str], str]) -> Callable[[str], object]:
    def read(text: str) -> object:
        if not text:
            return SILENT
        if (found := words.get(text.casefold())) is None:
            raise Refused(sentence(text))
        return found

    return read


def _direction_unknown(text: str) -> str:
    return _("Arah “%(text)s” tidak dikenal: tulis naik, turun, rentang, atau stabil.") % {"text": text}


def _value_unknown(text: str) -> str:
    words = {"text": text, "names": ", ".join(list(VALUES)[:8])}
    return _("Jenis nilai “%(text)s” tidak dikenal. Pilih: %(names)s.") % words


def _kind_written(value: object) -> str:
    return _labels(ValueKind).get(str(value), "")


def _value_told(version: IndicatorVersion) -> str:
    """What its value is, in one word."""
    return _WORDS[version.value_kind or version.value_type]


def _cascade(text: str) -> object:
    return _known(CASCADED, _cascading_unknown)(text) if text else ""


def _cascading_unknown(text: str) -> str:
    return _("Jenis cascading “%(text)s” tidak dikenal: tulis CP, C, atau N.") % {"text": text}


def _cascade_written(value: object) -> str:
    return _WORDS[str(value)].upper() if value else ""


def _months_written(value: object) -> str:
    """Names of months as the table has them: Indonesian whoever reads it."""
    with translation.override("id"):
        return written_months(value) if isinstance(value, list) else ""


def _combination_unknown(text: str) -> str:
    words = {"text": text, "names": ", ".join(list(COMBINED)[:4])}
    return _("Penggabungan “%(text)s” tidak dikenal. Pilih: %(names)s.") % words


def _word(value: object) -> str:
    return _WORDS[str(value)]


def _labels(choices: type[models.TextChoices]) -> dict[str, str]:
    """Code -> its word in a table: Indonesian whoever reads it."""
    with translation.override("id"):
        return {str(one.value): str(one.label) for one in choices}


def _chosen(heading: str, choices: type[models.TextChoices], empty: object = SILENT) -> Callable[[str], object]:
    """Reads one of these by its word or its code. empty: what an empty cell says."""

    def read(text: str) -> object:
        if not text:
            return empty
        wanted = text.replace("/", "÷").casefold()
        for code, label in _labels(choices).items():
            if wanted in (code.casefold(), label.casefold()):
                return code
        words = {"heading": heading, "text": text, "names": "; ".join(_labels(choices).values())}
        raise Refused(_("%(heading)s “%(text)s” tidak dikenal. Pilih: %(names)s.") % words)

    return read


def _labelled(choices: type[models.TextChoices]) -> Callable[[object], str]:
    return lambda value: _labels(choices).get(str(value), "")


def _order(text: str) -> object:
    """The predicates from the lowest on."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    if len(found) == 1:
        raise Refused(_("Urutan predikat memerlukan sedikitnya dua predikat, atau kosongkan."))
    if len({name.casefold() for name in found}) < len(found):
        raise Refused(_("Setiap predikat hanya disebut sekali."))
    return found


def _own_scale(text: str) -> object:
    return as_kept(read_scale(text))


def _scale_written(value: object) -> str:
    return written_scale(from_kept(value) if isinstance(value, dict) else None)


def _factor(text: str) -> object:
    if not text:
        return FACTOR
    sentence = _("Pengali “%(text)s” bukan angka dari 1 sampai %(most)s.")
    return _number(text, sentence, 1, MOST, PLACES)


def _factor_written(version: IndicatorVersion) -> str:
    """Where it matters, or is another than of a percentage."""
    return typed_number(version.multiplier) if version.numerator or version.multiplier != FACTOR else ""


def _cap(text: str) -> object:
    sentence = _("Batas atas capaian “%(text)s” bukan angka dari 100 sampai %(most)s.")
    return _number(text, sentence, LEAST_CAP, MOST_CAP, 2) if text else None


def _number(text: str, sentence: str, least: int, most: int | Decimal, places: int) -> Decimal:
    words = {"text": text, "most": format_number(Decimal(most))}
    try:
        number = read_number(text)
    except Refused as refusal:
        raise Refused(sentence % words) from refusal
    if number is None or not least <= number <= most or written_places(number) > places:
        raise Refused(sentence % words)
    return number


def _decimals(text: str) -> object:
    if not text:
        return SILENT
    if not (text.isascii() and text.isdecimal() and int(text) <= MOST_DECIMALS):
        raise Refused(_("Angka desimal “%(text)s” bukan bilangan dari 0 sampai 6.") % {"text": text})
    return int(text)


def _baseline_year(text: str) -> object:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise Refused(_("Tahun data dasar “%(text)s” tidak dikenal: tulis empat angka.") % {"text": text})
    return int(text)


def _yes(text: str) -> object:
    return said_yes(text) if text else SILENT


def _unit_code(value: object) -> str:
    return value.code if isinstance(value, Unit) else ""


def _nothing(version: IndicatorVersion) -> str:
    return ""


def _of(name: str, field: str) -> Callable[[IndicatorVersion], str]:
    """What the indicator hangs on, or who reports it, by its code or its words; "" for none."""
    return lambda version: str(getattr(getattr(version.indicator, name), field, ""))


def _key(version: IndicatorVersion) -> str:
    return key_of(version.indicator.office, version.indicator_id)


TABLE: tuple[Told, ...] = (
    Told(Column("code", "Kode", required=True, form="code", most=40), cell=lambda version: version.indicator.code),
    Told(Column("name", "Nama indikator", required=True, width=45), "name"),
    Told(Column("measure", "Satuan", required=True), "unit_of_measure"),
    Told(Column("polarity", "Arah"), "polarity", _known(DIRECTIONS, _direction_unknown), _word),
    Told(
        Column("aggregation", gettext_noop("Penggabungan")), "aggregation",
        _known(COMBINED, _combination_unknown), _word,
    ),
    Told(Column("scale", "Urutan predikat"), "scale", _order),
    Told(Column("unit", "Kode unit", form="code"), cell=_of("unit", "code")),
    # Those of people are not handed out in a file.
    Told(Column("nip", "NIP", form="code", width=22), cell=_nothing),
    Told(Column("sasaran", "Sasaran", width=40), cell=_of("sasaran", "text")),
    Told(Column("kegiatan", gettext_noop("Kode kegiatan"), form="code"), cell=_of("kegiatan", "code")),
    Told(Column("tujuan", "Tujuan", width=40), cell=_of("tujuan", "text")),
    Told(Column("serves", gettext_noop("Mendukung indikator"), form="code"), cell=_of("serves", "code")),
    Told(Column("jabatan", gettext_noop("Kode jabatan penanggung jawab"), form="code"), cell=_of("jabatan", "code")),
    Told(Column("definition", "Definisi operasional", form="prose", width=40), "definition"),
    Told(Column("formula", "Cara menghitung", form="prose", width=40), "formula"),
    Told(Column("source", "Sumber data", width=24), "source"),
    Told(Column("baseline", gettext_noop("Data dasar")), "baseline"),
    Told(Column("start", "Mulai berlaku"), cell=lambda version: version.start.strftime("%d-%m-%Y")),
    Told(Column("reason", "Sebab perubahan", most=300), cell=_nothing),
    Told(Column("predicates", "Skala predikat", width=30), "predicate_scale", _own_scale, _scale_written),
    Told(Column("numerator", "Pembilang", width=30), "numerator"),
    Told(Column("numerator_unit", "Satuan pembilang"), "numerator_unit"),
    Told(Column("denominator", "Penyebut", width=30), "denominator"),
    Told(Column("denominator_unit", "Satuan penyebut"), "denominator_unit"),
    Told(Column("multiplier", "Pengali", form="number"), "multiplier", _factor, cell=_factor_written),
    Told(Column("value_kind", "Jenis nilai"), "value_kind", _known(VALUES, _value_unknown), _kind_written, _value_told),
    Told(Column("kind", "Macam"), "kind", _chosen("Macam", IndicatorKind), _labelled(IndicatorKind)),
    Told(
        Column("method", "Cara menghitung capaian", width=24), "method",
        _chosen("Cara menghitung capaian", Method, ""), _labelled(Method),
    ),
    Told(Column("decimals", gettext_noop("Angka desimal")), "decimals", _decimals),
    Told(Column("cap", "Batas atas capaian", form="number"), "cap", _cap),
    Told(
        Column("frequency", "Frekuensi pengukuran"), "frequency", _chosen("Frekuensi pengukuran", Frequency),
        _labelled(Frequency),
    ),
    Told(Column("months", "Bulan ukur", width=24), "months", read_months, _months_written),
    Told(Column("cascading", "Jenis cascading"), "cascading", _cascade, _cascade_written),
    Told(Column("why", gettext_noop("Alasan pemilihan"), form="prose", width=40), "why"),
    Told(Column("producer", "Produsen data", width=24), "producer"),
    Told(Column("keeper", gettext_noop("Kode unit penanggung jawab"), form="code"), "keeper", None, _unit_code),
    Told(Column("supplier", gettext_noop("Kode unit penyedia"), form="code"), "supplier", None, _unit_code),
    Told(Column("contact", "Narahubung"), "contact"),
    Told(Column("baseline_year", "Tahun data dasar"), "baseline_year", _baseline_year),
    Told(Column("evidence", "Bukti dukung wajib", form="prose", width=30), "evidence_needed"),
    Told(Column("links", "Tautan SDGs, SPM, IKK"), "links"),
    Told(
        Column("publishable", "Boleh dipublikasikan", form="yes"), "publishable", _yes,
        lambda value: "ya" if value else "tidak",
    ),
    Told(Column("notes", "Keterangan", form="prose", width=30), "notes"),
    Told(KEY, cell=_key),
)  # fmt: skip
# Said by the same cell as the kind of value.
VALUE_TYPE = Told(Column("value_type", "Jenis nilai"), "value_type", written=_labelled(ValueType))
OF_FIELD = {one.field: one for one in (*TABLE, VALUE_TYPE) if one.field}
# Cells that hold the code of a unit.
UNITS = ("unit", *(one.column.key for one in TABLE if one.read is None))


def choices() -> dict[str, tuple[str, ...]]:
    """What may be chosen in the columns that take one of a few words, as the table writes them."""
    spelled = {"polarity": DIRECTIONS, "aggregation": COMBINED, "value_kind": VALUES}
    found = {key: tuple(_WORDS[code] for code in dict.fromkeys(words.values())) for key, words in spelled.items()}
    labelled: dict[str, type[models.TextChoices]] = {
        "kind": IndicatorKind, "method": Method, "frequency": Frequency,
    }  # fmt: skip
    found |= {key: tuple(filter(None, _labels(kinds).values())) for key, kinds in labelled.items()}
    found["cascading"] = tuple(_cascade_written(code) for code in dict.fromkeys(CASCADED.values()))
    return found | {"decimals": tuple(str(no) for no in range(MOST_DECIMALS + 1))}


def told(field: str, value: object) -> object:
    """What a definition says, as the table writes it."""
    return OF_FIELD[field].written(value)


def heading(field: str) -> str:
    """What the column is called that says it, as somebody reads it."""
    return OF_FIELD[field].column.told


def definition(cells: Cells, unit_of: Callable[[str], Unit | None], last: IndicatorVersion | None) -> dict[str, object]:
    """What the row says of the definition; a column that is not there says nothing. unit_of: the unit with a code;
    last: the version that it may change."""
    faults, says = Faults(), dict[str, object]()
    for one in TABLE:
        if one.field and (text := cells.get(one.column.key)) is not None:
            found = faults.of(unit_of if one.read is None else one.read, text)
            if found is not SILENT:
                says[one.field] = found
    says |= _value(says, last.value_kind if last is not None else "")
    if bool(cells.get("numerator")) != bool(cells.get("denominator")):
        faults.add(_("Pembilang dan penyebut diisi berpasangan."))
    for name, value in says.items():
        faults.of(_check_fits, name, value)
    faults.settle()
    return says


def _value(says: Mapping[str, object], kind: str) -> dict[str, object]:
    """How the value is kept. A table that does not say what it is: predicates, where it has an order of some; its kind
    so far stays if it can."""
    if "value_kind" in says:
        order = says.get("scale")
        said = said_of_value(str(says["value_kind"]), order if isinstance(order, list) else [])
        return said if said["scale"] or "scale" in says else {key: said[key] for key in ("value_type", "value_kind")}
    if "scale" not in says:
        return {}
    in_words = bool(says["scale"])
    return {
        "value_type": ValueType.ORDINAL if in_words else ValueType.NUMBER,
        "value_kind": kind if in_words == (kind == ValueKind.YES_NO) else "",
    }


def changed(last: IndicatorVersion, says: Mapping[str, object]) -> dict[str, object]:
    """What of it is something else than the version says; how a text is spaced is not."""
    return {name: value for name, value in says.items() if _spaced(getattr(last, name)) != _spaced(value)}


def _spaced(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _check_fits(name: str, value: object) -> None:
    """Raise Refused for a text that is longer than its field."""
    most = getattr(IndicatorVersion._meta.get_field(name), "max_length", None)
    if isinstance(value, str) and most is not None and len(value) > most:
        words = {"name": OF_FIELD[name].column.heading, "most": most}
        raise Refused(_("%(name)s terlalu panjang: paling banyak %(most)s huruf.") % words)
