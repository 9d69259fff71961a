"""Versions of a run's document: made when the content is new, superseded when it changes."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.collection.models import Value
from runut.documents.models import Document, DocumentState, Signature
from runut.documents.queries import content_of, current_content, main_document, period_of
from runut.documents.queries.asked_again import in_words
from runut.documents.rules.content import Content, hash_of
from runut.documents.rules.differences import differences
from runut.documents.rules.moves import MOVES
from runut.documents.rules.parafs import CHANGED
from runut.lib.dates import Lang, date_time
from runut.lib.errors import Refused, Stale
from runut.lib.states import check_move
from runut.organisation.permissions import Actor
from runut.organisation.queries import letterhead_at
from runut.sop.actions import Act
from runut.sop.models import Paraf, Run


def present_document(act: Act, data_hash: str) -> Document:
    """The document as the data are now; Stale when it is not the one that the page showed."""
    content = current_content(act.run)
    check_shown(content, data_hash, act)
    return keep(act.run, content, by=act.actor, at=act.now)


def _moved_on(act: Act) -> Stale:
    """Says who changed a number last, and leads back to the step with the document as it is now."""
    period, said = period_of(act.run), _("Data berubah sejak dokumen ini Anda buka. Periksa lagi, lalu ulangi.")
    last = Value.objects.filter(figure__period=period).select_related("by").order_by("-pk").first() if period else None
    if last is not None:
        lang: Lang = "en" if get_language() == "en" else "id"
        at = date_time(last.at, act.calendar.zone, lang)
        words = {"who": last.by.full_name, "title": last.by_title, "at": at}
        said += " " + _("Angka terakhir diubah oleh %(who)s (%(title)s), %(at)s.") % words
    return Stale(said, url=act.task.get_absolute_url(), label=_("Buka lagi langkah ini"))


def _replaced(act: Act, document: Document) -> Stale:
    """Says who made the version that stands now, and leads back to the step with it."""
    words = {"no": document.no, "who": document.made_by.full_name, "title": document.made_title}
    said = _("Dokumen ini sudah digantikan versi yang lebih baru: versi %(no)s oleh %(who)s (%(title)s).") % words
    return Stale(said, url=act.task.get_absolute_url(), label=_("Buka lagi langkah ini"))


def check_shown(content: Content, data_hash: str, act: Act | None = None) -> None:
    """Nobody puts a paraf or a signature under what he did not see. act: the step, to say where it goes on."""
    if hash_of(content) != data_hash:
        if act is not None:
            raise _moved_on(act)
        raise Stale(_("Data berubah sejak dokumen ini Anda buka. Periksa lagi, lalu ulangi."))


def keep(run: Run, content: Content, *, by: Actor, at: datetime, reason: str = "") -> Document:
    """The last version if it says the same, else a new one that supersedes it."""
    last = main_document(run, kind=content["kind"])
    if last is not None and last.data_hash == hash_of(content) and last.state != DocumentState.SUPERSEDED:
        return last
    if last is not None and last.state != DocumentState.SUPERSEDED:
        told = reason or _what_changed(last, content)
        supersede(last, reason=reason or CHANGED, at=at, told=told)
    document = _make(run, content, last, by, at)
    record(
        "document.made",
        subject=document,
        by=by,
        before={"no": last.no, "hash": last.data_hash} if last else None,
        after={"kind": document.kind, "no": document.no, "hash": document.data_hash},
        at=at,
    )
    return document


def _what_changed(last: Document, content: Content) -> str:
    """What the content says otherwise than this version, old and new; it stays as it is written, so in Indonesian."""
    with translation.override("id"):
        return in_words(differences(content_of(last), content)) or CHANGED


def _make(run: Run, content: Content, last: Document | None, by: Actor, at: datetime) -> Document:
    period = period_of(run)
    if period is None:
        raise Refused(_("Formulir periode ini belum disiapkan, jadi belum ada dokumen yang dapat disusun."))
    return Document.objects.create(
        instansi_id=run.instansi_id,
        office=run.office,
        run=run,
        kind=content["kind"],
        no=last.no + 1 if last else 1,
        title=content["title"],
        year=content["year"],
        quarter=content["quarter"],
        basis=content["basis"],
        content=content,
        data_hash=hash_of(content),
        supersedes=last,
        made_at=at,
        made_by=by.pegawai,
        made_title=by.title,
    )


def supersede(document: Document, *, reason: str, at: datetime, told: str = "") -> None:
    """Mark a version as replaced: its parafs are void and its signatures revoked, all of them kept.

    reason: for whoever meets the version, on the portal too. told: the same for who reads the parafs, with names.
    """
    check_move(
        MOVES, document.state, str(DocumentState.SUPERSEDED), _("Dokumen ini sudah digantikan versi yang lebih baru.")
    )
    keep_letterhead(document, at=document.made_at)
    revoke_signatures(document, reason=reason, at=at)
    void_parafs(document.run, document.data_hash, reason=told or reason, at=at)
    document.state, document.supersede_reason = DocumentState.SUPERSEDED, reason
    document.save(update_fields=["state", "supersede_reason"])


def keep_letterhead(document: Document, *, at: datetime | None = None) -> None:
    """From now on the paper names its office as it was at that moment, whatever it is called later. None: as it is now.

    A version that is replaced before anybody signed it stood under the name of the day it was made.
    """
    if not document.letterhead:
        document.letterhead = letterhead_at(document.office, at)
        document.save(update_fields=["letterhead"])


def revoke_signatures(document: Document, *, reason: str, at: datetime) -> int:
    """Signatures stay as rows; from now on they do not count. How many were revoked."""
    given = Signature.objects.filter(document=document, revoked_at__isnull=True)
    return given.update(revoked_at=at, revoke_reason=reason)


def void_parafs(run: Run, data_hash: str, *, reason: str, at: datetime) -> None:
    """Parafs given under this content no longer hold."""
    given = Paraf.objects.filter(task__run=run, task__branch__isnull=True, data_hash=data_hash, voided_at__isnull=True)
    given.update(voided_at=at, void_reason=Truncator(reason).chars(300))


def the_document(act: Act, data_hash: str) -> Document:
    """The run's document as it was shown, unchanged since; nothing new is made of it here."""
    document = main_document(act.run)
    if document is None:
        raise Refused(_("Dokumennya belum disusun. Selesaikan dulu langkah menghimpun atau menyusun konsep."))
    if document.state == DocumentState.SUPERSEDED:
        raise _moved_on(act)
    if document.data_hash != data_hash:
        raise _replaced(act, document)
    return document


def check_signed(act: Act, document: Document) -> None:
    """What leaves the office or the desk is signed first, where the procedure has somebody sign."""
    before = act.definition.steps[: act.definition.index(act.step.id)]
    if any(step.work == "sign" for step in before) and document.state != DocumentState.SIGNED:
        raise Refused(_("Dokumen ini belum ditandatangani semua pihak, jadi langkah ini belum dapat dikerjakan."))
