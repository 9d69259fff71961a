"""Reads a workbook in a process of its own: bytes in, JSON out. A file that breaks the reader breaks only this process.

Run as a script by `tables`; it knows nothing of the product. Of several sheets the fullest one with the wanted
headings is read, else the fullest. The answer is lines of JSON: first {"top", "height", "width", "hidden", "merged"}
or {"error": code}, then a row each. Nothing of a large sheet is held twice, so that it fits an office PC.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MOST_MEMORY = 1536 * 1024 * 1024
HEADING_WITHIN = 20
CHUNK = 1024 * 1024
# Beyond, it is the empty rest of the sheet that is hidden.
MOST_HIDDEN = 100_000
_ROW = re.compile(rb'<row r="(\d{1,7})"([^>]*)>')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)
_NAMED = re.compile(rb"<sheet\b[^>]*?\bid=\"([^\"]+)\"")
_TARGET = re.compile(rb"<Relationship\b(?=[^>]*\bId=\"([^\"]+)\")(?=[^>]*\bTarget=\"([^\"]+)\")")
_OPEN = re.compile(
    rb"<table:(table-row|covered-table-cell|table(?= ))([^>]*)>|(number-(?:rows|columns)-spanned=\"(?!1\")\d+\")"
)
_REPEATED = re.compile(rb'number-rows-repeated="(\d+)"')
_OPEN_CELL = re.compile(rb"<table:(?:covered-)?table-cell([^>]*)>")
_TIMES = re.compile(rb'number-columns-repeated="(\d+)"')
_PERCENTAGE = b'office:value-type="percentage"'
_LOOKS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
# Of a look that names no format, the general one.
_LOOK = re.compile(rb"<(?:\w+:)?xf\b(?:[^>]*?\bnumFmtId=\"(\d+)\")?")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b(?=[^>]*\bnumFmtId=\"(\d+)\")(?=[^>]*\bformatCode=\"([^\"]*)\")")
# What stands in a format for itself and is no sign of it.
_SAID = re.compile(rb"&quot;.*?&quot;|\\.")
_STYLE = re.compile(rb'\bs="(\d+)"')
Error = dict[tuple[int, int], str]


class Marks:
    """What stands in the file beside the values: hidden rows, rows with merged cells, cells that hold an error.

    percents: cells that show their number as per cent, a hundred times what they hold.
    """

    def __init__(self) -> None:
        self.hidden: set[int] = set()
        self.merged: set[int] = set()
        self.errors: Error = {}
        self.percents: set[tuple[int, int]] = set()


def main() -> int:
    most_rows, most_columns, *wanted = sys.argv[1:]
    _limit_memory()
    import python_calamine

    content = sys.stdin.buffer.read()
    out = sys.stdout
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        sheet, place = _chosen(book, wanted)
        if sheet is None or not sheet.height:
            out.write(json.dumps({"top": 0, "height": 0, "width": 0, "hidden": [], "merged": []}) + "\n")
        elif sheet.height > int(most_rows) or sheet.width > int(most_columns):
            out.write(json.dumps({"error": "rows" if sheet.height > int(most_rows) else "columns"}) + "\n")
        else:
            marks = _marks(content, place)
            del content
            _write(sheet, marks, out)
    except python_calamine.PasswordError:
        out.write(json.dumps({"error": "password"}) + "\n")
    except Exception:  # whatever goes wrong in a foreign file, it cannot be read
        out.write(json.dumps({"error": "unreadable"}) + "\n")
    return 0


def _limit_memory() -> None:
    """Where the system can: Windows cannot, and there the process still dies alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _chosen(book: CalamineWorkbook, wanted: list[str]) -> tuple[CalamineSheet | None, int]:
    """The sheet to read, and which one of the workbook's it is."""
    names = book.sheet_names
    sheets = [(book.get_sheet_by_index(place), place) for place in range(len(names))]
    sheets.sort(key=lambda pair: -pair[0].height)
    if wanted:
        for sheet, place in sheets:
            if sheet.height and _has(sheet, [{_plain(word) for word in words.split("|")} for words in wanted]):
                return sheet, place
    return sheets[0] if sheets else (None, 0)


def _has(sheet: CalamineSheet, wanted: list[set[str]]) -> bool:
    rows = ({_plain(cell) for cell in row if isinstance(cell, str)} for row in sheet.to_python(nrows=HEADING_WITHIN))
    return any(all(words & row for words in wanted) for row in rows)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _write(sheet: CalamineSheet, marks: Marks, out: TextIO) -> None:
    top, left = sheet.start or (0, 0)
    for start, end in sheet.merged_cell_ranges or ():
        marks.merged.update(range(start[0], end[0] + 1))
    head = {
        "top": top, "height": sheet.height, "width": sheet.width,
        "hidden": sorted(marks.hidden), "merged": sorted(marks.merged),
    }  # fmt: skip
    write, errors, percents = out.write, marks.errors, marks.percents
    write(json.dumps(head) + "\n")
    # The rows come from the sheet's first on, their cells from the first column that has any.
    for number, row in enumerate(islice(sheet.iter_rows(), top, None), start=top):
        cells = [_cell(value) for value in row]
        if errors:
            cells = [errors.get((number, place)) or cell for place, cell in enumerate(cells, start=left)]
        if percents:
            cells = [
                _percent(cell) if (number, place) in percents else cell for place, cell in enumerate(cells, start=left)
            ]
        write(json.dumps(cells) + "\n")


