"""A run kept in memory: the effects of the core carried out on plain values.

The log replays into it, and the property tests drive it. It says what is open, in which round,
and how far each fan-out is; who does it and when is not its business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from runut.sop.rules.definition import Definition
from runut.sop.rules.flow import (
    AbandonRegion,
    CloseSlots,
    Effect,
    EndRun,
    EnterRegion,
    FinishBranch,
    FireJoin,
    OpenStep,
    Situation,
    beyond,
    decide,
)

Place = tuple[str, str | None]


@dataclass(slots=True)
class JoinModel:
    round: int
    total: int
    pending: int
    fired: bool = False


@dataclass(slots=True)
class RunModel:
    """open: (step, member) -> open slots. rounds: how often each place was opened."""

    definition: Definition
    slots: Mapping[str, int]
    scope: Mapping[str, Sequence[str]]
    open: dict[Place, set[int]] = field(default_factory=dict)
    rounds: dict[Place, int] = field(default_factory=dict)
    branches: dict[tuple[str, str], str] = field(default_factory=dict)
    joins: dict[str, JoinModel] = field(default_factory=dict)
    ended: bool = False

    @classmethod
    def start(
        cls, definition: Definition, *, slots: Mapping[str, int] | None = None, scope: Mapping[str, Sequence[str]]
    ) -> RunModel:
        """A run just begun. `slots` says how many people share a step; one when not named."""
        run = cls(definition, slots or {}, scope)
        first = definition.first
        region = definition.region_key(first.id)
        if region:
            run._apply(EnterRegion(region, first.id, None, again=False), None)
        else:
            run._open(first.id, None)
        return run

    def complete(
        self,
        step: str,
        member: str | None,
        slot: int,
        code: str,
        *,
        chosen: Sequence[str] = (),
        members: Sequence[str] | None = None,
    ) -> list[Effect]:
        """Do the open task in this place with this outcome."""
        place = (step, member)
        here = self.situation(step, member, slot)
        effects = decide(self.definition, here, code, chosen=chosen, members=members)
        self.open[place].discard(slot)
        if not self.open[place]:
            del self.open[place]
        for effect in effects:
            self._apply(effect, place)
        return effects

    def join_late(self, region: str, member: str) -> None:
        """Somebody is added to a fan-out that is still open."""
        self.joins[region].total += 1
        self.joins[region].pending += 1
        self.branches[region, member] = "open"
        self._open(region, member)

    def drop(self, region: str, member: str) -> None:
        """Somebody is taken out of it, with what the member still had to do. The last one awaited lets it go on."""
        self.joins[region].total -= 1
        self.joins[region].pending -= 1
        following = beyond(self.definition, region)
        if not self.joins[region].pending and following is not None:
            self.joins[region].fired = True
            self._open(following, None)
        self.branches[region, member] = "dropped"
        inside = {s.id for s in self.definition.region(region)}
        for place in [p for p in self.open if p[0] in inside and p[1] == member]:
            del self.open[place]

    def recall(self, step: str, member: str) -> None:
        """A member's last step is taken back: what it opened for the member closes, and it is open once more."""
        region = self.definition.region_key(step)
        inside = {s.id for s in self.definition.region(region)}
        ahead = [p for p in self.open if p[0] in inside and p[1] == member]
        for place in ahead:
            del self.open[place]
        if not ahead:
            self.branches[region, member] = "open"
            self.joins[region].pending += 1
        self._open(step, member)

    def situation(self, step: str, member: str | None, slot: int) -> Situation:
        join = self.joins.get(self.definition.region_key(step))
        return Situation(
            step=self.definition.step(step),
            member=member,
            others=tuple(sorted(self.open[step, member] - {slot})),
            pending=join.pending if join else 0,
            total=join.total if join else 0,
            fired=join.fired if join else False,
        )

    def _open(self, step: str, member: str | None) -> None:
        place = (step, member)
        assert place not in self.open, f"two open tasks in one place: {place}"
        self.rounds[place] = self.rounds.get(place, 0) + 1
        self.open[place] = set(range(self.slots.get(step, 1)))

    def _close_region(self, region: str) -> None:
        inside = {s.id for s in self.definition.region(region)}
        for place in [p for p in self.open if p[0] in inside]:
            del self.open[place]

    def _apply(self, effect: Effect, place: Place | None) -> None:
        match effect:
            case CloseSlots():
                assert place is not None
                self.open.pop(place, None)
            case OpenStep(step, member):
                self._open(step, member)
            case FinishBranch(region, member):
                self.branches[region, member] = "done"
                self.joins[region].pending -= 1
            case FireJoin(region):
                self.joins[region].fired = True
            case AbandonRegion(region):
                self._close_region(region)
                self.joins[region].fired = True
            case EnterRegion():
                self._enter(effect)
            case EndRun():
                self.open.clear()
                self.ended = True

    def _enter(self, effect: EnterRegion) -> None:
        each = self.definition.step(effect.step).each or ""
        known = [m for (r, m), state in self.branches.items() if r == effect.region and state != "dropped"]
        members = effect.members
        if members is None:
            members = tuple(known) if effect.again and known else tuple(self.scope.get(each, ()))
        assert members, "a fan-out has at least one member"
        self._close_region(effect.region)
        before = self.joins.get(effect.region)
        self.joins[effect.region] = JoinModel(
            round=before.round + 1 if before else 1, total=len(members), pending=len(members)
        )
        for member in members:
            self.branches[effect.region, member] = "open"
            self._open(effect.step, member)
