"""The register of planning documents. What is registered stays, also withdrawn; a newer document takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_hex

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.errors import Refused
from runut.lib.uploads import MOST_BYTES, PDF, check_upload
from runut.organisation.models import Office, Pegawai
from runut.organisation.permissions import Actor
from runut.planning.models import Registered
from runut.planning.permissions import check_keeps
from runut.planning.rules import OF_PEOPLE


@dataclass(frozen=True, slots=True)
class Deed:
    """What is known of a document besides its file."""

    kind: str
    title: str
    year: int
    last_year: int | None = None
    pegawai: Pegawai | None = None
    number: str = ""
    signed_on: date | None = None
    link: str = ""


@transaction.atomic
def register_document(*, office: Office, deed: Deed, upload: UploadedFile[bytes] | None, by: Actor) -> Registered:
    """Enter a document in the register, with its PDF or link where there is one."""
    check_keeps(by, office.pk)
    last = deed.last_year or deed.year
    if last < deed.year:
        raise Refused(_("Tahun terakhir tidak mendahului tahun pertama."), code="last_year")
    if (deed.kind in OF_PEOPLE) != (deed.pegawai is not None):
        sentence = (
            _("Pilih pegawainya: dokumen ini milik perorangan.")
            if deed.pegawai is None
            else _("Kosongkan pegawai: dokumen ini milik kantor.")
        )
        raise Refused(sentence, code="pegawai")
    if upload is None and not deed.number.strip() and not deed.link.strip():
        raise Refused(
            _("Isi nomornya, atau lampirkan berkas atau tautannya: tanpa itu dokumennya tidak dapat ditemukan."),
            code="number",
        )
    if deed.pegawai is not None and deed.pegawai.office_id != office.pk:
        raise Refused(_("Pilih pegawai dari kantor ini."), code="pegawai")
    row = Registered(
        instansi_id=office.instansi_id, office=office, kind=deed.kind, year=deed.year, last_year=last,
        pegawai=deed.pegawai, title=deed.title.strip(), number=deed.number.strip(), signed_on=deed.signed_on,
        link=deed.link.strip(), at=timezone.now(), by=by.pegawai,
    )  # fmt: skip
    if upload is not None:
        _attach(row, upload)
    row.save()
    after = {"kind": row.kind, "year": row.year, "number": row.number, "sha256": row.sha256, "link": row.link}
    record("plan.registered", subject=row, by=by, after=after)
    return row


@transaction.atomic
def withdraw_document(*, row: Registered, reason: str, by: Actor) -> Registered:
    """Take back an entry that was a mistake: it stays to be read with its file, and counts no longer."""
    check_keeps(by, row.office_id)
    row = Registered.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.withdrawn_at is not None:
        raise Refused(_("Dokumen ini sudah ditarik dari daftar."), code="withdrawn")
    if not (why := reason.strip()):
        raise Refused(_("Tulis alasannya: alasan ini tampil di daftar."), code="reason")
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = timezone.now(), by.pegawai, why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    before = {"kind": row.kind, "year": row.year, "number": row.number, "sha256": row.sha256, "link": row.link}
    record("plan.registration_withdrawn", subject=row, by=by, before=before, reason=why)
    return row


def _attach(row: Registered, upload: UploadedFile[bytes]) -> None:
    name, size = (upload.name or "")[-200:], upload.size or 0
    content = upload.read() if size <= MOST_BYTES else b"-"
    kind = check_upload(name, content, size, (PDF,))
    row.file_name, row.sha256 = name, sha256(content).hexdigest()
    row.file = ContentFile(content, name=f"{token_hex(16)}.{kind.endings[0]}")
