"""An SOP is ratified: complete in its identity, and by who may decide it."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation.models import Assignment, User
from runut.sop import actions
from runut.sop.actions.library import import_from_library, load_library
from runut.sop.models import VersionState
from runut.sop.queries import definition_of
from runut.sop.rules.parse import load

FIRST = date(2026, 1, 5)
NUMBER = "065/12/416-306/2026"


def draft(office, code):
    """An SOP of the library as the office's draft, with every slot bound."""
    item = next(item for item in load_library() if item.code == code)
    bindings = {slot: [office.jabatan["kasi1"]] for slot in item.slots} | {"kepala": [office.jabatan["camat"]]}
    return import_from_library(office=office.office, code=code, by=office.actor(office.camat), bindings=bindings)


@pytest.mark.requirement("R-NGORO-2", "R-KINTOM-1")
@pytest.mark.parametrize(
    ("code", "sentence", "field"),
    [("kintom", "Nomor SOP belum ada", "number"), ("ngoro", "belum lengkap", "number")],
)
def test_an_incomplete_identity_keeps_an_sop_from_being_put_in_force(office, frozen_time, code, sentence, field):
    version = draft(office, code)

    with pytest.raises(Refused, match=sentence) as refused:
        actions.put_in_force(version=version, by=office.actor(office.camat), effective_from=FIRST)

    version.refresh_from_db()
    assert (refused.value.code, version.state) == (field, VersionState.DRAFT)


@pytest.mark.requirement("R-KINTOM-1")
def test_without_the_day_it_was_made_it_is_not_put_in_force(office, frozen_time):
    version = draft(office, "kintom")

    with pytest.raises(Refused, match="Tanggal pembuatan belum ada") as refused:
        actions.put_in_force(version=version, by=office.actor(office.camat), effective_from=FIRST, number=NUMBER)

    assert refused.value.code == "made_on"


@pytest.mark.requirement("R-KINTOM-1")
def test_the_page_of_a_draft_says_what_its_identity_lacks_and_where_it_is_filled_in(office, client_for):
    version = draft(office, "kintom")

    page = client_for(office.camat).get(f"/sop/{version.sop_id}/").text

    must = page.partition("Harus dibereskan sebelum disahkan")[2].partition("Sebaiknya diperiksa")[0]
    assert "Nomor SOP belum ada" in must and "Tanggal pembuatan belum ada" in must
    assert "diisi di halaman Sahkan SOP" in must


@pytest.mark.requirement("R-NGORO-2", "R-KINTOM-1")
def test_number_and_day_are_filled_in_when_it_is_ratified_and_stand_in_the_form_and_the_file(office, client_for):
    version = draft(office, "ngoro")
    client, page = client_for(office.camat), f"/sop/{version.sop_id}/sahkan/"
    asked = client.get(page).text
    sent = {"no": version.no, "effective_from": "5 Januari 2026", "made_on": "2 Januari 2026"}

    half = client.post(page, sent | {"number": "065/ /416-306/2023"})
    whole = client.post(page, sent | {"number": NUMBER})

    version.refresh_from_db()
    header = definition_of(version).header
    assert 'value="065/ /416-306/2023"' in asked
    assert half.status_code == 422 and "belum lengkap" in half.text and 'aria-invalid="true"' in half.text
    assert (whole.status_code, version.state) == (302, VersionState.IN_FORCE)
    assert (header.number, header.made_on) == (NUMBER, "2026-01-02")
    assert NUMBER in client.get(f"/sop/{version.sop_id}/").text
    assert load(client.get(f"/sop/{version.sop_id}/versi/1/berkas/").text).header == header
    assert Entry.objects.get(event="sop.put_in_force").payload["after"]["number"] == NUMBER


def test_it_does_not_take_effect_before_it_was_made(office, client_for):
    version = draft(office, "kintom")
    sent = {"effective_from": "5 Januari 2026", "made_on": "6 Januari 2026", "number": NUMBER}

    answer = client_for(office.camat).post(f"/sop/{version.sop_id}/sahkan/", sent)

    version.refresh_from_db()
    assert answer.status_code == 422
    assert "tidak dapat berlaku sebelum hari itu" in answer.text
    assert version.state == VersionState.DRAFT


def test_what_the_file_says_holds_where_nothing_else_is_said(office, client_for):
    version = draft(office, "inspektorat")

    client_for(office.camat).post(f"/sop/{version.sop_id}/sahkan/", {"effective_from": "5 Januari 2026"})

    before = version.content_hash
    version.refresh_from_db()
    assert (version.state, version.content_hash) == (VersionState.IN_FORCE, before)


