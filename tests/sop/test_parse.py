"""An SOP file becomes a definition, or a list of what to repair."""

from copy import deepcopy
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from runut.sop import library
from runut.sop.rules import yaml_text
from runut.sop.rules.definition import Actor, JoinRule, Norm, Outcome
from runut.sop.rules.kinds import KINDS
from runut.sop.rules.parse import SopFileError, content_hash, dump, load

SMALL = """
code: contoh
title: Contoh
category: collection
subject: pegawai
lanes:
  - {key: staf, name: Staf, slot: staf}
  - {key: kepala, name: Kepala, slot: kepala}
steps:
  - {id: siapkan, printed_no: 1, text: Menyiapkan formulir, lane: staf, work: prepare, time: 1 hari}
  - id: isi
    printed_no: 2
    text: Mengisi formulir
    lane: staf
    work: fill
    each: pegawai
    actor: subject
  - id: periksa
    printed_no: 3
    text: Memeriksa formulir
    lanes: [kepala, staf]
    work: compile
    joint: all
    time: 15 menit per item
    outcomes: {return: isi}
"""


def problems_of(text):
    with pytest.raises(SopFileError) as caught:
        load(text, "contoh.yaml")
    return caught.value.problems


def test_a_step_without_outcomes_leads_to_the_next_and_the_last_one_ends():
    definition = load(SMALL)

    assert [step.outcome("complete").to for step in definition.steps] == ["isi", "periksa", None]
    assert definition.step("siapkan").outcomes == (Outcome("complete", "isi", "Formulir siap"),)


def test_an_outcome_to_an_earlier_step_is_a_return_of_chosen_members():
    outcome = load(SMALL).step("periksa").outcome("return")

    assert outcome == Outcome("return", "isi", "Kembalikan", back=True, items="chosen")


def test_time_lanes_and_actor_are_read_from_their_short_forms():
    definition = load(SMALL)

    assert definition.step("siapkan").norm == Norm(1, "hari")
    assert definition.step("periksa").norm == Norm(15, "menit", "item")
    assert definition.step("periksa").lanes == ("kepala", "staf")
    assert definition.step("isi").actor == Actor("subject")


def test_long_forms_say_the_same_as_short_ones():
    long = SMALL.replace("15 menit per item", "{amount: 15, unit: menit, per: item}").replace(
        "{return: isi}", "{complete: end, return: {to: isi, label: Kembalikan, back: true, items: chosen}}"
    )

    assert load(long) == load(SMALL)


@pytest.mark.parametrize("code", library.CODES)
def test_what_is_written_is_read_back(code):
    definition = library.read(code)

    assert load(dump(definition)) == definition


@pytest.mark.parametrize("code", library.CODES)
def test_a_dump_means_the_same_to_every_yaml_reader(code):
    text = dump(library.read(code))

    assert yaml.safe_load(text) == yaml_text.read(text)


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(str.strip)


@given(
    text=words.filter(bool),
    number=st.integers(1, 9999),
    unit=st.sampled_from(["menit", "jam", "hari"]),
    per=st.sampled_from(["item", "batch"]),
    quorum=st.none() | st.integers(1, 50),
    late=st.booleans(),
    actor=st.sampled_from([Actor(), Actor("subject"), Actor("starter"), Actor("same_as", "siapkan")]),
    back=st.booleans(),
    items=st.sampled_from(["all", "chosen"]),
    target=st.sampled_from([None, "siapkan", "isi", "periksa"]),
    added=st.booleans(),
)
def test_any_step_survives_writing_and_reading(
    text, number, unit, per, quorum, late, actor, back, items, target, added
):
    definition = load(SMALL)
    outcome = Outcome("lain", target, text, back=back, items=items)
    step = definition.steps[1]
    changed = replace(
        step,
        text=text,
        note=text,
        needs=(text, text),
        norm=Norm(number, unit, per),
        join=JoinRule(quorum, late),
        actor=actor,
        added=added,
        strategic=not added,
        outcomes=(*step.outcomes, outcome),
    )
    definition = replace(definition, steps=(definition.steps[0], changed, definition.steps[2]))

    assert load(dump(definition)) == definition


def test_the_content_hash_ignores_layout_and_notices_content():
    definition = load(SMALL)

    assert content_hash(load("# catatan\n" + dump(definition))) == content_hash(definition)
    assert content_hash(replace(definition, title="Lain")) != content_hash(definition)


def test_every_kind_of_work_has_a_page_in_its_own_app():
    owners = {
        "sop": {"do", "coordinate"},
        "collection": {"prepare", "distribute", "fill", "review"},
        "correction": {"instruct", "plan", "analyse", "meet"},
        "documents": {
            *("compile", "draft", "report", "initial", "register"),
            *("approve", "sign", "reproduce", "dispatch", "archive"),
        },
        "publication": {"publish"},
    }

    expected = {f"{app}:{code}" for app, codes in owners.items() for code in codes}
    assert {kind.url_name for kind in KINDS.values()} == expected
    assert all(code == kind.code for code, kind in KINDS.items())


