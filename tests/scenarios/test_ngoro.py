"""Ngoro: correction after delivery, by order of the Camat; a meeting decides, all stakeholders sign."""

from datetime import timedelta

import pytest
from django.utils import timezone

from runut.collection.models import Value
from runut.correction.actions.meet import Choice, MeetingInput, hold_meeting
from runut.correction.models import CorrectionItem, Decision, Meeting, Order
from runut.documents.actions.finish import send_back
from runut.documents.models import ArchiveItem, Document, RegisterEntry, Signature
from runut.sop.models import Paraf, Task
from runut.web.demo.offices import NGORO
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play, member


@scene
def play(frozen_time):
    frozen_time.move_to(MORNING)
    play = Play(NGORO)
    play.collection = play.start("pengumpulan-unit", "pengolah")
    play.to_the_end()
    play.case = play.correct("ngoro", play.collection, {"IKU-01": "83.75", "IKU-05": "3"})
    return play


def items(play):
    return {i.figure.indicator.indicator.code: i for i in CorrectionItem.objects.filter(correction=play.case)}


@pytest.mark.requirement(
    "R-NGORO-3", "R-NGORO-8", "R-NGORO-11", "R-NGORO-12", "R-NGORO-13", "R-NGORO-14", "R-NGORO-16", "R-NGORO-18",
    "R-NGORO-19", "R-NGORO-20", "R-NGORO-22", "R-NGORO-23", "R-NGORO-24", "R-NGORO-25", "R-NGORO-26", "R-NGORO-29",
)  # fmt: skip
def test_the_correction_ends_in_a_signed_and_archived_report(play):
    play.to_the_end()

    assert play.run.state == "done"
    order, meeting = Order.objects.get(run=play.run), Meeting.objects.get(run=play.run)
    assert order.team.count() > 0
    assert meeting.attendances.filter(present=True).count() >= 2
    assert {i.decision for i in items(play).values()} == {Decision.NEW}
    document = Document.objects.filter(run=play.run).order_by("-no").first()
    assert (document.kind, document.state) == ("correction", "signed")
    assert [p.task.step for p in Paraf.objects.filter(data_hash=document.data_hash).order_by("at")] == [
        "paraf_kasubag",
        "paraf_sekretaris",
    ]
    assert document.number == RegisterEntry.objects.get(document=document).number
    signed_by = set(Signature.objects.filter(document=document).values_list("pegawai", flat=True))
    assert signed_by == {play.person("kasi_pel").pk, play.person("kasi_trantib").pk}
    assert ArchiveItem.objects.get(document=document).retention_years > 0


@pytest.mark.requirement("R-NGORO-9", "R-ALL-10")
def test_the_corrected_number_is_current_and_the_old_one_stays_readable(play):
    play.to_the_end()

    item = items(play)["IKU-01"]
    assert item.figure.unit == play.built.units["PEL"]
    versions = list(Value.objects.filter(figure=item.figure).order_by("no"))
    assert [str(v.amount.normalize()) for v in versions] == ["84.75", "83.75"]
    assert versions[1].supersedes == versions[0]
    assert (versions[1].cause, versions[1].reason) != ("", "")


@pytest.mark.requirement("R-NGORO-21")
def test_the_meeting_sends_one_item_back_and_the_other_waits(play):
    play.until("rapat")
    by = play.actor("sekcam")
    found = items(play)
    both = [by.pegawai_id, play.person("sungram").pk]
    meeting = MeetingInput(
        held_at=timezone.now() - timedelta(minutes=5), place="Ruang rapat", leader=by.pegawai_id,
        minutes="Satu angka belum dapat diterima.", invited=both, present=both,
    )  # fmt: skip

    hold_meeting(
        task_id=Task.objects.get(run=play.run, step="rapat", jabatan__code="sekcam").pk, by=by, meeting=meeting,
        choices={
            found["IKU-01"].pk: Choice(Decision.DEFERRED, "Bukti kurang."),
            found["IKU-05"].pk: Choice(Decision.NEW, "Sesuai bukti."),
        },
        outcome="return", reason="Bukti IKM kurang.",
    )  # fmt: skip

    opened = Task.objects.filter(run=play.run, state="open").select_related("branch")
    assert [(t.step, t.branch.member) for t in opened] == [("perbaiki", member(play.person("kasi_pel")))]
    play.world.proposals[found["IKU-01"].figure_id] = 84
    play.to_the_end()
    assert play.run.state == "done"
    assert items(play)["IKU-01"].decided.amount == 84
    assert Meeting.objects.filter(run=play.run).count() == 2


@pytest.mark.requirement("R-NGORO-25")
def test_the_report_is_finished_only_when_everybody_has_signed(play):
    play.until("tandatangan")
    play.do("tandatangan", member(play.person("kasi_pel")))

    half = play.open_steps()
    play.do("tandatangan", member(play.person("kasi_trantib")))

    assert half == ["tandatangan"]
    assert play.open_steps() == ["arsip"]


@pytest.mark.requirement("R-NGORO-25")
def test_who_refuses_to_sign_sends_the_case_back_to_the_meeting(play):
    play.until("tandatangan")
    play.do("tandatangan", member(play.person("kasi_pel")))

    send_back(
        task_id=play.task("tandatangan", member(play.person("kasi_trantib"))).pk, by=play.actor("kasi_trantib"),
        work="sign", outcome="return", reason="Angka saya belum benar.",
    )  # fmt: skip

    assert play.open_steps() == ["rapat"]
    assert Signature.objects.get(document__run=play.run).revoked_at is not None
    play.to_the_end()
    assert play.run.state == "done"
    assert Signature.objects.filter(document__run=play.run, revoked_at=None).count() == 2
