"""A file from outside as it is kept: checked by its content, a photo without what it says about its camera."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from runut.lib.photos import without_metadata
from runut.lib.uploads import JPG, MOST_BYTES, PDF, PNG, FileKind, check_upload

SCANS = (PDF, JPG, PNG)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an upload. fields: as every row with a file names them. sent_sha256: of the file as it came."""

    fields: dict[str, object]
    sent_sha256: str


def kept(upload: UploadedFile[bytes], allowed: Collection[FileKind]) -> Kept:
    """The file under a name that nobody guesses; Refused (code "upload") when it is none of the allowed kinds."""
    name, size = (upload.name or "")[-200:], upload.size or 0
    sent = upload.read() if size <= MOST_BYTES else b"-"
    kind = check_upload(name, sent, size, allowed)
    content = without_metadata(sent, kind.mime)
    fields: dict[str, object] = {
        "name": name, "file": ContentFile(content, name=f"{token_hex(16)}.{kind.endings[0]}"),
        "content_type": kind.mime, "size": len(content), "sha256": sha256(content).hexdigest(),
    }  # fmt: skip
    return Kept(fields, sha256(sent).hexdigest())
