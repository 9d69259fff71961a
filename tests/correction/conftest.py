"""Cases under way, on call."""

from types import SimpleNamespace

from tests.collection import builders as forms
from tests.correction import builders
from tests.harness.scenes import scene


@scene
def ngoro(office, frozen_time):
    """Signed data of two units: run, and the figures a1, a2 (first unit) and b1 (second); PPTK are their heads."""
    units = office.units[2:4]
    run = builders.signed(office, units)
    a1, a2 = builders.figures(run, units[0])
    b1, _b2 = builders.figures(run, units[1])
    pptk_a, pptk_b = office.kasi[:2]
    return SimpleNamespace(run=run, units=units, a1=a1, a2=a2, b1=b1, pptk_a=pptk_a, pptk_b=pptk_b)


@scene
def case(office, ngoro):
    """Ngoro's procedure on two figures of two units, at its first step."""
    return builders.open_case(office, ngoro.run, {ngoro.a1: "bulan April ikut terhitung", ngoro.b1: "satuan keliru"})


@scene
def at_meeting(office, ngoro, case):
    """The same, ordered, planned, repaired, gathered and reported: the meeting is next. items: a and b."""
    builders.give_order(office, case.run)
    builders.plan(office, case)
    builders.repair(office, case.run, ngoro.pptk_a, ngoro.pptk_a, "92,1")
    builders.repair(office, case.run, ngoro.pptk_b, ngoro.pptk_b, "70")
    builders.do(office, case.run, "himpun", office.kasubag)
    builders.do(office, case.run, "lapor", office.kasubag)
    a, b = (case.items.get(figure=figure) for figure in (ngoro.a1, ngoro.b1))
    return SimpleNamespace(case=case, run=case.run, a=a, b=b)


@scene
def kintom(office, frozen_time):
    """Validated data of two people, waiting for the signature: run, kasi, a, b, and a figure of each."""
    a, b = office.asn_of(office.kasi[0])[:2]
    run = builders.validated(office, [a, b])
    figures = [builders.figures(run, person)[0] for person in (a, b)]
    return SimpleNamespace(run=run, kasi=office.kasi[0], a=a, b=b, fa=figures[0], fb=figures[1])


@scene
def people(office, frozen_time):
    """A collection per pegawai of which the forms were sent out: run, a."""
    a = office.asn_of(office.kasi[0])[0]
    return SimpleNamespace(run=forms.collection_of_people(office, [a]), a=a)
