"""The head of an SOP on paper: the office as it was when the SOP was ratified."""

from datetime import timedelta

from runut.organisation.models import Office
from runut.sop.actions.library import import_from_library
from tests.sop.procedures import put_in_force, straight


def test_an_sop_bears_the_head_under_which_it_was_ratified_and_a_draft_the_present_one(office, frozen_time, client_for):
    sop, was = put_in_force(office, straight()), office.office.name
    frozen_time.shift(timedelta(days=1))
    words = {"name": "Kecamatan Baru", "short_name": "Baru", "triwulan": "Triwulan", "lkjip": "LKjIP"}
    answer = client_for(office.admin).post("/atur/kantor/", words | {"duties_policy": "warn"})
    assert answer.status_code == 302
    by = office.actor(office.camat)
    draft = import_from_library(office=Office.objects.get(pk=office.office.pk), code="kemlagi", by=by, bindings={})

    papers = [client_for(office.camat).get(f"/sop/{pk}/").text.split("<article")[1] for pk in (sop.pk, draft.sop_id)]

    ratified, new = (paper.split('class="kop"')[1].split("</div>")[0] for paper in papers)
    assert was in ratified and "Kecamatan Baru" not in ratified
    assert "Kecamatan Baru" in new
