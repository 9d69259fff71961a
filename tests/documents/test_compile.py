"""Gathering what was handed in."""

from types import SimpleNamespace

import pytest

from runut.audit.models import Entry
from runut.collection.models import Mark, Sheet
from runut.documents import actions
from runut.documents.actions import Adequacy
from runut.documents.models import Document
from runut.documents.queries import current_content, gathered_content, main_document
from runut.documents.rules.content import hash_of
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.models import Office
from runut.sop.actions import start_run
from runut.sop.models import Paraf, Task
from tests.collection import builders as forms
from tests.documents import builders
from tests.harness.scenes import scene
from tests.sop.play import LIBRARY, install, open_task


@pytest.mark.requirement("R-INSP-15", "R-INSP-16")
def test_gathering_makes_the_first_version_and_opens_the_paraf(office, pair):
    builders.compile_data(office, pair.run)

    document = main_document(pair.run)
    assert (document.kind, document.no, document.state, document.made_by) == ("recap", 1, "draft", office.staf)
    assert document.data_hash == hash_of(current_content(pair.run))
    assert len(document.content["rows"]) == 4
    assert open_task(pair.run, "paraf").work == "initial"
    assert Entry.objects.filter(event="document.made", subject_id=document.pk).count() == 1


def test_the_same_click_twice_makes_one_version(office, pair):
    first = builders.compile_data(office, pair.run, key="once")
    task = Task.objects.get(run=pair.run, step="himpun")
    again = actions.compile_data(task_id=task.pk, by=office.actor(office.staf), data_hash="", key="once")

    assert again == first
    assert Document.objects.filter(run=pair.run).count() == 1


def test_only_the_collector_gathers(office, pair):
    with pytest.raises(Denied):
        builders.compile_data(office, pair.run, office.asn[5])


def test_data_that_changed_since_the_page_was_shown_are_not_gathered(office, pair):
    with pytest.raises(Stale, match="berubah"):
        builders.compile_data(office, pair.run, data_hash="0" * 64)


@scene
def one_of_two(office, frozen_time):
    """A procedure that goes on when one of two has handed in: run, and the one who has not."""
    source = (LIBRARY / "pengumpulan-pegawai.yaml").read_text(encoding="utf-8")
    text = source.replace("    each: pegawai\n", "    each: pegawai\n    join: {quorum: 1}\n", 1)
    sop = install(office, "pengumpulan-pegawai", text)
    a, b = office.asn_of(office.kasi[0])[:2]
    forms.give_indicators(office, people=[a, b])
    run = start_run(sop=sop, by=office.actor(office.staf), title="Pengumpulan Triwulan I 2026")
    forms.prepare(office, run, [a, b])
    forms.distribute(office, run)
    forms.fill_in(office, run, a)
    forms.review(office, run, a, office.kasi[0])
    return SimpleNamespace(run=run, absent=b)


@pytest.mark.requirement("R-INSP-15", "R-KEMLAGI-2", "R-KEMLAGI-19")
def test_going_on_without_somebody_needs_a_reason(office, one_of_two):
    run, name = one_of_two.run, one_of_two.absent.full_name
    with pytest.raises(Refused, match=name) as refusal:
        builders.compile_data(office, run)
    assert refusal.value.code == "missing"

    builders.compile_data(office, run, missing_reason="sedang dirawat")

    task = Task.objects.get(run=run, step="himpun")
    assert (task.form["missing"], task.form["missing_reason"]) == ([name], "sedang dirawat")
    assert main_document(run).content["missing"] == [name]


@pytest.mark.requirement("R-INSP-15", "R-INSP-17")
def test_a_recap_that_went_on_without_somebody_is_signed(office, one_of_two):
    run = one_of_two.run
    builders.compile_data(office, run, missing_reason="sedang dirawat")
    builders.initial(office, run)

    builders.sign(office, run)

    assert main_document(run).state == "signed"
    states = dict(Sheet.objects.filter(run=run).values_list("member", "state"))
    assert states.pop(forms.key_of(one_of_two.absent)) == "draft"
    assert set(states.values()) == {"signed"}


def test_a_form_that_was_not_handed_in_is_missing_and_its_figures_are_left_out(office, frozen_time):
    a, b = office.asn_of(office.kasi[0])[:2]
    run = forms.collection_of_people(office, [a, b], code="pengumpulan-pegawai")
    forms.fill_in(office, run, a)

    content = gathered_content(run)

    assert content["missing"] == [b.full_name]
    assert {row["member"] for row in content["rows"]} == {forms.key_of(a)}


