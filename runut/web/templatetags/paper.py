"""The rows of a printed table, and where the paper is public."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from runut.documents.models import Document, DocumentState
from runut.documents.rules.content import Column
from runut.publication.models import Release
from runut.publication.permissions import may_withdraw
from runut.publication.queries import corrected_of, release_of

register = template.Library()


@register.simple_tag
def printed_rows(columns: Sequence[Column], lines: Iterable[Sequence[str]]) -> SafeString:
    """Lines of texts, each cell with its column's heading for the phone; an empty one has a dash.

    Put together here: a template looks each of a recap's thousands of cells up ten times over.
    """
    filled, blank = [], []
    for column in columns:
        is_number = column["kind"] == "number"
        begin = format_html('<td data-label="{}"', column["label"])
        filled.append(begin + mark_safe(' class="n">' if is_number else ">"))
        blank.append(begin + mark_safe(' class="n blank">–' if is_number else ' class="blank">–'))
    rows = (
        "".join(
            f"{full}{escape(cell)}</td>" if cell else f"{dash}</td>"
            for cell, full, dash in zip(line, filled, blank, strict=True)
        )
        for line in lines
    )
    return mark_safe("".join(f"<tr>{row}</tr>" for row in rows))


@register.simple_tag
def public_as(document: Document) -> Release | None:
    """What of a document is open to the public now. One query, and only of one that is signed."""
    return release_of(document) if document.state == DocumentState.SIGNED else None


@register.inclusion_tag("components/public_corrected.html", takes_context=True)
def public_corrected(context: Context, document: Document) -> dict[str, object]:
    """To who may take back what is public of a document: that figures in it were corrected since, and what can be done
    about it."""
    release = public_as(document)
    if release is None or not may_withdraw(getattr(context.get("request"), "actor", None), release):
        return {}
    return {"release": release, "corrected": corrected_of(release), "may_withdraw": True}
