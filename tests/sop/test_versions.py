"""A procedure is revised: as a new version, with a reason, by whoever may decide it."""

import re
from datetime import date

import pytest

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation.models import Assignment
from runut.sop import actions
from runut.sop.library import read, text
from runut.sop.models import SopVersion
from runut.sop.queries import bindings_of
from tests.sop.play import install

FIRST, LATER = date(2026, 1, 5), date(2026, 1, 12)


def draft(office):
    changed = text("inspektorat").replace("time: 1 hari", "time: 2 hari")
    return actions.import_version(office=office.office, text=changed, by=office.actor(office.camat))


@pytest.mark.requirement("R-KEMLAGI-12")
def test_a_revision_is_a_new_version_with_its_reason(office, frozen_time):
    sop = install(office, "inspektorat")
    version = draft(office)

    actions.put_in_force(
        version=version, by=office.actor(office.camat), effective_from=LATER, reason="Waktu baku terlalu singkat."
    )

    states = dict(SopVersion.objects.filter(sop=sop).values_list("no", "state"))
    version.refresh_from_db()
    assert states == {1: "retired", 2: "in_force"}
    assert version.revision_reason == "Waktu baku terlalu singkat."


@pytest.mark.requirement("R-KEMLAGI-12")
def test_a_revision_without_a_reason_is_refused(office, frozen_time):
    install(office, "inspektorat")

    with pytest.raises(Refused, match="Tulis alasan perubahan SOP"):
        actions.put_in_force(version=draft(office), by=office.actor(office.camat), effective_from=LATER)


def test_the_page_asks_for_the_reason(office, client_for):
    sop = install(office, "inspektorat")
    draft(office)

    answer = client_for(office.camat).post(f"/sop/{sop.pk}/sahkan/", {"effective_from": "1 Juni 2026"})

    assert answer.status_code == 422
    assert "Tulis alasan perubahan SOP" in answer.text


def test_a_plh_does_not_ratify(office, frozen_time):
    version = draft(office)
    Assignment.objects.filter(jabatan=office.jabatan["camat"]).update(end=date(2026, 1, 31))
    Assignment.objects.create(
        instansi=office.instansi, pegawai=office.sekretaris, jabatan=office.jabatan["camat"], kind="plt",
        start=date(2026, 2, 1), decree_number="800/1/2026", exclusive=False,
    )  # fmt: skip

    with pytest.raises(Denied, match=r"Plt\. atau Plh\."):
        actions.put_in_force(version=version, by=office.actor(office.sekretaris), effective_from=FIRST)


@pytest.mark.requirement("R-KINTOM-20")
def test_the_norms_of_kintom_add_up_to_990_minutes():
    norms = [step.norm for step in read("kintom").steps if step.norm is not None]

    assert {norm.unit for norm in norms} == {"menit"}
    assert sum(norm.amount for norm in norms) == 990


def test_the_draft_that_the_page_showed_is_ratified_and_no_newer_one(office, client_for, frozen_time):
    sop = install(office, "inspektorat")
    shown = draft(office)
    newer = text("inspektorat").replace("time: 1 hari", "time: 9 hari")
    actions.import_version(office=office.office, text=newer, by=office.actor(office.admin))
    sent = {"no": shown.no, "effective_from": "5 Januari 2026", "reason": "Waktu baku terlalu singkat."}

    answer = client_for(office.camat).post(f"/sop/{sop.pk}/sahkan/", sent)

    assert answer.status_code == 302
    assert dict(SopVersion.objects.filter(sop=sop).values_list("no", "state")) == {
        1: "retired", 2: "in_force", 3: "draft",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "sentence"), [("1 Desember 2099", "belum tiba"), ("2 Januari 2026", "sebelum versi yang digantikan")]
)
def test_a_day_on_which_it_cannot_begin_is_explained_at_the_field(office, client_for, day, sentence):
    sop = install(office, "inspektorat")
    version = draft(office)
    sent = {"no": version.no, "effective_from": day, "reason": "Waktu baku terlalu singkat."}

    answer = client_for(office.camat).post(f"/sop/{sop.pk}/sahkan/", sent)

    version.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.text
    assert version.state == "draft"


def test_the_log_says_which_version_was_replaced(office, frozen_time):
    install(office, "inspektorat")

    actions.put_in_force(
        version=draft(office), by=office.actor(office.camat), effective_from=FIRST, reason="Diperbaiki."
    )

    entry = Entry.objects.filter(event="sop.put_in_force").latest("pk")
    assert (entry.payload["before"], entry.payload["after"]["no"]) == ({"no": 1}, 2)


def test_lanes_somebody_else_changed_meanwhile_are_not_overwritten(office, client_for):
    sop = install(office, "inspektorat")
    client, page = client_for(office.camat), f"/sop/{sop.pk}/peran/"
    shown = re.search(r'name="shown" value="(\w+)"', client.get(page).text)[1]
    kept = {f"slot_{slot}": ids for slot, ids in bindings_of(sop.pk).items()}
    actions.bind_lane(sop=sop, slot="staf", jabatan=[office.jabatan["kasubag"]], by=office.actor(office.admin))

    answer = client.post(page, {**kept, "shown": shown})

    assert answer.status_code == 409
    assert "diubah orang lain" in answer.text
    assert bindings_of(sop.pk)["staf"] == [office.jabatan["kasubag"].pk]


def test_a_lane_of_an_sop_in_force_is_not_left_without_a_position(office):
    sop = install(office, "inspektorat")

    with pytest.raises(Refused, match="belum diikat ke jabatan"):
        actions.bind_lane(sop=sop, slot="kepala", jabatan=[], by=office.actor(office.camat))

    assert bindings_of(sop.pk)["kepala"]


def test_the_same_file_again_is_answered_with_the_draft_there_is(office, client_for):
    sent = {"office": office.office.pk, "library": "kintom", "text": ""}
    client = client_for(office.camat)

    answers = [client.post("/sop/impor/", sent) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "draf versi 1" in answers[1].text
    assert SopVersion.objects.count() == 1
