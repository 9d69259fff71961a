"""The dictionary's table has every field of a definition: what goes out comes in, and comes out again as it went."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.lib.tables import read_table
from runut.planning.actions import (
    Drawn,
    Hangs,
    Named,
    Place,
    add_objective,
    define_activity,
    define_indicator,
    end_plan,
    open_plan,
)
from runut.planning.actions.definitions import OF_FIELD, TABLE
from runut.planning.models import Indicator
from runut.planning.rules import FIELDS
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.office_files import libre_ods, libre_xlsx, old_xls
from tests.planning.test_dictionary import START, define
from tests.web.test_imports import bring_in, fates, send

FULL = {
    "name": "Persentase berkas tepat waktu", "unit_of_measure": "%", "kind": "spm", "polarity": "negative",
    "method": "maximum", "value_type": "number", "aggregation": "average", "decimals": 1, "cap": Decimal("120.5"),
    "scale": [], "predicate_scale": {}, "why": "Ukuran mutu,\r\nmenurut RPJMD.",
    "definition": "Berkas lengkap.\nTanpa titipan.",
    "formula": "A ÷ B × 1.000", "numerator": "Tepat waktu", "numerator_unit": "berkas", "denominator": "Semua berkas",
    "denominator_unit": "berkas", "multiplier": Decimal(1000), "frequency": "bulanan", "source": "Register",
    "producer": "Seksi Pelayanan", "contact": "Pengelola data", "baseline_year": 2024, "baseline": "82,5",
    "evidence_needed": "Rekap bulanan", "links": "SDGs 16.6", "publishable": False, "notes": "Semester pertama saja.",
    "value_kind": "percent", "months": [6, 12], "cascading": "map",
}  # fmt: skip
KNOWN = ("Kode", "Nama indikator", "Satuan")
ROW = ("IKU-1", "Indeks Kepuasan Masyarakat", "indeks")


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def full(office, code="IKU-F", **more):
    place = Place(code, START, Hangs(), unit=office.units[2])
    units = {"keeper": office.units[3], "supplier": office.units[2]}
    return define_indicator(
        office=office.office, place=place, particulars=FULL | units | more, by=office.actor(office.admin)
    )


def taken_out(admin, office):
    return [
        list(row) for row in read_table(admin.get(f"/atur/impor/{office.office.pk}/indikator/sekarang/").content).rows
    ]


def upload(admin, office, content):
    address = f"/atur/impor/{office.office.pk}/indikator/"
    return admin.post(address, {"file": SimpleUploadedFile("x", content)}, follow=True)


def last(code):
    return Indicator.objects.get(code=code).versions.latest("no")


def test_every_field_of_a_definition_has_its_column_once():
    assert set(OF_FIELD) == set(FIELDS)
    headings = [one.column.heading for one in TABLE]
    assert len(set(headings)) == len(headings)


def test_the_example_has_the_same_columns(office, admin):
    example = read_table(admin.get(f"/atur/impor/{office.office.pk}/indikator/contoh/").content).rows

    assert list(example[0]) == [one.column.heading for one in TABLE] == taken_out(admin, office)[0]


@pytest.mark.parametrize("program", [libre_xlsx, libre_ods, old_xls])
def test_what_goes_out_comes_back_as_the_same_from_any_program(office, admin, program):
    full(office)
    full(office, "IKU-P", value_type="ordinal", value_kind="", scale=["C", "B", "A"], numerator="", denominator="")
    full(
        office,
        "IKU-Q",
        value_type="ordinal",
        value_kind="",
        supplier=None,
        months=[],
        cascading="",
        scale=[],
        method="",
        cap=None,
        keeper=None,
        baseline_year=None,
    )

    assert fates(upload(admin, office, program(taken_out(admin, office)))) == [("", "same")] * 3


def test_what_goes_out_makes_the_same_definition_under_another_code(office, admin):
    full(office)
    rows = taken_out(admin, office)
    rows[1][0], rows[1][-1] = "IKU-G", ""

    bring_in(admin, admin.post(f"/atur/impor/{office.office.pk}/indikator/", {"file": saved(rows)}, follow=True))

    made, model = last("IKU-G"), last("IKU-F")
    wanted = {field: getattr(model, field) for field in FIELDS} | {"why": "Ukuran mutu,\nmenurut RPJMD."}
    assert {field: getattr(made, field) for field in FIELDS} == wanted
    assert made.indicator.unit == office.units[2] and (made.keeper, made.supplier) == (office.units[3], office.units[2])
    before, after = taken_out(admin, office)[1:]
    assert before[1:-1] == after[1:-1]


def test_what_changes_is_shown_in_words_and_written(office, admin):
    define(office)
    heading = (*KNOWN, "Cara menghitung capaian", "Batas atas capaian", "Angka desimal", "Frekuensi pengukuran",
               "Boleh dipublikasikan", "Kode unit penanggung jawab", "Mulai berlaku", "Sebab perubahan")  # fmt: skip
    unit = office.units[3].code
    page = send(
        admin, office, "indikator",
        (*ROW, "Penurunan dari target", "120", "1", "setiap bulan", "tidak", unit, "01-02-2026", "SPM 2026"),
        heading=heading,
    )  # fmt: skip
    words = page.context["staged"].rows.get().words

    for told in (
        "Cara menghitung capaian: (kosong) → Penurunan dari target", "Batas atas capaian: (kosong) → 120",
        "Angka desimal: 2 → 1", "Frekuensi pengukuran: Setiap triwulan → Setiap bulan",
        "Boleh dipublikasikan: ya → tidak", f"Kode unit penanggung jawab: (kosong) → {unit}",
    ):  # fmt: skip
        assert told in words
    bring_in(admin, page)
    now = last("IKU-1")
    assert (now.method, now.cap, now.decimals, now.frequency, now.publishable, now.start) == (
        "reduction", 120, 1, "bulanan", False, date(2026, 2, 1),
    )  # fmt: skip


def test_the_lines_of_the_evidence_that_is_needed_stay_lines(office, admin):
    define(office)
    heading = (*KNOWN, "Bukti dukung wajib", "Mulai berlaku", "Sebab perubahan")
    row = (*ROW, "Rekap bulanan\nBerita acara", "01-02-2026", "SPM 2026")

    bring_in(admin, send(admin, office, "indikator", row, heading=heading))

    made = last("IKU-1")
    assert made.evidence_needed == "Rekap bulanan\nBerita acara"
    assert "Rekap bulanan<br>Berita acara" in admin.get(f"/atur/indikator/{made.indicator_id}/").text
    page = admin.get(f"/atur/indikator/{made.indicator_id}/ubah/").text
    assert "Rekap bulanan\nBerita acara</textarea>" in page
    assert fates(upload(admin, office, libre_xlsx(taken_out(admin, office)))) == [("", "same")]


def test_a_column_that_is_not_there_says_nothing_of_it(office, admin):
    full(office, "IKU-P", value_type="ordinal", value_kind="", scale=["C", "B", "A"])
    now = last("IKU-P")

    page = send(admin, office, "indikator", ("IKU-P", now.name, now.unit_of_measure), heading=KNOWN)

    assert fates(page) == [("", "same")]


def test_an_empty_cell_of_a_choice_leaves_it_as_it_is(office, admin):
    full(office)
    rows = taken_out(admin, office)
    for name in ("Arah", "Penggabungan", "Macam", "Frekuensi pengukuran", "Angka desimal", "Boleh dipublikasikan"):
        rows[1][rows[0].index(name)] = ""

    assert fates(upload(admin, office, libre_xlsx(rows))) == [("", "same")]


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        (
            "Cara menghitung capaian",
            "dibagi",
            "Cara menghitung capaian “dibagi” tidak dikenal. Pilih: Target ÷ realisasi",
        ),
        ("Frekuensi pengukuran", "harian", "Frekuensi pengukuran “harian” tidak dikenal. Pilih: Setiap bulan"),
        ("Macam", "IKX", "Macam “IKX” tidak dikenal. Pilih: IKU (utama)"),
        ("Jenis nilai", "huruf", "Jenis nilai “huruf” tidak dikenal. Pilih: angka, persen"),
        ("Batas atas capaian", "90", "Batas atas capaian “90” bukan angka dari 100 sampai 1.000."),
        ("Angka desimal", "7", "Angka desimal “7” bukan bilangan dari 0 sampai 6."),
        ("Tahun data dasar", "24", "Tahun data dasar “24” tidak dikenal: tulis empat angka."),
        ("Kode unit penanggung jawab", "tiada", "Unit dengan kode tiada tidak ada."),
        ("Boleh dipublikasikan", "mungkin", "Kolom Boleh dipublikasikan: “mungkin” tidak dikenal."),
        ("Urutan predikat", "A", "Urutan predikat memerlukan sedikitnya dua predikat"),
        ("Urutan predikat", "A, B, a", "Setiap predikat hanya disebut sekali."),
        ("Kode unit", "LAIN", "pelapornya tidak diganti lewat tabel"),
    ],
)
def test_what_cannot_be_so_is_told(office, admin, heading, cell, sentence):
    define(office)

    page = send(admin, office, "indikator", (*ROW, cell), heading=(*KNOWN, heading))

    [row] = page.context["staged"].rows.all()
    assert row.state == "rejected" and sentence in row.words, row.words


def test_an_indicator_stays_where_it_hangs_in_a_table_that_does_not_say_where(office, admin):
    from tests.collection.builders import sasaran

    define(office, sasaran=sasaran(office))

    assert fates(send(admin, office, "indikator", ROW, heading=KNOWN)) == [("", "same")]


def test_a_dictionary_that_hangs_on_a_plan_that_has_ended_comes_back_as_it_went(office, admin):
    by = office.actor(office.admin)
    renstra = open_plan(office=office.office, drawn=Drawn("renstra", "Renstra", 2025, START, 2029), by=by)
    made = define(office, sasaran=add_objective(plan=renstra, text="Kepuasan meningkat", goal=None, by=by))
    define_activity(
        office=office.office, code="7.01.05", nomenclature="", named=Named("Program", sasaran=made.sasaran), by=by
    )
    end_plan(plan=renstra, last_day=START, reason="Diganti", by=by)
    activities = f"/atur/impor/{office.office.pk}/kegiatan/"

    assert taken_out(admin, office)[1][8] == "Kepuasan meningkat"
    assert fates(upload(admin, office, libre_xlsx(taken_out(admin, office)))) == [("", "same")]
    rows = read_table(admin.get(f"{activities}sekarang/").content).rows
    assert [cell for row in rows[1:] for cell in row if cell == "Kepuasan meningkat"]
    back = admin.post(activities, {"file": SimpleUploadedFile("x", libre_xlsx(rows))}, follow=True)
    assert {fate for _label, fate in fates(back)} == {"same"}
    rows = taken_out(admin, office)
    rows[1][0] = "IKU-2"
    assert fates(upload(admin, office, libre_xlsx(rows)))[0][1] == "rejected"


@pytest.mark.parametrize(
    ("before", "order", "after"),
    [
        (("number", "percent", []), "D, C, B", ("ordinal", "", ["D", "C", "B"])),
        (("number", "percent", []), "", ("number", "percent", [])),
        (("ordinal", "yes_no", ["Belum", "Sudah"]), "Belum, Sudah", ("ordinal", "yes_no", ["Belum", "Sudah"])),
        (("ordinal", "yes_no", ["Tidak", "Ya"]), "", ("number", "", [])),
    ],
)
def test_a_table_that_says_an_order_but_no_kind_makes_a_value_that_can_be(office, admin, before, order, after):
    names = ("value_type", "value_kind", "scale")
    full(office, "IKU-V", numerator="", denominator="", **dict(zip(names, before, strict=True)))
    now = last("IKU-V")
    row = ("IKU-V", now.name, now.unit_of_measure, order, "01-02-2026", "Penilaian baru")

    heading = (*KNOWN, "Urutan predikat", "Mulai berlaku", "Sebab perubahan")
    bring_in(admin, send(admin, office, "indikator", row, heading=heading))

    assert tuple(getattr(last("IKU-V"), name) for name in names) == after


@pytest.mark.parametrize("kind", ["indikator", "target"])
def test_indicators_of_persons_are_said_to_be_left_out_of_the_file(office, admin, kind):
    define(office)
    address, words = (
        f"/atur/impor/{office.office.pk}/{kind}/",
        "indikator perorangan (IKI) beserta targetnya tidak ikut",
    )
    before = [admin.get(page).text for page in (address, "/atur/indikator/")]
    builders.give_indicators(office, people=office.asn[:1])

    pages = [admin.get(page).text for page in (address, "/atur/indikator/")]
    out = admin.get(f"{address}sekarang/").content
    back = admin.post(address, {"file": SimpleUploadedFile("x.xlsx", out)}, follow=True)

    assert not any(words in page for page in before)
    assert all(f"2 {words}" in page for page in pages)
    assert f"2 {words}" in read_table(out).rows[1][0]
    assert "Tabelnya kosong" in back.text if kind == "target" else {state for _no, state in fates(back)} == {"same"}
