"""A position that nobody holds is said wherever its turn comes, with a way to mend it for who may."""

from dataclasses import replace
from datetime import date

import pytest

from runut.lib.acts import new_key
from runut.organisation.models import Assignment
from runut.sop import actions
from runut.sop.queries import inbox as queries
from runut.sop.rules.parse import dump
from tests.harness.scenes import scene
from tests.sop.procedures import LANES, open_task, put_in_force, start, step, straight

LINK = 'href="/atur/jabatan/"'


@scene
def run(office, frozen_time):
    return start(office)


def _leaves(person):
    Assignment.objects.filter(pegawai=person).update(end=date(2026, 1, 30))


def _done(office, client_for, run):
    client = client_for(office.staf)
    client.post(
        f"/tugas/{open_task(run, 'langkah1').pk}/kerjakan/", {"key": new_key(), "act": "complete", "note": "Sudah."}
    )
    return client.get("/tugas/").text


def test_the_check_of_a_draft_names_positions_that_nobody_holds(office, client_for):
    sop = put_in_force(office, straight())
    text = dump(straight()).replace("Mengerjakan langkah2", "Menyampaikan langkah2")
    actions.import_version(office=office.office, text=text, by=office.actor(office.camat))
    _leaves(office.sekretaris)
    client = client_for(office.camat)

    pages = [client.get(f"/sop/{sop.pk}/{address}").text for address in ("versi/2/", "sahkan/")]

    assert all("Jabatan “Sekretaris Kecamatan” belum ada pemangkunya" in page for page in pages)


def test_starting_says_which_positions_nobody_holds(office, client_for, frozen_time):
    sop = put_in_force(office, straight())
    _leaves(office.staf)
    client = client_for(office.camat)

    asked = client.get(f"/sop/{sop.pk}/mulai/").text
    told = client.post(f"/sop/{sop.pk}/mulai/", {"key": new_key(), "title": "Urusan"}, follow=True).content.decode()

    assert "Belum ada pemangkunya: Pengelola Data" in asked and LINK in asked
    assert "Berikutnya giliran Pengelola Data (belum ada pemangkunya)" in told


def test_who_started_it_reads_with_whom_it_lies(office, client_for, frozen_time):
    sop = put_in_force(office, straight())

    told = client_for(office.camat).post(f"/sop/{sop.pk}/mulai/", {"key": new_key(), "title": "Urusan"}, follow=True)

    assert (
        f"Berikutnya giliran Pengelola Data ({office.staf.full_name}): Mengerjakan langkah1." in told.content.decode()
    )


def test_the_confirmation_names_position_and_person(office, run, client_for):
    page = _done(office, client_for, run)

    assert f"Berikutnya giliran Sekretaris Kecamatan ({office.sekretaris.full_name}): Mengerjakan langkah2." in page


def test_whoever_stands_in_is_named_as_such(office, run, client_for):
    _leaves(office.sekretaris)
    Assignment.objects.create(
        instansi=office.instansi, pegawai=office.kasubag, jabatan=office.jabatan["sekretaris"], kind="plh",
        start=date(2026, 2, 1), decree_number="800/1/2026", exclusive=False,
    )  # fmt: skip

    page = _done(office, client_for, run)

    assert f"Sekretaris Kecamatan (Plh. {office.kasubag.full_name})" in page


@pytest.mark.parametrize(("who", "offered"), [("camat", True), ("staf", False)])
def test_board_and_task_say_it_and_offer_the_way_to_who_may_mend_it(office, run, client_for, who, offered):
    _done(office, client_for, run)
    _leaves(office.sekretaris)
    client = client_for(getattr(office, who))

    pages = [
        client.get(f"/{address}/").text for address in (f"sop/jalan/{run.pk}", f"tugas/{open_task(run, 'langkah2').pk}")
    ]

    for page in pages:
        assert "Belum ada pemangkunya: Sekretaris Kecamatan" in page
        assert (LINK in page.partition("Belum ada pemangkunya")[2]) == offered
        assert "Sekretaris Kecamatan (belum ada pemangkunya)" in page


def test_the_board_names_the_person_beside_the_position(office, run, client_for):
    page = client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text

    assert page.count(f"Pengelola Data ({office.staf.full_name})") >= 2
    assert "Belum ada pemangkunya" not in page


def test_whoever_may_not_do_it_reads_whose_it_is_by_name(office, run, client_for):
    page = client_for(office.kasubag).get(f"/tugas/{open_task(run, 'langkah1').pk}/").text

    assert f"Tugas ini milik Pengelola Data ({office.staf.full_name})" in page


def test_the_list_of_what_others_have_to_do_says_it(office, run, client_for):
    _done(office, client_for, run)
    _leaves(office.sekretaris)

    [row] = queries.waiting_for(office.actor(office.camat))
    page = client_for(office.camat).get("/tugas/menunggu/").text

    assert row.waiting_for == "Sekretaris Kecamatan (belum ada pemangkunya)"
    assert f"<a {LINK}>Tetapkan pejabatnya</a>" in page


def test_of_several_who_have_a_step_it_says_how_many_are_wanting(office, frozen_time):
    both = replace(step("langkah1", "staf", None), lanes=("staf", "sekretaris"), joint="all")
    put_in_force(office, replace(straight(), steps=(both,), lanes=LANES[1:3]))
    start(office)
    _leaves(office.sekretaris)

    [row] = queries.waiting_for(office.actor(office.camat))

    assert row.waiting_for == "2 pelaksana (1 belum ada pemangkunya)"
    assert row.mend_url
