"""Rows that went out in a workbook and did not come back: the look at the file says so, and nothing becomes of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.lib.imports import MISSING_KEPT, Missing
from runut.organisation.actions import imports
from runut.organisation.models import Staged, Unit
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.scenes import scene
from tests.planning.test_dictionary import define
from tests.web.test_hidden_rows import rows_of
from tests.web.test_imports import bring_in

pytestmark = pytest.mark.django_db


@scene
def form(office, frozen_time):
    return builders.answered_form(office)


def send(client, address, rows):
    return client.post(f"{address}impor/", {"file": saved(rows)}, follow=True)


def test_a_form_names_the_lines_that_are_not_in_its_workbook(office, form, client_for):
    client, address = client_for(office.asn[0]), f"/isian/{form.pk}/"
    rows = rows_of(client, f"{address}unduh/")
    rows[6][3] = 99

    page, whole = send(client, address, [*rows[:7], rows[8]]), send(client, address, rows)

    assert "1 baris yang ada di Runut tidak ada di berkas; tidak diubah.<br>" in page.text
    assert builders.NAMES[1] in page.text.split("data-missing")[1].split("</div>")[0]
    assert "data-missing" not in whole.text


def test_a_quarter_names_the_lines_that_the_person_may_fill_in(office, form, client_for):
    client, address = client_for(office.asn[0]), f"/periode/{form.period_id}/"
    rows = rows_of(client_for(office.camat), f"{address}unduh/")
    rows[6][rows[5].index("Realisasi")] = 99

    page = send(client, address, [row for no, row in enumerate(rows) if no != 7])

    assert "1 baris yang ada di Runut tidak ada di berkas; tidak diubah." in page.text
    assert f"{office.asn[0].full_name}: {builders.NAMES[1]}" in page.text
    done = bring_in(client, page)
    assert "1 baris yang ada di Runut tidak ada di berkas" in done.text and form.lines.count() == 3


@pytest.mark.parametrize("kind", ["unit", "jabatan", "pegawai", "indikator"])
def test_a_table_of_the_office_names_some_and_folds_the_others(office, client_for, kind):
    for no in range(6):
        define(office, f"IKU-{no}")
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/{kind}/"
    rows = rows_of(client, f"{address}sekarang/")

    page = client.post(address, {"file": saved(rows[:2])}, follow=True)

    left = len(rows) - 2
    told = page.text.split("data-missing")[1].split("</details>")[0]
    assert left > 3 and f"{left} baris yang ada di Runut tidak ada di berkas; tidak diubah.<br>" in told
    assert f"Lihat {left} baris itu</summary>" in told and told.count("<li>") == left and "; …" in told
    whole = client.post(address, {"file": saved(rows)}, follow=True)
    assert "data-missing" not in whole.text


def test_a_table_that_never_went_out_leaves_nothing_out(office, client_for):
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/unit/"

    page = client.post(address, {"file": saved([["Kode", "Nama unit"], ["BARU", "Seksi Baru"]])}, follow=True)

    assert page.context["staged"].counts["new"] == 1 and "data-missing" not in page.text


def test_a_row_that_came_back_without_its_key_is_known_by_its_code(office, client_for):
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/unit/"
    rows = rows_of(client, f"{address}sekarang/")
    rows[2][-1] = ""

    page = client.post(address, {"file": saved(rows)}, follow=True)

    assert "data-missing" not in page.text


def test_however_many_are_left_out_it_costs_the_same_questions(office, client_for):
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/unit/"
    rows = rows_of(client, f"{address}sekarang/")

    def cost():
        with CaptureQueriesContext(connection) as context:
            client.post(address, {"file": saved(rows[:3])}, follow=True)
        return len(context)

    few = cost()
    for no in range(20):
        Unit.objects.create(instansi=office.instansi, office=office.office, code=f"U{no}", name=f"Seksi {no}")

    assert cost() == few


def test_of_very_many_the_first_are_named_and_the_others_counted():
    missing = Missing.of([f"Baris {no}" for no in range(MISSING_KEPT + 7)])

    assert (missing.count, len(missing.names), missing.unnamed) == (MISSING_KEPT + 7, MISSING_KEPT, 7)


def test_the_names_go_with_the_rows_of_the_table(office, client_for):
    client, address = client_for(office.admin), f"/atur/impor/{office.office.pk}/pegawai/"
    client.post(address, {"file": saved(rows_of(client, f"{address}sekarang/")[:2])}, follow=True)
    staged = Staged.objects.get()
    assert staged.missing.names

    imports.sweep(staged)

    staged.refresh_from_db()
    assert staged.missing.count and not staged.missing.names
    assert staged.missing.told.endswith("tidak diubah.")
