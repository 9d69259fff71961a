"""The engine on rows: one step done, with everything that belongs to it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused, Stale
from runut.sop import actions
from runut.sop.models import Branch, Join, Paraf, Run, Task
from runut.sop.queries import definition_of
from runut.sop.rules.replay import Happened, replay
from tests.cast import build_office
from tests.harness.scenes import scene
from tests.sop.play import act, do, install, open_task


@scene
def inspektorat(office, frozen_time):
    return install(office, "inspektorat")


@scene
def people(office):
    """Three ASN of the first section and their superior."""
    return office.asn_of(office.kasi[0])


@scene
def run(office, inspektorat, people):
    by = office.actor(office.staf)
    return actions.start_run(
        sop=inspektorat, by=by, title="Triwulan III 2026", scope={"pegawai": [p.pk for p in people]}, key="mulai"
    )


def distributed(office, run):
    do(office, run, "siapkan", office.staf)
    do(office, run, "bagikan", office.staf)


def validated(office, run, people):
    distributed(office, run)
    for person in people:
        do(office, run, "isi", person, member=f"p{person.pk}")
        do(office, run, "periksa", office.kasi[0], member=f"p{person.pk}")


def logged(run):
    return [
        Happened(e.event, e.payload["before"], e.payload["after"])
        for e in Entry.objects.filter(stream=f"run:{run.pk}").order_by("seq")
    ]


def assert_log_replays_to_the_rows(run):
    """What is open, in which place and round, is the same in the log and in the tables."""
    run.refresh_from_db()
    model = replay(definition_of(run.version), logged(run))
    rows: dict = {}
    for task in Task.objects.filter(run=run, state="open").select_related("branch"):
        rows.setdefault((task.step, task.branch.member if task.branch else None), set()).add(task.slot)
    assert model.open == rows
    assert model.ended == (run.state in ("done", "cancelled"))
    rounds = {p: model.rounds[p] for p in model.open}
    in_rows = {
        (t.step, t.branch.member if t.branch else None): t.round
        for t in Task.objects.filter(run=run, state="open").select_related("branch")
    }
    assert rounds == in_rows


@pytest.mark.requirement("R-INSP-22")
def test_a_run_starts_with_its_first_step_open_without_an_order(office, run):
    task = Task.objects.get(run=run)

    assert (task.step, task.state, task.jabatan.code) == ("siapkan", "open", "staf")
    assert Entry.objects.filter(stream=f"run:{run.pk}").get().event == "run.started"


def test_starting_again_with_the_same_key_gives_the_same_run(office, inspektorat, run):
    again = actions.start_run(sop=inspektorat, by=office.actor(office.staf), title="Lagi", key="mulai")

    assert again == run
    assert Run.objects.count() == 1


@pytest.mark.requirement("R-INSP-12", "R-INSP-13", "R-INSP-15", "R-INSP-20")
def test_the_collection_runs_from_the_form_to_the_end(office, run, people):
    validated(office, run, people)
    do(office, run, "himpun", office.staf)
    do(office, run, "tandatangan", office.camat)
    do(office, run, "terbitkan", office.camat)

    run.refresh_from_db()
    assert run.state == "done"
    assert not Task.objects.filter(run=run, state="open").exists()
    assert Paraf.objects.count() == len(people)
    assert_log_replays_to_the_rows(run)


@pytest.mark.requirement("R-INSP-9")
def test_each_form_goes_to_the_direct_superior_of_its_subject(office, inspektorat):
    first, other = office.asn_of(office.kasi[0])[0], office.asn_of(office.kasi[1])[0]
    run = actions.start_run(
        sop=inspektorat, by=office.actor(office.staf), title="Uji", scope={"pegawai": [first.pk, other.pk]}
    )
    distributed(office, run)

    for person in (first, other):
        do(office, run, "isi", person, member=f"p{person.pk}")

    addressed = {t.branch.pegawai_id: t.jabatan.code for t in Task.objects.filter(run=run, step="periksa")}
    assert addressed == {first.pk: "kasi1", other.pk: "kasi2"}


@pytest.mark.requirement("R-INSP-14")
def test_a_return_goes_to_one_person_while_the_others_go_on(office, run, people):
    distributed(office, run)
    first, second, third = people
    for person in people:
        do(office, run, "isi", person, member=f"p{person.pk}")

    do(office, run, "periksa", office.kasi[0], "return", member=f"p{first.pk}", reason="Bukti tidak cocok.")
    do(office, run, "periksa", office.kasi[0], member=f"p{second.pk}")
    do(office, run, "periksa", office.kasi[0], member=f"p{third.pk}")

    back = open_task(run, "isi", f"p{first.pk}")
    assert (back.round, back.return_reason, back.opened_by_return) == (2, "Bukti tidak cocok.", True)
    assert Join.objects.get(run=run).pending == 1
    assert_log_replays_to_the_rows(run)


@pytest.mark.requirement("R-INSP-14")
def test_the_gathering_waits_for_the_last_and_opens_once(office, run, people):
    distributed(office, run)
    for person in people:
        do(office, run, "isi", person, member=f"p{person.pk}")
    first, *others = people
    do(office, run, "periksa", office.kasi[0], "return", member=f"p{first.pk}", reason="Salah triwulan.")
    for person in others:
        do(office, run, "periksa", office.kasi[0], member=f"p{person.pk}")
    before = Task.objects.filter(run=run, step="himpun").count()

    do(office, run, "isi", first, member=f"p{first.pk}")
    do(office, run, "periksa", office.kasi[0], member=f"p{first.pk}")

    assert (before, Task.objects.filter(run=run, step="himpun").count()) == (0, 1)


@pytest.mark.requirement("R-INSP-17", "R-INSP-19")
def test_an_error_found_after_signature_opens_a_round_for_that_person_only(office, run, people):
    validated(office, run, people)
    do(office, run, "himpun", office.staf)
    do(office, run, "tandatangan", office.camat)

    do(office, run, "terbitkan", office.camat, "return", chosen=[people[1].pk], reason="Angka tertukar.")

    opened = Task.objects.filter(run=run, state="open")
    assert [(t.step, t.branch.member, t.round) for t in opened] == [("isi", f"p{people[1].pk}", 2)]
    assert Branch.objects.filter(run=run, state="done").count() == 2
    join = Join.objects.filter(run=run).order_by("-round").first()
    assert (join.round, join.total, join.pending) == (2, 1, 1)
    assert_log_replays_to_the_rows(run)


def test_a_return_without_a_reason_is_refused(office, run, people):
    distributed(office, run)
    do(office, run, "isi", people[0], member=f"p{people[0].pk}")

    with pytest.raises(Refused, match="Tulis alasan"):
        do(office, run, "periksa", office.kasi[0], "return", member=f"p{people[0].pk}")


def test_somebody_else_is_told_whose_task_it_is(office, run):
    with pytest.raises(Denied, match="Tugas ini milik Pengelola Data"):
        act(open_task(run, "siapkan"), office.actor(office.camat))


def test_a_double_click_gets_the_stored_answer(office, run):
    task, by = open_task(run, "siapkan"), office.actor(office.staf)

    first = act(task, by, key="klik")
    second = act(task, by, key="klik")

    assert second == first
    assert Task.objects.filter(run=run, step="bagikan").count() == 1
    assert Entry.objects.filter(stream=f"run:{run.pk}", event="task.completed").count() == 1


def test_a_stale_page_is_told_who_did_it(office, run):
    task, by = open_task(run, "siapkan"), office.actor(office.staf)
    act(task, by, key="satu")

    with pytest.raises(Stale, match="sudah dikerjakan oleh Pengelola Data"):
        act(task, by, key="dua")


def test_a_key_cannot_be_used_for_another_act(office, run):
    by = office.actor(office.staf)
    act(open_task(run, "siapkan"), by, key="satu")

    with pytest.raises(Stale, match="tindakan lain"):
        act(open_task(run, "bagikan"), by, key="satu")


@pytest.mark.requirement("R-NGORO-28", "R-INSP-20")
def test_a_task_is_due_in_working_time_and_late_asks_for_a_reason(office, run, frozen_time):
    task = open_task(run, "siapkan")
    frozen_time.shift(timedelta(days=7))

    with pytest.raises(Refused, match="alasan keterlambatan"):
        act(task, office.actor(office.staf))
    act(task, office.actor(office.staf), late_reason="Menunggu SK.")

    task.refresh_from_db()
    assert (task.state, task.late_reason) == ("done", "Menunggu SK.")


def test_what_was_done_in_time_is_not_late_afterwards(office, run, frozen_time, client_for):
    in_time = open_task(run, "siapkan")
    act(in_time, office.actor(office.staf))
    late = open_task(run, "bagikan")
    frozen_time.shift(timedelta(days=7))

    client = client_for(office.staf)
    pages = [client.get(f"/tugas/{task.pk}/", follow=True).text for task in (in_time, late)]

    assert ["work-late" in page for page in pages] == [False, True]


def test_the_clock_of_one_superior_queues_the_forms(office, run, people):
    distributed(office, run)
    for person in people:
        do(office, run, "isi", person, member=f"p{person.pk}")

    dues = list(Task.objects.filter(run=run, step="periksa").order_by("due_at").values_list("due_at", flat=True))

    assert [b - a for a, b in pairwise(dues)] == [timedelta(minutes=15)] * 2


def test_a_held_run_takes_no_act_and_keeps_its_remaining_time(office, run, frozen_time):
    before = open_task(run, "siapkan").due_at
    head = office.actor(office.camat)
    actions.hold(run=run, by=head, reason="Menunggu data BPS.")

    with pytest.raises(Refused, match="Menunggu data BPS"):
        act(open_task(run, "siapkan"), office.actor(office.staf))
    frozen_time.shift(timedelta(days=1))
    actions.resume(run=run, by=head)

    assert open_task(run, "siapkan").due_at == before + timedelta(days=1)


def test_only_the_head_or_the_admin_holds_a_run(office, run):
    with pytest.raises(Denied, match="pimpinan kantor atau admin"):
        actions.hold(run=run, by=office.actor(office.staf), reason="Coba.")


def test_a_cancelled_run_keeps_its_trail_and_takes_no_act(office, run):
    actions.cancel(run=run, by=office.actor(office.camat), reason="Salah buka.")

    run.refresh_from_db()
    assert (run.state, run.stop_reason) == ("cancelled", "Salah buka.")
    with pytest.raises(Refused, match="sudah dibatalkan"):
        act(Task.objects.get(run=run), office.actor(office.staf))
    assert_log_replays_to_the_rows(run)


def test_a_task_is_handed_over_and_the_log_keeps_both(office, run):
    task = open_task(run, "siapkan")

    actions.hand_over(task=task, by=office.actor(office.camat), to=office.kasubag, reason="Staf cuti.")
    act(task, office.actor(office.kasubag))

    entry = Entry.objects.get(event="task.handed_over")
    assert entry.payload["before"]["jabatan"] == office.jabatan["staf"].pk
    assert entry.payload["after"]["to"] == office.kasubag.full_name


@pytest.mark.requirement("R-INSP-11")
def test_who_joins_late_gets_the_form_too(office, run, people):
    distributed(office, run)
    late = office.asn_of(office.kasi[1])[0]

    actions.join_late(
        run=run, region="isi", member=f"p{late.pk}", by=office.actor(office.admin), reason="Mutasi masuk."
    )

    assert open_task(run, "isi", f"p{late.pk}").pegawai == late
    assert Join.objects.get(run=run).pending == 4
    assert_log_replays_to_the_rows(run)


def test_nobody_joins_late_without_a_reason(office, run, people):
    distributed(office, run)
    late = office.asn_of(office.kasi[1])[0]

    with pytest.raises(Refused, match="Tulis alasan"):
        actions.join_late(run=run, region="isi", member=f"p{late.pk}", by=office.actor(office.admin), reason=" ")


def test_who_leaves_is_dropped_with_a_reason(office, run, people):
    distributed(office, run)
    gone = people[0]

    actions.drop_member(run=run, region="isi", member=f"p{gone.pk}", by=office.actor(office.admin), reason="Pensiun.")

    assert Join.objects.get(run=run).pending == 2
    assert Task.objects.get(run=run, branch__member=f"p{gone.pk}").state == "cancelled"
    assert_log_replays_to_the_rows(run)


def test_a_task_is_handed_to_nobody_outside_the_office_and_to_no_closed_position(office, run):
    task, by, closed = open_task(run, "siapkan"), office.actor(office.camat), office.jabatan["kasi4"]
    closed.closed_on = date(2026, 1, 2)

    for to in (build_office(instansi=office.instansi).staf, closed):
        with pytest.raises(Refused, match="masih bertugas di kantor ini"):
            actions.hand_over(task=task, by=by, to=to, reason="Staf cuti.")


@pytest.mark.requirement("R-NGORO-17")
def test_one_of_two_officials_suffices_and_the_other_is_shown(office, frozen_time, client_for):
    sop = install(office, "ngoro")
    run = actions.start_run(
        sop=sop, by=office.actor(office.camat), title="Perbaikan", scope={"stakeholder": [office.kasi[0].pk]}
    )
    do(office, run, "perintah", office.camat)
    do(office, run, "rencana", office.kasubag)
    do(office, run, "perbaiki", office.kasi[0], member=f"p{office.kasi[0].pk}")
    slots = Task.objects.filter(run=run, step="himpun", state="open")
    asked = {t.jabatan.code for t in slots}

    act(slots.get(jabatan=office.jabatan["sekretaris"]), office.actor(office.sekretaris))

    by_code = {t.jabatan.code: t for t in Task.objects.filter(run=run, step="himpun").select_related("jabatan")}
    assert asked == {"kasubag", "sekretaris"}
    assert (by_code["sekretaris"].state, by_code["sekretaris"].done_by) == ("done", office.sekretaris)
    assert by_code["kasubag"].state == "covered"
    assert open_task(run, "lapor")
    page = client_for(office.kasubag).get(f"/tugas/{by_code['kasubag'].pk}/").text
    assert f"<dt>Dikerjakan oleh</dt><dd>{office.sekretaris.full_name}, " in page
    assert "Dikerjakan rekan" in page and "belum ada pemangkunya" not in page
    assert_log_replays_to_the_rows(run)


@pytest.mark.requirement("R-ALL-9")
def test_a_plt_acts_for_the_position_and_the_title_is_frozen(office, run):
    from datetime import date

    from runut.organisation.models import Assignment

    Assignment.objects.create(
        instansi=office.instansi, pegawai=office.kasi[0], jabatan=office.jabatan["staf"], kind="plt", exclusive=False,
        start=date(2026, 1, 1), decree_number="800/12/2026",
    )  # fmt: skip

    act(open_task(run, "siapkan"), office.actor(office.kasi[0]))

    task = Task.objects.get(run=run, step="siapkan")
    assert task.done_title == "Plt. Pengelola Data"
    assert Entry.objects.get(event="task.completed").actor_title == "Plt. Pengelola Data"


@pytest.mark.requirement("R-SIDOARJO-36")
def test_a_lane_without_a_position_stops_the_start_with_a_sentence(office, inspektorat):
    inspektorat.bindings.filter(slot="kepala").delete()

    with pytest.raises(Refused, match="Lajur “Inspektur” belum diisi jabatan"):
        actions.start_run(sop=inspektorat, by=office.actor(office.staf), title="Uji")


def test_another_office_sees_nothing_of_a_run(office, run):
    stranger = build_office()

    by = stranger.actor(stranger.camat)
    assert not Run.objects.visible_to(by).exists()
    assert not Task.objects.visible_to(by).exists()


def test_a_run_stays_on_the_version_it_began_with(office, run, inspektorat):
    newer = install(office, "inspektorat", (lambda t: t.replace("time: 1 hari", "time: 2 hari"))(_text()))

    run.refresh_from_db()
    assert newer == inspektorat
    assert (run.version.no, run.version.state) == (1, "retired")
    do(office, run, "siapkan", office.staf)
    assert timezone.now() < open_task(run, "bagikan").due_at


def _text():
    from tests.sop.play import LIBRARY

    return (LIBRARY / "inspektorat.yaml").read_text(encoding="utf-8")
