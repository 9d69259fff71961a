"""What a version of an indicator says, field by field: the one list of it."""

FIELDS = (
    "name", "unit_of_measure", "kind", "polarity", "method", "value_type", "value_kind", "aggregation", "decimals",
    "cap", "scale", "predicate_scale", "why", "definition", "formula", "numerator", "numerator_unit", "denominator",
    "denominator_unit", "multiplier", "frequency", "months", "source", "producer", "keeper", "supplier", "contact",
    "baseline_year", "baseline", "evidence_needed", "cascading", "links", "publishable", "notes",
)  # fmt: skip
# Of these one is chosen, or a unit is named.
CHOSEN = ("kind", "polarity", "method", "value_type", "value_kind", "aggregation", "frequency", "cascading")
UNITS = ("keeper", "supplier")
