"""Workbooks as other programs write them, byte by byte: LibreOffice's .xlsx and .ods, and the .xls of old."""

import struct
from decimal import Decimal
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts):
    """An archive of these parts: name -> text or bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


class Formula:
    """A cell with a formula and the value that was worked out. shared: whether it follows the formula above it."""

    def __init__(self, text, value, shared=False):
        self.text, self.value, self.shared = text, value, shared


class Raw:
    """A cell as its XML says it; `attributes` stand in its tag."""

    def __init__(self, attributes, body=""):
        self.attributes, self.body = attributes, body


def letters(column):
    return chr(65 + column) if column < 26 else f"{chr(64 + column // 26)}{chr(65 + column % 26)}"


def libre_xlsx(*sheets, hidden=(), merged=(), date1904=False, more=None):
    """As LibreOffice saves it: no protection, few styles, every attribute spelled out, strings shared.

    hidden: numbers of rows of the first sheet; merged: its ranges, as A1:B2. more: further parts of the archive.
    """
    words = []
    names = "".join(
        f'<sheet name="Lembar{no}" sheetId="{no}" state="visible" r:id="rId{no + 2}"/>'
        for no in range(1, len(sheets) + 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{no + 2}" Type="{REL}/worksheet" Target="worksheets/sheet{no}.xml"/>'
        for no in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="{MAIN}" '
        f'xmlns:r="{REL}"><fileVersion appName="Calc"/><workbookPr backupFile="false" '
        f'date1904="{"true" if date1904 else "false"}"/><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{REL}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>{targets}</Relationships>',
        "xl/styles.xml": f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="true"/></cellXfs>'
        "</styleSheet>",
    }
    for no, rows in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{no}.xml"] = _sheet(
            rows, words, hidden if no == 1 else (), merged if no == 1 else ()
        )
    shared = "".join(f'<si><t xml:space="preserve">{escape(word)}</t></si>' for word in words)
    parts["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{MAIN}" count="{len(words)}">{shared}</sst>'
    return zipped({**parts, **(more or {})})


def _types(count):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{no}.xml" ContentType="{kind}.worksheet+xml"/>'
        for no in range(1, count + 1)
    )
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{sheets}</Types>'
    )


def _sheet(rows, words, hidden, merged):
    body = "".join(
        f'<row r="{no}" customFormat="false" ht="12.8" hidden="{"true" if no in hidden else "false"}" '
        f'customHeight="false" outlineLevel="0" collapsed="false">{_cells(no, row, words)}</row>'
        for no, row in enumerate(rows, 1)
    )
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    joined = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><sheetData>{body}'
        f"</sheetData>{joined}</worksheet>"
    )


def _cells(no, row, words):
    return "".join(
        _cell(f"{letters(place)}{no}", cell, words) for place, cell in enumerate(row) if cell not in ("", None)
    )


def _cell(name, cell, words):
    if isinstance(cell, Raw):
        return f'<c r="{name}" {cell.attributes}>{cell.body}</c>'
    if isinstance(cell, Formula):
        first = f' t="shared" ref="{name}:{name[0]}{int(name[1:]) + 1}" si="0"'
        formula = '<f aca="false" t="shared" si="0"/>' if cell.shared else f'<f aca="false"{first}>{cell.text}</f>'
        return f'<c r="{name}" s="0" t="n">{formula}<v>{cell.value}</v></c>'
    if isinstance(cell, int | float | Decimal):
        return f'<c r="{name}" s="0" t="n"><v>{cell}</v></c>'
    words.append(cell)
    return f'<c r="{name}" s="0" t="s"><v>{len(words) - 1}</v></c>'


SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def libre_ods(rows, hidden=(), more=None):
    """As LibreOffice saves it: equal cells and empty rows repeated, numbers with their Indonesian look beside them."""
    body = "".join(
        f'<table:table-row table:style-name="ro1"{_seen(no, hidden)}>{_open_cells(row)}</table:table-row>'
        for no, row in enumerate(rows, 1)
    )
    rest = (
        '<table:table-row table:number-rows-repeated="1048560"><table:table-cell table:number-columns-repeated="999"/>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {SPACES} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Data kinerja" table:style-name="ta1">'
        f'<table:table-column table:number-columns-repeated="16384"/>{body}{rest}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest, **(more or {})})


def _seen(no, hidden):
    return ' table:visibility="filter"' if no in hidden else ""


def _open_cells(row):
    """Equal neighbours are written once, with how often."""
    found, place = [], 0
    while place < len(row):
        cell, times = row[place], 1
        while place + times < len(row) and row[place + times] == cell:
            times += 1
        repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        found.append(_open_cell(cell, repeated))
        place += times
    return "".join(found)


def _open_cell(cell, repeated):
    if cell in ("", None):
        return f"<table:table-cell{repeated}/>"
    if isinstance(cell, Raw):
        return f"<table:{cell.attributes}>{cell.body}</table:table-cell>"
    if isinstance(cell, int | float | Decimal):
        look = str(cell).replace(".", ",")
        return (
            f'<table:table-cell{repeated} office:value-type="float" office:value="{cell}" '
            f'calcext:value-type="float"><text:p>{look}</text:p></table:table-cell>'
        )
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    return (
        f'<table:table-cell{repeated} office:value-type="string" calcext:value-type="string">{paragraphs}'
        "</table:table-cell>"
    )


SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class Percent:
    """A number of an .xls that is shown as per cent. look: the format's own number, or its code."""

    def __init__(self, value, look=10):
        self.value, self.look = value, look


