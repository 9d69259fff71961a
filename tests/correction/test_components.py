"""A figure that is worked out from two numbers keeps both through a correction."""

from decimal import Decimal

import pytest

from runut.collection.models import Value
from runut.correction.models import Decision
from runut.planning.models import IndicatorVersion
from tests.correction import builders

pytestmark = pytest.mark.django_db


def test_what_was_proposed_refused_and_decided_keeps_its_components(office, frozen_time, client_for):
    units = office.units[2:4]
    source = builders.signed(office, units)
    a1, b1 = (builders.figures(source, unit)[0] for unit in units)
    IndicatorVersion.objects.filter(figures=a1).update(numerator="Berkas selesai", denominator="Semua berkas")
    case = builders.open_case(office, source, {a1: "pembilang keliru", b1: "satuan keliru"})
    builders.give_order(office, case.run)
    builders.plan(office, case)
    for person, text in zip(office.kasi[:2], ("45/60", "70"), strict=True):
        builders.repair(office, case.run, person, person, text)
    for step in ("himpun", "lapor"):
        builders.do(office, case.run, step, office.kasubag)
    a, b = case.items.order_by("figure__unit__code", "pk")
    a, b = (a, b) if a.figure == a1 else (b, a)

    builders.meet(office, case.run, {a: Decision.OLD, b: Decision.NEW})
    builders.do(office, case.run, "paraf_kasubag", office.kasubag, "return", reason="Dasarnya keliru")
    builders.meet(office, case.run, {a: Decision.NEW, b: Decision.NEW})

    versions = Value.objects.filter(figure=a1).order_by("no")
    assert [(value.amount, value.numerator, value.denominator) for value in versions] == [
        (Decimal("97.8"), None, None), (75, 45, 60), (Decimal("97.8"), None, None), (75, 45, 60),
    ]  # fmt: skip
    history = client_for(office.camat).get(a1.get_absolute_url()).text
    assert history.count("Berkas selesai 45 dibagi Semua berkas 60, dikali 100 = 75.") == 2
