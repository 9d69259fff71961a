"""The tree of an office's performance (pohon kinerja): what serves what, and where each box is drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

NodeKind = Literal["plan", "tujuan", "sasaran", "indicator", "program", "kegiatan", "sub_kegiatan", "individu"]

WIDTH, HEIGHT = 236, 84
ACROSS, BETWEEN = 52, 14
LINE_CHARS, LINES = 31, 3
# The room on one A4 page across, in millimetres, below the title of the page; how much a pixel takes of it at most; and
# what fits there when type of 12.5 pixels still comes out at 8.5 points.
PAPER_WIDTH, PAPER_HEIGHT = Decimal(267), Decimal(144)
LARGEST = Decimal("0.33")
PAGE_WIDTH, PAGE_HEIGHT = 1100, 588


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
        """Whether it can be printed on one page."""
        return self.width <= PAGE_WIDTH and self.height <= PAGE_HEIGHT

    @property
    def paper_width(self) -> str:
        """Its width on paper, in millimetres."""
        return f"{(self.width + 4) * self._millimetres:.1f}"

    @property
    def paper_height(self) -> str:
        return f"{(self.height + 4) * self._millimetres:.1f}"

    @property
    def _millimetres(self) -> Decimal:
        """How large a pixel is on paper: as large as the page allows."""
        return min(LARGEST, PAPER_WIDTH / (self.width + 4), PAPER_HEIGHT / (self.height + 4))


def draw(root: Node) -> Drawing:
    """Every leaf gets a row of its own; what it serves stands beside the first of what serves it, so that the tree
    begins at the upper left corner."""
    boxes, lines = list[Box](), list[str]()
    rows = _place(root, 0, 0, boxes, lines)
    deepest = max(box.depth for box in boxes)
    width = (deepest + 1) * (WIDTH + ACROSS) - ACROSS
    return Drawing(tuple(boxes), tuple(lines), width, rows * (HEIGHT + BETWEEN) - BETWEEN)


def draw_pages(root: Node) -> tuple[Drawing, ...]:
    """The same tree in drawings that each fit a page: the whole as far down as it fits, then what was cut off, branch
    by branch. What a box leads to then stands in a drawing that begins with the same box."""
    return tuple(draw(part) for part in _parts(root))


def _parts(node: Node) -> list[Node]:
    if draw(node).fits_a_page:
        return [node]
    trimmed = [_trimmed(node, depth) for depth in range(_depth(node) - 1, 0, -1)]
    if top := next((each for each in trimmed if draw(each).fits_a_page), None):
        return [top, *(part for each in _at(node, _depth(top)) if each.children for part in _parts(each))]
    most = (PAGE_HEIGHT + BETWEEN) // (HEIGHT + BETWEEN)
    own = [replace(one, children=()) for one in node.children]
    tops = [replace(node, children=tuple(own[at : at + most])) for at in range(0, len(own), most)]
    return [*tops, *(part for each in node.children if each.children for part in _parts(each))]


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.children)) if node.children else 0


def _trimmed(node: Node, depth: int) -> Node:
    return replace(node, children=tuple(_trimmed(one, depth - 1) for one in node.children) if depth else ())


def _at(node: Node, depth: int) -> list[Node]:
    """The nodes so far down."""
    return [each for one in node.children for each in _at(one, depth - 1)] if depth else [node]


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
