"""The office's books: agenda lines and letter numbers, copies, dispatch, archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.documents.actions.finish import pass_on, stored
from runut.documents.actions.versions import check_signed, keep_letterhead, present_document, the_document
from runut.documents.models import (
    ArchiveItem,
    Copy,
    Dispatch,
    Document,
    DocumentState,
    Register,
    RegisterEntry,
)
from runut.documents.permissions import check_can_receive
from runut.documents.rules.numbering import compose, pattern_of
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.sop.actions import Act, Result, begin


@dataclass(frozen=True, slots=True)
class Line:
    """A line for a book, as a clerk writes it. `recipient` may name several."""

    register: str
    classification: str
    seq: int
    day: date
    subject: str
    recipient: str
    note: str = ""


@transaction.atomic
def register_document(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    line: Line | int,
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Enter the document in a book under a number of its own. An agenda number is stamped on it before signing.

    When the step comes round again the document may go on with the number it has: then `line` is the id of
    that line in the book. A number once given stays in the book.
    """
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="register")
    if act.replayed:
        return stored(act)
    document = _document(act, data_hash)
    entry = _enter(act, document, line) if isinstance(line, Line) else _kept(act, line)
    keep_letterhead(document)
    before = document.number
    if entry.register == Register.AGENDA and document.state == DocumentState.DRAFT and before != entry.number:
        document.number = entry.number
        document.save(update_fields=["number"])
    after = {
        "register": entry.register,
        "number": entry.number,
        "before": before,
        "kept": entry.task_id != act.task.pk,
        "recipient": entry.recipient,
        "day": entry.day,
    }
    form = {"entry": entry.pk, "number": entry.number}
    return pass_on(act, document, "document.registered", after, form=form, late_reason=late_reason)


def _kept(act: Act, entry_id: int) -> RegisterEntry:
    entry = RegisterEntry.objects.filter(pk=entry_id, document__run=act.run).first()
    if entry is None:
        raise Refused(_("Itu bukan nomor dokumen ini. Muat ulang halaman, lalu pilih lagi."), code="number")
    return entry


def _document(act: Act, data_hash: str) -> Document:
    before = act.definition.steps[: act.definition.index(act.step.id)]
    if not any(step.work == "sign" for step in before):
        return present_document(act, data_hash)
    document = the_document(act, data_hash)
    check_signed(act, document)
    return document


def _enter(act: Act, document: Document, line: Line) -> RegisterEntry:
    office = Office.objects.select_for_update().get(pk=act.run.office_id)
    year, today = line.day.year, act.calendar.local_day(act.now)
    if line.day > today:
        raise Refused(_("Tanggal ini belum tiba. Pakai tanggal hari ini."), code="day")
    if line.day < today and not line.note.strip():
        raise Refused(_("Tanggalnya mundur. Tulis alasannya di sini; buku menandainya."), code="note")
    number = compose(pattern_of(office.number_code), seq=line.seq, year=year, classification=line.classification)
    book = RegisterEntry.objects.filter(office=office, register=line.register, year=year)
    taken = book.filter(seq=line.seq).first() or book.filter(number=number).first()
    if taken is not None:
        raise Refused(
            _("Nomor urut %(seq)s tahun %(year)s sudah dipakai untuk “%(what)s”. Pakai nomor lain.")
            % {"seq": line.seq, "year": year, "what": taken.subject},
            code="seq",
        )
    return RegisterEntry.objects.create(
        instansi_id=office.instansi_id,
        office=office,
        register=line.register,
        year=year,
        seq=line.seq,
        number=number,
        day=line.day,
        is_backdated=line.day < today,
        subject=line.subject,
        recipient=line.recipient,
        note=line.note,
        document=document,
        task=act.task,
    )


