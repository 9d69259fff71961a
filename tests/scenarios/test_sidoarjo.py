"""Sidoarjo: the same correction in a dinas, with adequacy judged, review and verification before the head signs."""

import pytest

from runut.documents.actions.finish import send_back
from runut.documents.models import ArchiveItem, Dispatch, Document, Signature
from runut.sop.models import Task
from runut.web.demo.offices import SIDOARJO
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play, member


@scene
def play(frozen_time):
    frozen_time.move_to(MORNING)
    play = Play(SIDOARJO)
    play.collection = play.start("pengumpulan-unit", "pengolah")
    play.to_the_end()
    play.case = play.correct("sidoarjo", play.collection, {"IKU-02": "15", "IKU-03": "7.9"})
    return play


@pytest.mark.requirement(
    "R-SIDOARJO-5", "R-SIDOARJO-7", "R-SIDOARJO-11", "R-SIDOARJO-19", "R-SIDOARJO-26", "R-SIDOARJO-27",
    "R-SIDOARJO-28", "R-SIDOARJO-29", "R-SIDOARJO-30", "R-SIDOARJO-31", "R-SIDOARJO-32", "R-SIDOARJO-33",
)  # fmt: skip
def test_the_correction_is_reviewed_verified_signed_delivered_and_archived(play):
    play.to_the_end()

    assert play.run.state == "done"
    document = Document.objects.filter(run=play.run).order_by("-no").first()
    signers = list(Signature.objects.filter(document=document).order_by("at").values_list("title", flat=True))
    assert signers[-1] == "Kepala Dinas Perindustrian dan Perdagangan"
    assert set(signers[:-1]) == {"Kepala Bidang Perindustrian", "Kepala Bidang Perdagangan"}
    steps = list(Task.objects.filter(run=play.run, state="done").order_by("done_at").values_list("step", flat=True))
    assert steps.index("reviu") < steps.index("verifikasi") < steps.index("ttd_kepala") < steps.index("sampaikan")
    assert Dispatch.objects.get(document=document).recipient
    assert ArchiveItem.objects.filter(document=document).exists()


@pytest.mark.requirement("R-SIDOARJO-34")
def test_an_insufficient_correction_goes_back_to_the_one_who_carries_out_the_activity(play):
    play.until("himpun")
    owner = play.person("kabid_ind")
    task = Task.objects.get(run=play.run, step="himpun", state="open", jabatan__code="renkeu")

    send_back(
        task_id=task.pk,
        by=play.actor("renkeu"),
        work="compile",
        outcome="return",
        reason="Penyebab belum hilang.",
        chosen=[owner.pk],
    )

    opened = Task.objects.filter(run=play.run, state="open").select_related("branch")
    assert [(t.step, t.branch.member, t.round) for t in opened] == [("perbaiki", member(owner), 2)]
    play.to_the_end()
    assert play.run.state == "done"


def test_a_failed_verification_goes_back_to_the_gathering(play):
    play.until("verifikasi")

    send_back(
        task_id=play.task("verifikasi").pk,
        by=play.actor("sekdis"),
        work="approve",
        outcome="return",
        reason="Bukti tidak cukup.",
    )

    assert play.open_steps() == ["himpun"]
    play.to_the_end()
    assert play.run.state == "done"
