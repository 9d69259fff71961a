"""A fan-out under way: members who are opened in later batches, and the last one who is awaited."""

import pytest

from runut.lib.errors import Refused
from runut.sop import actions
from runut.sop.actions.fanout import open_waiting_members
from runut.sop.models import Join, Task
from runut.sop.queries.rounds import rounds_of
from tests.harness.scenes import scene
from tests.sop.play import do, install, open_task


@scene
def people(office):
    """Three ASN of the first section."""
    return office.asn_of(office.kasi[0])


@scene
def run(office, frozen_time, people):
    by, scope = office.actor(office.staf), {"pegawai": [each.pk for each in people]}
    return actions.start_run(sop=install(office, "inspektorat"), by=by, title="Triwulan III 2026", scope=scope)


def send_out(office, run):
    do(office, run, "siapkan", office.staf)
    do(office, run, "bagikan", office.staf)


def test_the_last_one_awaited_is_not_dropped_while_the_run_is_held_and_that_is_said(office, run, people):
    send_out(office, run)
    by, (first, second, last) = office.actor(office.admin), people
    do(office, run, "isi", first, member=f"p{first.pk}")
    do(office, run, "periksa", office.kasi[0], member=f"p{first.pk}")
    actions.drop_member(run=run, region="isi", member=f"p{second.pk}", by=by, reason="Pensiun.")
    actions.hold(run=run, by=office.actor(office.camat), reason="Menunggu surat.")

    with pytest.raises(Refused, match="SOP ini sedang dijeda"):
        actions.drop_member(run=run, region="isi", member=f"p{last.pk}", by=by, reason="Pensiun.")
    actions.resume(run=run, by=office.actor(office.camat))
    actions.drop_member(run=run, region="isi", member=f"p{last.pk}", by=by, reason="Pensiun.")

    assert open_task(run, "himpun")


def test_who_is_still_to_be_opened_is_not_dropped_and_that_is_said(office, run, people, monkeypatch):
    monkeypatch.setattr("runut.sop.actions.opening.AT_ONCE", 1)
    send_out(office, run)

    with pytest.raises(Refused, match="dalam antrean dibuka"):
        actions.drop_member(
            run=run, region="isi", member=f"p{people[2].pk}", by=office.actor(office.admin), reason="Pensiun."
        )


def test_who_is_opened_in_a_later_batch_of_a_return_is_told_so_too(office, run, people, client_for, monkeypatch):
    send_out(office, run)
    for each in people:
        do(office, run, "isi", each, member=f"p{each.pk}")
        do(office, run, "periksa", office.kasi[0], member=f"p{each.pk}")
    monkeypatch.setattr("runut.sop.actions.opening.AT_ONCE", 1)
    monkeypatch.setattr("runut.sop.actions.fanout.AT_ONCE", 1)
    do(office, run, "himpun", office.staf, "return", chosen=[each.pk for each in people], reason="Angka tertukar.")

    open_waiting_members.call(Join.objects.get(run=run, round=2).pk)

    tasks = list(Task.objects.filter(run=run, step="isi", state="open").order_by("pk"))
    assert [(task.opened_by_return, task.return_reason) for task in tasks] == [(True, "Angka tertukar.")] * 3
    assert list(rounds_of(tasks).values()) == [2, 2, 2]
    assert "Angka tertukar." in client_for(people[2]).get("/tugas/").text
