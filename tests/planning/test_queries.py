"""What was promised: indicators and targets of a period, and who answers for an activity."""

from datetime import date
from decimal import Decimal

import pytest

from runut.planning.models import IndicatorVersion, Kegiatan, Stakeholder, Target
from runut.planning.queries import answerable_for, period_end, promises_of, stakeholders_of
from tests.collection.builders import indicator


@pytest.mark.parametrize(
    ("quarter", "last"),
    [(0, (12, 31)), (1, (3, 31)), (2, (6, 30)), (3, (9, 30)), (4, (12, 31))],
)
def test_a_period_ends_on_its_last_day(quarter, last):
    assert period_end(2026, quarter) == date(2026, *last)


@pytest.mark.requirement("R-KEMLAGI-11")
def test_a_quarter_has_a_target_of_its_own_beside_the_year(office):
    unit = office.units[2]
    made = indicator(office, 1, "IKM", unit=unit, target="84")

    [promise] = promises_of(office.office, "unit", [unit.pk], 2026, 1)[unit.pk]

    assert (promise.version.indicator, promise.target, promise.annual_target) == (made, Decimal(84), Decimal(85))


def test_the_latest_target_counts_and_the_earlier_one_stays(office):
    unit = office.units[2]
    made = indicator(office, 1, "IKM", unit=unit, target="84")
    Target.objects.create(instansi=office.instansi, indicator=made, year=2026, quarter=1, no=2, amount=Decimal(86))

    [promise] = promises_of(office.office, "unit", [unit.pk], 2026, 1)[unit.pk]

    assert promise.target == 86
    assert Target.objects.filter(indicator=made, quarter=1).count() == 2


def test_a_period_uses_the_definition_in_force_at_its_end(office):
    unit = office.units[2]
    made = indicator(office, 1, "IKM lama", unit=unit, end=date(2026, 5, 31))
    IndicatorVersion.objects.create(
        instansi=office.instansi,
        indicator=made,
        no=2,
        name="IKM baru",
        unit_of_measure="indeks",
        start=date(2026, 6, 1),
    )

    def name(quarter):
        return promises_of(office.office, "unit", [unit.pk], 2026, quarter)[unit.pk][0].version.name

    assert (name(1), name(2)) == ("IKM lama", "IKM baru")


def test_a_target_left_empty_says_that_nothing_is_measured_then(office):
    unit = office.units[2]
    indicator(office, 1, "Survei tahunan", unit=unit, target=None)

    [promise] = promises_of(office.office, "unit", [unit.pk], 2026, 1)[unit.pk]

    assert (promise.measured, promise.target) == (False, None)


def test_who_has_no_indicator_is_left_out(office):
    assert promises_of(office.office, "pegawai", [office.staf.pk], 2026, 1) == {}


def test_many_members_take_two_queries(office, django_assert_num_queries):
    for unit in office.units:
        indicator(office, 1, "IKM", unit=unit)

    with django_assert_num_queries(2):
        found = promises_of(office.office, "unit", [unit.pk for unit in office.units], 2026, 1)

    assert len(found) == len(office.units)


@pytest.mark.requirement("R-NGORO-8")
def test_a_pptk_answers_for_the_indicators_of_the_activity_while_appointed(office):
    unit, pptk = office.units[2], office.kasi[0]
    made = indicator(office, 1, "IKM", unit=unit)
    made.kegiatan = Kegiatan.objects.create(
        instansi=office.instansi, office=office.office, code="7.01.01.2.01", name="Perencanaan"
    )
    made.save()
    Stakeholder.objects.create(
        instansi=office.instansi, kegiatan=made.kegiatan, pegawai=pptk, start=date(2026, 1, 1), end=date(2026, 6, 30)
    )
    versions = list(IndicatorVersion.objects.select_related("indicator"))

    assert stakeholders_of([made.kegiatan_id], date(2026, 6, 30)) == {made.kegiatan_id: [pptk.pk]}
    assert answerable_for(versions, date(2026, 6, 30)) == {made.pk: [pptk.pk]}
    assert answerable_for(versions, date(2026, 7, 1)) == {}
