"""A content as it is printed: blocks with the paraf of each sheet beside its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from runut.documents.models import Document
from runut.documents.queries.judged import Judgement, judgements_in
from runut.documents.queries.reading import (
    FigureState,
    Signer,
    content_of,
    figure_state,
    parafs_of,
    signers_of,
)
from runut.documents.rules.content import Block, Column, Content, hash_of
from runut.documents.rules.paper import LYING, UPRIGHT, Fit, fit, lies
from runut.sop.models import Paraf, Run


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """Lines of one member, a text for each column; mark: the paraf that holds for them. judged: by whom they were."""

    label: str
    mark: Paraf | None
    judged: list[Judgement]
    lines: list[list[str]]


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    kind: str
    level: int
    text: str
    caption: str
    columns: Sequence[Column]
    groups: list[PrintedGroup]
    fit: Fit = "usual"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as a page shows it. `document` is None while no version says what the data say now.

    parafs: those on the document that hold; void: those that do not any more. lies: whether its sheets lie, since a
    table needs their width.
    """

    document: Document | None
    content: Content
    data_hash: str
    blocks: list[PrintedBlock]
    parafs: list[Paraf]
    void: list[Paraf]
    signers: list[Signer]
    state: FigureState
    lies: bool = False

    @property
    def code(self) -> str:
        """The beginning of the hash, as a print carries it."""
        return self.data_hash[:12]


def paper_of(document: Document) -> Paper:
    """A stored version. A constant number of queries."""
    return _paper(document.run, document, content_of(document))


def live_paper(run: Run, document: Document | None, content: Content) -> Paper:
    """What the data say now; with the stored version where it says the same."""
    same = document is not None and document.data_hash == hash_of(content)
    return _paper(run, document if same else None, content)


def _paper(run: Run, document: Document | None, content: Content) -> Paper:
    data_hash = document.data_hash if document else hash_of(content)
    parafs = parafs_of(run)
    sheets = {sheet["member"]: sheet["data_hash"] for sheet in content["sheets"]}
    marks = {
        paraf.task.branch.member: paraf
        for paraf in parafs
        if paraf.task.branch and sheets.get(paraf.task.branch.member) == paraf.data_hash
    }
    own, judged = [paraf for paraf in parafs if paraf.task.branch is None], judgements_in(run, content)
    is_lying = content["kind"] != "report" or lies(content["blocks"])
    return Paper(
        document=document,
        content=content,
        data_hash=data_hash,
        blocks=[_block(block, marks, judged, LYING if is_lying else UPRIGHT) for block in content["blocks"]],
        parafs=_holding(own, data_hash),
        void=_void(own, data_hash, document.supersedes if document else None),
        signers=signers_of(run, document) if document else [],
        state=figure_state(run, content),
        lies=is_lying,
    )


def _holding(own: Sequence[Paraf], data_hash: str) -> list[Paraf]:
    """The paraf of each step on this content; the last one where a step was done again."""
    last = {paraf.task.step: paraf for paraf in own if paraf.data_hash == data_hash and not paraf.voided_at}
    return list(last.values())


def _void(own: Sequence[Paraf], data_hash: str, before: Document | None) -> list[Paraf]:
    """Parafs that hold no longer: on this content, or on the version before it and not given again since."""
    again = {paraf.task.step for paraf in _holding(own, data_hash)}
    gone = [paraf for paraf in own if paraf.voided_at]
    return [
        paraf
        for paraf in gone
        if paraf.data_hash == data_hash
        or (before is not None and paraf.data_hash == before.data_hash and paraf.task.step not in again)
    ]


def _block(block: Block, marks: Mapping[str, Paraf], judged: Mapping[str, list[Judgement]], room: int) -> PrintedBlock:
    columns = block.get("columns", [])
    return PrintedBlock(
        kind=block["kind"],
        level=block.get("level", 2),
        text=block.get("text", ""),
        caption=block.get("caption", ""),
        columns=columns,
        groups=[
            PrintedGroup(group["label"], marks.get(group["member"]), judged.get(group["member"], []), group["rows"])
            for group in block.get("groups", [])
        ],
        fit=fit(block, room) if block["kind"] == "table" else "usual",
    )
