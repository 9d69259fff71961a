"""Kemlagi: the units' data by quarter, then the yearly report in twelve steps to its dispatch."""

from types import SimpleNamespace

import pytest

from runut.collection.models import Period, YearRun
from runut.collection.queries import rows_of_run
from runut.correction.actions.analyse import Note, analyse
from runut.correction.models import Meeting, Order
from runut.documents.actions.finish import send_back
from runut.documents.models import Copy, Dispatch, Document, RegisterEntry
from runut.lib.errors import Refused
from runut.sop.actions import cancel, start_run
from runut.sop.models import Task
from runut.web.demo.offices import KEMLAGI
from tests.harness.scenes import scene
from tests.scenarios.stage import MORNING, Play
from tests.sop.play import act


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


TOO_EARLY = (
    "Triwulan IV 2026 belum dikumpulkan. LKjIP hanya satu untuk setahun: bila disusun sekarang, LKjIP tahun 2026 "
    "tidak memuat Triwulan IV 2026 dan yang baru tidak dapat disusun."
)


def analysed(run):
    rows = rows_of_run(run)
    notes = {f"text-{row.figure.pk}": "Dibahas." for row in rows}
    return notes | {"shown": [row.figure.pk for row in rows]}


def test_a_report_before_the_years_last_quarter_is_warned_of_and_asks_why(play, client_for):
    play.until("analisis")
    task, client = play.task("analisis"), client_for(play.person("sungram"))
    address, sent = f"/tugas/{task.pk}/analisis/", {"act": "complete", "key": "k" * 20, **analysed(play.run)}
    office = play.run.office
    office.terms = {"triwulan": "Triwulan", "lkjip": "LKjIP"}
    office.save()

    page = client.get(address)
    refused = client.post(address, sent)

    assert TOO_EARLY in page.text
    ends, goes_on = page.text.index('value="quarter_done"'), page.text.index('value="complete"')
    assert ends < goes_on and "btn-secondary" in page.text[goes_on - 60 : goes_on]
    assert refused.status_code == 422 and "Tulis alasannya, atau akhiri di sini." in refused.text
    assert play.open_steps() == ["analisis"]

    client.post(address, sent | {"early_reason": "Diminta bupati sebelum akhir tahun."})
    drafting = client.get(f"/tugas/{play.task('draf').pk}/konsep/")
    play.do("draf")
    judging = client_for(play.person("sekcam")).get(f"/tugas/{play.task('koreksi').pk}/nilai/")

    told = "Alasannya sudah ditulis: Diminta bupati sebelum akhir tahun."
    assert told in drafting.text and told in judging.text
    assert "Data Triwulan IV 2026 belum ada: Diminta bupati sebelum akhir tahun." in judging.text
    task.refresh_from_db()
    assert task.form["early"] == {"quarters": [4], "reason": "Diminta bupati sebelum akhir tahun."}


def test_who_sends_the_data_back_from_the_analysis_is_told_so(play, client_for):
    play.until("analisis")
    client, address = client_for(play.person("sungram")), f"/tugas/{play.task('analisis').pk}/analisis/"
    sent = {"act": "return", "key": "k" * 20, "reason": "Angka pengaduan belum lengkap.", **analysed(play.run)}
    wrong = sent["shown"][0]
    sent |= {f"wrong-{wrong}": "on", f"what-{wrong}": "Belum lengkap."}

    told = client.post(address, sent, follow=True).text

    assert "Dikembalikan" in told and "Analisis selesai" not in told
    assert play.open_steps() == ["isi"]


def test_the_action_asks_why_the_report_is_begun_early(play):
    play.until("analisis")
    task, notes = play.task("analisis"), {row.figure.pk: Note("Dibahas.") for row in rows_of_run(play.run)}

    with pytest.raises(Refused, match="belum dikumpulkan") as refusal:
        analyse(task_id=task.pk, by=play.actor("sungram"), notes=notes, early_reason="  ")

    assert refusal.value.code == "early"


