"""Periksa tabel: what stands in the cells of one row, and what is made of it."""

import pytest

from runut.collection.rules.table import as_row, lint_table
from runut.lib.tables import table_of
from tests.collection.test_lint_table import lint, one


@pytest.mark.parametrize(
    ("target", "actual", "state"),
    [
        ("Wajar Tanpa Pengecualian", "WTP", "reached"),
        ("WTP", "Opini Wajar Tanpa Pengecualian (WTP)", "reached"),
        ("WTP", "WTP - DPP", "not_reached"),
        ("Wajar Tanpa Pengecualian", "Wajar Tanpa Pengecualian dengan Paragraf Penjelasan", "not_reached"),
        ("WTP-DPP", "wajar dengan pengecualian", "not_reached"),
        ("Wajar Dengan Pengecualian (WDP)", "Tidak Wajar", "not_reached"),
        ("WDP", "Tidak Memberikan Pendapat (TMP)", "not_reached"),
        ("TW", "Wajar Dengan Pengecualian", "reached"),
        ("Tinggi", "Sedang", "not_reached"),
        ("Sedang", "Sangat Tinggi", "reached"),
        ("Baik", "Sangat Baik", "reached"),
        ("Cukup Baik", "Agak Kurang", "not_reached"),
        ("Cukup", "Sangat Kurang", "not_reached"),
        ("Berhasil", "Cukup Berhasil", "not_reached"),
        ("Hijau", "Kuning", "not_reached"),
        ("Sesuai Ekspektasi", "Di Atas Ekspektasi", "reached"),
        ("Baik", "Butuh Perbaikan", "not_reached"),
        ("Tercapai", "Belum tercapai", "not_reached"),
        ("BB", "BB (Sangat Baik)", "reached"),
        ("Baik", "Baik (B)", "reached"),
        ("BB", "Baik (B)", "not_reached"),
        ("Level 3", "Level III", "reached"),
        ("Level 3", "3", "reached"),
        ("Level 3 Plus", "3,25", "not_reached"),
        ("2", "Level 3", "reached"),
        ("Level 3", "3 dokumen", "not_computable"),
        ("Level 3", "Level 2 (2025)", "not_computable"),
        ("Level 2 (2024)", "Level 1 (2024)", "not_computable"),
        ("Tinggi", "Hijau", "not_computable"),
        ("BB", "Sangat Baik", "not_computable"),
        ("NaN", "NaN", "not_computable"),
        ("#DIV/0!", "#DIV/0!", "not_computable"),
        ("WTP", "nan", "not_computable"),
        ("BENAR", "BENAR", "not_computable"),
        ("None", "None", "not_measured"),
    ],
)
def test_predicates_that_everybody_orders_alike_are_held_against_each_other(target, actual, state):
    assert as_row(one(f"A;;{target};{actual};;;"))["state"] == state


def test_of_a_risk_a_lower_class_is_the_better_one():
    assert one("Risiko bencana;kelas;Sedang;Tinggi;;;negatif").state == "not_reached"
    assert one("Risiko bencana;kelas;Tinggi;Sedang;;;negatif").state == "reached"
    assert one("Opini;opini;WTP;WDP;;;negatif").state == "not_reached"


def test_what_a_program_could_not_work_out_is_told_and_no_predicate():
    found = one("A;nilai;NaN;NaN;NaN;;")

    assert (found.slips, found.verdict) == (["unreadable"], "not_computable")
    assert "“NaN” tanda bahwa hitungannya gagal" in found.explanation


