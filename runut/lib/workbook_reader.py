"""Reads a workbook in a process of its own: bytes in, JSON out. A file that breaks the reader breaks only this process.

Run as a script by `tables`; it knows nothing of the product. The sheet with the most rows is the one that is read.
"""

import json
import re
import sys
import zipfile
from io import BytesIO

MOST_MEMORY = 1536 * 1024 * 1024
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)


def main() -> int:
    """Answers {"rows": [...]} or {"error": code}; a number is a list of its one text."""
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    _limit_memory()
    import python_calamine

    content = sys.stdin.buffer.read()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [(book.get_sheet_by_index(place), place) for place in range(len(book.sheet_names))]
        sheet, place = max(sheets, key=lambda pair: pair[0].height, default=(None, 0))
        if sheet is None or not sheet.height:
            answer: dict[str, object] = {"rows": []}
        elif sheet.height > most_rows or sheet.width > most_columns:
            answer = {"error": "rows" if sheet.height > most_rows else "columns"}
        else:
            answer = {"rows": _rows(sheet, _errors(content, place))}
    except Exception:  # whatever goes wrong in a foreign file, it cannot be read
        answer = {"error": "unreadable"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit_memory() -> None:
    """Where the system can: Windows cannot, and there the process still dies alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _rows(sheet: object, errors: dict[tuple[int, int], str]) -> list[list[object]]:
    top, left = sheet.start or (0, 0)  # type: ignore[attr-defined]
    found = []
    for number, row in enumerate(sheet.to_python(), start=top):  # type: ignore[attr-defined]
        cells = enumerate(row, start=left)
        found.append([errors.get((number, place)) or _cell(value) for place, value in cells])
    return found


def _cell(value: object) -> object:
    """A text; a number as a list of its one text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        # A spreadsheet keeps 15 digits; what stands behind them is its own arithmetic.
        return [f"{value:.15g}"]
    return value.strip() if isinstance(value, str) else str(value)


def _errors(content: bytes, place: int) -> dict[tuple[int, int], str]:
    """Cells of an .xlsx that hold an error, or a formula that was never worked out, by row and column."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = sorted(
                (name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
                key=lambda name: int(re.sub(r"\D", "", name.rpartition("/")[2])),
            )
            xml = archive.read(names[place]) if place < len(names) else b""
    except zipfile.BadZipFile:
        return {}
    found = {}
    for letters, number, attributes, body in _CELL.findall(xml):
        value = _VALUE.search(body)
        if b't="e"' in attributes:
            found[int(number) - 1, _column(letters)] = value[1].decode("utf-8", "replace") if value else "#VALUE!"
        elif b"<f" in body and (value is None or not value[1]):
            found[int(number) - 1, _column(letters)] = "#FORMULA!"
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    sys.exit(main())
