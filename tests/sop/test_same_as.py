"""A step done by whoever did an earlier one: after a fan-out everybody who did a part of it, and nobody else."""

import pytest

from runut.sop import actions
from runut.sop.models import Task
from tests.harness.scenes import scene
from tests.sop.play import do, install, open_task

HAND_UP = "Menyampaikan hasil perbaikan data kinerja kepada Kasubag Evlap"


@scene
def checked(office, frozen_time):
    """Kintom's procedure up to its sixth row: two of the four section heads checked a repair of their people."""
    people = [office.asn_of(office.kasi[0])[0], office.asn_of(office.kasi[1])[0]]
    run = actions.start_run(
        sop=install(office, "kintom"), by=office.actor(office.camat), title="Perbaikan",
        scope={"pegawai": [person.pk for person in people]},
    )  # fmt: skip
    for step, who in zip(
        ("teliti", "perintah", "koordinasi", "teruskan"),
        (office.camat, office.camat, office.sekretaris, office.kasubag),
        strict=True,
    ):
        do(office, run, step, who)
    for person, kasi in zip(people, office.kasi, strict=False):
        repair(office, run, person, kasi)
    return run


def repair(office, run, person, kasi):
    do(office, run, "perbaiki", person, member=f"p{person.pk}")
    do(office, run, "koreksi", kasi, member=f"p{person.pk}")


def posts(run, step):
    return sorted(Task.objects.filter(run=run, step=step, state="open").values_list("jabatan__code", flat=True))


@pytest.mark.requirement("R-KINTOM-16")
def test_only_section_heads_who_checked_a_repair_hand_it_up(office, checked, client_for):
    assert posts(checked, "sampaikan") == ["kasi1", "kasi2"]
    for kasi in office.kasi[:2]:
        assert HAND_UP in client_for(kasi).get("/tugas/").text
    for kasi in office.kasi[2:]:
        assert HAND_UP not in client_for(kasi).get("/tugas/").text


def test_the_page_says_that_one_of_them_is_enough(office, checked, client_for):
    task = open_task(checked, "sampaikan")

    page = " ".join(client_for(office.camat).get(f"/tugas/{task.pk}/").text.split())

    assert "2 orang, salah satu cukup" in page and office.kasi[1].full_name in page


def test_one_of_them_hands_it_up_for_both(office, checked):
    do(office, checked, "sampaikan", office.kasi[0])

    assert posts(checked, "rekap") == ["kasubag", "staf"]
    assert set(Task.objects.filter(run=checked, step="sampaikan").values_list("state", flat=True)) == {
        "done", "covered"
    }  # fmt: skip


def test_in_the_next_round_it_is_up_to_whoever_checked_in_that_round(office, checked):
    person = office.asn_of(office.kasi[1])[0]
    do(office, checked, "sampaikan", office.kasi[0])
    do(office, checked, "rekap", office.kasubag)
    do(office, checked, "paraf", office.sekretaris, "return", chosen=[person.pk], reason="Masih keliru")

    repair(office, checked, person, office.kasi[1])

    assert posts(checked, "sampaikan") == ["kasi2"]
