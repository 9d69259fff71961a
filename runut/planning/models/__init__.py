"""What an office promised: plans, objectives, activities, indicators and their targets."""

from runut.planning.models.activities import ActivityLevel, Budget, Kegiatan, KegiatanQuerySet, Stakeholder
from runut.planning.models.indicators import (
    Aggregation,
    Cascading,
    Frequency,
    Indicator,
    IndicatorKind,
    IndicatorQuerySet,
    IndicatorVersion,
    Level,
    Method,
    Polarity,
    Target,
    ValueKind,
    ValueType,
)
from runut.planning.models.plans import Plan, PlanKind, PlanQuerySet, Sasaran, Tujuan
from runut.planning.models.register import DocumentKind, Registered, RegisteredQuerySet
from runut.planning.models.scales import OfficeScale

__all__ = [
    "ActivityLevel",
    "Aggregation",
    "Budget",
    "Cascading",
    "DocumentKind",
    "Frequency",
    "Indicator",
    "IndicatorKind",
    "IndicatorQuerySet",
    "IndicatorVersion",
    "Kegiatan",
    "KegiatanQuerySet",
    "Level",
    "Method",
    "OfficeScale",
    "Plan",
    "PlanKind",
    "PlanQuerySet",
    "Polarity",
    "Registered",
    "RegisteredQuerySet",
    "Sasaran",
    "Stakeholder",
    "Target",
    "Tujuan",
    "ValueKind",
    "ValueType",
]
