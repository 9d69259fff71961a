"""Kemlagi: the units' data by quarter, then the yearly report in twelve steps to its dispatch."""

import pytest

from runut.collection.queries import rows_of_run
from runut.correction.actions.analyse import Note, analyse
from runut.correction.models import Meeting, Order
from runut.documents.actions.finish import send_back
from runut.documents.models import Copy, Dispatch, Document, RegisterEntry
from runut.sop.models import Task
from runut.web.demo.offices import KEMLAGI
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play


@scene
def play(frozen_time):
    frozen_time.move_to(MORNING)
    play = Play(KEMLAGI)
    play.start("kemlagi", "camat")
    return play


@pytest.mark.requirement(
    "R-KEMLAGI-5", "R-KEMLAGI-6", "R-KEMLAGI-8", "R-KEMLAGI-9", "R-KEMLAGI-22", "R-KEMLAGI-23", "R-KEMLAGI-24",
    "R-KEMLAGI-25", "R-KEMLAGI-26", "R-KEMLAGI-28", "R-KEMLAGI-30",
)  # fmt: skip
def test_the_report_goes_from_the_order_to_its_dispatch(play):
    play.to_the_end()

    assert play.run.state == "done"
    assert Order.objects.get(run=play.run).number
    report = Document.objects.filter(run=play.run, kind="report").order_by("-no").first()
    assert report.state == "signed"
    assert "Indeks Kepuasan Masyarakat (IKM)" in str(report.content)
    assert Meeting.objects.get(run=play.run).attendances.exists()
    assert RegisterEntry.objects.get(document=report).register == "surat"
    assert Copy.objects.filter(document=report).exists()
    assert Dispatch.objects.get(document=report).recipient
    done = list(Task.objects.filter(run=play.run, state="done").order_by("pk").values_list("printed_no", flat=True))
    assert set(done) >= {str(no) for no in range(1, 13)}


def test_a_quarter_ends_after_the_analysis(play):
    play.until("analisis")

    notes = {row.figure.pk: Note("Dibahas dengan unitnya.") for row in rows_of_run(play.run)}
    analyse(task_id=play.task("analisis").pk, by=play.actor("sungram"), notes=notes, outcome="quarter_done")

    play.run.refresh_from_db()
    assert play.run.state == "done"
    assert not Document.objects.filter(run=play.run, kind="report").exists()


@pytest.mark.requirement("R-KEMLAGI-27")
def test_the_correction_of_the_draft_goes_back_to_the_drafter(play):
    play.until("koreksi")

    send_back(
        task_id=play.task("koreksi").pk,
        by=play.actor("sekcam"),
        work="approve",
        outcome="return",
        reason="Bab III belum lengkap.",
    )

    assert play.open_steps() == ["draf"]
    assert play.task("draf").round == 2


@pytest.mark.requirement("R-KEMLAGI-29")
def test_the_camat_refuses_and_the_draft_is_corrected_again(play):
    play.until("setujui")

    send_back(
        task_id=play.task("setujui").pk,
        by=play.actor("camat"),
        work="approve",
        outcome="return",
        reason="Angka IKM perlu dijelaskan.",
    )

    assert play.open_steps() == ["koreksi"]
    play.to_the_end()
    assert play.run.state == "done"


@pytest.mark.requirement("R-KEMLAGI-34")
def test_a_norm_of_three_minutes_is_a_norm(play):
    order = play.task("perintah")

    assert (order.due_at - order.opened_at).total_seconds() == 180
