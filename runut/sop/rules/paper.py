"""Where the pages of the official form end: by how high its rows get on paper, on the high side.

The form is printed on F4 across. The columns that hold words have fixed shares of the width, as the
style sheet for print has them (sop_print.css); so the words say how many lines a row takes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

LINE, PADDING, LOWEST = 11, 12, 44  # points: a line, what surrounds the words, the height of a symbol's cell
# Points left for rows beneath the head of the table, with a connector at either end; less where every page
# bears the head of the document too.
ROOM, ROOM_ISO = 400, 300

# Letters that fit in a line of: activity, needs, time, output, remarks.
WIDTHS = (32, 18, 9, 18, 20)


def height(words: Sequence[Sequence[str]]) -> int:
    """Points that a row takes at most; words: per column its paragraphs, in the order of WIDTHS."""
    lines = [sum(_lines(text, width) for text in texts) for texts, width in zip(words, WIDTHS, strict=True)]
    return max(LOWEST, max(lines) * LINE + PADDING)


def _lines(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width)) or 1


def page_ends(heights: Sequence[int], room: int) -> frozenset[int]:
    """After which rows a page ends; never after the last. A row higher than a page has one to itself."""
    ends, used = set(), 0
    for at, high in enumerate(heights):
        if used and used + high > room:
            ends.add(at - 1)
            used = 0
        used += high
    return frozenset(ends)
