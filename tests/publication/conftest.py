"""Signed data that may be published, on call."""

from types import SimpleNamespace

from tests.documents import builders
from tests.harness.scenes import scene


@scene
def inspektorat(office, frozen_time):
    """The Inspektorat's procedure with three people of one section, signed: publishing is next."""
    people = office.asn_of(office.kasi[0])
    run = builders.validated(office, people, code="inspektorat")
    builders.compile_data(office, run)
    builders.sign(office, run)
    return SimpleNamespace(run=run, people=people, kasi=office.kasi[0])
