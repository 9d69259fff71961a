"""How a run moves: a definition, a situation and a decision in; effects out.

No database and no clock. `decide` looks only at what lies around the step at hand, so that its
cost does not grow with the number of members of a fan-out. Whoever carries the effects out
(the action on rows, `RunModel` in memory) keeps the tasks, branches and joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from runut.lib.errors import Refused
from runut.sop.rules.definition import Definition, Outcome, Step


@dataclass(frozen=True, slots=True)
class Situation:
    """What surrounds a task when it is done.

    member: the branch's key, None outside a fan-out.
    others: open slots of the same step and member besides this one.
    pending, total: of the region's present join, this member included; 0 outside a fan-out.
    fired: the join has already let the run go on (quorum).
    """

    step: Step
    member: str | None = None
    others: tuple[int, ...] = ()
    pending: int = 0
    total: int = 0
    fired: bool = False


@dataclass(frozen=True, slots=True)
class CloseSlots:
    """The other slots of this step need not be done any more: "covered" or "superseded"."""

    state: str


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Open a step, for this member or for the run as a whole."""

    step: str
    member: str | None


@dataclass(frozen=True, slots=True)
class FinishBranch:
    """This member is through the fan-out; one fewer is pending."""

    region: str
    member: str


@dataclass(frozen=True, slots=True)
class FireJoin:
    """All the members that count are through: the run goes on."""

    region: str


@dataclass(frozen=True, slots=True)
class EnterRegion:
    """Open a fan-out at a step. `members` None means: those of the run's stored scope.

    `again` marks a return: only members that were there before, in a new round.
    """

    region: str
    step: str
    members: tuple[str, ...] | None
    again: bool


@dataclass(frozen=True, slots=True)
class AbandonRegion:
    """The fan-out ends without its join: what is still open in it is superseded."""

    region: str


@dataclass(frozen=True, slots=True)
class EndRun:
    """The procedure is finished; tasks still open are cancelled."""


Effect = CloseSlots | OpenStep | FinishBranch | FireJoin | EnterRegion | AbandonRegion | EndRun


def outcome_of(step: Step, code: str) -> Outcome:
    """The outcome with this code; Refused when the step cannot be decided so."""
    outcome = step.outcome(code)
    if outcome is None:
        raise Refused(_("Langkah ini tidak dapat diputus dengan cara itu. Muat ulang halaman, lalu coba lagi."))
    return outcome


def leads_to(definition: Definition, outcome: Outcome, work: str) -> bool:
    """Whether every way forward from this outcome comes to a step of this kind of work."""
    if outcome.to is None:
        return False
    step = definition.step(outcome.to)
    return step.work == work or all(leads_to(definition, ahead, work) for ahead in step.outcomes if not ahead.back)


def decide(
    definition: Definition,
    here: Situation,
    code: str,
    *,
    chosen: Sequence[str] = (),
    members: Sequence[str] | None = None,
) -> list[Effect]:
    """What follows when the task at hand is done with this outcome.

    chosen: members that go back, for a return into a fan-out that takes chosen items.
    members: the set of the fan-out that follows, when whoever acts knows it.
    """
    outcome = outcome_of(here.step, code)
    if outcome.back is False and here.step.joint == "all" and here.others:
        return []
    effects: list[Effect] = []
    if here.others:
        effects.append(CloseSlots("superseded" if outcome.back else "covered"))
    region = definition.region_key(here.step.id)
    if region:
        return effects + _from_member(definition, here, outcome, region, chosen, members)
    return effects + _enter(definition, outcome, chosen, members)


def _from_member(
    definition: Definition,
    here: Situation,
    outcome: Outcome,
    region: str,
    chosen: Sequence[str],
    members: Sequence[str] | None,
) -> list[Effect]:
    assert here.member is not None, "a step of a fan-out belongs to a member"
    if outcome.to is not None and definition.region_key(outcome.to) == region:
        return [OpenStep(outcome.to, here.member)]
    if outcome.back and here.fired:
        raise Refused(
            _("Langkah berikutnya sudah berjalan tanpa menunggu Anda. Kesalahan kini dikembalikan dari langkah itu.")
        )
    if outcome.back:
        return [AbandonRegion(region), *_enter(definition, outcome, chosen, members)]
    effects: list[Effect] = [FinishBranch(region, here.member)]
    if not here.fired and _join_is_met(definition, region, here):
        effects += [FireJoin(region), *_enter(definition, outcome, chosen, members)]
    return effects


def _join_is_met(definition: Definition, region: str, here: Situation) -> bool:
    quorum = definition.step(region).join.quorum
    through = here.total - here.pending + 1
    return through >= (min(quorum, here.total) if quorum else here.total)


def beyond(definition: Definition, region: str) -> str | None:
    """The run's step that follows a fan-out once all are through; None where none does, or another fan-out."""
    outcomes = [each for step in definition.region(region) for each in step.outcomes if not each.back]
    ways = {each.to for each in outcomes if each.to is None or definition.region_key(each.to) != region}
    to = ways.pop() if len(ways) == 1 else None
    return to if to is not None and not definition.region_key(to) else None


def _enter(
    definition: Definition, outcome: Outcome, chosen: Sequence[str], members: Sequence[str] | None
) -> list[Effect]:
    if outcome.to is None:
        return [EndRun()]
    region = definition.region_key(outcome.to)
    if not region:
        return [OpenStep(outcome.to, None)]
    if outcome.back and outcome.items == "chosen":
        if not chosen:
            raise Refused(_("Pilih dulu apa saja yang dikembalikan, lalu tulis alasannya."))
        return [EnterRegion(region, outcome.to, tuple(chosen), again=True)]
    wanted = None if members is None else tuple(members)
    return [EnterRegion(region, outcome.to, wanted, again=outcome.back)]
