"""An SOP as the engine reads it: frozen values, no database, no clock.

A definition mirrors the official form (PermenPANRB 35/2012): identity, lanes, steps with
their quality norm. What the engine needs beyond the form is on `Step`: the kind of work,
the set it fans out over, who in the lane acts, and where each outcome leads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

EachKind = Literal["unit", "pegawai", "stakeholder"]
NormUnit = Literal["menit", "jam", "hari"]
ActorKind = Literal["holder", "superior", "subject", "same_as", "starter", "listed"]

COMPLETE = "complete"
RETURN = "return"


@dataclass(frozen=True, slots=True)
class Norm:
    """Allowed time as written: minutes and hours are working time, a day is a working day."""

    amount: int
    unit: NormUnit
    per: Literal["item", "batch"] = "batch"


@dataclass(frozen=True, slots=True)
class Lane:
    """A *pelaksana* column. `slot` is the role an office binds to its own jabatan."""

    key: str
    name: str
    slot: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who in the lane acts. `arg` is the step id for `same_as`, empty otherwise."""

    kind: ActorKind = "holder"
    arg: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing a step may decide.

    `to` is a step id, or None for the end of the run. `back` marks a return: it needs a
    reason and opens a new round. `items` says whether a return into a fan-out takes chosen
    members or all of them.
    """

    code: str
    to: str | None
    label: str
    back: bool = False
    items: Literal["all", "chosen"] = "all"


@dataclass(frozen=True, slots=True)
class JoinRule:
    """When a fan-out is done: all members, or a quorum of `quorum`. `late` lets people join."""

    quorum: int | None = None
    late: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    printed_no: str
    text: str
    lanes: tuple[str, ...]
    work: str
    outcomes: tuple[Outcome, ...]
    needs: tuple[str, ...] = ()
    output: str = ""
    note: str = ""
    norm: Norm | None = None
    each: EachKind | None = None
    actor: Actor = field(default_factory=Actor)
    joint: Literal["any", "all"] = "any"
    join: JoinRule = field(default_factory=JoinRule)
    act: str = ""
    paraf: bool = False
    strategic: bool = False
    added: bool = False

    def outcome(self, code: str) -> Outcome | None:
        return next((o for o in self.outcomes if o.code == code), None)


@dataclass(frozen=True, slots=True)
class Header:
    """The identity block and the boxes around the flow, as lists of sentences.

    `headings` are the form's own headings, kept only where an imported form words them otherwise.
    """

    number: str = ""
    made_on: str = ""
    revised_on: str = ""
    effective_on: str = ""
    revision: int = 0
    layout: Literal["sop_ap", "iso"] = "sop_ap"
    owner_unit: str = ""
    ratified_by: str = ""
    approvals: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    definition: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    responsibilities: tuple[tuple[str, tuple[str, ...]], ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A difference between the source and the executable model, with the requirement that settles it."""

    ref: str
    printed: str
    used: str


@dataclass(frozen=True, slots=True)
class Definition:
    code: str
    title: str
    category: Literal["collection", "correction"]
    subject: EachKind
    lanes: tuple[Lane, ...]
    steps: tuple[Step, ...]
    header: Header = field(default_factory=Header)
    corrections: tuple[Correction, ...] = ()

    def step(self, step_id: str) -> Step:
        """The step with this id; KeyError when there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def index(self, step_id: str) -> int:
        return self.steps.index(self.step(step_id))

    def lane(self, key: str) -> Lane:
        """The lane with this key; KeyError when there is none."""
        for lane in self.lanes:
            if lane.key == key:
                return lane
        raise KeyError(key)

    @property
    def first(self) -> Step:
        return self.steps[0]

    @property
    def publishes(self) -> bool:
        """Whether it ends in public: somebody publishes what was collected."""
        return any(step.work == "publish" for step in self.steps)

    def region(self, step_id: str) -> tuple[Step, ...]:
        """The unbroken stretch of steps with the same `each` around this one; empty outside a fan-out."""
        step = self.step(step_id)
        if step.each is None:
            return ()
        at = self.index(step_id)
        start = end = at
        while start > 0 and self.steps[start - 1].each == step.each:
            start -= 1
        while end + 1 < len(self.steps) and self.steps[end + 1].each == step.each:
            end += 1
        return self.steps[start : end + 1]

    def region_key(self, step_id: str) -> str:
        """The id of the region's first step, or "" outside a fan-out."""
        region = self.region(step_id)
        return region[0].id if region else ""

    def regions(self) -> Iterator[tuple[Step, ...]]:
        seen: set[str] = set()
        for step in self.steps:
            key = self.region_key(step.id)
            if key and key not in seen:
                seen.add(key)
                yield self.region(step.id)
