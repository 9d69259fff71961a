"""A job that its worker left behind is done by another one."""

import os
import signal
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.compat import task_started
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from runut.sop.actions import start_run
from runut.sop.actions.fanout import open_waiting_members
from runut.sop.models import Join, Task
from runut.web.jobs import LEASE, give_back_lost
from tests.sop.play import do, install


@pytest.fixture
def many(committed_db, settings, monkeypatch):
    """A fan-out of which most members wait for the worker."""
    from tests.cast import build_office

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("runut.sop.actions.opening.AT_ONCE", 2)
    monkeypatch.setattr("runut.sop.actions.fanout.AT_ONCE", 2)
    office = build_office()
    sop = install(office, "inspektorat")
    run = start_run(
        sop=sop, by=office.actor(office.staf), title="Banyak", scope={"pegawai": [p.pk for p in office.asn[:7]]}
    )
    do(office, run, "siapkan", office.staf)
    do(office, run, "bagikan", office.staf)
    return run


def work():
    call_command("worker", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)


def test_the_members_beyond_the_first_batch_are_opened_by_the_worker(many):
    before = Task.objects.filter(run=many, step="isi").count()

    work()

    assert (before, Task.objects.filter(run=many, step="isi").count()) == (2, 7)
    assert (Join.objects.get(run=many).waiting, Join.objects.get(run=many).pending) == ([], 7)


def test_a_job_of_a_dead_worker_is_given_back_after_its_lease(many):
    job = DBTaskResult.objects.get()
    job.claim("died")

    early = give_back_lost(timezone.now() + LEASE / 2)
    late = give_back_lost(timezone.now() + LEASE + timedelta(seconds=1))
    work()

    assert (early, late) == (0, 1)
    assert Task.objects.filter(run=many, step="isi").count() == 7


@pytest.fixture
def _own_signals():
    """The worker sets handlers of its own."""
    heard = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)}
    yield
    for number, handler in heard.items():
        signal.signal(number, handler)


def _ask_to_stop(**_given):
    os.kill(os.getpid(), signal.SIGTERM)


def test_a_worker_asked_twice_to_stop_ends_its_job_first(many, _own_signals):
    def twice(**_given):
        _ask_to_stop()
        _ask_to_stop()

    task_started.connect(twice)
    try:
        call_command("worker", "--no-startup-delay", "--no-reload", verbosity=0)
    finally:
        task_started.disconnect(twice)

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert Task.objects.filter(run=many, step="isi").count() == 7


def test_a_worker_with_nothing_to_do_is_not_torn_out_of_what_it_does(many, _own_signals, monkeypatch):
    work()
    monkeypatch.setattr(db_worker, "close_old_connections", _ask_to_stop)

    call_command("worker", "--no-startup-delay", "--no-reload", verbosity=0)

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_the_job_run_twice_opens_nobody_twice(many):
    join = Join.objects.get(run=many)

    first, second = open_waiting_members.call(join.pk), open_waiting_members.call(join.pk)

    assert (first, second) == (5, 0)
