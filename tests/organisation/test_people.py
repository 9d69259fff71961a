"""Taking up people, letting them hold positions, letting them go."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.lib.nip import synthetic_nip
from runut.organisation import actions
from runut.organisation.models import Pegawai

BORN = date(1991, 8, 17)
NIP = synthetic_nip(BORN, (2015, 3), 2, 955)
TODAY = timezone.localdate()


def test_the_admin_takes_up_a_person_who_can_then_be_given_a_code(office):
    pegawai = actions.create_pegawai(
        office=office.office,
        nip=f" {NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}",
        name="Sari",
        by=office.actor(office.admin),
    )

    assert (pegawai.nip, pegawai.user.login, pegawai.user.has_usable_password()) == (NIP, NIP, False)
    assert Entry.objects.get().event == "pegawai.created"


def test_an_nip_of_17_digits_is_refused_with_a_sentence(office):
    with pytest.raises(Refused, match="NIP harus 18 angka; yang ditulis 17"):
        actions.create_pegawai(office=office.office, nip=NIP[:17], name="Sari", by=office.actor(office.admin))

    assert not Entry.objects.exists()


def test_a_second_person_with_the_same_nip_is_refused_by_name(office):
    with pytest.raises(Refused, match=r"NIP ini sudah dipakai Joko Santika di Kecamatan"):
        actions.create_pegawai(
            office=office.office, nip=office.kasubag.user.pegawai.nip, name="Lain", by=office.actor(office.admin)
        )


def test_only_the_admin_and_the_head_in_person_look_after_people(office):
    with pytest.raises(Denied, match="admin kantor"):
        actions.create_pegawai(office=office.office, nip=NIP, name="Sari", by=office.actor(office.sekretaris))
    stand_in(office, "plh")
    with pytest.raises(Denied):
        actions.create_pegawai(office=office.office, nip=NIP, name="Sari", by=office.actor(office.sekretaris))

    assert actions.create_pegawai(office=office.office, nip=NIP, name="Sari", by=office.actor(office.camat)).pk


def stand_in(office, kind):
    return actions.assign(
        pegawai=office.sekretaris,
        jabatan=office.jabatan["camat"],
        kind=kind,
        start=TODAY,
        decree_number="800/12/2026",
        by=office.actor(office.admin),
    )


def test_a_corrected_nip_is_the_new_name_to_sign_in_with(office):
    actions.update_pegawai(pegawai=office.staf, changes={"nip": NIP, "rank": "Pengatur"}, by=office.actor(office.admin))

    office.staf.user.refresh_from_db()
    entry = Entry.objects.get()
    assert office.staf.user.login == NIP
    assert entry.payload["after"] == {"nip": NIP, "rank": "Pengatur"}


def test_a_second_definitive_holder_is_refused_and_the_first_is_named(office):
    with pytest.raises(Refused, match=r"Camat masih dipegang Arga Wiratama sejak 2 Jan 2024 sampai sekarang"):
        actions.assign(
            pegawai=office.sekretaris, jabatan=office.jabatan["camat"], start=TODAY, by=office.actor(office.admin)
        )

    assert office.jabatan["camat"].assignments.count() == 1


def test_the_position_is_free_again_the_day_after_the_first_leaves(office):
    admin = office.actor(office.admin)
    actions.close_assignment(
        assignment=office.camat.assignments.get(), end=TODAY - timedelta(days=1), reason="SK 1", by=admin
    )

    held = actions.assign(pegawai=office.sekretaris, jabatan=office.jabatan["camat"], start=TODAY, by=admin)

    assert held.title == "Camat"


@pytest.mark.parametrize("kind", ["plt", "plh"])
def test_standing_in_needs_a_letter(office, kind):
    with pytest.raises(Refused, match="Isi nomor SK"):
        actions.assign(
            pegawai=office.sekretaris,
            jabatan=office.jabatan["camat"],
            kind=kind,
            start=TODAY,
            by=office.actor(office.admin),
        )


def test_a_tenure_does_not_end_before_it_starts(office):
    with pytest.raises(Refused, match="mendahului tanggal mulai"):
        actions.assign(
            pegawai=office.asn[0],
            jabatan=office.jabatan["staf"],
            start=TODAY,
            end=TODAY - timedelta(days=1),
            by=office.actor(office.admin),
        )


def test_who_loses_the_last_position_can_no_longer_sign_in(office, client_for):
    browser, last = client_for(office.staf), TODAY - timedelta(days=1)
    actions.close_assignment(
        assignment=office.staf.assignments.get(), end=last, reason="SK pensiun", by=office.actor(office.admin)
    )

    office.staf.user.refresh_from_db()
    assert browser.get("/saya/").status_code == 302
    assert (office.staf.user.is_active, Pegawai.objects.get(pk=office.staf.pk).left_on) == (False, last)
    assert Entry.objects.get().payload["after"] == {"end": last.isoformat(), "left": True}


def test_who_leaves_later_works_until_the_last_day(office, client_for):
    last = TODAY + timedelta(days=30)
    actions.close_assignment(
        assignment=office.staf.assignments.get(), end=last, reason="SK pensiun", by=office.actor(office.admin)
    )

    assert client_for(office.staf).get("/saya/").status_code == 200
    Pegawai.objects.filter(pk=office.staf.pk).update(left_on=TODAY - timedelta(days=1))
    assert client_for(office.staf).get("/saya/").status_code == 302


def test_who_keeps_another_position_stays(office):
    stand_in(office, "plt")
    actions.close_assignment(
        assignment=office.sekretaris.assignments.get(kind="definitif"),
        end=TODAY,
        reason="SK",
        by=office.actor(office.admin),
    )

    office.sekretaris.user.refresh_from_db()
    assert office.sekretaris.user.is_active


def test_a_person_is_not_named_as_the_own_superior(office):
    with pytest.raises(Refused, match="bagi dirinya sendiri"):
        actions.set_superior(
            pegawai=office.staf, superior=office.staf, start=TODAY, reason="SK", by=office.actor(office.admin)
        )


def test_a_position_does_not_hang_under_itself(office):
    with pytest.raises(Refused, match="berputar"):
        actions.update_jabatan(
            jabatan=office.jabatan["camat"],
            changes={"superior": office.jabatan["kasi1"]},
            by=office.actor(office.admin),
        )
