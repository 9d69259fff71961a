import hashlib
import re
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.lib import uploads
from runut.lib.errors import Refused
from runut.lib.uploads import check_upload, file_digest

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + b"\x00" * 13 + struct.pack(">I", zlib.crc32(b"IHDR"))
CSV = "Indikator;Target\nCapaian désa;94,5\n".encode()


def office(*names, fill=b"<x/>"):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, fill)
    return buffer.getvalue()


XLSX = office("_rels/.rels", "xl/workbook.xml")
DOCX = office("_rels/.rels", "word/document.xml")


def kind_of(name, content):
    return check_upload(name, content, len(content)).code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("sk.pdf", PDF, "pdf"),
        ("FOTO.JPG", JPG, "jpg"),
        ("foto.jpeg", JPG, "jpg"),
        ("grafik.png", PNG, "png"),
        ("rekap.xlsx", XLSX, "xlsx"),
        ("nota.docx", DOCX, "docx"),
        ("data.csv", CSV, "csv"),
        ("data.csv", b"\xef\xbb\xbfa;b\n", "csv"),
        ("data.csv", "Capaian désa;94,5\n".encode("cp1252"), "csv"),
        ("C:\\arsip.lama\\sk.2026.pdf", PDF, "pdf"),
    ],
)
def test_files_that_are_what_they_say_are_accepted(name, content, code):
    assert kind_of(name, content) == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sk.pdf", PNG),
        ("foto.jpg", PDF),
        ("foto.png", b"bukan gambar"),
        ("rekap.xlsx", DOCX),
        ("nota.docx", XLSX),
        ("rekap.xlsx", PDF),
        ("rekap.xlsx", office("foto.png")),
        ("data.csv", PDF),
        ("data.csv", b"a;b\x00c\n"),
        ("data.csv", b"\xff\xfea\x00;\x00"),
        ("data.csv", b"  <!DOCTYPE html><script>"),
        ("data.csv", XLSX),
    ],
)
def test_an_ending_that_belies_the_content_is_refused(name, content):
    with pytest.raises(Refused, match="tidak cocok"):
        kind_of(name, content)


@pytest.mark.parametrize("name", ["pasang.exe", "rekap.xlsm", "gambar.svg", "tanpa-akhiran", "sk.pdf.html", ".pdf"])
def test_other_kinds_are_refused_with_what_is_accepted(name):
    with pytest.raises(Refused, match=re.escape("PDF, foto (JPG, PNG), Excel (XLSX), Word (DOCX), CSV")):
        kind_of(name, PDF)


def test_a_page_may_accept_fewer_kinds():
    with pytest.raises(Refused, match=re.escape("salah satu dari: Excel (XLSX), CSV")):
        check_upload("sk.pdf", PDF, len(PDF), allowed=(uploads.XLSX, uploads.CSV))


def test_empty_and_huge_files_are_refused():
    with pytest.raises(Refused, match="kosong"):
        check_upload("sk.pdf", b"", 0)
    with pytest.raises(Refused, match="10 MB"):
        check_upload("sk.pdf", PDF, uploads.MOST_BYTES + 1)
    assert check_upload("sk.pdf", PDF, uploads.MOST_BYTES).code == "pdf"


def test_macros_are_refused():
    with pytest.raises(Refused, match="makro"):
        kind_of("rekap.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"))


def test_the_head_of_an_office_file_is_enough():
    content = office("xl/workbook.xml", "xl/worksheets/sheet1.xml", fill=bytes(range(256)) * 40)

    assert check_upload("rekap.xlsx", content[:800], len(content)).code == "xlsx"
    with pytest.raises(Refused):
        check_upload("rekap.docx", content[:800], len(content))


def test_a_cut_off_office_file_is_called_broken():
    with pytest.raises(Refused, match="rusak"):
        kind_of("rekap.xlsx", XLSX[:-20])


def test_a_file_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED_BYTES", 1000)

    with pytest.raises(Refused, match="terlalu besar setelah dibuka"):
        kind_of("rekap.xlsx", office("xl/workbook.xml", fill=b"0" * 1001))


def test_a_csv_head_may_end_inside_a_letter():
    head = "désa".encode()[:2]

    assert check_upload("data.csv", head, 100).code == "csv"


def test_a_per_cent_sign_in_the_name_does_no_harm():
    with pytest.raises(Refused, match="100%s"):
        kind_of("capaian 100%s.pdf", PNG)


@given(st.binary(max_size=3000))
def test_a_digest_is_that_of_the_whole_file(content):
    file = BytesIO(content)
    file.read(1)

    assert file_digest(file) == hashlib.sha256(content).hexdigest()
    assert file.tell() == 0


@given(name=st.text(max_size=12) | st.sampled_from(["a.xlsx", "a.docx", "a.csv", "a.pdf"]), content=st.binary())
def test_any_bytes_are_accepted_or_refused(name, content):
    try:
        assert check_upload(name, b"PK\x03\x04" + content, 4 + len(content)) in uploads.KINDS
    except Refused as refusal:
        assert refusal.sentence