def test_who_looks_after_the_system_does_not_ratify(office, client_for, frozen_time):
    version = draft(office, "inspektorat")

    with pytest.raises(Denied, match="pimpinan kantor"):
        actions.put_in_force(version=version, by=office.actor(office.admin), effective_from=FIRST)
    sent = {"act": "ratify", "effective_from": "5 Januari 2026"}
    answer = client_for(office.admin).post(f"/sop/{version.sop_id}/sahkan/", sent)

    version.refresh_from_db()
    assert (answer.status_code, version.state) == (403, VersionState.DRAFT)


def test_the_administrator_prepares_and_the_head_ratifies(office, client_for):
    version = draft(office, "kintom")
    admin, page = client_for(office.admin), f"/sop/{version.sop_id}/sahkan/"
    asked = admin.get(page).text

    answer = admin.post(page, {"act": "prepare", "no": 1, "number": NUMBER, "made_on": "2 Januari 2026"})

    version.refresh_from_db()
    offered = client_for(office.camat).get(page).text
    done = client_for(office.camat).post(page, {"act": "ratify", "no": 1, "effective_from": "5 Januari 2026"})
    form = client_for(office.staf).get(f"/sop/{version.sop_id}/").text
    entry = Entry.objects.get(event="sop.identity_filled").payload
    assert "Mulai berlaku" not in asked and f"disahkan oleh {office.camat.full_name}, Camat" in asked
    assert (answer.status_code, version.state, done.status_code) == (302, VersionState.DRAFT, 302)
    assert f'value="{NUMBER}"' in offered and 'value="2026-01-02"' in offered
    assert (entry["before"]["number"], entry["after"]["number"]) == ("", NUMBER)
    assert NUMBER in form and f"<strong>{office.camat.full_name}</strong>" in form and "Admin Runut" not in form


def test_the_same_number_again_leaves_no_trace(office, client_for):
    version = draft(office, "kintom")
    for _twice in range(2):
        actions.fill_identity(version=version, by=office.actor(office.admin), number=NUMBER, made_on=date(2026, 1, 2))

    assert Entry.objects.filter(event="sop.identity_filled").count() == 1


def test_what_is_in_force_is_not_given_another_number(office, client_for):
    version = draft(office, "inspektorat")
    actions.put_in_force(version=version, by=office.actor(office.camat), effective_from=FIRST)

    with pytest.raises(Refused, match="sudah disahkan"):
        actions.fill_identity(version=version, by=office.actor(office.admin), number=NUMBER, made_on=None)


def test_the_page_says_what_to_do_where_the_head_cannot_ratify_yet(office, client_for):
    version = draft(office, "inspektorat")
    page = f"/sop/{version.sop_id}/sahkan/"
    User.objects.filter(pegawai=office.camat).update(last_login=None)
    able = client_for(office.admin).get(page).text
    User.objects.filter(pegawai=office.camat).update(password=make_password(None))
    silent = client_for(office.admin).get(page).text
    Assignment.objects.filter(jabatan=office.jabatan["camat"]).delete()
    vacant = client_for(office.admin).get(page).text

    assert "Akun beliau belum aktif" not in able and "Minta beliau masuk" in able
    assert "Akun beliau belum aktif" in silent and f"/atur/pegawai/{office.camat.pk}/" in silent
    assert "tidak dipegang pejabat definitif" in vacant


def test_a_draft_that_waits_for_the_head_is_named_in_the_set_up(office, client_for):
    version = draft(office, "inspektorat")

    page = client_for(office.admin).get("/siapkan/").text

    assert f"{version.sop.title} tinggal disahkan oleh {office.camat.full_name}" in page
    assert f'href="/sop/{version.sop_id}/"' in page


def test_a_prepared_sop_stands_among_the_heads_tasks(office, frozen_time, client_for):
    version, head = draft(office, "kintom"), client_for(office.camat)
    before = head.get("/tugas/").text
    client, address = client_for(office.admin), f"/sop/{version.sop_id}/sahkan/"

    tomorrow = client.post(address, {"number": NUMBER, "made_on": "2026-02-04"})
    assert (tomorrow.status_code, "Tanggal pembuatan belum tiba" in tomorrow.text) == (422, True)
    assert client.post(address, {"number": NUMBER, "made_on": "2026-01-05"}).status_code == 302

    words = f"SOP “{version.sop.title}” menunggu pengesahan Anda."
    after, other = head.get("/tugas/").text, client_for(office.sekretaris).get("/tugas/").text
    assert (words in before, words in after, words in other) == (False, True, False)
    assert f'href="{address}"' in after
