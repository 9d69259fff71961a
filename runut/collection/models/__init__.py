"""Numbers: what must be reported in a period, by whom, and every version of it."""

from runut.collection.models.beside import Delivery, Evidence, OutsideEntry, PaperEntry, Remark, Source, StagedLine
from runut.collection.models.editions import FormEdition
from runut.collection.models.figures import (
    Basis,
    Figure,
    FigureQuerySet,
    Line,
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
from runut.collection.models.marks import BINDING, FINAL, JUDGED, SIGNED, Mark, MarkKind
from runut.collection.models.past import PastReport, PastReportQuerySet, PastScan, StagedValue
from runut.collection.models.years import MissingQuarter, YearRun

__all__ = [
    "BINDING",
    "FINAL",
    "JUDGED",
    "SIGNED",
    "Basis",
    "Delivery",
    "Evidence",
    "Figure",
    "FigureQuerySet",
    "FormEdition",
    "Line",
    "Mark",
    "MarkKind",
    "Measure",
    "MissingQuarter",
    "OutsideEntry",
    "PaperEntry",
    "PastReport",
    "PastReportQuerySet",
    "PastScan",
    "Period",
    "PeriodQuerySet",
    "Remark",
    "Sheet",
    "SheetKind",
    "SheetQuerySet",
    "SheetState",
    "Source",
    "StagedLine",
    "StagedValue",
    "Value",
    "Verdict",
    "YearRun",
]
