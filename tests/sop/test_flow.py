"""The engine's core against random procedures: what must hold whatever people do."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runut.lib.errors import Refused
from runut.sop.rules.flow import AbandonRegion, EnterRegion, FireJoin, Situation, decide
from runut.sop.rules.memory import RunModel
from tests.sop.definitions import definition, definitions, step

SCOPE = {"pegawai": ["p1", "p2", "p3"], "unit": ["u1", "u2"]}


def start(procedure, slots=None):
    return RunModel.start(procedure, slots=slots, scope=SCOPE)


def act(run, draw):
    """Let somebody do one open task, with an outcome and members drawn at random."""
    sid, member = draw(st.sampled_from(sorted(run.open, key=str)))
    slot = draw(st.sampled_from(sorted(run.open[sid, member])))
    outcomes = run.definition.step(sid).outcomes
    allowed = [o for o in outcomes if not leaves_a_join_that_has_fired(run, sid, o)]
    outcome = draw(st.sampled_from(allowed))
    each = run.definition.step(outcome.to).each if outcome.to else None
    chosen = draw(st.sets(st.sampled_from(SCOPE[each]), min_size=1)) if each else ()
    command = (sid, member, slot, outcome.code, tuple(sorted(chosen)))
    perform(run, command)
    return command


def leaves_a_join_that_has_fired(run, sid, outcome):
    region = run.definition.region_key(sid)
    inside = {s.id for s in run.definition.region(sid)}
    return outcome.back and region and run.joins[region].fired and outcome.to not in inside


def perform(run, command):
    sid, member, slot, code, chosen = command
    run.complete(sid, member, slot, code, chosen=chosen)


def shape(run):
    return (run.open, run.rounds, run.branches, run.joins, run.ended)


@settings(max_examples=150)
@given(st.data(), definitions())
def test_a_run_is_never_stuck_and_never_open_after_its_end(data, procedure):
    run = start(procedure, {s.id: data.draw(st.integers(1, 2)) for s in procedure.steps})

    for _ in range(data.draw(st.integers(0, 25))):
        if run.ended:
            break
        act(run, data.draw)

    assert bool(run.open) != run.ended


@settings(max_examples=150)
@given(st.data(), definitions())
def test_every_run_can_be_finished_from_wherever_it_stands(data, procedure):
    run = start(procedure)
    for _ in range(data.draw(st.integers(0, 20))):
        if not run.ended:
            act(run, data.draw)

    for _ in range(200):
        if run.ended:
            break
        (sid, member), slots = next(iter(sorted(run.open.items(), key=str)))
        run.complete(sid, member, min(slots), "complete")

    assert run.ended


@settings(max_examples=150)
@given(st.data(), definitions())
def test_a_join_counts_exactly_the_members_that_are_still_under_way(data, procedure):
    run = start(procedure)

    for _ in range(data.draw(st.integers(0, 25))):
        if run.ended:
            break
        act(run, data.draw)
        for region, join in run.joins.items():
            inside = {s.id for s in procedure.region(region)}
            under_way = {m for (sid, m) in run.open if sid in inside}
            assert join.fired or join.pending == len(under_way)


@settings(max_examples=150)
@given(st.data(), definitions())
def test_the_same_commands_again_give_the_same_run(data, procedure):
    run, commands = start(procedure), []
    for _ in range(data.draw(st.integers(0, 25))):
        if not run.ended:
            commands.append(act(run, data.draw))

    again = start(procedure)
    for command in commands:
        perform(again, command)

    assert shape(again) == shape(run)


FAN_OUT = definition(
    step("a", "b"),
    step("b", "c", each="pegawai"),
    step("c", "d", each="pegawai", back=[("return", "b", "chosen")]),
    step("d", "e", back=[("return", "b", "chosen")]),
    step("e", None, back=[("return", "d", "all")]),
)


def test_the_join_fires_once_when_the_last_member_is_through():
    run = start(FAN_OUT)
    run.complete("a", None, 0, "complete")

    fired = []
    for member in SCOPE["pegawai"]:
        run.complete("b", member, 0, "complete")
        effects = run.complete("c", member, 0, "complete")
        fired += [effect for effect in effects if isinstance(effect, FireJoin)]

    assert fired == [FireJoin("b")]
    assert list(run.open) == [("d", None)]


def test_a_return_of_one_member_lets_the_others_go_on():
    run = start(FAN_OUT)
    run.complete("a", None, 0, "complete")
    for member in SCOPE["pegawai"]:
        run.complete("b", member, 0, "complete")

    run.complete("c", "p1", 0, "return", chosen=["p1"])

    assert set(run.open) == {("b", "p1"), ("c", "p2"), ("c", "p3")}
    assert run.rounds["b", "p1"] == 2


def test_only_the_chosen_members_go_back_from_a_later_step():
    run = start(FAN_OUT)
    run.complete("a", None, 0, "complete")
    for member in SCOPE["pegawai"]:
        run.complete("b", member, 0, "complete")
        run.complete("c", member, 0, "complete")

    run.complete("d", None, 0, "return", chosen=["p2"])
    run.complete("b", "p2", 0, "complete")
    run.complete("c", "p2", 0, "complete")

    assert list(run.open) == [("d", None)]
    assert (run.joins["b"].round, run.joins["b"].total) == (2, 1)


def test_a_return_of_chosen_members_needs_members():
    here = Situation(step=FAN_OUT.step("d"))

    with pytest.raises(Refused, match="Pilih dulu"):
        decide(FAN_OUT, here, "return")


def test_an_outcome_the_step_does_not_know_is_refused():
    with pytest.raises(Refused, match="tidak dapat diputus"):
        decide(FAN_OUT, Situation(step=FAN_OUT.step("a")), "return")


def test_a_step_that_all_must_do_waits_for_the_last():
    procedure = definition(step("a", "b", joint="all"), step("b", None))
    run = start(procedure, {"a": 2})

    run.complete("a", None, 0, "complete")
    before = deepcopy(run.open)
    run.complete("a", None, 1, "complete")

    assert before == {("a", None): {1}}
    assert list(run.open) == [("b", None)]


def test_a_step_that_anyone_may_do_is_covered_by_the_first():
    procedure = definition(step("a", "b"), step("b", None))
    run = start(procedure, {"a": 3})

    run.complete("a", None, 2, "complete")

    assert list(run.open) == [("b", None)]


def test_leaving_a_fan_out_backwards_ends_it_for_everybody():
    procedure = definition(
        step("a", "b"), step("b", "c", each="pegawai", back=[("return", "a", "all")]), step("c", None)
    )
    run = start(procedure)
    run.complete("a", None, 0, "complete")

    effects = run.complete("b", "p1", 0, "return")

    assert AbandonRegion("b") in effects
    assert list(run.open) == [("a", None)]


def test_who_is_late_cannot_pull_back_a_run_that_went_on():
    procedure = definition(
        step("a", "b"), step("b", "c", each="pegawai", quorum=1, back=[("return", "a", "all")]), step("c", None)
    )
    run = start(procedure)
    run.complete("a", None, 0, "complete")
    run.complete("b", "p1", 0, "complete")

    with pytest.raises(Refused, match="sudah berjalan"):
        run.complete("b", "p2", 0, "return")


def test_a_quorum_lets_the_run_go_on_and_the_late_finish_quietly():
    procedure = definition(step("a", "b"), step("b", "c", each="pegawai", quorum=2), step("c", None))
    run = start(procedure)
    run.complete("a", None, 0, "complete")

    run.complete("b", "p1", 0, "complete")
    run.complete("b", "p2", 0, "complete")
    late = run.complete("b", "p3", 0, "complete")

    assert list(run.open) == [("c", None)]
    assert not any(isinstance(effect, FireJoin | EnterRegion) for effect in late)
