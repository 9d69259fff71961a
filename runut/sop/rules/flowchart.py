"""The flowchart of the official form: which symbol stands where, and which lines run through each cell.

PermenPANRB 35/2012 knows five symbols: capsule, box, diamond, arrow, pentagon. The chart is drawn
cell by cell, so that it stretches with the table: a cell is a square of 100 by 100, its symbol stands
in the middle, lines go from edge to edge. A step that several share has its symbols joined by a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from runut.sop.rules.definition import COMPLETE, Definition, Step

Symbol = Literal["capsule", "box", "diamond", "pentagon"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"

MIDDLE = 50
CROSSING = 7  # height at which a line changes over to another lane
ARRIVAL, BESIDE = 18, 62  # height at which a return comes in, and where it goes down to the symbol
GUTTER, GAP = 97, 6  # where returns run up in the last lane, and the room between two of them


@dataclass(slots=True)
class Cell:
    """One lane's cell in one row. `down`, `back`: an arrow head at the symbol's top, of the flow or of a return."""

    symbol: Symbol | None = None
    lines: list[str] = field(default_factory=list)
    down: bool = False
    back: bool = False
    yes: bool = False
    no: bool = False

    @property
    def path(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A step and its cells, one per lane. The row after the last, if a diamond ends the SOP, has no step.

    leaving, arriving: the connectors with which the flow leaves the page below this row and comes in
    on the next one, should the page end here. PermenPANRB 35/2012 wants them wherever a page changes.
    """

    step: Step | None
    number: str
    cells: tuple[Cell, ...]
    leaving: tuple[Cell, ...]
    arriving: tuple[Cell, ...]


def symbol_of(definition: Definition, step: Step) -> Symbol:
    """Diamond for a decision, capsule for the start and the end, else box."""
    if any(outcome.back for outcome in step.outcomes):
        return "diamond"
    return "capsule" if step in (definition.steps[0], definition.steps[-1]) else "box"


def step_numbers(definition: Definition) -> dict[str, str]:
    """step id -> number as printed; rows that share a number get letters, a step without one takes the one before."""
    numbers: dict[str, str] = {}
    last = "1"
    for step in definition.steps:
        numbers[step.id] = last = step.printed_no or last
    shared = defaultdict(list)
    for sid, number in numbers.items():
        shared[number].append(sid)
    for number, sids in shared.items():
        if len(sids) > 1:
            numbers |= {sid: f"{number}{LETTERS[at % 26]}" for at, sid in enumerate(sids)}
    return numbers


def rows_printed(definition: Definition) -> int:
    """How many steps the procedure has on paper: its last number, where several of ours may share one."""
    printed = {step.printed_no for step in definition.steps if step.printed_no}
    return max((int(no) for no in printed if no.isdecimal()), default=len(printed) or len(definition.steps))


def chart(definition: Definition) -> list[ChartRow]:
    """The rows of the flow table with what is drawn in them."""
    order = {lane.key: at for at, lane in enumerate(definition.lanes)}
    columns = [sorted(order[key] for key in step.lanes) for step in definition.steps]
    symbols = [symbol_of(definition, step) for step in definition.steps]
    if symbols[-1] == "diamond":
        columns.append([_main(definition.steps[-1], order)])
        symbols.append("capsule")
    grid = [[Cell() for _lane in definition.lanes] for _row in columns]
    for row, places in enumerate(columns):
        for place in places:
            grid[row][place].symbol = symbols[row]
        _join(grid[row], places)
    down: dict[int, int] = {}
    for row, (start, end) in enumerate(_steps_down(definition, order, columns)):
        if end is not None:
            down[row] = start
            _go_down(grid, row, start, end, is_decision=symbols[row] == "diamond")
    up: dict[int, list[int]] = defaultdict(list)
    for at, (target, sources) in enumerate(_returns(definition)):
        gutter = GUTTER - GAP * (at % 3)
        _go_back(grid, columns, target, sources, gutter)
        for row in range(target, max(sources)):
            up[row].append(gutter)
    return _as_rows(definition, grid, down, up)


def _as_rows(
    definition: Definition, grid: list[list[Cell]], down: dict[int, int], up: dict[int, list[int]]
) -> list[ChartRow]:
    """The cells with their steps and connectors. down: row -> lane in which the flow leaves it; up: row -> gutters."""
    numbers = step_numbers(definition)
    rows = []
    for at, cells in enumerate(grid):
        step = definition.steps[at] if at < len(definition.steps) else None
        leaving, arriving = (_connector(len(cells), down.get(at), up[at], leaves=leaves) for leaves in (True, False))
        rows.append(ChartRow(step, numbers[step.id] if step else "", tuple(cells), leaving, arriving))
    return rows


