"""Knows the slips that written SOPs really contain: half a number, a neighbour's name, a noun for an act.

The rules are the defects found in five SOPs of Indonesian offices. They read the printed words only;
whether a procedure can run is the business of `soundness`.
"""

from collections.abc import Callable, Iterator

from runut.sop.rules.definition import Definition
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import flow, header, laws, steps, wording

Rule = Callable[[Definition, str], Iterator[Finding]]

RULES: list[Rule] = [
    header.number_is_complete,
    header.dates_are_there_and_in_order,
    header.nip_is_plausible,
    header.sections_are_there,
    header.section_numbers_differ,
    header.revision_is_said_once,
    header.headings_agree_with_the_title,
    header.qualifications_belong_here,
    header.relations_are_distinct,
    header.report_is_older_than_the_sop,
    header.period_is_not_fixed,
    header.data_level_is_clear,
    header.duties_are_separate,
    header.duty_holders_are_defined,
    laws.laws_are_in_force,
    laws.laws_bear_their_title,
    laws.amended_laws_are_cited,
    laws.laws_and_lanes_fit_the_office,
    wording.spelling_is_right,
    wording.one_term_per_thing,
    wording.jobs_bear_their_name,
    wording.office_is_our_own,
    wording.level_of_the_office_is_right,
    steps.numbering_has_no_gap,
    steps.somebody_acts,
    steps.activity_is_a_verb,
    steps.subject_is_named,
    steps.lanes_agree_with_the_text,
    steps.input_differs_from_output,
    steps.output_is_new,
    steps.documents_have_names,
    steps.times_are_set,
    steps.times_differ,
    steps.norm_says_of_what,
    steps.one_act_per_row,
    flow.paraf_has_an_actor,
    flow.error_has_a_way_back,
    flow.branch_stands_in_the_flow,
    flow.units_fill_in,
    flow.hand_over_is_complete,
    flow.team_is_approved,
    flow.repair_has_a_scope,
    flow.cause_is_asked,
    flow.head_has_an_appraiser,
    flow.forms_need_no_paper,
]


def lint(definition: Definition, office_name: str = "") -> list[Finding]:
    """All findings, header first, then the steps in order. `office_name` is whose SOP this is."""
    office = office_name or definition.header.owner_unit
    place = {step.id: at for at, step in enumerate(definition.steps)}
    findings = [finding for rule in RULES for finding in rule(definition, office)]
    return sorted(findings, key=lambda finding: place.get(finding.step, -1))
