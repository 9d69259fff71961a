"""Which initials a document needs before it may be signed, and whether they still hold.

A paraf on the document itself binds to the document's hash; a superior's paraf on a sheet binds to
that sheet's hash. When a content changes, the paraf under the old one no longer counts.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from runut.collection.rules.acts import acts_of
from runut.sop.rules.definition import Definition, Step

# Why a paraf holds no more where nothing better is known.
CHANGED = gettext_noop("Isinya berubah.")


@dataclass(frozen=True, slots=True)
class Given:
    """A paraf as it was given: in which step, for which member (None for the document), under which content."""

    step: str
    member: str | None
    data_hash: str
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A paraf that is needed and not there, or no longer valid for the present content."""

    step: Step
    member: str | None = None


def needed_steps(definition: Definition, before: str) -> tuple[Step, ...]:
    """The steps that give a paraf and come before this one in the procedure."""
    return tuple(step for step in definition.steps[: definition.index(before)] if step.paraf)


def missing_parafs(
    definition: Definition,
    before: str,
    given: Collection[Given],
    document_hash: str,
    sheet_hashes: Mapping[str, str],
) -> Iterator[Missing]:
    """What is still missing for a step such as signing. `sheet_hashes`: member -> hash of the sheet as it is now."""
    valid = {(paraf.step, paraf.member, paraf.data_hash) for paraf in given if not paraf.voided}
    for step in needed_steps(definition, before):
        if step.each is None:
            if (step.id, None, document_hash) not in valid:
                yield Missing(step)
            continue
        for member, data_hash in sheet_hashes.items():
            if (step.id, member, data_hash) not in valid:
                yield Missing(step, member)


def must_be_validated(definition: Definition, before: str) -> bool:
    """Whether the procedure has somebody examine every sheet before this step."""
    return any(step.work == "review" for step in definition.steps[: definition.index(before)])


def validates(definition: Definition) -> bool:
    """Whether figures are judged at all in this procedure: by somebody who examines sheets, or by gathering."""
    return bool(acts_of(definition))
