from runut.organisation.models import Assignment


def test_the_cast_has_twenty_people_in_six_units_and_an_admin(office):
    assert len(office.everybody) == 20
    assert len(office.units) == 6
    assert office.actor(office.camat).title == "Camat"
    assert office.actor(office.asn_of(office.kasi[3])[0]).title == "Pelaksana Seksi Pemberdayaan"
    assert Assignment.objects.count() == 21
