"""What was looked at is what is done: a row that somebody changed since is left as it is, and says so."""

from datetime import date

import pytest

from runut.organisation.actions import create_unit, update_jabatan, update_pegawai, update_unit
from runut.organisation.models import Jabatan, Pegawai, RowState, Unit
from runut.planning.actions import Drawn, Named, define_activity, open_plan, set_budget
from runut.planning.models import Budget, Indicator, Sasaran, Target
from tests.harness.office_files import libre_xlsx
from tests.planning.test_dictionary import aim, define, revise
from tests.web.test_dictionary_columns import taken_out, upload
from tests.web.test_imports import bring_in, send

AGAIN = "Unggah lagi berkasnya untuk memutuskan."


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


@pytest.fixture
def by(office):
    return office.actor(office.admin)


def rejected(page):
    staged = page.context["staged"]
    [row] = staged.rows.filter(state=RowState.REJECTED)
    assert row.words in page.text and not row.cells
    assert staged.counts["rejected"] == 1
    return row.label, row.words


def test_a_target_that_was_changed_since_stays_and_the_others_are_taken(office, admin):
    first, second = define(office), define(office, "IKU-2")
    for one in (first, second):
        aim(office, one, {0: "55.56"})
    rows = [(one.code, "2026", "60", "", "", "", "", "PK perubahan") for one in (first, second)]
    page = send(admin, office, "target", *rows)
    aim(office, first, {0: "65"}, basis="Rapat 3 November")

    page = bring_in(admin, page)

    label, words = rejected(page)
    assert label.startswith("IKU-1 ")
    assert words == f"Target setahun diubah sesudah pratinjau: tadi 55,56, sekarang 65. {AGAIN}"
    latest = {one.pk: Target.objects.filter(indicator=one).latest("no").amount for one in (first, second)}
    assert latest == {first.pk: 65, second.pk: 60}
    assert (page.context["staged"].counts["changed"], page.context["staged"].counts["new"]) == (1, 0)


def test_a_target_that_was_set_since_for_the_first_time_stays(office, admin):
    made = define(office)
    page = send(admin, office, "target", (made.code, "2026", "60", "", "", "", "", "PK"))
    aim(office, made, {0: "65"})

    page = bring_in(admin, page)

    assert rejected(page)[1].startswith("Target setahun diubah sesudah pratinjau: tadi (kosong), sekarang 65.")
    assert Target.objects.get().amount == 65


def test_a_target_of_which_the_row_says_nothing_may_be_set_meanwhile(office, admin):
    made = define(office)
    page = send(admin, office, "target", (made.code, "2026", "60", "", "", "", "", "PK"))
    aim(office, made, {1: "15"})

    bring_in(admin, page)

    assert {row.quarter: row.amount for row in Target.objects.all()} == {0: 60, 1: 15}


def test_what_somebody_else_has_brought_about_already_is_no_change(office, admin):
    made = define(office)
    page = send(admin, office, "target", (made.code, "2026", "60", "", "", "", "", "PK"))
    aim(office, made, {0: "60"})

    page = bring_in(admin, page)

    assert page.context["staged"].counts["same"] == 1 and not page.context["staged"].counts["rejected"]


def test_a_unit_renamed_since_stays_also_where_the_row_changed_something_else(office, admin, by):
    unit = office.units[2]
    was = unit.name
    page = send(admin, office, "unit", (unit.code, was, "", "" if unit.supplies_data else "ya"))
    update_unit(unit=unit, changes={"name": "Seksi Lain"}, by=by)

    page = bring_in(admin, page)

    assert rejected(page) == (was, f"Nama diubah sesudah pratinjau: tadi {was}, sekarang Seksi Lain. {AGAIN}")
    now = Unit.objects.get(pk=unit.pk)
    assert (now.name, now.supplies_data) == ("Seksi Lain", unit.supplies_data)


def test_a_unit_that_somebody_else_made_since_stays(office, admin):
    page = send(admin, office, "unit", ("BARU", "Seksi Baru", "", ""))
    create_unit(office=office.office, code="BARU", name="Seksi Orang Lain", by=office.actor(office.admin))

    page = bring_in(admin, page)

    assert "tadi belum ada, sekarang sudah ada" in rejected(page)[1]
    assert Unit.objects.get(code="BARU").name == "Seksi Orang Lain"


def test_a_position_changed_since_stays(office, admin, by):
    post = Jabatan.objects.filter(office=office.office).order_by("pk").first()
    row, heading = (post.code, "Nama dari tabel", post.kind), ("Kode", "Nama jabatan", "Jenis")
    page = send(admin, office, "jabatan", row, heading=heading)
    update_jabatan(jabatan=post, changes={"name": "Nama dari halaman"}, by=by)

    page = bring_in(admin, page)

    assert f"Nama diubah sesudah pratinjau: tadi {post.name}, sekarang Nama dari halaman." in rejected(page)[1]
    assert Jabatan.objects.get(pk=post.pk).name == "Nama dari halaman"


