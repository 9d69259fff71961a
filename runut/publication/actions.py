"""Opening signed data to the public, taking them back, and sending them back when an error shows after signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.actions import mark_values, move_sheets
from runut.collection.models import MarkKind, SheetState, Value
from runut.correction.actions import open_on_run
from runut.documents.actions import finish, reopen, stored, supersede
from runut.documents.models import Document, DocumentState
from runut.documents.queries import content_of, main_document
from runut.lib.errors import Refused, Stale
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.publication.models import InformationClass, Release
from runut.publication.permissions import check_can_withdraw
from runut.publication.queries import names_of_staff, preview
from runut.sop.actions import Act, Result, begin
from runut.sop.actions.opening import member_key


@transaction.atomic
def publish(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    information_class: str = InformationClass.PERIODIC,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Open the signed document's figures to everybody, as a release of its own that replaces the one before."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="publish")
    if act.replayed:
        return stored(act)
    document = _signed_document(act, data_hash)
    release = _release(act, document, information_class)
    content = content_of(document)
    values = list(Value.objects.filter(pk__in=[cast(int, row["value"]) for row in content["rows"]]))
    mark_values(values=values, kind=MarkKind.PUBLISHED, by=act.actor, basis=str(release))
    members = [sheet["member"] for sheet in content["sheets"]]
    move_sheets(run=act.run, state=SheetState.PUBLISHED, by=act.actor, members=members)
    record(
        "release.published",
        subject=release,
        stream=act.run.audit_stream,
        by=act.actor,
        before={"no": release.supersedes.no} if release.supersedes else None,
        after={"no": release.no, "hash": release.data_hash, "class": release.information_class},
        at=act.now,
    )
    form = {"document": document.pk, "release": release.pk}
    return finish(act, form=form, late_reason=late_reason, data_hash=document.data_hash)


def _signed_document(act: Act, data_hash: str) -> Document:
    document = main_document(act.run)
    if document is None or document.state != DocumentState.SIGNED:
        raise Refused(_("Data ini belum ditandatangani, jadi belum dapat diterbitkan."))
    if document.data_hash != data_hash:
        raise Stale(_("Data berubah sejak dokumen ini Anda buka. Periksa lagi, lalu ulangi."))
    return document


def _release(act: Act, document: Document, information_class: str) -> Release:
    office = Office.objects.select_for_update().get(pk=document.office_id)
    found = preview(document)
    if found.names:
        raise Refused(
            _("Data yang akan terbit memuat nama orang (%(names)s). Hapus dulu namanya dari data itu.")
            % {"names": ", ".join(found.names[:5])},
            code="names",
        )
    if information_class not in InformationClass.values:
        raise Refused(_("Pilih golongan informasi. Informasi yang dikecualikan tidak dapat diterbitkan."), code="class")
    last = Release.objects.filter(office=office, year=document.year).aggregate(last=Max("no"))["last"] or 0
    return Release.objects.create(
        instansi_id=office.instansi_id,
        office=office,
        document=document,
        task=act.task,
        year=document.year,
        quarter=document.quarter,
        no=last + 1,
        information_class=information_class,
        title=document.title,
        signed_as=found.signed_as,
        rows=found.rows,
        data_hash=document.data_hash,
        published_at=act.now,
        published_by=act.actor.pegawai,
        published_title=act.actor.title,
        supersedes=found.replaces,
        supersede_reason=document.supersedes.supersede_reason if document.supersedes and found.replaces else "",
    )


@transaction.atomic
def withdraw(*, release: Release, by: Actor, reason: str) -> Release:
    """Take a release back. Its rows are no longer shown; that it was there, and why it went, stays."""
    release = Release.objects.select_for_update(of=("self",)).select_related("office", "task").get(pk=release.pk)
    actor = check_can_withdraw(by, release)
    if release.withdrawn_at is not None:
        raise Refused(_("Publikasi ini sudah ditarik."))
    if not reason.strip():
        raise Refused(_("Tulis alasan penarikan; alasan ini tampil pada halaman publik."), code="reason")
    if names_of_staff(release.office_id, [{"reason": reason}]):
        raise Refused(_("Alasan ini tampil untuk umum. Tulis alasannya tanpa nama dan NIP pegawai."), code="names")
    release.withdrawn_at, release.withdraw_reason, release.withdrawn_by = timezone.now(), reason.strip(), actor.pegawai
    release.save(update_fields=["withdrawn_at", "withdraw_reason", "withdrawn_by"])
    record(
        "release.withdrawn", subject=release, by=actor, after={"no": release.no}, reason=reason, at=release.withdrawn_at
    )
    return release


@transaction.atomic
def return_after_signature(
    *,
    task_id: int,
    by: Actor,
    reason: str,
    chosen: Sequence[int],
    figures: Mapping[int, str],
    outcome: str = "return",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """An error shows in signed data: the people concerned fill in again, the old document stays as it was signed.

    chosen: ids of pegawai or units. figures: figure id -> what is wrong with it. The signatures are
    revoked, a correction case is opened on this run, and only the named lines open again.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="publish")
    if act.replayed:
        return stored(act)
    if not reason.strip():
        raise Refused(_("Tulis alasan pengembalian agar penerima tahu apa yang harus diperbaiki."), code="reason")
    document = main_document(act.run)
    if document is None or document.state != DocumentState.SIGNED:
        raise Refused(_("Dokumen ini belum ditandatangani atau sudah digantikan. Muat ulang halaman."))
    _check_figures(act, document, chosen, figures)
    _unsign(act, document, reason)
    open_on_run(run=act.run, by=act.actor, figures=figures, reason=reason)
    reopen(act, chosen=chosen, reason=reason, notes=figures)
    return finish(act, chosen=chosen, form={"document": document.pk}, reason=reason, late_reason=late_reason)


def _check_figures(act: Act, document: Document, chosen: Sequence[int], figures: Mapping[int, str]) -> None:
    """Each person chosen has a figure that is wrong, and each wrong figure belongs to one who is chosen."""
    assert act.outcome.to is not None
    each = act.definition.step(act.outcome.to).each
    members = {member_key(each, pk) for pk in chosen} if each else set()
    of_figure = {row["figure"]: str(row["member"]) for row in content_of(document)["rows"]}
    named = {of_figure.get(figure, "") for figure in figures}
    if not figures or not members or named != members:
        raise Refused(
            _("Pilih siapa yang datanya dikembalikan, dan untuk masing-masing tulis apa yang keliru pada angkanya."),
            code="chosen",
        )


def _unsign(act: Act, document: Document, reason: str) -> None:
    values = list(Value.objects.filter(pk__in=[cast(int, row["value"]) for row in content_of(document)["rows"]]))
    mark_values(values=values, kind=MarkKind.REVOKED, by=act.actor, basis=str(document))
    supersede(document, reason=reason, at=act.now)
    record(
        "document.unsigned",
        subject=document,
        by=act.actor,
        before={"state": DocumentState.SIGNED},
        after={"state": document.state},
        reason=reason,
        at=act.now,
    )