@pytest.mark.requirement("R-INSP-14")
def test_what_is_sent_back_goes_to_the_chosen_one_only(office, pair):
    builders.send_back(office, pair.run, "himpun", office.staf, chosen=[pair.a])

    states = dict(Sheet.objects.filter(run=pair.run).values_list("pegawai", "state"))
    assert states == {pair.a.pk: "returned", pair.b.pk: "validated"}
    assert open_task(pair.run, "isi", forms.key_of(pair.a)).return_reason == "angkanya keliru"
    assert not Task.objects.filter(run=pair.run, step="isi", branch__pegawai=pair.b, state="open").exists()


def test_a_return_without_anybody_chosen_is_refused(office, pair):
    with pytest.raises(Refused, match="Pilih dulu"):
        builders.send_back(office, pair.run, "himpun", office.staf)


def test_a_return_without_a_reason_is_refused(office, pair):
    with pytest.raises(Refused, match="alasan") as refusal:
        builders.send_back(office, pair.run, "himpun", office.staf, chosen=[pair.a], reason=" ")

    assert refusal.value.code == "reason"


@pytest.mark.requirement("R-NGORO-16", "R-NGORO-17")
def test_a_correction_is_gathered_by_either_of_two_with_every_figure_judged(office, ngoro):
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])

    document = main_document(ngoro.run)
    befores = {row["figure"]: (row["before"], row["actual"]) for row in document.content["rows"]}
    assert document.kind == "correction"
    assert befores == {ngoro.a1.pk: ("97,8", "92,1"), ngoro.b1.pk: ("97,8", "70")}
    done = Task.objects.get(run=ngoro.run, step="himpun", state="done")
    assert done.form["adequacy"][str(ngoro.a1.pk)]["cause_gone"] is True
    assert Task.objects.get(run=ngoro.run, step="himpun", slot=1).state == "covered"


def test_an_unjudged_figure_holds_up_the_gathering(office, ngoro):
    with pytest.raises(Refused, match="Nilai dulu") as refusal:
        builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk])

    assert refusal.value.code == "adequacy"


def test_where_the_office_says_so_nobody_judges_ones_own_repair(office, ngoro, client_for):
    Sheet.objects.filter(run=ngoro.run).update(submitted_by=office.kasubag)
    task = open_task(ngoro.run, "himpun")
    assert "Anda ikut mengisi" in client_for(office.kasubag).get(f"/tugas/{task.pk}/himpun/").content.decode()
    Office.objects.filter(pk=office.office.pk).update(duties_policy="block")

    with pytest.raises(Denied, match="orang lain"):
        builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])


@pytest.mark.requirement("R-SIDOARJO-34")
def test_a_repair_that_does_not_suffice_goes_back_to_who_made_it(office, ngoro):
    judged = {ngoro.a1.pk: Adequacy(False, True, "penyebab belum jelas"), ngoro.b1.pk: Adequacy(True, True)}

    with pytest.raises(Refused, match="belum memadai"):
        actions.compile_data(
            task_id=open_task(ngoro.run, "himpun").pk,
            by=office.actor(office.kasubag),
            data_hash=builders.shown(ngoro.run),
            adequacy=judged,
        )

    builders.send_back(
        office, ngoro.run, "himpun", office.kasubag, chosen=[ngoro.pptk[0]], notes={ngoro.a1.pk: "penyebab belum jelas"}
    )
    assert open_task(ngoro.run, "perbaiki", forms.key_of(ngoro.pptk[0]))


def test_a_new_round_makes_a_version_that_supersedes_the_first(office, compiled):
    run = compiled.run
    builders.initial(office, run)
    first = main_document(run)
    builders.send_back(office, run, "tandatangan", office.camat, chosen=[compiled.a], reason="IKM keliru")
    forms.fill_in(office, run, compiled.a, "80", None)
    forms.review(office, run, compiled.a, compiled.kasi)

    builders.compile_data(office, run)

    first.refresh_from_db()
    second = main_document(run)
    assert (first.state, first.supersede_reason, second.no, second.supersedes) == ("superseded", "IKM keliru", 2, first)
    assert Paraf.objects.get(task__step="paraf", task__run=run).voided_at is not None


def test_gathering_that_is_the_verification_says_so_of_every_form(office, frozen_time):
    text = (LIBRARY / "inspektorat.yaml").read_text(encoding="utf-8")
    review = text[text.index("  - id: periksa\n") : text.index("  - id: himpun\n")]
    text = text.replace(review, "").replace("    work: compile\n", "    work: compile\n    act: verifikasi\n")
    person = office.asn[0]
    run = forms.collection_by(office, text, [person])
    forms.fill_in(office, run, person)

    builders.compile_data(office, run)

    sheet = forms.sheet_of(run, person)
    assert (sheet.verified_by, sheet.validated_by, sheet.state_label) == (office.staf, None, "Terverifikasi")
    assert set(Mark.objects.values_list("kind", flat=True)) == {"verified"}
