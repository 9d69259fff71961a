"""A definition or a target that changes while forms are out: whoever changes it is told, and the forms say so."""

from datetime import date
from decimal import Decimal

import pytest

from runut.collection.models import Figure
from runut.planning.actions import Aim, Change, revise_indicator, set_targets
from runut.planning.models import Indicator
from tests.collection import builders

FORMER = "masih memakai definisi atau target yang lama"


def revised(office, indicator, start=date(2026, 3, 1), **more):
    last = indicator.versions.latest("no")
    said = {"name": last.name, "numerator": "Berkas tepat waktu", "denominator": "Semua berkas"} | more
    return revise_indicator(
        indicator=indicator, start=start, reason="Renstra Perubahan", particulars=said,
        by=office.actor(office.admin), seen=last.no,
    )  # fmt: skip


def aimed(office, indicator, amount, quarter=1):
    row = indicator.targets.filter(year=2026, quarter=quarter).latest("no")
    changes = {quarter: Change(Aim(Decimal(amount)), Aim(row.amount, row.text))}
    return set_targets(
        indicator=indicator, year=2026, changes=changes, basis="PK Perubahan 2026", by=office.actor(office.admin)
    )


@pytest.mark.parametrize("change", [revised, lambda office, indicator: aimed(office, indicator, "95")])
def test_whoever_changes_the_dictionary_is_told_how_many_forms_are_out(office, units, client_for, change):
    first, second = Indicator.objects.filter(unit=units.unit).order_by("pk")
    address, admin = f"/atur/indikator/{first.pk}/", client_for(office.admin)
    before = admin.get(address).text

    change(office, first)

    page = admin.get(address).text
    assert FORMER not in before
    assert f"1 formulir yang sudah keluar {FORMER}: 1 masih diisi, 0 sudah diajukan." in page
    assert 'href="/periode/2026/1/">Lihat formulir Triwulan I 2026</a>' in page
    assert FORMER not in admin.get(f"/atur/indikator/{second.pk}/").text
    assert FORMER not in client_for(office.staf).get(address).text


def test_a_form_that_was_handed_in_is_counted_as_such_and_a_procedure_that_is_over_no_more(office, units, client_for):
    from runut.sop.models import Run

    first = Indicator.objects.filter(unit=units.unit).order_by("pk").first()
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    revised(office, first)
    address, admin = f"/atur/indikator/{first.pk}/", client_for(office.admin)
    page = admin.get(address).text

    Run.objects.filter(pk=units.run.pk).update(state="done")

    assert "0 masih diisi, 1 sudah diajukan." in page
    assert FORMER not in admin.get(address).text


def test_a_version_that_begins_after_the_forms_period_says_nothing_of_them(office, units, client_for):
    first = Indicator.objects.filter(unit=units.unit).order_by("pk").first()

    revised(office, first, start=date(2026, 4, 1))

    assert FORMER not in client_for(office.admin).get(f"/atur/indikator/{first.pk}/").text


def test_ending_an_indicator_names_the_forms_that_go_on_asking_for_it(office, units, client_for):
    first = Indicator.objects.filter(unit=units.unit).order_by("pk").first()
    admin = client_for(office.admin)

    page = admin.get(f"/atur/indikator/{first.pk}/akhiri/").text
    sent = {"last_day": "2026-01-31", "reason": "Renstra berganti"}
    assert admin.post(f"/atur/indikator/{first.pk}/akhiri/", sent).status_code == 302
    builders.fill_in(office, units.run, units.unit, who=units.kasi)

    assert "1 formulir yang sudah keluar menanyakan indikator ini (terbaru: Triwulan I 2026)." in page
    assert "tetap menanyakannya" in page
    assert Figure.objects.filter(indicator__indicator=first, values__isnull=False).exists()