@pytest.mark.parametrize(
    ("cells", "figure", "slips"),
    [
        ("80;72", "9", ["digit_dropped"]),
        ("80;72", "900", ["digit_dropped"]),
        ("80;72", "0,9", ["as_fraction"]),
        ("80;72", "89", []),
        ("80;72", "99", []),
        ("68;67", "9,853", ["digit_dropped"]),
        ("68;67", "985,3", ["digit_dropped"]),
        ("68;67", "9853", ["digit_dropped"]),
        ("68;67", "9852", ["digit_dropped"]),
        ("68;67", "98,3", ["digit_dropped"]),
        ("68;67", "8,53", ["digit_dropped"]),
        ("68;67", "95,3", ["digit_dropped"]),
        ("68;67", "0,9853", ["as_fraction"]),
        ("68;67", "98,35", []),
        ("68;67", "9", []),
        ("50;50", "10", ["digit_dropped"]),
        ("50;50", "1", ["as_fraction"]),
        ("50;50", "1000", ["digit_dropped"]),
        ("50;40", "0", []),
    ],
)
def test_a_digit_that_is_missing_or_a_sign_that_moved_is_one_slip(cells, figure, slips):
    found = one(f"KTP;orang;{cells};{figure};;positif")

    assert (found.verdict, found.slips) == ("wrong", slips)


@pytest.mark.parametrize(
    ("row", "verdict", "computed"),
    [
        ("Inflasi;%;3±1%;4,5;112,5;;", "agrees", "112.50"),
        ("Inflasi;%;3±1;3,2;100;;", "agrees", "100.00"),
        ("Laporan;dokumen;1 (satu) dokumen;1 dokumen;100;;", "agrees", "100.00"),
        ("IKM;indeks;80**);72¹;90 *;;", "agrees", "90.00"),
        ("PAD;Rp;Rp 1,2 M;Rp 600 juta;50;;", "agrees", "50.00"),
        ("Waktu;hari;paling lambat 5 hari;6;80;;", "agrees", "80.00"),
        ("Kasus;kasus;20;18;110;;min", "agrees", "110.00"),
        ("IKM;indeks;80;72;90;;Max", "agrees", "90.00"),
        ("IKM;indeks;80;=A1/B1;90;;", "not_computable", None),
        ("IKM;indeks;80;data belum tersedia;;;", "not_computable", None),
    ],
)
def test_what_stands_in_the_cells_of_an_office_is_understood(row, verdict, computed):
    found = as_row(one(row))

    assert (found["verdict"], found["computed"]) == (verdict, computed)
    assert ("unreadable" in found["slips"]) == ("=A1/B1" in row)
    assert found["state"] == ("not_filled" if "belum tersedia" in row else found["state"])


@pytest.mark.parametrize(
    "header",
    [
        "Uraian Indikator;Target;Realisasi;Prosentase",
        "Indikator;Target;Real.;% Capaian Kinerja",
        "Indikator Kinerja;Target;Realisasi;Persentase Capaian Kinerja",
        "INDIKATOR KINERJA;TARGET KINERJA;REALISASI KINERJA;CAPAIAN KINERJA TAHUN 2024",
        "Indikator;Target;Realisasi;Rasio Capaian",
    ],
)
def test_the_achievement_is_found_under_what_offices_call_it(header):
    [row] = lint_table(table_of(f"{header}\nIKM;80;72;90\n"))

    assert row.verdict == "agrees"


def test_advice_about_a_fraction_is_about_the_number_that_is_one():
    of_target, of_figure = one("A;%;0,8;78;97,5;;"), one("A;nilai;0,8;1,2;1,5;;")

    assert "as_fraction" not in of_target.slips and "kalikan 100" not in of_target.explanation
    assert "Target 0,8 tampaknya ditulis sebagai pecahan, yaitu 80 persen." in of_target.explanation
    assert "operand_as_fraction" not in of_figure.slips and "as_fraction" in of_figure.slips
    assert "Realisasi 0,78 tampaknya" in one("A;%;80;0,78;97,5;;").explanation


def test_a_word_beside_the_figure_is_named_only_where_no_usual_scale_could_mean_it():
    rows = lint("A;%;80;68;85;Tinggi;", "B;%;80;60;75;Sangat Baik;", "C;%;80;80;100;Tercapai;")

    assert not any("label_contradicts" in row.slips for row in rows)