def test_after_the_years_last_quarter_the_report_is_the_way_on(play, client_for):
    play.until("analisis")
    Period.objects.filter(run=play.run).update(quarter=4)
    task, client = play.task("analisis"), client_for(play.person("sungram"))
    address = f"/tugas/{task.pk}/analisis/"

    page = client.get(address)
    client.post(address, {"act": "complete", "key": "k" * 20, **analysed(play.run)})

    assert "hanya satu untuk setahun" not in page.text and 'name="early_reason"' not in page.text
    assert page.text.index('value="complete"') < page.text.index('value="quarter_done"')
    assert play.open_steps() == ["draf"]


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


@scene
def reported(play):
    """The third quarter went on to the year's report, which is at the Sekcam; the second quarter is at its analysis."""
    play.until("koreksi")
    return SimpleNamespace(first=play.run, second=second_quarter(play))


def second_quarter(play):
    """Another collection of the same year, at its analysis."""
    quarter, play.world.quarter = play.world.quarter, 2
    run = start_run(sop=play.stage.sops["kemlagi"], by=play.actor("camat"), title="Kemlagi Triwulan II 2026")
    play.until("analisis", run=run)
    play.world.quarter = quarter
    return run


def test_a_year_has_one_report_and_the_page_says_who_writes_it(play, reported, client_for):
    run = reported.second
    address, client = f"/tugas/{play.task('analisis', run=run).pk}/analisis/", client_for(play.person("sungram"))

    page = client.get(address)
    assert "LKjIP tahun 2026 sedang disusun dalam “kemlagi Triwulan III 2026”, sekarang pada Sekretaris" in page.text
    assert 'value="quarter_done"' in page.text
    assert 'value="complete"' not in page.text

    notes = {f"text-{row.figure.pk}": "Dibahas." for row in rows_of_run(run)}
    notes |= {"shown": [row.figure.pk for row in rows_of_run(run)]}
    refused = client.post(address, {"act": "complete", "key": "a" * 20, **notes})
    assert refused.status_code == 422
    assert "sedang disusun" in refused.text
    assert play.open_steps(run) == ["analisis"]

    client.post(address, {"act": "quarter_done", "key": "b" * 20, **notes})
    run.refresh_from_db()
    assert run.state == "done"
    assert set(Document.objects.filter(kind="report").values_list("run", flat=True)) == {reported.first.pk}


def test_what_is_wrong_in_a_signed_report_goes_to_the_correction_room(play, reported):
    play.to_the_end(reported.first)

    notes = {row.figure.pk: Note("Dibahas.") for row in rows_of_run(reported.second)}
    task = play.task("analisis", run=reported.second)
    with pytest.raises(Refused, match=r"sudah ditandatangani.*lewat Perbaikan"):
        analyse(task_id=task.pk, by=play.actor("sungram"), notes=notes)


def test_a_year_whose_report_is_signed_is_not_gathered_again(play, reported, client_for):
    play.to_the_end(reported.first)
    sop, client = play.stage.sops["kemlagi"], client_for(play.person("camat"))
    address = f"/periode/buka/tahun/?sop={sop.pk}&tahun=2026"
    told = "LKjIP tahun 2026 sudah ditandatangani dalam “kemlagi Triwulan III 2026”"

    page = client.get(address)
    sent = client.post(address, {"title": "Tahun 2026", "key": "k"} | {f"reason-{no}": "belum" for no in range(1, 5)})

    assert told in page.text and "Mulai tahun ini" not in page.text
    assert (sent.status_code, YearRun.objects.exists()) == (422, False)
    assert told in sent.text


def test_a_cancelled_run_gives_the_report_up(play, reported):
    cancel(run=reported.first, by=play.actor("camat"), reason="Salah triwulan.")

    play.to_the_end(reported.second)
    assert Document.objects.filter(run=reported.second, kind="report", state="signed").exists()


def test_of_two_that_came_to_the_draft_the_first_one_writes_it(play):
    play.until("draf")
    run = second_quarter(play)
    act(play.task("analisis", run=run), play.actor("sungram"))

    with pytest.raises(Refused, match="sedang disusun"):
        play.do("draf", run=run)
    play.do("draf")
    assert play.open_steps() == ["koreksi"]
