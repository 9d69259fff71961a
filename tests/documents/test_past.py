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


def test_the_year_is_made_of_the_quarters_copied_from_papers(office, frozen_time):
    unit = office.units[2]
    install(office, "pengumpulan-unit")
    forms.give_indicators(office, units=[unit], how_many=1)
    IndicatorVersion.objects.update(start=date(2024, 1, 1), aggregation="average")
    version = IndicatorVersion.objects.get()
    for quarter, typed in enumerate(("80", "82", "84", "86"), start=1):
        collection.enter_past_report(
            office=office.office, by=office.actor(office.staf), year=2025, quarter=quarter, basis="unit",
            rows={version.pk: collection.PastInput(typed)}, upload=SimpleUploadedFile("l.pdf", b"%PDF-1.4 x"),
            source=collection.PaperSource("", date(2026, 1, 12), "Camat"),
        )  # fmt: skip
    run = forms.start_again(office, "pengumpulan-unit")
    forms.prepare(office, run, [unit], everybody=office.units, year=2025, quarter=0)

    rows, quarters, _scale = year_of(Period.objects.get(run=run))

    assert quarters == ("TW I", "TW II", "TW III", "TW IV")
    assert [row.actuals for row in rows] == [("80", "82", "84", "86")]
    assert forms.sheet_of(run, unit).lines.get().amount == 83
