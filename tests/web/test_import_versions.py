"""When and why a definition changed, in the dictionary's table: said where it is needed, never passed over."""

import pytest

from runut.planning.models import Indicator
from tests.harness.office_files import libre_xlsx
from tests.planning.test_dictionary import define
from tests.web.test_dictionary_columns import taken_out, upload
from tests.web.test_imports import bring_in, fates


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


@pytest.fixture
def change(office, admin):
    """Send the dictionary back with these cells changed; the page that shows what would become of it."""
    define(office)

    def send(**cells):
        rows = taken_out(admin, office)
        for heading, cell in cells.items():
            rows[1][rows[0].index(heading.replace("_", " "))] = cell
        return upload(admin, office, libre_xlsx(rows))

    return send


@pytest.mark.parametrize(
    "cells",
    [
        {"Mulai_berlaku": "01-07-2026"},
        {"Sebab_perubahan": "Renstra Perubahan"},
        {"Mulai_berlaku": "01-07-2026", "Sebab_perubahan": "Renstra Perubahan"},
    ],
)
def test_a_day_or_a_reason_without_anything_that_changes_is_refused(office, change, cells):
    page = change(**cells)

    [row] = page.context["staged"].rows.all()
    assert row.state == "rejected" and row.words in page.text
    assert row.words.startswith("Definisinya sama dengan versi sekarang, yang berlaku mulai 1 Jan 2026.")
    assert "kembalikan atau kosongkan selnya" in row.words


@pytest.mark.parametrize("day", ["", "1 Januari 2026"])
def test_the_day_as_it_is_and_no_day_at_all_say_nothing(change, day):
    assert fates(change(Mulai_berlaku=day)) == [("", "same")]


def test_a_day_that_is_none_is_told_also_where_nothing_changes(change):
    [row] = change(Mulai_berlaku="31-02-2026").context["staged"].rows.all()

    assert row.state == "rejected" and "tidak ada di kalender" in row.words


def test_the_same_file_once_more_changes_nothing(office, admin, change):
    cells = {"Sumber_data": "Survei", "Mulai_berlaku": "01-07-2026", "Sebab_perubahan": "Renstra  Perubahan"}

    bring_in(admin, change(**cells))

    assert fates(change(**cells)) == [("", "same")]
    assert Indicator.objects.get().versions.latest("no").revision_reason == "Renstra Perubahan"
