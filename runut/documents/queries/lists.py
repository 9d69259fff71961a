"""Lists of an office's documents, its register, and who may be handed a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from runut.documents.models import Document, DocumentKind, DocumentState, Register, RegisterEntry
from runut.organisation.models import Assignment, Jabatan, Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import heads_of, holders
from runut.sop.models import Run, Task, TaskState
from runut.sop.queries import bindings_of, definition_of

PAGE_SIZE = 50
# What people type for the same report.
SYNONYMS = {"lakip": "laporan kinerja", "lkjip": "laporan kinerja", "lkj": "laporan kinerja", "lkip": "laporan kinerja"}


def document_page(actor: Actor, *, search: str = "", page: str | int = 1) -> Page[Document]:
    """The documents a person may see, newest first, each with its office and valid signatures. Four queries."""
    rows = Document.objects.visible_to(actor).filter(_matches(search)).select_related("office")
    rows = rows.defer("content").prefetch_related("signatures").order_by("-made_at", "-pk")
    return Paginator(rows, PAGE_SIZE).get_page(page)


def present_documents(runs: QuerySet[Run], actor: Actor) -> list[Document]:
    """The versions of these runs' documents that no later one replaces, for who may read them. One query."""
    rows = Document.objects.visible_to(actor).filter(run__in=runs.order_by().values("pk"), superseded_by__isnull=True)
    return list(rows.defer("content").order_by("run", "kind", "-no"))


def _matches(search: str) -> Q:
    words = " ".join(search.split())
    if not words:
        return Q()
    meant = SYNONYMS.get(words.casefold(), words)
    match = Q(title__icontains=meant) | Q(number__icontains=words)
    return match | Q(year=int(words)) if words.isdigit() and len(words) == 4 else match


def archive_page(actor: Actor, *, search: str = "", page: str | int = 1) -> Page[RegisterEntry]:
    """The lines of the offices' books with their documents, latest first."""
    rows = RegisterEntry.objects.filter(document__in=Document.objects.visible_to(actor)).select_related(
        "document__office", "document__archived"
    )
    words = " ".join(search.split())
    if words:
        meant = SYNONYMS.get(words.casefold(), words)
        match = Q(number__icontains=words) | Q(subject__icontains=words) | Q(recipient__icontains=words)
        rows = rows.filter(match | Q(document__title__icontains=meant))
    return Paginator(rows.defer("document__content").order_by("-year", "register", "-seq"), PAGE_SIZE).get_page(page)


def bearers_of(entries: Iterable[RegisterEntry]) -> dict[int, int]:
    """Entry id -> id of the version that its number was given to last: it may have been given again. One query."""
    found, runs = dict[int, int](), set[int]()
    for entry in entries:
        found[entry.pk] = entry.document_id
        runs.add(entry.document.run_id)
    given = Task.objects.filter(run__in=runs, work="register", state=TaskState.DONE)
    for form in given.order_by("done_at", "pk").values_list("form", flat=True):
        if form.get("entry") in found and form.get("document"):
            found[form["entry"]] = form["document"]
    return found


def archived(actor: Actor, *, search: str = "", page: str | int = 1) -> Page[Document]:
    """Archived documents with classification, retention and place, latest first."""
    rows = Document.objects.visible_to(actor).filter(archived__isnull=False)
    words = " ".join(search.split())
    if words:
        rows = rows.filter(
            _matches(words) | Q(archived__classification__icontains=words) | Q(archived__place__icontains=words)
        )
    rows = rows.select_related("office", "archived").defer("content").order_by("-archived__day", "-pk")
    return Paginator(rows, PAGE_SIZE).get_page(page)


def register_numbers(office: Office, register: str, year: int) -> list[int]:
    """The sequence numbers given in a book in a year. One query."""
    rows = RegisterEntry.objects.filter(office=office, register=register, year=year).order_by("seq")
    return list(rows.values_list("seq", flat=True))


def numbers_of(run: Run) -> list[RegisterEntry]:
    """The numbers that a run's document was given, the latest first; none is ever taken back. One query."""
    return list(RegisterEntry.objects.filter(document__run=run).order_by("-pk"))


def entries_of(document: Document) -> list[RegisterEntry]:
    """The lines of the books with a version's number: written for it, or kept from an earlier one. One query."""
    own = Q(document=document)
    same = own | Q(document__run=document.run_id, number=document.number) if document.number else own
    return list(RegisterEntry.objects.filter(same).order_by("pk"))


def letters_of(document: Document) -> list[RegisterEntry]:
    """The cover letters with which a document goes out, also one whose number was kept from an earlier version."""
    rows = RegisterEntry.objects.filter(document__run=document.run_id, register=Register.LETTER)
    return list(rows.order_by("pk"))


def sender_of(entry: RegisterEntry, document: Document) -> Assignment | None:
    """Who signs the cover letter: the office's head on its day; of several, the one who signed the document."""
    heads = heads_of(entry.office_id, entry.day)
    signed = set(document.signatures.filter(revoked_at__isnull=True).values_list("pegawai", flat=True))
    return next((held for held in heads if held.pegawai_id in signed), heads[0] if heads else None)


def recipients_for(task: Task, actor: Actor, on: date) -> list[Assignment]:
    """To whom a document may be handed up: the superiors of the person's positions, and the lanes of later steps.

    Three queries for the chain and one for the holders.
    """
    definition = definition_of(task.run.version)
    bound = bindings_of(task.run.version.sop_id)
    ahead = definition.steps[definition.index(task.step) + 1 :]
    wanted = [pk for step in ahead for key in step.lanes for pk in bound.get(definition.lane(key).slot, [])]
    wanted = list(dict.fromkeys([*wanted, *_superiors(actor, task.run.office_id)]))
    found = holders(wanted, on)
    people = {held.pegawai_id: held for pk in reversed(wanted) for held in reversed(found.get(pk, []))}
    people.pop(actor.pegawai_id, None)
    return list(reversed(people.values()))


def _superiors(actor: Actor, office_id: int) -> list[int]:
    above = dict(Jabatan.objects.filter(office=office_id).values_list("pk", "superior"))
    chain: list[int] = []
    for held in actor.assignments:
        upper = above.get(held.jabatan_id)
        while upper is not None and upper not in chain:
            chain.append(upper)
            upper = above.get(upper)
    return chain


def years_with_reports(actor: Actor) -> list[int]:
    rows = Document.objects.visible_to(actor).filter(kind=DocumentKind.REPORT).exclude(state=DocumentState.SUPERSEDED)
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)
