"""Another name of an office, or other words of it: what was initialled under the old ones holds no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.documents.actions.renew import ask_again
from runut.documents.models import Document, DocumentState, Signature
from runut.documents.queries import current_content
from runut.documents.rules.content import hash_of
from runut.lib.errors import Refused
from runut.organisation.actions import update_office
from runut.organisation.models import Office
from runut.organisation.permissions import Actor
from runut.organisation.rules import TERMS
from runut.sop.models import Paraf, Run, RunState

# What a document's content says of its office; the letterhead is no part of it.
PRINTED = ("name", "terms")


class LosesParafs(Refused):
    """Documents under way say something else under the new name, so that their parafs are void. papers: which."""

    def __init__(self, papers: Sequence[Document]) -> None:
        super().__init__(_("Periksa dokumen yang disebut, lalu centang pernyataan ini."), code="agreed")
        self.papers = papers


@transaction.atomic
def rename_office(
    *, office: Office, changes: Mapping[str, object], by: Actor, basis: str = "", agreed: bool = False
) -> Office:
    """Change what stands on the office's papers. LosesParafs where parafs given are lost by it and nobody agreed."""
    if all(changes.get(name, getattr(office, name)) == getattr(office, name) for name in PRINTED):
        return update_office(office=office, changes=changes, by=by, basis=basis)
    list(Run.objects.select_for_update().filter(pk__in=_initialled(office).values("run")).order_by("pk"))
    held, before = {paper.pk for paper in _holding(_initialled(office))}, _named(office)
    office = update_office(office=office, changes=changes, by=by, basis=basis)
    holding = {paper.pk for paper in _holding(_initialled(office))}
    lost = [paper for paper in _initialled(office) if paper.pk in held - holding]
    if lost and not agreed:
        raise LosesParafs(lost)
    for paper in lost:
        # In a procedure that is held they stand in the inbox as soon as it goes on.
        ask_again(paper.run, timezone.now(), _why(before, _named(office)))
    return office


def _named(office: Office) -> tuple[str, dict[str, object]]:
    """What its papers call it, and its own words."""
    return office.name, {**TERMS, **office.terms}


def _why(before: tuple[str, dict[str, object]], after: tuple[str, dict[str, object]]) -> str:
    """Which names changed, old and new; it stays with the parafs as it is written, so in Indonesian."""
    (name, words), (new_name, new_words) = before, after
    with translation.override("id"):
        pairs: list[tuple[str, object, object]] = [(_("Nama kantor"), name, new_name)]
        pairs += [(_("Sebutan"), words.get(key), new_words.get(key)) for key in {**words, **new_words}]
        told = [(what, old or "–", new or "–") for what, old, new in pairs if old != new]
        changes = [_("%(what)s %(before)s → %(after)s") % {"what": w, "before": b, "after": a} for w, b, a in told]
    return f"{'; '.join(changes)}."


def _initialled(office: Office) -> QuerySet[Document]:
    """Documents under way that bear a paraf or a signature for what they say."""
    parafs = Paraf.objects.filter(
        task__run=OuterRef("run"), task__branch__isnull=True, data_hash=OuterRef("data_hash"), voided_at__isnull=True
    )
    signatures = Signature.objects.filter(document=OuterRef("pk"), revoked_at__isnull=True)
    return (
        Document.objects.filter(Exists(parafs) | Exists(signatures), office=office, state=DocumentState.DRAFT)
        .filter(run__state__in=[RunState.RUNNING, RunState.HELD])
        .select_related("run__office", "run__version")
        .order_by("year", "quarter", "title", "pk")
    )


def _holding(papers: Iterable[Document]) -> list[Document]:
    """Those that say what the data say now, so that what is under them holds."""
    return [paper for paper in papers if hash_of(current_content(paper.run)) == paper.data_hash]
