"""From a step to its case, and from a step or a figure to what was written about the data, for who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.db.models import Q, QuerySet
from django.template.context import Context
from django.utils.translation import gettext as _

from runut.collection.models import Figure
from runut.collection.queries import Later
from runut.collection.queries.again import changed_again
from runut.collection.queries.history import VersionRow
from runut.correction.models import Analysis, Correction
from runut.correction.permissions import may_open_some
from runut.correction.queries import (
    Refusal,
    Restored,
    analyses_of,
    analyses_of_figure,
    cases_with,
    codes_of,
    correctable,
    items_of,
    orders_of,
    refusals_of,
    restored_of,
)
from runut.documents.models import ArchiveItem, Document, Signature
from runut.documents.queries import entries_of, main_document, present_documents, remarks_of
from runut.documents.queries.acted import acted_on, lapse_of, lapses_of, signed_before
from runut.documents.queries.asked_again import why_again
from runut.documents.queries.signed_with import signed_with
from runut.organisation.permissions import Actor
from runut.sop.models import Run
from runut.sop.queries import WorkPage
from runut.sop.queries.inbox import Inbox, Row
from runut.sop.queries.privacy import parts_open_to

# The steps that carry out an order and have no page of their own on which it stands.
ORDERED = ("coordinate", "do", "plan", "prepare")

register = template.Library()

# Which version a step was done on, and whether what was given there still counts.
register.simple_tag(acted_on)
register.simple_tag(lapse_of)
register.simple_tag(lapses_of)
register.simple_tag(signed_before)


@register.inclusion_tag("components/case_link.html")
def case_link(page: WorkPage) -> dict[str, Correction | None]:
    """A link to the case that the step's run deals with. One query, and only in a procedure of corrections."""
    if page.definition.category != "correction":
        return {"case": None}
    return {"case": Correction.objects.visible_to(page.reader).filter(run=page.task.run_id).first()}


@register.simple_tag
def may_open_case(actor: Actor) -> bool:
    """Whether this person may open a correction of any data. No query for the head of an office, else at most two."""
    return may_open_some(actor, correctable(actor))


@register.inclusion_tag("components/order_before.html")
def order_before(page: WorkPage) -> dict[str, object]:
    """The order that a step carries out, and the figures it calls wrong, unless the step lists them itself.

    No query where the procedure has no order before the step; else two, and three for a case.
    """
    ordered = [step.id for step in page.definition.steps if step.work == "instruct"]
    if not ordered or page.task.work not in ORDERED:
        return {}
    if page.definition.index(page.step.id) < page.definition.index(ordered[0]):
        return {}
    orders = orders_of(page.task.run)
    if page.task.work == "plan" or page.definition.category != "correction":
        return {"orders": orders}
    case = Correction.objects.visible_to(page.reader).filter(run=page.task.run_id).first()
    return {"orders": orders, "rows": items_of(case, page.reader) if case else []}


@register.simple_tag
def restored_versions(figure: Figure) -> list[Restored]:
    """Which versions of a figure only say again what an earlier one said."""
    return restored_of(figure)


@register.simple_tag
def refused_versions(figure: Figure) -> dict[int, Refusal]:
    """Which versions of a figure a meeting did not take, sent back, or decided on otherwise than an earlier one."""
    return refusals_of(figure)


@register.simple_tag
def case_codes(later: Iterable[Later]) -> dict[int, str]:
    """Version id -> the case that put it in the place of another."""
    return codes_of([each.value for each in later])


@register.simple_tag
def signatures_beside(figure: Figure, versions: Iterable[VersionRow]) -> dict[int, list[Signature]]:
    """Mark id -> who else signed the paper with which a version of a figure was signed."""
    return signed_with(figure, [mark for each in versions for mark in each.marks])


