"""A plan counts in every year in which it holds or held for a day, also when it has ended or was changed."""

import re
from datetime import date

import pytest

from runut.planning import actions
from runut.planning.actions import Drawn
from runut.planning.queries import lacking

DRAWN = Drawn("renstra", "Renstra 2025–2029", 2025, date(2025, 8, 20), last_year=2029)


@pytest.fixture
def by(office):
    return office.actor(office.admin)


@pytest.fixture
def renstra(office, by):
    return actions.open_plan(office=office.office, drawn=DRAWN, by=by)


def years_with_renstra(client):
    found = []
    for year in range(2024, 2031):
        page = client.get(f"/rencana/?tahun={year}").text
        if 'data-kind="renstra" data-complete="yes"' in page:
            found.append(year)
        else:
            assert re.search('data-kind="renstra" data-complete="no"', page)
    return found


def test_an_ended_plan_counts_in_the_years_in_which_it_held(office, renstra, client_for):
    admin = client_for(office.admin)
    sent = {"last_day": "2026-12-31", "reason": "Digabung"}
    assert admin.post(f"/rencana/{renstra.pk}/akhiri/", sent).status_code == 302

    assert years_with_renstra(admin) == [2025, 2026]
    assert "Renstra" not in lacking([office.office.pk], 2026)[office.office.pk]
    assert "Renstra" in lacking([office.office.pk], 2027)[office.office.pk]


def test_a_changed_plan_counts_in_the_years_of_all_its_versions(office, by, renstra, client_for):
    changed = {"start": date(2027, 1, 1), "legal_basis": "SK 1", "reason": "x"}
    actions.revise_plan(plan=renstra, **changed, last_year=2028, by=by)

    assert years_with_renstra(client_for(office.admin)) == [2025, 2026, 2027, 2028]


def test_a_plan_kept_as_one_that_never_held_counts_in_no_year(office, renstra, client_for):
    renstra.end, renstra.snapshot = date(2025, 8, 19), {}
    renstra.save()

    assert years_with_renstra(client_for(office.admin)) == []
