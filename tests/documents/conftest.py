"""Documents under way, on call."""

from types import SimpleNamespace

from runut.sop.models import Run
from tests.correction import builders as cases
from tests.documents import builders
from tests.harness.scenes import scene


@scene
def pair(office, frozen_time):
    """Two people of one section with validated data: run, kasi, a, b; gathering is next."""
    kasi = office.kasi[0]
    a, b = office.asn_of(kasi)[:2]
    return SimpleNamespace(run=builders.validated(office, [a, b]), kasi=kasi, a=a, b=b)


@scene
def compiled(office, pair):
    """The same, gathered: the paraf is next."""
    builders.compile_data(office, pair.run)
    return pair


@scene
def repaired(office, compiled):
    """A recap that was initialled, and of which a figure was repaired by Kintom's procedure before the signature."""
    builders.initial(office, compiled.run)
    figure = cases.figures(compiled.run, compiled.a)[0]
    case = cases.open_case(office, compiled.run, {figure: "salah bulan"}, code="kintom")
    builders.by_kintom(office, case, compiled)
    return SimpleNamespace(**{**vars(compiled), "run": Run.objects.get(pk=compiled.run.pk)})


@scene
def ngoro(office, frozen_time):
    """Ngoro's correction of two figures, ordered, planned and repaired by two PPTK: gathering is next."""
    units = office.units[2:4]
    source = cases.signed(office, units)
    a1, b1 = (cases.figures(source, unit)[0] for unit in units)
    case = cases.open_case(office, source, {a1: "bulan April ikut terhitung", b1: "satuan keliru"})
    cases.give_order(office, case.run)
    cases.plan(office, case)
    pptk = office.kasi[:2]
    for person, text in zip(pptk, ("92,1", "70"), strict=True):
        cases.repair(office, case.run, person, person, text)
    return SimpleNamespace(case=case, run=case.run, source=source, a1=a1, b1=b1, pptk=pptk)


@scene
def to_sign(office, ngoro):
    """The same up to the signatures of both PPTK: gathered, reported, decided, initialled twice, numbered."""
    run = ngoro.run
    builders.compile_data(office, run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])
    builders.hand_up(office, run, "lapor", office.kasubag, office.sekretaris)
    items = ngoro.case.items.order_by("pk")
    cases.meet(office, run, dict.fromkeys(items, "new"))
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    builders.initial(office, run, office.sekretaris, step="paraf_sekretaris")
    builders.register(office, run)
    return ngoro


@scene
def yearly(office, frozen_time):
    """Kemlagi's year of two sections, analysed: the report is to be drafted."""
    units = office.units[2:4]
    return SimpleNamespace(run=builders.yearly(office, units), units=units)


@scene
def gathered(office, frozen_time):
    """Sidoarjo's correction of one figure, gathered, reported and decided: the review is next."""
    unit, pptk = office.units[2], office.kasi[0]
    source = cases.signed(office, [unit])
    figure = cases.figures(source, unit)[0]
    case = cases.open_case(office, source, {figure: "salah bulan"}, code="sidoarjo")
    cases.give_order(office, case.run)
    cases.plan(office, case)
    cases.repair(office, case.run, pptk, pptk, "92,1")
    builders.compile_data(office, case.run, office.kasubag, adequate=[figure.pk])
    builders.hand_up(office, case.run, "lapor", office.kasubag, office.sekretaris)
    cases.meet(office, case.run, dict.fromkeys(case.items.all(), "new"), office.kasubag)
    return case
