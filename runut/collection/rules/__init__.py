"""What a sheet may become, what an achievement is, what stands out in a filled sheet."""

from runut.collection.rules.achievement import Achievement, achievement, level_of
from runut.collection.rules.averages import average, count_reached, gather, is_below
from runut.collection.rules.efficiency import efficiency
from runut.collection.rules.findings import Cell, Finding, findings, meant, read_cell, unlike_the_past
from runut.collection.rules.paste import Pasted, PastedCell, Place, lay_over
from runut.collection.rules.past import check_is_over, check_paper, read_past
from runut.collection.rules.sheets import (
    CHECKED,
    EDITABLE,
    HANDED_IN,
    MOVES,
    Content,
    check_can_be_taken_back,
    check_can_be_withdrawn,
    check_editable,
    check_line_editable,
    clashes,
    digest,
    locked_because,
    merged,
)
from runut.collection.rules.words import in_words

__all__ = [
    "CHECKED",
    "EDITABLE",
    "HANDED_IN",
    "MOVES",
    "Achievement",
    "Cell",
    "Content",
    "Finding",
    "Pasted",
    "PastedCell",
    "Place",
    "achievement",
    "average",
    "check_can_be_taken_back",
    "check_can_be_withdrawn",
    "check_editable",
    "check_is_over",
    "check_line_editable",
    "check_paper",
    "clashes",
    "count_reached",
    "digest",
    "efficiency",
    "findings",
    "gather",
    "in_words",
    "is_below",
    "lay_over",
    "level_of",
    "locked_because",
    "meant",
    "merged",
    "read_cell",
    "read_past",
    "unlike_the_past",
]
