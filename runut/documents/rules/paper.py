"""Whether a table fits on its sheet: numbers and words do not break, so the longest of each column need their room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from runut.documents.rules.content import Block

Fit = Literal["usual", "small", "broken"]
# Room between the margins of A4, the narrower of the sheets in use, in CSS pixels: upright, and lying.
UPRIGHT, LYING = 655, 1000
# A letter and the edges of a cell, in the usual type of a printed table and in the small one (print.css).
_USUAL, _SMALL = (6.7, 12.0), (5.6, 7.0)
# Columns of words are only read with ease where there is room beside the longest word.
_EASE = 0.8


def longest_words(block: Block) -> list[int]:
    """How many letters the longest word of each column has, its heading included."""
    found = [_longest(column["label"]) for column in block["columns"]]
    for group in block["groups"]:
        for line in group["rows"]:
            found = [max(most, _longest(cell)) for most, cell in zip(found, line, strict=True)]
    return found


def lies(blocks: Iterable[Block]) -> bool:
    """Whether a table of these does not fit on an upright sheet even in small type."""
    return any(_breadth(block, _SMALL) > UPRIGHT for block in blocks if block["kind"] == "table")


def fit(block: Block, room: int) -> Fit:
    """How a table is set: in the usual type, in the small one, or with words that are broken as well."""
    if _breadth(block, _USUAL) <= room * _EASE:
        return "usual"
    return "small" if _breadth(block, _SMALL) <= room else "broken"


def _breadth(block: Block, measure: tuple[float, float]) -> float:
    letter, edges = measure
    words = longest_words(block)
    return letter * sum(words) + edges * len(words)


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=1)
