"""Another name of an office: the papers whose parafs are lost by it are named first, and the parafs asked for again."""

import pytest

from runut.audit.models import Entry
from runut.documents.actions import LosesParafs, rename_office
from runut.documents.queries import main_document
from runut.organisation.actions import update_office, update_pegawai
from runut.sop.actions import hold, resume
from runut.sop.queries.inbox import inbox
from tests.documents import builders
from tests.documents.test_letterhead import NEW
from tests.sop.play import open_task

PAGE = "/atur/kantor/"
TICK = 'name="agreed"'


@pytest.fixture
def same(office):
    """What the page opens with, but for what is given."""
    return NEW | {"name": office.office.name, "short_name": office.office.short_name, "triwulan": "Triwulan"}


def test_who_renames_the_office_reads_first_which_parafs_are_lost(office, to_sign, client_for, same):
    client, old = client_for(office.admin), office.office.name
    assert TICK not in client.get(PAGE).text

    asked = client.post(PAGE, same | {"name": "Kecamatan Contoh Baru"})

    office.office.refresh_from_db()
    assert (asked.status_code, office.office.name) == (422, old)
    assert "Laporan Perbaikan Data Kinerja" in asked.text and "1 dokumen yang belum selesai" in asked.text
    assert TICK in asked.text and 'value="Kecamatan Contoh Baru"' in asked.text
    assert not Entry.objects.filter(event="office.updated").exists()

    client.post(PAGE, same | {"name": "Kecamatan Contoh Baru", "agreed": "on"})

    office.office.refresh_from_db()
    assert office.office.name == "Kecamatan Contoh Baru"
    assert [row.verb for row in inbox(office.actor(office.sekretaris)).again] == ["Paraf ulang"]


def test_who_is_asked_for_the_paraf_again_reads_the_old_name_and_the_new_one(office, to_sign, client_for, same):
    old, words = office.office.name, same | {"name": "Kecamatan Baru", "triwulan": "Tribulan", "agreed": "on"}
    client_for(office.admin).post(PAGE, words)
    reader, told = client_for(office.sekretaris), f"Nama kantor {old} → Kecamatan Baru; Sebutan Triwulan → Tribulan."

    tasks, paper = (reader.get(at).text for at in ("/tugas/", main_document(to_sign.run).get_absolute_url()))

    assert told in tasks.partition('class="task-quote"')[2].partition("</span>")[0]
    assert told in paper.partition("Paraf tidak berlaku lagi")[2].partition("</div>")[0]


def test_who_is_asked_for_the_paraf_again_reads_whose_name_changed(office, compiled, client_for):
    builders.initial(office, compiled.run)
    first, old = main_document(compiled.run), compiled.a.full_name
    update_pegawai(pegawai=compiled.a, changes={"name": "Rini Barutama"}, by=office.actor(office.admin))
    client_for(office.camat).post(f"/tugas/{open_task(compiled.run, 'tandatangan').pk}/dokumen-baru/")
    reader, told = client_for(office.sekretaris), f"Pemilik angka, Nama {old} → Rini Barutama"

    tasks, paper = (reader.get(at).text for at in ("/tugas/", first.get_absolute_url()))

    assert f"versi 2 berisi lain: {told}." in tasks
    assert told in paper.partition("Paraf tidak berlaku lagi")[2].partition("</div>")[0]
    # What stands on the portal names nobody.
    first.refresh_from_db()
    assert first.supersede_reason == "Isinya berubah."


def test_nothing_is_asked_where_no_paraf_is_lost(office, to_sign, client_for, same):
    saved = client_for(office.admin).post(PAGE, same | {"address": "Jalan Baru 99"})

    assert saved.status_code == 302
    assert inbox(office.actor(office.sekretaris)).again == []


def test_a_recap_that_does_not_print_the_name_keeps_its_paraf(office, compiled, client_for, same):
    builders.initial(office, compiled.run)
    client = client_for(office.admin)

    assert client.post(PAGE, same | {"name": "Kecamatan Contoh Baru"}).status_code == 302
    asked = client.post(PAGE, same | {"name": "Kecamatan Contoh Baru", "triwulan": "Tribulan"})

    assert asked.status_code == 422 and "Rekapitulasi Data Kinerja" in asked.text


def test_what_had_become_void_before_is_not_named_again(office, to_sign):
    update_office(office=office.office, changes={"name": "Kecamatan Lama"}, by=office.actor(office.admin))

    rename_office(office=office.office, changes={"name": "Kecamatan Baru"}, by=office.actor(office.admin))

    office.office.refresh_from_db()
    assert office.office.name == "Kecamatan Baru"


def test_the_action_refuses_without_a_yes(office, to_sign):
    with pytest.raises(LosesParafs) as refused:
        rename_office(office=office.office, changes={"name": "Kecamatan Baru"}, by=office.actor(office.admin))

    assert [paper.run_id for paper in refused.value.papers] == [to_sign.run.pk]


def test_in_a_procedure_that_is_held_they_are_asked_for_when_it_goes_on(office, to_sign):
    by = office.actor(office.camat)
    hold(run=to_sign.run, by=by, reason="Menunggu SK")

    rename_office(office=office.office, changes={"name": "Kecamatan Baru"}, by=office.actor(office.admin), agreed=True)
    assert inbox(office.actor(office.sekretaris)).again == []
    resume(run=to_sign.run, by=by)

    assert [row.verb for row in inbox(office.actor(office.sekretaris)).again] == ["Paraf ulang"]
