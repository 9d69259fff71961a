"""Who fills each lane: what the office chose for its other SOPs is proposed, and nothing is bound unseen."""

import re

from runut.sop import actions, library
from runut.sop.queries import bindings_of
from runut.sop.rules.parse import dump
from tests.cast import build_office
from tests.sop.play import install
from tests.sop.procedures import put_in_force, straight


def _ticked(page):
    return {(slot, int(pk)) for slot, pk in re.findall(r'name="slot_(\w+)" value="(\d+)"[^>]*checked', page)}


def _drafted(office, code="kintom"):
    return actions.import_version(office=office.office, text=library.text(code), by=office.actor(office.camat)).sop


def test_slots_that_another_sop_binds_are_ticked_as_a_proposal(office, client_for):
    other, sop = install(office, "inspektorat"), _drafted(office)

    page = client_for(office.camat).get(f"/sop/{sop.pk}/peran/").text

    known = {(slot, pk) for slot, pks in bindings_of(other.pk).items() for pk in pks}
    slots = {lane.slot for lane in library.read("kintom").lanes}
    assert _ticked(page) == {(slot, pk) for slot, pk in known if slot in slots}
    assert "dicentang sebagai usulan" in page and page.count("Usulan, sama dengan SOP lain di kantor ini") > 0
    assert bindings_of(sop.pk) == {}


def test_what_the_sop_has_itself_is_no_proposal(office, client_for):
    install(office, "inspektorat")
    sop = put_in_force(office, straight())

    page = client_for(office.camat).get(f"/sop/{sop.pk}/peran/").text

    assert _ticked(page) == {(slot, pk) for slot, pks in bindings_of(sop.pk).items() for pk in pks}
    assert "usulan" not in page


def test_an_office_without_another_sop_and_a_neighbour_get_no_proposal(office, client_for):
    install(build_office(instansi=office.instansi), "inspektorat")
    sop = _drafted(office)

    page = client_for(office.camat).get(f"/sop/{sop.pk}/peran/").text

    assert _ticked(page) == set()
    assert "usulan" not in page


def test_the_latest_of_several_is_proposed(office, client_for):
    first = install(office, "inspektorat")
    actions.bind_lane(sop=first, slot="staf", jabatan=[office.jabatan["kasubag"]], by=office.actor(office.camat))
    put_in_force(office, straight())
    sop = actions.import_version(
        office=office.office, text=dump(straight()).replace("code: lurus", "code: lain"), by=office.actor(office.camat)
    ).sop

    page = client_for(office.camat).get(f"/sop/{sop.pk}/peran/").text

    assert ("staf", office.jabatan["staf"].pk) in _ticked(page)
    assert ("staf", office.jabatan["kasubag"].pk) not in _ticked(page)
