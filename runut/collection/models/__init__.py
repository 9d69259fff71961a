"""Numbers: what must be reported in a period, by whom, and every version of it."""

from runut.collection.models.beside import Delivery, Evidence, PaperEntry, Remark
from runut.collection.models.figures import (
    JUDGED,
    Basis,
    Figure,
    FigureQuerySet,
    Line,
    Mark,
    MarkKind,
    Measure,
    Period,
    PeriodQuerySet,
    Sheet,
    SheetKind,
    SheetQuerySet,
    SheetState,
    Value,
    Verdict,
)

__all__ = [
    "JUDGED",
    "Basis",
    "Delivery",
    "Evidence",
    "Figure",
    "FigureQuerySet",
    "Line",
    "Mark",
    "MarkKind",
    "Measure",
    "PaperEntry",
    "Period",
    "PeriodQuerySet",
    "Remark",
    "Sheet",
    "SheetKind",
    "SheetQuerySet",
    "SheetState",
    "Value",
    "Verdict",
]
