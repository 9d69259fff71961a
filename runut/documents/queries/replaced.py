"""Which figures of a signed document have been corrected since, and what they say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from runut.collection.models import FINAL, Figure, Mark, Value
from runut.collection.queries import BINDS
from runut.documents.models import Document, DocumentState
from runut.documents.queries.gather import value_words
from runut.documents.queries.reading import content_of, figure_state
from runut.organisation.permissions import Actor


@dataclass(frozen=True, slots=True)
class Replaced:
    """A figure as the document has it, and the version that holds now."""

    indicator: str
    subject: str
    before: str
    now: Value

    @property
    def after(self) -> str:
        return value_words(self.now)


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many figures of a document have been corrected since, and when the first of them was."""

    count: int
    since: datetime


def corrected_since(document: Document) -> Corrected | None:
    """None where every figure still is as the document has it. Those of `figure_state`, and one query more for any."""
    content = content_of(document)
    count = figure_state(document.run, content).replaced
    if not count:
        return None
    own = Value.objects.filter(pk__in=[int(row["value"]) for row in content["rows"]], figure=OuterRef("figure"))
    later = Value.objects.filter(BINDS, Exists(own.filter(no__lt=OuterRef("no"))))
    since = Mark.objects.filter(value__in=later, kind__in=FINAL).order_by("at").values_list("at", flat=True).first()
    assert since is not None, "what takes the place of a signed figure was decided or signed"
    return Corrected(count, since)


def replaced_since(document: Document, actor: Actor) -> list[Replaced]:
    """The figures of a signed document that were corrected since and that the person may see, in its own order.

    Three queries; none where it is not signed.
    """
    if document.state != DocumentState.SIGNED:
        return []
    rows = {int(row["value"]): row for row in content_of(document)["rows"]}
    later = Value.objects.filter(BINDS, figure=OuterRef("figure"), no__gt=OuterRef("no")).order_by("-no")
    newest = Value.objects.filter(pk__in=rows).annotate(newest=Subquery(later.values("pk")[:1]))
    pairs = dict(newest.filter(newest__isnull=False).values_list("pk", "newest"))
    now = Value.objects.in_bulk(pairs.values())
    seen = Figure.objects.visible_to(actor).filter(pk__in=[value.figure_id for value in now.values()])
    mine = set(seen.values_list("pk", flat=True))
    return [
        Replaced(str(row["indicator"]), str(row["subject"]), str(row["actual"]), now[pairs[pk]])
        for pk, row in rows.items()
        if pk in pairs and now[pairs[pk]].figure_id in mine
    ]
