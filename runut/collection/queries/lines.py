"""What is read of the lines of a sheet or of a run: as a form shows them, and as a document prints them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from runut.collection.models import Evidence, Line, Sheet, Value
from runut.collection.queries.standing import latest

_AIM = ("target", "target_text")
# Of a definition: what it is called, and what its achievement is worked out by.
_DEFINED = (
    "name", "unit_of_measure", "polarity", "method", "value_type", "decimals", "cap", "scale", "predicate_scale",
)  # fmt: skip


def lines_of_run(pk: int) -> QuerySet[Line]:
    """Named by the run itself too: PostgreSQL takes a subquery into account only after eight joins."""
    return Line.objects.filter(sheet__run=pk, sheet__in=Sheet.objects.of_run(pk))


def shown(lines: QuerySet[Line]) -> QuerySet[Line]:
    """Everything of them, with their sheets, definitions and subjects, in the order of the forms."""
    return lines.select_related(
        "sheet__unit", "sheet__pegawai", "corrects", "figure__indicator__indicator__sasaran", "figure__unit",
        "figure__pegawai",
    ).order_by("sheet", "figure__no", "pk")  # fmt: skip


def printed(lines: QuerySet[Line]) -> QuerySet[Line]:
    """The same without what no document prints: a definition alone has some forty columns."""
    return shown(lines).only(
        "sheet", "figure", "corrects",
        *(f"figure__{name}" for name in (*_AIM, "annual_target", "annual_target_text", "indicator", "unit", "pegawai")),
        *(f"figure__indicator__{name}" for name in _DEFINED), "figure__indicator__indicator__sasaran",
    )  # fmt: skip


def printed_values() -> QuerySet[Value]:
    """The latest versions with their standing, and of them what is printed, hashed and counted with."""
    said = ("amount", "text", "numerator", "denominator", "measure", "note", "cause", "reason")
    return latest().select_related(None).only("figure", "sheet", "supersedes", *said, *_AIM)


def files_of(lines: QuerySet[Line] | Collection[Line]) -> QuerySet[Evidence]:
    """What is attached to them and was not withdrawn, in the order in which it came."""
    rows = Evidence.objects.filter(line__in=lines, withdrawn_at__isnull=True)
    return rows.select_related("uploaded_by").order_by("pk")
