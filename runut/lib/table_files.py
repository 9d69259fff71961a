"""What kind of file somebody sent as a table, and why it is not taken: locked, with macros, a web page, a bomb."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from .errors import Refused
from .uploads import unpacks_to_too_much

# PDF, PNG and JPEG: what somebody scans or prints instead of the table.
PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff")
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOKS = (ZIP, COMPOUND)
# How names stand inside an old workbook: two bytes a letter.
_LOCKED, _MACROS = ("EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le"))
_WEB_PAGE = ("<!doctype", "<html", "<table", "<meta", "<head", "<body", "<?xml")


def check_workbook(content: bytes) -> None:
    """Refused for a workbook that nobody should open here."""
    if content.startswith(COMPOUND):
        if _LOCKED in content:
            raise unreadable("password")
        if _MACROS in content:
            raise unreadable("macros")
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if unpacks_to_too_much(entries):
                sentence = _("Isi berkas ini terlalu besar setelah dibuka. Salin tabelnya ke berkas baru.")
                raise Refused(sentence, code="too_big")
            names = [entry.filename for entry in entries]
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise unreadable("password")
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise unreadable() from error
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise unreadable("macros")


def decoded(content: bytes) -> str:
    """The text of a file that is no workbook."""
    if content.startswith(PICTURES):
        raise unreadable("picture")
    # A text of two bytes a letter says so at its beginning: "Unicode text" of a spreadsheet.
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip()[:10].casefold().startswith(_WEB_PAGE):
            raise unreadable("web_page")
        return text
    raise unreadable()


def unreadable(why: str = "") -> Refused:
    """The refusal of a file that is no table, with what can be done."""
    match why:
        case "password":
            sentence = _("Berkas ini dikunci dengan kata sandi. Buka, hapus kata sandinya, simpan, lalu coba lagi.")
        case "macros":
            sentence = _("Berkas ini berisi makro. Simpan sebagai .xlsx biasa (tanpa makro), lalu coba lagi.")
        case "picture":
            sentence = _("Berkas ini bukan berkas Excel atau CSV. Pilih tabelnya dalam bentuk .xlsx atau .csv.")
        case "web_page":
            sentence = _(
                "Berkas ini halaman web, bukan berkas Excel. Buka di Excel, simpan sebagai .xlsx, lalu coba lagi."
            )
        case _:
            sentence = _("Berkas ini tidak dapat dibaca sebagai tabel. Simpan sebagai .xlsx atau .csv, lalu coba lagi.")
    return Refused(sentence, code="unreadable")
