"""Files from outside: what they are by their content, never by their name alone."""

import codecs
import hashlib
import re
import zipfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

import filetype
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import Refused

MEBIBYTE = 1024 * 1024
MOST_BYTES = 10 * MEBIBYTE
# A sheet of 10 MiB unpacks to some tens of MiB; what unpacks to more is no file of an office, evidence or table.
MOST_UNPACKED_BYTES = 200 * MEBIBYTE
# Give at least so much of the file as `head`: Office files show their kind within it. The whole file is better.
HEAD_BYTES = 64 * 1024

_LOCAL_HEADER = b"PK\x03\x04"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<(!doctype|html|svg|script|\?xml)", re.IGNORECASE)


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is accepted; the first ending is the one it is stored under."""

    code: str
    mime: str
    endings: tuple[str, ...]
    inside: str = ""  # the folder that tells an Office file's kind


PDF = FileKind("pdf", "application/pdf", ("pdf",))
JPG = FileKind("jpg", "image/jpeg", ("jpg", "jpeg"))
PNG = FileKind("png", "image/png", ("png",))
XLSX = FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "xl/")
DOCX = FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), "word/")
CSV = FileKind("csv", "text/csv", ("csv",))
KINDS = (PDF, JPG, PNG, XLSX, DOCX, CSV)
WORDS = {"jpg": gettext_lazy("foto"), "png": gettext_lazy("foto"), "xlsx": "Excel", "docx": "Word"}


def check_upload(name: str, head: bytes, size: int, allowed: Collection[FileKind] = KINDS) -> FileKind:
    """The kind of a file with this name, these first bytes and this size; Refused says what to send instead."""
    if size == 0 or not head:
        raise _refused(_("Berkas “%(name)s” kosong. Pilih berkas yang ada isinya."), name)
    if size > MOST_BYTES:
        raise _refused(_("Berkas “%(name)s” terlalu besar. Paling besar 10 MB; perkecil atau bagi dulu."), name)
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lstrip(".").lower()
    kind = next((kind for kind in allowed if ending in kind.endings), None)
    if kind is None:
        raise Refused(
            _("Jenis berkas “%(name)s” tidak diterima. Kirim salah satu dari: %(kinds)s.")
            % {"name": name, "kinds": kinds_in_words(allowed)},
            code="upload",
        )
    if kind.inside:
        _check_office(kind, name, head, whole=len(head) == size)
    elif not (_is_csv(head) if kind is CSV else _sniffed(head) == kind.mime):
        raise _not_what_it_says(name)
    return kind


def kinds_in_words(kinds: Collection[FileKind] = KINDS) -> str:
    """Which files are accepted, as officers call them: PDF, foto (JPG, PNG), Excel (XLSX)."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        code = kind.code.upper()
        found.setdefault(str(WORDS.get(kind.code, code)), []).append(code)
    return ", ".join(word if codes == [word] else f"{word} ({', '.join(codes)})" for word, codes in found.items())


def _hint(kinds: Collection[FileKind] = KINDS) -> str:
    return _("%(kinds)s; paling besar %(most)d MB.") % {
        "kinds": kinds_in_words(kinds), "most": MOST_BYTES // MEBIBYTE
    }  # fmt: skip


# What stands beside a field for files: the same words as in a refusal.
upload_hint = lazy(_hint, str)


def accepted(kinds: Collection[FileKind] = KINDS) -> str:
    """The endings of these kinds, as a browser's field for files takes them."""
    return ",".join(f".{ending}" for kind in kinds for ending in kind.endings)


def unpacks_to_too_much(members: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether a file made of these would fill memory or disk when it is opened."""
    return sum(member.file_size for member in members) > MOST_UNPACKED_BYTES


def file_digest(file: BinaryIO) -> str:
    """SHA-256 of the whole file as 64 hex digits; the file stands at its beginning afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(MEBIBYTE):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _refused(sentence: str, name: str) -> Refused:
    return Refused(sentence % {"name": name}, code="upload")


def _not_what_it_says(name: str) -> Refused:
    return _refused(
        _("Isi berkas “%(name)s” tidak cocok dengan akhiran namanya. Simpan ulang dari aplikasinya lalu kirim lagi."),
        name,
    )


def _sniffed(head: bytes) -> str:
    found = filetype.guess(head)
    return str(found.mime) if found else ""


def _is_csv(head: bytes) -> bool:
    """Plain text that is no web page: filetype knows no CSV, so everything else it knows is refused."""
    if _sniffed(head):
        return False
    try:
        # Incremental, because the head may end inside a letter.
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("cp1252", errors="replace")
    return not _CONTROLS.search(text) and not _MARKUP.match(text)


def _check_office(kind: FileKind, name: str, head: bytes, *, whole: bool) -> None:
    """Look inside the ZIP: its contents list when the file is whole, otherwise the names that the head shows."""
    if not head.startswith(_LOCAL_HEADER):
        raise _not_what_it_says(name)
    names = _listed(name, head) if whole else _shown(head)
    if "[Content_Types].xml" not in names or not any(inner.startswith(kind.inside) for inner in names):
        raise _not_what_it_says(name)
    if any(inner.lower().endswith("vbaproject.bin") for inner in names):
        raise _refused(_("Berkas “%(name)s” berisi makro. Simpan ulang tanpa makro lalu kirim lagi."), name)


def _listed(name: str, content: bytes) -> set[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        sentence = _("Berkas “%(name)s” rusak. Buka di aplikasinya, simpan ulang, lalu kirim lagi.")
        raise _refused(sentence, name) from None
    if unpacks_to_too_much(members):
        raise _refused(_("Isi berkas “%(name)s” terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."), name)
    return {member.filename for member in members}


def _shown(head: bytes) -> set[str]:
    """Names in the local headers of the head: 30 bytes, of which 26 and 27 are the length of the name that follows."""
    names = set()
    at = head.find(_LOCAL_HEADER)
    while at >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.add(head[at + 30 : at + 30 + length].decode("utf-8", errors="replace"))
        at = head.find(_LOCAL_HEADER, at + 4)
    return names
