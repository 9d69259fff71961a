"""What a PDF that the browser printed says, sheet by sheet: its fonts name their glyphs, so its text can be read."""

import re
import zlib

OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\b(.*?)^endobj$", re.DOTALL)
# A stream is as long as it says: its last byte may look like the end of a line.
STREAM = re.compile(rb"/Length (\d+)\b.*?\bstream\r?\n", re.DOTALL)
FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
# A block of text moves (Td, Tm), changes its font (Tf) and shows glyphs by their numbers (Tj, TJ).
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"(?m)^<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")
SINGLE = re.compile(rb"(?m)^<([0-9A-Fa-f]+)> <((?:[0-9A-Fa-f]{4})+)>\s*$")


def sheets_of(pdf: bytes) -> list[str]:
    """The text of each sheet, without its spaces: browsers set those as distances."""
    objects = {int(no): body for no, body in OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return [_text(page, objects) for page in pages]


def _text(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {name: _glyphs(objects[int(no)], objects) for name, no in FONT.findall(page)}
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    now: dict[bytes, str] = {}
    said = []
    for font, shown in SHOWN.findall(_stream(objects[int(contents[1])])):
        if font:
            now = fonts[font]
        else:
            # One font counts its glyphs in one byte, another in two.
            long = len(next(iter(now), b"00"))
            said += [now.get(shown[at : at + long].upper(), "") for at in range(0, len(shown), long)]
    return re.sub(r"\s", "", "".join(said))


def _glyphs(font: bytes, objects: dict[int, bytes]) -> dict[bytes, str]:
    """A glyph's number, as it is written, -> the letters it stands for."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not named:
        return {}
    table = _stream(objects[int(named[1])])
    found = {code.upper(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in SINGLE.findall(table)}
    for first, last, text in RANGE.findall(table):
        for ahead in range(int(last, 16) - int(first, 16) + 1):
            found[b"%0*X" % (len(first), int(first, 16) + ahead)] = chr(int(text, 16) + ahead)
    return found


def _stream(body: bytes) -> bytes:
    head = STREAM.search(body)
    content = body[head.end() : head.end() + int(head[1])]
    return zlib.decompress(content) if b"/FlateDecode" in body[: head.end()] else content