@transaction.atomic
def reproduce_document(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    copies: Sequence[tuple[int, str]],
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Note how many copies were made, and for whom: pairs of (amount, meant for)."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="reproduce")
    if act.replayed:
        return stored(act)
    document = the_document(act, data_hash)
    check_signed(act, document)
    if not copies or any(amount < 1 for amount, _whom in copies):
        raise Refused(_("Tulis untuk siapa salinannya dan berapa banyak, paling sedikit satu."), code="copies")
    Copy.objects.bulk_create(
        Copy(instansi_id=act.run.instansi_id, document=document, task=act.task, amount=amount, meant_for=whom)
        for amount, whom in copies
    )
    after = {"copies": [list(copy) for copy in copies]}
    return pass_on(act, document, "document.reproduced", after, form=after, late_reason=late_reason)


@dataclass(frozen=True, slots=True)
class Sending:
    """A document sent out to one recipient; the receipt may be known at once, or follow."""

    recipient: str
    way: str
    sent_on: date
    received_on: date | None = None
    received_by: str = ""


@transaction.atomic
def dispatch_document(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    sendings: Sequence[Sending],
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Note to whom, how and when the document was sent. It closes as sent; receipts may follow."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="dispatch")
    if act.replayed:
        return stored(act)
    document = the_document(act, data_hash)
    check_signed(act, document)
    if not sendings:
        raise Refused(_("Tulis paling sedikit satu penerima dokumen."), code="recipient")
    today = act.calendar.local_day(act.now)
    for sending in sendings:
        _check_days(sending.sent_on, sending.received_on, today)
    _check_after_signature(act, document, min(sending.sent_on for sending in sendings))
    keep_letterhead(document)
    Dispatch.objects.bulk_create(
        Dispatch(instansi_id=act.run.instansi_id, document=document, task=act.task, **asdict(sending))
        for sending in sendings
    )
    after = {"recipients": [sending.recipient for sending in sendings]}
    return pass_on(act, document, "document.dispatched", after, form=after, late_reason=late_reason)


def _check_after_signature(act: Act, document: Document, sent_on: date) -> None:
    """What was signed today was not sent yesterday."""
    given = document.signatures.filter(revoked_at__isnull=True).aggregate(last=Max("at"))["last"]
    if given is not None and sent_on < act.calendar.local_day(given):
        raise Refused(
            _("Dokumen ini ditandatangani %(day)s, jadi tidak dapat dikirim sebelum tanggal itu.")
            % {"day": short_date(act.calendar.local_day(given))},
            code="sent_on",
        )


def _check_days(sent_on: date, received_on: date | None, today: date) -> None:
    """Sent and received in this order, and neither in days to come."""
    if sent_on > today:
        raise Refused(_("Tanggal kirim ini belum tiba. Catat setelah dokumennya dikirim."), code="sent_on")
    if received_on is not None and received_on < sent_on:
        sentence = _("Tanggal terima tidak boleh mendahului tanggal kirim. Periksa kedua tanggalnya.")
        raise Refused(sentence, code="received_on")
    if received_on is not None and received_on > today:
        raise Refused(_("Tanggal terima ini belum tiba. Catat setelah dokumennya diterima."), code="received_on")


@transaction.atomic
def add_receipt(*, dispatch: Dispatch, by: Actor, received_on: date, received_by: str) -> Dispatch:
    """The receipt of something sent earlier. It is noted once."""
    dispatch = (
        Dispatch.objects.select_for_update(of=("self",))
        .select_related("document__run", "document__office", "task")
        .get(pk=dispatch.pk)
    )
    actor = check_can_receive(by, dispatch)
    if dispatch.received_on is not None:
        raise Refused(_("Tanda terima pengiriman ini sudah dicatat."))
    _check_days(dispatch.sent_on, received_on, local_day(dispatch.document.office, timezone.now()))
    dispatch.received_on, dispatch.received_by = received_on, received_by
    dispatch.save(update_fields=["received_on", "received_by"])
    record(
        "document.received",
        subject=dispatch.document,
        by=actor,
        after={"recipient": dispatch.recipient, "received_on": received_on, "received_by": received_by},
    )
    return dispatch


@transaction.atomic
def archive_document(
    *,
    task_id: int,
    by: Actor,
    data_hash: str,
    classification: str,
    retention_years: int,
    place: str = "",
    outcome: str = "complete",
    key: str = "",
    late_reason: str = "",
) -> Result:
    """Put the signed document in the archive: from now on it is found by classification, and no longer changes."""
    act = begin(task_id=task_id, by=by, outcome=outcome, key=key, work="archive")
    if act.replayed:
        return stored(act)
    document = the_document(act, data_hash)
    check_signed(act, document)
    if ArchiveItem.objects.filter(document=document).exists():
        raise Refused(_("Dokumen ini sudah diarsipkan."))
    keep_letterhead(document)
    item = ArchiveItem.objects.create(
        instansi_id=act.run.instansi_id,
        document=document,
        task=act.task,
        classification=classification,
        retention_years=retention_years,
        place=place,
        day=act.calendar.local_day(act.now),
    )
    after = {"classification": classification, "retention_years": retention_years, "place": place}
    return pass_on(act, document, "document.archived", after, form={"archive": item.pk}, late_reason=late_reason)