def old_xls(rows, stream="Workbook", more=b"", hidden=()):
    """The .xls of Excel 97: records in a compound file. more: what else stands in its stream. hidden: rows' numbers."""
    body = _biff(rows, hidden) + more
    body += b"\0" * (max(4096, -len(body) % SECTOR + len(body)) - len(body))
    count = len(body) // SECTOR
    assert count + 2 <= SECTOR // 4, "more than one allocation sector holds"
    table = [FAT, END, *range(3, count + 2), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry(stream, 2, 2, len(body)) + b"\0" * (SECTOR - 256)
    header = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return header + struct.pack(f"<{SECTOR // 4}I", *table) + directory + body


def _entry(name, kind, start, size, child=FREE):
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16xI16xII4x", text, len(text) + 2, kind, 1, FREE, FREE, child, 0, start, size
    )  # fmt: skip


def _biff(rows, hidden=()):
    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind):
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    looks = [0, *dict.fromkeys(cell.look for row in rows for cell in row if isinstance(cell, Percent))]
    codes = {look: 164 + no for no, look in enumerate(looks) if isinstance(look, str)}
    cells = b"".join(record(0x0208, struct.pack("<8H", no - 1, 0, 9, 255, 0, 0, 0x20, 15)) for no in hidden)
    for no, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, Percent):
                cells += record(0x0203, struct.pack("<HHHd", no, place, looks.index(cell.look), cell.value))
            elif isinstance(cell, int | float | Decimal):
                cells += record(0x0203, struct.pack("<HHHd", no, place, 0, float(cell)))
            elif cell:
                text = cell.encode("utf-16-le")
                cells += record(0x0204, struct.pack("<HHHHB", no, place, 0, len(text) // 2, 1) + text)
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = begin(0x0010) + record(0x0200, size) + cells + record(0x000A)
    name = b"Data"
    globals_ = begin(0x0005) + record(0x0042, struct.pack("<H", 1200))
    for code, number in codes.items():
        globals_ += record(0x041E, struct.pack("<HHB", number, len(code), 1) + code.encode("utf-16-le"))
    if len(looks) > 1:
        globals_ += b"".join(record(0x00E0, struct.pack("<HH16x", 0, codes.get(look, look))) for look in looks)
    place = len(globals_) + 4 + 8 + len(name) + 4
    globals_ += record(0x0085, struct.pack("<IHBB", place, 0, len(name), 0) + name) + record(0x000A)
    return globals_ + sheet
