"""A collection under way, on call."""

from types import SimpleNamespace

from tests.collection import builders
from tests.harness.scenes import scene


@scene
def people(office, frozen_time):
    """A collection per pegawai, forms sent out to two of a Kasi's people: run, kasi, a, b, sheet (of a)."""
    kasi = office.kasi[0]
    a, b = office.asn_of(kasi)[:2]
    run = builders.collection_of_people(office, [a, b])
    return SimpleNamespace(run=run, kasi=kasi, a=a, b=b, sheet=builders.sheet_of(run, a))


@scene
def units(office, frozen_time):
    """A collection per unit, forms sent out to two sections: run, unit, other, kasi, sheet (of unit)."""
    unit, other = office.units[2], office.units[3]
    run = builders.collection_of_units(office, [unit, other])
    return SimpleNamespace(run=run, unit=unit, other=other, kasi=office.kasi[0], sheet=builders.sheet_of(run, unit))