@pytest.mark.parametrize(
    ("old", "new", "code", "step", "fix"),
    [
        ("work: prepare", "work: siapkan", "not-allowed", "siapkan", "prepare"),
        ("work: prepare", "wrok: prepare", "unknown-key", "siapkan", "work"),
        ("lane: staf, work", "lane: camat, work", "unknown-lane", "siapkan", "kepala, staf"),
        ("id: siapkan", "id: isi", "duplicate-id", "isi", "berbeda"),
        ("{return: isi}", "{return: ngisi}", "unknown-target", "periksa", "ejaan"),
        ("{return: isi}", "{lain: isi, maju: end}", "no-label", "periksa", "label"),
        ("time: 1 hari", "time: 1 minggu", "bad-time", "siapkan", "3 hari"),
        ("time: 1 hari", "time: 0 menit", "bad-time", "siapkan", "15 menit"),
        ("actor: subject", "actor: kepala", "bad-actor", "isi", "holder"),
        ("actor: subject", "actor: same_as", "bad-actor", "isi", "same_as:"),
        ("each: pegawai", "each: desa", "not-allowed", "isi", "stakeholder"),
        ("lanes: [kepala, staf]", "lane: staf\n    lanes: [kepala]", "lane-twice", "periksa", "jangan keduanya"),
        ("    lane: staf\n", "", "no-lane", "isi", "lane"),
        ("title: Contoh", "title: ''", "missing", "", "Tambahkan"),
        ("title: Contoh", "title: [a]", "not-text", "", "tanda kutip"),
        ("category: collection", "category: lain", "not-allowed", "", "correction"),
        ("code: contoh", "code: Contoh SOP", "bad-code", "", "huruf kecil"),
        ("code: contoh", "code: contoh\nformat: 2", "format", "", "Perbarui"),
        ("code: contoh", 'code: contoh\nidentity: {made_on: "14-09-2023"}', "bad-date", "", "2023-09-14"),
        ("key: kepala", "key: staf", "duplicate-lane", "", "berbeda"),
        ("joint: all", "paraf: ya", "not-a-flag", "periksa", "true atau false"),
        ("joint: all", "join: {quorum: nol}", "not-a-number", "periksa", "bilangan"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_fix(old, new, code, step, fix):
    assert SMALL.count(old) >= 1

    found = [problem for problem in problems_of(SMALL.replace(old, new, 1)) if problem.code == code]

    assert found
    assert found[0].step == step
    assert fix in found[0].message
    assert str(found[0]).startswith("contoh.yaml")


def test_all_problems_are_told_at_once():
    text = SMALL.replace("work: prepare", "work: apa").replace("lane: staf\n", "lane: siapa\n")

    found = problems_of(text.replace("{return: isi}", "{return: entah}"))

    assert {problem.code for problem in found} == {"not-allowed", "unknown-lane", "unknown-target"}


def test_the_refusal_is_one_sentence_per_problem():
    with pytest.raises(SopFileError) as caught:
        load(SMALL.replace("work: prepare", "work: apa"), "contoh.yaml")

    place, choices = "contoh.yaml, langkah “siapkan”: ", "Pilih salah satu dari: “instruct” (Beri perintah),"
    sentence = f"{place}Jenis pekerjaan (“work”) berisi “apa”. {choices}"
    assert caught.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code: [1", "baris"),
        ("\x00", "teks YAML"),
        ("satu", "bukan SOP"),
        ("", "bukan SOP"),
        ("a: &x 1\nb: *x\n", "alias"),
        ("code: a\ncode: b\n", "dua kali"),
        ("a: !!python/object/apply:os.getcwd []\n", "baris"),
        ("[" * 5000, "YAML"),
        ("a: b\n" * 200_000, "terlalu besar"),
    ],
)
def test_text_that_is_no_yaml_of_ours_is_refused(text, words):
    (problem,) = problems_of(text)

    assert words in problem.message


def test_words_that_yaml_would_turn_into_something_else_stay_words():
    assert yaml_text.read("no: 4\nhari: 2023-09-14\njam: 07:30\nya: yes\nnomor: 0459\n") == {
        "no": 4,
        "hari": "2023-09-14",
        "jam": "07:30",
        "ya": "yes",
        "nomor": "0459",
    }


def test_a_printed_form_may_leave_open_who_acts_and_how():
    text = SMALL.replace("lane: staf, work: prepare, ", "")

    assert load(text, printed=True).step("siapkan").lanes == ()
    assert {problem.code for problem in problems_of(text)} == {"no-lane", "not-allowed"}


KINTOM = yaml_text.read(library.text("kintom"))
scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(data=st.data(), value=anything)
def test_whatever_stands_in_a_place_the_answer_is_a_definition_or_the_list_of_problems(data, value):
    plain = deepcopy(KINTOM)
    step = data.draw(st.sampled_from(plain["steps"]))
    place = data.draw(st.sampled_from([plain, plain["identity"], plain["lanes"][0], step]))
    place[data.draw(st.sampled_from(sorted(place)))] = value

    try:
        definition = load(yaml_text.write(plain))
    except SopFileError as error:
        assert error.problems
    else:
        assert load(dump(definition)) == definition


@pytest.mark.parametrize(("key", "name"), [("steps", "Daftar langkah"), ("lanes", "Daftar pelaksana")])
def test_an_entry_that_is_plain_text_is_named(key, name):
    text = SMALL.replace(f"{key}:\n", f"{key}:\n  - halo\n")
    assert text != SMALL

    [message] = [problem.message for problem in problems_of(text)]

    assert message.startswith(f"Butir ke-1 pada {name} (“{key}”) berisi “halo”")
    assert "nama bagian, titik dua, dan isinya" in message