def _connector(lanes: int, flow: int | None, gutters: list[int], *, leaves: bool) -> tuple[Cell, ...]:
    """The row of pentagons at a page's end, or at the next one's top: where the flow and the returns go on."""
    cells = [Cell() for _lane in range(lanes)]
    edge = 0 if leaves else 100
    if flow is not None:
        cells[flow].symbol, cells[flow].down = "pentagon", leaves
        cells[flow].lines.append(f"M{MIDDLE} {edge}V{MIDDLE}")
    for gutter in gutters:
        cells[-1].symbol = "pentagon"
        cells[-1].lines.append(f"M{gutter} {edge}V{MIDDLE}H{MIDDLE}")
    return tuple(cells)


def _main(step: Step, order: dict[str, int]) -> int:
    return order[step.lanes[0]]


def _join(cells: list[Cell], places: list[int]) -> None:
    for place in range(places[0], places[-1] + 1):
        if len(places) > 1:
            start = MIDDLE if place == places[0] else 0
            end = MIDDLE if place == places[-1] else 100
            cells[place].lines.append(f"M{start} {MIDDLE}H{end}")


def _steps_down(
    definition: Definition, order: dict[str, int], columns: list[list[int]]
) -> Iterator[tuple[int, int | None]]:
    """From which lane to which the flow goes on below each row; None where it leads elsewhere."""
    steps = definition.steps
    for row, step in enumerate(steps):
        following = steps[row + 1] if row + 1 < len(steps) else None
        onward = step.outcome(COMPLETE)
        if following is not None and onward is not None and onward.to == following.id:
            yield _main(step, order), _main(following, order)
        elif following is None and len(columns) > len(steps):
            yield _main(step, order), columns[-1][0]
        else:
            yield _main(step, order), None


def _go_down(grid: list[list[Cell]], row: int, start: int, end: int, *, is_decision: bool) -> None:
    above, below = grid[row], grid[row + 1]
    above[start].lines.append(f"M{MIDDLE} {MIDDLE}V100")
    above[start].yes = is_decision
    below[end].down = True
    if start == end:
        below[end].lines.append(f"M{MIDDLE} 0V{MIDDLE}")
        return
    right = end > start
    below[start].lines.append(f"M{MIDDLE} 0V{CROSSING}H{100 if right else 0}")
    for place in range(min(start, end) + 1, max(start, end)):
        below[place].lines.append(f"M0 {CROSSING}H100")
    below[end].lines.append(f"M{0 if right else 100} {CROSSING}H{MIDDLE}V{MIDDLE}")


def _returns(definition: Definition) -> Iterator[tuple[int, list[int]]]:
    """target row -> the rows that return to it, in the order of the targets."""
    found: dict[int, list[int]] = defaultdict(list)
    for row, step in enumerate(definition.steps):
        for outcome in step.outcomes:
            if outcome.back and outcome.to is not None:
                found[definition.index(outcome.to)].append(row)
    for target in sorted(found):
        yield target, sorted(set(found[target]))


def _go_back(grid: list[list[Cell]], columns: list[list[int]], target: int, sources: list[int], gutter: int) -> None:
    """One line up in the last lane, from every row that returns to the target, and down to its symbol."""
    last = len(grid[0]) - 1
    for row in sources:
        _to_the_edge(grid[row], columns[row][-1], last, (MIDDLE, MIDDLE), gutter)
        grid[row][columns[row][-1]].no = True
        grid[row][last].lines.append(f"M{gutter} {MIDDLE}V0")
    for row in range(target + 1, max(sources)):
        grid[row][last].lines.append(f"M{gutter} 100V0")
    grid[target][last].lines.append(f"M{gutter} 100V{ARRIVAL}")
    _to_the_edge(grid[target], columns[target][-1], last, (BESIDE, ARRIVAL), gutter)
    grid[target][columns[target][-1]].lines.append(f"M{BESIDE} {ARRIVAL}V{MIDDLE}")
    grid[target][columns[target][-1]].back = True


def _to_the_edge(cells: list[Cell], start: int, last: int, corner: tuple[int, int], gutter: int) -> None:
    beside, height = corner
    for place in range(start, last + 1):
        begin = beside if place == start else 0
        end = gutter if place == last else 100
        cells[place].lines.append(f"M{begin} {height}H{end}")
