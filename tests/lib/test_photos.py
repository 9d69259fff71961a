"""What a photo tells beside its picture is taken off; the picture itself stays as it was, byte for byte."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib.photos import without_metadata

JPEG, PNG = "image/jpeg", "image/png"
PLACE = b"GPSLatitude 7.5S"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


JFIF = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
COLOURS = segment(0xE2, b"ICC_PROFILE\x00\x01\x01abc")
TABLES = segment(0xDB, b"\x00" * 65) + segment(0xC0, b"\x08\x00\x10\x00\x10\x01\x01\x11\x00")


def exif(orientation=1, order=">"):
    """A TIFF directory of an orientation and a text, as cameras write it."""
    head = (b"MM\x00*" if order == ">" else b"II*\x00") + struct.pack(f"{order}I", 8)
    entries = struct.pack(f"{order}HHHIHHHHII", 2, 0x0112, 3, 1, orientation, 0, 0x010E, 2, len(PLACE), 38)
    return segment(0xE1, b"Exif\x00\x00" + head + entries + struct.pack(f"{order}I", 0) + PLACE)


def photo(*segments, after=b""):
    return b"\xff\xd8" + b"".join(segments) + TABLES + SCAN + b"\xff\xd9" + after


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


HEAD = chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
PIXELS, END = chunk(b"IDAT", zlib.compress(b"\x00\x00")), chunk(b"IEND", b"")
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def test_a_photo_loses_where_it_was_taken_and_keeps_its_picture():
    iptc, note = segment(0xED, b"Photoshop 3.0\x00" + PLACE), segment(0xFE, PLACE)
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE)
    several = segment(0xE2, b"MPF\x00" + PLACE)

    assert without_metadata(photo(JFIF, exif(), xmp, COLOURS, several, iptc, note), JPEG) == photo(JFIF, COLOURS)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_taken_sideways_stays_upright(order):
    kept = without_metadata(photo(exif(6, order)), JPEG)

    assert PLACE not in kept
    assert kept.count(b"Exif\x00\x00") == 1
    at = kept.index(b"Exif\x00\x00") + 6
    assert struct.unpack_from(">4sIHHHIHH", kept, at) == (b"MM\x00*", 8, 1, 0x0112, 3, 1, 6, 0)
    assert kept.endswith(TABLES + SCAN + b"\xff\xd9")
    assert without_metadata(kept, JPEG) == kept


def test_what_hangs_on_after_the_picture_is_cut():
    assert without_metadata(photo(JFIF, after=b"ftypmp4" + PLACE), JPEG) == photo(JFIF)


def test_a_progressive_photo_keeps_all_its_scans():
    more = segment(0xC4, b"\x10" + b"\x00" * 16) + SCAN
    whole = b"\xff\xd8" + JFIF + TABLES + SCAN + more + segment(0xFE, PLACE) + SCAN + b"\xff\xd9"

    assert without_metadata(whole, JPEG) == whole.replace(segment(0xFE, PLACE), b"")


def test_a_png_loses_its_texts():
    texts = [chunk(kind, PLACE) for kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")]
    colours = chunk(b"gAMA", b"\x00\x00\xb1\x8f")

    kept = without_metadata(SIGNATURE + HEAD + colours + b"".join(texts) + PIXELS + END + PLACE, PNG)

    assert kept == SIGNATURE + HEAD + colours + PIXELS + END


def test_other_files_stay_as_they_are():
    assert without_metadata(exif(), "application/pdf") == exif()


@given(st.binary(max_size=60), st.integers(0, 120))
def test_a_broken_photo_breaks_nothing(noise, cut):
    for whole, mime in ((photo(JFIF, exif(6)), JPEG), (SIGNATURE + HEAD + PIXELS + END, PNG)):
        for content in (whole[:cut] + noise, whole[:cut] + noise + whole[cut:]):
            assert isinstance(without_metadata(content, mime), bytes)
