"""A run's document and what was put under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from runut.collection.models import JUDGED, SIGNED, Line, Mark, Sheet, Value
from runut.collection.queries import BINDS
from runut.collection.rules import CHECKED
from runut.documents.models import Document, DocumentKind, Signature
from runut.documents.queries.gather import gathered_content, report_content
from runut.documents.rules.content import Content
from runut.documents.rules.differences import Change, differences
from runut.documents.rules.kinds import PRECEDENCE
from runut.documents.rules.parafs import Given, Missing, missing_parafs, must_be_validated, validates
from runut.lib.prepared import Prepared, PreparedRows
from runut.sop.models import Branch, BranchState, Paraf, Run, Task, TaskState
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Step

# Asked by nearly every page and act of a procedure.
_OF_RUN = Prepared(
    lambda pk: Document.objects.filter(run=pk).select_related("office__instansi", "run").defer("content"), int
)


def main_document(run: Run, kind: str = "") -> Document | None:
    """The latest version of the document a run is about, or of the kind asked for. One query."""
    rows = [row for row in _OF_RUN.all(run.pk) if not kind or row.kind == kind]
    return min(rows, key=lambda row: (PRECEDENCE[row.kind], -row.no), default=None)


def content_of(document: Document) -> Content:
    return cast(Content, document.content)


def current_content(run: Run) -> Content:
    """What the run's document would say now: the report once drafted, else the correction or the recap."""
    drafted = main_document(run, kind=DocumentKind.REPORT)
    if drafted is None:
        return gathered_content(run)
    return report_content(run, content_of(drafted)["chapters"])


def signatures_of(document: Document) -> list[Signature]:
    """All signatures under one version, revoked ones too, in the order in which they were given."""
    return list(Signature.objects.filter(document=document).select_related("pegawai", "task").order_by("at", "pk"))


def changes_since(document: Document | None, content: Content) -> list[Change]:
    """What is different in a content from a version that was made before."""
    return differences(content_of(document) if document else None, content)


def previous_version(document: Document) -> Document | None:
    return document.supersedes


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs or has signed a document in this round."""

    name: str
    title: str
    signature: Signature | None


def signers_of(run: Run, document: Document) -> list[Signer]:
    """Everybody whose signature the present round asks for, those who signed first. Two queries."""
    given = {row.task_id: row for row in signatures_of(document) if row.revoked_at is None}
    tasks = Task.objects.filter(run=run, work="sign", state__in=[TaskState.OPEN, TaskState.DONE])
    rows = tasks.select_related("pegawai", "jabatan").order_by("pk")
    asked = [row for row in rows if row.state == TaskState.OPEN or row.pk in given]
    signers = [_signer(row, given.get(row.pk)) for row in asked]
    return sorted(signers, key=lambda signer: signer.signature is None)


def _signer(task: Task, signature: Signature | None) -> Signer:
    if signature is not None:
        return Signer(signature.name, signature.title, signature)
    name = task.pegawai.full_name if task.pegawai else ""
    return Signer(name, task.jabatan.name if task.jabatan else "", None)


def parafs_of(run: Run) -> list[Paraf]:
    """Every paraf of a run, with its task and member. One query."""
    rows = Paraf.objects.filter(task__run=run).select_related("task__branch")
    return list(rows.order_by("at", "pk"))


def given_parafs(parafs: Iterable[Paraf]) -> list[Given]:
    return [
        Given(
            paraf.task.step,
            paraf.task.branch.member if paraf.task.branch else None,
            paraf.data_hash,
            paraf.voided_at is not None,
        )
        for paraf in parafs
    ]


def missing_before(run: Run, step: Step, content: Content, data_hash: str) -> list[Missing]:
    """Parafs that are still needed under this content before the step. Two queries."""
    dropped = set(Branch.objects.filter(run=run, state=BranchState.DROPPED).values_list("member", flat=True))
    sheets = {sheet["member"]: sheet["data_hash"] for sheet in content["sheets"] if sheet["member"] not in dropped}
    return list(missing_parafs(definition_of(run.version), step.id, given_parafs(parafs_of(run)), data_hash, sheets))


def unexamined(run: Run, step: Step, content: Content) -> list[str]:
    """Whose sheets were not found right, where the procedure has somebody examine them before the step. One query."""
    if not must_be_validated(definition_of(run.version), step.id):
        return []
    sheets = Sheet.objects.filter(run=run, member__in=[sheet["member"] for sheet in content["sheets"]])
    return [sheet.subject for sheet in sheets.exclude(state__in=CHECKED).select_related("unit", "pegawai")]


@dataclass(frozen=True, slots=True)
class FigureState:
    """How the figures of a document stand: how many lack their judgement, how many were replaced since.

    unvalidated: where the procedure validates. unsigned: where it does not, so that a signature is all it knows.
    """

    unvalidated: int
    unsigned: int
    replaced: int


def _versions_of(run: int) -> QuerySet[Value]:
    """Every version of the figures of a run: naming a document's own thousands would take longer than reading them."""
    return Value.objects.filter(figure__in=Line.objects.filter(sheet__run=run).values("figure"))


_LATER = Value.objects.filter(BINDS, figure=OuterRef("figure"), no__gt=OuterRef("no"))
_REPLACED = PreparedRows[tuple[int]](tuple, lambda run: _versions_of(run).filter(Exists(_LATER)).values_list("pk"), int)
_JUDGED = PreparedRows[tuple[int]](
    tuple,
    lambda run: Mark.objects.filter(value__in=_versions_of(run), kind__in=[*JUDGED, *SIGNED]).values_list("value"),
    int,
)


def figure_state(run: Run, content: Content) -> FigureState:
    """A signed figure counts as validated. Two queries beside the procedure's."""
    values = {int(row["value"]) for row in content["rows"]}
    replaced = sum(value in values for (value,) in _REPLACED.all(run.pk))
    bare = len(values - {value for (value,) in _JUDGED.all(run.pk)})
    if validates(definition_of(run.version)):
        return FigureState(bare, 0, replaced)
    return FigureState(0, bare, replaced)


def last_form(run: Run, work: str) -> dict[str, object]:
    """What the last finished step of a kind recorded, {} when there was none. One query."""
    done = Task.objects.filter(run=run, work=work, state=TaskState.DONE).order_by("-done_at", "-pk").first()
    return cast(dict[str, object], done.form) if done else {}


def answers_kept(run: Run, content: Content) -> dict[int, dict[str, object]]:
    """How figures were judged when the data were last gathered or sent back: figure id -> answer.

    Of a figure that has changed since there is none: it is judged anew. One query.
    """
    ended = Task.objects.filter(run=run, work="compile", state__in=[TaskState.DONE, TaskState.RETURNED])
    answers = (ended.order_by("-done_at", "-pk").values_list("form", flat=True).first() or {}).get("adequacy") or {}
    values = {str(row["figure"]): row["value"] for row in content["rows"]}
    return {int(figure): answer for figure, answer in answers.items() if answer.get("value") == values.get(figure)}
