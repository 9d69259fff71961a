"""Kintom: an error found after validation and before signature; the signature waits until it is repaired."""

import pytest

from runut.collection.actions import LineVerdict, review_sheet
from runut.collection.models import Sheet, Value
from runut.collection.queries import rows_of
from runut.documents.actions.finish import send_back
from runut.documents.models import Document, Signature
from runut.lib.errors import Refused
from runut.sop.models import Paraf, Task
from runut.web.demo.offices import KINTOM
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play, member


@scene
def play(frozen_time):
    frozen_time.move_to(MORNING)
    play = Play(KINTOM)
    play.collection = play.start("pengumpulan-pegawai", "adm_umum")
    play.until("tandatangan")
    return play


@pytest.fixture
def wrong(play):
    """Whose second figure is wrong, and its code."""
    person = play.person("pel_pem")
    return person, f"IKI-11-2.{person.pk}"


def sheet(play, person):
    return Sheet.objects.get(run=play.run, member=member(person))


@pytest.mark.requirement(
    "R-KINTOM-9",
    "R-ALL-10",
    "R-KINTOM-10", "R-KINTOM-11", "R-KINTOM-12", "R-KINTOM-13", "R-KINTOM-14", "R-KINTOM-16", "R-KINTOM-17",
    "R-KINTOM-19",
)  # fmt: skip
def test_the_finding_holds_the_signature_and_ends_in_signed_corrected_data(play, wrong):
    person, code = wrong

    case = play.correct("kintom", play.collection, {code: "88"})
    play.collection.refresh_from_db()
    held = play.collection.state
    play.to_the_end()
    play.collection.refresh_from_db()

    assert (held, play.run.state, play.collection.state) == ("held", "done", "running")
    case.refresh_from_db()
    assert case.closed_at is not None
    item = case.items.get()
    assert item.figure.pegawai == person
    assert (item.before.no, item.decided.no, item.decided.amount) == (1, 2, 88)
    assert item.decided.supersedes == item.before
    assert Signature.objects.filter(document__run=play.run).count() == 1
    assert play.task("tandatangan", run=play.collection)


@pytest.mark.requirement("R-KINTOM-21")
def test_the_paraf_under_the_wrong_version_no_longer_counts(play, wrong):
    _person, code = wrong
    before = Document.objects.get(run=play.collection)
    play.correct("kintom", play.collection, {code: "88"})
    play.to_the_end()

    play.to_the_end(run=play.collection)

    before.refresh_from_db()
    after = Document.objects.exclude(pk=before.pk).get(run=play.collection)
    assert (before.state, after.state) == ("superseded", "signed")
    assert not Paraf.objects.filter(data_hash=before.data_hash, voided_at=None, task__step="paraf").exists()
    assert Paraf.objects.filter(data_hash=after.data_hash, voided_at=None).exists()


@pytest.mark.requirement("R-KINTOM-15")
def test_the_section_head_sends_a_repair_back(play, wrong):
    person, code = wrong
    play.correct("kintom", play.collection, {code: "88"})
    play.until("koreksi")
    line = rows_of(sheet(play, person))[0].line

    review_sheet(
        task_id=play.task("koreksi", member(person)).pk, by=play.actor("kasi_pem"), outcome="return",
        verdicts={line.pk: LineVerdict(noted=True, note="Bukti belum ada.")},
    )  # fmt: skip

    assert play.open_steps() == ["perbaiki"]
    assert play.task("perbaiki", member(person)).round == 2
    play.to_the_end()
    assert play.run.state == "done"


@pytest.mark.requirement("R-KINTOM-18")
def test_the_secretary_sends_a_wrong_value_to_the_repairer(play, wrong):
    person, code = wrong
    case = play.correct("kintom", play.collection, {code: "88"})
    play.until("paraf")

    send_back(
        task_id=play.task("paraf").pk, by=play.actor("sekcam"), work="initial", outcome="return",
        reason="Angka masih keliru.", chosen=[person.pk],
    )  # fmt: skip
    opened = play.open_steps()
    play.world.proposals[case.items.get().figure_id] = 87
    play.to_the_end()

    assert opened == ["perbaiki"]
    assert [str(v.amount.normalize()) for v in Value.objects.filter(figure=case.items.get().figure).order_by("no")][
        1:
    ] == ["88", "87"]
    assert play.run.state == "done"


@pytest.mark.requirement("R-KINTOM-18")
def test_the_secretary_sends_a_wrong_recap_only_to_the_recap(play, wrong):
    _person, code = wrong
    play.correct("kintom", play.collection, {code: "88"})
    play.until("paraf")

    send_back(
        task_id=play.task("paraf").pk,
        by=play.actor("sekcam"),
        work="initial",
        outcome="return_recap",
        reason="Rekap kurang satu.",
    )

    assert play.open_steps() == ["rekap"]
    assert {t.jabatan.code for t in Task.objects.filter(run=play.run, state="open")} == {"sungram", "pengolah"}
    play.to_the_end()
    assert play.run.state == "done"


def test_a_held_collection_cannot_be_signed(play, wrong):
    _person, code = wrong
    play.correct("kintom", play.collection, {code: "88"})

    with pytest.raises(Refused, match="sedang dijeda"):
        play.do("tandatangan", run=play.collection)
