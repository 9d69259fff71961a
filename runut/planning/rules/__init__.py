"""Codes, the tree, what an office should have, and what a definition still lacks."""

from runut.planning.rules.aims import read_aim
from runut.planning.rules.codes import DEPTHS, NOMENCLATURES, Depth, depth_of, parent_code
from runut.planning.rules.hints import Described, Hint, hints
from runut.planning.rules.money import Summed, absorption, overspent, summed
from runut.planning.rules.register import OF_OFFICE, OF_PEOPLE, Held, Standing, standing
from runut.planning.rules.tree import HEIGHT, WIDTH, Box, Drawing, Node, NodeKind, draw, every
from runut.planning.rules.words import COMBINED, DIRECTIONS

__all__ = [
    "COMBINED",
    "DEPTHS",
    "DIRECTIONS",
    "HEIGHT",
    "NOMENCLATURES",
    "OF_OFFICE",
    "OF_PEOPLE",
    "WIDTH",
    "Box",
    "Depth",
    "Described",
    "Drawing",
    "Held",
    "Hint",
    "Node",
    "NodeKind",
    "Standing",
    "Summed",
    "absorption",
    "depth_of",
    "draw",
    "every",
    "hints",
    "overspent",
    "parent_code",
    "read_aim",
    "standing",
    "summed",
]
