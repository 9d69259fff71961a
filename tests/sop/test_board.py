"""The board: where a run is, norm against actual, and what it costs; and the run's other pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runut.audit.actions import record
from runut.audit.models import Entry
from runut.lib.acts import ActInput, new_key
from runut.organisation.models import Pegawai
from runut.sop.actions.particulars import coordinate, do
from runut.sop.models import Run, RunState, Task
from runut.sop.queries.board import board_of, run_for_page
from runut.sop.rules.definition import Actor, Norm
from tests.cast import build_office
from tests.sop.procedures import fan_out, open_task, start, step, straight


def _act(outcome="complete", **words):
    return ActInput(new_key(), outcome, words.get("reason", ""), words.get("late_reason", ""), ())


def _do(office, run, sid, person, member=None, **words):
    task = open_task(run, sid, member)
    return do(task_id=task.pk, by=office.actor(person), act=_act(**words), note="Sudah.")


def _board(office, run):
    return board_of(run_for_page(run.pk, office.actor(office.camat)))


def _step(board, sid):
    return next(row for row in board.steps if row.step.id == sid)


@pytest.mark.requirement("R-NGORO-28", "R-KEMLAGI-34")
def test_norm_and_actual_stand_side_by_side(office, frozen_time):
    run = start(office)
    frozen_time.shift(timedelta(minutes=20))
    _do(office, run, "langkah1", office.staf)
    frozen_time.shift(timedelta(minutes=90))

    board = _board(office, run)

    first, second, third = board.steps
    assert (first.state, first.actual, first.difference) == ("done", 20, "lebih cepat 40 menit")
    assert (second.state, second.actual, second.difference) == ("late", 90, "lewat 30 menit")
    assert (third.state, third.actual) == ("ahead", None)
    assert [row.step.id for row in board.now] == ["langkah2"]


def test_the_forecast_adds_the_norms_that_are_still_to_come(office, frozen_time):
    run = start(office)

    board = _board(office, run)

    assert f"{_step(board, 'langkah2').forecast:%d %H.%M}" == "03 03.00"
    assert f"{board.expected_end:%d %H.%M}" == "05 04.00"


def test_a_step_that_begins_on_a_day_off_is_expected_to_end_with_a_working_day(office, frozen_time):
    first, second, third = straight().steps
    steps = (replace(first, norm=None), replace(second, norm=Norm(1, "hari")), replace(third, norm=Norm(2, "hari")))
    run = start(office, replace(straight(), steps=steps))
    frozen_time.shift(timedelta(days=5))  # a Sunday

    board = _board(office, run)

    assert f"{_step(board, 'langkah2').forecast:%d %H.%M}" == "09 00.30"
    assert f"{board.expected_end:%d %H.%M}" == "11 09.00"


def test_who_did_it_is_named_with_the_position_of_that_day(office, frozen_time):
    run = start(office)
    _do(office, run, "langkah1", office.staf)

    assert _board(office, run).steps[0].people == ["Laras Kinanti, Pengelola Data"]


def test_a_return_shows_as_a_second_round(office, frozen_time):
    run = start(office)
    _do(office, run, "langkah1", office.staf)
    coordinate(
        task_id=open_task(run, "langkah2").pk, by=office.actor(office.sekretaris),
        act=_act("return", reason="Belum lengkap."), to=[], way="", note="", answer="",
    )  # fmt: skip

    first = _board(office, run).steps[0]

    assert (first.state, first.round) == ("returned", 2)


def test_what_was_done_before_an_earlier_step_was_sent_back_is_to_be_done_again(office, frozen_time):
    first, second, _third = straight().steps
    third = step("langkah3", "kepala", None, work="coordinate", norm=Norm(2, "hari"), back="langkah1")
    run = start(
        office, replace(straight(), steps=(first, replace(second, work="do", outcomes=second.outcomes[:1]), third))
    )
    for sid, person in (("langkah1", office.staf), ("langkah2", office.sekretaris)):
        frozen_time.shift(timedelta(minutes=5))
        _do(office, run, sid, person)
    frozen_time.shift(timedelta(minutes=5))
    coordinate(
        task_id=open_task(run, "langkah3").pk, by=office.actor(office.camat),
        act=_act("return", reason="Belum lengkap."), to=[], way="", note="", answer="",
    )  # fmt: skip

    board = _board(office, run)

    assert [row.state for row in board.steps] == ["returned", "again", "again"]
    assert [row.forecast is not None for row in board.steps] == [False, True, True]
    assert board.expected_end > board.steps[2].forecast


def test_a_fan_out_is_counted_and_its_members_are_listed(office, frozen_time):
    run = start(office, fan_out(), members=office.asn)
    _do(office, run, "bagi1", office.staf)
    for person in office.asn[:3]:
        _do(office, run, "isi2", person, f"p{person.pk}")

    row = _step(_board(office, run), "isi2")

    assert (row.done, row.total, row.state) == (3, 12, "active")
    assert [member.state for member in row.members].count("open") == 9
    assert {member.name for member in row.members} == {person.full_name for person in office.asn}


@pytest.mark.parametrize(("days", "difference"), [(2, "lebih cepat 7 jam 30 menit"), (6, "lewat 1 hari kerja")])
def test_a_fan_out_that_is_done_has_its_norm_and_its_time_compared(office, frozen_time, client_for, days, difference):
    run = start(office, fan_out(), members=office.asn[:3])
    _do(office, run, "bagi1", office.staf)
    first, *others = office.asn[:3]
    _do(office, run, "isi2", first, f"p{first.pk}")
    running = _step(_board(office, run), "isi2")
    frozen_time.shift(timedelta(days=days))
    for person in others:
        _do(office, run, "isi2", person, f"p{person.pk}", late_reason="Menunggu rekap.")

    row = _step(_board(office, run), "isi2")
    page = client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text

    assert running.difference.startswith("sisa")
    assert (row.state, row.difference, row.is_late) == ("done", difference, days == 6)
    assert difference in page.partition('data-step="isi2"')[2].partition("</tr>")[0]


def test_a_fan_out_whose_last_was_in_time_still_says_how_many_were_late(office, frozen_time, client_for):
    run = start(office, fan_out(), members=office.asn[:3])
    _do(office, run, "bagi1", office.staf)
    first, *others = office.asn[:3]
    frozen_time.shift(timedelta(days=1))
    Task.objects.filter(pk=open_task(run, "isi2", f"p{first.pk}").pk).update(due_at=timezone.now() - timedelta(hours=2))
    _do(office, run, "isi2", first, f"p{first.pk}", late_reason="Menunggu rekap.")
    for person in others:
        _do(office, run, "isi2", person, f"p{person.pk}")

    row = _step(_board(office, run), "isi2")
    page = client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text

    assert (row.state, row.difference, row.is_late) == ("done", "1 dari 3 pernah terlambat", True)
    assert [member.name for member in row.members if member.is_late] == [first.full_name]
    assert "1 dari 3 pernah terlambat" in page.partition('data-step="isi2"')[2].partition("</tr>")[0]


def _more_people(office, count):
    first = office.asn[0]
    return Pegawai.objects.bulk_create(
        Pegawai(instansi=office.instansi, office=office.office, nip=f"X{number:05d}", name=f"{first.name} {number}")
        for number in range(count)
    )


def test_the_board_costs_the_same_with_sixty_members_as_with_five(office, frozen_time, client_for):
    counts = {}
    client = client_for(office.camat)
    for many in (5, 60):
        people = office.asn[:5] if many == 5 else _more_people(office, 60)
        run = start(office, fan_out(), members=people, title=f"Sebar {many}")
        _do(office, run, "bagi1", office.staf)
        client.get(f"/sop/jalan/{run.pk}/")
        with CaptureQueriesContext(connection) as queried:
            assert client.get(f"/sop/jalan/{run.pk}/").status_code == 200
        counts[many] = len(queried)

    assert counts[60] == counts[5]
    assert counts[60] <= 14


def test_the_page_carries_sop_run_and_state(office, frozen_time, client_for):
    run = start(office)

    page = client_for(office.asn[0]).get(f"/sop/jalan/{run.pk}/").text

    assert f'data-sop="lurus" data-run="{run.pk}" data-state="running"' in page
    assert 'data-step="langkah1" data-state="active"' in page
    assert "Batalkan" not in page


@pytest.mark.parametrize("state", [RunState.RUNNING, RunState.DONE])
def test_who_leads_reads_that_the_procedure_has_no_publication(office, frozen_time, client_for, state):
    run, told = start(office), "SOP ini tidak memuat langkah publikasi"
    Run.objects.filter(pk=run.pk).update(state=state, ended_at=run.started_at if state == RunState.DONE else None)

    pages = [client_for(who).get(f"/sop/jalan/{run.pk}/").text for who in (office.camat, office.asn[0])]

    assert [told in page for page in pages] == [True, False]


def test_a_procedure_that_publishes_says_nothing_of_it(office, frozen_time, client_for):
    last = replace(straight().steps[-1], work="publish")
    run = start(office, replace(straight(), steps=(*straight().steps[:-1], last)))

    assert "langkah publikasi" not in client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text


def test_a_run_of_another_office_is_not_found(office, frozen_time, client_for):
    run = start(office)
    client = client_for(build_office(instansi=office.instansi).camat)

    for address in ("", "riwayat/", "jeda/", "batalkan/"):
        assert client.get(f"/sop/jalan/{run.pk}/{address}").status_code == 404


def test_the_list_shows_the_offices_runs_by_state_and_title(office, frozen_time, client_for):
    start(office, title="Satu")
    start(office, title="Dua")
    Run.objects.filter(title="Dua").update(state=RunState.DONE)
    client = client_for(office.asn[0])

    running, done = client.get("/sop/jalan/").text, client.get("/sop/jalan/?status=selesai").text

    assert "Satu" in running and "Dua" not in running
    assert "Dua" in done
    assert "Satu" not in client.get("/sop/jalan/?q=tidak-ada").text


@pytest.mark.parametrize("address", ["jeda", "batalkan"])
def test_only_the_head_or_the_administrator_holds_and_cancels(office, frozen_time, client_for, address):
    run = start(office)

    answer = client_for(office.staf).post(f"/sop/jalan/{run.pk}/{address}/", {"reason": "Coba."})

    assert answer.status_code == 403
    assert Run.objects.get(pk=run.pk).state == RunState.RUNNING


def test_holding_needs_a_reason_stops_the_acts_and_resuming_goes_on(office, frozen_time, client_for):
    run, head = start(office), client_for(office.camat)

    without = head.post(f"/sop/jalan/{run.pk}/jeda/", {"reason": " "})
    head.post(f"/sop/jalan/{run.pk}/jeda/", {"reason": "Libur bersama."})
    task = open_task(run, "langkah1")
    refused = client_for(office.staf).post(f"/tugas/{task.pk}/kerjakan/", {"key": "k", "act": "complete", "note": "x"})
    page = head.get(f"/sop/jalan/{run.pk}/").text
    head.post(f"/sop/jalan/{run.pk}/lanjutkan/")

    assert (without.status_code, refused.status_code) == (422, 409)
    assert "Libur bersama." in page and "Lanjutkan" in page
    assert Run.objects.get(pk=run.pk).state == RunState.RUNNING


def test_cancelling_twice_says_that_it_is_over(office, frozen_time, client_for):
    run, head = start(office), client_for(office.camat)

    first = head.post(f"/sop/jalan/{run.pk}/batalkan/", {"reason": "Salah periode."})
    second = head.post(f"/sop/jalan/{run.pk}/batalkan/", {"reason": "Salah periode."})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "sudah berakhir" in second.text


@pytest.mark.requirement("R-ALL-9")
def test_the_history_names_person_position_reason_and_what_came_next(office, frozen_time, client_for):
    run = start(office)
    _do(office, run, "langkah1", office.staf)
    coordinate(
        task_id=open_task(run, "langkah2").pk, by=office.actor(office.sekretaris),
        act=_act("return", reason="Belum lengkap."), to=[], way="", note="", answer="",
    )  # fmt: skip

    page = client_for(office.asn[0]).get(f"/sop/jalan/{run.pk}/riwayat/").text

    assert "Laras Kinanti, Pengelola Data" in page
    assert "Belum lengkap." in page
    assert "Berikutnya giliran Sekretaris Kecamatan: Mengerjakan langkah2." in page
    assert page.count('<li class="is-') == Entry.objects.filter(stream=f"run:{run.pk}").count() == 3


def test_the_history_of_a_fan_out_says_whose_part_it_was(office, frozen_time, client_for):
    run = start(office, fan_out(), members=office.asn[:2])
    _do(office, run, "bagi1", office.staf)
    _do(office, run, "isi2", office.asn[0], f"p{office.asn[0].pk}")

    page = client_for(office.camat).get(f"/sop/jalan/{run.pk}/riwayat/").text

    assert f"Langkah diselesaikan: Mengerjakan isi2 · {office.asn[0].full_name}" in page


def test_the_history_says_what_other_rooms_did(office, client_for):
    run = start(office)
    record("document.signed", subject=run, by=office.actor(office.camat))

    page = client_for(office.camat).get(f"/sop/jalan/{run.pk}/riwayat/").text

    assert f"Dokumen ditandatangani: {run}" in page


def _refused(office, *signers):
    """A meeting whose paper two sign: these did, then another one refused, and it goes back to the meeting."""
    definition = fan_out()
    sign = step("isi2", "pegawai", "tutup3", each="pegawai", actor=Actor("subject"), norm=Norm(1, "hari"), back="bagi1")
    definition = replace(definition, steps=(definition.steps[0], sign, definition.steps[2]))
    run = start(office, definition, members=office.asn[:2])
    _do(office, run, "bagi1", office.staf)
    for one in signers:
        _do(office, run, "isi2", one, f"p{one.pk}")
    other = office.asn[1]
    _do(office, run, "isi2", other, f"p{other.pk}", outcome="return", reason="Belum sesuai.")
    return run


@pytest.mark.parametrize("signed", [False, True])
def test_what_was_signed_before_somebody_refused_is_to_be_done_again(office, frozen_time, client_for, signed):
    run = _refused(office, *office.asn[: int(signed)])

    board = _board(office, run)

    row = _step(board, "isi2")
    assert [one.step.id for one in board.now] == ["bagi1"]
    assert (row.state, row.label, row.done) == ("again", "Akan diulang", 0)
    assert {one.label for one in row.members} == ({"Akan diulang", "Dikembalikan"} if signed else {"Dikembalikan"})
    assert row.forecast is not None
    assert "1 dari 2" not in client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text
