"""Old papers in the yearly report: the year's tables and the yearly form see what was copied from them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection import actions as collection
from runut.collection.models import Period
from runut.documents.queries.year import year_of
from runut.planning.models import IndicatorVersion
from tests.collection import builders as forms
from tests.sop.play import install


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def year_from_papers(office, typed, aggregation):
    """The unit's only indicator over the quarters of 2025 from old papers, as the report of the year has it."""
    unit = office.units[2]
    install(office, "pengumpulan-unit")
    forms.give_indicators(office, units=[unit], how_many=1)
    IndicatorVersion.objects.update(start=date(2024, 1, 1), aggregation=aggregation)
    version = IndicatorVersion.objects.get()
    for quarter, amount in typed.items():
        collection.enter_past_report(
            office=office.office, by=office.actor(office.staf), year=2025, quarter=quarter, basis="unit",
            rows={version.pk: collection.PastInput(amount)}, upload=SimpleUploadedFile("l.pdf", b"%PDF-1.4 x"),
            source=collection.PaperSource("", date(2026, 1, 12), "Camat"),
        )  # fmt: skip
    run = forms.start_again(office, "pengumpulan-unit")
    forms.prepare(office, run, [unit], everybody=office.units, year=2025, quarter=0)
    return run, year_of(Period.objects.get(run=run))


def test_the_year_is_made_of_the_quarters_copied_from_papers(office, frozen_time):
    run, (rows, quarters, _scale) = year_from_papers(office, {1: "80", 2: "82", 3: "84", 4: "86"}, "average")

    assert quarters == ("TW I", "TW II", "TW III", "TW IV")
    assert [row.actuals for row in rows] == [("80", "82", "84", "86")]
    assert forms.sheet_of(run, office.units[2]).lines.get().amount == 83


def test_a_sum_over_a_year_with_a_quarter_missing_is_no_figure_of_the_year(office, frozen_time):
    _run, (rows, quarters, _scale) = year_from_papers(office, {2: "3", 3: "3", 4: "2"}, "cumulative")

    assert quarters == ("TW II", "TW III", "TW IV")
    [row] = rows
    assert (row.actual, row.achievement, row.level) == ("8 (tanpa TW I)", "Tidak dapat dihitung", "none")


def test_a_mean_over_a_year_with_a_quarter_missing_is_that_of_the_others(office, frozen_time):
    _run, (rows, _quarters, _scale) = year_from_papers(office, {2: "80", 3: "82"}, "average")

    assert [row.actual for row in rows] == ["81 (tanpa TW I, TW IV)"]


def test_the_last_figure_of_a_year_with_quarters_missing_says_without_which(office, frozen_time):
    _run, (rows, _quarters, _scale) = year_from_papers(office, {1: "80", 2: "82"}, "last")

    [row] = rows
    assert row.actual == "82 (tanpa TW III, TW IV)"
