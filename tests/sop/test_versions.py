"""A procedure is revised: as a new version, with a reason, by whoever may decide it."""

from datetime import date

import pytest

from runut.lib.errors import Denied, Refused
from runut.organisation.models import Assignment
from runut.sop import actions
from runut.sop.library import read, text
from runut.sop.models import SopVersion
from tests.sop.play import install

FIRST, LATER = date(2026, 1, 5), date(2026, 6, 1)


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
