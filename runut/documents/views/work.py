"""What all work pages on a document share: finding the task, showing the document, carrying out the act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from runut.collection.models import Sheet
from runut.collection.queries import fillers_of
from runut.documents import actions
from runut.documents.models import Document
from runut.documents.queries import changes_since, content_of, current_content, main_document
from runut.documents.queries.printing import Paper, live_paper
from runut.documents.rules.content import Content
from runut.documents.rules.differences import Change
from runut.lib.acts import ActInput, read_act
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.sop import permissions
from runut.sop.actions import Result
from runut.sop.actions.act import check_open
from runut.sop.models import Run, Task
from runut.sop.queries import WorkPage, act_in_words, goes_back, task_for_page, with_refusal, with_words

Do = Callable[[ActInput], Result]


def find_task(request: OfficeRequest, task_id: int, work: str) -> Task:
    """The task of this kind, if the person may see it; 404 otherwise."""
    try:
        task = task_for_page(task_id, request.actor)
    except Task.DoesNotExist as missing:
        raise Http404 from missing
    if task.work != work:
        raise Http404
    return task


@dataclass(frozen=True, slots=True)
class Shown:
    """The document of a run as a work page shows it. last: the version before what is shown."""

    content: Content
    paper: Paper
    document: Document | None
    changes: list[Change]

    @property
    def last(self) -> Document | None:
        """The version that the changes are counted from."""
        if self.paper.document is None:
            return self.document
        return self.paper.document.supersedes

    def context(self) -> dict[str, object]:
        return {"paper": self.paper, "changes": self.changes, "last": self.last, "document": self.document}


def show(run: Run, content: Content | None = None) -> Shown:
    """What the document says now, and what is different from the version before."""
    content = current_content(run) if content is None else content
    document = main_document(run, kind=content["kind"])
    paper = live_paper(run, document, content)
    before = document if paper.document is None else document.supersedes if document else None
    return Shown(content, paper, document, changes_since(before, content) if before else [])


def show_stored(run: Run) -> Shown:
    """The last version as it is stored: what is signed, copied, sent and archived. Refused while there is none."""
    document = main_document(run)
    if document is None:
        raise Refused(_("Dokumennya belum disusun. Selesaikan dulu langkah menghimpun atau menyusun konsep."))
    return show(run, content_of(document))


def carry_out(
    request: OfficeRequest, page: WorkPage, form: Form, do: Do, context: dict[str, object], template: str = ""
) -> HttpResponse:
    """Show the page; or do the step, and show the page once more with what is wrong with the form.

    A return needs its reason and what goes back, not the particulars of going on. Where somebody else was first, the
    form may not fit any more; that is not this person's mistake, so it is said before anything about the form.
    """
    template = template or f"documents/{page.task.work}.html"
    if request.method == "GET":
        if not page.may_act:
            return redirect(page.task)
        return render(request, template, {"page": page, "form": form, **context})
    act = read_act(request.POST)
    if not form.is_valid() and not goes_back(page, act):  # Validated in any case: what was typed goes back, too.
        check_open(page.task, page.run)
        permissions.check_can_act(request.actor, page.task)
        page = with_words(page, act)
    else:
        try:
            return done(request, page, do(act))
        except Refused as refusal:
            page = refused(page, form, act, refusal)
    context = {**context, "picked": set(act.chosen), "ticked": set(act.figures)}
    return render(request, template, {"page": page, "form": form, **context}, status=422)


def done(request: OfficeRequest, page: WorkPage, result: Result) -> HttpResponse:
    messages.success(request, act_in_words(result))
    return redirect("sop:inbox")


def refused(page: WorkPage, form: Form, act: ActInput, refusal: Refused) -> WorkPage:
    """The refusal beside the field that it is about; others become a page of their own.

    What going on would still need is nothing to who sends the work back.
    """
    if goes_back(page, act):
        form.errors.clear()
    if refusal.code in form.fields:
        form.add_error(refusal.code, refusal.sentence)
        return with_words(page, act)
    if refusal.code in ("adequacy", "chapters", "chosen", "paraf", "missing", "names"):
        form.add_error(None, refusal.sentence)
        return with_words(page, act)
    return with_refusal(page, act, refusal)


@dataclass(frozen=True, slots=True)
class Returnable:
    """Somebody whose data may go back to be filled in again, all of it or some figures."""

    pk: int
    name: str
    state: str
    state_label: str
    figures: tuple[Mapping[str, str | int], ...]


def returnable(page: WorkPage, content: Content) -> list[Returnable]:
    """Whose sheets this step may send back, where it takes chosen ones, with their figures. One query, or none."""
    chosen = [outcome for outcome in page.outcomes if outcome.back and outcome.items == "chosen" and outcome.to]
    if not any(_fills(page, outcome.to or "") for outcome in chosen):
        return []
    sheets = Sheet.objects.of_run(page.run).select_related("unit", "pegawai").order_by("pk")
    figures: dict[str, list[Mapping[str, str | int]]] = {}
    for row in content["rows"]:
        figures.setdefault(str(row["member"]), []).append(row)
    return [
        Returnable(
            int(sheet.member[1:]), sheet.subject, sheet.state, sheet.state_label,
            tuple(figures.get(sheet.member, ())),
        )
        for sheet in sheets
    ]  # fmt: skip


def _fills(page: WorkPage, step_id: str) -> bool:
    return any(step.work == "fill" for step in page.definition.region(step_id))


def named(
    act: ActInput, fillers: Mapping[int, int], notes: Mapping[int, str]
) -> tuple[tuple[int, ...], dict[int, str] | None]:
    """Who gets something back, and which figures with what is wrong with each; None where nobody named a figure.

    fillers: figure id -> whose form holds it. notes: figures that are found wrong whatever was ticked. Of somebody
    of whom no figure is named, all come back; whoever fills in a figure that is ticked needs no tick of his own.
    """
    ticked = {figure: "" for figure in act.figures if figure in fillers}
    wanted = ticked | dict(notes)
    holders = {fillers[figure] for figure in wanted if figure in fillers}
    chosen = tuple(dict.fromkeys([*act.chosen, *(fillers[figure] for figure in ticked)]))
    chosen = chosen or tuple(dict.fromkeys(fillers[figure] for figure in notes if figure in fillers))
    whole = {figure: "" for figure, pk in fillers.items() if pk in chosen and pk not in holders}
    return chosen, wanted | whole if wanted else None


def posted_hash(request: OfficeRequest) -> str:
    """The content that the page had shown."""
    return request.POST.get("data_hash", "")


def send_back(
    request: OfficeRequest,
    page: WorkPage,
    act: ActInput,
    *,
    notes: Mapping[int, str] | None = None,
    form: Mapping[str, object] | None = None,
) -> Result:
    fillers = fillers_of(page.run) if act.figures or notes else {}
    chosen, wanted = named(act, fillers, notes or {})
    return actions.send_back(
        task_id=page.task.pk,
        by=request.actor,
        work=page.task.work,
        outcome=act.outcome,
        chosen=chosen,
        notes=wanted,
        form=form,
        key=act.key,
        reason=act.reason,
        late_reason=act.late_reason,
    )
