"""Numbers, copies, sending out, receipts and the archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.documents import actions, permissions
from runut.documents.forms import ArchiveForm, CopiesForm, DispatchForm, ReceiptForm, RegisterForm
from runut.documents.models import Dispatch, Document, DocumentState, Register, RegisterEntry
from runut.documents.queries import letters_of, main_document, numbers_of, register_numbers, sender_of
from runut.documents.queries.reading import signatures_of
from runut.documents.rules.copies import is_kept
from runut.documents.rules.numbering import USUAL_CLASSIFICATION, compose, gaps, next_seq, pattern_of
from runut.documents.views.work import (
    Shown,
    carry_out,
    find_task,
    posted_hash,
    returnable,
    send_back,
    show,
    show_stored,
)
from runut.lib.acts import ActInput
from runut.lib.errors import Refused
from runut.organisation.queries import local_day
from runut.organisation.requests import OfficeRequest
from runut.sop.actions import Result
from runut.sop.queries import WorkPage, goes_back, work_page


@require_http_methods(["GET", "POST"])
def register(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "register"), request.actor)
    is_letter = _goes_out(page)
    shown = show_stored(page.run) if is_letter else show(page.run)
    book = Register.LETTER if is_letter else Register.AGENDA
    books = _books(page)
    initial = _proposal(page, book, books, shown.content["title"])
    form = RegisterForm(request.POST or None, initial=initial, given=numbers_of(page.run))

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            return send_back(request, page, act)
        return actions.register_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            line=form.line(),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    context = {**shown.context(), "books": books, "members": returnable(page, shown.content)}
    return carry_out(request, page, form, do, context)


def _goes_out(page: WorkPage) -> bool:
    """A number given after signing, with sending ahead, is that of a cover letter."""
    at = page.definition.index(page.step.id)
    signed = any(step.work == "sign" for step in page.definition.steps[:at])
    return signed and any(step.work == "dispatch" for step in page.definition.steps[at:])


def _books(page: WorkPage) -> list[dict[str, object]]:
    """Both books of the office this year: the next number as it would read, and what was left out."""
    office, year = page.run.office, local_day(page.run.office, timezone.now()).year
    pattern = pattern_of(office.number_code)
    found: list[dict[str, object]] = []
    for code, label in Register.choices:
        used = register_numbers(office, code, year)
        seq = next_seq(used)
        number = compose(pattern, seq=seq, year=year, classification=USUAL_CLASSIFICATION)
        found.append({"code": code, "label": label, "seq": seq, "number": number, "gaps": gaps(used)[:20]})
    return found


def _proposal(page: WorkPage, book: str, books: list[dict[str, object]], title: str) -> dict[str, object]:
    return {
        "register": book,
        "seq": next(each["seq"] for each in books if each["code"] == book),
        "day": local_day(page.run.office, timezone.now()),
        "subject": title[:200],
        "recipient": "" if book == Register.LETTER else _("Seluruh pemangku kegiatan"),
    }


def _letters(shown: Shown) -> list[RegisterEntry]:
    return letters_of(shown.document) if shown.document else []


def _recipient(letters: list[RegisterEntry]) -> str:
    """To whom the last cover letter goes; "" without one."""
    return letters[-1].recipient if letters else ""


@require_http_methods(["GET", "POST"])
def reproduce(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "reproduce"), request.actor)
    shown = show_stored(page.run)
    form = CopiesForm(request.POST or None, initial={"amount_1": 1, "whom_1": _recipient(_letters(shown))})

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            return send_back(request, page, act)
        return actions.reproduce_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            copies=form.copies(),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    return carry_out(request, page, form, do, shown.context())


@require_http_methods(["GET", "POST"])
def dispatch(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "dispatch"), request.actor)
    shown = show_stored(page.run)
    letters = _letters(shown)
    today = local_day(page.run.office, timezone.now())
    form = DispatchForm(request.POST or None, initial={"sent_on": today, "recipient_1": _recipient(letters)})

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            return send_back(request, page, act)
        return actions.dispatch_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            sendings=form.sendings(),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
        )

    return carry_out(request, page, form, do, {**shown.context(), "letters": letters})


@require_http_methods(["GET", "POST"])
def receipt(request: OfficeRequest, dispatch_id: int) -> HttpResponse:
    """The receipt of something sent earlier."""
    seen = Document.objects.visible_to(request.actor)
    rows = Dispatch.objects.filter(document__in=seen).select_related(
        "document__office", "task__run", "task__jabatan", "task__pegawai", "task__branch"
    )
    sent = get_object_or_404(rows, pk=dispatch_id)
    permissions.check_can_receive(request.actor, sent)
    today = local_day(sent.document.office, timezone.now())
    form = ReceiptForm(request.POST or None, initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_receipt(dispatch=sent, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("Tanda terima dicatat."))
            return redirect(sent.document)
    status = 422 if form.is_bound else 200
    return render(request, "documents/receipt.html", {"sent": sent, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def archive(request: OfficeRequest, task_id: int) -> HttpResponse:
    page = work_page(find_task(request, task_id, "archive"), request.actor)
    form = ArchiveForm(request.POST or None)

    def do(act: ActInput) -> Result:
        if goes_back(page, act):
            return send_back(request, page, act)
        return actions.archive_document(
            task_id=task_id,
            by=request.actor,
            data_hash=posted_hash(request),
            outcome=act.outcome,
            key=act.key,
            late_reason=act.late_reason,
            **form.cleaned_data,
        )

    return carry_out(request, page, form, do, show_stored(page.run).context())


@require_safe
def letter(request: OfficeRequest, entry_id: int) -> HttpResponse:
    """The cover letter, to print: what is sent, to whom, under which number."""
    rows = RegisterEntry.objects.filter(
        register=Register.LETTER, document__in=Document.objects.visible_to(request.actor)
    )
    entry = get_object_or_404(
        rows.select_related("document__office__instansi", "document__superseded_by", "task__done_by"), pk=entry_id
    )
    document = entry.document
    given = signatures_of(document)
    if document.state == DocumentState.SUPERSEDED:  # the number was kept for what replaced it
        document = main_document(document.run) or document
    context = {
        "entry": entry,
        "document": document,
        "numbered": entry.document,
        "revoked": [row for row in given if row.revoked_at is not None],
        "sent": [copy for copy in document.copies.order_by("pk") if not is_kept(copy.meant_for)],
        "sender": sender_of(entry, document),
        "sees_nip": permissions.sees_nip(request.actor, document),
    }
    return render(request, "documents/letter.html", context)