def _cell(value: object) -> object:
    """A text; a number as a list of its one text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # A spreadsheet keeps 15 digits; what stands behind them is its own arithmetic.
        return [f"{value:.15g}"]
    return str(value)


def _percent(cell: object) -> object:
    """A number as its cell shows it: 97,5% where the file holds 0.975."""
    if not isinstance(cell, list):
        return cell
    return f"{float(cell[0]) * 100:.15g}".replace(".", ",") + "%"


def _marks(content: bytes, place: int) -> Marks:
    found = Marks()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                _mark_open_document(archive.read("content.xml"), place, found)
            elif (part := _part(archive, names, place)) is not None:
                styles = _percent_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
                for piece in _pieces(archive, part):
                    _mark(piece, styles, found)
    except zipfile.BadZipFile:
        pass
    return found


def _part(archive: zipfile.ZipFile, names: set[str], place: int) -> str | None:
    """Where the sheet lies in the archive."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    ids = _NAMED.findall(archive.read("xl/workbook.xml"))
    targets = dict(_TARGET.findall(archive.read("xl/_rels/workbook.xml.rels")))
    target = targets.get(ids[place], b"").decode() if place < len(ids) else ""
    part = target[1:] if target.startswith("/") else f"xl/{target}"
    return part if part in names else None


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet's XML, some whole rows at a time."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            whole, end, rest = (rest + chunk).rpartition(b"</row>")
            if end:
                yield whole + end
    yield rest


def _percent_styles(xml: bytes) -> frozenset[bytes]:
    """By which styles a cell shows its number as per cent."""
    formats = {b"9", b"10"} | {no for no, code in _FORMAT.findall(xml) if b"%" in _SAID.sub(b"", code)}
    looks = _LOOKS.search(xml)
    numbers = _LOOK.findall(looks[0]) if looks else []
    return frozenset(str(place).encode() for place, number in enumerate(numbers) if number in formats)


def _mark(piece: bytes, percents: frozenset[bytes], found: Marks) -> None:
    if b" hidden=" in piece:
        for number, attributes in _ROW.findall(piece):
            if b'hidden="1"' in attributes or b'hidden="true"' in attributes:
                found.hidden.add(int(number) - 1)
    if not percents and b't="e"' not in piece and b"<f" not in piece:
        return
    for cell in _CELL.finditer(piece):
        letters, number, attributes, body = cell.groups(default=b"")
        value = _VALUE.search(body)
        if percents and (style := _STYLE.search(attributes)) and style[1] in percents:
            found.percents.add((int(number) - 1, _column(letters)))
        if b't="e"' in attributes:
            found.errors[int(number) - 1, _column(letters)] = _text(value[1]) if value else "#VALUE!"
        elif b"<f" in body and (value is None or not value[1]):
            found.errors[int(number) - 1, _column(letters)] = "#FORMULA!"


def _mark_open_document(xml: bytes, place: int, found: Marks) -> None:
    """Rows that are hidden or filtered away, and rows with a cell that covers others or is covered."""
    table, row, rows, has_percents = -1, 0, 0, _PERCENTAGE in xml
    for match in _OPEN.finditer(xml):
        name, attributes, _spanned = match.groups(default=b"")
        if name == b"table":
            table, row, rows = table + 1, 0, 0
        elif table != place:
            continue
        elif name == b"table-row":
            row += rows
            repeated = _REPEATED.search(attributes)
            rows = int(repeated[1]) if repeated else 1
            if b"visibility=" in attributes and rows < MOST_HIDDEN:
                found.hidden.update(range(row, row + rows))
            if has_percents and rows < MOST_HIDDEN:
                columns = _percent_columns(xml[match.end() : xml.find(b"</table:table-row>", match.end())])
                found.percents.update((no, column) for no in range(row, row + rows) for column in columns)
        else:
            found.merged.add(row)


def _percent_columns(row: bytes) -> list[int]:
    """In which columns of a row of an open document a number is shown as per cent."""
    found: list[int] = []
    if _PERCENTAGE not in row:
        return found
    column = 0
    for attributes in _OPEN_CELL.findall(row):
        repeated = _TIMES.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if _PERCENTAGE in attributes:
            found += range(column, column + times)
        column += times
    return found


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    sys.exit(main())