@register.inclusion_tag("components/case_papers.html")
def case_papers(case: Correction, actor: Actor) -> dict[str, object]:
    """The paper that a case ended in, its lines in the books and its place in the archive, for who may read it."""
    found = main_document(case.run)
    if found is None or not Document.objects.visible_to(actor).filter(pk=found.pk).exists():
        return {}
    archived = ArchiveItem.objects.filter(document=found).first()
    return {"document": found, "entries": entries_of(found), "archived": archived}


@register.inclusion_tag("components/remarks.html")
def case_remarks(case: Correction, actor: Actor, shown: int, total: int) -> dict[str, object]:
    """What was noted on a case's paper by those who judged it, refused it or sent something back.

    shown, total: how many of its figures the page shows this person; where not all, what is about others' is left out.
    """
    members = parts_open_to(case.run, actor) if shown < total else None
    rows = [row for row in remarks_of(case.run) if row.is_open_to(members, whole=True)]
    return {"remarks": rows, "title": _("Catatan penilaian")}


@register.inclusion_tag("components/remarks.html")
def run_remarks(run: Run, actor: Actor) -> dict[str, object]:
    """The same of any run, as far as its history tells the person."""
    found = remarks_of(run)
    members = parts_open_to(run, actor) if found else None
    rows = [row for row in found if row.is_open_to(members, whole=False)]
    return {"remarks": rows, "title": _("Catatan penilaian dan pengembalian"), "folded": True}


@register.simple_tag(takes_context=True)
def papers_of(context: Context, run: Run | None) -> list[Document]:
    """What a run's documents are now, the latest version of each kind, for who may read them. One query."""
    return _papers(context, Run.objects.filter(pk=run.pk)) if run is not None else []


@register.simple_tag(takes_context=True)
def papers_with(context: Context, figure: Figure) -> list[Document]:
    """The documents in which a figure stands: of the run that gathered it, and of the cases that corrected it."""
    gathered = Q(pk=figure.period.run_id) | Q(corrections__items__figure=figure)
    return _papers(context, Run.objects.filter(gathered))


@register.simple_tag(takes_context=True)
def cases_of(context: Context, about: Figure | Run) -> list[Correction]:
    """The cases on a figure, or those that a run deals with, for who may read them. One query."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None:
        return []
    if isinstance(about, Figure):
        return cases_with(about, actor)
    return list(Correction.objects.visible_to(actor).filter(run=about).order_by("-opened_at", "-pk"))


def _papers(context: Context, runs: QuerySet[Run]) -> list[Document]:
    actor = getattr(context.get("request"), "actor", None)
    return present_documents(runs, actor) if actor is not None else []


@register.simple_tag
def parafs_again(rows: Iterable[Row], actor: Actor) -> dict[int, str]:
    """Run id -> why this person's paraf is asked for again in it. Two queries, none without rows."""
    return why_again([row.run_id for row in rows], actor)


@register.simple_tag
def forms_again(inbox: Inbox) -> dict[int, str]:
    """Task id -> what its form says otherwise than in the round before. One query, none where nothing came back."""
    rows = [*inbox.late, *inbox.soon, *inbox.later]
    forms = {row.pk: (row.run_id, row.member) for row in rows if row.round > 1 and row.member and not row.told}
    changed = changed_again(set(forms.values()))
    return {pk: changed[form] for pk, form in forms.items() if form in changed}


@register.filter
def of_version(said: Mapping[int, object], version: int) -> object:
    """What is said of a version; None where it is nothing."""
    return said.get(version)


@register.inclusion_tag("components/analyses.html")
def step_analyses(page: WorkPage) -> dict[str, list[Analysis]]:
    """What was written in an examination. One query, and only in a step that examines."""
    if page.task.work != "analyse":
        return {"rows": []}
    return {"rows": analyses_of([page.task.run_id], page.reader)}


@register.inclusion_tag("components/analyses.html")
def figure_analyses(figure: Figure) -> dict[str, object]:
    """What was written about a figure; whoever may read the figure may read this. One query."""
    return {"rows": analyses_of_figure(figure), "with_run": True}
