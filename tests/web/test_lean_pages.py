"""Pages that ask the database for nothing they have already."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.collection import builders as forms
from tests.correction import builders as cases

# One row of the office's own, by its id: it belongs into the statement that names it.
ALONE = re.compile(r'FROM "organisation_(?:office|instansi|workcalendar)" WHERE "\w+"."(?:id|office_id)" = \d+')


def the_procedure(office):
    return forms.collection_of_units(office, office.units[2:4]).version.sop


def a_form_of_somebody_else(office):
    run = forms.collection_of_units(office, office.units[2:4])
    return forms.sheet_of(run, office.units[2])


def a_case(office):
    source = cases.signed(office, office.units[2:3])
    return cases.open_case(office, source, {cases.figures(source, office.units[2])[0]: "salah bulan"})


@pytest.mark.parametrize("make", [the_procedure, a_form_of_somebody_else, a_case])
def test_a_page_does_not_fetch_its_office_once_more(office, frozen_time, client_for, make):
    client, address = client_for(office.camat), make(office).get_absolute_url()

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200

    assert [one["sql"] for one in asked if ALONE.search(one["sql"])] == []
