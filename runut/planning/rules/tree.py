"""The tree of an office's performance (pohon kinerja): what serves what, and where each box is drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

NodeKind = Literal["plan", "tujuan", "sasaran", "indicator", "program", "kegiatan", "sub_kegiatan", "individu"]

WIDTH, HEIGHT = 236, 84
ACROSS, BETWEEN = 52, 14
LINE_CHARS, LINES = 31, 3
# What can still be read on one A4 page across: type of 6 points.
PAGE_WIDTH, PAGE_HEIGHT = 1570, 1000


@dataclass(frozen=True, slots=True)
class Node:
    """One box: what it is, which row it stands for, its words, and what serves it.

    note: a second, short text (a unit, a target, money). number: its code or number within its kind.
    """

    kind: NodeKind
    pk: int
    text: str
    number: str = ""
    note: str = ""
    children: tuple[Node, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Box:
    """A node in the drawing: its upper left corner, its words in lines, and how deep it lies."""

    node: Node
    x: int
    y: int
    depth: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes from left to right, the lines between them as SVG paths, and the size of it all in pixels."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    width: int
    height: int

    @property
    def fits_a_page(self) -> bool:
        """Whether it can be printed; what is larger is read as a list."""
        return self.width <= PAGE_WIDTH and self.height <= PAGE_HEIGHT


def draw(root: Node) -> Drawing:
    """Every leaf gets a row of its own; what it serves stands beside the first of what serves it, so that the tree
    begins at the upper left corner."""
    boxes, lines = list[Box](), list[str]()
    rows = _place(root, 0, 0, boxes, lines)
    deepest = max(box.depth for box in boxes)
    width = (deepest + 1) * (WIDTH + ACROSS) - ACROSS
    return Drawing(tuple(boxes), tuple(lines), width, rows * (HEIGHT + BETWEEN) - BETWEEN)


def _place(node: Node, depth: int, row: int, boxes: list[Box], lines: list[str]) -> int:
    """Place a node with all that serves it from this row on; the first row that is free after it."""
    mine, x = len(boxes), depth * (WIDTH + ACROSS)
    boxes.append(Box(node, x, 0, depth, ()))
    below, after = list[Box](), row
    for child in node.children:
        place = len(boxes)
        after = _place(child, depth + 1, after, boxes, lines)
        below.append(boxes[place])
    y = row * (HEIGHT + BETWEEN)
    boxes[mine] = Box(node, x, y, depth, _wrapped(node.text))
    lines += [_line(boxes[mine], child) for child in below]
    return max(after, row + 1)


def _wrapped(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, LINE_CHARS, max_lines=LINES, placeholder=" …"))


def _line(above: Box, below: Box) -> str:
    start, end = (above.x + WIDTH, above.y + HEIGHT // 2), (below.x, below.y + HEIGHT // 2)
    middle = (start[0] + end[0]) // 2
    return f"M{start[0]} {start[1]}H{middle}V{end[1]}H{end[0]}"


def measuring(node: Node) -> list[Node]:
    """The indicators that count for a goal or an objective: those that hang on it, and of a goal those that hang on its
    objectives. What only serves them, and what programs and activities measure, counts where it hangs.
    """
    own = [one for one in node.children if one.kind == "indicator"]
    return own + [each for one in node.children if one.kind == "sasaran" for each in measuring(one)]


def every(nodes: Sequence[Node]) -> Iterator[Node]:
    """All nodes, each before what serves it."""
    for node in nodes:
        yield node
        yield from every(node.children)
