"""A year's form that is renewed: what nobody typed is put together anew from its quarters, by what holds now."""

from datetime import date
from types import SimpleNamespace

import pytest

from runut.collection import actions
from runut.collection.models import Measure, Value
from tests.collection import builders
from tests.collection.test_former import revised
from tests.harness.scenes import scene

MIDYEAR = date(2026, 7, 1)


@scene
def quarters(office, frozen_time):
    """Quarters of 50 and 80 that are averaged, handed in, and a procedure for the year: indicator, unit, kasi, run."""
    unit, kasi = office.units[2], office.kasi[0]
    indicator = builders.indicator(office, 1, "Berkas selesai", unit=unit, aggregation="average")
    run = builders.start(office, "pengumpulan-unit")
    for quarter, typed in ((1, "50"), (2, "80")):
        builders.prepare(office, run, [unit], everybody=office.units, quarter=quarter)
        builders.distribute(office, run)
        builders.fill_in(office, run, unit, typed, who=kasi)
        run = builders.start_again(office, "pengumpulan-unit")
    return SimpleNamespace(indicator=indicator, unit=unit, kasi=kasi, run=run)


def form_of_the_year(office, quarters):
    builders.prepare(office, quarters.run, [quarters.unit], everybody=office.units, quarter=0)
    builders.distribute(office, quarters.run)
    return builders.sheet_of(quarters.run, quarters.unit)


@pytest.fixture
def year(office, quarters):
    """The same, with the form of the year as `sheet`."""
    return SimpleNamespace(**vars(quarters), sheet=form_of_the_year(office, quarters))


def plainly(office, year, **more):
    return revised(office, year.indicator, MIDYEAR, numerator="", denominator="", **more)


def test_a_year_that_nobody_typed_is_put_together_by_the_new_aggregation(office, year, client_for):
    before = year.sheet.lines.get()
    plainly(office, year, aggregation="cumulative")

    page = client_for(year.kasi).post(f"{year.sheet.get_absolute_url()}perbarui/", follow=True).text

    line = year.sheet.lines.get()
    assert (before.amount, line.amount, line.measure) == (65, 130, Measure.MEASURED)
    assert line.note == "Dihitung dari nilai TW I, TW II. TW I, TW II dijumlahkan: 50 + 80 = 130."
    assert "dijumlahkan: 50 + 80 = 130" in page and "dirata-ratakan" not in page
    builders.submit(office, year.run, year.unit, year.kasi)
    assert Value.objects.get(sheet=year.sheet).amount == 130


def test_what_somebody_typed_over_it_stays(office, year):
    builders.type_in(office, year.sheet, year.kasi, "66", note="Menurut rilis.")
    plainly(office, year, aggregation="cumulative")

    actions.renew_form(sheet=year.sheet, by=office.actor(year.kasi))

    line = year.sheet.lines.get()
    assert (line.amount, line.note) == (66, "Menurut rilis.")


@pytest.mark.parametrize(
    ("more", "note"),
    [
        ({"value_type": "ordinal", "scale": ["B", "A"]}, ""),
        (
            {"numerator": "Tepat waktu", "denominator": "Semua"},
            "TW I, TW II belum punya pembilang dan penyebut, jadi nilai setahun tidak dihitung.",
        ),
    ],
)
def test_without_what_the_new_definition_is_made_of_the_year_is_empty_and_says_why(office, year, more, note):
    revised(office, year.indicator, MIDYEAR, **({"numerator": "", "denominator": ""} | more))

    actions.renew_form(sheet=year.sheet, by=office.actor(year.kasi))

    line = year.sheet.lines.get()
    assert (line.amount, line.measure, line.note) == (None, Measure.NOT_FILLED, note)


def test_a_form_of_the_year_that_is_made_after_the_change_goes_by_its_own_definition(office, quarters):
    plainly(office, quarters, aggregation="cumulative")

    line = form_of_the_year(office, quarters).lines.get()

    assert (line.figure.indicator.no, line.amount) == (2, 130)
    assert line.note.endswith("dijumlahkan: 50 + 80 = 130.")
