"""Objectives brought in for a year whose plan has ended: what the look promises is what is done."""

from datetime import date

import pytest

from runut.planning.models import Kegiatan, Plan, Sasaran
from tests.planning.test_dictionary import START
from tests.web.test_imports import bring_in, send


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


@pytest.mark.parametrize(
    ("end", "told", "made"),
    [("2026-06-30", "akan dibuat dan berlaku sejak 1 Jul 2026", 1), ("2026-12-31", "sudah berakhir, dan belum ada", 0)],
)
def test_objectives_of_a_year_whose_plan_has_ended_are_looked_at_as_they_are_taken(office, admin, end, told, made):
    of_office = {"instansi": office.instansi, "office": office.office, "kind": "pk", "year": 2026}
    Plan.objects.create(**of_office, title="PK 2026", start=START, end=date.fromisoformat(end), snapshot={})

    page = send(admin, office, "sasaran", ("2026", "", "Kepuasan meningkat"))
    assert told in page.text
    states = [row.state for row in page.context["staged"].rows.all()]
    page = bring_in(admin, page) if made else page

    assert states == (["new"] if made else ["rejected"])
    assert [row.state for row in page.context["staged"].rows.all()] == states
    assert [plan.start for plan in Plan.objects.filter(end=None)] == [date(2026, 7, 1)] * made
    assert Sasaran.objects.count() == made


def test_a_code_of_a_province_is_questioned_at_the_look_and_taken(office, admin):
    page = send(admin, office, "kegiatan", ("7.01.05", "Program Urusan"), ("7.01.05.1.01", "Kegiatan"))
    assert "7.01.05.1.01 kode provinsi; kabupaten dan kota memakai 7.01.05.2.01." in page.text

    page = bring_in(admin, page)

    assert [row.state for row in page.context["staged"].rows.all()] == ["new", "new"]
    assert Kegiatan.objects.filter(code="7.01.05.1.01").exists()
