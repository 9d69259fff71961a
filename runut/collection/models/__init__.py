"""Numbers: what must be reported in a period, by whom, and every version of it."""

from runut.collection.models.beside import Delivery, Evidence, PaperEntry, Remark
from runut.collection.models.figures import (
    JUDGED,
    SIGNED,
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
from runut.collection.models.past import PastReport, PastReportQuerySet

__all__ = [
    "JUDGED",
    "SIGNED",
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
    "PastReport",
    "PastReportQuerySet",
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
