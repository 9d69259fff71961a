"""Who leads whom."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from runut.organisation import actions, queries
from runut.organisation.rules import Post, Superior, superior_in_tree
from tests.cast import build_office

TODAY = timezone.localdate()


def vacate(office, pegawai):
    pegawai.assignments.update(end=TODAY - timedelta(days=1))


def superior(office, pegawai):
    return queries.direct_superiors([pegawai.pk], TODAY).get(pegawai.pk)


def test_the_tree_gives_the_position_above(office):
    assert superior(office, office.asn[0]) == Superior(jabatan_id=office.jabatan["kasi1"].pk)
    assert superior(office, office.kasi[0]) == Superior(jabatan_id=office.jabatan["camat"].pk)
    assert superior(office, office.camat) is None


def test_a_vacant_position_is_passed_over(office):
    vacate(office, office.kasi[0])

    assert superior(office, office.asn[0]) == Superior(jabatan_id=office.jabatan["camat"].pk)


def test_a_stand_in_holds_the_position(office):
    vacate(office, office.kasi[0])
    actions.assign(
        pegawai=office.kasi[1],
        jabatan=office.jabatan["kasi1"],
        kind="plt",
        start=TODAY,
        decree_number="1",
        by=office.actor(office.admin),
    )

    assert superior(office, office.asn[0]) == Superior(jabatan_id=office.jabatan["kasi1"].pk)


def test_nobody_leads_oneself_as_stand_in_above(office):
    vacate(office, office.sekretaris)
    actions.assign(
        pegawai=office.kasubag,
        jabatan=office.jabatan["sekretaris"],
        kind="plt",
        start=TODAY,
        decree_number="1",
        by=office.actor(office.admin),
    )

    assert superior(office, office.kasubag) == Superior(jabatan_id=office.jabatan["camat"].pk)


def test_an_override_comes_first_and_may_name_somebody_elsewhere(office):
    elsewhere = build_office(instansi=office.instansi)
    admin = office.actor(office.admin)
    actions.set_superior(pegawai=office.camat, superior=elsewhere.camat, start=TODAY, reason="SK Sekda", by=admin)
    actions.set_superior(pegawai=office.staf, superior=None, start=TODAY, reason="tugas belajar", by=admin)

    found = queries.direct_superiors([office.camat.pk, office.staf.pk], TODAY)

    assert found == {office.camat.pk: Superior(pegawai_id=elsewhere.camat.pk)}
    assert superior(office, office.staf) is None


def test_the_superior_is_as_of_a_day(office):
    actions.set_superior(
        pegawai=office.staf, superior=office.camat, start=TODAY, reason="SK", by=office.actor(office.admin)
    )

    yesterday = queries.direct_superiors([office.staf.pk], TODAY - timedelta(days=1))

    assert yesterday == {office.staf.pk: Superior(jabatan_id=office.jabatan["kasubag"].pk)}


def test_any_number_of_people_takes_three_queries(office, django_assert_num_queries):
    other = build_office("dinas", instansi=office.instansi)
    people = [pegawai.pk for pegawai in office.everybody + other.everybody]

    with django_assert_num_queries(3):
        found = queries.direct_superiors(people, TODAY)

    assert len(found) == len(people) - 2


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ({1: Post(2, False, (7,)), 2: Post(None, True, (8,))}, Superior(jabatan_id=2)),
        ({1: Post(2, False, (7,)), 2: Post(None, True, (7, 8))}, Superior(pegawai_id=8)),
        ({1: Post(2, False, (7,)), 2: Post(None, True, (7,))}, None),
        ({1: Post(2, False, (7,)), 2: Post(1, False, ())}, None),
        ({1: Post(99, False, (7,))}, None),
        ({}, None),
    ],
)
def test_the_climb(posts, expected):
    assert superior_in_tree(7, 1, posts) == expected


def test_active_people_are_those_with_a_post_in_the_tree(office):
    found = list(queries.active_pegawai(office.office, TODAY))

    assert len(found) == 20
    assert office.admin not in found
    assert list(queries.active_pegawai(office.office, date(2020, 1, 1))) == []


def test_each_supplying_unit_has_a_head(office):
    units = list(queries.supplying_units(office.office))

    heads = queries.unit_heads([unit.pk for unit in units])

    assert len(units) == len(heads) == 6
    assert heads[office.units[2].pk] == office.jabatan["kasi1"].pk


def test_holders_come_definitive_first(office):
    camat = office.jabatan["camat"]
    actions.assign(
        pegawai=office.sekretaris,
        jabatan=camat,
        kind="plh",
        start=TODAY,
        decree_number="1",
        by=office.actor(office.admin),
    )

    held = queries.holders([camat.pk], TODAY)[camat.pk]

    assert [(one.pegawai, one.title) for one in held] == [(office.camat, "Camat"), (office.sekretaris, "Plh. Camat")]
