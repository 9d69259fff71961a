"""The words around an act: what is kept of them, what somebody who comes too late reads, how a step is called."""

from dataclasses import replace
from datetime import timedelta

from runut.lib.acts import new_key
from runut.sop.actions import hold, resume
from runut.sop.models import Task
from runut.sop.rules.definition import Outcome
from tests.harness.scenes import scene
from tests.sop.play import do
from tests.sop.procedures import open_task, put_in_force, start, straight


@scene
def run(office, frozen_time):
    return start(office)


def _both_at_the_second(office):
    """The second step is done by two, as the second of two rows with one number; either may send it back."""
    definition = straight()
    back = Outcome("return", "langkah1", "Kembalikan", back=True)
    second = replace(
        definition.step("langkah2"), lanes=("sekretaris", "kepala"), joint="all", work="do", printed_no="1",
        outcomes=(definition.step("langkah2").outcomes[0], back),
    )  # fmt: skip
    definition = replace(definition, steps=(definition.steps[0], second, definition.steps[2]))
    put_in_force(office, definition)
    run = start(office, definition)
    do(office, run, "langkah1", office.staf)
    return run


def test_what_stands_in_the_return_box_is_not_kept_when_the_step_goes_on(office, run, client_for):
    do(office, run, "langkah1", office.staf)
    task = open_task(run, "langkah2")
    words = {"note": "Mohon.", "way": "langsung", "to": [office.camat.pk], "answer": "Ya.", "reason": "Sisa ketikan."}
    client_for(office.sekretaris).post(f"/tugas/{task.pk}/koordinasi/", {"key": new_key(), "act": "complete", **words})

    task.refresh_from_db()

    assert (task.state, task.reason) == ("done", "")
    assert "Sisa ketikan." not in client_for(office.camat).get(f"/sop/jalan/{run.pk}/riwayat/").text
    assert "Sisa ketikan." not in client_for(office.camat).get(f"/tugas/{task.pk}/").text


def test_a_page_that_somebody_else_sent_back_says_who_when_and_why(office, frozen_time, client_for):
    run = _both_at_the_second(office)
    mine = run.tasks.get(step="langkah2", slot=1)
    do(office, run, "langkah2", office.sekretaris, "return", reason="Belum ada tanggalnya.")

    answer = client_for(office.camat).post(
        f"/tugas/{mine.pk}/kerjakan/", {"key": "k", "act": "complete", "note": "Ya."}
    )

    who = f"{office.jabatan['sekretaris'].name}, {office.sekretaris.full_name}, Selasa, 3 Februari 2026 pukul 09.00 WIB"
    assert answer.status_code == 409
    assert (
        f"Langkah ini tidak perlu dikerjakan lagi: dikembalikan oleh {who}. Alasan: Belum ada tanggalnya."
        in answer.text
    )


def test_a_return_names_the_step_as_the_board_does(office, frozen_time, client_for):
    run = _both_at_the_second(office)
    do(office, run, "langkah2", office.sekretaris, "return", reason="Belum ada tanggalnya.")

    page = client_for(office.staf).get("/tugas/").text

    assert "pada langkah 1b, Selasa" in page


def test_a_name_that_ends_with_a_stop_gets_no_second_one(office, frozen_time, client_for):
    office.camat.title_back = "M.Si."
    office.camat.save()
    run = _both_at_the_second(office)
    last = run.tasks.get(step="langkah2", slot=1)
    Task.objects.filter(pk=last.pk).update(jabatan=None, pegawai=office.camat)

    first = run.tasks.get(step="langkah2", slot=0)
    data = {"key": new_key(), "act": "complete", "note": "Sudah."}
    page = client_for(office.sekretaris).post(f"/tugas/{first.pk}/kerjakan/", data, follow=True).text

    assert "menunggu Arga Wiratama, M.Si." in page
    assert "M.Si.." not in page


def test_a_hold_takes_no_minute_off(office, run, frozen_time):
    frozen_time.shift(timedelta(seconds=20))
    by, before = office.actor(office.camat), open_task(run, "langkah1").due_at

    hold(run=run, by=by, reason="Menunggu.")
    frozen_time.shift(timedelta(seconds=20))
    resume(run=run, by=by)

    assert open_task(run, "langkah1").due_at == before


def test_the_page_says_when_an_answer_is_to_be_written(office, run, client_for):
    do(office, run, "langkah1", office.staf)

    page = client_for(office.sekretaris).get(f"/tugas/{open_task(run, 'langkah2').pk}/koordinasi/").text

    assert "Perlu ditulis bila Anda memilih orang selain yang mendapat giliran berikutnya." in page
