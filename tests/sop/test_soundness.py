"""An SOP that could get stuck is not put in force."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runut.sop import library
from runut.sop.rules.definition import Actor, JoinRule, Outcome
from runut.sop.rules.parse import load
from runut.sop.rules.soundness import check, may_run
from tests.sop.definitions import definitions

SOUND = """
code: contoh
title: Contoh
category: collection
subject: pegawai
lanes:
  - {key: staf, name: Staf, slot: staf}
  - {key: kepala, name: Kepala, slot: pimpinan}
steps:
  - {id: siapkan, text: Menyiapkan, lane: staf, work: prepare}
  - {id: isi, text: Mengisi, lane: staf, work: fill, each: pegawai, actor: subject}
  - {id: periksa, text: Memeriksa, lane: kepala, work: review, each: pegawai, actor: superior, outcomes: {return: isi}}
  - {id: himpun, text: Menghimpun, lane: staf, work: compile, outcomes: {return: isi}}
  - {id: paraf, text: Memaraf, lane: kepala, work: initial, paraf: true, outcomes: {return: himpun}}
  - {id: tandatangan, text: Menandatangani, lane: kepala, work: sign, outcomes: {return: isi}}
"""


def found_in(text):
    return {(finding.code, finding.step) for finding in check(load(text))}


def changed(step_id, **changes):
    definition = load(SOUND)
    steps = [replace(step, **changes) if step.id == step_id else step for step in definition.steps]
    return replace(definition, steps=tuple(steps))


def codes(definition, bindings=None):
    return {(finding.code, finding.step) for finding in check(definition, bindings)}


def test_a_sound_sop_has_no_findings():
    assert check(load(SOUND)) == []


@pytest.mark.parametrize("code", library.CODES)
def test_the_library_is_sound(code):
    definition = library.read(code)
    bindings = {lane.slot: ["jabatan"] for lane in definition.lanes}

    assert check(definition, bindings) == []


def test_a_step_nobody_leads_to_is_found():
    text = SOUND.replace("work: compile, outcomes: {return: isi}", "work: compile, outcomes: {complete: tandatangan}")

    assert found_in(text) == {("unreachable", "paraf")}


def test_a_step_only_a_return_leads_to_is_reached():
    text = SOUND.replace("work: prepare}", "work: prepare, outcomes: {complete: himpun}}")

    assert found_in(text) == set()


def test_a_run_that_cannot_end_is_found():
    definition = changed("tandatangan", outcomes=(Outcome("complete", "isi", "Tanda tangani", back=True),))

    found = codes(definition)

    assert {step for code, step in found if code == "no-end"} == {step.id for step in definition.steps}
    assert ("no-forward", "tandatangan") in found


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome("lain", "tandatangan", "Lain", back=True), "return-forward"),
        (Outcome("lain", "himpun", "Lain", back=True), "return-forward"),
        (Outcome("lain", None, "Lain", back=True), "return-forward"),
        (Outcome("lain", "siapkan", "Lain"), "forward-back"),
        (Outcome("lain", "himpun", "Lain"), "forward-back"),
    ],
)
def test_an_outcome_that_points_the_wrong_way_is_found(outcome, code):
    step = load(SOUND).step("himpun")

    assert (code, "himpun") in codes(changed("himpun", outcomes=(*step.outcomes, outcome)))


@pytest.mark.parametrize("to", ["tandatangan", "end", "himpun"])
def test_what_is_called_a_return_leads_back(to):
    text = SOUND.replace("work: compile, outcomes: {return: isi}", f"work: compile, outcomes: {{return: {to}}}")

    findings = [finding for finding in check(load(text)) if finding.code == "return-forward"]

    assert [(finding.level, finding.step) for finding in findings] == [("error", "himpun")]
    assert "return" in findings[0].message
    assert "langkah sebelumnya" in findings[0].message


@given(definitions(), st.data())
def test_no_procedure_runs_whose_return_leads_ahead(definition, data):
    at = data.draw(st.integers(0, len(definition.steps) - 1))
    to = data.draw(st.sampled_from([*(step.id for step in definition.steps[at:]), None]))
    wrong = Outcome("return", to, "Kembalikan", back=data.draw(st.booleans()))
    step = definition.steps[at]
    kept = tuple(outcome for outcome in step.outcomes if outcome.code != "return")
    steps = [*definition.steps]
    steps[at] = replace(step, outcomes=(*kept, wrong))

    assert ("return-forward", step.id) in codes(replace(definition, steps=tuple(steps)))


LATER = """  - {id: nomor, text: Menomori, lane: staf, work: register}
  - {id: arsip, text: Mengarsipkan, lane: staf, work: archive}
  - {id: terbit, text: Menerbitkan, lane: kepala, work: publish}
