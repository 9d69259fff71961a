"""Many people at once, on a database that really commits: one effect each, and the join fires once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connections, transaction

from runut.audit.actions import record
from runut.audit.models import Entry
from runut.audit.queries import stream
from runut.audit.rules import verify
from runut.lib.errors import Refusal, Stale
from runut.sop import actions
from runut.sop.models import Command, Join, Task
from tests.cast import build_office
from tests.sop.play import act, do, holder, install, open_task

WORKERS = 8


def at_once(jobs):
    """Run the jobs in threads that start together; what each gave or raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait()
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def world(committed_db):
    cast = build_office()
    sop = install(cast, "inspektorat")
    members = cast.asn[:WORKERS]
    run = actions.start_run(
        sop=sop, by=cast.actor(cast.staf), title="Serentak", scope={"pegawai": [p.pk for p in members]}
    )
    do(cast, run, "siapkan", cast.staf)
    do(cast, run, "bagikan", cast.staf)
    return cast, run, members


def assert_log_is_whole(run):
    assert verify(list(stream(f"run:{run.pk}"))) == []


def test_eight_people_finishing_at_once_fire_the_join_once(world):
    cast, run, members = world
    at_once([lambda p=p: do(cast, run, "isi", p, member=f"p{p.pk}") for p in members])
    tasks = list(Task.objects.filter(run=run, step="periksa", state="open").select_related("pegawai", "jabatan"))

    at_once([lambda t=t: act(t, holder(cast, t)) for t in tasks])

    assert len(tasks) == WORKERS
    assert Task.objects.filter(run=run, step="himpun").count() == 1
    assert (Join.objects.get(run=run).pending, Join.objects.get(run=run).fired) == (0, True)
    assert_log_is_whole(run)


def test_every_form_sent_twice_at_the_same_moment_has_one_effect(world):
    cast, run, members = world
    pairs = [p for p in members[:4] for _twice in range(2)]
    tasks = {p.pk: open_task(run, "isi", f"p{p.pk}") for p in members[:4]}

    answers = at_once([lambda p=p: act(tasks[p.pk], cast.actor(p), key=f"klik-{p.pk}") for p in pairs])

    assert not any(isinstance(answer, Stale) for answer in answers)
    assert Task.objects.filter(run=run, step="periksa").count() == 4
    assert Command.objects.filter(key__startswith="klik-").count() == 4
    assert_log_is_whole(run)


def test_two_officials_of_a_joint_step_at_once_leave_one_done(committed_db):
    cast = build_office()
    sop = install(cast, "ngoro")
    run = actions.start_run(
        sop=sop, by=cast.actor(cast.camat), title="Serentak", scope={"stakeholder": [cast.kasi[0].pk]}
    )
    do(cast, run, "perintah", cast.camat)
    do(cast, run, "rencana", cast.kasubag)
    do(cast, run, "perbaiki", cast.kasi[0], member=f"p{cast.kasi[0].pk}")
    tasks = {t.jabatan.code: t for t in Task.objects.filter(run=run, step="himpun").select_related("jabatan")}

    answers = at_once(
        [
            lambda: act(tasks["kasubag"], cast.actor(cast.kasubag)),
            lambda: act(tasks["sekretaris"], cast.actor(cast.sekretaris)),
        ]
    )

    states = sorted(Task.objects.filter(run=run, step="himpun").values_list("state", flat=True))
    assert states == ["covered", "done"]
    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    assert Task.objects.filter(run=run, step="lapor").count() == 1
    assert Entry.objects.filter(stream=f"run:{run.pk}", event="task.completed").count() == 4


def test_who_waited_behind_a_hand_over_finds_the_task_with_somebody_else(committed_db):
    cast = build_office()
    run = actions.start_run(sop=install(cast, "inspektorat"), by=cast.actor(cast.staf), title="Serentak")
    task, asked = open_task(run, "siapkan"), Event()

    def ask_meanwhile():
        asked.set()
        return act(task, cast.actor(cast.staf))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.hand_over(task=task, by=cast.actor(cast.camat), to=cast.jabatan["kasubag"], reason="Cuti.")
            answer = pool.submit(at_once, [ask_meanwhile])
            asked.wait()
            sleep(0.3)  # The other one reads the task now, as it was, and waits.
        [refusal] = answer.result()

    task.refresh_from_db()
    assert isinstance(refusal, Stale) and refusal.sentence.startswith("Tugas ini sudah dialihkan kepada")
    assert (task.state, task.jabatan) == ("open", cast.jabatan["kasubag"])


def test_eight_writers_of_one_stream_keep_one_chain(committed_db):
    cast = build_office()
    by = cast.actor(cast.camat)

    def write(number):
        with transaction.atomic():
            for part in range(3):
                record("office.updated", subject=cast.office, by=by, after={"phone": f"{number}-{part}"})

    at_once([lambda number=number: write(number) for number in range(WORKERS)])

    written = list(stream(cast.office.audit_stream))
    assert [entry.seq for entry in written] == list(range(1, 3 * WORKERS + 1))
    assert verify(written) == []
    told = [entry.payload["after"]["phone"] for entry in written]
    assert all([n.split("-")[1] for n in told[at : at + 3]] == ["0", "1", "2"] for at in range(0, len(told), 3))
