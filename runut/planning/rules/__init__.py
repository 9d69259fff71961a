"""Codes, the tree, what an office should have, and what a definition still lacks."""

from runut.planning.rules.aims import read_aim
from runut.planning.rules.codes import DEPTHS, NOMENCLATURES, Depth, depth_of, of_another_level, parent_code
from runut.planning.rules.definition import CHOSEN, FIELDS, UNITS
from runut.planning.rules.doubts import Typed, doubts, readings
from runut.planning.rules.hints import Described, Hint, hints, same_name
from runut.planning.rules.money import Summed, absorption, overspent, summed
from runut.planning.rules.months import is_measured_in, read_months, written_months
from runut.planning.rules.ordinals import is_level, known_ranks, read_predicate, same_predicate
from runut.planning.rules.register import OF_OFFICE, OF_PEOPLE, Held, Standing, standing
from runut.planning.rules.scales import (
    SHIPPED,
    WORDLESS,
    OfOffice,
    Scale,
    as_kept,
    as_stored,
    from_kept,
    from_stored,
    no_scale,
    own_scale,
    scale_by_code,
    word_for,
    word_of,
)
from runut.planning.rules.spans import SEVERAL_YEARS, check_within, check_years
from runut.planning.rules.tree import HEIGHT, WIDTH, Box, Drawing, Node, NodeKind, draw, draw_pages, every, measuring
from runut.planning.rules.values import said_of_value
from runut.planning.rules.words import CASCADED, COMBINED, DIRECTIONS, VALUES
from runut.planning.rules.written_scales import (
    check_writable,
    read_classes,
    read_scale,
    shipped_as,
    written_classes,
    written_scale,
)

__all__ = [
    "CASCADED",
    "CHOSEN",
    "COMBINED",
    "DEPTHS",
    "DIRECTIONS",
    "FIELDS",
    "HEIGHT",
    "NOMENCLATURES",
    "OF_OFFICE",
    "OF_PEOPLE",
    "SEVERAL_YEARS",
    "SHIPPED",
    "UNITS",
    "VALUES",
    "WIDTH",
    "WORDLESS",
    "Box",
    "Depth",
    "Described",
    "Drawing",
    "Held",
    "Hint",
    "Node",
    "NodeKind",
    "OfOffice",
    "Scale",
    "Standing",
    "Summed",
    "Typed",
    "absorption",
    "as_kept",
    "as_stored",
    "check_within",
    "check_writable",
    "check_years",
    "depth_of",
    "doubts",
    "draw",
    "draw_pages",
    "every",
    "from_kept",
    "from_stored",
    "hints",
    "is_level",
    "is_measured_in",
    "known_ranks",
    "measuring",
    "no_scale",
    "of_another_level",
    "overspent",
    "own_scale",
    "parent_code",
    "read_aim",
    "read_classes",
    "read_months",
    "read_predicate",
    "read_scale",
    "readings",
    "said_of_value",
    "same_name",
    "same_predicate",
    "scale_by_code",
    "shipped_as",
    "standing",
    "summed",
    "word_for",
    "word_of",
    "written_classes",
    "written_months",
    "written_scale",
]
