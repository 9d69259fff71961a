"""Photos without what they tell beside the picture: where and when it was taken, by whom, with which device.

The picture is not drawn anew: bytes are left out, none is changed. What a photo needs to look right stays: colours,
and which way is up, as the one entry of a new EXIF segment. Sources: JPEG (ITU-T T.81, annex B), EXIF 2.32, PNG (W3C).
"""

import re
import struct
from collections.abc import Iterator

_START, _END, _SCAN, _APP1, _APP2 = 0xD8, 0xD9, 0xDA, 0xE1, 0xE2
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
# JFIF and Adobe's colour transform stay; EXIF, XMP, IPTC, makers' own segments and comments go.
_KEPT_APPS = {0xE0: b"", _APP2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_COMMENT = 0xFE
# The end of a scan: a marker that is neither a stuffed zero, nor a restart, nor filling.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")

_PNG = b"\x89PNG\r\n\x1a\n"
_TELLTALE = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def without_metadata(content: bytes, mime: str) -> bytes:
    """The file without its metadata; one that is neither JPEG nor PNG, or from where it is broken, as it came."""
    if mime == "image/jpeg" and content.startswith(b"\xff\xd8"):
        return b"".join(_jpeg(content))
    if mime == "image/png" and content.startswith(_PNG):
        return b"".join(_png(content))
    return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The parts that stay. What follows the end of the picture goes: previews and films have places of their own."""
    yield content[:2]
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _END:
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            found = _MARKER.search(content, end)
            end = found.start() if found else len(content)
        yield _segment(marker, content[at:end])
        at = end
    yield content[at : at + 2] if content[at : at + 2] == bytes([0xFF, _END]) else content[at:]


def _segment(marker: int, segment: bytes) -> bytes:
    body = segment[4:]
    if marker == _APP1 and body.startswith(_EXIF):
        return _upright(_orientation(body[len(_EXIF) :]))
    if marker == _COMMENT or (0xE0 <= marker <= 0xEF and not _is_kept(marker, body)):
        return b""
    return segment


def _is_kept(marker: int, body: bytes) -> bool:
    return marker in _KEPT_APPS and body.startswith(_KEPT_APPS[marker])


def _orientation(tiff: bytes) -> int:
    """Which way is up, 1 to 8; 1 where the photo does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _upright(orientation: int) -> bytes:
    """An EXIF segment that says nothing but which way is up; none for a photo that stands as it is."""
    if orientation == 1:
        return b""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return struct.pack(">BBH", 0xFF, _APP1, 2 + len(_EXIF) + len(tiff)) + _EXIF + tiff


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if kind not in _TELLTALE:
            yield content[at:end]
        at = end
        if kind == b"IEND":
            return
    yield content[at:]
