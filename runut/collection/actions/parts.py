"""Evidence that comes over a weak line in parts: what has arrived waits for the rest, and nothing is sent twice."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.collection.actions.evidence import add_evidence, open_line
from runut.collection.models import Evidence, Line
from runut.lib.errors import Refused
from runut.lib.uploads import MOST_BYTES
from runut.organisation.permissions import Actor

KEY = re.compile(r"[0-9a-f]{16,40}")
# A file whose rest has not come by then is not waited for.
KEPT = timedelta(days=3)


@transaction.atomic
def receive_part(
    *, line: Line, by: Actor, key: str, name: str, total: int, at: int, content: bytes
) -> tuple[int, Evidence | None]:
    """Put a part behind those that have arrived; how many bytes there are, and the evidence once it is whole.

    at: where the part begins. One that begins elsewhere than the last one ended is left out: whoever sends goes on from
    the number given back. key: made by the device for this file.
    """
    open_line(line, by)
    if not KEY.fullmatch(key) or not 0 < total <= MOST_BYTES or at < 0:
        sentence = _("Berkas “%(name)s” terlalu besar. Paling besar 10 MB; perkecil atau bagi dulu.")
        raise Refused(sentence % {"name": name}, code="upload")
    path = _folder() / f"{by.pegawai_id}-{line.pk}-{key}"
    have = path.stat().st_size if path.exists() else 0
    if at != have:
        return have, None
    if have + len(content) > total:
        path.unlink(missing_ok=True)
        raise Refused(_("Unggahan ini terputus. Pilih berkasnya, lalu unggah lagi."), code="upload")
    with path.open("ab") as file:
        file.write(content)
    if have + len(content) < total:
        return have + len(content), None
    whole = path.read_bytes()
    path.unlink()
    return total, add_evidence(line=line, by=by, upload=SimpleUploadedFile(name, whole))


def _folder() -> Path:
    """Where parts wait, outside the evidence; what has waited too long is thrown away."""
    folder = Path(settings.MEDIA_ROOT) / "parts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    oldest = timezone.now() - KEPT
    for path in folder.iterdir():
        if datetime.fromtimestamp(path.stat().st_mtime, tz=oldest.tzinfo) < oldest:
            path.unlink(missing_ok=True)
    return folder
