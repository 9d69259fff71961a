"""A workbook of ours as a spreadsheet opens it: what is locked, what may be chosen, what is hidden or frozen."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Opened:
    """The sheets of a workbook by their names; `of` is about the first one."""

    def __init__(self, content):
        with ZipFile(BytesIO(content)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            self.names = [one.get("name") for one in book.iter(f"{MAIN}sheet")]
            self.sheets = {
                name: ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{no}.xml"))
                for no, name in enumerate(self.names, 1)
            }
            self._styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
            strings = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in archive.namelist() else b""
            self._strings = ["".join(item.itertext()) for item in (ElementTree.fromstring(strings) if strings else ())]
        self.main = self.sheets[self.names[0]]
        looks = self._styles.find(f"{MAIN}cellXfs")
        self._locked = [_is_locked(look) for look in looks]

    def text(self, name):
        """The cells of a sheet by their places."""
        return {cell.get("r"): self._value(cell) for cell in self.sheets[name].iter(f"{MAIN}c")}

    def _value(self, cell):
        if cell.get("t") == "s":
            return self._strings[int(cell.findtext(f"{MAIN}v"))]
        return "".join(cell.itertext())

    def column(self, heading):
        """The letters of the column under this heading."""
        return next(re.match("[A-Z]+", at)[0] for at, text in self.text(self.names[0]).items() if text == heading)

    def is_locked(self, place):
        """Whether nothing may be typed there; below the table what its column says holds."""
        for cell in self.main.iter(f"{MAIN}c"):
            if cell.get("r") == place:
                return self._locked[int(cell.get("s", 0))]
        number = _number(re.match("[A-Z]+", place)[0])
        for one in self.main.iter(f"{MAIN}col"):
            if int(one.get("min")) <= number <= int(one.get("max")):
                return self._locked[int(one.get("style", 0))]
        return True

    @property
    def is_protected(self):
        found = self.main.find(f"{MAIN}sheetProtection")
        return found is not None and found.get("sheet") == "1" and found.get("password") is None

    @property
    def hidden_columns(self):
        return {int(one.get("min")) for one in self.main.iter(f"{MAIN}col") if one.get("hidden") == "1"}

    @property
    def frozen(self):
        pane = self.main.find(f"{MAIN}sheetViews").find(f".//{MAIN}pane")
        return pane.get("topLeftCell") if pane is not None else ""

    def choices(self, place):
        """What may be chosen in a cell; [] where nothing is offered."""
        for one in self.main.iter(f"{MAIN}dataValidation"):
            if one.get("type") == "list" and _covers(one.get("sqref"), place):
                source = one.findtext(f"{MAIN}formula1")
                if source.startswith('"'):
                    return source.strip('"').split(",")
                sheet, first, last = re.fullmatch(r"=?(\w+)!\$(\w+\$\d+)(?::\$(\w+\$\d+))?", source).groups()
                cells = self.text(sheet)
                letters, top, bottom = first.split("$")[0], int(first.split("$")[1]), int((last or first).split("$")[1])
                return [cells[f"{letters}{row}"] for row in range(top, bottom + 1)]
        return []


def _is_locked(look):
    protection = look.find(f"{MAIN}protection")
    return protection is None or protection.get("locked") != "0"


def _covers(areas, place):
    letters, row = re.match("([A-Z]+)([0-9]+)", place).groups()
    for area in areas.split():
        first, _colon, last = area.partition(":")
        (left, top), (right, bottom) = (re.match("([A-Z]+)([0-9]+)", each).groups() for each in (first, last or first))
        if int(top) <= int(row) <= int(bottom) and _number(left) <= _number(letters) <= _number(right):
            return True
    return False


def _number(letters):
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found
