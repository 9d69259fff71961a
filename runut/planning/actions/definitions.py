"""What a row of the dictionary's table says of a definition, and how a definition is written into one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.errors import Refused
from runut.lib.imports import Faults
from runut.lib.numbers import format_number, typed_number
from runut.lib.reading import read_number, written_places
from runut.organisation.actions.known import Cells
from runut.planning.models import IndicatorVersion, ValueKind, ValueType
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

_WORDS = (DIRECTIONS, COMBINED, CASCADED, VALUES)
WRITTEN = {code: word for words in _WORDS for word, code in reversed(words.items()) if word}

SAYS = {
    "name": gettext_lazy("Nama indikator"), "unit_of_measure": gettext_lazy("Satuan"), "polarity": gettext_lazy("Arah"),
    "aggregation": gettext_lazy("Penggabungan"), "scale": gettext_lazy("Urutan predikat"),
    "value_type": gettext_lazy("Jenis nilai"), "definition": gettext_lazy("Definisi operasional"),
    "formula": gettext_lazy("Cara menghitung"), "source": gettext_lazy("Sumber data"),
    "baseline": gettext_lazy("Data dasar"), "predicate_scale": gettext_lazy("Skala predikat"),
    "numerator": gettext_lazy("Pembilang"), "numerator_unit": gettext_lazy("Satuan pembilang"),
    "denominator": gettext_lazy("Penyebut"), "denominator_unit": gettext_lazy("Satuan penyebut"),
    "multiplier": gettext_lazy("Pengali"), "value_kind": gettext_lazy("Rincian jenis nilai"),
    "months": gettext_lazy("Bulan ukur"), "supplier": gettext_lazy("Unit penyedia data"),
    "cascading": gettext_lazy("Jenis cascading"),
}  # fmt: skip

# What stands in the cells as it is kept.
_TEXTS = ("definition", "formula", "source", "baseline")
_PARTS = ("numerator", "numerator_unit", "denominator", "denominator_unit")
# Of a quotient that says nothing else: a percentage.
FACTOR, MOST, PLACES = Decimal(100), Decimal(10**6), 4


def told(field: str, value: object) -> object:
    """What a definition says, as the table writes it."""
    if field == "predicate_scale":
        return written_scale(from_kept(value) if isinstance(value, dict) else None)
    if field in ("polarity", "aggregation"):
        return WRITTEN[str(value)]
    if field == "value_type":
        return str(ValueType(str(value)).label)
    if field == "value_kind":
        return str(ValueKind(str(value)).label) if value else ""
    if field == "cascading":
        return WRITTEN.get(str(value), "").upper()
    if field == "months" and isinstance(value, list):
        return written_months(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return ", ".join(value) if isinstance(value, (list, tuple)) else value


def definition(cells: Cells) -> dict[str, object]:
    """What the row says of the definition; a column that is not there says nothing."""
    faults = Faults()
    says: dict[str, object] = {"name": cells["name"], "unit_of_measure": cells["measure"]}
    says["polarity"] = faults.of(_known, DIRECTIONS, cells.get("polarity", ""), _direction_unknown)
    says["aggregation"] = faults.of(_known, COMBINED, cells.get("aggregation", ""), _combination_unknown)
    if "predicates" in cells:
        says["predicate_scale"] = as_kept(faults.of(read_scale, cells["predicates"]))
    says |= faults.of(_value, cells) or {}
    if "months" in cells:
        says["months"] = faults.of(read_months, cells["months"])
    if "cascading" in cells:
        says["cascading"] = faults.of(_known, CASCADED | {"": ""}, cells["cascading"], _cascading_unknown)
    says |= {name: cells[name] for name in _TEXTS if name in cells} | _components(cells, faults)
    for name, value in says.items():
        faults.of(_check_fits, name, value)
    faults.settle()
    return says


def _value(cells: Cells) -> dict[str, object]:
    """What a value is, and the order of its predicates. A table that does not say it: predicates, where it has some."""
    order = [part.strip() for part in cells.get("scale", "").split(",") if part.strip()]
    words = VALUES | {"": "ordinal" if order else "number"}
    said = said_of_value(_known(words, cells.get("value_kind", ""), _value_unknown), order)
    return said if "value_kind" in cells else {field: said[field] for field in ("scale", "value_type")}


def _components(cells: Cells, faults: Faults) -> dict[str, object]:
    """What a value is worked out from; of a table that asks for neither, nothing."""
    if not {"numerator", "denominator"} & set(cells):
        return {}
    if bool(cells.get("numerator")) != bool(cells.get("denominator")):
        faults.add(_("Pembilang dan penyebut diisi berpasangan."))
    parts: dict[str, object] = {name: cells.get(name, "") for name in _PARTS}
    return parts | {"multiplier": faults.of(_factor, cells.get("multiplier", ""))}


def _factor(text: str) -> Decimal:
    sentence = _("Pengali “%(text)s” bukan angka dari 1 sampai %(most)s.")
    words = {"text": text, "most": format_number(MOST)}
    if not text:
        return FACTOR
    try:
        number = read_number(text)
    except Refused as refusal:
        raise Refused(sentence % words) from refusal
    if number is None or not 1 <= number <= MOST or written_places(number) > PLACES:
        raise Refused(sentence % words)
    return number


def factor_told(version: IndicatorVersion) -> str:
    """The factor as the table has it: where it matters, or is another than of a percentage."""
    return typed_number(version.multiplier) if version.numerator or version.multiplier != FACTOR else ""


def _known(words: Mapping[str, str], text: str, unknown: Callable[[str], str]) -> str:
    if (found := words.get(text.casefold())) is None:
        raise Refused(unknown(text))
    return found


def _direction_unknown(text: str) -> str:
    return _("Arah “%(text)s” tidak dikenal: tulis naik, turun, rentang, atau stabil.") % {"text": text}


def _value_unknown(text: str) -> str:
    words = {"text": text, "names": ", ".join(list(VALUES)[:8])}
    return _("Jenis nilai “%(text)s” tidak dikenal. Pilih: %(names)s.") % words


def _cascading_unknown(text: str) -> str:
    return _("Jenis cascading “%(text)s” tidak dikenal: tulis CP, C, atau N.") % {"text": text}


def _combination_unknown(text: str) -> str:
    words = {"text": text, "names": ", ".join(list(COMBINED)[:4])}
    return _("Penggabungan “%(text)s” tidak dikenal. Pilih: %(names)s.") % words


def value_told(version: IndicatorVersion) -> str:
    """What its value is, as the table has it."""
    return WRITTEN[version.value_kind or version.value_type]


def _check_fits(name: str, value: object) -> None:
    """Raise Refused for a text that is longer than its field."""
    most = getattr(IndicatorVersion._meta.get_field(name), "max_length", None)
    if isinstance(value, str) and most is not None and len(value) > most:
        words = {"name": SAYS[name], "most": most}
        raise Refused(_("%(name)s terlalu panjang: paling banyak %(most)s huruf.") % words)
