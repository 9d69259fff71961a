"""Reads a workbook in a process of its own: bytes in, JSON out. A file that breaks the reader breaks only this process.

Run as a script by `tables`; it knows nothing of the product. Of several sheets the fullest one with the wanted
headings is read, else the fullest; those that only go along with a table come last. The answer is lines of JSON: first
{"top", "height", "width", "hidden", "merged"} or {"error": code}, then a row each. Nothing of a large sheet is held
twice, so that it fits an office PC.
"""

from __future__ import annotations

import json
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# Sheets that stand beside the table in a workbook of ours: what may be chosen there, and how it is used.
CHOICES, NOTES = "Pilihan", "Petunjuk"
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
# The .xls of old: a compound file of sectors, in it a stream of records.
COMPOUND = b"\xd0\xcf\x11\xe0"
_CHAINED = 0xFFFFFFFA
_SHEETS, _FORMATS, _LOOKS_OF_OLD, _BEGIN, _END = 0x0085, 0x041E, 0x00E0, 0x0809, 0x000A
# Number, formula and short number; several short numbers side by side.
_ONE_CELL, _CELLS_ABREAST = {0x0203, 0x0006, 0x027E}, 0x00BD
_ROW_OF_OLD, _UNSEEN = 0x0208, 0x0020
# A shorter stream lies in small sectors, inside the one of the root.
_SHORT = 4096
_SAID_OF_OLD = re.compile(r'"[^"]*"|\\.')
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
    sheets.sort(key=lambda pair: (names[pair[1]] in (CHOICES, NOTES), -pair[0].height))
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
    if content.startswith(COMPOUND):
        # What cannot be followed leaves no marks; the values themselves were read by another.
        with suppress(struct.error, IndexError, ValueError):
            _mark_old(_old_stream(content), place, found)
        return found
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


def _old_stream(content: bytes) -> bytes:
    """The records of an .xls, out of the chains of sectors in which they lie."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first, more, sectors = (struct.unpack_from("<I", content, at)[0] for at in (48, 68, 44))

    def sector(no: int) -> bytes:
        return content[(no + 1) * size : (no + 2) * size]

    tables = list(struct.unpack_from("<109I", content, 76))
    while more < _CHAINED and len(tables) < sectors:
        *further, more = struct.unpack(f"<{size // 4}I", sector(more))
        tables += further
    links = [no for table in tables[:sectors] for no in struct.unpack(f"<{size // 4}I", sector(table))]

    directory = _chain(first, links, sector)
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    inside = _chain(struct.unpack_from("<I", directory, 116)[0], links, sector)
    table = _chain(struct.unpack_from("<I", content, 60)[0], links, sector)
    further = [no for (no,) in struct.iter_unpack("<I", table)]
    for at in range(0, len(directory), 128):
        name = directory[at : at + struct.unpack_from("<H", directory, at + 64)[0]].decode("utf-16-le", "replace")
        if name.rstrip("\0") in ("Workbook", "Book"):
            start, length = struct.unpack_from("<2I", directory, at + 116)
            if length >= _SHORT:
                return _chain(start, links, sector)
            return _chain(start, further, lambda no: inside[no * small : (no + 1) * small])
    return b""


def _chain(no: int, links: list[int], sector: Callable[[int], bytes]) -> bytes:
    """Sectors that follow one another; a chain that goes round in a circle comes to an end."""
    found: list[bytes] = []
    while no < _CHAINED and len(found) <= len(links):
        found.append(sector(no))
        no = links[no]
    return b"".join(found)


def _mark_old(stream: bytes, place: int, found: Marks) -> None:
    """Hidden rows of the sheet at this place, and cells that show their number as per cent."""
    formats, looks, sheets, is_97 = {9, 10}, list[int](), list[int](), True
    for kind, data in _records(stream, 0):
        if kind == _BEGIN:
            is_97 = data[:2] == b"\0\6"
        elif kind == _FORMATS and "%" in _SAID_OF_OLD.sub("", _format_of_old(data, is_97=is_97)):
            formats.add(struct.unpack_from("<H", data)[0])
        elif kind == _LOOKS_OF_OLD:
            looks.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _SHEETS:
            sheets.append(struct.unpack_from("<I", data)[0])
    percents = {no for no, number in enumerate(looks) if number in formats}
    for kind, data in _records(stream, sheets[place]):
        if kind == _ROW_OF_OLD and struct.unpack_from("<H", data, 12)[0] & _UNSEEN:
            found.hidden.add(struct.unpack_from("<H", data)[0])
        elif kind in _ONE_CELL:
            row, column, look = struct.unpack_from("<3H", data)
            if look in percents:
                found.percents.add((row, column))
        elif kind == _CELLS_ABREAST:
            row, column = struct.unpack_from("<2H", data)
            looks_of_row = struct.iter_unpack("<HI", data[4:-2])
            found.percents.update((row, column + at) for at, (look, _v) in enumerate(looks_of_row) if look in percents)


def _format_of_old(data: bytes, *, is_97: bool) -> str:
    if not is_97:
        return data[3:].decode("latin-1")
    return data[5:].decode("utf-16-le" if data[4] & 1 else "latin-1", "replace")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from here to the end of their part; what is drawn in a part has records of its own."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    sys.exit(main())
