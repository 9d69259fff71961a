"""Inspektorat: every employee's own data, checked by the direct superior, signed, published."""

from decimal import Decimal

import pytest

from runut.collection.actions import LineVerdict, review_sheet
from runut.collection.models import Mark, Sheet, Value
from runut.collection.queries import rows_of
from runut.documents.models import Document, Signature
from runut.publication.actions import return_after_signature
from runut.publication.models import Release
from runut.sop.models import Paraf, Task
from runut.web.demo.offices import INSPEKTORAT
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play, member


@scene
def play(frozen_time):
    frozen_time.move_to(MORNING)
    play = Play(INSPEKTORAT)
    play.start("inspektorat", "kepegawaian")
    return play


def sheet_of(play, pegawai):
    return Sheet.objects.get(run=play.run, member=member(pegawai))


@pytest.mark.requirement(
    "R-INSP-10", "R-INSP-11", "R-INSP-12", "R-INSP-13", "R-INSP-15", "R-INSP-16", "R-INSP-17", "R-INSP-19"
)
def test_the_whole_procedure_ends_in_published_data(play):
    play.to_the_end()

    assert play.run.state == "done"
    assert set(Sheet.objects.filter(run=play.run).values_list("state", flat=True)) == {"published"}
    everybody = Sheet.objects.filter(run=play.run).count()
    assert Paraf.objects.filter(task__run=play.run).count() == everybody
    document = Document.objects.get(run=play.run)
    assert (document.kind, document.state) == ("recap", "signed")
    assert Signature.objects.get(document=document).data_hash == document.data_hash
    release = Release.objects.get(document=document)
    assert "nip" not in str(release.rows).lower()
    published = Mark.objects.filter(kind="published").values("value").distinct().count()
    assert published == Value.objects.filter(figure__period__run=play.run).count()


@pytest.mark.requirement("R-INSP-14")
def test_one_form_goes_back_while_the_others_go_on(play):
    play.until("isi")
    careless = play.person("auditor1")
    for task in Task.objects.filter(run=play.run, step="isi"):
        play.do("isi", task.branch.member)
    line = rows_of(sheet_of(play, careless))[0].line

    review_sheet(
        task_id=play.task("periksa", member(careless)).pk, by=play.actor("irban1"), outcome="return",
        verdicts={line.pk: LineVerdict(noted=True, note="Bukti tidak cocok dengan angka.")},
    )  # fmt: skip
    others = [t.branch.member for t in Task.objects.filter(run=play.run, step="periksa", state="open")]
    for one in others:
        play.do("periksa", one)

    line.refresh_from_db()
    assert (line.verdict_note, line.editable) == ("Bukti tidak cocok dengan angka.", True)
    assert sheet_of(play, careless).state == "returned"
    assert play.open_steps() == ["isi"]
    play.do("isi", member(careless))
    play.do("periksa", member(careless))
    assert play.open_steps() == ["himpun"]
    assert sheet_of(play, careless).round == 2


@pytest.mark.requirement("R-INSP-16", "R-INSP-17", "R-INSP-19")
def test_an_error_found_after_signature_makes_a_new_round_and_a_new_signature(play):
    play.until("terbitkan")
    wrong = play.person("auditor2")
    figure = rows_of(sheet_of(play, wrong))[0].figure
    first = Document.objects.get(run=play.run)

    return_after_signature(
        task_id=play.task("terbitkan").pk, by=play.actor("inspektur"), chosen=[wrong.pk],
        figures={figure.pk: "Angka tertukar dengan triwulan lalu."}, reason="Angka tertukar.",
    )  # fmt: skip
    assert play.open_steps() == ["isi"]
    play.world.proposals[figure.pk] = Decimal(131)  # nobody reports so much: people come to 117 to 125
    play.to_the_end()

    first.refresh_from_db()
    second = Document.objects.exclude(pk=first.pk).get(run=play.run)
    assert (first.state, second.state, second.supersedes) == ("superseded", "signed", first)
    assert first.content["rows"]
    assert Signature.objects.get(document=first).revoked_at is not None
    assert Signature.objects.get(document=second).revoked_at is None
    values = list(Value.objects.filter(figure=figure).order_by("no"))
    assert [str(v.amount.normalize()) for v in values] == [str(values[0].amount.normalize()), "131"]
    assert values[1].supersedes == values[0]
    assert Mark.objects.filter(value=values[0], kind="revoked").exists()
    assert play.run.state == "done"