def test_of_a_person_it_is_not_told_which_address_it_was(office, admin, by):
    staf = office.staf
    row = (staf.nip, "Nama Dari Tabel", "dari.tabel@contoh.go.id")
    page = send(admin, office, "pegawai", row, heading=("NIP", "Nama", "Surel"))
    update_pegawai(pegawai=staf, changes={"email": "dari.halaman@contoh.go.id"}, by=by)

    page = bring_in(admin, page)

    assert rejected(page)[1] == f"Surel diubah sesudah pratinjau. {AGAIN}"
    assert "dari.halaman" not in page.text and "dari.tabel" not in page.text
    now = Pegawai.objects.get(pk=staf.pk)
    assert (now.name, now.email) == (staf.name, "dari.halaman@contoh.go.id")


def test_an_activity_whose_ceiling_was_changed_since_stays(office, admin, by):
    made = define_activity(
        office=office.office, code="7.01.01", nomenclature="900-2023", named=Named("Program Penunjang"), by=by
    )
    set_budget(kegiatan=made, year=2026, amounts={0: 1000}, basis="DPA", by=by)
    heading = ("Kode", "Nama", "Tahun", "Pagu", "Dasar")
    page = send(admin, office, "kegiatan", ("7.01.01", "Program Penunjang", "2026", "2000", "DPPA 1"), heading=heading)
    assert "Dasar: DPPA 1" in page.text
    set_budget(kegiatan=made, year=2026, amounts={0: 3000}, basis="DPPA 2", by=by)

    page = bring_in(admin, page)

    assert "Pagu 2026 diubah sesudah pratinjau: tadi 1.000, sekarang 3.000." in rejected(page)[1]
    assert Budget.objects.filter(quarter=0).latest("no").amount == 3000


def test_an_objective_whose_plan_is_another_by_now_is_not_added(office, admin, by):
    page = send(admin, office, "sasaran", ("2026", "", "Kepuasan meningkat"))
    open_plan(office=office.office, drawn=Drawn("pk", "PK Tahun Ini", 2026, date(2026, 1, 1)), by=by)

    page = bring_in(admin, page)

    told = "Dokumen diubah sesudah pratinjau: tadi Perjanjian Kinerja 2026, sekarang PK Tahun Ini."
    assert told in rejected(page)[1] and not Sasaran.objects.exists()


def test_a_definition_with_a_newer_version_stays(office, admin):
    define(office)
    rows = taken_out(admin, office)
    cells = {"Sumber data": "Survei", "Mulai berlaku": "01-09-2026", "Sebab perubahan": "Renstra Perubahan"}
    for heading, cell in cells.items():
        rows[1][rows[0].index(heading)] = cell
    page = upload(admin, office, libre_xlsx(rows))
    [row] = page.context["staged"].rows.all()
    assert row.words.endswith("Mulai berlaku: 1 Sep 2026\nSebab perubahan: Renstra Perubahan")
    revise(office, Indicator.objects.get(), source="Sensus")

    page = bring_in(admin, page)

    words = rejected(page)[1]
    assert "Mulai berlaku diubah sesudah pratinjau: tadi 1 Jan 2026, sekarang 1 Jul 2026." in words
    assert "Sumber data diubah sesudah pratinjau:" in words and "sekarang Sensus." in words
    assert [one.source for one in Indicator.objects.get().versions.order_by("no")][1:] == ["Sensus"]


@pytest.mark.parametrize("source", ["Sensus", "Survei"])
def test_a_definition_that_was_changed_from_the_same_day_on_says_that_it_was_changed_since(office, admin, source):
    define(office)
    rows = taken_out(admin, office)
    cells = {"Sumber data": "Survei", "Mulai berlaku": "01-07-2026", "Sebab perubahan": "Renstra Perubahan"}
    for heading, cell in cells.items():
        rows[1][rows[0].index(heading)] = cell
    page = upload(admin, office, libre_xlsx(rows))
    revise(office, Indicator.objects.get(), source=source)

    page = bring_in(admin, page)

    words = rejected(page)[1]
    assert words.startswith("Mulai berlaku diubah sesudah pratinjau: tadi 1 Jan 2026, sekarang 1 Jul 2026.")
    assert words.endswith(AGAIN) and "isi Mulai berlaku" not in words
    assert [one.source for one in Indicator.objects.get().versions.order_by("no")][1:] == [source]
