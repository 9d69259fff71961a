"""Setting an office up from tables: looked at first, then brought in; the same file again changes nothing."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from runut.audit.models import Entry
from runut.lib.nip import MALE, synthetic_nip
from runut.lib.tables import read_table
from runut.lib.workbooks import Column, write_workbook
from runut.organisation.actions import activate
from runut.organisation.models import Jabatan, Office, Pegawai, Staged, StagedState, Unit, User
from runut.planning.models import Budget, Indicator, Kegiatan, Plan, Sasaran, Target
from runut.web.incoming import SET_UP as KINDS
from tests.cast import PASSWORD
from tests.harness.office_files import libre_ods, libre_xlsx, old_xls
from tests.planning.test_dictionary import START, define
from tests.web.test_setup import GIVEN, NIP

NEW = synthetic_nip(START.replace(year=1991), (2016, 4), MALE, 950)


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def send(client, office, kind, *rows, heading=None):
    """Upload rows as a workbook; the page that shows what would become of them."""
    names = heading or [one.heading for one in KINDS[kind].columns]
    content = write_workbook("Tabel", (), [Column(name, 20) for name in names], rows)
    file = SimpleUploadedFile("tabel.xlsx", content)
    return client.post(f"/atur/impor/{office.office.pk}/{kind}/", {"file": file}, follow=True)


def fates(page):
    """What each row is about and becomes; rows that change nothing have no label."""
    staged = page.context["staged"]
    kept = [(row.label, row.state) for row in staged.rows.order_by("no")]
    return kept + [("", "same")] * staged.counts["same"]


def bring_in(client, page):
    return client.post(page.redirect_chain[-1][0], follow=True)


def test_nothing_is_written_before_it_was_looked_at_and_all_of_it_after(office, admin):
    rows = (("BARU", "Seksi Baru", "", "ya"), ("ANAK", "Subseksi", "BARU", ""))
    page = send(admin, office, "unit", *rows)

    assert fates(page) == [("Seksi Baru", "new"), ("Subseksi", "new")]
    assert not Unit.objects.filter(code__in=("BARU", "ANAK")).exists()
    page = bring_in(admin, page)

    assert Unit.objects.get(code="ANAK").parent == Unit.objects.get(code="BARU", supplies_data=True)
    assert "Sudah diimpor: 2 baru" in page.text and [row.cells for row in Staged.objects.get().rows.all()] == [{}, {}]
    entry = Entry.objects.filter(event="import.applied").get()
    assert (entry.payload["after"]["new"], len(entry.payload["after"]["sha256"])) == (2, 64)


def test_a_second_press_does_it_once(office, admin):
    page = send(admin, office, "unit", ("BARU", "Seksi Baru", "", ""))
    bring_in(admin, page)
    again = bring_in(admin, page)

    assert Unit.objects.filter(code="BARU").count() == 1 and "Sudah diimpor: 1 baru" in again.text
    assert Entry.objects.filter(event="import.applied").count() == 1


def test_what_is_there_can_be_taken_out_and_comes_back_as_the_same(office, admin):
    define(office)
    for kind in KINDS:
        out = admin.get(f"/atur/impor/{office.office.pk}/{kind}/sekarang/")
        back = admin.post(
            f"/atur/impor/{office.office.pk}/{kind}/", {"file": SimpleUploadedFile("x.xlsx", out.content)}, follow=True
        )
        if back.redirect_chain:
            assert {state for _label, state in fates(back)} == {"same"}, kind
        else:
            assert "Tabelnya kosong" in back.text, kind


@pytest.mark.parametrize("program", [libre_xlsx, libre_ods, old_xls])
@pytest.mark.parametrize(("kind", "page"), [("pegawai", "/atur/pegawai/"), ("indikator", "/atur/indikator/")])
def test_people_and_dictionary_are_taken_out_on_their_page_and_come_back_from_any_program(
    office, admin, kind, page, program
):
    define(office)
    address = f"/atur/impor/{office.office.pk}/{kind}/"
    shown = admin.get(page)
    rows = read_table(admin.get(f"{address}sekarang/").content).rows

    back = admin.post(address, {"file": SimpleUploadedFile("x", program(rows))}, follow=True)

    assert f'href="{address}sekarang/"' in shown.text and f'href="{address}"' in shown.text
    assert fates(back) == [("", "same")] * (len(rows) - 1) and len(rows) > 1


def test_the_example_of_each_kind_is_read_row_by_row(office, admin):
    for kind in KINDS:
        example = admin.get(f"/atur/impor/{office.office.pk}/{kind}/contoh/")
        page = admin.post(
            f"/atur/impor/{office.office.pk}/{kind}/",
            {"file": SimpleUploadedFile("x.xlsx", example.content)},
            follow=True,
        )
        assert len(fates(page)) in (1, 2, 3) and "–" not in [label for label, _state in fates(page)], kind


def test_the_examples_of_a_new_office_are_imported_one_after_the_other(db, client):
    out = StringIO()
    call_command("create_office", stdout=out, **GIVEN)
    office, code = Office.objects.get(), out.getvalue().partition("Admin Contoh: ")[2].split()[0]
    client.force_login(activate(login=NIP, code=code, password=PASSWORD))

    for kind in KINDS:
        address = f"/atur/impor/{office.pk}/{kind}/"
        example = SimpleUploadedFile("x.xlsx", client.get(f"{address}contoh/").content)
        page = bring_in(client, client.post(address, {"file": example}, follow=True))
        assert page.context["staged"].counts.get("rejected", 0) == 0, (kind, page.text)

    assert Plan.objects.get().title.startswith("Perjanjian Kinerja") and Target.objects.exists()


def test_a_printed_table_is_no_table(office, admin):
    file = SimpleUploadedFile("unit.pdf", b"%PDF-1.7 tabel")

    page = admin.post(f"/atur/impor/{office.office.pk}/unit/", {"file": file})

    assert page.status_code == 422 and "bukan berkas Excel atau CSV" in page.text


def test_a_person_comes_with_the_position_and_may_be_given_a_code(office, admin):
    Jabatan.objects.create(
        instansi=office.instansi, office=office.office, code="baru", name="Pengelola Baru", kind="pelaksana"
    )
    row = (NEW, "Orang Baru", "", "S.E.", "Penata", "", "", "baru", "02-01-2026", "")

    bring_in(admin, send(admin, office, "pegawai", row))

    made = Pegawai.objects.get(nip=NEW)
    assert made.full_name == "Orang Baru, S.E." and made.assignments.get().jabatan.code == "baru"
    assert User.objects.get(pegawai=made).login == NEW
    assert fates(send(admin, office, "pegawai", row)) == [("", "same")]


def test_rows_that_cannot_be_taken_say_why_and_the_others_are_taken(office, admin):
    post = office.jabatan["camat"].code
    other, third = (synthetic_nip(START.replace(year=1991), (2016, 4), MALE, no) for no in (951, 952))
    rows = (
        (NEW[:-1], "Kurang Satu", *[""] * 8),
        (other, "Jabatan Salah", *[""] * 5, "tidak-ada", "", ""),
        (third, "Kedua", *[""] * 5, post, "", ""),
        (NEW, "Orang Baru", *[""] * 8),
    )
    page = send(admin, office, "pegawai", *rows)

    lines = list(page.context["staged"].rows.order_by("no"))
    assert [line.state for line in lines] == ["rejected", "rejected", "rejected", "new"]
    assert "yang ditulis 17" in lines[0].words and "tidak-ada" in lines[1].words and "camat" in lines[2].words.lower()
    bring_in(admin, page)
    assert Pegawai.objects.filter(nip=NEW).count() == 1


def test_the_same_code_twice_in_a_file_is_refused_the_second_time_with_both_rows(office, admin):
    page = send(
        admin, office, "unit", ("BARU", "Seksi Baru", "", ""), ("LAIN", "Lain", "", ""), ("baru", "Dua", "", "")
    )

    assert [state for _label, state in fates(page)] == ["new", "new", "rejected"]
    words = page.context["staged"].rows.get(state="rejected").words
    assert words == "Kode baru sudah ada di baris 2 berkas ini. Gabungkan baris 2 dan 4."


def test_the_same_person_twice_is_refused_however_the_number_is_spaced(office, admin):
    spaced = f"{NEW[:8]} {NEW[8:14]} {NEW[14]} {NEW[15:]}"
    page = send(admin, office, "pegawai", (NEW, "Orang Baru", *[""] * 8), (spaced, "Orang Lain", *[""] * 8))

    assert [state for _label, state in fates(page)] == ["new", "rejected"]


@pytest.mark.parametrize(("said", "state"), [("mungkin", "rejected"), ("Ya", "new"), ("tidak", "new"), ("", "new")])
def test_a_yes_or_no_that_is_neither_is_refused_with_what_is_understood(office, admin, said, state):
    page = send(admin, office, "unit", ("BARU", "Seksi Baru", "", said))

    [row] = page.context["staged"].rows.all()
    assert row.state == state
    told = "Kolom Menyuplai data: “mungkin” tidak dikenal. Tulis ya atau tidak, atau kosongkan."
    assert (told in row.words) == (state == "rejected")


def test_all_faults_of_a_row_are_told_at_once(office, admin):
    post = ("A", "Jabatan", "", "raja", "tiada", "tanpa", "mungkin", "", "entah")
    [row] = send(admin, office, "jabatan", post).context["staged"].rows.all()

    faults = ("raja", "kode tiada", "kode tanpa", "Pimpinan: “mungkin”", "Boleh banyak pemangku: “entah”")
    assert all(word in row.words for word in faults)

    line = ("X", "Nama", "indeks", "miring", "diaduk", "", "tiada", "", "Tanpa sasaran", "1.1", *[""] * 6)
    [row] = send(admin, office, "indikator", line).context["staged"].rows.all()

    assert all(word in row.words for word in ("miring", "diaduk", "kode tiada", "Tanpa sasaran", "1.1"))


def test_the_look_shows_what_changes_from_what_to_what_and_where_new_rows_belong(office, admin):
    known = office.units[2]
    above = office.units[1]
    page = send(
        admin, office, "unit",
        (known.code, "Nama Lain", "", "tidak" if known.supplies_data else "ya"), ("BARU", "Seksi Baru", above.code, ""),
    )  # fmt: skip

    changed, new = page.context["staged"].rows.order_by("no")
    assert f"Nama: {known.name} → Nama Lain" in changed.words
    assert ("Menyuplai data: ya → tidak" if known.supplies_data else "Menyuplai data: tidak → ya") in changed.words
    typed = ["Kode: BARU", "Nama unit: Seksi Baru", f"Kode unit di atasnya: {above.code}"]
    assert new.words.splitlines() == [*typed, f"Unit di atasnya: {above.name}"]
    assert f"Nama: {known.name} → Nama Lain" in page.text and "Berubah<br>" in page.text

    told = bring_in(admin, page)
    words = [row.words for row in Staged.objects.get().rows.order_by("no")]
    assert words[0] == changed.words and f"Nama: {known.name} → Nama Lain" in told.text
    assert words[1].splitlines() == typed


def test_the_look_shows_which_targets_change(office, admin):
    made = define(office)
    page = send(admin, office, "target", (made.code, "2026", "85,5", "-", "", "", "", ""))
    assert "Target setahun: (kosong) → 85,5" in page.text and "Target TW I: (kosong) → -" in page.text
    bring_in(admin, page)

    page = send(admin, office, "target", (made.code, "2026", "90", "", "", "", "", "PK perubahan"))

    [row] = page.context["staged"].rows.all()
    assert (row.state, row.words) == ("changed", "Target setahun: 85,5 → 90\nDasar: PK perubahan")


def test_objectives_of_a_year_without_a_plan_say_before_and_after_that_one_is_opened(office, admin):
    rows = (("2026", "Pelayanan prima", "Kepuasan meningkat"), ("2026", "", "Tata kelola baik"), ("2027", "", "Lagi"))
    page = send(admin, office, "sasaran", *rows)

    assert not Plan.objects.exists()
    for year in (2026, 2027):
        told = f"Perjanjian Kinerja {year} akan dibuat dan berlaku sejak 1 Januari {year}"
        assert page.text.count(told) == 1
    page = bring_in(admin, page)

    assert page.text.count("Perjanjian Kinerja 2026 dibuat.") >= 1 and "akan dibuat" not in page.text
    assert page.context["besides"] == ["Perjanjian Kinerja 2026 dibuat.", "Perjanjian Kinerja 2027 dibuat."]
    assert sorted(Plan.objects.values_list("year", "kind")) == [(2026, "pk"), (2027, "pk")]

    again = send(admin, office, "sasaran", ("2026", "", "Yang ketiga"))
    assert again.context["besides"] == [] and "akan dibuat" not in again.text
    assert bring_in(admin, again).context["besides"] == []


def test_plans_are_set_up_from_four_tables(office, admin):
    Plan.objects.create(instansi=office.instansi, office=office.office, kind="pk", title="PK", year=2026, start=START)
    bring_in(admin, send(admin, office, "sasaran", ("2026", "Pelayanan prima", "Kepuasan meningkat")))
    rows = (
        ("7.01.02", "Program Pelayanan", "", "", "Kepuasan meningkat", "", "", ""),
        ("7.01.02.2.01", "Kegiatan", "", "", "", "2026", "42.500.000", "DPA 2026"),
    )
    bring_in(admin, send(admin, office, "kegiatan", *rows))
    unit = office.units[2].code
    row = (
        "IKU-9",
        "Indeks Kepuasan",
        "indeks",
        "naik",
        "Nilai akhir",
        "",
        unit,
        "",
        "Kepuasan meningkat",
        "7.01.02.2.01",
    )
    bring_in(admin, send(admin, office, "indikator", (*row, "", "", "", "", "", "Survei", "", "", "")))
    bring_in(admin, send(admin, office, "target", ("IKU-9", "2026", "85,5", "-", "≤ 5", "", "85", "PK 2026")))

    made = Indicator.objects.get(code="IKU-9")
    assert (made.sasaran, made.kegiatan) == (Sasaran.objects.get(), Kegiatan.objects.get(code="7.01.02.2.01"))
    assert Budget.objects.get().amount == 42_500_000
    aims = {row.quarter: row.text or row.amount for row in Target.objects.filter(indicator=made)}
    assert aims == {0: Decimal("85.5"), 1: None, 2: "≤ 5", 4: Decimal(85)}


@pytest.mark.parametrize(
    ("kind", "row", "words"),
    [
        ("sasaran", ("dua", "", "Sasaran"), "tulis empat angka"),
        ("kegiatan", ("7.1", "Program", *[""] * 6), "pola nasional"),
        ("kegiatan", ("7.01.02.2.01", "Kegiatan", *[""] * 6), "Tambahkan dulu 7.01.02"),
        ("kegiatan", ("7.01.02", "P", "", "tiada", *[""] * 4), "Unit dengan kode tiada"),
        ("indikator", ("X", "Nama", "indeks", "miring", *[""] * 12), "Arah “miring”"),
        ("indikator", ("X", "Nama", "indeks", "", "diaduk", *[""] * 11), "Penggabungan “diaduk”"),
        ("indikator", ("X", "Nama", "indeks", *[""] * 13), "Isi satu: kode unit atau NIP"),
        ("target", ("tiada", "2026", "1", *[""] * 5), "Indikator dengan kode tiada"),
        ("target", ("IKU-1", "2026", "1,234.56", *[""] * 5), "dua cara"),
        ("unit", ("A", "Anak", "tiada", ""), "Unit dengan kode tiada"),
        ("jabatan", ("A", "Jabatan", "", "raja", *[""] * 5), "Jenis jabatan “raja”"),
    ],
)
def test_bad_rows_are_refused_with_a_sentence_and_nothing_is_written(office, admin, kind, row, words):
    define(office)
    page = send(admin, office, kind, row)

    [line] = page.context["staged"].rows.all()
    assert line.state == "rejected" and words in line.words
    assert words in page.text.replace("&quot;", '"') and "Simpan 1 baris" not in page.text


def test_a_file_without_the_columns_is_refused(office, admin):
    page = send(admin, office, "unit", ("x", "y"), heading=["Apa", "Itu"])

    assert page.status_code == 422 and "Kode, Nama unit" in page.text and not Staged.objects.exists()


def test_a_file_of_another_is_not_to_be_seen(office, admin, client_for):
    page = send(admin, office, "unit", ("BARU", "Seksi Baru", "", ""))

    assert client_for(office.camat).get(page.redirect_chain[-1][0]).status_code == 404
    assert client_for(office.staf).post(page.redirect_chain[-1][0]).status_code == 404
    assert client_for(office.staf).get("/atur/impor/").status_code == 403
    assert not Unit.objects.filter(code="BARU").exists()


def test_the_scale_of_an_indicator_comes_in_with_the_dictionary_and_goes_out_again(office, admin):
    define(office)
    row = ("Kode", "Nama indikator", "Satuan", "Skala predikat", "Mulai berlaku", "Sebab perubahan")
    own = "Skala SPM | Keputusan 7/2026 | Tuntas ≥ 100; Belum tuntas"
    kept = ("IKU-1", "Indeks Kepuasan Masyarakat", "indeks")

    page = send(admin, office, "indikator", (*kept, own, "01-02-2026", "SPM 2026"), heading=row)
    [line] = page.context["staged"].rows.all()
    assert f"Skala predikat: (kosong) → {own}" in line.words
    bring_in(admin, page)

    version = Indicator.objects.get(code="IKU-1").versions.latest("no")
    assert version.own_scale.told == "Skala SPM (Keputusan 7/2026)"
    address = f"/atur/impor/{office.office.pk}/indikator/"
    out = admin.get(f"{address}sekarang/").content
    assert own in str(read_table(out).rows)
    back = admin.post(address, {"file": SimpleUploadedFile("x.xlsx", out)}, follow=True)
    assert fates(back) == [("", "same")]
    # A table without the column says nothing of it; an empty cell goes back to the office's scale.
    page = send(admin, office, "indikator", kept, heading=row[:3])
    assert fates(page) == [("", "same")]
    page = send(admin, office, "indikator", (*kept, "", "01-03-2026", "Kembali ke skala kantor"), heading=row)
    assert f"Skala predikat: {own} → (kosong)" in page.context["staged"].rows.get().words
    page = send(admin, office, "indikator", (*kept, "Skala kami", "01-03-2026", "x"), heading=row)
    assert "Skala predikat “Skala kami” tidak dikenal" in page.context["staged"].rows.get().words


def test_an_indicator_without_predicates_goes_out_and_comes_in_as_such(office, admin):
    define(office)
    heading = ("Kode", "Nama indikator", "Satuan", "Skala predikat", "Mulai berlaku", "Sebab perubahan")
    row = ("IKU-1", "Indeks Kepuasan Masyarakat", "indeks", "tanpa predikat", "01-02-2026", "Tanpa kata")

    page = send(admin, office, "indikator", row, heading=heading)
    assert "Skala predikat: (kosong) → Tanpa predikat" in page.context["staged"].rows.get().words
    bring_in(admin, page)

    assert Indicator.objects.get(code="IKU-1").versions.latest("no").own_scale.classes == ()
    address = f"/atur/impor/{office.office.pk}/indikator/"
    out = admin.get(f"{address}sekarang/").content
    assert "Tanpa predikat" in read_table(out).rows[1]
    assert fates(admin.post(address, {"file": SimpleUploadedFile("x.xlsx", out)}, follow=True)) == [("", "same")]


def test_the_page_of_objectives_answers_while_they_are_brought_in(office, admin):
    page = send(admin, office, "sasaran", ("2026", "", "Kepuasan meningkat"), ("2027", "", "Tata kelola baik"))
    staged = page.context["staged"]

    KINDS["sasaran"].bring(staged, office.actor(office.admin))
    Staged.objects.filter(pk=staged.pk).update(state=StagedState.BRINGING)

    under_way = admin.get(page.request["PATH_INFO"])
    assert (under_way.status_code, under_way.context["besides"]) == (200, [])
