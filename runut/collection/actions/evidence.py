"""Files and links that support a figure while its sheet is being filled in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection import permissions
from runut.collection.actions.kept import kept
from runut.collection.models import Evidence, Line, Sheet
from runut.collection.queries import acts_of_form
from runut.collection.rules import check_editable, check_line_editable
from runut.lib.errors import Refused
from runut.lib.uploads import DOCX, JPG, PDF, PNG, XLSX
from runut.organisation.permissions import Actor

ALLOWED = (PDF, JPG, PNG, XLSX, DOCX)
MOST_FILES = 20


@transaction.atomic
def add_evidence(*, line: Line, by: Actor, upload: UploadedFile[bytes] | None = None, link: str = "") -> Evidence:
    """Attach a file or a link to a line. The same file twice is kept once.

    The file's kind is told from its content; it is stored privately under a name of our own, and a photo
    without its metadata: where a phone was is nobody's business.
    """
    line, actor = open_line(line, by)
    if upload is None and not link.strip():
        raise Refused(_("Pilih berkas bukti, atau tulis tautannya."), code="upload")
    if Evidence.objects.filter(line=line, withdrawn_at__isnull=True).count() >= MOST_FILES:
        raise Refused(_("Paling banyak %(n)s bukti tiap indikator. Gabungkan beberapa berkas.") % {"n": MOST_FILES})
    evidence = _file(line, upload) if upload is not None else _link(line, link.strip())
    same = Evidence.objects.filter(line=line, withdrawn_at__isnull=True, sha256=evidence.sha256, link=evidence.link)
    if (known := same.first()) is not None:
        return known
    evidence.uploaded_at, evidence.uploaded_by = timezone.now(), actor.pegawai
    evidence.save()
    _log("evidence.added", evidence, line.sheet, actor)
    return evidence


@transaction.atomic
def attach(*, line: Line, by: Actor, upload: UploadedFile[bytes] | None, link: str) -> None:
    """Attach what was given in one press: a file, a link, or both; where one of them is refused, neither."""
    if upload is not None and link.strip():
        add_evidence(line=line, by=by, link=link)
        link = ""
    add_evidence(line=line, by=by, upload=upload, link=link)


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Actor) -> None:
    """Take evidence off a line. The file stays, for versions that were handed in with it."""
    line, actor = open_line(evidence.line, by)
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.withdrawn_at is not None:
        return
    evidence.withdrawn_at = timezone.now()
    evidence.save(update_fields=["withdrawn_at"])
    _log("evidence.withdrawn", evidence, line.sheet, actor)


def open_line(line: Line, by: Actor) -> tuple[Line, Actor]:
    """The line with its sheet locked, and as whom this person fills it in; Refused or Denied when that cannot be."""
    sheet = Sheet.objects.locked(line.sheet_id)
    check_editable(sheet.state, acts_of_form(sheet))
    actor = permissions.check_can_fill(by, sheet)
    line = Line.objects.select_related("figure__indicator").get(pk=line.pk)
    line.sheet = sheet
    check_line_editable(line.editable, line.figure.indicator.name)
    return line, actor


def _file(line: Line, upload: UploadedFile[bytes]) -> Evidence:
    file = kept(upload, ALLOWED)
    return Evidence(instansi_id=line.instansi_id, line=line, sent_sha256=file.sent_sha256, **file.fields)


def _link(line: Line, link: str) -> Evidence:
    try:
        URLValidator(schemes=["http", "https"])(link)
        if len(link) > 500:
            raise ValidationError(link)
    except ValidationError:
        raise Refused(_("Tautan ini tidak lengkap. Salin seluruhnya, mulai dari https://."), code="link") from None
    return Evidence(instansi_id=line.instansi_id, line=line, name=urlsplit(link).netloc[:200], link=link)


def _log(event: str, evidence: Evidence, sheet: Sheet, actor: Actor) -> None:
    after = {
        "line": evidence.line_id,
        "name": evidence.name,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "sent_sha256": evidence.sent_sha256,
        "link": evidence.link,
    }
    record(event, subject=evidence, stream=sheet.audit_stream, by=actor, after=after)