"""


@pytest.mark.parametrize(
    ("step", "back", "code"),
    [
        ("isi, text: Mengisi, lane: staf, work: fill", "bagikan", "return-from-fill"),
        ("himpun, text: Menghimpun, lane: staf, work: do", "isi", "return-reopen"),
        ("periksa, text: Memeriksa, lane: kepala, work: review", "bagikan", "return-past-fill"),
        ("himpun, text: Menghimpun, lane: staf, work: compile", "{to: bagikan, items: all}", "return-past-fill"),
        ("himpun, text: Menghimpun, lane: staf, work: compile", "siapkan", "return-prepare"),
        ("bagikan, text: Membagikan, lane: staf, work: distribute", "siapkan", None),
        ("himpun, text: Menghimpun, lane: staf, work: meet", "isi", "return-chosen"),
        ("himpun, text: Menghimpun, lane: staf, work: meet", "{to: isi, items: all}", None),
        ("nomor, text: Menomori, lane: staf, work: register", "paraf", "return-signed"),
        ("terbit, text: Menerbitkan, lane: kepala, work: publish", "isi", "return-archive"),
        ("arsip, text: Mengarsipkan, lane: staf, work: archive", "nomor", None),
        ("arsip, text: Mengarsipkan, lane: staf, work: publish", "isi", None),
        ("arsip, text: Mengarsipkan, lane: staf, work: publish", "paraf", "return-signed"),
    ],
)
def test_a_return_that_could_not_be_carried_out_is_found(step, back, code):
    """step: how the step is written here, instead of its line in the procedure."""
    name = step.split(",")[0]
    more = "  - {id: bagikan, text: Membagikan, lane: staf, work: distribute}\n  - {id: isi,"
    lines = (SOUND.replace("  - {id: isi,", more) + LATER).splitlines()
    tail = ", each: pegawai" if name in ("isi", "periksa") else ""
    written = f"  - {{id: {step}{tail}, outcomes: {{return: {back}}}}}"
    text = "\n".join(written if f"id: {name}," in line else line for line in lines)

    found = [(each.code, each.step) for each in check(load(text)) if each.level == "error"]

    assert found == ([(code, name)] if code else [])


def test_a_review_returns_to_those_who_fill_in():
    again = (
        "  - {id: kedua, text: Memeriksa lagi, lane: kepala, work: review, each: pegawai, outcomes: {return: periksa}}"
    )
    text = SOUND.replace("  - {id: himpun", f"{again}\n  - {{id: himpun")

    assert [(each.code, each.step) for each in check(load(text))] == [("return-review", "kedua")]


def test_a_region_is_entered_only_at_its_first_step():
    text = SOUND.replace("work: prepare}", "work: prepare, outcomes: {complete: periksa}}")

    assert ("region-entry", "siapkan") in found_in(text)


def test_a_return_may_enter_a_region_at_any_step():
    text = SOUND.replace("work: sign, outcomes: {return: isi}", "work: sign, outcomes: {return: periksa}")

    assert check(load(text)) == []


def test_all_members_leave_a_region_to_the_same_step():
    text = SOUND.replace("actor: subject}", "actor: subject, outcomes: {lewati: {to: paraf, label: Lewati}}}")

    assert ("region-exit", "isi") in found_in(text)


def test_a_region_may_be_left_early_to_its_one_exit():
    text = SOUND.replace("actor: subject}", "actor: subject, outcomes: {lewati: {to: himpun, label: Lewati}}}")

    assert check(load(text)) == []


def test_chosen_members_need_a_set_to_choose_from():
    text = SOUND.replace("{return: himpun}", "{return: {to: himpun, items: chosen}}")

    findings = check(load(text))

    assert [(finding.level, finding.code, finding.step) for finding in findings] == [
        ("warning", "chosen-without-set", "paraf")
    ]
    assert may_run(findings)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"joint": "all"}, "joint-lanes"),
        ({"lanes": ("staf", "staf")}, "joint-lanes"),
        ({"lanes": ("staf", "kepala"), "actor": Actor("starter")}, "joint-actor"),
        ({"actor": Actor("subject")}, "actor-without-set"),
        ({"actor": Actor("same_as", "paraf")}, "same-as"),
        ({"actor": Actor("same_as", "himpun")}, "same-as"),
        ({"join": JoinRule(quorum=2)}, "join-place"),
        ({"lanes": ()}, "unknown-lane"),
        ({"lanes": ("lurah",)}, "unknown-lane"),
        ({"work": "menari"}, "unknown-work"),
        ({"outcomes": ()}, "no-complete"),
        ({"outcomes": (Outcome("complete", "pulang", "Pulang"),)}, "unknown-target"),
        ({"id": "isi"}, "duplicate-id"),
    ],
)
def test_a_step_that_cannot_be_executed_is_found(changes, code):
    findings = check(changed("himpun", **changes))

    assert code in {finding.code for finding in findings}
    assert not may_run(findings)


def test_the_superior_of_a_unit_does_not_exist():
    text = SOUND.replace("each: pegawai", "each: unit")

    assert ("actor-without-set", "periksa") in found_in(text)


def test_same_as_works_within_one_member():
    assert check(changed("periksa", actor=Actor("same_as", "isi"))) == []


def test_same_as_after_a_fan_out_means_everybody_who_did_a_part_of_it():
    assert check(changed("himpun", actor=Actor("same_as", "periksa"))) == []


def test_a_quorum_belongs_to_the_first_step_of_a_region():
    assert check(changed("isi", join=JoinRule(quorum=3, late=False))) == []
    assert ("join-place", "periksa") in codes(changed("periksa", join=JoinRule(quorum=3)))
    assert ("join-quorum", "isi") in codes(changed("isi", join=JoinRule(quorum=0)))


def test_paraf_without_judging_is_a_warning():
    assert ("paraf-work", "himpun") in codes(changed("himpun", paraf=True))


def test_lanes_without_work_or_written_twice_are_found():
    definition = load(SOUND)
    lane = definition.lanes[1]

    assert ("unused-lane", "") in codes(replace(definition, lanes=(*definition.lanes, replace(lane, key="lurah"))))
    assert ("duplicate-lane", "") in codes(replace(definition, lanes=(*definition.lanes, lane)))


def test_an_sop_without_steps_is_found():
    assert codes(replace(load(SOUND), steps=())) == {("no-step", "")}


def test_a_lane_whose_holder_acts_must_be_bound():
    definition = load(SOUND)

    assert check(definition, {"staf": ["a"], "pimpinan": ["b"]}) == []
    assert codes(definition, {"staf": ["a"], "pimpinan": []}) == {
        ("unbound-lane", "paraf"),
        ("unbound-lane", "tandatangan"),
    }


def test_a_lane_in_which_only_subjects_and_superiors_act_needs_no_binding():
    definition = library.read("inspektorat")

    assert check(definition, {"staf": ["a"], "kepala": ["b"]}) == []


def test_forms_that_nobody_fills_in_are_found():
    definition = load(SOUND)
    steps = [replace(step, work="do") if step.id == "isi" else step for step in definition.steps]

    assert ("no-fill", "siapkan") in codes(replace(definition, steps=tuple(steps)))


@pytest.mark.parametrize("code", ["save", "search", "show"])
def test_an_outcome_is_not_called_like_a_button_of_the_page(code):
    text = SOUND.replace(
        "outcomes: {return: himpun}", f"outcomes: {{return: himpun, {code}: {{to: himpun, label: Tunda}}}}"
    )

    assert ("reserved-outcome", "paraf") in found_in(text)
