"""A task that was handed over: why is read by whoever gets it, and a new round goes there too."""

from dataclasses import replace
from functools import partial

from django.utils import timezone

from runut.lib.acts import new_key
from runut.organisation.models import Assignment
from runut.sop.actions.seats_kept import seats_kept
from runut.sop.queries import definition_of
from runut.sop.rules.definition import Actor, Outcome
from tests.harness.scenes import scene
from tests.sop.play import do
from tests.sop.procedures import fan_out, open_task, put_in_force, start, step

WHY = "Sedang dinas luar."


def _begin(office, fill="do", review="do"):
    """Two fill in; the superior of each looks at it, and may send it back."""
    definition = fan_out()
    first = replace(definition.step("isi2"), work=fill, outcomes=(Outcome("complete", "periksa3", "Selesai"),))
    second = step("periksa3", "kepala", "tutup4", each="pegawai", actor=Actor("superior"), back="isi2", work=review)
    last = replace(definition.step("tutup3"), id="tutup4", printed_no="4")
    definition = replace(definition, steps=(definition.steps[0], first, second, last))
    put_in_force(office, definition)
    run = start(office, definition, members=office.asn[:2])
    do(office, run, "bagi1", office.staf)
    return run


@scene
def run(office, frozen_time):
    return _begin(office)


def _give(client_for, office, task, to):
    data = {"to": f"p{to.pk}", "reason": WHY}
    client_for(office.camat).post(f"/tugas/{task.pk}/alihkan/", data)


def _fill(client_for, task, who):
    data = {"key": new_key(), "act": "complete", "note": "Sudah diisi."}
    return client_for(who).post(f"/tugas/{task.pk}/kerjakan/", data)


def _sent_back(office, client_for, run, to):
    """The first one's part: handed over, filled in by the receiver, and sent back."""
    member = f"p{office.asn[0].pk}"
    _give(client_for, office, open_task(run, "isi2", member), to)
    _fill(client_for, open_task(run, "isi2", member), to)
    do(
        office,
        run,
        "periksa3",
        office.kasi[0],
        "return",
        member=member,
        reason="Belum lengkap.",
        chosen=[office.asn[0].pk],
    )
    return open_task(run, "isi2", member)


def test_the_receiver_reads_in_the_list_and_on_the_page_who_gave_it_and_why(office, run, client_for):
    task = open_task(run, "isi2", f"p{office.asn[0].pk}")
    _give(client_for, office, task, office.asn[5])

    client = client_for(office.asn[5])
    pages = [client.get(url).text for url in ("/tugas/", f"/tugas/{task.pk}/kerjakan/")]

    for page in pages:
        assert f"Dialihkan oleh Camat, {office.camat.full_name}, Selasa, 3 Februari 2026 pukul 09.00 WIB." in page
        assert f"Alasan: {WHY}" in page


def test_a_page_that_was_left_open_says_to_whom_it_was_handed_over_and_gives_back_what_was_typed(
    office, run, client_for
):
    task = open_task(run, "isi2", f"p{office.asn[0].pk}")
    _give(client_for, office, task, office.asn[5])

    answer = _fill(client_for, task, office.asn[0])

    assert answer.status_code == 409
    assert f"Tugas ini sudah dialihkan kepada {office.asn[5].full_name}. Dialihkan oleh Camat" in answer.text
    assert f"Alasan: {WHY}" in answer.text and "data-typed>Sudah diisi.</p>" in answer.text
    assert _fill(client_for, task, office.asn[6]).status_code == 403


def test_what_comes_back_goes_to_whom_it_was_handed_over(office, run, client_for):
    again = _sent_back(office, client_for, run, office.asn[5])

    assert (again.jabatan_id, again.pegawai_id) == (None, office.asn[5].pk)
    page = client_for(office.asn[5]).get("/tugas/").text
    assert "Belum lengkap." in page and f"Alasan: {WHY}" in page
    assert "Belum lengkap." not in client_for(office.asn[0]).get("/tugas/").text


def test_a_third_round_goes_there_too(office, run, client_for):
    again, member = _sent_back(office, client_for, run, office.asn[5]), f"p{office.asn[0].pk}"
    _fill(client_for, again, office.asn[5])

    do(
        office,
        run,
        "periksa3",
        office.kasi[0],
        "return",
        member=member,
        reason="Masih kurang.",
        chosen=[office.asn[0].pk],
    )

    assert open_task(run, "isi2", member).pegawai == office.asn[5]


def test_what_comes_back_goes_to_the_member_where_the_receiver_has_left(office, run, client_for):
    member, other = f"p{office.asn[0].pk}", office.asn[5]
    _give(client_for, office, open_task(run, "isi2", member), other)
    _fill(client_for, open_task(run, "isi2", member), other)
    Assignment.objects.filter(pegawai=other).update(end=timezone.localdate().replace(day=1))

    do(office, run, "periksa3", office.kasi[0], "return", member=member, reason="Belum.", chosen=[office.asn[0].pk])

    assert open_task(run, "isi2", member).pegawai == office.asn[0]


def test_nobody_gets_ones_own_part_to_judge_again(office, frozen_time, client_for):
    run, member, own = _begin(office, "fill", "review"), f"p{office.asn[0].pk}", office.asn[0]
    do(office, run, "isi2", own, member=member)
    task = open_task(run, "periksa3", member)
    seats = [[(task.lane, task.jabatan_id, task.pegawai_id)]]
    kept = partial(
        seats_kept, run, definition_of(run.version).step("periksa3"), [task.branch], seats, timezone.localdate()
    )

    _give(client_for, office, task, own)
    to_oneself = kept()
    _give(client_for, office, task, office.kasi[1])

    assert to_oneself == seats
    assert kept() == [[(task.lane, None, office.kasi[1].pk)]]
