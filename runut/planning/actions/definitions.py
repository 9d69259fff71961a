"""What a row of the dictionary's table says of a definition, and how a definition is written into one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.lib.imports import Faults
from runut.organisation.actions.known import Cells
from runut.planning.models import ValueType
from runut.planning.rules import COMBINED, DIRECTIONS, as_kept, from_kept, read_scale, written_scale

WRITTEN = {code: word for word, code in reversed([*DIRECTIONS.items(), *COMBINED.items()]) if word}

SAYS = {
    "name": gettext_lazy("Nama indikator"), "unit_of_measure": gettext_lazy("Satuan"), "polarity": gettext_lazy("Arah"),
    "aggregation": gettext_lazy("Penggabungan"), "scale": gettext_lazy("Urutan predikat"),
    "value_type": gettext_lazy("Jenis nilai"), "definition": gettext_lazy("Definisi operasional"),
    "formula": gettext_lazy("Cara menghitung"), "source": gettext_lazy("Sumber data"),
    "baseline": gettext_lazy("Data dasar"), "predicate_scale": gettext_lazy("Skala predikat"),
}  # fmt: skip


def told(field: str, value: object) -> object:
    """What a definition says, as the table writes it."""
    if field == "predicate_scale":
        return written_scale(from_kept(value) if isinstance(value, dict) else None)
    if field in ("polarity", "aggregation"):
        return WRITTEN[str(value)]
    if field == "value_type":
        return str(ValueType(str(value)).label)
    return ", ".join(value) if isinstance(value, (list, tuple)) else value


def definition(cells: Cells) -> dict[str, object]:
    """What the row says of the definition; a column that is not there says nothing."""
    faults = Faults()
    polarity = DIRECTIONS.get(cells.get("polarity", "").casefold())
    aggregation = COMBINED.get(cells.get("aggregation", "").casefold())
    if polarity is None:
        faults.add(_("Arah “%(text)s” tidak dikenal: tulis naik atau turun.") % {"text": cells["polarity"]})
    if aggregation is None:
        words = {"text": cells["aggregation"], "names": ", ".join(list(COMBINED)[:4])}
        faults.add(_("Penggabungan “%(text)s” tidak dikenal. Pilih: %(names)s.") % words)
    scale = faults.of(read_scale, cells.get("predicates", ""))
    faults.settle()
    says: dict[str, object] = {"name": cells["name"], "unit_of_measure": cells["measure"], "polarity": polarity}
    says["aggregation"] = aggregation
    if "predicates" in cells:
        says["predicate_scale"] = as_kept(scale)
    order = [part.strip() for part in cells.get("scale", "").split(",") if part.strip()]
    says |= {"scale": order, "value_type": ValueType.ORDINAL if order else ValueType.NUMBER}
    return says | {name: cells[name] for name in ("definition", "formula", "source", "baseline") if name in cells}
